import pytest

from gradlab.grading.release import release
from gradlab.workspace import notebooks
from tests.workspace import tiny


@pytest.fixture
def lessons(tmp_path):
    """A folder with the tiny lesson, as its author keeps it."""
    folder = tmp_path / "lessons"
    folder.mkdir()
    notebooks.write(folder / "99_twice.ipynb", tiny.lesson())
    return folder


@pytest.fixture
def workspace(tmp_path):
    """A learner's workspace with the tiny lesson in it."""
    folder = tmp_path / "home" / "work"
    (folder / ".gradlab").mkdir(parents=True)
    notebooks.write(folder / "99_twice.ipynb", release(tiny.lesson()))
    return folder
