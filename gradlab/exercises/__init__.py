"""Exercises: probes, callers, comparison, diagnosis, hints, the card, progress."""

from gradlab.exercises.checking import check
from gradlab.exercises.predictions import predict
from gradlab.exercises.progress import progress
from gradlab.exercises.yours import yours

__all__ = ["check", "predict", "progress", "yours"]
