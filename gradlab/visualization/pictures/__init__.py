"""One module per picture, and the pieces that several pictures share."""
