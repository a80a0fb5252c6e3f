"""What `gradlab check-lesson` shows: a table, and below it what is to be mended."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group
from rich.table import Table
from rich.text import Text

from gradlab.authoring.examine import Report
from gradlab.authoring.mutation import CAUGHT, NAMED, Tally
from gradlab.authoring.spelling import MISSING

STRETCH = "stretch"


def report_on(report: Report) -> Group:
    """Return one lesson's table: a row an exercise and one for all; then findings."""
    draft = report.draft
    title = f"{draft.path.name}: {report.minutes} minutes, {report.words:,} words"
    table = Table(title=title, title_justify="left", box=None, title_style="bold")
    table.add_column("Exercise", no_wrap=True)
    table.add_column("", no_wrap=True, min_width=len(STRETCH))
    for name in ("Min", "Probes", "Hidden", "Right", "Wrong", "Mend"):
        table.add_column(name, justify="right", min_width=len(name))
    for each in draft.exercises:
        mine = [f for f in report.findings if _is_about(f.where, each.id)]
        table.add_row(
            Text(f"{each.id} {each.name}"),
            "" if each.core else STRETCH,
            *map(str, (each.minutes, len(each.probes), len(each.hidden))),
            *map(str, (len(each.variants), len(each.wrong), len(mine) or "")),
        )
    table.add_row(*_totals(report), style="bold")
    return Group(table, *_below(report), "")


def _is_about(where: str, exercise: str) -> bool:
    return where.replace("-", ".").split(".")[:2] == exercise.split(".")


def _totals(report: Report) -> tuple[str, ...]:
    counts = (
        sum(each.minutes for each in report.draft.exercises),
        report.total(lambda each: len(each.probes)),
        report.total(lambda each: len(each.hidden)),
        report.total(lambda each: len(each.variants)),
        report.total(lambda each: len(each.wrong)),
        len(report.findings),
    )
    return (f"all {len(report.draft.exercises)}", "", *map(str, counts))


def _below(report: Report) -> Iterator[Text]:
    if not report.was_spelt:
        yield Text(f"Spelling: {MISSING}", "yellow")
    if report.tally is not None:
        yield Text(mutants_line(report.tally))
        if report.tally.share_caught >= CAUGHT:
            yield from (Text(str(each), "yellow") for each in report.tally.missed())
    for finding in report.findings:
        yield Text(str(finding), "red")
    if report.is_good:
        yield Text("Nothing to mend.", "green")


def mutants_line(tally: Tally) -> str:
    """Return the numbers of a lesson's mutants in a few sentences."""
    named, general = tally.count("named"), tally.count("general")
    told, bare = tally.count("told"), tally.count("bare")
    return (
        f"Mutants: {tally.mutants}, {tally.count('equal')} of them equivalent. "
        f"Caught: {tally.caught}, {tally.share_caught:.1%} of the others (at least "
        f"{CAUGHT:.0%}). Named by a wrong rule: {named + general}, "
        f"{tally.share_named:.0%} of the caught (at least {NAMED:.0%}): {named} by the "
        f"exercises' own, {general} by a general one; {told} get an error or a type in "
        f"words, {bare} a bare mismatch, {tally.count('hidden')} fail hidden probes "
        "only."
    )
