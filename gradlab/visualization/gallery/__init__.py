"""The gallery: every picture of the catalogue at three sizes, to look at and test."""
