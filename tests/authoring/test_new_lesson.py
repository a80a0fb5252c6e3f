import os
import subprocess
import sys

import nbformat
import pytest

from gradlab.authoring.new_lesson import write_lesson
from gradlab.workspace.errors import WorkspaceError


def gradlab(*words, **variables):
    done = subprocess.run(
        [sys.executable, "-m", "gradlab", *map(str, words)],
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "100", **variables},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


def test_the_verb_writes_a_lesson_that_runs_and_has_nothing_to_mend(tmp_path):
    code, said = gradlab("new-lesson", "11_matmul", "--in", tmp_path)
    path = tmp_path / "11_matmul.ipynb"
    assert code == 0
    assert said.splitlines()[0] == str(path)
    assert said.splitlines()[-1] == f"Next: gradlab check-lesson {path}"
    where = {"GRADLAB_LESSONS": str(tmp_path)}
    assert gradlab("run", path, **where) == (0, "11.E1  passed\n")
    assert gradlab("run", "--student", path, **where) == (0, "11.E1  not done yet\n")
    code, said = gradlab("check-lesson", "--mutate", path)
    assert code == 0
    assert "Nothing to mend." in said


def test_what_is_to_be_mended_is_exit_code_1(lesson):
    lesson.change("title", "# 11")
    code, said = gradlab("check-lesson", "--no-run", lesson.path)
    assert code == 1
    assert "\n11-title: it does not say 'Core: N minutes'\n" in said


def test_its_notebook_is_valid_and_has_all_standing_cells(lesson):
    notebook = nbformat.read(lesson.path, as_version=4)
    nbformat.validate(notebook)
    ids = [cell.id.removeprefix("11-") for cell in notebook.cells]
    standing = (
        "author title start recap P1 E1-text E1 E1-scratch E1-check stop page end"
    )
    assert [id for id in ids if id in standing.split()] == standing.split()
    assert notebook.cells[1].source.startswith("# 11 · Matmul\n")
    assert "NN" not in lesson.path.read_text()


def test_its_checks_are_clean_python(lesson):
    root = os.path.join(os.path.dirname(__file__), "..", "..", "pyproject.toml")
    for verb in (["check"], ["format", "--check"]):
        command = [sys.executable, "-m", "ruff", *verb, "--config", root, lesson.checks]
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout


def test_nothing_is_written_over(lesson, tmp_path):
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.*")}
    with pytest.raises(WorkspaceError, match="is there already, and is left as it is"):
        write_lesson("11_other", tmp_path)
    lesson.path.unlink()
    with pytest.raises(WorkspaceError, match="lesson_11 is there already"):
        write_lesson("11_matmul", tmp_path)
    assert all(
        path.read_bytes() == text for path, text in before.items() if path.exists()
    )


@pytest.mark.parametrize("name", ["matmul", "1_matmul", "11", "11_Mat Mul", "../11_x"])
def test_a_name_is_two_digits_and_words(name, tmp_path):
    with pytest.raises(WorkspaceError, match="two digits, then words"):
        write_lesson(name, tmp_path)
    assert list(tmp_path.iterdir()) == []
