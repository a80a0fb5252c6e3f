import pytest

from gradlab.workspace import notebooks
from gradlab.workspace.errors import WorkspaceError
from gradlab.workspace.reset import reset
from tests.workspace import tiny

MINE = {"E1": "def double(x):\n    return 3", "E2": "def square(x):\n    return 9"}


@pytest.fixture
def file(workspace):
    file = workspace / "99_twice.ipynb"
    mine = tiny.changed(notebooks.read(file), **MINE)
    for id in ("99-E1-check", "99-E2-check"):
        tiny.find(mine, id)["outputs"] = [{"output_type": "stream"}]
    mine["cells"].append(tiny.cell("note", "mine", "markdown"))
    notebooks.write(file, mine)
    return file


def backup(workspace):
    (found,) = (workspace / ".gradlab" / "backups").glob("*/*.ipynb")
    return found


def test_a_whole_lesson_starts_afresh(lessons, workspace, file):
    before = file.read_bytes()
    said = reset("99", None, lessons, workspace)
    assert said.startswith("99_twice.ipynb starts afresh. Yours is in ")
    assert backup(workspace).read_bytes() == before
    assert MINE["E1"] not in file.read_text()
    assert "note" not in tiny.ids(notebooks.read(file))


@pytest.mark.parametrize("name", ["E1", "e1", "99.E1", " 99.e1 "])
def test_one_exercise_starts_afresh_and_the_rest_stays(lessons, workspace, file, name):
    said = reset("99", name, lessons, workspace)
    assert said.startswith("E1 starts afresh. Yours is in ")
    after = notebooks.read(file)
    assert tiny.find(after, "99-E1")["source"].endswith("NotImplementedError()")
    assert tiny.find(after, "99-E1-check")["outputs"] == []
    assert tiny.find(after, "99-E2")["source"] == MINE["E2"]
    assert tiny.find(after, "99-E2-check")["outputs"] != []
    assert tiny.ids(after)[-1] == "note"
    kept = notebooks.read(backup(workspace))
    assert tiny.find(kept, "99-E1")["source"] == MINE["E1"]


def test_what_is_as_it_was_given_is_left_alone(lessons, workspace):
    file = workspace / "99_twice.ipynb"
    before = file.read_bytes(), file.stat().st_mtime_ns
    for exercise, name in (("E1", "E1"), (None, "99_twice.ipynb")):
        said = reset("99", exercise, lessons, workspace)
        assert said == f"{name} is as you got it: there is nothing to reset."
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before
    assert not (workspace / ".gradlab" / "backups").exists()


def test_an_answer_that_was_deleted_comes_back(lessons, workspace, file):
    notebook = notebooks.read(file)
    notebook["cells"] = [each for each in notebook["cells"] if each["id"] != "99-E1"]
    notebooks.write(file, notebook)
    assert reset("99.E1", None, lessons, workspace).startswith("E1 starts afresh.")
    assert tiny.find(notebooks.read(file), "99-E1")


def test_a_damaged_lesson_can_start_afresh(lessons, workspace, file):
    file.write_text("{")
    with pytest.raises(WorkspaceError, match="start the lesson afresh: gradlab reset"):
        reset("99", "E1", lessons, workspace)
    assert file.read_text() == "{"
    reset("99", None, lessons, workspace)
    assert backup(workspace).read_text() == "{"
    assert len(notebooks.read(file)["cells"]) == 10


@pytest.mark.parametrize(
    ("lesson", "exercise", "words"),
    [
        ("42", None, r"There is no lesson '42'\. Lessons: 99 twice\."),
        ("99", "E7", r"Lesson 99 has no exercise 'E7'\. Its exercises: E1, E2\."),
    ],
)
def test_unknown_names_are_answered_with_known_ones(
    lessons, workspace, lesson, exercise, words
):
    with pytest.raises(WorkspaceError, match=words):
        reset(lesson, exercise, lessons, workspace)
