"""The bench on a terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from gradlab.bench import machine
from gradlab.bench.row import Result, Row

WIDE = 130  # columns
STYLES = {"met": "green", "missed": "red", "not measured": "dim"}


class Move(Protocol):
    """Says which row is being measured now."""

    def __call__(self, name: str) -> None:
        """Show the name; the row before it is done."""


def table(results: Sequence[Result], width: int = WIDE) -> Table:
    """Return a table with a row for every result, families apart.

    In a narrow terminal it has no columns for the times and for what was measured.
    """
    wide = width >= WIDE
    shown = Table(box=None, pad_edge=False, header_style="bold")
    shown.add_column("Row", no_wrap=True)
    for name in ("gradlab", "reference", "value", "goal"):
        if wide or name in ("value", "goal"):
            shown.add_column(name, justify="right", no_wrap=True)
    shown.add_column("", min_width=12)
    if wide:
        shown.add_column("What")
    for k, each in enumerate(results):
        if k and results[k - 1].row.family != each.row.family:
            shown.add_row()
        shown.add_row(*_cells(each, wide=wide))
    return shown


def _cells(result: Result, *, wide: bool) -> list[str | Text]:
    row = result.row
    value = "" if result.value is None else amount(result.value, row)
    ends: list[str | Text] = [value, f"<= {row.goal:.3g}", _verdict(result)]
    if not wide:
        return [row.name, *ends]
    times = (duration(result.ours), duration(result.reference))
    return [row.name, *times, *ends, Text(row.says)]


def _verdict(result: Result) -> Text:
    words = result.verdict
    if result.why:
        words = f"{words}: {result.why}"
    return Text(words, STYLES[result.verdict])


def amount(value: float, row: Row) -> str:
    """Say a value in its unit; "x" is a multiple of what the reference takes.

    Examples
    --------
    >>> amount(0.5, Row("zip", "", 1.0, reference="numpy"))
    '0.50 x'
    """
    if row.reference:
        return f"{value:.2f} x"
    return f"{value:.3g} {row.unit}"


def duration(seconds: float | None) -> str:
    """Say a time in the unit that suits it.

    Examples
    --------
    >>> duration(0.00025)
    '250 us'
    """
    if seconds is None:
        return ""
    for size, unit in ((1.0, "s"), (1e-3, "ms"), (1e-6, "us")):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"


def conditions(loads: Sequence[float | None]) -> str:
    """Say on what the numbers were measured."""
    found = [f"{name} {text or '-'}" for name, text in machine.versions().items()]
    seen = " to ".join(f"{each:.2f}" for each in loads if each is not None)
    return (
        f"{', '.join(found)}\n{machine.processor()}; 1 thread; load {seen or 'unknown'}"
    )


def summary(results: Sequence[Result]) -> str:
    """Say how many rows met their goal, missed it or were not measured."""
    verdicts = [each.verdict for each in results]
    return ", ".join(f"{verdicts.count(word)} {word}" for word in STYLES)


def as_json(results: Sequence[Result], loads: Sequence[float | None]) -> dict[str, Any]:
    """Return all that is known as plain values."""
    return {
        "versions": machine.versions(),
        "processor": machine.processor(),
        "threads": 1,
        "load": list(loads),
        "rows": [_as_json(each) for each in results],
    }


def _as_json(result: Result) -> dict[str, Any]:
    row = result.row
    return {
        "name": row.name,
        "says": row.says,
        "goal": row.goal,
        "unit": f"x {row.reference}" if row.reference else row.unit,
        "value": result.value,
        "ours_seconds": result.ours,
        "reference_seconds": result.reference,
        "verdict": result.verdict,
        "why": result.why,
    }


@contextmanager
def progress(rows: int) -> Iterator[Move]:
    """Show a bar on stderr, where that is a terminal; yield what moves it."""
    columns = BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}")
    console = Console(stderr=True)
    quiet = not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=quiet) as bar:
        task = bar.add_task("", total=rows, completed=-1)

        def move(name: str) -> None:
            bar.update(task, advance=1, description=name)

        yield move
