"""What a learner reads: how long it is, where a picture stands, what pictures say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gradlab.authoring.draft import Draft, Finding, cell_id
from gradlab.exercises.exercise import Exercise
from gradlab.workspace.notebooks import Cell

MOST_WORDS = 120
TASK_WORDS = 80
NEAR = 3
NOT_IDEAS = ("recap", "you can now", "one page to keep", "how a check works")


def words(markdown: str) -> int:
    r"""Return the number of words, without the rules of tables.

    Examples
    --------
    >>> words("## One, two\n\n| a | b |\n|---|---|\n- `x + 1`")
    7
    """
    without_rules = re.sub(r"\|-[-|]*", "", markdown)
    return len(re.findall(r"[^\s|\-#*`]+", without_rules))


def prose_of(draft: Draft) -> list[Cell]:
    """Return the cells to read, without the author's own."""
    return [
        cell
        for cell in draft.cells
        if cell["cell_type"] == "markdown"
        and "author" not in cell["metadata"].get("tags", [])
    ]


def prose_findings(draft: Draft) -> Iterator[Finding]:
    """Yield what is too long, and what has no picture near it."""
    yield from _too_long(draft)
    yield from _without_picture(draft)
    yield from _drawings(draft)


def _too_long(draft: Draft) -> Iterator[Finding]:
    count = 0
    readable = {id(cell) for cell in prose_of(draft)}
    for cell in draft.cells:
        if cell["cell_type"] == "code":
            count = 0
        elif id(cell) in readable:
            count += words(cell["source"])
            if count > MOST_WORDS:
                said = f"{count} words without code between; at most {MOST_WORDS}"
                yield Finding(cell["id"], said)
    for exercise in draft.exercises:
        id_ = f"{cell_id(exercise.id)}-text"
        if id_ in draft.by_id and words(draft.by_id[id_]["source"]) > TASK_WORDS:
            found = words(draft.by_id[id_]["source"])
            yield Finding(id_, f"a task of {found} words; at most {TASK_WORDS}")


# -------------------- pictures --------------------


def _without_picture(draft: Draft) -> Iterator[Finding]:
    """Yield the ideas without a picture among the three cells before or after.

    An idea is a markdown cell with a heading of the second level, other than the
    standing ones; a picture is drawn by a code cell that calls `viz`, by a question
    that reveals one, or by a check that draws the learner's own code.
    """
    drawing = [_draws(draft, cell) for cell in draft.cells]
    for k, cell in enumerate(draft.cells):
        if is_idea(cell) and not any(drawing[max(k - NEAR, 0) : k + NEAR + 1]):
            yield Finding(cell["id"], f"a new idea, and no picture within {NEAR} cells")


def is_idea(cell: Cell) -> bool:
    """Say whether a cell brings something new: a "## " heading that is no standing one.

    Examples
    --------
    >>> is_idea({"cell_type": "markdown", "source": "## Three rules"})
    True
    >>> is_idea({"cell_type": "markdown", "source": "## You can now"})
    False
    """
    if cell["cell_type"] != "markdown":
        return False
    found = re.search(r"^## (.+)$", cell["source"], re.MULTILINE)
    return found is not None and not found[1].lower().startswith(NOT_IDEAS)


def _draws(draft: Draft, cell: Cell) -> bool:
    if cell["cell_type"] != "code":
        return False
    if re.search(r"\bviz\.\w+\(", cell["source"]):
        return True
    return cell.get("id") in _cells_with_drawings(draft)


def _cells_with_drawings(draft: Draft) -> set[str]:
    if draft.lesson is None:
        return set()
    cards = {f"{cell_id(e.id)}-check" for e in draft.exercises if e.picture}
    return cards | {cell_id(q.id) for q in draft.lesson.predictions if q.picture}


def _drawings(draft: Draft) -> Iterator[Finding]:
    """Yield the drawings of questions and cards that fail, or say no number."""
    if draft.lesson is None:
        return
    for question in draft.lesson.predictions:
        if question.picture:
            try:
                said = str(question.picture().alt())
            except Exception as error:
                yield Finding(question.id, f"its picture cannot be drawn: {error!r}")
                continue
            yield from says_numbers(question.id, said)
    for exercise in draft.exercises:
        yield from _drawing_of(exercise)


def _drawing_of(exercise: Exercise) -> Iterator[Finding]:
    from dataclasses import replace

    from gradlab.exercises.probes import Call
    from gradlab.exercises.values import make_live

    call = exercise.show or next(
        (p.make for p in exercise.visible[::-1] if isinstance(p.make, Call)), None
    )
    if exercise.picture is None or call is None:
        return
    live = replace(call, args=tuple(make_live(each) for each in call.args))
    try:
        said = str(exercise.picture(exercise.truth_fn, live).alt())
    except Exception as error:
        yield Finding(exercise.id, f"its picture cannot be drawn: {error!r}")
        return
    yield from says_numbers(exercise.id, said)


def says_numbers(where: str, alt: str) -> Iterator[Finding]:
    """Yield a finding if the words of a picture hold none of its numbers."""
    if not re.search(r"\d", alt):
        shown = alt if len(alt) < 60 else alt[:57] + "..."
        yield Finding(where, f"the words of its picture hold no number: {shown!r}")
