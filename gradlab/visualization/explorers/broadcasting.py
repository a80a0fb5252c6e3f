"""broadcasting_explorer: type two shapes, and the picture follows on every key."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from gradlab.visualization.explorers.base import (
    LABEL,
    Explorer,
    StaticExplorer,
    explore,
)
from gradlab.visualization.pictures.shapes.broadcast import (
    BroadcastGhosts,
    broadcast_ghosts,
)
from gradlab.visualization.text import clean, size_names
from gradlab.visualization.values import as_shape

LARGEST = 10**6  # a size
MOST_DIMS = 6
_NO_DIMS = ("", "(", "()", "[", "[]")
_FORM = re.compile(r"[\s,;x×*()\[\]0-9]*")


def parse_shape(text: str) -> tuple[int, ...]:
    """Return the shape that a learner typed; brackets and commas may be missing.

    Raises
    ------
    ValueError
        If it is no shape; says what was wrong and how one looks.

    Examples
    --------
    >>> parse_shape("(3, 1)"), parse_shape("3 1"), parse_shape("3x1"), parse_shape("()")
    ((3, 1), (3, 1), (3, 1), ())
    """
    if re.search(r"\d\s*\.", text):
        raise ValueError("Sizes are whole numbers, such as 3. Write (3, 1), say.")
    if re.search(r"-\s*\d", text):
        raise ValueError("A size is 0 or more; there are no negative sizes.")
    if not _FORM.fullmatch(text):
        odd = _FORM.sub("", text)[:1]
        raise ValueError(f"“{odd}” is not part of a shape. Write (3, 1), say.")
    sizes = [int(size) for size in re.findall("[0-9]+", text[:200])]
    if not sizes and text.strip() not in _NO_DIMS:
        raise ValueError("Sizes are missing. Write (3, 1), say; () has no dims.")
    if len(sizes) > MOST_DIMS:
        raise ValueError(
            f"That is {len(sizes)} dims; up to {MOST_DIMS} are drawn here."
        )
    if any(size > LARGEST for size in sizes):
        raise ValueError(f"Sizes up to {LARGEST:,} are drawn here.")
    return tuple(sizes)


class BroadcastingExplorer(Explorer):
    """Two text boxes and a slider over `broadcast_ghosts`.

    Attributes
    ----------
    a, b : the boxes for the two shapes
    """

    called = "Broadcasting explorer"
    stays = False
    picture: BroadcastGhosts

    def __init__(self, widgets: Any, a: str, b: str) -> None:
        self._start = (a, b)
        super().__init__(widgets)

    def controls(self) -> Sequence[Any]:
        """Return the two boxes, each with a line that says how it was read."""
        self.a, self.b = map(self._box, "ab", self._start)
        self.a_said, self.b_said = self.line(), self.line()
        for said in (self.a_said, self.b_said):
            said.layout.margin = f"0 0 0 {LABEL}"  # it begins where the box does
        pairs = ([self.a, self.a_said], [self.b, self.b_said])
        return [self.row(*map(self.widgets.VBox, pairs))]

    def _box(self, name: str, value: str) -> Any:
        label = f"shape of {name}"
        return self.text(label, value, tooltip=f"{label}, such as (3, 1)")

    def foot(self) -> Sequence[Any]:
        """Return nothing: every box has a line of its own."""
        return []

    def drawn(self) -> BroadcastGhosts:
        """Return the picture of the two shapes."""
        a, b = (parse_shape(clean(box.value)) for box in (self.a, self.b))
        return broadcast_ghosts(a, b)

    def tell(self, problem: Exception | None = None) -> None:
        """Say below each box how it was read, or what was wrong with it."""
        self.say(_reading(self.a.value), self.a_said)
        self.say(_reading(self.b.value), self.b_said)


def _reading(text: str) -> str:
    """Say how a typed shape was read, or what is wrong with it."""
    try:
        return f"read as {size_names(parse_shape(clean(text)))}"
    except ValueError as problem:
        return str(problem)


def _typed(shape: Any, what: str) -> str:
    """Return a shape as a learner would type it."""
    return shape if isinstance(shape, str) else size_names(as_shape(shape, what))


def broadcasting_explorer(
    a: Any = "(3, 1)", b: Any = "(1, 2)"
) -> BroadcastingExplorer | StaticExplorer:
    """Return two boxes for shapes and the picture of their broadcasting.

    Without ipywidgets it is the picture alone, with a line that says so.

    Parameters
    ----------
    a, b : the shapes to start with: typed as text, tuples or lists of sizes, or tensors

    Raises
    ------
    ValueError
        If a text is no shape, or a shape is too large to draw.
    TypeError
        If one of them is neither text nor a shape.

    Examples
    --------
    >>> explorer = broadcasting_explorer((2, 3), "2 1")
    >>> explorer.picture.title
    'a (2, 3) + b (2, 1)'
    """
    a, b = _typed(a, "a"), _typed(b, "b")
    return explore(
        lambda widgets: BroadcastingExplorer(widgets, a, b),
        lambda: broadcast_ghosts(parse_shape(a), parse_shape(b)),
        "draw any two shapes yourself: viz.broadcast_ghosts((3, 1), (1, 2))",
    )
