"""What a computation graph is made of: nodes, edges, and the scopes around them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

MORE = "more"  # the key of the node that stands for a folded beginning
Key = int | str


@dataclass(eq=False)
class Scope:
    """The ops that one call of a module ran.

    Attributes
    ----------
    name : what it is called: "layer1", or its class; "layer1 (2)" for a second call
    base : the name without the number of the call
    label : the name with what the module is: "layer1: Linear(2, 3)"
    ops : the keys of its ops, in order of creation
    results : the keys of the ops that made its results
    module : what was called, kept alive for as long as the picture needs its names
    parent : the scope around it
    """

    name: str
    base: str
    label: str
    ops: list[Key]
    results: list[Key]
    module: Any
    parent: Scope | None = None

    @property
    def key(self) -> Key:
        """The key of its node when it is folded."""
        return f"scope {self.name}"

    @property
    def root(self) -> Scope:
        """The outermost scope around it: itself, if there is none."""
        return self if self.parent is None else self.parent.root

    @property
    def depth(self) -> int:
        """How many scopes stand around it."""
        return 0 if self.parent is None else self.parent.depth + 1


@dataclass(eq=False)
class Node:
    """A Scalar, a Tensor or a plain number in the graph, or a scope folded into one.

    Attributes
    ----------
    variable : what it stands for; of a scope, its result, or a tuple of several
    kind : "op", "leaf", "constant", "scope" or "more"
    alias : what to call it if it has no name: a parameter's name in its module
    reads : what formulas call its inputs, "" for those without a name
    scope : the folded scope that it stands for, or the open one it belongs to
    inside : how many nodes of the graph it stands for
    turn : its turn in backward, from 1; 0 if it has none
    d : its whole gradient, once its turn has come
    """

    key: Key
    variable: Any
    kind: str
    alias: str = ""
    reads: tuple[str, ...] = ()
    scope: Scope | None = None
    inside: int = 1
    turn: int = 0
    d: Any = None

    @property
    def op(self) -> str:
        """The name of the function that made it, or the label of the scope."""
        if self.kind == "scope" and self.scope:
            return self.scope.label
        return str(self.variable.history.fn.__name__)

    @property
    def name(self) -> str:
        """Its own name, that of its scope, or ""."""
        if self.kind == "scope" and self.scope:
            return self.scope.name
        return str(getattr(self.variable, "name", None) or self.alias)

    @property
    def runs(self) -> bool:
        """Whether something is computed here: an op, or a scope of them."""
        return self.kind in ("op", "scope")


@dataclass(eq=False)
class Edge:
    """From an input to the op that reads it.

    Attributes
    ----------
    position : which input of the op it is, from 0
    d : what the op's backward sends along it; None if nothing
    """

    source: Key
    target: Key
    position: int
    d: Any = None


@dataclass
class Graph:
    """Nodes in order of creation, edges, and the result.

    Attributes
    ----------
    total : how many nodes there are, folded ones counted
    scopes : the calls of modules, outer ones first
    reads : per op and input position, the edge that stands for it
    fold : the names of the scopes that are folded
    home : for a node inside a folded scope, the key of that scope
    order : the nodes that need a gradient, in their order in backward
    folded : how many nodes of the beginning are not drawn
    turns : the nodes that are drawn, in their order in backward
    arrivals : per leaf, what has been sent to it, in order: (from which op, d)
    error : what went wrong in a backward, as a sentence
    failed : the node where it did
    """

    result: Any
    nodes: dict[Key, Node] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    total: int = 0
    scopes: list[Scope] = field(default_factory=list)
    reads: dict[tuple[Key, int], Edge] = field(default_factory=dict)
    fold: tuple[str, ...] = ()
    home: dict[Key, Key] = field(default_factory=dict)
    order: list[Key] = field(default_factory=list)
    folded: int = 0
    folded_leaves: int = 0
    turns: list[Node] = field(default_factory=list)
    arrivals: dict[Key, list[tuple[Key, Any]]] = field(default_factory=dict)
    error: str = ""
    failed: Key | None = None

    def ops(self) -> list[Node]:
        """Return the ops and folded scopes in order of creation."""
        return [node for node in self.nodes.values() if node.runs]

    def into(self, key: Key) -> list[Edge]:
        """Return the edges into a node, in input order."""
        return [edge for edge in self.edges if edge.target == key]

    def drawn(self, key: Key) -> Key:
        """Return the node that is drawn for a key: itself, or the scope it is in."""
        return self.home.get(key, key)
