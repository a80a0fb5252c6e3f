"""What each frame of a computation graph says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from gradlab.visualization.pictures.graphs.graph_names import title_of
from gradlab.visualization.pictures.graphs.graph_nodes import Graph, Key, Node
from gradlab.visualization.pictures.graphs.graph_scopes import outwards
from gradlab.visualization.pictures.graphs.graph_words import (
    called,
    formula,
    heading_of,
    is_tensor,
    saved,
    sent,
    short,
    sum_lines,
)
from gradlab.visualization.pictures.parts.words import times
from gradlab.visualization.text import size_names, table_text

LISTED = 24  # how many numbers a sentence holds
Line = tuple[str, str]  # a line of text and its ink


class Moment(NamedTuple):
    """What one frame is about.

    `name` is one of "leaves", "forward", "made", "seed", "backward", "end"; `done` is
    how many ops have had their turn.
    """

    name: str
    key: Key = ""
    done: int = 0


class Telling:
    """A graph in words."""

    def __init__(self, graph: Graph, d_out: Any) -> None:
        self.graph, self.d_out = graph, d_out
        self.leaves = [node for node in graph.nodes.values() if node.kind == "leaf"]

    def heading(self, moment: Moment) -> str:
        """Return the line above a frame."""
        if moment.name == "forward":
            node = self.graph.nodes[moment.key]
            text = formula(node)
            if node.kind == "scope":
                return text
            named = text.startswith((f"{node.op}(", f"{node.op} of "))
            return text if named else f"{node.op}: {text}"
        if moment.name == "backward":
            node = self.graph.nodes[moment.key]
            who = heading_of(node) if node.kind == "scope" else f"{node.op}.backward"
            return f"Turn {node.turn:,}. {who} gets {_d(node.d)}"
        if moment.name == "end":
            failed = self.graph.nodes.get(self.graph.failed or "")
            if self.graph.error:
                return f"Backward stopped at {_short(failed)}"
            some = self._gradients()
            return f"The gradients: {some}" if some else "Backward is done."
        if moment.name == "seed":
            return f"Backward begins at the result with {_d(self.d_out)}"
        if moment.name == "leaves":
            return "It begins with the leaves."
        return f"Forward: the result is {short(self.graph.result)}"

    def _gradients(self) -> str:
        known = [node for node in self.leaves if node.turn]
        texts = [f"{called(node)} {short(node.d)}" for node in known[:LISTED]]
        more = len(known) - LISTED + self.graph.folded_leaves
        return ", ".join(texts) + (f" and {more:,} more" if more > 0 else "")

    def foot(self, moment: Moment) -> list[Line]:
        """Return the lines below a frame."""
        lines: list[Line] = []
        if moment.name == "backward":
            node = self.graph.nodes[moment.key]
            for edge in self.graph.into(moment.key):
                ink = "ink" if edge.d is not None else "soft"
                lines.append((sent(self.graph, node, edge), ink))
            if saved(node):
                lines.append((f"Saved by forward: {saved(node)}.", "local-ink"))
        elif moment.name == "made":
            lines += [(line, "soft") for line in self._made()]
        elif moment.name == "end" and self.graph.error:
            lines.append((self.graph.error, "wrong-ink"))
        elif moment.name == "end":
            lines += [(line, "soft") for line in self._twice()]
        if self.graph.folded and moment.name in ("made", "end"):
            lines.append((self._folded(), "soft"))
        return lines

    def _made(self) -> list[str]:
        """Say what is folded, and why there is no backward."""
        closed = [n for n in self.graph.nodes.values() if n.kind == "scope"]
        names = [node.name for node in closed[:LISTED]]
        lines = self._why_forward_only() if self.d_out is None else []
        if closed:
            more = f" and {len(closed) - LISTED:,} more" if closed[LISTED:] else ""
            lines.append(
                f"Folded: {', '.join(names)}{more}. The picture's unfold({names[0]!r}) "
                "shows what is inside."
            )
        return lines

    def _why_forward_only(self) -> list[str]:
        result = self.graph.result
        if not result.requires_grad:
            return ["Nothing here needs a gradient."]
        return [f"Give d_out, of shape {result.shape}, to see backward."]

    def _twice(self) -> list[str]:
        """Name the first leaf that was used more than once."""
        for node in self.leaves:
            ds = [d for _, d in self.graph.arrivals.get(node.key, [])]
            if len(ds) > 1 and not self.graph.folded:
                sum_of = " ".join(sum_lines(ds, node.d))
                return [f"{called(node)} was used {times(len(ds))}: {sum_of}."]
        return []

    def _folded(self) -> str:
        total, folded = self.graph.total, self.graph.folded
        return (
            f"This graph has {total:,} nodes; the first {folded:,} are folded into "
            "one. Every gradient was computed through all of them."
        )

    # ----------------------------------- in words -----------------------------------

    def alt(self, moment: Moment, arrived: Sequence[str] = ()) -> str:
        """Return a frame in words, with its numbers.

        Parameters
        ----------
        arrived : what the leaves hold in this frame, a sentence each
        """
        said = [self.heading(moment)]
        if not said[0].endswith("."):
            said = [f"{said[0]}."]
        if moment.name in ("leaves", "made", "end"):
            said.append(f"Values: {self._values(moment)}.")
        if moment.name == "made" and self.graph.scopes:
            said.append(f"Modules: {self._modules()}.")
        if moment.name in ("seed", "end"):
            said.append(f"Turns: {self._turns()}.")
        said += arrived
        return " ".join([*said, *(line for line, _ in self.foot(moment))])

    def _values(self, moment: Moment) -> str:
        nodes = list(self.graph.nodes.values())
        if moment.name == "leaves":
            nodes = [node for node in nodes if not node.runs]
        nodes = [node for node in nodes if node.kind != "more"]
        texts = [_valued(node) for node in nodes[:LISTED]]
        more = len(nodes) - LISTED
        return ", ".join(texts) + (f" and {more:,} more" if more > 0 else "")

    def _modules(self) -> str:
        texts = [title_of(scope.label) for scope in self.graph.scopes[:LISTED]]
        more = len(self.graph.scopes) - LISTED
        return ", ".join(texts) + (f" and {more:,} more" if more > 0 else "")

    def _turns(self) -> str:
        turns = self.graph.turns[:LISTED]
        texts = [
            f"{node.turn:,} {_short_name(node)} d {short(node.d)}" for node in turns
        ]
        more = len(self.graph.turns) - len(turns)
        return ", ".join(texts) + (f" and {more:,} more" if more > 0 else "")

    def table(self) -> str:
        """Return one row per node that is drawn."""
        rows = []
        for node in self.graph.nodes.values():
            turn = f"{node.turn:,}" if node.turn else ""
            d = short(node.d) if node.turn else ""
            if node.kind == "more":
                rows.append([f"{self.graph.folded:,} folded", "", "", "", ""])
            else:
                shape = getattr(node.variable, "shape", None)
                written = "" if shape is None else size_names(shape)
                row = [_short_name(node), written, short(node.variable), turn, d]
                rows.append(row)
        head = ["node", "shape", "value", "turn", "gradient"]
        return "\n\n".join([table_text(head, rows), *self._scope_table()])

    def _scope_table(self) -> list[str]:
        rows = []
        for scope in self.graph.scopes:
            state = "folded" if scope.key in self.graph.nodes else "open"
            if any(one.name in self.graph.fold for one in outwards(scope.parent)):
                state = "inside another"
            rows.append([title_of(scope.label), f"{len(scope.ops):,}", state])
        return [table_text(["module", "ops", "state"], rows)] if rows else []


def _d(d: Any) -> str:
    return f"d_out = {short(d)}" if not is_tensor(d) or d.size else "d_out, no cells"


def _short(failed: Node | None) -> str:
    return "a folded op" if failed is None or failed.kind == "more" else failed.op


def _short_name(node: Node) -> str:
    return heading_of(node) or "constant"


def _valued(node: Node) -> str:
    name = heading_of(node)
    return f"{name} {short(node.variable)}" if name else short(node.variable)
