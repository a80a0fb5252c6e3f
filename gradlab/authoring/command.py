"""`gradlab new-lesson`, `check-lesson` and `coverage-map`: what can be typed."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

Paths = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="PATH",
        help="Lessons, or folders of them. Default: gradlab's own lessons.",
    ),
]


def new_lesson(
    name: Annotated[
        str,
        typer.Argument(metavar="NAME", help="Number and name, such as 11_matmul."),
    ],
    folder: Annotated[
        Path | None,
        typer.Option(
            "--in", metavar="DIR", help="Where to. Default: gradlab's own lessons."
        ),
    ] = None,
) -> None:
    """Begin a lesson: a notebook with all its standing cells, and its checks.

    One small exercise is in it, to be replaced; `gradlab run` on it passes. Nothing
    that is there already is written over.
    """
    from gradlab.authoring.new_lesson import write_lesson
    from gradlab.exercises.lessons import lessons_dir
    from gradlab.workspace.files import shown

    written = write_lesson(name, folder or lessons_dir())
    for path in written:
        typer.echo(shown(path))
    typer.echo(f"Next: gradlab check-lesson {shown(written[0])}")


def check_lesson(
    paths: Paths = None,
    mutate: Annotated[
        bool,
        typer.Option(
            "--mutate",
            help="Also change each solution a little: does its check notice?",
        ),
    ] = False,
    no_run: Annotated[
        bool, typer.Option("--no-run", help="Do not run the notebook.")
    ] = False,
) -> None:
    """Say what is to be mended in a lesson (for authors).

    Looks at its form, words, minutes, pictures, spelling, right and wrong answers, and
    runs it. Exit code 0: there is nothing to mend.
    """
    from rich.console import Console

    from gradlab.authoring.draft import find_drafts
    from gradlab.authoring.examine import examine
    from gradlab.authoring.tables import report_on
    from gradlab.exercises.lessons import lessons_dir
    from gradlab.workspace.reports import progress_bar

    good = True
    console = Console(highlight=False)
    for path in find_drafts(paths or [lessons_dir()]):
        with progress_bar() as move:
            watch = partial(move, path.name)
            report = examine(path, run=not no_run, mutants=mutate, progress=watch)
        console.print(report_on(report), soft_wrap=True)
        good = good and report.is_good
    raise typer.Exit(0 if good else 1)


def coverage_map(paths: Paths = None) -> None:
    """Print which lesson teaches which section of the sources, and what is open.

    A cell says so by its tags, such as seed:S0/zip. What is printed is Markdown.
    """
    from gradlab.authoring.coverage import coverage_map, coverage_of
    from gradlab.authoring.draft import find_drafts
    from gradlab.exercises.lessons import lessons_dir

    found = coverage_of(find_drafts(paths or [lessons_dir()]))
    typer.echo(coverage_map(found), nl=False)
