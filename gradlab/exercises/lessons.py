"""Where the lessons are, and how to load one."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Callable
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TypeVar

from gradlab.exercises.exercise import Exercise, Lesson, Prediction

Item = TypeVar("Item", Exercise, Prediction)


class NoSuchExerciseError(KeyError):
    """There is no lesson, exercise or prediction of that id; says what there is."""

    def __str__(self) -> str:
        return str(self.args[0])


def lessons_dir() -> Path:
    """Return the folder of the lessons: the wheel's own copy, else the checkout's.

    The variable GRADLAB_LESSONS names another one, for lessons of your own.
    """
    named = os.environ.get("GRADLAB_LESSONS")
    if named:
        return Path(named)
    package = Path(__file__).resolve().parents[1]
    inside = package / "_lessons"
    return inside if inside.is_dir() else package.parent / "lessons"


def known_lessons() -> tuple[str, ...]:
    """Return the ids of all lessons that have checks, in order."""
    names = (path.stem for path in (lessons_dir() / "checks").glob("lesson_*"))
    return tuple(sorted({name.removeprefix("lesson_") for name in names}))


def notebooks_in(folder: Path) -> list[Path]:
    """Return the lesson notebooks in a folder, in order."""
    return sorted(folder.glob("[0-9][0-9]_*.ipynb"))


def notebook_path(lesson: str, folder: Path | None = None) -> Path:
    """Return the notebook of lesson "07" in a folder (default: where lessons are).

    Raises
    ------
    NoSuchExerciseError
        If there is none; lists those that there are.
    """
    files = notebooks_in(folder or lessons_dir())
    for file in files:
        if file.name.startswith(f"{lesson}_"):
            return file
    there = ", ".join(file.stem.replace("_", " ", 1) for file in files) or "none"
    raise NoSuchExerciseError(f"There is no lesson {lesson!r}. Lessons: {there}.")


@cache
def load(lesson: str) -> Lesson:
    """Return lesson "07" from its checks: a folder `lesson_07`, or one file.

    Raises
    ------
    NoSuchExerciseError
        If there is no such lesson.
    """
    checks = lessons_dir() / "checks"
    file = checks / f"lesson_{lesson}" / "__init__.py"
    if not file.is_file():
        file = checks / f"lesson_{lesson}.py"
    if not file.is_file():
        have = ", ".join(known_lessons()) or "none"
        raise NoSuchExerciseError(
            f"There is no lesson {lesson!r}. Lessons here: {have}."
        )
    found = vars(_import_file(file))["LESSON"]
    if not isinstance(found, Lesson):
        raise TypeError(f"LESSON in {os.fspath(file)} is not a Lesson")
    return found


def _import_file(file: Path) -> ModuleType:
    is_folder = file.name == "__init__.py"
    name = f"gradlab_{file.parent.name if is_folder else file.stem}"
    inside = [os.fspath(file.parent)] if is_folder else None
    spec = importlib.util.spec_from_file_location(
        name, file, submodule_search_locations=inside
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module


def split_id(id: str) -> tuple[str, str]:
    """Return ("07", "E2") for "07.E2"; "7.e2" is understood too.

    Examples
    --------
    >>> split_id("7.e2")
    ('07', 'E2')
    """
    lesson, _, label = str(id).strip().partition(".")
    return (lesson.zfill(2), label.strip().upper())


def find_exercise(id: str) -> Exercise:
    """Return the exercise "07.E2" (or NoSuchExerciseError, naming a near one)."""
    return _find("exercise", id, lambda lesson: lesson.exercises)


def find_prediction(id: str) -> Prediction:
    """Return the prediction "07.P1" (or NoSuchExerciseError, naming a near one)."""
    return _find("question", id, lambda lesson: lesson.predictions)


def _find(kind: str, id: str, all_of: Callable[[Lesson], tuple[Item, ...]]) -> Item:
    lesson, label = split_id(id)
    items = {each.label: each for each in all_of(load(lesson))}
    if label in items:
        return items[label]
    raise NoSuchExerciseError(_suggest(kind, id, lesson, label, list(items)))


def _suggest(kind: str, id: str, lesson: str, label: str, labels: list[str]) -> str:
    near = get_close_matches(label, labels, 1, 0.4)
    guess = f" Did you mean {lesson}.{near[0]}?" if near else ""
    have = ", ".join(labels) or "none"
    return f'There is no {kind} "{id}".{guess} Lesson {lesson} has {have}.'
