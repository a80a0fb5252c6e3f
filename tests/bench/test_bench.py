"""The bench: what it measures is what ran, and nothing is left out."""

import json
import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest
import typer

from gradlab.bench import machine, report
from gradlab.bench.command import _measure, _show, bench
from gradlab.bench.row import NotMeasured, Result, Row, choose
from gradlab.bench.rows import ROWS
from gradlab.bench.rows.fresh import ScriptError, figures
from gradlab.bench.running import measured
from gradlab.bench.timing import Plan, best_seconds

PLAN = Plan(rounds=3, seconds=0.1, least=2)


def result(**about):
    """Return the result of a row made of these."""
    (only,) = measured([Row("toy.row", "a toy", 1.0, **about)], PLAN, quick=True)
    return only


def sides(ours, reference):
    return {"sides": lambda: (ours, reference), "reference": "numpy"}


# ------------------------------------- timing -------------------------------------


def test_the_best_of_each_side_is_what_it_costs():
    nap, longer = best_seconds(
        [lambda: time.sleep(0.002), lambda: time.sleep(0.006)], PLAN
    )
    assert 0.002 <= nap < longer
    assert longer >= 0.006


def test_sides_take_turns_and_first_place_changes():
    turns = []
    plan = Plan(rounds=4, seconds=9, turn=0, least=4)
    best_seconds([lambda: turns.append("a"), lambda: turns.append("b")], plan)
    assert "".join(turns[-8:]) in ("baabbaab", "abbaabba")


def test_a_slow_machine_gets_fewer_rounds_but_never_too_few():
    calls = []

    def slow():
        calls.append(1)
        time.sleep(0.01)

    best_seconds([slow], Plan(rounds=50, seconds=0.0, least=3))
    assert len(calls) <= 6


# ------------------------------------ one result ------------------------------------


def test_a_ratio_is_ours_by_reference():
    def nap(seconds):
        time.sleep(seconds)
        return 1.0

    found = result(**sides(lambda: nap(0.004), lambda: nap(0.002)))
    assert found.value == pytest.approx(found.ours / found.reference)
    assert 1.2 < found.value < 3
    assert found.verdict == "missed"


def test_a_quantity_is_met_up_to_its_goal():
    assert result(measure=lambda: 1.0).verdict == "met"
    assert result(measure=lambda: 1.1).verdict == "missed"


def test_sides_that_give_different_numbers_are_not_compared():
    found = result(**sides(lambda: np.ones(3), lambda: np.ones(3) + 1e-6))
    assert (found.value, found.verdict) == (None, "missed")
    assert "the two sides differ: by up to 1e-06" in found.why
    found = result(**sides(lambda: np.ones(3), lambda: np.ones((3, 1))))
    assert "shapes (3,) and (3, 1)" in found.why


def test_what_is_missing_is_said():
    found = result(measure=lambda: 1.0, needs=("no_such_package",))
    assert (found.verdict, found.why) == (
        "not measured",
        "no_such_package is not installed",
    )
    assert result(measure=lambda: 1.0, long=True).verdict == "not measured"


def test_a_name_that_gradlab_lacks_is_a_miss():
    found = result(measure=lambda: machine.no_such_name)
    assert found.verdict == "missed"
    assert "not there yet: module" in found.why


def test_a_row_that_fails_is_a_miss_and_the_next_one_runs():
    def fail():
        raise ValueError("bad shape")

    def refuse():
        raise NotMeasured("no compiler")

    assert result(measure=fail).why == "failed: ValueError: bad shape"
    assert result(measure=fail).verdict == "missed"
    assert result(measure=refuse).verdict == "not measured"


# -------------------------------------- the rows --------------------------------------


def test_rows_are_chosen_by_family_or_by_any_part_of_the_name():
    assert {row.family for row in choose(ROWS, ["zip"])} >= {"zip"}
    assert [row.name for row in choose(ROWS, ["matmul.512"])] == ["matmul.512.numpy"]
    assert choose(ROWS, ["zi"]) == choose(ROWS, ["zip"])
    assert choose(ROWS, ["nothing"]) == []
    assert choose(ROWS, []) == list(ROWS)


def test_every_row_can_be_measured_and_has_a_goal():
    for row in ROWS:
        assert bool(row.sides) != bool(row.measure), row.name
        assert row.reference or row.unit, row.name
        assert row.goal >= 0, row.name


def test_a_script_that_fails_says_why():
    with pytest.raises(ScriptError, match="IndexError"):
        figures("safety")
    with pytest.raises(ScriptError, match="No such file"):
        figures("no_such_script")


def test_the_first_op_costs_something_and_no_numba():
    found = figures("first_op")
    assert 0.01 < found["seconds"] < 20
    assert found["numba"] == 0


# ------------------------------------- the report -------------------------------------


def printed(results, width):
    from rich.console import Console

    console = Console(width=width, record=True, file=open(os.devnull, "w"))  # noqa: SIM115
    console.print(report.table(results, width))
    return console.export_text()


def test_the_table_says_all_of_it_narrow_and_wide():
    row = Row("zip.add", "x + y", 1.0, measure=lambda: 1.0, reference="numpy")
    results = [Result(row, 2.5, 5e-6, 2e-6), Result(row, why="torch", counts=False)]
    for width in (80, 160):
        text = printed(results, width)
        for words in ("zip.add", "2.50 x", "<= 1", "missed", "not measured: torch"):
            assert words in text
    assert "5 us" in text
    assert "x + y" in text
    assert report.summary(results) == "0 met, 1 missed, 1 not measured"


# ------------------------------------ the command ------------------------------------


def command(*words):
    """Run `gradlab bench` in a process; return it when it has ended."""
    return subprocess.run(
        [sys.executable, "-m", "gradlab", "bench", *words],
        env=os.environ | {"NO_COLOR": "1", "COLUMNS": "100"},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_the_command_writes_json_and_runs_with_one_thread(tmp_path):
    file = tmp_path / "bench.json"
    done = command("matmul.64", "--quick", "--json", str(file))
    assert done.returncode == 0
    assert "1 thread" in done.stdout
    told = json.loads(file.read_text())
    assert told["threads"] == 1
    assert told["versions"]["numpy"] == np.__version__
    (row,) = told["rows"]
    assert row["name"] == "matmul.64.numpy"
    assert row["value"] == row["ours_seconds"] / row["reference_seconds"]


def test_a_dash_prints_json_and_nothing_else():
    done = command("graph.add.time", "--quick", "--json", "-")
    assert len(json.loads(done.stdout)["rows"]) == 1


def test_strict_makes_a_miss_an_exit_code_and_nothing_else_does(monkeypatch):
    miss = Row("toy.miss", "a toy", 1.0, measure=lambda: 2.0, unit="s")
    met = Row("toy.met", "a toy", 1.0, measure=lambda: 0.5, unit="s")
    for name, value in machine.ONE_THREAD.items():
        monkeypatch.setenv(name, value)
    for rows, strict, code in [
        ((miss,), True, 1),
        ((miss,), False, 0),
        ((met,), True, 0),
    ]:
        monkeypatch.setattr("gradlab.bench.rows.ROWS", rows)
        with pytest.raises(typer.Exit) as left:
            bench(strict=strict)
        assert left.value.exit_code == code


def test_an_interrupted_row_ends_the_run_and_keeps_what_was_measured(capsys):
    def interrupt():
        raise KeyboardInterrupt

    calls = [lambda: 1.0, interrupt, lambda: 1.0]
    rows = [Row(f"toy.{k}", "a toy", 1.0, measure=m) for k, m in enumerate(calls)]
    results, loads, whole = _measure(rows, None, quick=True)
    assert [each.verdict for each in results] == ["met"] + ["not measured"] * 2
    assert not whole
    _show(results, loads, None)
    said = capsys.readouterr().out
    assert "Stopped: 2 rows were not measured." in said
    assert "toy.1" not in said


def test_a_name_that_is_no_row_is_answered_with_the_families():
    done = command("zip", "zap")
    assert done.returncode == 2
    assert "There is no row zap. Families: start, lesson" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent as a signal")
def test_ctrl_c_shows_what_was_measured():
    running = subprocess.Popen(
        [sys.executable, "-m", "gradlab", "bench", "sum", "--rounds", "1000000"],
        env=os.environ | {"NO_COLOR": "1", "COLUMNS": "100"},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    time.sleep(4.0)
    os.killpg(running.pid, signal.SIGINT)
    said, _ = running.communicate(timeout=60)
    assert "Stopped:" in said
    assert running.returncode == 130
