"""`gradlab handout`: what can be typed after it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, cast

import typer

from gradlab.visualization.theme import Theme
from gradlab.workspace.files import shown

COLOURS = ("light", "dark")


def _known(theme: str) -> str:
    if theme not in COLOURS:
        raise typer.BadParameter(f"There is no theme {theme!r}: use light or dark.")
    return theme


def handout(
    lesson: Annotated[
        str, typer.Argument(metavar="LESSON", help="Its number, such as 07.")
    ],
    out: Annotated[
        Path,
        typer.Option(
            metavar="PATH",
            show_default=False,
            help="A folder, made if need be, or a file's name. Default: here.",
        ),
    ] = Path(),
    solutions: Annotated[
        bool,
        typer.Option("--solutions", help="With the solutions. Default: as released."),
    ] = False,
    theme: Annotated[
        str,
        typer.Option(
            metavar="NAME", help="Colours: light, or dark for screens.", callback=_known
        ),
    ] = "light",
) -> None:
    """Write a lesson as a hand-out, to print or to open.

    Runs the lesson, then writes one page (.html) and one notebook (.ipynb). Pictures
    are images with words, players are strips of their steps: nothing in them needs a
    kernel, a network or trust. Nothing is written if a cell fails.
    """
    from gradlab.exercises.lessons import lessons_dir
    from gradlab.workspace.handout import Wish, write_handout
    from gradlab.workspace.reports import progress_bar

    wish = Wish(solutions, cast(Theme, theme))
    with progress_bar() as move:
        written = write_handout(
            *(lesson, lessons_dir(), out, wish),
            progress=lambda done, of: move(f"Lesson {lesson}", done, of),
        )
    for path, use in zip(written, ("for a browser, and to print", "for JupyterLab")):
        typer.echo(f"{shown(path)}: {use}")
