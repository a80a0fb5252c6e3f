"""Whether the minutes that a lesson promises add up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gradlab.authoring.draft import Draft, Finding
from gradlab.authoring.prose import prose_of, words

PER_QUESTION = 1.0
WORDS_A_MINUTE = 200


@dataclass(frozen=True)
class Minutes:
    """What the title says, and what exercises, questions and reading come to."""

    core: int
    stretch: int
    core_exercises: int
    stretch_exercises: int
    rest: float
    stop: int | None = None

    def __str__(self) -> str:
        return f"{self.core} + {self.stretch}"


def minutes_of(draft: Draft) -> Minutes:
    """Return the minutes of a lesson; what the title leaves out is 0."""
    text = "\n".join(cell["source"] for cell in prose_of(draft))
    core = _number(r"Core: (\d+) minutes", text)
    stretch = _number(r"Stretch: (\d+)", text)
    stop = re.search(r"stopping place after (\d+)", text)
    questions = len(draft.lesson.predictions) if draft.lesson else 0
    return Minutes(
        core,
        stretch,
        sum(each.minutes for each in draft.exercises if each.core),
        sum(each.minutes for each in draft.exercises if not each.core),
        questions * PER_QUESTION + words(text) / WORDS_A_MINUTE,
        int(stop[1]) if stop else None,
    )


def _number(pattern: str, text: str) -> int:
    found = re.search(pattern, text)
    return int(found[1]) if found else 0


def minutes_findings(draft: Draft) -> Iterator[Finding]:
    """Yield what does not add up.

    Core is at least its exercises, a minute for each question, and reading at 200
    words a minute; stretch is exactly its exercises; the stopping place says at its
    cell what the title says, and lies within core.
    """
    if draft.lesson is None:
        return
    told, where = minutes_of(draft), f"{draft.id}-title"
    if not told.core:
        yield Finding(where, "it does not say 'Core: N minutes'")
        return
    needed = told.core_exercises + told.rest
    if told.core < int(needed):
        yield Finding(
            where,
            f"core is {told.core} minutes, but exercises take {told.core_exercises}, "
            f"questions and reading {told.rest:.0f}: {needed:.0f}",
        )
    if told.stretch != told.stretch_exercises:
        yield Finding(
            where,
            f"stretch is {told.stretch} minutes, but its exercises take "
            f"{told.stretch_exercises}",
        )
    yield from _stop(draft, told, where)


def _stop(draft: Draft, told: Minutes, where: str) -> Iterator[Finding]:
    cell = draft.by_id.get(f"{draft.id}-stop")
    said = re.search(r"(\d+) minutes", cell["source"]) if cell else None
    if told.stop is not None and not (said and int(said[1]) == told.stop):
        words = f"a stopping place after {told.stop} minutes, and {draft.id}-stop"
        yield Finding(where, f"{words} does not say so")
    if told.stop is not None and told.stop >= told.core:
        yield Finding(where, f"its stopping place, {told.stop}, is not within core")
