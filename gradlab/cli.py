"""The `gradlab` command: each verb one call into the package."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import gradlab
from gradlab.authoring.command import check_lesson, coverage_map, new_lesson
from gradlab.bench.command import bench
from gradlab.visualization.gallery.command import gallery
from gradlab.workspace.handout_command import handout
from gradlab.workspace.options import Exercise, Home, Lesson, Port, Seconds, Workspace
from gradlab.workspace.plain_help import PlainCommand

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

app = typer.Typer(
    name="gradlab",
    help="Tensors, broadcasting and automatic differentiation, in lessons to run.",
    epilog="Begin with: gradlab lab",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """Run the command; say what is in the way in a sentence, not in a traceback."""
    from gradlab.grading.metadata import ReleaseError
    from gradlab.workspace.errors import WorkspaceError
    from gradlab.workspace.files import said_by_system

    try:
        app()
    except (WorkspaceError, ReleaseError) as error:
        typer.echo(f"gradlab: {error}", err=True)
        sys.exit(1)
    except OSError as error:
        typer.echo(f"gradlab: {said_by_system(error)}", err=True)
        sys.exit(1)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"gradlab {gradlab.__version__}")
        raise typer.Exit


@app.callback()
def _gradlab(
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_version,
            is_eager=True,
            help="Show the version and exit.",
        ),
    ] = False,
) -> None:
    pass


@app.command(cls=PlainCommand)
def lab(
    folder: Home = None,
    no_update: Annotated[
        bool,
        typer.Option("--no-update", help="Leave the lessons there as they are."),
    ] = False,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Only print the address.")
    ] = False,
    port: Port = None,
    jupyter: Annotated[
        list[str] | None,
        typer.Option(metavar="ARG", help="Given to JupyterLab; may be repeated."),
    ] = None,
) -> None:
    """Open JupyterLab where you stopped last time. Ctrl-C stops it.

    Lessons are brought up to date first; your answers are kept.
    """
    from gradlab.workspace.server import lab

    lab(
        _lessons(),
        folder,
        update=not no_update,
        browser=not no_browser,
        port=port,
        more=tuple(jupyter or ()),
        say=typer.echo,
    )


@app.command(cls=PlainCommand)
def check(
    lesson: Lesson,
    exercise: Exercise = None,
    file: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Your file, if it is not the one in your workspace."
        ),
    ] = None,
    workspace: Workspace = None,
) -> None:
    """Check your saved file from top to bottom.

    Runs all of it in a fresh process and gives the verdicts that the notebook gives.
    Exit code 0: every exercise asked for passed.
    """
    from gradlab.workspace.checker import check_file
    from gradlab.workspace.place import find_workspace
    from gradlab.workspace.reports import checked_report

    folder = find_workspace(workspace)
    with _bar() as move:
        found = check_file(
            *(lesson, _lessons(), folder, file),
            exercise=exercise,
            progress=lambda done, of: move(f"Lesson {lesson}", done, of),
        )
    _console().print(checked_report(found))
    raise typer.Exit(0 if found.passed else 1)


@app.command(cls=PlainCommand)
def reset(
    lesson: Lesson, exercise: Exercise = None, workspace: Workspace = None
) -> None:
    """Start a lesson, or one exercise, afresh. What you had is kept as a backup."""
    from gradlab.workspace.place import find_workspace, prepare
    from gradlab.workspace.reset import reset

    folder = prepare(find_workspace(workspace))
    typer.echo(reset(lesson, exercise, _lessons(), folder))


@app.command(cls=PlainCommand)
def run(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PATH",
            help="Notebooks, or folders of them. Default: gradlab's own lessons.",
        ),
    ] = None,
    student: Annotated[
        bool,
        typer.Option(
            "--student",
            help="Run what learners get: no solutions, each exercise not done yet.",
        ),
    ] = False,
    timeout: Seconds = 120,
) -> None:
    """Run notebooks without a browser (for authors).

    Prints a line for each exercise. Exit code 0: every one passed, or with --student:
    every one is not done yet.
    """
    from gradlab.workspace.runner import run

    good = True
    with _bar() as move:
        asked = paths or [_lessons()]
        for line in run(asked, student=student, timeout=timeout, watch=move):
            typer.echo(line.text)
            good = good and line.is_good
    raise typer.Exit(0 if good else 1)


@app.command(cls=PlainCommand)
def doctor(
    kernels: Annotated[
        bool,
        typer.Option(
            "--kernels",
            help="Also load every compiled kernel, and say which had to be compiled.",
        ),
    ] = False,
    expect_warm: Annotated[
        bool,
        typer.Option(
            "--expect-warm",
            help="With --kernels: exit code 1 if any kernel had to be compiled.",
        ),
    ] = False,
    workspace: Workspace = None,
) -> None:
    """Say what is installed, what is missing and how to get it."""
    from gradlab.workspace.doctor import examine
    from gradlab.workspace.reports import findings_table

    findings = list(examine(_lessons(), workspace))
    _console().print(findings_table(findings))
    good = all(each.is_well or not each.is_needed for each in findings)
    if kernels or expect_warm:
        good = _load_kernels(expect_warm) and good
    raise typer.Exit(0 if good else 1)


_ELSEWHERE: dict[Callable[..., None], str] = {
    bench: "Measure the engine beside NumPy, PyTorch and micrograd.",
    handout: "Write a lesson as a hand-out, to print or to open.",
    gallery: "Draw every kind of picture, with a page of them all.",
    new_lesson: "Begin a lesson: its notebook and its checks (for authors).",
    check_lesson: "Say what is to be mended in a lesson (for authors).",
    coverage_map: "Print which lesson teaches what of the sources.",
}
for _verb, _says in _ELSEWHERE.items():
    app.command(cls=PlainCommand, short_help=_says)(_verb)


def _load_kernels(expect_warm: bool) -> bool:
    from gradlab.workspace.warmth import load_kernels

    with _bar() as move:
        for tally in load_kernels():
            move("Kernels", tally.kernels, None)
    typer.echo(f"Kernels: {tally}")
    if expect_warm and tally.compiled:
        typer.echo(
            "None should have been compiled: the cache of an earlier run was not used."
        )
    return not (expect_warm and tally.compiled)


def _lessons() -> Path:
    from gradlab.exercises.lessons import lessons_dir

    return lessons_dir()


def _console() -> Console:
    from rich.console import Console

    return Console(highlight=False)


@contextmanager
def _bar() -> Iterator[Callable[[str, int, int | None], None]]:
    """Show a progress bar in a terminal; yield what moves it."""
    from gradlab.workspace.reports import progress_bar

    with progress_bar() as move:
        yield move
