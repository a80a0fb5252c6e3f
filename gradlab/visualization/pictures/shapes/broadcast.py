"""broadcast_ghosts: how two shapes stretch to fit, and what each output cell reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from gradlab.indexing import broadcast_index
from gradlab.visualization.picture import Picture
from gradlab.visualization.pictures.parts.cells import chosen_cell, opening
from gradlab.visualization.pictures.parts.grids import (
    Index,
    TensorGrid,
    cell_width,
    left_out,
)
from gradlab.visualization.pictures.shapes.alignment import Board
from gradlab.visualization.pictures.shapes.rules import dim_table
from gradlab.visualization.pictures.shapes.stretch import Trio, input_cells, repeated
from gradlab.visualization.pictures.shapes.zips import Zip
from gradlab.visualization.scene import Arrow, Item, Scene, Text, paragraph
from gradlab.visualization.text import cell_name, number, size_names, table_text
from gradlab.visualization.values import Values

WITH_GHOSTS = ("ghosts", "cell", "empty")  # the frames that draw out as well
MADE_UP = "The numbers are made up to tell the cells apart."


class BroadcastGhosts(Picture):
    """Two shapes lined up, judged dim by dim, stretched, and one output cell traced."""

    def __init__(
        self,
        a: Any,
        b: Any,
        op: str = "+",
        *,
        cell: Sequence[int] | None = None,
        names: tuple[str, str] = ("a", "b"),
    ) -> None:
        self.zip = Zip(a, b, op, names)
        self._measure()
        self.cell = self._chosen(cell)
        self.stages = self._stages()
        self.steps = len(self.stages)
        self.title = self.zip.title

    # --------------------------------- planning ---------------------------------

    def _measure(self) -> None:
        """Read the cells that will be drawn and place three grids for them."""
        model = self.zip
        shapes = (*model.shapes, () if model.clash else model.shape)
        fits = not model.clash and 0 not in model.shape
        plans = (model.shape, model.shape, model.shape) if fits else shapes
        names = (*model.names, "out")
        titles = [f"{name} {size_names(s)}" for name, s in zip(names, shapes)]
        top = Board(model.cols).height
        first = Trio.of(shapes, plans, titles, 44.0, top)
        self.texts = tuple(
            {i: number(x.get(i)) for i in _read_by(grid, x)}
            for grid, x in zip(first.grids, model.inputs)
        )
        self.results: dict[Index, float] = {}
        if not model.clash:
            self.results = {i: model.value(i) for i in first.grids[2].shown()}
        texts = [*self.texts[0].values(), *self.texts[1].values()]
        texts += [number(value) for value in self.results.values()]
        self.trio = Trio.of(shapes, plans, titles, cell_width(texts), top)

    def _chosen(self, cell: Sequence[int] | None) -> Index | None:
        """Return the cell to trace: the last one whose sources are both drawn."""
        if not self.results:
            return None
        if cell is None:
            drawn = self.trio.grids[2].contains
            back = reversed(self.results)
            return next(i for i in back if all(map(drawn, self.zip.spots(i))))
        return chosen_cell(cell, self.results, self.zip.shape)

    def _stages(self) -> list[tuple[str, int]]:
        stages = [("left", 0), ("right", 0)]
        one, two = self.zip.shapes
        if len(one) != len(two):
            stages.append(("pad", 0))
        last = self.zip.clash or len(self.zip.cols)
        stages += [("dim", k) for k in range(1, last + 1)]
        if self.zip.clash:
            return stages
        if self.cell is None:
            return [*stages, ("empty", last)]
        if any(repeated(shape, self.zip.shape) for shape in (one, two)):
            stages.append(("ghosts", last))
        return [*stages, ("cell", last)]

    # ---------------------------------- drawing ----------------------------------

    def scene(self, step: int) -> Scene:
        """Return one frame: heading, cards, grids, and what the frame says."""
        stage, judged = self.stages[step]
        clash = self.zip.clash
        board = Board(
            self.zip.cols,
            slid=stage != "left",
            padded=stage not in ("left", "right"),
            judged=judged,
            result=not clash or judged > 0,
            names=(*self.zip.names, "out"),
            calm=stage != "dim",
        )
        ink = "wrong-ink" if clash and judged == clash else "ink"
        head = Text(0, -22, self.heading(step), 19, ink, "start", bold=True)
        grids = self._grids(stage)
        return Scene((head, *board.items(), *grids, *self._foot(stage)))

    def _grids(self, stage: str) -> tuple[Item, ...]:
        ghosts = stage in WITH_GHOSTS
        cell = self.cell if stage == "cell" else None
        spots = (None, None) if cell is None else self.zip.spots(cell)
        items: list[Item] = []
        for k, shape in enumerate(self.zip.shapes):
            grid, texts = self.trio.grids[k], self.texts[k]
            items += self.trio.name(k, shape, self.zip.sign if k else "")
            items += input_cells(grid, shape, texts, ghosts=ghosts, selected=spots[k])
            if stage in ("ghosts", "cell"):
                items += self.trio.stretches(k, shape)
        return (*items, *(self._output(stage) if ghosts else ()))

    def _output(self, stage: str) -> tuple[Item, ...]:
        grid = self.trio.grids[2]
        name = self.trio.name(2, self.zip.shape, "=")
        if self.cell is None or stage != "cell":
            return (*name, *grid.boxes(lambda i: "", lambda i: "forward"))
        cells = grid.boxes(lambda i: number(self.results[i]), selected=(self.cell,))
        return (*name, *cells, *self._wires(self.cell))

    def _wires(self, cell: Index) -> Iterator[Arrow]:
        """Yield the ways from the two real cells to the output cell."""
        for k, spot in enumerate(self.zip.spots(cell)):
            if self.trio.grids[k].contains(spot):
                yield self.trio.wire(k, spot, cell)

    def _foot(self, stage: str) -> tuple[Item, ...]:
        """Return the lines below the grids."""
        lines = [(note, "soft") for note in self._notes(stage)]
        if stage == "cell" and self.cell is not None:
            lines.insert(0, (self.zip.why(self.cell), "ink"))
        y = self.trio.bottom(3 if stage in WITH_GHOSTS else 2)
        items = list[Item]()
        room = max(500.0, *(grid.bounds().right for grid in self.trio.grids))
        for line, ink in lines:
            part = paragraph(line, 0, y, room, 15, ink=ink)
            y = part[-1].bounds().bottom
            items += part
        return tuple(items)

    def _notes(self, stage: str) -> list[str]:
        """Return what else to say: cells left out, numbers made up."""
        found = [grid.note() for grid in self.trio.grids]
        if stage not in WITH_GHOSTS:
            pairs = zip(self.zip.shapes, self.texts)
            found = [left_out(shape, len(texts)) for shape, texts in pairs]
        notes = list(dict.fromkeys(filter(None, found)))
        made_up = all(x.made_up for x in self.zip.inputs)
        return [*notes, MADE_UP] if made_up else notes

    # ----------------------------------- words -----------------------------------

    def heading(self, step: int) -> str:
        """Return the line above a frame."""
        stage, judged = self.stages[step]
        if self.zip.clash and judged == self.zip.clash:
            return f"Clash in dim -{judged}: an error, and nothing is computed."
        if stage == "cell" and self.cell is not None:
            return self.zip.formula(self.cell)
        shape = size_names(self.zip.shape)
        return {
            "left": f"{self.title}: do the shapes go together?",
            "right": "Line the shapes up on the right. Dims count from the end.",
            "pad": "A dim that is missing on the left counts as 1.",
            "dim": f"Compare dim -{judged}.",
            "ghosts": "Dotted cells repeat a number. Nothing is copied.",
            "empty": f"out has shape {shape}: there are no cells to compute.",
        }[stage]

    def alt(self, step: int = -1) -> str:
        """Return a frame in words, with its numbers."""
        step = self.at(step)
        stage, judged = self.stages[step]
        parts = opening(self.title, self.heading(step))
        parts += [f"Dim {c.dim}: {c.verdict}." for c in self.zip.cols[:judged]]
        if stage in ("left", "right", "pad"):
            parts += [self._holds(k) for k in (0, 1)]
        if stage in ("ghosts", "cell"):
            parts.append(f"out has shape {size_names(self.zip.shape)}.")
        if stage == "cell" and self.cell is not None:
            parts.append(self.zip.why(self.cell))
        return " ".join([*parts, *self._notes(stage)])

    def _holds(self, k: int, most: int = 12) -> str:
        texts = list(self.texts[k].values())
        more = " and more" if len(texts) > most else ""
        listed = ", ".join(texts[:most]) or "nothing"
        return f"{self.zip.names[k]} holds {listed}{more}."

    def table(self) -> str:
        """Return the dims with their verdicts, then one row per output cell drawn."""
        dims = dim_table(self.zip.cols) if self.zip.cols else "no dims"
        if not self.results:
            return "\n".join([dims, "", *(self._holds(k, 400) for k in (0, 1))])
        head = ["cell", "reads", "value", "and", "value", "result"]
        return f"{dims}\n\n{table_text(head, map(self._row, self.results))}"

    def _row(self, out_index: Index) -> list[str]:
        row = [cell_name("out", out_index)]
        for k, index in enumerate(self.zip.sources(out_index)):
            row += [cell_name(self.zip.names[k], index), self.texts[k][index]]
        return [*row, number(self.results[out_index])]

    def ask(self, step: int) -> str:
        """Return what to ask a class before a frame."""
        stage, judged = self.stages[self.at(step)]
        return {
            "right": "How do two shapes line up?",
            "pad": "One shape has fewer dims. What stands in the empty place?",
            "dim": f"What happens in dim -{judged}?",
            "ghosts": "What fills the places that have no number yet?",
            "cell": f"Which two cells does {cell_name('out', self.cell or ())} read?",
        }.get(stage, "What comes next? Say it first.")


def _read_by(grid: TensorGrid, x: Values) -> Iterable[Index]:
    """Return the cells of an input that are read by the cells drawn."""
    if not x.size:
        return ()
    return dict.fromkeys(broadcast_index(i, x.shape) for i in grid.shown())


def broadcast_ghosts(
    a: Any,
    b: Any,
    op: str = "+",
    *,
    cell: Sequence[int] | None = None,
    names: tuple[str, str] = ("a", "b"),
) -> BroadcastGhosts:
    """Return the picture of two shapes stretching until they fit, or clashing.

    Parameters
    ----------
    a, b : tensors, arrays, nested lists, numbers, or shapes such as (3, 1)
    op : a sign such as "*" or the name of a zip such as "mul"
    cell : the output cell to trace in the last frame; the last one by default
    names : what to call the two inputs

    Raises
    ------
    ValueError
        If rows differ in length, a size is negative, or there is no such op.
    TypeError
        If an input holds something other than numbers, or these are not two names.
    IndexError
        If `cell` is not drawn.

    Examples
    --------
    >>> picture = broadcast_ghosts([[1], [2], [3]], [[10, 20]])
    >>> picture.heading(picture.steps - 1)
    'a[2,0] + b[0,1] = 3 + 20 = 23'
    >>> broadcast_ghosts((4, 3), (4,)).heading(3)
    'Clash in dim -1: an error, and nothing is computed.'
    """
    return BroadcastGhosts(a, b, op, cell=cell, names=names)
