"""broadcasting_explorer: type two shapes, and the picture follows on every key."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any

from gradlab.visualization.picture import Picture
from gradlab.visualization.pictures.broadcast import BroadcastGhosts, broadcast_ghosts
from gradlab.visualization.svg import data_uri
from gradlab.visualization.text import clean, escape, size_names
from gradlab.visualization.values import as_shape

if TYPE_CHECKING:
    from gradlab.visualization.scene import Scene

LARGEST = 10**6  # a size
MOST_DIMS = 6
_STILL = "The same picture without controls"
_serial = itertools.count(1)
# A screen reader speaks what changes inside an element that stays. ipywidgets keeps the
# element around the text of an HTML widget, but gives no way to set its role.
_SPOKEN = """<script>(() => {
  const mark = () => {
    const found = document.querySelectorAll(".%s .widget-html-content");
    found.forEach((element) => element.setAttribute("role", "status"));
    return found.length === 2;
  };
  if (mark()) return;
  const watch = new MutationObserver(() => mark() && watch.disconnect());
  watch.observe(document.body, { childList: true, subtree: true });
})()</script>"""
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


class StaticExplorer(Picture):
    """What stands in for the explorer where ipywidgets is missing: one picture."""

    HINT = (
        "The explorer needs the package ipywidgets (pip install ipywidgets). Until "
        "then, draw any two shapes yourself: viz.broadcast_ghosts((3, 1), (1, 2))"
    )

    def __init__(self, picture: BroadcastGhosts) -> None:
        self.picture = picture
        self.steps, self.title = picture.steps, picture.title

    def scene(self, step: int) -> Scene:
        """Return what the picture draws."""
        return self.picture.scene(step)

    def alt(self, step: int = -1) -> str:
        """Return what is missing, then the picture in words."""
        return f"{self.HINT}. {self.picture.alt(step)}"

    def table(self) -> str:
        """Return the picture's table."""
        return self.picture.table()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        bundle = super()._repr_mimebundle_()
        hint = f"<p>{escape(self.HINT)}</p>"
        return {**bundle, "text/html": hint + bundle["text/html"]}


class Explorer:
    """Two text boxes and a slider over `broadcast_ghosts`, as ipywidgets controls.

    Attributes
    ----------
    a, b : the boxes for the two shapes
    step : the slider over the frames
    picture : what is drawn now
    """

    def __init__(self, widgets: Any, a: str, b: str) -> None:
        self._prefix = f"gradlab-explorer-{next(_serial)}-"
        self.picture = broadcast_ghosts(parse_shape(a), parse_shape(b))
        self.a, self.a_said = self._box(widgets, "shape of a", a)
        self.b, self.b_said = self._box(widgets, "shape of b", b)
        self.step = widgets.IntSlider(
            value=self.picture.steps,
            min=1,
            max=self.picture.steps,
            description="step",
            continuous_update=True,
        )
        self._view = widgets.HTML()
        boxes = [
            widgets.VBox([self.a, self.a_said]),
            widgets.VBox([self.b, self.b_said]),
        ]
        side_by_side = widgets.HBox(boxes, layout={"flex_flow": "row wrap"})
        self.widget = widgets.VBox([side_by_side, self.step, self._view])
        for control in (self.a, self.b):
            control.observe(self._retyped, "value")
        self.step.observe(self._draw, "value")
        self._retyped()

    def _box(self, widgets: Any, label: str, value: str) -> tuple[Any, Any]:
        box = widgets.Text(
            value=value,
            description=label,
            continuous_update=True,
            style={"description_width": "6.5em"},
            tooltip=f"{label}, such as (3, 1)",
        )
        said = widgets.HTML(layout={"min_height": "1.6em"})
        said.add_class(f"{self._prefix}said")
        return box, said

    def _retyped(self, change: object = None) -> None:
        """Draw the shapes in the boxes; while one is no shape, say so and wait."""
        a, b = _read(self.a.value), _read(self.b.value)
        if isinstance(a, tuple) and isinstance(b, tuple):
            self.picture = broadcast_ghosts(a, b)
            self._show(self.picture.steps)  # first of all, so that typing feels direct
            self._set_slider(self.picture.steps)
        for shape, said in ((a, self.a_said), (b, self.b_said)):
            text = shape if isinstance(shape, str) else f"read as {size_names(shape)}"
            said.value = escape(text)

    def _set_slider(self, last: int) -> None:
        self.step.unobserve(self._draw, "value")
        self.step.max = last
        self.step.value = last
        self.step.observe(self._draw, "value")

    def _draw(self, change: object = None) -> None:
        self._show(self.step.value)

    def _show(self, number: int) -> None:
        step = min(number, self.picture.steps) - 1
        self._view.value = self.picture.svg(step, prefix=self._prefix)

    def _ipython_display_(self) -> None:
        """Show the controls, and below them a picture that outlives the kernel."""
        from IPython.display import display

        display(self.widget)
        still = f"<details><summary>{_STILL}</summary>{self._image()}</details>"
        html = still + _SPOKEN % f"{self._prefix}said"
        display({"text/html": html, "text/plain": self.picture.alt()}, raw=True)

    def _image(self) -> str:
        source = data_uri(self.picture.svg(theme="light"))
        return f'<img alt="{escape(self.picture.alt())}" src="{source}">'

    def __repr__(self) -> str:
        return f"<Broadcasting explorer: {self.picture.title}>"


def _read(text: str) -> tuple[int, ...] | str:
    """Return a typed shape, or a sentence about what is wrong with it."""
    try:
        return parse_shape(clean(text))
    except ValueError as problem:
        return str(problem)


def _typed(shape: Any, what: str) -> str:
    """Return a shape as a learner would type it."""
    return shape if isinstance(shape, str) else size_names(as_shape(shape, what))


def broadcasting_explorer(
    a: Any = "(3, 1)", b: Any = "(1, 2)"
) -> Explorer | StaticExplorer:
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
    try:
        import ipywidgets
    except ImportError:
        return StaticExplorer(broadcast_ghosts(parse_shape(a), parse_shape(b)))
    return Explorer(ipywidgets, a, b)
