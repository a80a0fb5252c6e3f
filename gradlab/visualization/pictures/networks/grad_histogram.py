"""grad_histogram: how large the gradients of each layer are, in powers of ten."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from gradlab.visualization.own_code import plain
from gradlab.visualization.picture import Picture
from gradlab.visualization.pictures.networks.grad_histogram_plan import (
    EXPLODING,
    NAME,
    ROW,
    VANISHING,
    WIDE,
    Scale,
    bar,
    is_bad,
    verdict,
)
from gradlab.visualization.scene import Bounds, Item, Scene, Text
from gradlab.visualization.sheet import Line, sheet
from gradlab.visualization.text import counted, number, shorten, table_text, width
from gradlab.visualization.training_history import History, Kept, Sizes, sizes_of

LAYERS, EPOCHS = 14, 12  # of more layers the first and last, of epochs some
Layers = dict[str, Sizes | None]


class GradHistogram(Picture):
    """A bar per layer: layer by layer as backward runs, or epoch by epoch."""

    def __init__(self, epochs: Sequence[tuple[int | None, Layers]]) -> None:
        self.epochs = list(epochs)
        self.names = list(dict.fromkeys(n for _, each in epochs for n in each))
        self.rows = _rows(len(self.names))
        self.film = len(self.epochs) > 1
        self.backward = [k for k in reversed(self.rows) if k is not None]
        self.steps = len(self.epochs) if self.film else max(1, len(self.backward))
        self.title = (
            f"How large are the gradients of {counted(len(self.names), 'parameter')}?"
        )
        self.shown = [shorten(name, 150, NAME) for name in self.names]
        wide = max((width(name, NAME) for name in self.shown), default=0.0)
        every = (s for _, each in self.epochs for s in each.values())
        self.scale = Scale.around(every, max(wide, 30) + 18)

    def layers(self, step: int) -> Layers:
        """Return the gradients of a frame by layer."""
        return self.epochs[step if self.film else 0][1]

    def known(self, step: int) -> list[int]:
        """Return the rows that a frame shows, in the order backward reaches them."""
        return self.backward if self.film else self.backward[: step + 1]

    # ---------------------------------- drawing ----------------------------------

    def scene(self, step: int) -> Scene:
        """Return the bars of a frame over their axis."""
        return sheet(
            self.heading(step),
            self._body(step),
            [*self._lines(step), *self._folded()],
            around=self._around,
        )

    @property
    def _bottom(self) -> float:
        return ROW * max(1, len(self.rows)) + 8

    @cached_property
    def _around(self) -> Bounds:
        steps = range(self.steps)
        items = [item for k in steps for item in self._body(k)]
        return Bounds.around(item.bounds() for item in items)

    def _body(self, step: int) -> Iterator[Item]:
        yield from self.scale.items(self._bottom)
        known = self.known(step)
        for place, k in enumerate(self.rows):
            y = ROW * (place + 0.5) + 4
            if k is None:
                yield Text(self.scale.x - 12, y, "…", NAME, "soft", "end")
                continue
            ink = "ink" if k in known else "soft"
            yield Text(self.scale.x - 12, y, self.shown[k], NAME, ink, "end")
            if k in known:
                yield from self._row(self.layers(step).get(self.names[k]), y)

    def _row(self, sizes: Sizes | None, y: float) -> Iterator[Item]:
        if sizes and sizes.high > 0:
            yield from bar(sizes, self.scale, y)
        x = self.scale.x + WIDE + 14
        ink = "wrong-ink" if is_bad(sizes) else "ink"
        yield Text(x, y, row_words(sizes), NAME, ink, "start")

    # ----------------------------------- words -----------------------------------

    def heading(self, step: int) -> str:
        """Return the line above a frame."""
        if not self.names:
            return "There are no parameters here"
        if self.film:
            return f"Epoch {self.epochs[step][0]}: {self._span(step)}"
        k = self.known(step)[-1]
        return f"Backward reaches {self.shown[k]}: {self._told(step, k)}"

    def _span(self, step: int) -> str:
        """Say between which medians the drawn gradients of an epoch lie."""
        layers = self.layers(step)
        found = [(layers.get(self.names[k]), self.shown[k]) for k in self.backward]
        medians = [(s.median, name) for s, name in found if s and s.median > 0]
        if not medians:
            return "no gradient to draw"
        (low, least), (high, most) = min(medians), max(medians)
        return f"medians {number(low)} ({least}) to {number(high)} ({most})"

    def _told(self, step: int, k: int) -> str:
        return row_words(self.layers(step).get(self.names[k]))

    def _lines(self, step: int) -> Iterator[Line]:
        layers, known = self.layers(step), self.known(step)
        for word, meaning in _MEANINGS.items():
            names = [
                self.shown[k]
                for k in sorted(known)
                if verdict(layers.get(self.names[k])) == word
            ]
            if names:
                listed = ", ".join(names[:4]) + (", …" if len(names) > 4 else "")
                yield f"{listed}: {meaning}", "wrong-ink"
        if self.names:
            yield _HOW_TO_READ, "soft"

    def _folded(self) -> list[Line]:
        left_out = len(self.names) - len(self.backward)
        said = f"{left_out} of {len(self.names)} parameters are not drawn."
        return [(said, "soft")] if left_out else []

    def alt(self, step: int = -1) -> str:
        """Return the median of every layer of a frame, in words."""
        step = self.at(step)
        rows = [f"{self.shown[k]}: {self._told(step, k)}." for k in self.known(step)]
        ends = [line for line, ink in self._lines(step) if ink != "soft"]
        folded = [line for line, _ in self._folded()]
        return " ".join([f"{self.heading(step)}.", *rows, *ends, *folded])

    def table(self) -> str:
        """Return the sizes of every layer in every frame, and the marks of the axis."""
        head = ["epoch"] if self.film else []
        head += ["parameter", "10%", "median", "90%", "zeros", "numbers", "verdict"]
        rows = [
            ([str(epoch)] if self.film else []) + [name, *_cells(layers.get(name))]
            for epoch, layers in self.epochs
            for name in self.names
        ]
        marks = ", ".join(map(number, self.scale.marks))
        bands = f"vanishing below {number(VANISHING)}, exploding above "
        return f"{table_text(head, rows)}\nMarks: {marks}; {bands}{number(EXPLODING)}"

    def ask(self, step: int) -> str:
        """Return what to ask before a frame."""
        if self.film:
            return "A later epoch: will the gradients have grown or shrunk?"
        if not self.names or step == 0:
            return "Backward begins at the loss. Which layer does it reach first?"
        name = self.shown[self.known(step)[-1]]
        return f"{name} is further from the loss. Is its gradient larger or smaller?"


_MEANINGS = {
    "vanishing": "vanishing, so these hardly move in a step.",
    "exploding": "exploding, so one step throws these far away.",
    "all zero": "every number is 0, so these never move.",
    "NaN or inf": "some numbers are NaN or infinite, and a step spoils these.",
    "no gradient": "no gradient. Run backward() first, or is it left out of the loss?",
}
_HOW_TO_READ = (
    "A bar leaves out the smallest tenth of the sizes and the largest tenth; the thick "
    "line is the median. Zeros are counted in words."
)


def _rows(count: int) -> list[int | None]:
    """Return the layers to draw: all, or the first ones, "…" and the last ones."""
    if count <= LAYERS:
        return list(range(count))
    half = LAYERS // 2
    return [*range(half), None, *range(count - half, count)]


def row_words(sizes: Sizes | None) -> str:
    """Return what stands beside a bar.

    Examples
    --------
    >>> row_words(Sizes(0.01, 0.02, 0.03, 0.25, 8, 0))
    'median 0.02, 25% zeros'
    """
    word = verdict(sizes)
    if sizes is None or word in ("no numbers", "all zero"):
        return word
    share = round(100 * sizes.zeros, 1)
    zeros = f", {number(share)}% zeros" if share else ""
    bad = f", {word}" if is_bad(sizes) else ""
    return f"median {number(sizes.median)}{zeros}{bad}"


def _cells(sizes: Sizes | None) -> list[str]:
    if sizes is None:
        return ["", "", "", "", "", verdict(sizes)]
    marks = map(number, (sizes.low, sizes.median, sizes.high))
    zeros = f"{number(round(100 * sizes.zeros, 1))}%"
    return [*marks, zeros, str(sizes.numbers), verdict(sizes)]


def grad_histogram(gradients: Any = None, *, history: Any = None) -> GradHistogram:
    """Return the sizes of all gradients of a model, a bar per parameter.

    Give a model for one moment, told layer by layer as backward reaches them, or a
    history whose `record` was given the model, for a film of the epochs.

    Parameters
    ----------
    gradients : a model after `backward()`, or gradients as {name: tensor}
    history : a `History`, in place of these

    Raises
    ------
    TypeError
        If it is no model, dict of gradients, or history; or parameters are given in
        place of their gradients.
    ValueError
        If the history never saw the model.

    Examples
    --------
    >>> picture = grad_histogram({"first": [1e-9, -1e-9], "last": [0.5, -0.25]})
    >>> print(picture.alt(0))
    Backward reaches last: median 0.375. last: median 0.375.
    """
    if isinstance(gradients, History):
        history = gradients
    if gradients is None and history is None:
        raise TypeError(
            "grad_histogram takes a model after backward(), gradients as "
            "{name: gradient}, or history=, a viz.History(); got None."
        )
    if history is None:
        return GradHistogram([(None, sizes_of(gradients))])
    if not isinstance(history, History):
        raise TypeError(f"history is a viz.History(); got {plain(history)}.")
    seen = [kept for kept in history.kept if kept.sizes is not None]
    if not seen:
        raise ValueError(
            "This history holds no gradients: give it the model after backward(), as "
            "in history.record(loss, model=model)."
        )
    return GradHistogram([(kept.epoch, kept.sizes or {}) for kept in spaced(seen)])


def spaced(kept: Sequence[Kept], most: int = EPOCHS) -> list[Kept]:
    """Return at most `most` of the epochs, evenly spread, with the first and last."""
    last = max(len(kept) - 1, 0)
    places = {round(k * last / (most - 1)) for k in range(most)}
    return [kept[k] for k in sorted(places)] if kept else []
