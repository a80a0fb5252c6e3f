"""Grading: the release of a lesson to learners."""
