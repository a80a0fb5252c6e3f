import os
import threading

import nbformat
import pytest
from nbformat.sign import NotebookNotary

from gradlab.workspace import notebooks
from gradlab.workspace.errors import WorkspaceError
from gradlab.workspace.files import write_whole
from gradlab.workspace.refresh import refresh
from tests.workspace import tiny


@pytest.fixture
def file(workspace):
    return workspace / "99_twice.ipynb"


@pytest.fixture
def answered(file):
    """The learner's file with one answer in it."""
    source = "def double(x):\n    return x + x"
    notebooks.write(file, tiny.changed(notebooks.read(file), E1=source))
    return file


@pytest.fixture
def next_edition(lessons):
    lesson = tiny.changed(tiny.lesson(), title="# Better", E1_text="### E1, better")
    notebooks.write(lessons / "99_twice.ipynb", lesson)


def texts(lessons, workspace):
    return list(refresh(lessons, workspace))


def backups(workspace):
    return sorted((workspace / ".gradlab" / "backups").glob("*/*.ipynb"))


def test_a_first_refresh_puts_the_released_lessons_in(lessons, tmp_path):
    (tmp_path / "new").mkdir()
    (line,) = texts(lessons, tmp_path / "new")
    assert line.startswith("99_twice.ipynb: new, in ")
    text = (tmp_path / "new" / "99_twice.ipynb").read_text()
    assert "YOUR CODE HERE" in text
    assert "return 2" not in text


def test_an_unchanged_lesson_is_not_written(lessons, workspace, answered):
    before = answered.stat().st_mtime_ns, answered.read_bytes()
    assert texts(lessons, workspace) == []
    assert (answered.stat().st_mtime_ns, answered.read_bytes()) == before
    assert backups(workspace) == []


def test_one_line_says_what_happened(lessons, workspace, answered, next_edition):
    before = answered.read_bytes()
    (line,) = texts(lessons, workspace)
    (backup,) = backups(workspace)
    said = "99_twice.ipynb: 2 cells refreshed, your 1 answer kept, backup in "
    assert line.startswith(said)
    assert line.endswith(os.path.join(*backup.parts[-4:]))
    assert backup.read_bytes() == before
    merged = notebooks.read(answered)
    assert tiny.find(merged, "99-title")["source"] == "# Better"
    assert tiny.find(merged, "99-E1")["source"].endswith("return x + x")
    assert texts(lessons, workspace) == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"cells": [', "(line 1: "),
        (b"", "(line 1: "),
        (b"[1, 2]", "(it holds no list of cells)"),
        (b'{"cells": [{}], "nbformat": 4}', "(one of its cells has no type)"),
        (b'{"cells": [], "nbformat": 3}', "(its format is 3, and gradlab reads format"),
        (b"\xff\xfe\x00", "(byte 0 is no UTF-8)"),
    ],
)
def test_a_damaged_notebook_is_left_as_it_is(lessons, workspace, file, content, words):
    file.write_bytes(content)
    (line,) = refresh(lessons, workspace)
    assert f"99_twice.ipynb cannot be read as a notebook {words}" in line
    assert line.endswith("start this lesson afresh: gradlab reset 99")
    assert file.read_bytes() == content
    assert backups(workspace) == []


def test_other_lessons_are_refreshed_all_the_same(lessons, workspace, file):
    file.write_text("{")
    notebooks.write(lessons / "98_first.ipynb", tiny.lesson())
    first, second = refresh(lessons, workspace)
    assert first.startswith("98_first.ipynb: new")
    assert "99_twice.ipynb cannot be read as a notebook" in second


def test_nothing_is_written_without_a_backup(
    lessons, workspace, answered, next_edition
):
    (workspace / ".gradlab" / "backups").write_text("a file in the way")
    before = answered.read_bytes()
    (line,) = refresh(lessons, workspace)
    assert line.endswith("Nothing was changed.")
    assert answered.read_bytes() == before


def test_a_trusted_notebook_stays_trusted(
    lessons, workspace, answered, next_edition, tmp_path, monkeypatch
):
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    old = notebooks.read(answered)
    picture = {"output_type": "display_data", "data": {}, "metadata": {}}
    tiny.find(old, "99-E1-check")["outputs"] = [picture]
    notebooks.write(answered, old)
    NotebookNotary().sign(nbformat.read(answered, 4))
    texts(lessons, workspace)
    assert NotebookNotary().check_signature(nbformat.read(answered, 4))


def test_an_untrusted_notebook_does_not_become_trusted(
    lessons, workspace, answered, next_edition, tmp_path, monkeypatch
):
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    old = notebooks.read(answered)
    picture = {"output_type": "display_data", "data": {}, "metadata": {}}
    tiny.find(old, "99-E1-check")["outputs"] = [picture]
    notebooks.write(answered, old)
    texts(lessons, workspace)
    assert not NotebookNotary().check_signature(nbformat.read(answered, 4))


def test_a_reader_never_sees_half_a_file(tmp_path):
    file, seen = tmp_path / "a", set()
    write_whole(file, b"0" * 100_000)

    def write():
        for digit in (b"1", b"2", b"3") * 10:
            write_whole(file, digit * 100_000)

    writer = threading.Thread(target=write)
    writer.start()
    while writer.is_alive():
        data = file.read_bytes()
        seen.add((len(data), len(set(data))))
    assert seen == {(100_000, 1)}


def test_a_failed_write_leaves_the_old_file_and_no_other(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "inside").touch()
    with pytest.raises(WorkspaceError, match=r"Cannot write .*folder"):
        write_whole(tmp_path / "folder", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_permissions_are_kept(file):
    file.chmod(0o640)
    write_whole(file, b"{}")
    assert file.stat().st_mode & 0o777 == 0o640
