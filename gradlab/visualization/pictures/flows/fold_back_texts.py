"""What the cells of a fold-back picture print, grid by grid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gradlab.indexing import Index
from gradlab.visualization.flow import FlowTable
from gradlab.visualization.pictures.flows.fold_back_story import Folding
from gradlab.visualization.pictures.parts.cells import numbers, shown
from gradlab.visualization.pictures.parts.grids import BOLD, TensorGrid, cell_width
from gradlab.visualization.text import number

Texts = Mapping[Index, str]


class GridTexts:
    """The numbers of every grid, in all cells that may be drawn.

    Attributes
    ----------
    out, d : forward and d_out, on the shape of the output
    local, product : per input, on the shape of the output
    input, gradient : per input, on its own shape
    """

    def __init__(self, flow: FlowTable, d_out: Any, sides: Sequence[Folding]) -> None:
        outs = shown(TensorGrid(flow.shape))
        self.out, self.d = numbers(flow.node, outs), numbers(d_out, outs)
        self.local = [{i: number(s.local(i)) for i in outs} for s in sides]
        self.product = [{i: number(s.product(i)) for i in outs} for s in sides]
        real = [{*shown(TensorGrid(s.shape)), *map(s.target, outs)} for s in sides]
        reals = [sorted(cells) for cells in real]
        self.input = [numbers(x, own) for x, own in zip(flow.inputs, reals)]
        self.gradient = [
            {} if s.gradient is None else numbers(s.gradient, own)
            for s, own in zip(sides, reals)
        ]

    def widest(self, *grids: str, only: int | None = None) -> float:
        """Return a width in which every text of some grids fits a cell.

        Parameters
        ----------
        grids : names of attributes
        only : the one input to look at; None for both
        """
        return cell_width(self._all(grids, only), BOLD)

    def _all(self, grids: Sequence[str], only: int | None) -> Iterator[str]:
        for name in grids:
            texts = getattr(self, name)
            if isinstance(texts, dict):
                yield from texts.values()
                continue
            for k, part in enumerate(texts):
                if only in (None, k):
                    yield from part.values()
