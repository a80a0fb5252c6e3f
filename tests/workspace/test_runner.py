import pytest

from gradlab.workspace import notebooks
from gradlab.workspace.checker import check_file
from gradlab.workspace.errors import WorkspaceError
from gradlab.workspace.runner import find_notebooks, run
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
        ("99_twice.ipynb, cell 99-E2-check: the check gave no verdict", False),
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


# -------------------- gradlab check --------------------


def answered(workspace, **sources):
    file = workspace / "99_twice.ipynb"
    notebooks.write(file, tiny.changed(notebooks.read(file), **sources))
    return file


def words(checked):
    return {verdict.exercise: verdict.words for verdict in checked.verdicts}


def test_the_saved_file_is_checked_and_not_written(lessons, workspace):
    file = answered(workspace, E1="def double(x):\n    return x + x", E1_scratch="1/0")
    before = file.read_bytes()
    checked = check_file("99", lessons, workspace)
    assert words(checked) == {"99.E1": "passed", "99.E2": "not done yet"}
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
    assert words(checked) == {"99.E1": "passed", "99.E2": "passed"}
    assert checked.passed


def test_damaged_missing_and_unknown_are_answered(lessons, workspace, tmp_path):
    file = workspace / "99_twice.ipynb"
    with pytest.raises(WorkspaceError, match=r"There is no lesson '42'\. Lessons: 99"):
        check_file("42", lessons, workspace)
    with pytest.raises(WorkspaceError, match=r"no file .* name the file: gradlab"):
        check_file("99", lessons, tmp_path)
    file.write_text("{")
    with pytest.raises(WorkspaceError, match="start the lesson afresh: gradlab reset"):
        check_file("99", lessons, workspace)
