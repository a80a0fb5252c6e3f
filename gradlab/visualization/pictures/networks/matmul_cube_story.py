"""The frames of a matrix product, and the numbers in each of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from gradlab.autodiff import contributions
from gradlab.indexing import Index
from gradlab.visualization.pictures.parts.arrays import array_of
from gradlab.visualization.text import cell_name, number, size_names
from gradlab.visualization.values import as_cell

EVERY = 6  # up to here every cell of a result has a frame of its own
Pair = tuple[float, float]


class Moment(NamedTuple):
    """What one frame is about.

    `name` is one of "start", "cube", "C", "done", "turn", "fill dA", "dA", "fill dB",
    "dB", "end"; `cell` is the cell that is added up, `known` how many are by now.
    """

    name: str
    cell: Index = ()
    known: int = 0


class Product:
    """A, B and C = A @ B as the engine has it; with d_out also dA and dB."""

    def __init__(self, a: Any, b: Any, d_out: Any = None) -> None:
        from gradlab.tensors.creation import tensor

        self.A, self.B = _matrix(a, "A", 1.0), _matrix(b, "B", 10.0)
        if self.A.shape[1] != self.B.shape[0]:
            raise ValueError(
                f"A {size_names(self.A.shape)} and B {size_names(self.B.shape)} do "
                "not fit: A needs as many columns as B has rows. Transpose one of them?"
            )
        leaves = (
            tensor(x, requires_grad=True, dtype="float64", backend="numpy")
            for x in (self.A, self.B)
        )
        one, two = leaves
        node = one @ two
        self.C = node.to_numpy()
        self.d: Any = None
        if d_out is not None:
            self.d = _like(array_of(d_out), self.C.shape)
            found = contributions(node, node._like(self.d))
            self.dA, self.dB = (d.to_numpy() for _, _, d in found)

    @property
    def sizes(self) -> tuple[int, int, int]:
        """How many rows i, products per sum k, and columns j there are."""
        return (*self.A.shape, self.B.shape[1])

    def pair(self, name: str, spot: Index) -> Pair:
        """Return the two factors of a product at (i, k, j), forward or backward."""
        i, k, j = spot
        if name in ("fill dA", "dA"):
            return float(self.d[i, j]), float(self.B[k, j])
        if name in ("fill dB", "dB"):
            return float(self.d[i, j]), float(self.A[i, k])
        return float(self.A[i, k]), float(self.B[k, j])

    def line(self, name: str, cell: Index) -> list[Index]:
        """Return the places in the cube that are added up into a cell."""
        n, inner, m = self.sizes
        one, two = cell
        if name == "dA":
            return [(one, two, j) for j in range(m)]
        if name == "dB":
            return [(i, one, two) for i in range(n)]
        return [(one, k, two) for k in range(inner)]

    def value(self, name: str, cell: Index) -> float:
        """Return one cell of "A", "B", "C", "d", "dA" or "dB"."""
        return float(getattr(self, name)[cell])


def _matrix(thing: Any, name: str, start: float) -> Any:
    array = array_of(thing, start)
    if array.ndim != 2:
        vector = " Give a vector a second dim of size 1: [[1], [2]] or [[1, 2]]."
        raise ValueError(
            f"{name} is a matrix, of two dims; got shape {size_names(array.shape)}."
            f"{vector if array.ndim == 1 else ''}"
        )
    return array


def _like(d_out: Any, shape: Index) -> Any:
    if d_out.shape != shape:
        raise ValueError(
            f"d_out has one number per cell of C, so shape {size_names(shape)}; got "
            f"{size_names(d_out.shape)}."
        )
    return d_out


class Story:
    """Which cells get frames, and what each grid holds in a frame.

    Parameters
    ----------
    product : the numbers
    kept : which i, k and j are drawn
    chosen : the one cell of C to follow; None follows all, if they are few
    """

    def __init__(
        self,
        product: Product,
        kept: tuple[list[int], list[int], list[int]],
        chosen: Sequence[int] | None,
    ) -> None:
        self.product, self.kept, self.chosen = product, kept, chosen
        self.whole = [len(own) for own in kept] == list(product.sizes)
        self.cells = {name: self._cells(name) for name in ("C", "dA", "dB")}
        self.told = {"C": self._told(chosen)}
        for name in ("dA", "dB"):
            self.told[name] = self._touched(name)
        self.moments = list(self._moments())

    def _cells(self, name: str) -> list[Index]:
        rows, inner, columns = self.kept
        pairs = {"C": (rows, columns), "dA": (rows, inner), "dB": (inner, columns)}
        first, second = pairs[name]
        return [(a, b) for a in first for b in second]

    def _told(self, chosen: Sequence[int] | None) -> list[Index]:
        cells = self.cells["C"] if self.product.sizes[1] else []
        if chosen is None:
            few = len(cells) <= EVERY and self.whole
            return cells if few else [cells[0], cells[-1]]
        cell = as_cell(chosen)
        if cell not in cells:
            raise IndexError(self._no_cell(cell))
        return [cell]

    def _no_cell(self, cell: Index) -> str:
        """Say why a cell cannot be followed: there is none, or it is not drawn."""
        shape = self.product.C.shape
        name = cell_name("C", cell)
        if len(cell) == 2 and all(0 <= i < size for i, size in zip(cell, shape)):
            return (
                f"{name} is not drawn, as a C of shape {size_names(shape)} is drawn "
                "short. Choose a cell at the start, or the last one."
            )
        return f"There is no {name}: C has shape {size_names(shape)}."

    def _touched(self, name: str) -> list[Index]:
        """Return the cells of a gradient to tell: all, or those of the last C cell."""
        cells = self.cells[name]
        if self.chosen is None and len(cells) <= EVERY and self.whole:
            return cells
        if not self.told["C"]:
            return []
        i, j = self.told["C"][-1]
        own = [c for c in cells if (c[0] == i if name == "dA" else c[1] == j)]
        return own if len(own) < 2 else [own[0], own[-1]]

    def _moments(self) -> Iterator[Moment]:
        yield Moment("start")
        yield Moment("cube")
        yield from self._one_by_one("C")
        yield Moment("done")
        if self.product.d is None:
            return
        yield Moment("turn")
        for name in ("dA", "dB"):
            yield Moment(f"fill {name}")
            yield from self._one_by_one(name)
        yield Moment("end")

    def _one_by_one(self, name: str) -> Iterator[Moment]:
        for count, cell in enumerate(self.told[name], start=1):
            yield Moment(name, cell, count)

    # ------------------------------ what a frame holds ------------------------------

    def left(self, moment: Moment) -> tuple[str, dict[Index, str]]:
        """Return what stands left of the slices: A, or dA as far as it is known."""
        return self._side(moment, "A", ("fill dA", "dA", "end"))

    def top(self, moment: Moment) -> tuple[str, dict[Index, str]]:
        """Return what stands above the slices: B, or dB as far as it is known."""
        return self._side(moment, "B", ("fill dB", "dB", "end"))

    def _side(
        self, moment: Moment, name: str, late: tuple[str, ...]
    ) -> tuple[str, dict[Index, str]]:
        own = f"d{name}"
        if moment.name not in late:
            return name, self._texts(name, self.cells[own])
        known = self.told[own][: moment.known]
        if moment.name == "end":
            known = self.cells[own]
        return own, self._texts(own, known)

    def right(self, moment: Moment) -> tuple[str, dict[Index, str]]:
        """Return what stands on the right: C as far as it is known, then d_out."""
        if moment.name in ("start", "cube", "C"):
            return "C", self._texts("C", self.told["C"][: moment.known])
        if moment.name == "done":
            return "C", self._texts("C", self.cells["C"])
        return "d_out", self._texts("d", self.cells["C"])

    def _texts(self, name: str, cells: Sequence[Index]) -> dict[Index, str]:
        return {c: number(self.product.value(name, c)) for c in cells}

    def inside(self, moment: Moment) -> dict[Index, str]:
        """Return what the cube holds, by (i, k, j)."""
        if moment.name in ("start", "end"):
            return {}
        rows, inner, columns = self.kept
        spots = [(i, k, j) for k in inner for i in rows for j in columns]
        if moment.name == "turn":
            return {s: number(self.product.value("d", (s[0], s[2]))) for s in spots}
        return {s: number(self.one(moment.name, s)) for s in spots}

    def one(self, name: str, spot: Index) -> float:
        """Return one product."""
        first, second = self.product.pair(name, spot)
        return first * second
