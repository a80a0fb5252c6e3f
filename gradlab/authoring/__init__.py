"""For people who write lessons: a new one, what is wrong with one, what is covered."""
