"""Lessons and exercises as a person names them: 07, 7, 07.E2, 07 E2."""

from __future__ import annotations

import re
from pathlib import Path

from gradlab.exercises.lessons import NoSuchExerciseError, notebook_path
from gradlab.grading.metadata import is_solution
from gradlab.workspace.errors import WorkspaceError
from gradlab.workspace.notebooks import Notebook

LABEL = re.compile(r"[A-Z]\d+")


def lesson_named(lesson: str, lessons: Path) -> Path:
    """Return the notebook of lesson "07" in the folder `lessons`.

    Raises
    ------
    WorkspaceError
        If there is none; lists those that there are.
    """
    try:
        return notebook_path(lesson, lessons)
    except NoSuchExerciseError as error:
        raise WorkspaceError(str(error)) from None


def split_name(lesson: str, exercise: str | None = None) -> tuple[str, str]:
    """Return the lesson's number and the exercise's label, "" for all exercises.

    Raises
    ------
    WorkspaceError
        If they name two different exercises, or no lesson.

    Examples
    --------
    >>> split_name("7.e2"), split_name("07", "E2"), split_name("07", "07.E2")
    (('07', 'E2'), ('07', 'E2'), ('07', 'E2'))
    >>> split_name("07")
    ('07', '')
    """
    number, _, label = lesson.strip().upper().partition(".")
    if LABEL.fullmatch(number):
        raise WorkspaceError(f"{number} of which lesson? As in: 07.{number}")
    number = number.zfill(2) if number.isdigit() else lesson.strip()
    wanted = _without_lesson((exercise or label).strip().upper(), number)
    if label not in ("", wanted):
        raise WorkspaceError(f"Name one exercise, not both {lesson} and {exercise}.")
    return number, wanted


def _without_lesson(exercise: str, number: str) -> str:
    lesson, _, label = exercise.partition(".")
    return label if label and lesson.zfill(2) == number else exercise


def known_label(label: str, lesson: str, notebook: Notebook) -> str:
    """Return `label` if the lesson's notebook holds such an exercise.

    Raises
    ------
    WorkspaceError
        If it does not; lists its exercises.
    """
    answers = [cell["id"] for cell in notebook["cells"] if is_solution(cell)]
    labels = [id.partition("-")[2] for id in answers]
    if label in labels:
        return label
    there = ", ".join(labels) or "none"
    raise WorkspaceError(
        f"Lesson {lesson} has no exercise {label!r}. Its exercises: {there}."
    )
