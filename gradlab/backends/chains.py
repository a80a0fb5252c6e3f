"""A chain of maps and zips as an expression: what a fused loop is made of."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from gradlab.operators import ScalarOp


@dataclass(frozen=True, eq=False)
class Node:
    """One value of a chain in every cell: an input, or an op of other values.

    Parameters
    ----------
    name : the name of an input; empty for an op
    op : what made the value; None for an input
    args : what the op takes: other nodes, and numbers
    """

    name: str = ""
    op: ScalarOp | None = None
    args: tuple[Node | float, ...] = ()


@dataclass(frozen=True, eq=False)
class Chain:
    """Inputs, and the value that is made of them.

    Parameters
    ----------
    name : the name of the function it came from
    inputs : the inputs that the result depends on
    result : the last value
    folded : whether a sum over the cells of the result closes the chain

    Examples
    --------
    >>> from gradlab.operators import SCALARS
    >>> x = Node("x")
    >>> square = Node(op=SCALARS["mul"], args=(x, x))
    >>> chain = Chain("square", (x,), square)
    >>> chain.nodes() == [x, square], chain.reached(chain.inputs) == {x, square}
    (True, True)
    """

    name: str
    inputs: tuple[Node, ...]
    result: Node
    folded: bool = False

    def nodes(self) -> list[Node]:
        """Return every value that the result needs, each after what it is made of."""
        return values_below(self.result)

    def reached(self, sources: Collection[Node]) -> set[Node]:
        """Return the values that follow a small step of one of the sources."""
        found: set[Node] = set()
        for node in self.nodes():
            differentiable = node.op is not None and node.op.local
            follows = differentiable and any(arg in found for arg in node.args)
            if follows or node in sources:
                found.add(node)
        return found

    def differentiable(self) -> tuple[bool, ...]:
        """Say for each input whether the result follows a small step of it."""
        return tuple(self.result in self.reached((x,)) for x in self.inputs)


def values_below(result: Node) -> list[Node]:
    """Return all that a value is made of, and the value itself last."""
    order: dict[Node, None] = {}
    stack: list[Node] = [result]
    while stack:
        node = stack[-1]
        todo = [a for a in node.args if isinstance(a, Node) and a not in order]
        if todo:
            stack.append(todo[0])
        else:
            order[stack.pop()] = None
    return list(order)
