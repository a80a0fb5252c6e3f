"""Scripts that the bench runs in processes of their own; they print "name value"."""
