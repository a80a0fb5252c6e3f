"""graph_explorer: open and fold the modules of a network, one box to tick for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gradlab.visualization.explorers.base import Explorer, StaticExplorer, explore
from gradlab.visualization.picture import Picture
from gradlab.visualization.pictures.graphs.graph import (
    ComputationGraph,
    computation_graph,
)
from gradlab.visualization.text import shorten

MOST_BOXES = 40


class GraphExplorer(Explorer):
    """A box to tick for every call of a module over `computation_graph`.

    Attributes
    ----------
    scopes : the boxes by name; ticked draws the ops inside, else they are one node
    """

    called = "Graph explorer"

    def __init__(self, widgets: Any, first: ComputationGraph) -> None:
        self._first = first
        super().__init__(widgets)

    def controls(self) -> Sequence[Any]:
        """Return the boxes, in the order in which the modules ran."""
        folded, names = set(self._first.graph.fold), self._first.scopes[:MOST_BOXES]
        self.scopes = {
            name: self.toggle(shorten(f"open {name}", 200), on=name not in folded)
            for name in names
        }
        return [self.row(*self.scopes.values())]

    def drawn(self) -> Picture:
        """Return the graph with the modules that are not ticked as one node each."""
        closed = [name for name, box in self.scopes.items() if not box.value]
        hidden = self._first.scopes[MOST_BOXES:]
        result, d_out = self._first.given
        return computation_graph(result, d_out, fold=[*closed, *hidden])

    def said(self) -> str:
        """Return how many modules are open."""
        if not self.scopes:
            return "No module was called on the way here, so there is nothing to fold."
        opened = sum(box.value for box in self.scopes.values())
        many = len(self._first.scopes)
        said = f"{opened} of {many} modules {'is' if opened == 1 else 'are'} open."
        more = f" The first {MOST_BOXES} have a box." if many > MOST_BOXES else ""
        return said + more


def graph_explorer(result: Any, d_out: Any = None) -> GraphExplorer | StaticExplorer:
    """Return the graph of a result, with a box to tick for each module that ran.

    Parameters
    ----------
    result, d_out : as in `computation_graph`

    Raises
    ------
    TypeError
        If `result` is neither a Scalar nor a Tensor.
    ValueError
        If d_out has another shape than the result.

    Examples
    --------
    >>> from gradlab import nn, ones
    >>> net = nn.Sequential(nn.Linear(2, 1), nn.Linear(1, 1))
    >>> explorer = graph_explorer(net(ones((1, 2))))
    >>> list(explorer.scopes)
    ['Sequential', '0', '1']
    >>> explorer.scopes["Sequential"].value = False
    >>> explorer.said()
    '2 of 3 modules are open.'
    """
    first = computation_graph(result, d_out)
    return explore(
        lambda widgets: GraphExplorer(widgets, first),
        lambda: first,
        'fold by name: viz.computation_graph(result, fold=["layer1"])',
    )
