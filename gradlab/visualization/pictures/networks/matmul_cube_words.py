"""What each frame of a matrix product says."""

from __future__ import annotations

from collections.abc import Iterator

from gradlab.indexing import Index
from gradlab.visualization.pictures.networks.matmul_cube_story import Moment, Story
from gradlab.visualization.pictures.parts.words import addends, listed
from gradlab.visualization.sheet import Line
from gradlab.visualization.text import cell_name, number, table_text

ALONG = {"C": "k", "dA": "j", "dB": "i"}
CAME = {"dA": "A", "dB": "B"}


class Telling:
    """A matrix product in words."""

    def __init__(self, story: Story) -> None:
        self.story, self.product = story, story.product
        n, inner, m = self.product.sizes
        self.title = f"A ({n}, {inner}) @ B ({inner}, {m}) = C ({n}, {m})"

    def heading(self, moment: Moment) -> str:
        """Return the line above a frame."""
        n, inner, m = self.product.sizes
        if moment.name in ALONG:
            return self._sum(moment)
        return {
            "start": self.title,
            "cube": f"Zip: {n} · {inner} · {m} = {n * inner * m:,} products, "
            "A[i,k] · B[k,j]",
            "done": f"Reduce: C adds up the slices, along k ({inner} addends per cell)",
            "turn": "Backward: a sum hands d_out to every one of its products",
            "fill dA": "For A: each product passes d_out[i,j] on, times its B[k,j]",
            "fill dB": "For B: each product passes d_out[i,j] on, times its A[i,k]",
            "end": "One cube, three directions: along k for C, j for dA, i for dB",
        }[moment.name]

    def _sum(self, moment: Moment) -> str:
        name, cell = moment.name, moment.cell
        line = self.product.line(name, cell)
        pairs = [self.product.pair(name, spot) for spot in line]
        said = addends(pairs) or "nothing"
        result = number(self.product.value(name, cell))
        return f"{cell_name(name, cell)} = {said} = {result}"

    def foot(self, moment: Moment) -> list[Line]:
        """Return the lines below a frame."""
        return [(line, "ink") for line in self._lines(moment)] + self._folded(moment)

    def _lines(self, moment: Moment) -> list[str]:
        if moment.name in ALONG:
            return [self._where(moment)]
        if moment.name in ("start", "done", "end"):
            return self._shapes(moment.name)
        return {
            "cube": ["Every cell is the number on its left times the number above."],
            "turn": [
                "C[i,j] added up one product per slice: so each slice gets d_out."
            ],
            "fill dA": ["The local derivative of a · b by a is b: the number above."],
            "fill dB": [
                "The local derivative of a · b by b is a: the one on the left."
            ],
        }[moment.name]

    def _shapes(self, name: str) -> list[str]:
        """Say how the shapes fit, before, after the sum, and on the way back."""
        n, inner, m = self.product.sizes
        cube, thin = f"({n}, {inner}, {m})", f"({n}, {inner}, 1) * (1, {inner}, {m})"
        if name == "start":
            return [
                f"A becomes ({n}, {inner}, 1) and B becomes (1, {inner}, {m}): then "
                f"they broadcast to {cube}, a cube.",
                "The cube is drawn pulled apart: one slice per k, with its column of A "
                "on the left and its row of B above.",
            ]
        if name == "done":
            nothing = [] if inner else ["There is nothing to add: every sum is 0."]
            last = f"({n}, 1, {m}); without that dim, C is ({n}, {m})."
            return [f"{thin} = {cube}; sum over dim 1 gives {last}", *nothing]
        return [
            f"dA = d_out @ B^T: ({n}, {m}) @ ({m}, {inner}) = ({n}, {inner}), "
            "the shape of A.",
            f"dB = A^T @ d_out: ({inner}, {n}) @ ({n}, {m}) = ({inner}, {m}), "
            "the shape of B. (A^T is A with rows and columns swapped.)",
        ]

    def _where(self, moment: Moment) -> str:
        one, two = moment.cell
        return {
            "C": f"Row {one} of A meets column {two} of B: the same place in every "
            "slice, added up along k.",
            "dA": f"A[{one},{two}] is in every product of row {one} in slice k = {two}:"
            " add up along j, towards A.",
            "dB": f"B[{one},{two}] is in every product of column {two} in slice k = "
            f"{one}: add up along i, towards B.",
        }[moment.name]

    def _folded(self, moment: Moment) -> list[Line]:
        if self.story.whole:
            return []
        cells = [len(own) for own in self.story.kept]
        drawn, all_of = cells[0] * cells[1] * cells[2], 1
        for size in self.product.sizes:
            all_of *= size
        said = f"{drawn:,} of the {all_of:,} products are drawn; sums count all."
        return [(said, "soft")]

    # ---------------------------------- in words ----------------------------------

    def alt(self, moment: Moment) -> str:
        """Return a frame in words, with its numbers."""
        heads = dict.fromkeys((f"{self.title}.", f"{self.heading(moment)}."))
        lines = [line for line, _ in self.foot(moment)]
        return " ".join([*heads, *lines, *self._held(moment)])

    def _held(self, moment: Moment) -> Iterator[str]:
        """Yield what the grids hold in a frame."""
        story = self.story
        sides = (story.left(moment), story.top(moment), story.right(moment))
        cube = {"turn": "gradient of product", "fill dA": "term of dA"}
        cube |= {"dA": "term of dA", "fill dB": "term of dB", "dB": "term of dB"}
        name = cube.get(moment.name, "product")
        for own, texts in (*sides, (name, story.inside(moment))):
            if texts:
                yield f"{listed(own, texts, 64)}."

    def table(self) -> str:
        """Return every drawn product, forward and backward, as a plain-text table."""
        rows = [self._row(spot) for spot in self.story.inside(Moment("cube"))]
        head = ["A", "value", "B", "value", "product", "adds to"]
        if self.product.d is not None:
            head += ["d_out", "adds to dA", "adds to dB"]
        last = [m for m in self.story.moments if m.name in ("start", "done", "end")]
        held = [line for m in last for line in self._held(m)]
        return "\n".join([*dict.fromkeys(held), table_text(head, rows)])

    def _row(self, spot: Index) -> list[str]:
        i, k, j = spot
        one, two = self.product.pair("C", spot)
        row = [cell_name("A", (i, k)), number(one), cell_name("B", (k, j))]
        row += [number(two), number(self.story.one("C", spot)), cell_name("C", (i, j))]
        if self.product.d is not None:
            both = (self.story.one("dA", spot), self.story.one("dB", spot))
            d = self.product.value("d", (i, j))
            row += [number(d), *map(number, both)]
        return row
