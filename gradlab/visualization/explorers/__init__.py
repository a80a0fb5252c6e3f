"""Controls around a picture, for pictures that follow what a learner types."""
