"""Progress survives restarts, crashes, two kernels, damage and a read-only disk."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from gradlab.exercises import progress, yours
from gradlab.exercises.checking import check_in
from gradlab.exercises.progress_file import ProgressFile, state_dir
from tests.exercises.conftest import RIGHT, answer, typed, verdict_on


def file_in(workspace):
    return workspace / ".gradlab" / "progress.json"


def test_boxes_show_what_passed_what_was_tried_and_what_waits():
    verdict_on(RIGHT)
    verdict_on("def scale(x, factor): return x", "99.E2")
    shown = progress("99")
    lines = shown.text.splitlines()
    assert lines[0] == "Lesson 99, Toys: 1 of 3 exercises passed (core: 1 of 2)."
    assert "[x] E1  core     passed" in lines[1]
    assert "[.] E2  stretch  tried" in lines[2]
    assert "[ ] E3  core     to do" in lines[3]
    assert shown.html.count("<li ") == 3
    assert progress("7x").text.startswith("There is no lesson")


def test_a_later_failure_does_not_take_a_pass_away(workspace):
    verdict_on(RIGHT)
    verdict_on(answer("return a"))
    entry = json.loads(file_in(workspace).read_text())["exercises"]["99.E1"]
    assert entry["state"] == "wrong"
    assert "passed" in entry


def test_two_processes_lose_nothing(workspace):
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from gradlab.exercises.progress_file import ProgressFile\n"
        "file = ProgressFile(Path(sys.argv[1]))\n"
        "for k in range(40):\n"
        "    key = f'{sys.argv[2]}.E{k}'\n"
        "    file.update(lambda data: data['exercises'].setdefault(key, {}))\n"
    )
    folder = str(workspace / ".gradlab")
    writers = [
        subprocess.Popen([sys.executable, "-c", code, folder, name]) for name in "ab"
    ]
    assert [each.wait(60) for each in writers] == [0, 0]
    assert len(ProgressFile(Path(folder)).read()["exercises"]) == 80
    assert not list(Path(folder).glob("progress-*"))


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b'{"format": 1, "exercises": [1]}',
        b'{"format": 1, "exercises": {"99.E1": 3}}',
        b"[" * 100_000,
    ],
)
def test_a_damaged_file_is_set_aside_with_a_date_and_said(workspace, damage):
    file_in(workspace).parent.mkdir()
    file_in(workspace).write_bytes(damage)
    verdict = verdict_on(RIGHT)
    (aside,) = (workspace / ".gradlab").glob("progress-damaged-20*.json")
    assert aside.read_bytes() == damage
    assert f"set aside as {aside.name}" in verdict.text
    assert "99.E1" in json.loads(file_in(workspace).read_text())["exercises"]
    assert "set aside" not in verdict_on(RIGHT).text


def test_a_file_of_a_newer_gradlab_is_left_alone(workspace):
    file_in(workspace).parent.mkdir()
    file_in(workspace).write_text('{"format": 99, "secret": 1}')
    assert "written by a newer gradlab" in verdict_on(RIGHT).text
    assert json.loads(file_in(workspace).read_text()) == {"format": 99, "secret": 1}


def test_a_place_that_cannot_be_written_is_said_once_and_kept_in_memory(
    workspace, monkeypatch
):
    (workspace / "file").write_text("not a folder")
    monkeypatch.setenv("GRADLAB_WORKSPACE", str(workspace / "file"))
    said = verdict_on(RIGHT).text
    assert said.count("Progress is kept until this kernel stops, not saved:") == 1
    assert "cannot be written" in said
    assert "not saved" not in verdict_on(RIGHT).text
    assert "1 of 3 exercises passed" in progress("99").text


def test_outside_a_workspace_progress_is_kept_in_memory(workspace, monkeypatch):
    monkeypatch.delenv("GRADLAB_WORKSPACE")
    monkeypatch.chdir(workspace)
    assert state_dir() is None
    assert "Start with `gradlab lab`." in verdict_on(RIGHT).text
    assert "1 of 3 exercises passed" in progress("99").text
    assert list(workspace.iterdir()) == []


def test_the_nearest_workspace_above_is_used(workspace, monkeypatch):
    (workspace / ".gradlab").mkdir()
    (workspace / "deep" / "er").mkdir(parents=True)
    monkeypatch.delenv("GRADLAB_WORKSPACE")
    monkeypatch.chdir(workspace / "deep" / "er")
    verdict_on(RIGHT)
    assert file_in(workspace).exists()


def test_what_could_not_be_written_is_written_later(workspace):
    blocked = workspace / ".gradlab"
    blocked.write_text("in the way")
    file = ProgressFile(blocked)
    file.update(lambda data: data["exercises"].update(one={}))
    blocked.unlink()
    file.update(lambda data: data["exercises"].update(two={}))
    assert set(ProgressFile(blocked).read()["exercises"]) == {"one", "two"}


# -------------------- yours --------------------


def test_yours_is_gradlabs_until_the_check_passes(capsys):
    from gradlab import to_index

    assert yours("to_index") is to_index
    assert "gradlab's; yours has not passed its check" in capsys.readouterr().out
    names = typed(RIGHT)
    check_in(names, "99.E1")
    assert yours("longer") is names["longer"]
    assert capsys.readouterr().out.startswith("longer: yours (passed ")


def test_yours_keeps_the_function_that_passed():
    names = typed(RIGHT)
    check_in(names, "99.E1")
    kept = names["longer"]
    check_in(typed(answer("return a"), names), "99.E1")
    assert yours("longer") is kept


def test_yours_says_its_line_once(capsys):
    for _ in range(5):
        yours("to_index")
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_yours_of_nothing_says_what_is_missing():
    with pytest.raises(AttributeError, match="There is no `nonsense`"):
        yours("nonsense")
