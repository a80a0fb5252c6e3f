"""loop_wheel: a round of training as a wheel of five stations, with live numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from gradlab.indexing import is_whole
from gradlab.visualization.own_code import plain
from gradlab.visualization.picture import Picture
from gradlab.visualization.pictures.networks.loop_wheel_run import Trainer, read_trainer
from gradlab.visualization.pictures.networks.loop_wheel_words import (
    CODE,
    LOOKS,
    TOLD,
    Words,
)
from gradlab.visualization.scene import Arrow, Bounds, Box, Item, Point, Scene, Text
from gradlab.visualization.sheet import sheet

MOST = 6  # rounds
WIDE, HIGH = 240.0, 66.0  # of a station
ACROSS, DOWN = 320.0, 178.0  # half the axes of the wheel


class LoopWheel(Picture):
    """Five stations in a ring: forward, loss, backward, step, zero_grad."""

    def __init__(self, trainer: Trainer, rounds: int, watch: Any = None) -> None:
        self.watched, self.rounds = trainer.run(rounds, watch)
        self.zero = trainer.zero
        self.words = Words(
            str(self.watched), self.rounds, len(trainer.y), trainer.zero, _rate(trainer)
        )
        self.steps = 1 + 5 * rounds
        self.title = "The wheel of training" + (
            "" if self.zero else ", one part left out"
        )

    def place(self, step: int) -> tuple[int, int]:
        """Return the round and the station of a frame; station -1 before the first."""
        return ((step - 1) // 5, (step - 1) % 5) if step else (0, -1)

    # ---------------------------------- drawing ----------------------------------

    def scene(self, step: int) -> Scene:
        """Return the wheel with the numbers of this round so far."""
        at, station = self.place(step)
        lines = self.words.lines(at, station)
        return sheet(
            self.words.heading(at, station), self._body(at, station), lines, around=_ALL
        )

    def _body(self, at: int, station: int) -> Iterator[Item]:
        for k in range(5):
            yield self._arrow(k, station, at)
        for k in range(5):
            yield from self._station(at, k, station)
        yield from self._hub(at, station)

    def _arrow(self, k: int, station: int, at: int) -> Arrow:
        """Return the way from station k to the next."""
        again = "plain" if k == 4 and at else "muted"
        return _way(k, LOOKS[k] if k < station else again)

    def _station(self, at: int, k: int, station: int) -> Iterator[Item]:
        x, y = _center(k)
        missing = k == 4 and not self.zero
        look = LOOKS[k] if k <= station else "muted"
        marks: tuple[str, ...] = ("selected",) if k == station else ()
        if missing:
            look, marks = "wrong", (*marks, "wrong")
        yield Box(x - WIDE / 2, y - HIGH / 2, WIDE, HIGH, look=look, marks=marks)
        told = self.words.told(at, k, WIDE - 12) if k <= station else ""
        if missing:
            told = told or "left out"  # words stand on plates, clear of the hatch
            yield Box(x - WIDE / 2 + 8, y - 25, WIDE - 16, 50, look="paper")
        yield Text(x, y - 13 if told else y, CODE[k], 14, "ink", bold=True, mono=True)
        if told:
            yield Text(x, y + 14, told, TOLD, _INKS.get(look, "ink"))

    def _hub(self, at: int, station: int) -> Iterator[Item]:
        yield Text(0, -46, f"round {at + 1}", 18, bold=True)
        for k, (name, value) in enumerate(self.words.ledger(at, station)):
            y = -14 + 26 * k
            yield Text(-8, y, name, 15, "soft", "end")
            yield Text(8, y, value, 15, "ink", "start", bold=True)

    # ----------------------------------- words -----------------------------------

    def alt(self, step: int = -1) -> str:
        """Return what this station does, and the numbers of the round so far."""
        at, station = self.place(self.at(step))
        lines = [line for line, _ in self.words.lines(at, station)]
        ledger = (f"{name} {value}" for name, value in self.words.ledger(at, station))
        head = f"{self.words.heading(at, station)}."
        return " ".join([head, *lines, f"Now: {', '.join(ledger)}."])

    def table(self) -> str:
        """Return a row per round."""
        return self.words.table()

    def ask(self, step: int) -> str:
        """Return what to ask before a frame."""
        return self.words.ask(*self.place(step))


_INKS = {"forward": "forward-ink", "gradient": "gradient-ink", "wrong": "wrong-ink"}


def _center(k: int) -> Point:
    turn = math.radians(-90 + 72 * k)
    return (ACROSS * math.cos(turn), DOWN * math.sin(turn))


_ALL = Bounds.of_points(map(_center, range(5))).grown(HIGH / 2)
_ALL = _ALL._replace(left=_ALL.left - WIDE / 2 + HIGH / 2)
_ALL = _ALL._replace(right=_ALL.right + WIDE / 2 - HIGH / 2)


def _way(k: int, look: str) -> Arrow:
    """Return the arrow from station k to the next, from edge to edge."""
    start, end = _center(k), _center((k + 1) % 5)
    return Arrow((_edge(start, end), _edge(end, start)), look, "arc", bend=12)


def _edge(center: Point, towards: Point) -> Point:
    """Return where the way to another station leaves the box around this one."""
    dx, dy = towards[0] - center[0], towards[1] - center[1]
    shares = [
        (size / 2 + 7) / abs(d) for size, d in ((WIDE, dx), (HIGH, dy)) if abs(d) > 1
    ]
    share = min(shares)
    return (center[0] + dx * share, center[1] + dy * share)


def _rate(trainer: Trainer) -> float | None:
    """Return the learning rate where a step is plain: lr times the gradient."""
    optimizer = trainer.optimizer
    plain_step = getattr(optimizer, "momentum", None) == 0
    return float(optimizer.lr) if plain_step and hasattr(optimizer, "lr") else None


def loop_wheel(
    model: Any,
    data: Any,
    optimizer: Any,
    loss: Any = None,
    *,
    watch: Any = None,
    zero: bool = True,
    rounds: int = 2,
) -> LoopWheel:
    """Return rounds of training as a wheel: forward, loss, backward, step, zero_grad.

    It trains a copy: the model, the optimizer and the random numbers stay as they are.

    Parameters
    ----------
    model, optimizer : as for training; the optimizer holds the model's parameters
    data : a data set, a batch of one, or a pair of tensors (x, y)
    loss : a function of the outputs and y; by default the one for logits of 0 or 1
    watch : the number to follow: a parameter's name, or (name, index)
    zero : False leaves zero_grad out, and shows how gradients then add up
    rounds : 1 to 6

    Raises
    ------
    TypeError
        If a part is of the wrong kind.
    ValueError
        If there is nothing to train, no such parameter, or rounds is out of range.
    IndexError
        If the parameter has no such cell.

    Examples
    --------
    >>> from gradlab import datasets, nn, tensor
    >>> from gradlab.optim import SGD
    >>> model = nn.Linear(1, 1)
    >>> model.load_state_dict({"weight": [[1.0]], "bias": [0.0]})
    >>> square = lambda out, y: ((out.view(-1) - y) ** 2).mean()
    >>> data = (tensor([[1.0], [2.0]]), tensor([2.0, 4.0]))
    >>> picture = loop_wheel(model, data, SGD(model.parameters(), lr=0.1), square)
    >>> picture.alt(4).split(". ")[0]
    'Round 1, step: weight[0,0] goes from 1 to 1.5'
    """
    if not is_whole(rounds) or not 1 <= rounds <= MOST:
        raise ValueError(
            f"rounds is a whole number from 1 to {MOST}; got {plain(rounds)}."
        )
    trainer = read_trainer(model, data, optimizer, loss, zero=bool(zero))
    return LoopWheel(trainer, int(rounds), watch)
