"""computation_graph: how a number was made, and how gradients go back through it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from gradlab.visualization.own_code import plain
from gradlab.visualization.picture import Picture
from gradlab.visualization.pictures.graphs.graph_drawing import Drawing
from gradlab.visualization.pictures.graphs.graph_export import as_dot, as_mermaid
from gradlab.visualization.pictures.graphs.graph_model import (
    incoming,
    read_graph,
    send_back,
)
from gradlab.visualization.pictures.graphs.graph_scopes import named, outwards
from gradlab.visualization.pictures.graphs.graph_telling import Moment, Telling
from gradlab.visualization.pictures.graphs.graph_words import called
from gradlab.visualization.scene import Scene
from gradlab.visualization.sheet import sheet

STEPPED = 40  # with more ops than this, forward and backward are one frame each
Fold = Iterable[str] | None


class ComputationGraph(Picture):
    """A graph, built op by op and walked back op by op."""

    def __init__(self, result: Any, d_out: Any = None, *, fold: Fold = None) -> None:
        self.given = (result, d_out)
        self.graph = read_graph(result, _names(fold))
        self.d_out = incoming(result, d_out)
        if self.d_out is not None:
            send_back(self.graph, self.d_out)
        self.ops = self.graph.ops()
        self.back = [node for node in self.graph.turns if node.runs]
        self.drawing = Drawing(self.graph, backward=self.d_out is not None)
        self.moments = list(self._moments())
        self.steps = len(self.moments)
        self.telling = Telling(self.graph, self.d_out)
        name = getattr(result, "name", None)
        self.title = f"Computation graph of {name}" if name else "Computation graph"

    def _moments(self) -> Iterator[Moment]:
        stepped = len(self.ops) <= STEPPED
        if self.ops and stepped and not self.graph.folded:
            yield Moment("leaves")
            for n, node in enumerate(self.ops, start=1):
                yield Moment("forward", node.key, n)
        yield Moment("made", done=len(self.ops))
        if self.d_out is None:
            return
        yield Moment("seed", self.graph.drawn(id(self.graph.result)))
        for n, node in enumerate(self.back if stepped else (), start=1):
            yield Moment("backward", node.key, n)
        yield Moment("end", done=len(self.back) + 1)

    # ----------------------------------- scopes -----------------------------------

    @property
    def scopes(self) -> list[str]:
        """The names of the calls of modules, in the order in which they ran."""
        return [scope.name for scope in self.graph.scopes]

    def fold(self, *names: str) -> ComputationGraph:
        """Return the picture with some modules as one node each; all, without names.

        Raises
        ------
        ValueError
            If there is no scope of that name.

        Examples
        --------
        >>> from gradlab import nn, ones
        >>> model = nn.Sequential(nn.Linear(2, 1))
        >>> picture = computation_graph(model(ones((1, 2))))
        >>> picture.scopes, len(picture.fold("0").ops)
        (['Sequential', '0'], 1)
        """
        more = [scope.name for scope in named(self.graph.scopes, names)]
        fold = [*self.graph.fold, *more] if names else "all"
        return ComputationGraph(*self.given, fold=fold)

    def unfold(self, *names: str) -> ComputationGraph:
        """Return the picture with some modules opened; all, without names.

        Raises
        ------
        ValueError
            If there is no scope of that name.
        """
        opened = named(self.graph.scopes, names or self.graph.fold)
        shown = {one.name for scope in opened for one in outwards(scope)}
        fold = [name for name in self.graph.fold if name not in shown]
        return ComputationGraph(*self.given, fold=fold)

    # ------------------------------- drawing and words -------------------------------

    def scene(self, step: int) -> Scene:
        """Return one frame: heading, edges, nodes, and what the frame says."""
        moment = self.moments[step]
        error = moment.name == "end" and self.graph.error
        return sheet(
            self.telling.heading(moment),
            self.drawing.items(moment),
            self.telling.foot(moment),
            ink="wrong-ink" if error else "ink",
            around=self.drawing.bounds,
        )

    def alt(self, step: int = -1) -> str:
        """Return a frame in words, with its numbers."""
        moment = self.moments[self.at(step)]
        return f"{self.title}. {self.telling.alt(moment, self._arrived(moment))}"

    def _arrived(self, moment: Moment) -> list[str]:
        """Say what the trays hold in a frame of backward."""
        folded = moment.name == "end" and self.graph.folded
        if moment.name != "backward" and not folded:
            return []
        leaves, done = self.telling.leaves, moment.done
        held = ((leaf, self.drawing.tray(leaf, done)) for leaf in leaves)
        return [f"{called(leaf)} holds {' '.join(t)}." for leaf, t in held if t]

    def table(self) -> str:
        """Return one row per node: its value, its gradient, and its turn."""
        return self.telling.table()

    def ask(self, step: int) -> str:
        """Return what to ask a class before a frame."""
        moment = self.moments[self.at(step)]
        if moment.name not in ("forward", "backward"):
            return "What comes next? Say it first."
        node = self.graph.nodes[moment.key]
        who = called(node) if node.kind == "scope" else node.op
        if moment.name == "forward":
            return f"What does {who} give?"
        turn = who if node.kind == "scope" else f"{who}.backward"
        return f"{turn} is next. What does it send to each input?"

    # ----------------------------------- as text -----------------------------------

    def to_dot(self) -> str:
        """Return the graph in the language of Graphviz: nodes, wires, gradients.

        Examples
        --------
        >>> from gradlab.scalar import Scalar
        >>> print(computation_graph(Scalar(2, "a") * 3).to_dot().splitlines()[-2])
          n1 -> n2;
        """
        return as_dot(self.graph, self.title)

    def to_mermaid(self) -> str:
        """Return the graph as a Mermaid flowchart, as Markdown pages draw it.

        Examples
        --------
        >>> from gradlab.scalar import Scalar
        >>> print(computation_graph(Scalar(2, "a") * 3).to_mermaid().splitlines()[-2])
          n0 -->|"d 3"| n2
        """
        return as_mermaid(self.graph)


def _names(fold: Any) -> Fold:
    """Return what is to be folded as names, "all", or None."""
    if isinstance(fold, str) and fold != "all":
        return [fold]
    if fold is None or isinstance(fold, Iterable):
        return fold
    raise TypeError(
        f"fold takes names of modules, as in fold=('layer1',), \"all\", or (); got "
        f"{plain(fold)}."
    )


def computation_graph(
    result: Any, d_out: Any = None, *, fold: Fold = None
) -> ComputationGraph:
    """Return the picture of how a Scalar or Tensor was made and how backward runs.

    Nothing is changed: no `.grad` and no `.derivative` is touched. The ops that a
    module of `gradlab.nn` ran stand in a frame with its name, a scope; the picture's
    `fold("layer1")` makes them one node, and `unfold("layer1")` opens it again. Names
    are those in the outermost module; one that no longer exists is called by its class.

    Parameters
    ----------
    result : the Scalar or Tensor
    d_out : the gradient of the result, of its shape; 1 where the result is one
        number. Without it, a result of several numbers is drawn forward only
    fold : the names of the scopes to draw as one node each, "all", or () for none;
        by default as many as a graph of more than 150 nodes, or of 20 in a row, needs

    Raises
    ------
    TypeError
        If `result` is neither, or `fold` holds something else than names.
    ValueError
        If d_out has another shape than the result, nothing needs a gradient, or there
        is no scope of a name in `fold`.

    Examples
    --------
    >>> from gradlab.scalar import Scalar
    >>> a, b, c = Scalar(1, "a"), Scalar(2, "b"), Scalar(3, "c")
    >>> picture = computation_graph(a + a * b + c + 3)
    >>> "a 3, b 1, c 1" in picture.alt()
    True
    """
    return ComputationGraph(result, d_out, fold=fold)


scalar_graph = computation_graph
