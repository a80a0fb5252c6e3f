"""A flow film in words: headings, what the wires say, and the table of all cells."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from gradlab.indexing import Index
from gradlab.visualization.flow import FlowRow
from gradlab.visualization.flow_nodes import cell
from gradlab.visualization.pictures.graphs.graph_model import Key, Node
from gradlab.visualization.pictures.graphs.graph_words import CELLS, short
from gradlab.visualization.pictures.parts.wires import WIRES
from gradlab.visualization.pictures.parts.words import addends
from gradlab.visualization.pictures.ways.flow_cursor import FOLLOWED, Course, Moment
from gradlab.visualization.pictures.ways.flow_numbers import folded
from gradlab.visualization.pictures.ways.op_board import OpBoard
from gradlab.visualization.pictures.ways.op_given import LABELLED
from gradlab.visualization.sheet import Line
from gradlab.visualization.text import (
    cell_name,
    factor,
    number,
    shorten,
    size_names,
)

NAME = 130.0
Place = tuple[int | None, Index]
READ = 6  # of more cells than this, a sentence names the first ones


class FlowTelling:
    """What the frames of a flow film say."""

    def __init__(self, course: Course) -> None:
        self.course = course

    def name(self, key: Key) -> str:
        """Return what sentences call a node."""
        return shorten(self.course.names.get(key, "the folded part"), NAME, 16)

    # ---------------------------------- headings ----------------------------------

    def heading(self, moment: Moment) -> str:
        """Return the line above a frame."""
        course = self.course
        if moment.name == "forward":
            n, of = moment.done, len(course.ops)
            return f"Forward, op {n} of {of}: {self._op_name(moment.key)}"
        if moment.name == "backward":
            n, of = moment.done, course.asked
            return f"Backward, op {n} of {of}: {self._op_name(moment.key)}"
        if moment.name == "seed":
            return f"Backward begins with d_out = {short(course.d_out)}"
        if moment.name == "end":
            return self._end_heading()
        if moment.name == "made":
            return f"Forward: the result is {short(course.graph.result)}"
        return "It begins with the leaves"

    def _end_heading(self) -> str:
        if self.course.graph.error:
            return "Backward stopped"
        leaves = [n for n in self.course.graph.nodes.values() if n.kind == "leaf"]
        all_have = leaves and all(leaf.turn for leaf in leaves)
        return "Every leaf has its gradient" if all_have else "Backward is done"

    def _op_name(self, key: Key) -> str:
        node = self.course.graph.nodes[key]
        return f"{self.name(key)} = {node.op}" if node.name else self.name(key)

    # ----------------------------------- lines -----------------------------------

    def lines(self, moment: Moment) -> list[Line]:
        """Return the lines below a frame without an op."""
        course = self.course
        if moment.name == "end":
            return list(self._end())
        if moment.name == "made" and course.d_out is None:
            return [(self._why_forward_only(), "soft")]
        told = [*folded(self.course.graph), *self._leaves()][: 1 + READ]
        return [(line, "soft") for line in told]

    def _end(self) -> Iterator[Line]:
        error = self.course.graph.error
        wrong = [error] if error else self.course.warnings()
        yield from ((line, "wrong-ink") for line in wrong)
        yield from ((line, "gradient-ink") for line in self._gradients())

    def op(self, moment: Moment, board: OpBoard, *, cells: bool) -> Iterator[Line]:
        """Yield the lines of a frame that shows the tensors of an op.

        Parameters
        ----------
        cells : whether they say what the wires carry
        """
        node, back = self.course.graph.nodes[moment.key], board.given.back
        flow = board.given.flow
        if moment.failed:
            yield self.course.graph.error, "wrong-ink"
        elif not moment.sent:
            yield "Nothing has been sent yet.", "soft"
        else:
            ink = "gradient-ink" if back else "forward-ink"
            told = self.cells(node, board) if cells else {}
            few = len(board.given.rows) <= LABELLED
            yield from (
                (text, ink) for text in list(told.values())[: None if few else 1]
            )
            notes = self._notes(node, board, wires=cells)
            yield from ((note, "soft") for note in notes)
        if not moment.failed and not self.course.trouble(node) and flow.warning:
            yield flow.warning, "wrong-ink"

    def cells(self, node: Node, board: OpBoard) -> dict[Place, str]:
        """Return what the wires of an op say, by cell: (input, index).

        In backward by the cell of an input, forward by that of the result, None.
        """
        back = board.given.back
        groups: dict[Place, list[FlowRow]] = {}
        sent = self.course.sent(node)
        for row in board.given.rows:
            if back and row.input not in sent:
                continue
            place = (row.input, row.in_index) if back else (None, row.out_index)
            groups.setdefault(place, []).append(row)
        say = self._arrives if back else self._reads
        return {place: say(node, rows) for place, rows in groups.items()}

    def code_line(self, moment: Moment) -> str:
        """Say which line runs now; "" in a frame without one."""
        node = self.course.graph.nodes.get(moment.key)
        if node is None or moment.name != "backward":
            return ""
        code = self.course.code(node, moment.name)
        line = code.line(moment.line)
        return f"{code.title}: {line}" if line else ""

    def _why_forward_only(self) -> str:
        result = self.course.graph.result
        if not result.requires_grad:
            return "Nothing here needs a gradient."
        return f"Give d_out, of shape {result.shape}, to see backward."

    def _leaves(self) -> Iterator[str]:
        for node in self.course.graph.nodes.values():
            if node.kind in ("leaf", "constant"):
                yield _holds(self.name(node.key), node.variable)

    def _gradients(self) -> list[str]:
        leaves = [n for n in self.course.graph.nodes.values() if n.kind == "leaf"]
        known = [node for node in leaves if node.turn]
        lines = [_holds(f"{self.name(n.key)}.{_kept_as(n)}", n.d) for n in known[:READ]]
        more = len(known) - len(lines) + self.course.graph.folded_leaves
        return [*lines, f"and {more:,} more"] if more > 0 else lines

    def _notes(self, node: Node, board: OpBoard, *, wires: bool) -> Iterator[str]:
        flow, rows = board.given.flow, board.given.rows
        drawn = min(WIRES, sum(map(board.drawn, rows)))
        if self.course.trouble(node):
            yield self.course.trouble(node)
        elif not rows and flow.most > FOLLOWED:
            yield f"None of {flow.most:,} wires are drawn."
        elif not drawn:
            yield "No wire to draw: no cell of an input leads to a cell here."
        elif wires and flow.most > drawn:
            known = "" if flow.rule.count() is not None else "up to "
            yield f"{drawn} of {known}{flow.most:,} wires are drawn."
        yield from board.notes()

    def _reads(self, node: Node, rows: Sequence[FlowRow]) -> str:
        """Say which cells one output cell reads, and how strongly it follows them."""
        index, names = rows[0].out_index, self.course.input_names(node)
        parts = [
            f"{cell_name(shorten(names[r.input], NAME, 16), r.in_index)} "
            f"(×{factor(r.local)})"
            for r in rows[:READ]
        ]
        more = f" and {len(rows) - READ} more" if len(rows) > READ else ""
        out = cell_name(self.name(node.key), index)
        value = number(cell(node.variable, index))
        return f"{out} = {value} reads {', '.join(parts)}{more}."

    def _arrives(self, node: Node, rows: Sequence[FlowRow]) -> str:
        """Say what one input cell is sent, addend by addend: d_out times local."""
        k, index = rows[0].input, rows[0].in_index
        pairs = [(cell(node.d, row.out_index), row.local) for row in rows]
        name = shorten(self.course.input_names(node)[k], NAME, 16)
        products = [d * local for d, local in pairs]
        total, came = sum(products, 0.0), cell(self.course.sent(node)[k], index)
        steps = [addends(pairs), number(total)]
        if 1 < len(products) <= LABELLED:
            steps.insert(
                1, " + ".join([number(products[0]), *map(factor, products[1:])])
            )
        place, sum_of = cell_name(name, index), " = ".join(steps)
        if differ(total, came, products):
            return f"{place} is sent {number(came)}, not {sum_of}."
        return f"{place} is sent {sum_of}."

    def ask(self, moment: Moment) -> str:
        """Return what to ask a class before a frame."""
        name = self.name(moment.key)
        return {
            "forward": f"What does {name} give, and from which cells?",
            "seed": "Where does backward begin, and with what?",
            "backward": f"{name}.backward is next. What does each input get?",
            "end": "What does every leaf hold in the end?",
        }.get(moment.name, "What comes next? Say it first.")


def sentences(parts: Iterable[str]) -> str:
    """Return parts as sentences, each with its full stop.

    Examples
    --------
    >>> sentences(["One", "two?", ""])
    'One. two?'
    """
    return " ".join(part if part[-1] in ".?:" else f"{part}." for part in parts if part)


def differ(total: float, other: float, addends: Sequence[float]) -> bool:
    """Say whether a sum is another number, by more than float32 explains."""
    known = not math.isnan(total) and math.isfinite(other)
    return known and abs(total - other) > 1e-5 * sum(map(abs, addends))


def _kept_as(leaf: Node) -> str:
    """Return what a leaf calls its gradient: a Tensor grad, a Scalar derivative."""
    return "grad" if hasattr(leaf.variable, "shape") else "derivative"


def _holds(name: str, thing: Any) -> str:
    """Say what a tensor holds, or what shape it has if that is too long."""
    if getattr(thing, "size", 1) > CELLS:
        return f"{name} has shape {size_names(thing.shape)}"
    return f"{name} = {short(thing)}"
