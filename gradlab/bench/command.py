"""`gradlab bench`: prepare a process with one thread, measure there, report."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gradlab.bench import machine

if TYPE_CHECKING:
    from gradlab.bench.row import Result, Row

STOPPED = "stopped"


def _some(rounds: int | None) -> int | None:
    if rounds is not None and rounds < 1:
        raise typer.BadParameter(f"{rounds} rounds measure nothing; give at least 1.")
    return rounds


def bench(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME",
            help="Rows or families, such as zip or sum.last. Default: all.",
        ),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option(
            "--json",
            metavar="FILE",
            allow_dash=True,
            help="Also write the numbers to a file; - prints them, and no table.",
        ),
    ] = None,
    rounds: Annotated[
        int | None,
        typer.Option(
            metavar="N", help="Turns that each side has. Default: 60.", callback=_some
        ),
    ] = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="A first look, in under a minute.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit code 1 if a goal is missed.")
    ] = False,
) -> None:
    """Measure gradlab beside NumPy, PyTorch and micrograd, each row with its goal.

    Both sides run in one process with one thread, in turn; the best of each counts.
    Ctrl-C shows what was measured so far.
    """
    if not machine.is_single_threaded():
        raise typer.Exit(_again_with_one_thread(sys.argv[1:]))
    rows = _chosen(names or [])
    results, loads, whole = _measure(rows, rounds, quick=quick)
    _show(results, loads, file)
    missed = any(each.verdict == "missed" for each in results)
    raise typer.Exit(130 if not whole else int(strict and missed))


def _again_with_one_thread(words: Sequence[str]) -> int:
    """Run the command in a process that NumPy starts with one thread in."""
    words = words[1:] if words and words[0] == "bench" else words
    command = [sys.executable, "-m", "gradlab.bench", *words]
    child = subprocess.Popen(command, env=os.environ | machine.ONE_THREAD)
    while True:
        with suppress(KeyboardInterrupt):  # the child is asked too, and reports
            return child.wait()


def _chosen(names: Sequence[str]) -> list[Row]:
    from gradlab.bench.row import choose
    from gradlab.bench.rows import ROWS

    unknown = [name for name in names if not choose(ROWS, [name])]
    if unknown:
        families = ", ".join(dict.fromkeys(row.family for row in ROWS))
        raise typer.BadParameter(
            f"There is no row {' or '.join(unknown)}. Families: {families}."
        )
    return choose(ROWS, names)


def _measure(
    rows: Sequence[Row], rounds: int | None, *, quick: bool
) -> tuple[list[Result], list[float | None], bool]:
    """Return the results, the load before and after, and whether all were measured."""
    from gradlab.bench.report import progress
    from gradlab.bench.running import measured, skipped
    from gradlab.bench.timing import Plan

    plan = Plan.quick() if quick else Plan()
    if rounds is not None:
        plan = Plan(rounds, seconds=float("inf"))
    results: list[Result] = []
    loads = [machine.load()]
    with suppress(KeyboardInterrupt), progress(len(rows)) as move:
        for row in rows:
            move(row.name)
            results += measured([row], plan, quick=quick)
    loads.append(machine.load())
    left = [skipped(row, STOPPED) for row in rows[len(results) :]]
    return [*results, *left], loads, not left


def _show(
    results: Sequence[Result], loads: Sequence[float | None], file: Path | None
) -> None:
    from rich.console import Console

    from gradlab.bench import report

    if file is not None:
        text = json.dumps(report.as_json(results, loads), indent=1) + "\n"
        if str(file) == "-":
            typer.echo(text, nl=False)
            return
        file.write_text(text, encoding="utf-8")
    console = Console(highlight=False)
    shown = [each for each in results if each.why != STOPPED]
    console.print(report.table(shown, console.width))
    if len(shown) < len(results):
        console.print(f"\nStopped: {len(results) - len(shown)} rows were not measured.")
    console.print(f"\n{report.conditions(loads)}\n{report.summary(results)}")
