"""The sections of the texts that the lessons are to cover, and the tags that say so.

A cell that teaches "Zip" of the first slides carries the tag ``seed:S0/zip``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from gradlab.workspace.notebooks import Cell

MARK = "seed:"


@dataclass(frozen=True)
class Seed:
    """One text: its key ("S0"), what it is, and its sections' keys and titles."""

    key: str
    about: str
    sections: dict[str, str]

    @property
    def tags(self) -> dict[str, str]:
        """The title of each section, by the tag that means it."""
        return {f"{MARK}{self.key}/{key}": t for key, t in self.sections.items()}


@cache
def seeds() -> tuple[Seed, ...]:
    """Return the five texts.

    Examples
    --------
    >>> [seed.key for seed in seeds()]
    ['S0', 'S1', 'S2', 'S3', 'S4']
    >>> seeds()[0].tags["seed:S0/zip"]
    'Zip of two tensors of one shape'
    """
    text = files("gradlab.authoring").joinpath("seeds.toml").read_text(encoding="utf-8")
    return tuple(Seed(key, **told) for key, told in tomllib.loads(text).items())


def tags_of(cell: Cell) -> tuple[str, ...]:
    """Return the tags of a cell that name sections."""
    tags = cell["metadata"].get("tags", [])
    return tuple(tag for tag in tags if str(tag).startswith(MARK))


def unknown_tags(tags: Iterable[str]) -> Iterator[str]:
    """Yield the tags that name no section there is."""
    known = {tag for seed in seeds() for tag in seed.tags}
    return (tag for tag in tags if tag not in known)
