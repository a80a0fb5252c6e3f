"""The cells of a grid with their numbers, some of them lit."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

from gradlab.indexing import Index, Shape
from gradlab.visualization.flow_nodes import cell
from gradlab.visualization.pictures.parts.grids import TensorGrid
from gradlab.visualization.pictures.parts.words import listed
from gradlab.visualization.scene import Item
from gradlab.visualization.text import number, size_names
from gradlab.visualization.values import as_cell

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


def chosen_cell(cell: Sequence[int], drawn: Collection[Index], shape: Shape) -> Index:
    """Return the index of the one cell to follow.

    Raises
    ------
    TypeError
        If it is no index.
    IndexError
        If there is no such cell, or it is not drawn.
    """
    index = as_cell(cell)
    if index in drawn:
        return index
    fits = len(index) == len(shape) and all(0 <= i < n for i, n in zip(index, shape))
    why = "it is one of those left out; choose one that is drawn"
    if not fits:
        why = "there is one index per dim, each from 0 to its size - 1"
    raise IndexError(
        f"Cell {size_names(index)} is not drawn in a tensor of shape "
        f"{size_names(shape)}: {why}."
    )


def numbers(thing: Any, cells: Collection[Index]) -> dict[Index, str]:
    """Return how the numbers in some cells are printed."""
    return {index: number(cell(thing, index)) for index in cells}


def sentence(name: str, texts: dict[Index, str], limit: int = 40) -> str:
    """Return the numbers of some cells, at most `limit` of them, as a sentence.

    Examples
    --------
    >>> sentence("b", {(0,): "22"}), sentence("gradient of b", {})
    ('b[0] = 22.', 'Gradient of b has no cells.')
    """
    said = f"{listed(name, texts, limit) or f'{name} has no cells'}."
    return said.replace("g", "G", 1) if said.startswith("gradient of ") else said


def ended(text: str) -> str:
    """Return a line as a sentence, for lines that may end in "." or "?" already.

    Examples
    --------
    >>> ended("out = 3"), ended("Which cell?")
    ('out = 3.', 'Which cell?')
    """
    return text if text.endswith((".", "?")) else f"{text}."


def opening(title: str, heading: str) -> list[str]:
    """Return how the words of a frame begin: with its title, unless its heading does.

    Examples
    --------
    >>> opening("a + b", "a + b gives out"), opening("a + b", "out[0] = 3")
    (['a + b gives out.'], ['a + b.', 'out[0] = 3.'])
    """
    said = ended(heading)
    return [said] if heading.startswith(title) else [ended(title), said]


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
