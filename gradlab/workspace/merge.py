"""A new lesson and a learner's work made one notebook, cell by cell.

Locked cells are the lesson's. Every other lesson cell is renewed only if the learner
left it as it was; the note that a release leaves in each cell (which cell it is, and a
fingerprint of how it read) tells. All else is the learner's own and stays.
"""

from __future__ import annotations

import copy
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from gradlab.grading.metadata import is_locked, is_solution
from gradlab.grading.release import fingerprint
from gradlab.workspace.notebooks import Cell, Notebook

FROM_THE_LESSON = ("nbgrader", "gradlab", "tags", "deletable", "editable")
CHANGED = "# The lesson's version of this cell has changed. It now reads:"
YOURS = "# Yours, kept as it was:"


@dataclass(frozen=True)
class Report:
    """What a merge did: cells refreshed; the learner's cells kept, by kind."""

    refreshed: int = 0
    answers: int = 0
    predictions: int = 0
    others: int = 0

    @property
    def kept(self) -> str:
        """The learner's cells in words: "4 answers and 1 cell of your own"."""
        counts = [
            _count(self.answers, "answer", "answers"),
            _count(self.predictions, "prediction", "predictions"),
            _count(self.others, "other cell", "other cells"),
        ]
        said = [words for words in counts if words]
        return " and ".join([", ".join(said[:-1]), said[-1]] if said[1:] else said)


def merge(old: Notebook, new: Notebook) -> tuple[Notebook, Report]:
    """Return the learner's notebook `old` brought up to the released lesson `new`.

    The cells follow the new lesson's order; a learner's added cell stays after the
    lesson cell that it followed. Merging a second time changes nothing.
    """
    partners = _partners(old["cells"], new["cells"])
    added = _added(old["cells"], new["cells"], partners)
    tally: Counter[str] = Counter()
    cells = added[None]
    for lesson_cell in new["cells"]:
        partner = partners.get(lesson_cell["id"])
        mine = None if partner is None else old["cells"][partner]
        cells = [*cells, _merged(mine, lesson_cell, tally), *added[lesson_cell["id"]]]
    tally["others"] += sum(map(len, added.values()))
    merged = copy.deepcopy(
        old
        | {"nbformat_minor": new["nbformat_minor"], "cells": _own_ids(cells)}
        # JupyterLab writes its own kernel's names: those are no change.
        | {"metadata": new["metadata"] | old["metadata"]}
    )
    return merged, Report(**tally)


def _partners(old: list[Cell], new: list[Cell]) -> dict[str, int]:
    """Return, for each lesson cell found in the learner's file, where it is.

    By id; if no cell has that id any more, by the note of the release.
    """
    wanted = {cell["id"]: cell["cell_type"] for cell in new}
    found: dict[str, int] = {}
    names: tuple[Callable[[Cell], object], ...] = (_id, _noted_id)
    for name in names:
        for place, cell in enumerate(old):
            which = name(cell)
            fits = isinstance(which, str) and wanted.get(which) == cell["cell_type"]
            if fits and place not in found.values():
                found.setdefault(str(which), place)
    return found


def _added(
    old: list[Cell], new: list[Cell], partners: dict[str, int]
) -> defaultdict[str | None, list[Cell]]:
    """Return the learner's own cells by the id of the lesson cell before them."""
    by_place = {place: id for id, place in partners.items()}
    ids = {cell["id"] for cell in new}
    added: defaultdict[str | None, list[Cell]] = defaultdict(list)
    before = None
    for place, cell in enumerate(old):
        if place in by_place:
            before = by_place[place]
        elif not _was_withdrawn(cell, ids):
            added[before].append(_as_own(cell))
    return added


def _was_withdrawn(cell: Cell, ids: set[str]) -> bool:
    """Say whether the lesson dropped this cell and nothing in it is a learner's."""
    is_the_lessons = _id(cell) == _noted_id(cell) is not None
    untouched = is_locked(cell) or not _is_touched(cell)
    return is_the_lessons and _id(cell) not in ids and untouched


def _merged(mine: Cell | None, lesson: Cell, tally: Counter[str]) -> Cell:
    if mine is None:
        tally["refreshed"] += 1
        return lesson
    touched = not is_locked(lesson) and _differs(mine, lesson)
    source = _kept_source(mine, lesson) if touched else lesson["source"]
    if touched:
        tally[_kind(lesson)] += 1
    if source != mine["source"] or _managed(mine) != _managed(lesson):
        tally["refreshed"] += 1
    rest = {k: v for k, v in mine["metadata"].items() if k not in FROM_THE_LESSON}
    cell = mine | {"id": lesson["id"], "metadata": rest | _managed(lesson)}
    if not touched and source != mine["source"] and cell["cell_type"] == "code":
        cell |= {"outputs": [], "execution_count": None}
    return cell | {"source": source}


def _differs(mine: Cell, lesson: Cell) -> bool:
    return bool(mine["source"] != lesson["source"] and _is_touched(mine))


def _is_touched(cell: Cell) -> bool:
    """Say whether a learner has changed this lesson cell; if in doubt, yes."""
    return bool(_note(cell).get("released") != fingerprint(cell["source"]))


def _kept_source(mine: Cell, lesson: Cell) -> str:
    """Return the learner's source, under the lesson's new one if that has changed."""
    if _note(mine).get("released") == _note(lesson).get("released"):
        return str(mine["source"])
    own = _without_older_notice(mine["source"])
    if lesson["cell_type"] != "code":
        quoted = "\n".join(f"> {line}" for line in lesson["source"].split("\n"))
        return f"> *{CHANGED[2:]}*\n>\n{quoted}\n\n{own}"
    comment = "\n".join(f"# {x}".rstrip() for x in lesson["source"].split("\n"))
    notice = f"{CHANGED}\n#\n{comment}\n#\n{YOURS}\n"
    if own.startswith("%%"):  # a cell magic works on the first line only
        magic, _, own = own.partition("\n")
        return f"{magic}\n{notice}{own}"
    return notice + own


def _without_older_notice(source: str) -> str:
    before, start, rest = source.partition(CHANGED + "\n")
    _, end, after = rest.partition(YOURS + "\n")
    return before + after if start and end else source


def _as_own(cell: Cell) -> Cell:
    """Return a cell as the learner's: a copy of a lesson cell loses its role."""
    if "gradlab" not in cell["metadata"] and "nbgrader" not in cell["metadata"]:
        return cell
    rest = {k: v for k, v in cell["metadata"].items() if k not in FROM_THE_LESSON}
    return cell | {"metadata": rest}


def _own_ids(cells: list[Cell]) -> list[Cell]:
    """Return the cells with every id given once; lesson cells keep theirs."""
    taken = {cell["id"] for cell in cells if _noted_id(cell) is not None}
    named: list[Cell] = []
    for cell in cells:
        if _noted_id(cell) is None:
            id = _free_id(str(cell.get("id") or "own"), taken)
            taken.add(id)
            cell = cell | {"id": id}
        named.append(cell)
    return named


def _free_id(wanted: str, taken: set[str]) -> str:
    id, number = wanted, 1
    while id in taken:
        number += 1
        id = f"{wanted[:50]}-{number}"
    return id


def _managed(cell: Cell) -> dict[str, object]:
    return {k: v for k, v in cell["metadata"].items() if k in FROM_THE_LESSON}


def _id(cell: Cell) -> object:
    return cell.get("id")


def _noted_id(cell: Cell) -> object:
    return _note(cell).get("cell")


def _note(cell: Cell) -> dict[str, object]:
    note = cell["metadata"].get("gradlab", {})
    return note if isinstance(note, dict) else {}


def _kind(lesson: Cell) -> str:
    if is_solution(lesson):
        return "answers"
    return (
        "predictions" if "predict" in lesson["metadata"].get("tags", []) else "others"
    )


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}" if number else ""
