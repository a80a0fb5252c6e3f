from pathlib import Path

import pytest

import gradlab
from gradlab.workspace import place
from gradlab.workspace.errors import WorkspaceError

PACKAGE = Path(gradlab.__file__).parent


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.delenv("GRADLAB_WORKSPACE", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_default_is_in_the_home_folder(home):
    assert place.prepare(None) == home / "gradlab"
    assert (home / "gradlab" / ".gradlab").is_dir()


def test_a_folder_asked_for_is_made(home):
    assert place.prepare(Path("~/a/b")) == home / "a" / "b"


def test_a_clone_in_the_home_folder_is_no_workspace(home):
    (home / "gradlab").symlink_to(PACKAGE.parent)
    assert place.default_workspace() == home / "gradlab-work"


@pytest.mark.parametrize("inside", [PACKAGE, PACKAGE / "mine", PACKAGE.parent / "ws"])
def test_no_workspace_inside_gradlab(inside):
    with pytest.raises(WorkspaceError, match="belongs to gradlab itself"):
        place.prepare(inside)
    assert not (inside / ".gradlab").exists()


def test_a_place_that_cannot_be_written_is_named(home):
    (home / "gradlab").write_text("a file in the way")
    with pytest.raises(WorkspaceError) as caught:
        place.prepare(None)
    said = str(caught.value)
    assert said.startswith("Cannot write to ~")
    assert said.endswith("Name a folder that you can write to: gradlab lab DIR")


def test_a_workspace_is_found_from_within(home, monkeypatch):
    deep = home / "mine" / "notes"
    deep.mkdir(parents=True)
    (home / "mine" / ".gradlab").mkdir()
    monkeypatch.chdir(deep)
    assert place.find_workspace() == home / "mine"


def test_what_is_asked_for_wins_over_the_variable(home, monkeypatch):
    monkeypatch.setenv("GRADLAB_WORKSPACE", str(home / "named"))
    assert place.find_workspace() == home / "named"
    assert place.find_workspace(home / "asked") == home / "asked"
