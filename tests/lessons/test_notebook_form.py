"""Every lesson's notebook has the form that release, refresh and grading rely on."""

import json
import re

import nbformat
import pytest

from gradlab.exercises.lessons import known_lessons, load, notebook_path

LESSONS = [load(id) for id in known_lessons()]
CASES = [
    pytest.param(lesson, each, id=each.id)
    for lesson in LESSONS
    for each in lesson.exercises
]


def cells_of(lesson):
    return nbformat.read(notebook_path(lesson.id), as_version=4).cells


def by_id(lesson):
    return {cell.id: cell for cell in cells_of(lesson)}


def words(markdown):
    without_rules = re.sub(r"\|-[-|]*", "", markdown)
    return len(re.findall(r"[^\s|\-#*`]+", without_rules))


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.id)
def test_the_file_is_normalised_and_holds_no_outputs(lesson):
    text = notebook_path(lesson.id).read_text(encoding="utf-8")
    data = json.loads(text)
    again = json.dumps(data, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    assert text == again
    nbformat.validate(data)
    assert (data["nbformat"], data["nbformat_minor"]) == (4, 5)
    assert data["metadata"]["kernelspec"]["name"] == "python3"
    for cell in data["cells"]:
        assert cell.get("outputs", []) == []
        assert cell.get("execution_count") is None


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.id)
def test_cells_are_named_after_their_lesson_and_the_first_is_the_authors(lesson):
    cells = cells_of(lesson)
    ids = [cell.id for cell in cells]
    assert len(set(ids)) == len(ids)
    assert all(id.startswith(f"{lesson.id}-") for id in ids)
    assert cells[0].metadata.tags == ["author"]
    grade_ids = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in cells]
    assert all(grade in (None, id) for grade, id in zip(grade_ids, ids))


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.id)
def test_no_more_than_120_words_between_two_code_cells(lesson):
    count = 0
    for cell in cells_of(lesson)[1:]:
        count = count + words(cell.source) if cell.cell_type == "markdown" else 0
        assert count <= 120, cell.id


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.id)
def test_every_question_is_asked_above_its_cell(lesson):
    cells = cells_of(lesson)
    places = {cell.id: k for k, cell in enumerate(cells)}
    for prediction in lesson.predictions:
        k = places[prediction.id.replace(".", "-")]
        assert cells[k].source == f'predict("{prediction.id}", ...)'
        assert "nbgrader" not in cells[k].metadata
        assert f"**{prediction.label}.**" in cells[k - 1].source


@pytest.mark.parametrize(("lesson", "exercise"), CASES)
def test_an_exercise_is_four_cells_in_a_row(lesson, exercise):
    id = exercise.id.replace(".", "-")
    cells = cells_of(lesson)
    start = [cell.id for cell in cells].index(f"{id}-text")
    text, answer, scratch, check = cells[start : start + 4]
    assert [answer.id, scratch.id, check.id] == [id, f"{id}-scratch", f"{id}-check"]
    keys = [cell.metadata.get("nbgrader", {}) for cell in (text, answer, check)]
    roles = [(key["solution"], key["grade"], key["locked"]) for key in keys]
    assert roles == [(False, False, True), (True, False, False), (False, True, True)]
    assert all(key["schema_version"] == 3 for key in keys)
    assert keys[2]["points"] == exercise.points
    assert scratch.metadata.tags == ["scratch", "raises-exception"]
    assert check.source == f'from gradlab import check\n\ncheck("{exercise.id}")'


@pytest.mark.parametrize(("lesson", "exercise"), CASES)
def test_the_task_is_short_and_says_what_the_checks_say(lesson, exercise):
    text = by_id(lesson)[exercise.id.replace(".", "-") + "-text"].source
    kind = "core" if exercise.core else "stretch"
    assert text.startswith(f"### {exercise.label} · {exercise.title}\n")
    assert f"{kind} · {exercise.points} points · ~{exercise.minutes} min" in text
    assert words(text) <= 80


@pytest.mark.parametrize(("lesson", "exercise"), CASES)
def test_scratch_cells_only_hold_comments(lesson, exercise):
    """An unsolved function that is called there would raise under Run All."""
    source = by_id(lesson)[exercise.id.replace(".", "-") + "-scratch"].source
    assert all(line.startswith("#") for line in source.splitlines())
