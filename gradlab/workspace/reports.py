"""What the command shows in a terminal: tables and a progress bar."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from gradlab.workspace.checker import Checked
from gradlab.workspace.doctor import Finding
from gradlab.workspace.files import shown

Move = Callable[[str, int, int | None], None]


def checked_table(checked: Checked) -> Table:
    """Return the verdicts on a file: one row an exercise, its first sentence beside."""
    table = _table(title=f"{shown(checked.file)}")
    for name in ("Exercise", "Points", "Verdict"):
        table.add_column(name, justify="right" if name == "Points" else "left")
    for each in checked.verdicts:
        style = "green" if each.passed else ""
        table.add_row(each.exercise, each.score, Text(each.words, style))
    for id in checked.unchecked:
        name = id.removesuffix("-check").replace("-", ".", 1)
        table.add_row(name, "", Text("no verdict: its check did not run", "red"))
    for trouble in checked.troubles:
        table.add_row("", "", Text(str(trouble), "yellow"))
    done = sum(each.passed for each in checked.verdicts)
    total = len(checked.verdicts) + len(checked.unchecked)
    table.caption = f"{done} of {total} exercises passed."
    if any(each.hidden_points for each in checked.verdicts):
        table.caption += " Hidden probes run at grading only."
    return table


def findings_table(findings: list[Finding]) -> Table:
    """Return the doctor's findings, advice below what needs it."""
    table = _table(title="")
    table.show_header = False
    for each in findings:
        sign, style = _sign(each)
        found = Text(each.found)
        if each.advice:
            found.append(f"\n{each.advice}", style)
        table.add_row(Text(sign, style), each.what, found)
    return table


def _sign(finding: Finding) -> tuple[str, str]:
    if finding.is_well:
        return "ok", "green"
    return ("MISSING", "red") if finding.is_needed else ("note", "yellow")


def _table(title: str) -> Table:
    return Table(
        title=title or None, title_justify="left", caption_justify="left", box=None
    )


@contextmanager
def progress_bar() -> Iterator[Move]:
    """Show a bar on stderr while work goes on, if that is a terminal."""
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    console = Console(stderr=True)
    quiet = not (console.is_terminal and sys.stdout.isatty())
    with Progress(*columns, console=console, transient=True, disable=quiet) as bar:
        task = bar.add_task("", total=None)

        def move(name: str, done: int, of: int | None) -> None:
            bar.update(task, description=name, completed=done, total=of)

        yield move
