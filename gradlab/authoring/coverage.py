"""Which lesson's cell teaches which section of the texts that gradlab grew from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from gradlab.authoring.seeds import MARK, Seed, seeds, tags_of
from gradlab.workspace import notebooks

OPEN = "open"


@dataclass(frozen=True)
class Coverage:
    """The cells that teach each section, by its tag, in the order of the lessons."""

    cells: dict[str, list[str]] = field(default_factory=dict)

    def of(self, tag: str) -> list[str]:
        """Return the ids of the cells that carry this tag."""
        return self.cells.get(tag, [])

    def open(self, seed: Seed) -> list[str]:
        """Return the tags of a text that no cell carries."""
        return [tag for tag in seed.tags if not self.of(tag)]


def coverage_of(paths: Iterable[Path]) -> Coverage:
    """Return what the cells of these notebooks teach."""
    found: dict[str, list[str]] = {}
    for path in paths:
        for cell in notebooks.read(path)["cells"]:
            for tag in tags_of(cell):
                found.setdefault(tag, []).append(cell["id"])
    return Coverage(found)


def coverage_map(coverage: Coverage) -> str:
    """Return the whole map as Markdown: one table for each text, its count above."""
    parts = [_part(seed, coverage) for seed in seeds()]
    total = sum(len(seed.sections) for seed in seeds())
    left = sum(len(coverage.open(seed)) for seed in seeds())
    return "\n".join([*parts, f"{total - left} of {total} sections are taught.", ""])


def _part(seed: Seed, coverage: Coverage) -> str:
    done = len(seed.sections) - len(coverage.open(seed))
    rows = [
        f"| {tag.removeprefix(MARK)} | {title} | {_cells(coverage.of(tag))} |"
        for tag, title in seed.tags.items()
    ]
    head = f"## {seed.key} · {seed.about}: {done} of {len(seed.sections)}"
    return "\n".join(
        [head, "", "| section | what it is | taught in |", "|---|---|---|", *rows, ""]
    )


def _cells(ids: list[str]) -> str:
    return ", ".join(ids) if ids else f"**{OPEN}**"
