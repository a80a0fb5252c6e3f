"""`gradlab new-lesson`: a lesson that runs and passes, to be filled."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

from gradlab.authoring.form import in_order
from gradlab.authoring.standing import standing_notebook
from gradlab.workspace.errors import WorkspaceError
from gradlab.workspace.files import shown, write_whole

CHECKS = ("__init__", "e1_steps", "predictions")


def write_lesson(name: str, folder: Path) -> list[Path]:
    """Write the notebook and the checks of a new lesson; return their paths.

    Parameters
    ----------
    name : its number and name, "11_matmul".
    folder : where the lessons are; the checks go to `checks` in it.

    Raises
    ------
    WorkspaceError
        If the name is none, or something of this number is there already.
    """
    number, title = split(name)
    home = folder / "checks" / f"lesson_{number}"
    taken = [*folder.glob(f"{number}_*.ipynb"), home, home.with_suffix(".py")]
    for path in taken:
        if path.exists():
            raise WorkspaceError(
                f"{shown(path)} is there already, and is left as it is. "
                "Take another number."
            )
    notebook = folder / f"{name}.ipynb"
    home.mkdir(parents=True)
    written = {notebook: in_order(standing_notebook(number, title))}
    for each in CHECKS:
        written[home / f"{each}.py"] = checks_file(each, number, title)
    for path, text in written.items():
        write_whole(path, text.encode())
    return list(written)


def split(name: str) -> tuple[str, str]:
    """Return the number and the title in a lesson's name.

    Raises
    ------
    WorkspaceError
        If it is no such name.

    Examples
    --------
    >>> split("09_map_zip_reduce")
    ('09', 'Map zip reduce')
    """
    found = re.fullmatch(r"(\d\d)_([a-z0-9]+(?:_[a-z0-9]+)*)", name)
    if found is None:
        raise WorkspaceError(
            f"{name!r} is no name of a lesson: two digits, then words in small "
            "letters, with _ between them, as in 11_matmul."
        )
    return found[1], found[2].replace("_", " ").capitalize()


def checks_file(name: str, number: str, title: str) -> str:
    """Return the text of one file of the checks."""
    template = files("gradlab.authoring").joinpath("template")
    text = template.joinpath(f"checks_{name.strip('_')}.txt").read_text("utf-8")
    return text.replace("NN", number).replace("TITLE", title)
