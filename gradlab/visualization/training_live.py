"""training: a loop over epochs that shows how it goes, in place, without flicker."""

from __future__ import annotations

import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sized
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from gradlab.indexing import is_whole
from gradlab.visualization.own_code import plain
from gradlab.visualization.picture import Picture
from gradlab.visualization.pictures.networks.loss_curve import loss_curve
from gradlab.visualization.text import escape, number
from gradlab.visualization.training_history import History

if TYPE_CHECKING:
    from rich.progress import Progress

EVERY = 0.2  # seconds between two redraws, at least
SHARE = 4.0  # and this many times as long as a redraw takes
Epoch = TypeVar("Epoch")


class Training(Generic[Epoch]):
    """Epochs to loop over; while the loop runs, its progress is shown.

    Attributes
    ----------
    done : how many epochs are finished
    count : how many there are; None where that is not known
    """

    def __init__(
        self,
        epochs: Iterable[Epoch],
        history: History | None = None,
        draw: Callable[[], Picture] | None = None,
    ) -> None:
        self.epochs, self.history, self.draw = epochs, history, draw
        self.count = len(epochs) if isinstance(epochs, Sized) else None
        self.done, self._started = 0, 0.0

    def __iter__(self) -> Iterator[Epoch]:
        self.done, self._started = 0, time.monotonic()
        screen = _screen(self)
        due = 0.0
        try:
            for epoch in self.epochs:
                yield epoch
                self.done += 1
                begun = time.monotonic()
                if begun >= due:
                    screen.show()
                    now = time.monotonic()
                    due = now + max(EVERY, SHARE * (now - begun))
        finally:
            screen.close()

    # ----------------------------------- words -----------------------------------

    @property
    def seconds(self) -> float:
        """How long it has run."""
        return time.monotonic() - self._started

    def loss(self) -> str:
        """Return the last loss in words, if one was recorded."""
        kept = self.history.kept if self.history else []
        return f"loss {number(kept[-1].loss)}" if kept else ""

    def says(self) -> str:
        """Return how far it has come and how long the rest takes."""
        of = f" of {self.count}" if self.count is not None else ""
        parts = [f"epoch {self.done}{of}", self.loss()]
        if self.count and self.done:
            left = self.seconds / self.done * (self.count - self.done)
            parts.append(f"about {left:.0f} s left")
        return ", ".join(filter(None, parts))

    def ended(self) -> str:
        """Return how it ended."""
        whole = self.count is None or self.done == self.count
        epochs = "1 epoch" if self.done == 1 else f"{self.done} epochs"
        how = epochs if whole else f"stopped after {self.done} of {self.count} epochs"
        parts = [f"{how} in {self.seconds:.1f} s", self.loss()]
        return ", ".join(filter(None, parts))

    def picture(self) -> Picture | None:
        """Return what is drawn now: by default the losses so far."""
        if self.draw is not None:
            return self.draw()
        return loss_curve(self.history) if self.history is not None else None


class _Screen(ABC):
    """Where progress is shown."""

    def __init__(self, run: Training[Any]) -> None:
        self.run = run

    @abstractmethod
    def show(self) -> None:
        """Show how it goes now."""

    @abstractmethod
    def close(self) -> None:
        """Show how it ended; only the first call counts."""


def _screen(run: Training[Any]) -> _Screen:
    """Return a notebook's output, or a line of text."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return _Notebook(run, shell) if hasattr(shell, "kernel") else _Terminal(run)


class _Notebook(_Screen):
    """One output that is replaced in place; the last state stays in the notebook."""

    def __init__(self, run: Training[Any], shell: Any) -> None:
        from IPython.display import display

        super().__init__(run)
        self.shell, self.open = shell, True
        self.handle = display(self._bundle(live=True), raw=True, display_id=True)
        # An error or interrupt keeps the loop alive in its traceback, so `finally`
        # may come late: the end of the cell closes the output as well.
        shell.events.register("post_run_cell", self._cell_ended)

    def show(self) -> None:
        self.handle.update(self._bundle(live=True), raw=True)

    def close(self) -> None:
        if self.open:
            self.open = False
            self.shell.events.unregister("post_run_cell", self._cell_ended)
            self.handle.update(self._bundle(live=False), raw=True)

    def _cell_ended(self, result: object = None) -> None:
        self.close()

    def _bundle(self, *, live: bool) -> dict[str, str]:
        said = self.run.says() if live else self.run.ended()
        drawn, told = _drawn(self.run)
        html = f"<div>{_bar(self.run) if live else ''}{escape(said)}</div>{drawn}"
        return {"text/html": html, "text/plain": f"{said}. {told}".strip()}


def _bar(run: Training[Any]) -> str:
    if run.count is None:
        return ""
    return (
        f'<progress max="{max(run.count, 1)}" value="{run.done}" '
        'aria-label="epochs done"></progress> '
    )


def _drawn(run: Training[Any]) -> tuple[str, str]:
    """Return the picture as HTML and in words; a failing one stops no training."""
    try:
        picture = run.picture()
        bundle = picture._repr_mimebundle_() if picture is not None else {}
    except Exception as problem:
        told = f"The picture failed: {type(problem).__name__}: {problem}"
        return f"<p>{escape(told)}</p>", told
    return bundle.get("text/html", ""), bundle.get("text/plain", "")


class _Terminal(_Screen):
    """One line of text with a bar, drawn by rich."""

    def __init__(self, run: Training[Any]) -> None:
        super().__init__(run)
        self.progress = _rich_progress()
        self.task = self.progress.add_task("", total=run.count, said="")
        self.progress.start()

    def show(self) -> None:
        self.progress.update(self.task, completed=self.run.done, said=self.run.says())

    def close(self) -> None:
        self.progress.update(self.task, completed=self.run.done, said=self.run.ended())
        self.progress.stop()
        if not self.progress.console.is_terminal:
            self.progress.console.print()


def _rich_progress() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    columns = BarColumn(), TextColumn("{task.fields[said]}", markup=False)
    screen = Console(stderr=True)
    return Progress(*columns, console=screen, auto_refresh=screen.is_terminal)


def training(
    epochs: Any, history: Any = None, *, draw: Callable[[], Picture] | None = None
) -> Training[Any]:
    """Return epochs to loop over, with a bar, the time left, and a picture that grows.

    In a notebook one output is replaced in place, at most five times a second, and the
    last picture stays in it; elsewhere it is one line of text. A loop that is
    interrupted leaves the picture of what it had reached.

    Parameters
    ----------
    epochs : how many, or what to loop over, such as range(100)
    history : a `History` that the loop records into, to draw its losses
    draw : returns the picture to show, in place of the losses

    Raises
    ------
    TypeError
        If one of them is of the wrong kind.

    Examples
    --------
    >>> from gradlab.visualization import History
    >>> history = History()
    >>> for epoch in training(range(3), history):
    ...     history.record(loss=1 / (1 + epoch))
    >>> history
    <History: 3 epochs, loss 1 to 0.333>
    """
    if is_whole(epochs):
        epochs = range(int(epochs))
    if isinstance(epochs, str) or not isinstance(epochs, Iterable):
        raise TypeError(f"epochs is a number or range(100), say; got {plain(epochs)}.")
    if history is not None and not isinstance(history, History):
        raise TypeError(f"history is a viz.History(); got {plain(history)}.")
    if draw is not None and not callable(draw):
        raise TypeError(
            "draw is a function that returns a picture, such as "
            f"lambda: viz.loss_curve(history); got {plain(draw)}."
        )
    return Training(epochs, history, draw)
