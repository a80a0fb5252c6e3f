import copy

import nbformat
import pytest
from nbgrader.nbgraderformat import MetadataValidator
from nbgrader.preprocessors import ClearHiddenTests, ClearSolutions
from nbgrader.utils import compute_checksum, is_grade, is_locked, is_solution

from gradlab.exercises.lessons import notebook_path
from gradlab.grading import metadata
from gradlab.grading.release import ReleaseError, release
from tests.workspace import tiny


def as_nodes(notebook):
    return nbformat.from_dict(notebook)


def released():
    return release(as_nodes(tiny.lesson()))


def test_solutions_become_stubs():
    assert tiny.find(released(), "99-E1")["source"] == (
        "def double(x):\n    # YOUR CODE HERE\n    raise NotImplementedError()"
    )


def test_a_written_answer_becomes_a_text_stub():
    lesson = tiny.lesson()
    text = "Why?\n### BEGIN SOLUTION\nBecause.\n### END SOLUTION"
    role = tiny.role("99-why", grade=True, solution=True, points=1)
    lesson["cells"].append(tiny.cell("99-why", text, "markdown", nbgrader=role))
    assert tiny.find(release(lesson), "99-why")["source"] == "Why?\nYOUR ANSWER HERE"


def test_hidden_tests_are_cut_out():
    lesson = tiny.lesson()
    check = tiny.find(lesson, "99-E1-check")
    seen = check["source"]
    check["source"] += (
        "\n### BEGIN HIDDEN TESTS\nassert double(7) == 14\n### END HIDDEN TESTS"
    )
    assert tiny.find(release(lesson), "99-E1-check")["source"] == seen


def test_author_cells_go():
    assert tiny.ids(released())[0] == "99-title"


def test_outputs_and_counts_go():
    lesson = tiny.lesson()
    lesson["cells"][2] |= {"outputs": [{"output_type": "stream"}], "execution_count": 3}
    lesson["metadata"]["widgets"] = {"state": {}}
    result = release(lesson)
    assert result["cells"][1]["outputs"] == []
    assert result["cells"][1]["execution_count"] is None
    assert "widgets" not in result["metadata"]


def test_the_lessons_own_cells_are_locked_and_answers_are_not():
    locks = {
        cell.id: (cell.metadata.get("deletable"), cell.metadata.get("editable"))
        for cell in released().cells
    }
    assert locks["99-E1-text"] == locks["99-E1-check"] == (False, False)
    assert locks["99-E1"] == (False, None)
    assert locks["99-E1-scratch"] == locks["99-P1"] == (None, None)


def test_the_notebook_given_is_not_changed():
    lesson = tiny.lesson()
    before = copy.deepcopy(lesson)
    release(lesson)
    assert lesson == before


def test_releasing_twice_changes_nothing():
    assert release(released()) == released()


def test_checksums_are_nbgraders_own():
    cells = [cell for cell in released().cells if metadata.has_role(cell)]
    assert len(cells) == 6
    for cell in cells:
        assert cell.metadata.nbgrader.checksum == compute_checksum(cell)


def test_roles_are_read_as_nbgrader_reads_them():
    for cell in as_nodes(tiny.lesson()).cells:
        ours = metadata.is_grade, metadata.is_solution, metadata.is_locked
        theirs = is_grade, is_solution, is_locked
        assert [f(cell) for f in ours] == [f(cell) for f in theirs]


def test_sources_are_as_nbgraders_own_passes_leave_them():
    theirs = as_nodes(tiny.lesson())
    for each_pass in (ClearSolutions(), ClearHiddenTests()):
        theirs, _ = each_pass.preprocess(theirs, {})
    ours = {cell.id: cell.source for cell in released().cells}
    assert ours == {c.id: c.source for c in theirs.cells if c.id in ours}


def test_a_release_is_valid_and_comes_back_from_a_file(tmp_path):
    file = tmp_path / "99_twice.ipynb"
    nbformat.write(released(), file)
    back = nbformat.read(file, 4)
    nbformat.validate(back)
    MetadataValidator().validate_nb(back)
    assert release(back) == back


def test_lesson_07_gives_nothing_away():
    lesson = nbformat.read(notebook_path("07"), 4)
    result = release(lesson)
    text = nbformat.writes(result)
    assert "BEGIN" not in text
    assert "author" not in text.lower()
    assert text.count("# YOUR CODE HERE") == 6
    MetadataValidator().validate_nb(result)


def broken(id, **changes):
    lesson = tiny.lesson()
    tiny.find(lesson, id)["metadata"]["nbgrader"] |= changes
    return lesson


@pytest.mark.parametrize(
    ("lesson", "words"),
    [
        (broken("99-E1", schema_version=2), "schema_version is 2"),
        (broken("99-E1", grade_id="99-E2"), "2 cells have the grade_id '99-E2'"),
        (broken("99-E1", grade_id="E 1"), "grade_id is 'E 1'"),
        (broken("99-E1-check", points=None), "needs its points"),
        (broken("99-E1-check", points=-1), "needs its points"),
        (broken("99-E1-check", locked=False), "must be locked"),
        (broken("99-E1-check", grade="yes"), "'grade' must be true or false"),
        (broken("99-E1-text", grade=True, points=1), "graded and answered, or neither"),
        (broken("99-E1-check", task=True), "must be a markdown cell"),
        (broken("99-E1", difficulty=3), "does not know the key 'difficulty'"),
        (broken("99-E1", solution=False, locked=True), "does not make it an answer"),
        (tiny.changed(tiny.lesson(), E1="x = 2"), "all of it would be given away"),
        (tiny.changed(tiny.lesson(), E1="### BEGIN SOLUTION"), "Cell 99-E1: "),
        (
            tiny.changed(tiny.lesson(), E1_text="### BEGIN HIDDEN TESTS"),
            "does not make it a graded cell",
        ),
    ],
)
def test_what_cannot_be_released_is_named(lesson, words):
    with pytest.raises(ReleaseError, match=words):
        release(lesson)


def test_two_cells_with_one_id_are_named():
    lesson = tiny.lesson()
    lesson["cells"].append(tiny.cell("99-title", "again", "markdown"))
    with pytest.raises(ReleaseError, match="2 cells have the cell id '99-title'"):
        release(lesson)
