"""What the flow table asks about one node: the rows that end in a cell."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any, ClassVar

from gradlab.indexing import Index
from gradlab.visualization.flow_nodes import FlowRow, shape_of


class Rule(ABC):
    """Where the rows of one node come from.

    Attributes
    ----------
    node : the result of the op
    inputs, shapes : what its Function was applied to
    every_local : the local derivative that all rows have, whatever the numbers are;
        None where they differ, or where numbers choose which cells have a row
    """

    every_local: float | None = None
    at_random: ClassVar[bool] = False  # True: forward gives other numbers every time

    def __init__(self, node: Any) -> None:
        self.node = node
        self.inputs: tuple[Any, ...] = node.history.inputs
        self.shapes = [shape_of(x) for x in self.inputs]

    @abstractmethod
    def rows(self, out_index: Index) -> Iterator[FlowRow]:
        """Yield the rows that end in one output cell."""

    @abstractmethod
    def most(self) -> int:
        """Return how many rows there can be at most, without making them."""

    def count(self) -> int | None:
        """Return how many rows there are; None where that takes making them."""
        return self.most()
