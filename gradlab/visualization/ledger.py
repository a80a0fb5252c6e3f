"""A ledger: the paths from one cell to the result, each with what it adds."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

from gradlab.indexing import Index


class Spot(NamedTuple):
    """One cell of one variable.

    Parameters
    ----------
    node : which variable: its place in `CellPaths.nodes`
    cell : the index of the cell; () for a Scalar
    """

    node: int
    cell: Index


class Way(NamedTuple):
    """One step of a path: to which cell, with which local derivative."""

    to: Spot
    local: float


@dataclass(frozen=True)
class Path:
    """One path from a cell to the result.

    Attributes
    ----------
    spots : the cells on it, from the chosen one to one of the result
    locals : the local derivative of each step
    d_out : the gradient of the cell where it ends
    product : the product of all of these
    """

    spots: tuple[Spot, ...]
    locals: tuple[float, ...]
    d_out: float

    @property
    def first(self) -> Way:
        """Return its first step."""
        return Way(self.spots[1], self.locals[0])

    @property
    def product(self) -> float:
        """Return the product of the local derivatives and d_out."""
        return math.prod(self.locals) * self.d_out


@dataclass(frozen=True)
class Bundle:
    """All paths that leave a cell by the same edge.

    Attributes
    ----------
    start : the cell
    way : the edge
    count : how many paths there are behind it
    d : the gradient of the cell that it leads to
    """

    start: Spot
    way: Way
    count: int
    d: float

    @property
    def spots(self) -> tuple[Spot, ...]:
        """Return the two cells of the edge."""
        return (self.start, self.way.to)

    @property
    def product(self) -> float:
        """Return what comes back along the edge: local times d."""
        return self.way.local * self.d


@dataclass(frozen=True)
class Ledger:
    """Every path of a cell, one by one or by first edges; the products add up.

    Attributes
    ----------
    spot : the cell
    count : how many paths there are
    rows : the paths, or the bundles where there are more than can be listed
    """

    spot: Spot
    count: int
    rows: tuple[Path, ...] | tuple[Bundle, ...]

    @property
    def bundled(self) -> bool:
        """Whether the rows are bundles of paths."""
        return bool(self.rows) and isinstance(self.rows[0], Bundle)

    @property
    def total(self) -> float:
        """Return the sum of the products: the gradient of the cell."""
        return sum(self.products, 0.0)

    @property
    def products(self) -> list[float]:
        """Return what each row adds."""
        return [row.product for row in self.rows]
