"""What a learner has done: recorded at every check, shown by `progress("07")`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from html import escape
from typing import Any

from gradlab.exercises import notebook
from gradlab.exercises.card import Card, Part, Tone, prose, when
from gradlab.exercises.display import Shown, show_or_print
from gradlab.exercises.exercise import Exercise, Lesson
from gradlab.exercises.lessons import (
    NoSuchExerciseError,
    known_lessons,
    load,
)
from gradlab.exercises.progress_file import Data, progress_file


def new_notes() -> list[str]:
    """Return what the learner must be told about the file, each sentence once."""
    return progress_file().fresh_notes()


# -------------------- recording --------------------


def record_check(id: str, *, passed: bool, state: str) -> None:
    """Remember that an exercise was checked; under nbgrader nothing is written."""
    if notebook.grading():
        return
    now = datetime.now().isoformat(timespec="seconds")

    def change(data: Data) -> None:
        entry = data["exercises"].setdefault(id, {})
        entry |= {"checked": now, "state": state} | ({"passed": now} if passed else {})

    progress_file().update(change)


def record_prediction(id: str, answer: str) -> None:
    """Remember the answer to a question; under nbgrader nothing is written."""
    if notebook.grading():
        return
    now = datetime.now().isoformat(timespec="seconds")

    def change(data: Data) -> None:
        data["predictions"][id] = {"answer": answer, "when": now}

    progress_file().update(change)


def last_passed(id: str) -> datetime | None:
    """Return when the exercise passed last, in this kernel or an earlier one."""
    return _moment(progress_file().read()["exercises"].get(id, {}).get("passed"))


def _moment(text: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return moment.astimezone().replace(tzinfo=None) if moment.tzinfo else moment


# -------------------- showing --------------------


def progress(lesson: str | None = None) -> Shown:
    """Show what is done: a box for each exercise of a lesson, or of all lessons.

    Parameters
    ----------
    lesson : its number, such as "07".

    Examples
    --------
    >>> shown = progress("07")
    Lesson 07, Broadcasting: ... exercises passed (core: ...).
      ... E1  core     ...  What shape comes out?
    ...
    """
    ids = known_lessons() if lesson is None else (str(lesson).zfill(2),)
    data = progress_file().read()
    try:
        cards = [lesson_card(load(id), data) for id in ids]
    except NoSuchExerciseError as error:
        cards = [Card("info", str(error))]
    notes = [prose(note).html for note in new_notes()]
    html = "".join([card.html() for card in cards] + notes)
    return show_or_print(Shown(html, "\n\n".join(card.text() for card in cards)))


def lesson_card(lesson: Lesson, data: Data) -> Card:
    """Return the card of one lesson's progress."""
    entries = data["exercises"]
    done = [each for each in lesson.exercises if _passed(each, entries)]
    core = [each for each in lesson.exercises if each.core]
    core_done = [each for each in core if each in done]
    answered = sum(each.id in data["predictions"] for each in lesson.predictions)
    line = (
        f"Lesson {lesson.id}, {lesson.title}: {len(done)} of {len(lesson.exercises)} "
        f"exercises passed (core: {len(core_done)} of {len(core)})."
    )
    boxes = _boxes(lesson.exercises, entries)
    asked = len(lesson.predictions)
    said = (prose(f"Questions answered: {answered} of {asked}."),) if asked else ()
    tone: Tone = "right" if len(core_done) == len(core) else "info"
    return Card(tone, line, (boxes, *said), data={"lesson": lesson.id})


def _passed(exercise: Exercise, entries: Mapping[str, Any]) -> datetime | None:
    return _moment(entries.get(exercise.id, {}).get("passed"))


def _boxes(exercises: tuple[Exercise, ...], entries: Mapping[str, Any]) -> Part:
    items, lines = [], []
    for each in exercises:
        moment = _passed(each, entries)
        tried = each.id in entries
        state = f"passed {when(moment)}" if moment else "tried" if tried else "to do"
        mark = "&#10003;" if moment else "&#8230;" if tried else "&#9675;"
        kind = "core" if each.core else "stretch"
        names = f"gl-box gl-{kind}" + (" gl-done" if moment else "")
        items.append(
            f'<li class="{names}" title="{escape(each.title)}"><b>{mark} {each.label}'
            f"</b> {kind}<br><small>{escape(state)}</small></li>"
        )
        sign = "x" if moment else "." if tried else " "
        lines.append(f"  [{sign}] {each.label}  {kind:<7}  {state}  {each.title}")
    return Part(f'<ul class="gl-boxes">{"".join(items)}</ul>', "\n".join(lines))
