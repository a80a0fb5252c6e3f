"""flow_explorer: a map, zip or reduce of one's own numbers, forward and backward."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import Any

from gradlab.visualization.explorers.base import (
    WRONG,
    Explorer,
    StaticExplorer,
    explore,
)
from gradlab.visualization.explorers.boxes import parse_input, parse_whole, typed
from gradlab.visualization.explorers.flow_input import (
    Flow,
    as_tensor,
    built_in,
    flow_of,
    own_function,
    shape_said,
)
from gradlab.visualization.own_code import outcome
from gradlab.visualization.picture import Picture
from gradlab.visualization.pictures.flows.map_flow import map_flow
from gradlab.visualization.pictures.flows.reduce_flow import reduce_flow
from gradlab.visualization.pictures.flows.zip_flow import zip_flow
from gradlab.visualization.text import clean, shorten, size_names


class FlowExplorer(Explorer):
    """Boxes for the inputs of a function over `map_flow`, `zip_flow`, `reduce_flow`.

    Attributes
    ----------
    function : the list of functions
    x, y, d_out : the boxes for inputs and incoming gradient, y for a zip only
    dim, keepdim : which dims a reduce folds, and whether they stay
    backward : the box to tick for the way back
    """

    called = "Flow explorer"

    def __init__(self, widgets: Any, flow: Flow, x: str, y: str, dim: str) -> None:
        self._start = (x, y, dim)
        self._flows = {f"{f.name} ({f.kind})": f for f in (flow, *built_in())}
        super().__init__(widgets)

    def controls(self) -> Sequence[Any]:
        """Return the list of functions, and a box for everything they need."""
        x, y, dim = self._start
        names = list(self._flows)
        self.function = self.choice("function", names, names[0])
        self.x = self.text("x", x, tooltip="a shape or numbers: (2, 3) or [1, 2]")
        self.y = self.text("y", y, tooltip="a shape or numbers: (2, 3) or [1, 2]")
        self.dim = self.text("dim", dim, tooltip="the dim to reduce; nothing: all")
        self.keepdim = self.toggle("keepdim")
        self.backward = self.toggle("backward", on=True)
        self.d_out = self.text("d_out", "", tooltip="the gradient of the result")
        self.d_out.placeholder = "1, 2, 3, …"
        return [
            self.row(self.function, self.x, self.y),
            self.row(self.dim, self.keepdim, self.d_out, self.backward),
        ]

    @property
    def flow(self) -> Flow:
        """Return the function that is chosen."""
        return self._flows[self.function.value]

    def drawn(self) -> Picture:
        """Return the picture of the chosen function on what the boxes say."""
        self._offer(self.flow.kind)
        zipped = self.flow.kind == "zip"
        boxes = [("x", self.x), ("y", self.y)] if zipped else [("x", self.x)]
        inputs = [parse_input(box.value, name) for name, box in boxes]
        picture, self._how = draw(
            self.flow,
            inputs,
            parse_dim(self.dim.value if self.flow.kind == "reduce" else ""),
            keepdim=self.keepdim.value,
            d_out=self._incoming(),
        )
        given = " and ".join(map(shape_said, "xy", inputs))
        self._sentence = f"{given} give{'s' * (not zipped)} out {_shape(picture)}."
        return picture

    def _incoming(self) -> Any:
        """Return d_out as typed, True for made-up numbers, or None without it."""
        if not self.backward.value:
            return None
        text = self.d_out.value
        return parse_input(text, "d_out") if text.strip() else True

    def said(self) -> str:
        """Return the shapes, and where the derivatives come from."""
        return f"{self._sentence} {self._how}".strip()

    def _offer(self, kind: str) -> None:
        """Show the boxes that a kind of function needs."""
        needed = {self.y: "zip", self.dim: "reduce", self.keepdim: "reduce"}
        for control, own in needed.items():
            control.layout.display = None if kind == own else "none"
        self.d_out.layout.display = None if self.backward.value else "none"


def parse_dim(text: str) -> Any:
    """Return the dim to reduce as typed, several as a tuple, or None for all."""
    dims = parse_whole(text, "0 or -1, several dims as 0, 1, or nothing for all")
    return dims[0] if dims and len(dims) == 1 else dims


def draw(
    flow: Flow, inputs: Sequence[Any], dim: Any, *, keepdim: bool, d_out: Any
) -> tuple[Picture, str]:
    """Return the picture of a flow, and where its derivatives come from.

    Parameters
    ----------
    d_out : the gradient of the result; True for made-up numbers; None for forward only

    Raises
    ------
    ValueError
        If the function cannot take these inputs; says what it raised.
    """
    tensors = [as_tensor(thing, start) for thing, start in zip(inputs, (1.0, 10.0))]
    fn, how = flow.fn, ""
    if flow.numbers is not None:
        fn, derived = own_function(flow, tensors)
        how = f"The derivative of {flow.name}: {derived.how}."
    picture = _picture(fn, flow, tensors, (dim, keepdim), None)
    if d_out is None:
        return picture, how
    incoming = as_tensor(picture.flow.shape if d_out is True else d_out).detach()
    return _picture(fn, flow, tensors, (dim, keepdim), incoming), how


def _picture(
    fn: Any, flow: Flow, inputs: Sequence[Any], reduced: tuple[Any, bool], d_out: Any
) -> Any:
    dim, keepdim = reduced
    if flow.kind == "reduce":
        return reduce_flow(fn, inputs[0], dim, d_out, keepdim=keepdim)
    drawer = partial(zip_flow, names=("x", "y")) if flow.kind == "zip" else map_flow
    picture = outcome(drawer, fn, *inputs, d_out)
    if isinstance(picture, BaseException):
        raise _told(flow, picture)
    return picture


def _told(flow: Flow, error: BaseException) -> BaseException:
    """Return what was raised; in a learner's code, as an error that says so."""
    named = re.search(rf"\b{re.escape(flow.name)}\b", str(error))
    if isinstance(flow.fn, str) or (named and isinstance(error, WRONG)):
        return error
    said = f"{type(error).__name__}: {clean(error)}"
    return ValueError(f"{flow.name} raised {shorten(said, 3000)}")


def _shape(picture: Any) -> str:
    return size_names(picture.flow.shape)


def flow_explorer(
    fn: Any = "mul", x: Any = (2, 3), y: Any = (3,), *, dim: Any = None
) -> FlowExplorer | StaticExplorer:
    """Return controls over a map, zip or reduce, of gradlab or of your own.

    A function of your own numbers becomes a map or a zip; its derivative comes from
    backward on Scalars where it can run on them, else from a central difference.

    Parameters
    ----------
    fn : a function of one or two numbers, a Function, or the name of an op
    x, y : where the boxes start: shapes, nested lists, tensors, or text; y for a zip
    dim : the dim that a reduce folds; None folds all

    Raises
    ------
    ValueError
        If there is no such op, or the function has no values there.
    TypeError
        If `fn` is no function of one or two numbers, or an input holds none.

    Examples
    --------
    >>> def area(width, height):
    ...     return width * height
    >>> flow_explorer(area, [2, 3], [10]).said()  # doctest: +ELLIPSIS
    'x (2,) and y (1,) give out (2,). The derivative of area: backward on Scalars ...'
    """
    flow, start = flow_of(fn), (typed(x), typed(y), "" if dim is None else str(dim))
    return explore(
        lambda widgets: FlowExplorer(widgets, flow, *start),
        lambda: _first(flow, *start),
        'draw a function on numbers: viz.zip_flow("mul", x, y, d_out)',
    )


def _first(flow: Flow, x: str, y: str, dim: str) -> Picture:
    texts = (x, y) if flow.kind == "zip" else (x,)
    inputs = [parse_input(text, name) for text, name in zip(texts, "xy")]
    picture, _ = draw(flow, inputs, parse_dim(dim), keepdim=False, d_out=True)
    return picture
