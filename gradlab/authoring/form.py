"""The form of a lesson's notebook: cells, ids, marks, roles, nothing run."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from gradlab.authoring.draft import Draft, Finding, cell_id
from gradlab.authoring.seeds import tags_of, unknown_tags
from gradlab.authoring.standing import SCRATCH_TAGS
from gradlab.exercises.exercise import Exercise, Prediction
from gradlab.grading.markers import SOLUTION, has_region, replace_regions
from gradlab.grading.metadata import ReleaseError, is_solution, nbgrader_of
from gradlab.grading.release import AUTHOR, release
from gradlab.workspace.notebooks import Cell, Notebook

KEYS = ("solution", "grade", "locked")
ROLES = {  # the end of a cell's id -> solution, grade, locked
    "-text": (False, False, True),
    "": (True, False, False),
    "-check": (False, True, True),
}


def form_findings(draft: Draft) -> Iterator[Finding]:
    """Yield what release, refresh and grading would stumble over."""
    yield from _file(draft)
    yield from _ids(draft)
    yield from _release(draft)
    for cell in draft.cells:
        yield from _cell(cell)
    for exercise in draft.exercises:
        yield from _exercise(draft, exercise)
    for question in draft.lesson.predictions if draft.lesson else ():
        yield from _question(draft, question)
    yield from _strangers(draft)


def _file(draft: Draft) -> Iterator[Finding]:
    name = draft.path.name
    if draft.trouble:
        yield Finding(name, f"its checks do not load: {draft.trouble}")
    text = draft.path.read_text(encoding="utf-8")
    if text != in_order(json.loads(text)):
        yield Finding(name, "its JSON is not in order: keys sorted, indented by 1")
    tags = draft.cells[0]["metadata"].get("tags", []) if draft.cells else []
    if AUTHOR not in tags:
        yield Finding(name, f"its first cell is no author's copy (tag {AUTHOR!r})")


def in_order(notebook: Notebook) -> str:
    """Return the text of a lesson's file, so that two versions differ where they do."""
    return json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _ids(draft: Draft) -> Iterator[Finding]:
    ids = [str(cell.get("id", "")) for cell in draft.cells]
    for id, times in Counter(ids).items():
        if times > 1:
            yield Finding(id, f"{times} cells have this id")
        if not id.startswith(f"{draft.id}-"):
            yield Finding(id or "a cell", f"its id has to begin with {draft.id}-")


def _release(draft: Draft) -> Iterator[Finding]:
    try:
        release(draft.notebook)
    except ReleaseError as error:
        yield Finding(draft.path.name, f"it cannot be released: {error}")


def _cell(cell: Cell) -> Iterator[Finding]:
    id = cell.get("id", "")
    if cell.get("outputs") or cell.get("execution_count"):
        yield Finding(id, "it holds outputs or a count; clear them before you commit")
    grade_id = nbgrader_of(cell).get("grade_id", id)
    if grade_id != id:
        yield Finding(id, f"its grade_id is {grade_id!r}, not its id")
    for tag in unknown_tags(tags_of(cell)):
        yield Finding(id, f"no seed has the section {tag!r} (see `coverage-map`)")


# -------------------- exercises and questions --------------------


def _exercise(draft: Draft, exercise: Exercise) -> Iterator[Finding]:
    id = cell_id(exercise.id)
    wanted = [f"{id}-text", id, f"{id}-scratch", f"{id}-check"]
    ids = [cell.get("id") for cell in draft.cells]
    start = ids.index(wanted[0]) if wanted[0] in ids else len(ids)
    if ids[start : start + 4] != wanted:
        yield Finding(id, f"its cells are to be, in this order: {', '.join(wanted)}")
        return
    for end, roles in ROLES.items():
        yield from _roles(draft.by_id[id + end], roles)
    yield from _text(draft.by_id[f"{id}-text"], exercise)
    yield from _answer(draft.by_id[id], exercise)
    yield from _scratch(draft.by_id[f"{id}-scratch"])
    yield from _check(draft.by_id[f"{id}-check"], exercise)


def _roles(cell: Cell, roles: tuple[bool, bool, bool]) -> Iterator[Finding]:
    meta = nbgrader_of(cell)
    found = tuple(meta.get(key) for key in KEYS)
    if found != roles:
        wanted = ", ".join(f"{key} {on}" for key, on in zip(KEYS, roles))
        yield Finding(cell["id"], f"nbgrader's metadata is to be {wanted}")


def _text(cell: Cell, exercise: Exercise) -> Iterator[Finding]:
    kind = "core" if exercise.core else "stretch"
    first = f"### {exercise.label} · {exercise.title}"
    second = f"{kind} · {exercise.points:g} points · ~{exercise.minutes} min"
    if cell["source"].split("\n")[0] != first:
        yield Finding(cell["id"], f"its first line is to be {first!r}")
    if second not in cell["source"]:
        yield Finding(cell["id"], f"it does not say {second!r}, as the checks do")


def _answer(cell: Cell, exercise: Exercise) -> Iterator[Finding]:
    source = cell["source"]
    if not has_region(source, SOLUTION):
        yield Finding(cell["id"], "no ### BEGIN SOLUTION and ### END SOLUTION in it")
        return
    try:
        left = replace_regions(source, SOLUTION, ("pass",))
        compile(left, cell["id"], "exec")
        compile(source, cell["id"], "exec")
    except (ReleaseError, SyntaxError) as error:
        yield Finding(cell["id"], str(error))
        return
    if f"def {exercise.name}(" not in left and f"class {exercise.name}" not in left:
        yield Finding(cell["id"], f"it does not define `{exercise.name}`")


def _scratch(cell: Cell) -> Iterator[Finding]:
    if cell["metadata"].get("tags") != SCRATCH_TAGS:
        yield Finding(cell["id"], f"its tags are to be {SCRATCH_TAGS}")
    if any(not line.startswith("#") for line in cell["source"].splitlines()):
        yield Finding(
            cell["id"], "it has code: unsolved, that raises; write it as a comment"
        )


def _check(cell: Cell, exercise: Exercise) -> Iterator[Finding]:
    wanted = f'from gradlab import check\n\ncheck("{exercise.id}")'
    if cell["source"] != wanted:
        yield Finding(cell["id"], f"it is to hold {wanted!r}")
    points = nbgrader_of(cell).get("points")
    if points != exercise.points:
        yield Finding(
            cell["id"],
            f"it gives {points} points, and the checks {exercise.points:g}",
        )


def _question(draft: Draft, question: Prediction) -> Iterator[Finding]:
    id = cell_id(question.id)
    if id not in draft.by_id:
        yield Finding(id, "there is no cell for this question")
        return
    cell = draft.by_id[id]
    k = draft.cells.index(cell)
    if cell["source"] != f'predict("{question.id}", ...)':
        yield Finding(id, f"it is to hold 'predict(\"{question.id}\", ...)'")
    if cell["metadata"] != {"tags": ["predict"]}:
        yield Finding(id, "its metadata is to be the tag 'predict', and no more")
    if f"**{question.label}.**" not in draft.cells[k - 1]["source"]:
        yield Finding(id, f"the cell above does not ask **{question.label}.**")


def _strangers(draft: Draft) -> Iterator[Finding]:
    """Yield the answer cells that no exercise of the checks belongs to."""
    if draft.lesson is None:
        return
    known = {cell_id(each.id) for each in draft.exercises}
    for cell in draft.cells:
        if is_solution(cell) and cell.get("id") not in known:
            yield Finding(cell["id"], "the checks know no exercise of this id")
