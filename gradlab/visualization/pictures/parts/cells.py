"""The cells of a grid with their numbers, some of them lit."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any

from gradlab.indexing import Index
from gradlab.visualization.flow_nodes import cell
from gradlab.visualization.pictures.flows.zip_words import listed
from gradlab.visualization.pictures.parts.grids import TensorGrid
from gradlab.visualization.scene import Item
from gradlab.visualization.text import number

Print = Callable[[Index], str]


def reader(thing: Any) -> Print:
    """Return what prints the number in a cell of a tensor."""
    return lambda index: number(cell(thing, index))


def held(texts: dict[Index, str]) -> Print:
    """Return what prints the texts that are known so far, and nothing elsewhere."""
    return lambda index: texts.get(index, "")


def shown(grid: TensorGrid) -> list[Index]:
    """Return the cells that a grid draws; none for a tensor of size 0."""
    return [] if grid.empty else list(grid.shown())


def numbers(thing: Any, cells: Collection[Index]) -> dict[Index, str]:
    """Return how the numbers in some cells are printed."""
    return {index: number(cell(thing, index)) for index in cells}


def sentence(name: str, texts: dict[Index, str], limit: int = 40) -> str:
    """Return the numbers of some cells, at most `limit` of them, as a sentence.

    Examples
    --------
    >>> sentence("b", {(0,): "22"}), sentence("b", {})
    ('b[0] = 22.', 'b has no cells.')
    """
    return f"{listed(name, texts, limit) or f'{name} has no cells'}."


def lit_cells(
    grid: TensorGrid,
    text: Print,
    lit: dict[Index, str],
    known: Collection[Index] | None = None,
    look: str = "cell",
) -> Iterator[Item]:
    """Yield the cells of a grid; those in `lit` stand out, unknown ones are pale.

    Parameters
    ----------
    text : what a cell prints
    lit : the look of each cell that stands out
    known : the cells that have a number by now; None for all
    look : how the others are drawn
    """
    yield from grid.boxes(
        lambda i: "" if i in lit else text(i),
        lambda i: look if known is None or i in known else "muted",
    )
    for index, own in lit.items():
        yield grid.box(index, text(index), own, marks=("selected",), bold=True)
