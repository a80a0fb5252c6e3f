"""matmul_cube: a matrix product as a cube of products, and its two gradients."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from gradlab.indexing import Index
from gradlab.visualization.picture import Picture
from gradlab.visualization.pictures.networks.matmul_cube_plan import (
    HIGH,
    TOP,
    Map,
    Plan,
    Slice,
)
from gradlab.visualization.pictures.networks.matmul_cube_story import (
    Moment,
    Product,
    Story,
)
from gradlab.visualization.pictures.networks.matmul_cube_words import Telling
from gradlab.visualization.pictures.parts.grids import TensorGrid, cell_width
from gradlab.visualization.scene import Arrow, Item, Scene, Text
from gradlab.visualization.sheet import sheet
from gradlab.visualization.text import size_names, width

Texts = dict[Index, str]
NAME = 14.0
FORWARD = ("start", "cube", "C", "done")
MAPPED = 8  # a cube with more than this along a dim is drawn without its map


class MatmulCube(Picture):
    """A @ B slice by slice; backward adds the same cube up in other directions."""

    def __init__(self, product: Product, *, cell: Sequence[int] | None = None) -> None:
        self.product = product
        draft = Plan(product.sizes, 44.0)
        texts = _numbers(Story(product, draft.kept, None))
        self.plan = Plan(product.sizes, cell_width(texts))
        self.story = Story(product, self.plan.kept, cell)
        self.telling = Telling(self.story)
        self.moments = self.story.moments
        self.steps = len(self.moments)
        self.title = self.telling.title

    # ---------------------------------- drawing ----------------------------------

    def scene(self, step: int) -> Scene:
        """Return one frame: the slices, the result, the sums, and the words."""
        moment = self.moments[step]
        body = (
            *(item for own in self.plan.slices for item in self._slice(own, moment)),
            *(Text(x, TOP + HIGH / 2, "…", 22, "soft") for x in self.plan.dots),
            *self._right(moment),
            *self._wires(moment),
            *self._map(moment),
        )
        return sheet(
            self.telling.heading(moment),
            body,
            self.telling.foot(moment),
            around=self.plan.bounds,
        )

    def _slice(self, own: Slice, moment: Moment) -> Iterator[Item]:
        left, top = self.story.left(moment), self.story.top(moment)
        inside, summed = self.story.inside(moment), self._summed(moment)
        column: Texts = {(i, 0): t for (i, k), t in left[1].items() if k == own.k}
        row: Texts = {(0, j): t for (k, j), t in top[1].items() if k == own.k}
        yield from self._names(own, left[0], top[0])
        chosen = [(i, j) for i, k, j in summed if k == own.k]
        lit = list(dict.fromkeys((i, 0) for i, _ in chosen))
        yield from _cells(own.column, column, *_looks(left[0], moment, lit))
        lit = list(dict.fromkeys((0, j) for _, j in chosen))
        yield from _cells(own.row, row, *_looks(top[0], moment, lit))
        texts: Texts = {(i, j): t for (i, k, j), t in inside.items() if k == own.k}
        name = "C" if moment.name in FORWARD else "d_out"
        yield from _cells(own.inside, texts, *_looks(name, moment, chosen))

    def _names(self, own: Slice, left: str, top: str) -> Iterator[Item]:
        """Yield what stands left of a slice and above it."""
        end, y = own.column.x + own.column.cell[0] + 4, own.column.y - 14
        yield Text(end, y, f"{left}[:,{own.k}]", NAME, _ink(left), "end")
        x = own.row.x
        yield Text(x, own.row.y - 14, f"{top}[{own.k},:]", NAME, _ink(top), "start")

    def _summed(self, moment: Moment) -> list[Index]:
        """Return the drawn places in the cube that a frame adds up."""
        if moment.name not in ("C", "dA", "dB"):
            return []
        drawn = self.story.inside(moment)
        line = self.product.line(moment.name, moment.cell)
        return [spot for spot in line if spot in drawn]

    def _right(self, moment: Moment) -> Iterator[Item]:
        grid = self.plan.result
        name, texts = self.story.right(moment)
        label = f"{name} {size_names(self.product.C.shape)}"
        x, y = grid.x, grid.y - 20
        yield Text(x, y, label, 16, _ink(name), "start", bold=True)
        chosen = [moment.cell] if moment.name == "C" else []
        if moment.name in ("dA", "dB"):
            chosen = [(i, j) for i, _, j in self._summed(moment)]
        yield from _cells(grid, texts, *_looks(name, moment, chosen))

    def _wires(self, moment: Moment) -> list[Arrow]:
        rows, _, columns = self.story.kept
        if moment.name == "C" and self.plan.slices:
            return self.plan.across(moment.cell)
        if moment.name == "dA" and columns:
            return self.plan.leftwards(moment.cell, columns)
        if moment.name == "dB" and rows:
            return self.plan.upwards(moment.cell, rows)
        return []

    def _map(self, moment: Moment) -> Iterator[Item]:
        """Yield the cube seen as one, with the bar that a frame adds up."""
        sizes = self.product.sizes
        if min(sizes) == 0 or max(sizes) > MAPPED:
            return
        label = f"C {size_names(self.product.C.shape)}d_out"
        right = max(self.plan.bounds.right, self.plan.result.x + width(label, 16))
        look = "forward" if moment.name == "C" else "gradient"
        yield from Map(sizes, right + 56, 24).items(self._bar(moment), look)

    def _bar(self, moment: Moment) -> tuple[Index, Index] | None:
        if moment.name not in ("C", "dA", "dB"):
            return None
        line = self.product.line(moment.name, moment.cell)
        return line[0], tuple(n + 1 for n in line[-1])

    # ----------------------------------- words -----------------------------------

    def alt(self, step: int = -1) -> str:
        """Return a frame in words, with its numbers."""
        return self.telling.alt(self.moments[self.at(step)])

    def table(self) -> str:
        """Return the products that are drawn, as a plain-text table."""
        return self.telling.table()

    def ask(self, step: int) -> str:
        """Return what to ask a class before a frame."""
        moment = self.moments[self.at(step)]
        cell = ",".join(map(str, moment.cell))
        return {
            "cube": "How many products are there, and of what?",
            "C": f"Which products make C[{cell}]?",
            "turn": "C was a sum. What does each product get of d_out?",
            "fill dA": "What is the local derivative of a product by its A?",
            "dA": f"Where was A[{cell}] used, and what comes back from there?",
            "fill dB": "And by its B?",
            "dB": f"Where was B[{cell}] used, and what comes back from there?",
            "end": "Write dA and dB as matrix products. Which shapes fit?",
        }.get(moment.name, "What comes next? Say it first.")


def _numbers(story: Story) -> Iterator[str]:
    for moment in story.moments:
        for _, texts in (story.left(moment), story.top(moment), story.right(moment)):
            yield from texts.values()
        yield from story.inside(moment).values()


def _looks(
    name: str, moment: Moment, chosen: Sequence[Index]
) -> tuple[str, Sequence[Index], str]:
    """Return the look of a grid's cells, which stand out, and the look of those."""
    if name.startswith("d"):
        return "gradient", chosen, "gradient"
    return "cell", chosen, "forward" if moment.name in FORWARD else "local"


def _ink(name: str) -> str:
    return "gradient-ink" if name.startswith("d") else "ink"


def _cells(
    grid: TensorGrid,
    texts: Texts,
    look: str,
    chosen: Sequence[Index],
    bright: str = "forward",
) -> Iterator[Item]:
    """Yield the cells of a grid; those without a number yet are pale."""
    if grid.empty:
        return
    lit = [cell for cell in chosen if grid.contains(cell) and cell in texts]
    yield from grid.boxes(
        lambda i: "" if i in lit else texts.get(i, ""),
        lambda i: look if i in texts else "muted",
    )
    for cell in lit:
        yield grid.box(cell, texts[cell], bright, marks=("selected",), bold=True)


def matmul_cube(
    A: Any,  # noqa: N803
    B: Any,  # noqa: N803
    d_out: Any = None,
    *,
    cell: Sequence[int] | None = None,
) -> MatmulCube:
    """Return the picture of A @ B as a cube of products, and with d_out its gradients.

    Parameters
    ----------
    A : a matrix (n, k): a tensor, an array, nested lists, or its shape
    B : a matrix (k, m)
    d_out : the gradient of the product, (n, m); None draws forward only
    cell : the one cell of the product to follow; by default all, if they are few

    Raises
    ------
    ValueError
        If A or B has not two dims, they do not fit, or d_out has not C's shape.
    TypeError
        If an input holds no numbers.
    IndexError
        If there is no cell `cell`, or it is left out of a large product.

    Examples
    --------
    >>> picture = matmul_cube([[1, 2, 3], [4, 5, 6]], [[7, 8], [9, 10], [11, 12]])
    >>> picture.frame(3).alt().split(". ")[1]
    'C[0,1] = 1·8 + 2·10 + 3·12 = 64'
    """
    return MatmulCube(Product(A, B, d_out), cell=cell)
