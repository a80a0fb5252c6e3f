"""`gradlab gallery`: every picture of the catalogue, and a page of them all."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer


def gallery(
    out: Annotated[
        Path,
        typer.Option(
            metavar="DIR",
            help="Where to write; made if it is not there.",
            file_okay=False,
            writable=True,
        ),
    ],
    only: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME", help="Entries, such as P11 or zip_flow. Default: all."
        ),
    ] = None,
) -> None:
    """Draw every picture at three sizes, light and dark, with an index.html.

    Each medium one is also written as a page to step through, without a network.
    """
    from rich.console import Console
    from rich.progress import track

    from gradlab.visualization.gallery.pages import chosen, jobs, write_index

    out = out.expanduser()
    try:
        entries = chosen(only or [])
    except ValueError as unknown:
        raise typer.BadParameter(str(unknown)) from None
    work = list(jobs(entries, out))
    console = Console(stderr=True)
    quiet = not (console.is_terminal and sys.stdout.isatty())
    for job in track(work, "Drawing", console=console, transient=True, disable=quiet):
        job.write()
    index = write_index(entries, out)
    many = f"{len(entries)} {'entry' if len(entries) == 1 else 'entries'}"
    typer.echo(f"{many}, {len(work)} files. Open {index}")
