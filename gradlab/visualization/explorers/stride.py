"""stride_explorer: how an index becomes a position, and how views share storage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gradlab.visualization.explorers.base import Explorer, StaticExplorer, explore
from gradlab.visualization.explorers.boxes import parse_whole
from gradlab.visualization.explorers.broadcasting import parse_shape
from gradlab.visualization.pictures.shapes.stride_board import (
    StrideBoard,
    stride_board,
)
from gradlab.visualization.text import clean, size_names
from gradlab.visualization.values import as_shape


class StrideExplorer(Explorer):
    """Boxes for shape, index, permute and view over `stride_board`.

    Attributes
    ----------
    shape : the box for the shape, None where a tensor was given
    index, permute, view : the boxes for what is done with it; empty does nothing
    """

    called = "Stride explorer"
    picture: StrideBoard

    def __init__(self, widgets: Any, given: Any) -> None:
        self._given = given
        super().__init__(widgets)

    def controls(self) -> Sequence[Any]:
        """Return the boxes."""
        given = self._given
        self.shape: Any = None
        if isinstance(given, str):
            self.shape = self.text("shape", given, tooltip="a shape, such as (2, 3)")
        self.permute = self._box("permute", "1, 0", "the dims in their new order")
        self.view = self._box("view", "3, 2", "the new shape of the same cells")
        self.index = self._box("index", "all, one by one", "one index, such as (1, 2)")
        boxes = [self.permute, self.view, self.index]
        return [self.row(*([self.shape] if self.shape else []), *boxes)]

    def _box(self, label: str, placeholder: str, tooltip: str) -> Any:
        box = self.text(label, "", tooltip=tooltip)
        box.placeholder = placeholder
        return box

    def drawn(self) -> StrideBoard:
        """Return the picture of what the boxes say."""
        thing = self._given
        if self.shape is not None:
            thing = parse_shape(clean(self.shape.value))
        return stride_board(
            thing,
            parse_whole(self.index.value, "an index, such as (1, 2)"),
            permute=parse_whole(self.permute.value, "the dims in order, such as 1, 0"),
            view=parse_whole(self.view.value, "a shape, such as (3, 2)"),
        )

    def said(self) -> str:
        """Return shape, strides and offset of the tensor, and what came of a view."""
        board, said = self.picture.board, [f"{self.picture.title}."]
        if board.second:
            made = board.second
            said.append(f"{made.name} = {made.made}: {made.facts()}.")
        if board.refused:
            said.append(f"{board.asked} is impossible without a copy.")
        return " ".join(said)


def stride_explorer(
    tensor_or_shape: Any = (2, 3),
) -> StrideExplorer | StaticExplorer:
    """Return boxes to permute, view and index a tensor, and its storage below them.

    Parameters
    ----------
    tensor_or_shape : a tensor, whose storage is shown as it is, or a shape, which can
        then be typed anew

    Raises
    ------
    ValueError
        If a text is no shape, or the shape is too large to draw.
    TypeError
        If it is neither a tensor nor a shape.

    Examples
    --------
    >>> explorer = stride_explorer((2, 3))
    >>> explorer.permute.value = "1, 0"
    """
    given = tensor_or_shape
    if not hasattr(given, "strides") or not hasattr(given, "storage"):
        given = given if isinstance(given, str) else size_names(as_shape(given))
    return explore(
        lambda widgets: StrideExplorer(widgets, given),
        lambda: stride_board(parse_shape(given) if isinstance(given, str) else given),
        "draw the board yourself: viz.stride_board((2, 3), permute=(1, 0))",
    )
