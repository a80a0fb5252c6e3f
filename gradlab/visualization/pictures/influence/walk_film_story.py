"""The frames of a walk over a graph and what each of them says."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from gradlab.visualization.pictures.influence.influence_words import called, count_text
from gradlab.visualization.pictures.influence.walk_film_model import (
    Order,
    Visit,
    Walkable,
)
from gradlab.visualization.pictures.parts.wires import WIRES
from gradlab.visualization.sheet import Line
from gradlab.visualization.text import table_text

NODES, DEPTH = 14, 6  # in a larger graph, most nodes are folded into one
KEPT = 7  # how many stay then
FRAMES = 24  # how many visits get a frame
MORE = "…"
RULES = {
    "topo": "A node has its turn when all that point at it have had theirs.",
    "dfs": "Go on to the first neighbour; where the walk has been before, turn back.",
    "naive": "Follow every path to its end, wherever the walk has been before.",
}
TITLES = {
    "topo": "A walk in topological order",
    "dfs": "A walk depth first",
    "naive": "A walk along every path",
}


class Story:
    """Which visits of a walk get a frame, and what is said in it.

    Attributes
    ----------
    kept : the nodes that are drawn
    folded : how many are not
    wires : (number, from, to) of each wire that is drawn
    visits : the visits that get a frame; a frame stands before them, and one after
    """

    def __init__(self, graph: Walkable, order: Order) -> None:
        self.graph, self.order = graph, order
        self.title = TITLES[order]
        self.kept = self._kept()
        self.folded = len(graph.names) - len(self.kept)
        self.wires = self._wires()
        self.visits = list(self._told())
        self.steps = len(self.visits) + 2

    def _kept(self) -> list[str]:
        """Return the nodes that are drawn."""
        graph = self.graph
        if len(graph.names) <= NODES and graph.depth() <= DEPTH:
            return list(graph.names)
        if self.order == "dfs":
            firsts = (v.node for v in graph.visits("dfs") if v.times == 1)
            return list(islice(firsts, KEPT))
        return graph.topological[:KEPT]

    def _wires(self) -> list[tuple[int, str, str]]:
        """Return (number, from, to) of each wire that is drawn."""
        kept = set(self.kept)
        found = []
        for n, (one, two) in enumerate(self.graph.wires):
            if one in kept and (two in kept or self.folded):
                found.append((n, one, two if two in kept else MORE))
        return found[:WIRES]

    def _told(self) -> Iterator[Visit]:
        """Yield the visits that get a frame; those among folded nodes share one."""
        shown, before = 0, ""
        for visit in self.graph.visits(self.order):
            at = self.spot(visit.node)
            if at != MORE or before != MORE:
                shown += 1
                if shown > FRAMES or (at == MORE and self.order != "naive"):
                    return
                yield visit
            elif self.deep:
                return
            before = at

    @property
    def deep(self) -> bool:
        """Whether a walk among the folded nodes may take too long to follow."""
        return self.total > 100_000

    @cached_property
    def total(self) -> int:
        """Return how many visits the whole walk has; exact."""
        return sum(self.counts.values())

    @cached_property
    def counts(self) -> dict[str, int]:
        """Return how often each node is visited in the whole walk."""
        if self.order == "naive":
            return self.graph.naive_counts
        reached = set(self.graph.topological)
        return {name: int(name in reached) for name in self.graph.names}

    def spot(self, name: str | None) -> str:
        """Return where a node is drawn."""
        return str(name) if name in self.kept else MORE

    def folded_lines(self, step: int = -1) -> list[str]:
        """Return what stands in the node of all that is folded; -1 is the end."""
        lines = [f"… {self.folded:,} more", "folded"]
        if self.order == "naive" and step in (-1, self.steps - 1):
            visits = self.total - sum(self.counts[name] for name in self.kept)
            lines.append(f"{count_text(visits)} visits")
        return lines

    def wrong(self, step: int) -> bool:
        """Say whether a frame tells of a visit too many."""
        if self.order != "naive" or not step:
            return False
        if step == self.steps - 1:
            return self.total > len(self.graph.topological)
        return self.visits[step - 1].times > 1

    @cached_property
    def places(self) -> dict[str, int]:
        """Return which visit was the first, for each node that is drawn."""
        places: dict[str, int] = {}
        for visit in self.visits:
            places.setdefault(visit.node, len(places) + 1)
        return places

    def seen(self, step: int) -> dict[str, int]:
        """Return how often each node has been visited up to a frame."""
        if step == self.steps - 1:
            known = self.counts if self.order == "naive" else self.places
            return {name: self.counts[name] for name in known}
        return {visit.node: visit.times for visit in self.visits[:step]}

    # ----------------------------------- words -----------------------------------

    def visit(self, step: int) -> Visit | None:
        """Return what a frame is about; None for the first and the last."""
        return self.visits[step - 1] if 0 < step < self.steps - 1 else None

    def heading(self, step: int) -> str:
        """Return the line above a frame."""
        if step == 0:
            return f"{self.title}, from {called(self.graph.start)}"
        if step == self.steps - 1:
            return self._end()
        visit = self.visits[step - 1]
        name, place = called(visit.node), self.places[visit.node]
        if self.spot(visit.node) == MORE:
            return f"Visit {step:,} and more: among the folded nodes"
        if self.order == "naive":
            again = (
                f" again, for the {_nth(visit.times)} time" if visit.times > 1 else ""
            )
            return f"Visit {step:,}: {name}{again}"
        if visit.times > 1:
            return f"{name} was number {place:,} already: turn back"
        return f"Number {place:,}: {name}"

    def _end(self) -> str:
        nodes = len(self.graph.topological)
        if self.order == "naive" and self.total > nodes:
            return f"{count_text(self.total)} visits for {nodes:,} nodes"
        return f"{nodes:,} nodes, each visited once" if nodes > 1 else "1 node, no more"

    def foot(self, step: int) -> list[Line]:
        """Return the lines below a frame."""
        lines: list[Line] = []
        if step == 0:
            lines.append((RULES[self.order], "ink"))
        elif step == self.steps - 1:
            lines += self._ending()
        elif self.order == "topo":
            lines.append((f"Order so far: {self._order_text(step)}.", "ink"))
        elif self.spot(self.visits[step - 1].node) != MORE:
            path = " → ".join(map(called, self.visits[step - 1].path[-6:]))
            lines.append((f"The path to it: {path}.", "ink"))
        if self.folded and step in (0, self.steps - 1):
            lines.append((f"{self.folded:,} nodes are folded, not drawn.", "soft"))
        hidden = len(self.graph.wires) - len(self.wires)
        if hidden and not self.folded:
            lines.append((f"{hidden:,} wires are not drawn.", "soft"))
        return lines

    def _ending(self) -> Iterator[Line]:
        nodes, shown = len(self.graph.topological), len(self.visits)
        if self.order == "naive" and self.total > nodes:
            yield f"In topological order, {nodes:,} visits are enough.", "ink"
            if self.total > shown:
                yield f"The film shows how it begins: {shown:,} frames.", "soft"
        elif self.order != "naive":
            yield f"Order: {self._order_text(shown + 1)}.", "ink"
            again = len(self.graph.wires) + 1 - nodes if self.order == "dfs" else 0
            if again and not self._missing():
                yield f"Turned back where it had been before: {_times(again)}.", "ink"
        missing = self._missing()
        if missing:
            yield f"Never reached: {', '.join(map(called, missing[:6]))}.", "soft"

    def _missing(self) -> list[str]:
        return [name for name in self.graph.names if not self.counts[name]]

    def _order_text(self, step: int) -> str:
        firsts = list(dict.fromkeys(visit.node for visit in self.visits[:step]))
        more = ", …" if self.folded and step > len(self.visits) else ""
        return ", ".join(map(called, firsts)) + more

    def alt(self, step: int) -> str:
        """Return a frame in words, with its numbers."""
        said = [f"{self.heading(step)}."]
        said += [line for line, _ in self.foot(step)]
        seen = [(name, n) for name, n in self.seen(step).items() if name in self.kept]
        if self.order == "naive" and seen:
            counted = ", ".join(f"{called(name)}: {count_text(n)}" for name, n in seen)
            said.append(f"Visits per node: {counted}.")
        if not step:
            said.append(f"Nodes: {', '.join(map(called, self.kept))}.")
        if self.folded:
            said.append(f"{' '.join(self.folded_lines(step))}.")
        return " ".join(said)

    def table(self) -> str:
        """Return one row per node: its number, its visits, where it points."""
        rows = []
        for name in self.kept:
            place = f"{self.places[name]:,}" if name in self.places else ""
            ways = [called(two) for two in self.graph.after[name][:6]]
            visits = count_text(self.counts[name])
            rows.append([called(name), place, visits, ", ".join(ways)])
        return table_text(["node", "number", "visits", "points at"], rows)


def _nth(count: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    return f"{count:,}{'th' if count % 100 in (11, 12, 13) else ending}"


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count:,} times")
