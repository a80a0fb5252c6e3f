import nbformat
import pytest

from gradlab.workspace import notebooks
from gradlab.workspace.errors import DamagedNotebookError
from tests.workspace import tiny


def test_files_are_written_as_jupyter_writes_them(tmp_path):
    lesson = tiny.changed(tiny.lesson(), title="# Zwölf\n\n\x0cends with a line\n")
    ours, theirs = tmp_path / "ours.ipynb", tmp_path / "theirs.ipynb"
    notebooks.write(ours, lesson)
    nbformat.write(nbformat.from_dict(lesson), theirs)
    assert notebooks.read(ours) == notebooks.read(theirs) == lesson
    assert nbformat.read(ours, 4) == nbformat.read(theirs, 4)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(DamagedNotebookError, match=r"There is no file .*99\.ipynb"):
        notebooks.read(tmp_path / "99.ipynb")


def test_a_folder_is_no_notebook(tmp_path):
    with pytest.raises(DamagedNotebookError, match=r"Cannot read .*: is a directory"):
        notebooks.read(tmp_path)
