"""What the command shows in a terminal: tables and a progress bar."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console, Group
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from gradlab.workspace.checker import Checked
from gradlab.workspace.doctor import Finding
from gradlab.workspace.files import shown
from gradlab.workspace.verdicts import NOT_DONE, plain, score, state

Move = Callable[[str, int, int | None], None]


def checked_report(checked: Checked) -> Group:
    """Return the verdicts on a file: a row an exercise; below it, what is wrong."""
    table = _table(title=shown(checked.file))
    for name in ("Exercise", "Points", "Verdict"):
        table.add_column(name, justify="right" if name == "Points" else "left")
    for each in checked.verdicts:
        style = "green" if each.passed else ""
        table.add_row(each.exercise, score(each), Text(state(each), style))
    for trouble in checked.unchecked:
        table.add_row(trouble.exercise, "", Text("no verdict", "red"))
    return Group(table, *_details(checked), Text(_summary(checked), "dim italic"))


def _details(checked: Checked) -> Iterator[Text]:
    """Yield what to read about each exercise, and about other cells with trouble."""
    for each in checked.verdicts:
        if not each.passed and each.state != NOT_DONE:
            yield Text(f"{each.exercise}: {plain(each.summary)}")
    for trouble in checked.unchecked:
        yield Text(f"{trouble.exercise}: {trouble.words}", "red")
    for trouble in checked.troubles:
        yield Text(str(trouble), "yellow")


def _summary(checked: Checked) -> str:
    done = sum(each.passed for each in checked.verdicts)
    total = len(checked.verdicts) + len(checked.unchecked)
    exercises = "exercise" if total == 1 else "exercises"
    hidden = any(each.hidden_points for each in checked.verdicts)
    rest = " Hidden probes run at grading only." if hidden else ""
    return f"{done} of {total} {exercises} passed.{rest}"


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
    return Table(title=title or None, title_justify="left", box=None)


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
