import pytest

from gradlab.workspace import doctor
from gradlab.workspace.doctor import examine
from gradlab.workspace.errors import WorkspaceError
from gradlab.workspace.warmth import load_kernels


@pytest.fixture
def found(lessons, workspace):
    return {each.what: each for each in examine(lessons, workspace)}


def test_everything_that_is_needed_is_looked_at(found):
    for name in ("Python", "gradlab", "jupyterlab", "ipywidgets", "numba", "numpy"):
        assert found[name].is_well, found[name]
    assert found["backend"].found == "numba"
    assert found["lessons"].found.startswith("1 in ")
    assert found["workspace"].found.endswith("work, 1 lesson")
    assert "browser" in found


def test_a_missing_package_comes_with_the_way_to_get_it():
    missing = doctor._package("no-such-package-of-gradlab")
    assert missing.found == "missing"
    assert missing.advice.endswith("-m pip install no-such-package-of-gradlab")
    assert not missing.is_well


def test_lessons_that_are_missing_are_noticed(tmp_path):
    found = {each.what: each for each in examine(tmp_path, tmp_path / "new")}
    assert not found["lessons"].is_well
    assert found["workspace"].found.endswith("`gradlab lab` will make it")


def test_kernels_are_counted():
    *_, tally = load_kernels()
    assert tally.kernels > 10
    assert str(tally).startswith(f"{tally.kernels} kernels in ")


def test_without_numba_there_are_no_kernels(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(WorkspaceError, match="pip install numba"):
        next(load_kernels())
