"""A flow film in words: headings, what the wires say, and the table of all cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from gradlab.indexing import Index
from gradlab.visualization.flow import FlowRow
from gradlab.visualization.flow_nodes import cell, shape_of
from gradlab.visualization.pictures.flows.zip_words import addends
from gradlab.visualization.pictures.graphs.graph_model import Key, Node
from gradlab.visualization.pictures.graphs.graph_words import short
from gradlab.visualization.pictures.parts.grids import TensorGrid
from gradlab.visualization.pictures.ways.flow_cursor import Course, Moment
from gradlab.visualization.pictures.ways.op_board import LABELLED
from gradlab.visualization.sheet import Line
from gradlab.visualization.text import (
    cell_name,
    factor,
    number,
    shorten,
    size_names,
    table_text,
)

NAME = 130.0
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
            n, of = moment.done, len(course.back)
            return f"Backward, op {n} of {of}: {self._op_name(moment.key)}"
        if moment.name == "seed":
            return f"Backward begins with d_out = {short(course.d_out)}"
        if moment.name == "end":
            failed = course.graph.error
            return "Backward stopped" if failed else "Every leaf has its gradient"
        if moment.name == "made":
            return f"Forward: the result is {short(course.graph.result)}"
        return "It begins with the leaves"

    def _op_name(self, key: Key) -> str:
        node = self.course.graph.nodes[key]
        return f"{self.name(key)} = {node.op}" if node.name else self.name(key)

    # ----------------------------------- lines -----------------------------------

    def lines(self, moment: Moment, rows: Sequence[FlowRow]) -> list[Line]:
        """Return the lines below a frame, whose wires are these rows."""
        course = self.course
        if moment.name in ("forward", "backward"):
            return list(self._op(moment, rows))
        if moment.name == "end" and course.graph.error:
            return [(course.graph.error, "wrong-ink")]
        if moment.name == "end":
            return [(line, "gradient-ink") for line in self._gradients()]
        if moment.name == "made" and course.d_out is None:
            return [(self._why_forward_only(), "soft")]
        told = [*self._folded(), *self._leaves()][: 1 + READ]
        return [(line, "soft") for line in told]

    def _why_forward_only(self) -> str:
        result = self.course.graph.result
        if not result.requires_grad:
            return "Nothing here needs a gradient."
        return f"Give d_out, of shape {result.shape}, to see backward."

    def _leaves(self) -> Iterator[str]:
        for node in self.course.graph.nodes.values():
            if node.kind in ("leaf", "constant"):
                yield f"{self.name(node.key)} = {short(node.variable)}"

    def _gradients(self) -> list[str]:
        leaves = [n for n in self.course.graph.nodes.values() if n.kind == "leaf"]
        known = [node for node in leaves if node.turn]
        lines = [f"{self.name(n.key)}.grad = {short(n.d)}" for n in known[:6]]
        more = len(known) - len(lines) + self.course.graph.folded_leaves
        return [*lines, f"and {more:,} more"] if more > 0 else lines

    def _op(self, moment: Moment, rows: Sequence[FlowRow]) -> Iterator[Line]:
        node, back = self.course.graph.nodes[moment.key], moment.name == "backward"
        board = self.course.board(node, back=back)
        drawn = [row for row in rows if board.drawn(row)]
        say, ink = self._read, "forward-ink"
        if back:
            say, ink = self._arrives, "gradient-ink"
        for own in _by_cell(drawn, back=back):
            yield say(node, own), ink
        yield from self._notes(node, len(drawn))
        code = self.course.code(node, moment.name)
        line = code.line(moment.line)
        if line:
            yield f"{code.title}: {line}", "local-ink"
        flow = self.course.flow(node)
        if flow.warning:
            yield flow.warning, "wrong-ink"

    def _notes(self, node: Node, drawn: int) -> Iterator[Line]:
        flow = self.course.flow(node)
        board = self.course.board(node, back=False)
        if not drawn:
            yield "No wire to draw: no cell of an input leads to a cell here.", "soft"
        elif flow.most > drawn:
            yield f"{drawn} of {flow.most:,} possible wires are drawn.", "soft"
        notes = dict.fromkeys(grid.note() for grid in (*board.inputs, board.out))
        yield from ((note, "soft") for note in notes if note)
        left_out = len(flow.inputs) - len(board.inputs)
        if left_out > 0:
            yield f"{left_out:,} more inputs are not drawn.", "soft"

    def _read(self, node: Node, rows: Sequence[FlowRow]) -> str:
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
        steps = [addends(pairs), number(sum(products, 0.0))]
        if 1 < len(products) <= LABELLED:
            steps.insert(
                1, " + ".join([number(products[0]), *map(factor, products[1:])])
            )
        return f"{cell_name(name, index)} is sent {' = '.join(steps)}."

    # ----------------------------------- table -----------------------------------

    def table(self) -> str:
        """Return every cell drawn with value and gradient, then what is sent."""
        rows = [
            [
                cell_name(name, index),
                number(cell(node.variable, index)),
                _d(node, index),
            ]
            for node, name in self._named()
            for index in _shown(node.variable)
        ]
        sent = list(self._sent())
        shapes = [
            [name, size_names(shape_of(node.variable))] for node, name in self._named()
        ]
        tables = [
            table_text(["node", "shape"], shapes),
            table_text(["cell", "value", "gradient"], rows),
        ]
        if sent:
            tables.append(table_text(["sent by", "to", "gradient"], sent))
        return "\n\n".join([*self._folded(), *tables, *self._codes()])

    def _folded(self) -> Iterator[str]:
        graph = self.course.graph
        if graph.folded:
            yield f"{graph.folded:,} nodes at the beginning are folded into one."

    def _named(self) -> Iterator[tuple[Node, str]]:
        for key, node in self.course.graph.nodes.items():
            if node.kind != "more":
                yield node, self.course.names[key]

    def _sent(self) -> Iterator[list[str]]:
        """Yield what arrives at variables that get more than one gradient."""
        edges = [edge for edge in self.course.graph.edges if edge.d is not None]
        arrivals = [edge.source for edge in edges]
        for edge in edges:
            if arrivals.count(edge.source) > 1:
                name = self.course.names.get(edge.source, "the folded part")
                for index in _shown(edge.d):
                    yield [
                        self.name(edge.target),
                        cell_name(name, index),
                        number(cell(edge.d, index)),
                    ]

    def _codes(self) -> Iterator[str]:
        """Yield the code that frames show, each piece once."""
        seen = set()
        for moment in self.course.moments:
            if moment.name in ("forward", "backward"):
                node = self.course.graph.nodes[moment.key]
                code = self.course.code(node, moment.name)
                if code.title not in seen and code.lines:
                    seen.add(code.title)
                    yield "\n".join([code.title, *(text for _, text in code.lines)])

    def ask(self, moment: Moment) -> str:
        """Return what to ask a class before a frame."""
        name = self.name(moment.key)
        return {
            "forward": f"What does {name} give, and from which cells?",
            "seed": "Where does backward begin, and with what?",
            "backward": f"{name}.backward is next. What does each input get?",
            "end": "What does every leaf hold in the end?",
        }.get(moment.name, "What comes next? Say it first.")


def _by_cell(rows: Sequence[FlowRow], *, back: bool) -> Iterator[list[FlowRow]]:
    """Yield the rows of each cell that is told: all, or the first if there are many."""
    groups: dict[Any, list[FlowRow]] = {}
    for row in rows:
        groups.setdefault(row[:2] if back else row.out_index, []).append(row)
    few = len(rows) <= LABELLED
    yield from list(groups.values())[: None if few else 1]


def _shown(thing: Any) -> Iterator[Index]:
    grid = TensorGrid(shape_of(thing))
    return iter(()) if grid.empty else grid.shown()


def _d(node: Node, index: Index) -> str:
    return number(cell(node.d, index)) if node.turn else ""
