"""loss_ladder: from logits to one loss, stage by stage, and the gradient back."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from gradlab.visualization.picture import Picture
from gradlab.visualization.pictures.networks.loss_ladder_story import (
    FRAMES,
    Ladder,
    named,
)
from gradlab.visualization.pictures.networks.loss_ladder_words import Telling
from gradlab.visualization.pictures.parts.grids import Index, TensorGrid, cell_width
from gradlab.visualization.scene import Arrow, Bounds, Box, Item, Scene, Text
from gradlab.visualization.sheet import sheet
from gradlab.visualization.text import number, shorten, width

LONG, WIDE = 8, 4  # more samples or classes than this are folded
TOP, APART, BARS = 44.0, 42.0, 170.0
STAGES = {"logits": "logits", "exp": "e^(logit - max)", "probs": "p"}
BACK = {"probs": "p", "onehot": "onehot", "gradient": "gradient"}
SIGNS = ("−", "/ n")


class LossLadder(Picture):
    """Stages from left to right: logits, powers, probabilities, losses, the mean."""

    def __init__(
        self,
        logits: Any,
        labels: Any,
        *,
        names: Sequence[str] | None = None,
        classes: Sequence[str] | None = None,
    ) -> None:
        self.ladder = Ladder(logits, labels)
        samples, kinds = self.ladder.shape
        own = (named(names, samples, "sample"), named(classes, kinds, "class"))
        short = 0 if samples <= LONG and kinds <= WIDE else 4
        self.plan = TensorGrid((samples, kinds), short=short)
        cells = [] if self.plan.empty else list(self.plan.shown())
        self.rows = sorted({i for i, _ in cells})
        columns = sorted({j for _, j in cells})
        self.telling = Telling(self.ladder, own, (self.rows, columns))
        self.names, self.classes = own
        self._place()
        self.steps = len(FRAMES)
        self.title = self.telling.title

    def _place(self) -> None:
        """Place the three grids of a stage each, and the two columns of the losses."""
        texts = [number(x) for name in (*STAGES, *BACK) for x in self._numbers(name)]
        texts += [number(self.ladder.p(i)) for i in self.rows]
        texts += [number(self.ladder.losses[i]) for i in self.rows]
        wide = cell_width([*texts, number(self.ladder.mean)])
        x = max([width(self.names[i], 14) for i in self.rows], default=0.0) + 14
        self.grids = []
        for title in STAGES.values():
            self.grids.append(self._grid(self.plan.shape, x, wide))
            own = self.grids[-1].bounds().right
            x = max(own, x + width(title, 15, bold=True)) + APART
        self.p = self._grid((self.ladder.shape[0], 1), x, wide)
        self.losses = self._grid((self.ladder.shape[0], 1), x + wide + 26, wide)
        self.bars = self.losses.bounds().right + 24

    def _grid(self, shape: Index, x: float, wide: float) -> TensorGrid:
        short = self.plan.level
        return TensorGrid(shape, x, TOP, (wide, 36.0), room=1e6, short=short)

    def _numbers(self, name: str) -> Iterator[float]:
        array = getattr(self.ladder, name)
        for index in () if self.plan.empty else self.plan.shown():
            yield float(array[index])

    # ---------------------------------- drawing ----------------------------------

    def scene(self, step: int) -> Scene:
        """Return one frame: the stages so far, or the three grids of backward."""
        frame = FRAMES[step]
        body = [*self._samples(), *self._stages(frame)]
        if frame in ("losses", "guess", "mean"):
            body += [*self._columns(), *self._mean(frame)]
        if frame in ("guess", "mean"):
            body += self._bars()
        return sheet(
            self.telling.heading(frame),
            body,
            self.telling.foot(frame),
            around=self._around(),
        )

    def _around(self) -> Bounds:
        bottom = self.losses.bounds().bottom + 70
        return Bounds(0, 0, self.bars + BARS, bottom)

    def _samples(self) -> Iterator[Item]:
        for row in self.rows:
            y = self.losses.box((row, 0)).center[1]
            yield Text(0, y, self.names[row], 14, anchor="start")

    def _shown(self, frame: str) -> tuple[str, ...]:
        """Return which arrays a frame draws, from left to right."""
        if frame in ("turn", "gradient"):
            return tuple(BACK)[: 2 if frame == "turn" else 3]
        return tuple(STAGES)[: FRAMES.index(frame) + 1]

    def _stages(self, frame: str) -> Iterator[Item]:
        back = frame in ("turn", "gradient")
        for k, name in enumerate(self._shown(frame)):
            grid = self.grids[k]
            yield from self._stage(grid, name, BACK[name] if back else STAGES[name])
            if k:
                yield self._between(k, back)

    def _stage(self, grid: TensorGrid, name: str, title: str) -> Iterator[Item]:
        array = getattr(self.ladder, name)
        late = name == "gradient"
        ink = "gradient-ink" if late else "ink"
        yield Text(grid.x, 8, title, 15, ink, "start", bold=True)
        if grid.empty:
            yield grid.nothing()
            return
        yield from self._class_names(grid)
        for index in grid.shown():
            hit = self.ladder.labels[index[0]] == index[1] and name != "onehot"
            look = "gradient" if late else "forward" if hit else "cell"
            marks = ("selected",) if hit else ()
            text = number(array[index])
            yield grid.box(index, text, look, marks=marks, bold=hit)
        yield from grid.dots()

    def _class_names(self, grid: TensorGrid) -> Iterator[Item]:
        for j in self.telling.columns:
            box = grid.box((self.rows[0], j))
            name = shorten(self.classes[j], box.w + 2, 12)
            yield Text(box.center[0], TOP - 12, name, 12, "soft")

    def _between(self, k: int, back: bool) -> Item:
        """Return the sign or arrow between two stages."""
        left, right = self.grids[k - 1].bounds(), self.grids[k].bounds()
        y = (left.top + left.bottom) / 2
        if back:
            return Text(right.left - APART / 2, y, SIGNS[k - 1], 17, "ink")
        return Arrow(((right.left - APART + 8, y), (right.left - 8, y)), "forward")

    def _columns(self) -> Iterator[Item]:
        for grid, title in ((self.p, "p(label)"), (self.losses, "loss")):
            x = grid.x + grid.cell[0] / 2
            yield Text(x, 8, title, 15, bold=True)
            yield from () if grid.empty else grid.dots()
        for row in self.rows:
            one, two = self.p.box((row, 0)), self.losses.box((row, 0))
            yield self.p.box((row, 0), number(self.ladder.p(row)), "forward")
            yield self.losses.box((row, 0), number(self.ladder.losses[row]))
            ends = (one.port("right"), two.port("left"))
            yield Arrow(ends, "forward")
        middle = (self.p.bounds().top + self.p.bounds().bottom) / 2
        yield Arrow(((self.p.x - APART + 8, middle), (self.p.x - 8, middle)), "forward")

    def _mean(self, frame: str) -> Iterator[Item]:
        if frame != "mean":
            return
        x, y = self.losses.x, self.losses.bounds().bottom + 26
        yield Text(x - 10, y + 18, "mean", 15, "ink", "end", bold=True)
        text, marks = number(self.ladder.mean), ("selected",)
        yield Box(
            x, y, self.losses.cell[0], 36, text, "forward", marks=marks, bold=True
        )

    # ------------------------------------ bars ------------------------------------

    def _bars(self) -> Iterator[Item]:
        """Yield a bar per loss, and the line of the uniform guess."""
        finite = [x for x in self.ladder.losses[self.rows] if math.isfinite(x)]
        scale = (BARS - 30) / (max([*finite, self.ladder.guess]) or 1.0)
        for row in self.rows:
            yield self._bar(float(self.ladder.losses[row]), row, scale)
        x = self.bars + self.ladder.guess * scale
        low, high = TOP - 8, self.losses.bounds().bottom + 12
        yield Arrow(((x, low), (x, high)), "stretch", head=False)
        text = self.telling.bound
        left = min(x - width(text, 14) / 2, self.bars + BARS - width(text, 14))
        yield Text(max(self.bars, left), high + 12, text, 14, "ink", "start")

    def _bar(self, loss: float, row: int, scale: float) -> Item:
        y = self.losses.box((row, 0)).y
        if math.isnan(loss):
            return Text(self.bars, y + 18, "NaN", 14, "wrong-ink", "start")
        if math.isinf(loss):
            return Box(self.bars, y + 6, BARS, 24, "inf", "wrong", marks=("wrong",))
        return Box(self.bars, y + 8, max(1.5, loss * scale), 20, look="forward")

    # ----------------------------------- words -----------------------------------

    def alt(self, step: int = -1) -> str:
        """Return a frame in words, with its numbers."""
        frame = FRAMES[self.at(step)]
        return self.telling.alt(frame, self._shown(frame))

    def table(self) -> str:
        """Return every number that is drawn, as plain text."""
        return self.telling.table()

    def ask(self, step: int) -> str:
        """Return what to ask a class before a frame."""
        return {
            "exp": "How do scores become shares, when e^1000 is too large to write?",
            "probs": "What makes each row add up to 1?",
            "losses": "Which sample is the model most wrong about?",
            "guess": "What loss has a model that knows nothing? Can a loss be larger?",
            "mean": "A loss per sample, and one number for all of them: how?",
            "turn": "What should p have been?",
            "gradient": "Which logits should go up, which down? Why divide?",
        }.get(FRAMES[self.at(step)], "What does the network give, and what is wanted?")


def loss_ladder(
    logits: Any,
    labels: Any,
    *,
    names: Sequence[str] | None = None,
    classes: Sequence[str] | None = None,
) -> LossLadder:
    """Return the picture of a cross entropy, from logits to the mean loss and back.

    Parameters
    ----------
    logits : (samples, classes): a tensor, an array or nested lists; (classes,) for one
    labels : the class of every sample, counted from 0
    names : what to call the samples
    classes : what to call the classes

    Raises
    ------
    ValueError
        If the shapes do not fit, a label is no class, or names are too few or many.
    TypeError
        If logits or labels hold no numbers, or names come in no list.

    Examples
    --------
    >>> picture = loss_ladder([[1.01, 1.2], [12.5, 0.02], [0.23, 1.35]], [0, 0, 1])
    >>> picture.alt(5).split(". ")[1]
    'Loss of the batch: the mean, 0.358'
    """
    return LossLadder(logits, labels, names=names, classes=classes)
