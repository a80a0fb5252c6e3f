"""Options and arguments that several verbs of the command share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def _port(port: int | None) -> int | None:
    if port is not None and not 0 < port < 65536:
        raise typer.BadParameter(f"{port} is no port; they go from 1 to 65535.")
    return port


def _long(seconds: int) -> int:
    if seconds < 1:
        raise typer.BadParameter(f"{seconds} is too short; give at least 1 second.")
    return seconds


Workspace = Annotated[
    Path | None,
    typer.Option("--workspace", "-w", metavar="DIR", help="Default: ~/gradlab."),
]
Home = Annotated[
    Path | None,
    typer.Argument(
        metavar="DIR",
        envvar="GRADLAB_WORKSPACE",
        show_envvar=False,
        help="Your workspace, with your lessons and answers. Default: ~/gradlab.",
    ),
]
Port = Annotated[
    int | None,
    typer.Option(metavar="N", help="Default: a free one.", callback=_port),
]
Lesson = Annotated[
    str,
    typer.Argument(metavar="LESSON", help="Its number, such as 07; or 07.E2."),
]
Exercise = Annotated[
    str | None,
    typer.Argument(
        metavar="EXERCISE", help="One exercise, such as E2. Default: the whole lesson."
    ),
]
Seconds = Annotated[
    int,
    typer.Option("--timeout", metavar="SECONDS", help="For each cell.", callback=_long),
]
