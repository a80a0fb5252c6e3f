"""`python -m gradlab.bench`: the command in the process it prepared for itself."""

from __future__ import annotations

import typer

from gradlab.bench.command import bench

if __name__ == "__main__":
    app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
    app.command(context_settings={"help_option_names": ["-h", "--help"]})(bench)
    app(prog_name="gradlab bench")
