"""Explorer: controls around a picture that follows them.

A new explorer subclasses `Explorer` and gives `called`, `controls()` and `drawn()`;
`explore` makes it, or the picture alone where ipywidgets is missing.
"""

from __future__ import annotations

import itertools
import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from gradlab.visualization.picture import Picture
from gradlab.visualization.svg import data_uri
from gradlab.visualization.text import escape

if TYPE_CHECKING:
    from gradlab.visualization.scene import Scene

WRONG = (ValueError, TypeError, IndexError, ArithmeticError)  # what a status line tells
LABEL = "6.5em"
_STILL = "The same picture without controls"
_GONE = "Run this cell in a notebook to have its controls."
_UNSEEN = (
    '<span style="position:absolute;width:1px;height:1px;overflow:hidden;'
    'clip-path:inset(50%%)">%s</span>'
)
_serial = itertools.count(1)
Made = TypeVar("Made", bound="Explorer")


def script(name: str) -> str:
    """Return what runs beside controls of this class, for ears and for later."""
    text = Path(__file__).with_name("explorer.js").read_text(encoding="utf-8")
    return f"<script>({text})({json.dumps(name)}, {json.dumps(_GONE)})</script>"


class Explorer(ABC):
    """Controls, a slider over the frames, a status line, and the picture.

    A subclass sets what `controls` and `drawn` need, then calls `super().__init__`,
    which makes the controls and draws for the first time.

    Attributes
    ----------
    called : what it is, such as "Stride explorer"
    frames : the label of the slider over the frames
    stays : True keeps the frame when a control changes; False shows the last one
    picture : what is drawn now
    step : the slider over its frames, counted from 1
    status : the line that says what was wrong, or what `said` says
    widget : all of it, as one ipywidget
    """

    called = "Explorer"
    frames = "step"
    stays = True

    def __init__(self, widgets: Any) -> None:
        self.widgets = widgets
        self._prefix = f"gradlab-explorer-{next(_serial)}-"
        self._view = widgets.HTML()
        self._heard = self.line(seen=False)
        self.step = widgets.IntSlider(
            value=1,
            min=1,
            max=1,
            description=self.frames,
            style={"description_width": LABEL},
        )
        rows = [*self.controls(), self.step, *self.foot(), self._view, self._heard]
        self.widget = widgets.VBox(rows)
        self.widget.add_class(f"{self._prefix}all")
        self.step.observe(self._stepped, "value")
        self.picture = self.drawn()
        self.show(self.picture)
        self.tell()

    # ------------------------- what a subclass provides -------------------------

    @abstractmethod
    def controls(self) -> Sequence[Any]:
        """Return the rows of controls: `text`, `slider`, `choice`, `toggle`, `row`."""

    @abstractmethod
    def drawn(self) -> Picture:
        """Return the picture of what the controls say; what it raises is told."""

    def said(self) -> str:
        """Return what the status line says about a picture that could be drawn."""
        return ""

    def still(self) -> Picture:
        """Return the picture that outlives the kernel."""
        return self.picture

    def foot(self) -> Sequence[Any]:
        """Return what stands between the slider and the picture: the status line."""
        self.status = self.line()
        return [self.status]

    # ------------------------------ drawing again ------------------------------

    def redraw(self) -> None:
        """Draw what the controls say; if it fails, say why and keep the picture."""
        try:
            picture = self.drawn()
            self.show(picture, self.frame_of(picture))
        except WRONG as problem:
            self.tell(problem)
        else:
            self.tell()

    def frame_of(self, picture: Picture) -> int:
        """Return the frame, counted from 1, that a new picture is to show."""
        was_last = self.step.value == self.picture.steps
        if was_last or not self.stays:
            return picture.steps
        return min(int(self.step.value), picture.steps)

    def show(self, picture: Picture, number: int | None = None) -> None:
        """Show a picture, at one of its frames counted from 1; the last by default."""
        number = picture.steps if number is None else number
        before, self.picture = self.picture, picture
        try:
            self._show(number)  # first of all, so that typing feels direct
        except WRONG:
            self.picture = before
            raise
        self._set_slider(number)

    def tell(self, problem: Exception | None = None) -> None:
        """Put into the status line what went wrong, or what `said` says."""
        self.say(self.said() if problem is None else str(problem), self.status)

    @staticmethod
    def say(text: str, line: Any) -> None:
        """Put a sentence into a line that `line` made."""
        line.value = escape(text)

    def _show(self, number: int) -> None:
        self._view.value = self.picture.svg(number - 1, prefix=self._prefix)

    def _set_slider(self, number: int) -> None:
        self.step.unobserve(self._stepped, "value")
        self.step.max = self.picture.steps
        self.step.value = number
        # Hidden, it keeps its room: the picture below stays where it is.
        self.step.layout.visibility = None if self.picture.steps > 1 else "hidden"
        self.step.observe(self._stepped, "value")

    def _stepped(self, change: object = None) -> None:
        number = min(self.step.value, self.picture.steps)
        self._show(number)
        self._heard.value = _UNSEEN % escape(self.picture.alt(number - 1))

    # --------------------------------- controls ---------------------------------

    def text(self, label: str, value: str, *, tooltip: str = "") -> Any:
        """Return a box to type in; every key redraws."""
        made = self.widgets.Text(
            value=value,
            description=label,
            continuous_update=True,
            tooltip=tooltip or label,
            style={"description_width": LABEL},
        )
        return self.watch(made)

    def slider(
        self, label: str, value: float, low: float, high: float, *, by: float = 1
    ) -> Any:
        """Return a slider, of whole numbers where all of its numbers are whole."""
        whole = all(isinstance(n, int) for n in (value, low, high, by))
        kind = self.widgets.IntSlider if whole else self.widgets.FloatSlider
        made = kind(
            value=value,
            min=low,
            max=high,
            step=by,
            description=label,
            continuous_update=True,
            style={"description_width": LABEL},
        )
        return self.watch(made)

    def choice(self, label: str, options: Sequence[Any], value: Any) -> Any:
        """Return a list to choose one of."""
        made = self.widgets.Dropdown(
            options=options,
            value=value,
            description=label,
            style={"description_width": LABEL},
        )
        return self.watch(made)

    def toggle(self, label: str, *, on: bool = False) -> Any:
        """Return a box to tick."""
        made = self.widgets.Checkbox(value=on, description=label, indent=False)
        made.layout.width, made.layout.margin = "auto", "2px 20px 2px 4px"
        return self.watch(made)

    def watch(self, control: Any) -> Any:
        """Return a control of any kind, which from now on redraws when it changes."""
        control.observe(self._changed, "value")
        return control

    def row(self, *controls: Any) -> Any:
        """Return controls side by side, or below each other where room is short."""
        return self.widgets.HBox(list(controls), layout={"flex_flow": "row wrap"})

    def line(self, *, seen: bool = True) -> Any:
        """Return a line of text that screen readers speak when it changes."""
        made = self.widgets.HTML(layout={"min_height": "1.6em"} if seen else {})
        made.add_class("gradlab-line")
        return made

    def _changed(self, change: object = None) -> None:
        self.redraw()

    # -------------------------------- in a notebook --------------------------------

    def _ipython_display_(self) -> None:
        """Show the controls, and below them a picture that outlives the kernel."""
        from IPython.display import display

        controls = {**self.widget._repr_mimebundle_(), "text/plain": _GONE}
        display(controls, raw=True)
        picture = self.still()
        said, source = picture.alt(), data_uri(picture.svg(theme="light"))
        image = f'<img alt="{escape(said)}" src="{source}">'
        still = f"<details open><summary>{_STILL}</summary>{image}</details>"
        html = still + script(f"{self._prefix}all")
        display({"text/html": html, "text/plain": said}, raw=True)

    def __repr__(self) -> str:
        return f"<{self.called}: {self.picture.title}>"


class StaticExplorer(Picture):
    """What stands in for an explorer where ipywidgets is missing: one picture."""

    def __init__(self, picture: Picture, instead: str) -> None:
        self.picture = picture
        self.steps, self.title = picture.steps, picture.title
        self.hint = (
            "The explorer needs the package ipywidgets (pip install ipywidgets). "
            f"Until then, {instead}"
        )

    def scene(self, step: int) -> Scene:
        """Return what the picture draws."""
        return self.picture.scene(step)

    def alt(self, step: int = -1) -> str:
        """Return what is missing, then the picture in words."""
        return f"{self.hint}. {self.picture.alt(step)}"

    def table(self) -> str:
        """Return the picture's table."""
        return self.picture.table()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        bundle = super()._repr_mimebundle_()
        hint = f"<p>{escape(self.hint)}</p>"
        return {**bundle, "text/html": hint + bundle["text/html"]}


def explore(
    make: Callable[[Any], Made], picture: Callable[[], Picture], instead: str
) -> Made | StaticExplorer:
    """Return an explorer; without ipywidgets its first picture and a hint.

    Parameters
    ----------
    make : makes the explorer, given the module ipywidgets
    picture : makes the picture that it starts with
    instead : how to go on without controls, as the end of "Until then, ..."
    """
    try:
        import ipywidgets
    except ImportError:
        return StaticExplorer(picture(), instead)
    return make(ipywidgets)
