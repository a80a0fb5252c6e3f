"""Exercises: probes, callers, comparison, diagnosis, hints, the card, progress."""

from gradlab.exercises.checking import check
from gradlab.exercises.engine_report import engine_report
from gradlab.exercises.keeping import keep, my_engine
from gradlab.exercises.predictions import predict
from gradlab.exercises.progress import progress
from gradlab.exercises.scalar_engine import differentiate
from gradlab.exercises.yours import yours

__all__ = [
    "check",
    "differentiate",
    "engine_report",
    "keep",
    "my_engine",
    "predict",
    "progress",
    "yours",
]
