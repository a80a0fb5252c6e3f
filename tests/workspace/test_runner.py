import pytest

from gradlab.grading.release import release
from gradlab.workspace import notebooks
from gradlab.workspace.checker import check_file
from gradlab.workspace.errors import WorkspaceError
from gradlab.workspace.execution import NO_VERDICT
from gradlab.workspace.runner import find_notebooks, run
from gradlab.workspace.verdicts import words
from tests.workspace import tiny


def lines(*paths, **options):
    return [(line.text, line.is_good) for line in run(list(paths), **options)]


def test_a_lesson_in_solution_form_passes(lessons):
    assert lines(lessons) == [("99.E1  passed", True), ("99.E2  passed", True)]


def test_a_released_lesson_is_not_done_yet(lessons):
    assert lines(lessons / "99_twice.ipynb", student=True) == [
        ("99.E1  not done yet", True),
        ("99.E2  not done yet", True),
    ]


def test_a_wrong_solution_is_named(lessons):
    wrong = tiny.changed(tiny.lesson(), E2="def square(x):\n    return 2 * x")
    notebooks.write(lessons / "99_twice.ipynb", wrong)
    assert lines(lessons) == [
        ("99.E1  passed", True),
        ("99.E2  wrong: E2: not that.", False),
    ]


@pytest.fixture
def troubled(lessons):
    """The lesson with cells that go wrong between its exercises."""
    lesson = tiny.changed(
        tiny.lesson(), P1="1 / 0", E1_scratch="while True:\n    pass", E2_check="pass"
    )
    meant = tiny.cell("99-meant", "[][1]", tags=["raises-exception"])
    lesson["cells"].insert(3, meant)
    notebooks.write(lessons / "99_twice.ipynb", lesson)
    return lessons


def test_errors_endless_loops_and_silent_checks_are_named(troubled):
    assert lines(troubled, timeout=1) == [
        ("99.E1  passed", True),
        ("99_twice.ipynb, cell 99-P1: ZeroDivisionError: division by zero", False),
        ("99_twice.ipynb, cell 99-E1-scratch: did not finish in 1 s", False),
        (f"99_twice.ipynb, cell 99-E2-check: {NO_VERDICT}", False),
    ]


def test_a_kernel_that_dies_ends_its_notebook_only(lessons):
    dies = tiny.changed(tiny.lesson(), P1="import os\nos._exit(1)")
    notebooks.write(lessons / "98_dies.ipynb", dies)
    said = lines(lessons)
    words = "the kernel died in it; the cells below it did not run"
    assert said[0] == (f"98_dies.ipynb, cell 99-P1: {words}", False)
    assert said[-1] == ("99.E2  passed", True)


def test_a_notebook_runs_in_a_workspace_of_its_own(lessons, tmp_path):
    source = (
        "import os, pathlib\nhere = pathlib.Path.cwd()\n"
        "assert (here / '.gradlab').is_dir(), here\n"
        "assert os.environ['GRADLAB_WORKSPACE'] == str(here), os.environ\n"
        "assert os.environ['OMP_NUM_THREADS'] == '1'\n"
        "pathlib.Path('written').touch()"
    )
    book = tiny.lesson() | {"cells": [tiny.cell("only", source)]}
    notebooks.write(lessons / "99_twice.ipynb", book)
    said = "99_twice.ipynb  ran without an error (no exercises in it)"
    assert lines(lessons) == [(said, True)]
    assert not list(tmp_path.rglob("written"))


def test_files_that_cannot_run_are_named(lessons, tmp_path):
    (lessons / "97_damaged.ipynb").write_text("{")
    (text, is_good), *rest = lines(lessons, student=True)
    assert "cannot be read as a notebook" in text
    assert not is_good
    assert len(rest) == 2
    (tmp_path / "empty").mkdir()
    with pytest.raises(WorkspaceError, match="There is no notebook in"):
        find_notebooks([tmp_path / "empty"])
    with pytest.raises(WorkspaceError, match="There is no file or folder"):
        find_notebooks([tmp_path / "nowhere"])


def test_a_learners_file_is_not_taken_for_an_authors(lessons):
    own = tiny.changed(release(tiny.lesson()), E1="def double(x):\n    return 2 * x")
    notebooks.write(lessons / "99_twice.ipynb", own)
    ((text, is_good),) = lines(lessons, student=True)
    assert text.startswith("99_twice.ipynb: this is a learner's file: ")
    assert not is_good
    assert lines(lessons) == [("99.E1  passed", True), ("99.E2  not done yet", False)]


# -------------------- what does not stop --------------------

ENDLESS_IN_C = "import itertools\n\ndef double(x):\n    return sum(itertools.count())"


@pytest.mark.slow
def test_a_kernel_that_no_interrupt_reaches_is_killed(lessons, workspace):
    file = answered(workspace, E1=ENDLESS_IN_C)
    checked = check_file("99", lessons, workspace, timeout=1)
    stuck, unrun = checked.unchecked
    assert stuck.exercise == "99.E1"
    assert stuck.words.startswith("did not finish in 2 s and does not stop; the cells")
    assert (unrun.exercise, unrun.words) == ("99.E2", NO_VERDICT)
    assert (checked.verdicts, checked.troubles) == ((), ())
    assert not checked.passed
    other = check_file("99.E2", lessons, workspace, timeout=1)
    assert [each.exercise for each in (*other.unchecked, *other.troubles)] == [
        "99.E2",
        "99.E1",
    ]
    named = f"99_twice.ipynb, {stuck}", False
    assert named in lines(file, timeout=1)


# -------------------- gradlab check --------------------


def answered(workspace, **sources):
    file = workspace / "99_twice.ipynb"
    notebooks.write(file, tiny.changed(notebooks.read(file), **sources))
    return file


def said(checked):
    return {verdict.exercise: words(verdict) for verdict in checked.verdicts}


def test_the_saved_file_is_checked_and_not_written(lessons, workspace):
    file = answered(workspace, E1="def double(x):\n    return x + x", E1_scratch="1/0")
    before = file.read_bytes()
    checked = check_file("99", lessons, workspace)
    assert said(checked) == {"99.E1": "passed", "99.E2": "not done yet"}
    assert [str(each) for each in checked.troubles] == [
        "cell 99-E1-scratch: ZeroDivisionError: division by zero"
    ]
    assert not checked.passed
    assert file.read_bytes() == before


def test_a_check_cell_that_was_changed_or_deleted_counts(lessons, workspace):
    file = answered(
        workspace,
        E1="def double(x):\n    return x + x",
        E2="def square(x):\n    return x * x",
        E1_check="print('passed')",
    )
    rest = notebooks.read(file)
    rest["cells"] = [cell for cell in rest["cells"] if cell["id"] != "99-E2-check"]
    notebooks.write(file, rest)
    checked = check_file("99", lessons, workspace, file)
    assert said(checked) == {"99.E1": "passed", "99.E2": "passed"}
    assert checked.passed


def test_damaged_missing_and_unknown_are_answered(lessons, workspace, tmp_path):
    file = workspace / "99_twice.ipynb"
    with pytest.raises(WorkspaceError, match=r"There is no lesson '42'\. Lessons: 99"):
        check_file("42", lessons, workspace)
    with pytest.raises(WorkspaceError, match=r"There is no file .* --file FILE$"):
        check_file("99", lessons, tmp_path)
    file.write_text("{")
    with pytest.raises(WorkspaceError, match="start the lesson afresh: gradlab reset"):
        check_file("99", lessons, workspace)


def test_one_exercise_is_checked_by_any_of_its_names(lessons, workspace):
    file = answered(workspace, E2="def square(x):\n    return x * x")
    for lesson, exercise in (("99.E2", None), ("99", "e2"), (str(file), "99.E2")):
        checked = check_file(lesson, lessons, workspace, exercise=exercise)
        assert said(checked) == {"99.E2": "passed"}
        assert checked.passed


@pytest.mark.parametrize(
    ("lesson", "exercise", "sentence"),
    [
        ("E2", None, "E2 of which lesson? As in: 07.E2"),
        ("99.E1", "E2", "Name one exercise, not both 99.E1 and E2."),
        ("99", "E7", "Lesson 99 has no exercise 'E7'. Its exercises: E1, E2."),
        ("mine.ipynb", None, "Of which lesson is mine.ipynb? Say: "),
        ("w", None, "There is no lesson 'w'. Lessons: 99 twice."),
    ],
)
def test_names_that_are_not_clear_are_asked_about(
    lessons, workspace, lesson, exercise, sentence
):
    with pytest.raises(WorkspaceError) as caught:
        check_file(lesson, lessons, workspace, exercise=exercise)
    assert str(caught.value).startswith(sentence)
