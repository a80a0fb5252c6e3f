"""What loop_wheel says: at each station, in the middle of the wheel, and below it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from gradlab.visualization.pictures.networks.loop_wheel_run import Round
from gradlab.visualization.sheet import Line
from gradlab.visualization.text import counted, factor, number, table_text, width

STATIONS = ("forward", "loss", "backward", "step", "zero_grad")
TOLD = 15.0  # size of the number at a station
CODE = (
    "out = model(x)",
    "loss = loss_fn(out, y)",
    "loss.backward()",
    "optimizer.step()",
    "optimizer.zero_grad()",
)
LOOKS = ("forward", "forward", "gradient", "op", "op")
_ASKS = (
    "Which call comes first in a round of training?",
    "The outputs are there. Which one number says how good they are?",
    "Which numbers does backward fill in, and which does it not touch?",
    "Will the watched number grow or shrink in this step?",
    "What would happen if the gradients stayed for the next round?",
)


@dataclass(frozen=True)
class Words:
    """The sentences of a wheel.

    Parameters
    ----------
    name : of the watched number, such as weight[0,0]
    rounds : what happened
    samples : how many there are
    zero : whether gradients are forgotten at the end of a round
    rate : the learning rate, where a step is lr times the gradient
    """

    name: str
    rounds: Sequence[Round]
    samples: int
    zero: bool
    rate: float | None

    def told(self, at: int, k: int, room: float) -> str:
        """Return the number that stands at station k in a round."""
        now = self.rounds[at]
        long, short = (
            (f"first output {number(now.output)}", number(now.output)),
            (f"loss {number(now.loss)}", number(now.loss)),
            (self._sum(now), f"gradient {number(now.grad)}"),
            (f"{number(now.before)} → {number(now.after)}", number(now.after)),
            ("gradient → none" if self.zero else "left out: gradient stays", ""),
        )[k]
        return long if width(long, TOLD) <= room else short

    def _sum(self, now: Round) -> str:
        if now.held is None:
            return f"gradient {number(now.grad)}"
        return f"{number(now.held)} + {factor(now.fresh)} = {number(now.grad)}"

    def ledger(self, at: int, station: int) -> list[tuple[str, str]]:
        """Return what the middle of the wheel says: names and numbers."""
        now = self.rounds[at]
        grad = now.grad if station >= 2 else now.held
        gone = grad is None or (station == 4 and self.zero)
        value = now.after if station >= 3 else now.before
        return [
            ("loss", number(now.loss) if station >= 1 else "?"),
            (self.name, number(value)),
            ("its gradient", "none" if gone else number(grad or 0.0)),
        ]

    def heading(self, at: int, station: int) -> str:
        """Return the line above a frame."""
        if station < 0:
            return "A round of training is five calls; the next round starts again"
        now = self.rounds[at]
        said = (
            f"{counted(self.samples, 'sample')} in, "
            f"{counted(now.outputs, 'output')} out",
            f"how wrong it all is, in one number: {number(now.loss)}",
            f"{self.name} gets its gradient"
            if now.held is None
            else f"{self.name}: its new gradient is added to the old one",
            f"{self.name} goes from {number(now.before)} to {number(now.after)}",
            "gradients are forgotten" if self.zero else "left out",
        )[station]
        return f"Round {at + 1}, {STATIONS[station]}: {said}"

    def lines(self, at: int, station: int) -> list[Line]:
        """Return the sentences below a frame."""
        if station < 0:
            return [(f"Follow one number of the model: {self.name}.", "soft")]
        now = self.rounds[at]
        lines = (
            self._forward,
            self._loss,
            self._backward,
            self._step,
            self._zero,
        )[station](now)
        last = station == 4 and at == len(self.rounds) - 1
        return [*lines, *self._end()] if last and at else lines

    def _forward(self, now: Round) -> list[Line]:
        said = f"The first output is {number(now.output)}. No parameter has changed."
        return [(said, "ink")]

    def _loss(self, now: Round) -> list[Line]:
        return [("Training is about making this number small.", "ink")]

    def _backward(self, now: Round) -> list[Line]:
        if now.held is None:
            way = "raise" if now.grad > 0 else "lower"
            said = f"Its gradient is {number(now.grad)}"
            if now.grad and not math.isnan(now.grad):
                said += f": a slightly larger {self.name} would {way} the loss"
            return [(f"{said}.", "ink")]
        return [
            (
                f"It still held {number(now.held)} from the last round, and gradients "
                f"add up: {self._sum(now)}. Right is {number(now.fresh)}.",
                "wrong-ink",
            )
        ]

    def _step(self, now: Round) -> list[Line]:
        if now.after == now.before and abs(now.grad) > 1e-9 * max(1, abs(now.before)):
            said = "It did not move. Does the optimizer hold this model's parameters?"
            return [(said, "wrong-ink")]
        if self._plain(now):
            said = (
                f"Value - learning rate · gradient: {number(now.before)} - "
                f"{number(self.rate or 0.0)} · {factor(now.grad)} = "
                f"{number(now.after)}."
            )
            return [(said, "ink")]
        return [(f"The optimizer moved it by {number(now.after - now.before)}.", "ink")]

    def _plain(self, now: Round) -> bool:
        """Say whether a step was the learning rate times the gradient."""
        if self.rate is None:
            return False
        step = self.rate * now.grad
        close = 1e-5 * max(abs(step), abs(now.before))
        return math.isnan(step) or abs(now.before - step - now.after) <= close

    def _zero(self, now: Round) -> list[Line]:
        if self.zero:
            return [("The next backward starts from none again.", "ink")]
        said = (
            f"The gradient {number(now.grad)} stays, and the next backward adds to it."
        )
        return [(said, "wrong-ink")]

    def _end(self) -> list[Line]:
        losses = ", ".join(number(r.loss) for r in self.rounds)
        return [(f"The losses of the {len(self.rounds)} rounds: {losses}.", "ink")]

    def ask(self, at: int, station: int) -> str:
        """Return the question before a frame."""
        if station < 0:
            return "What does a network do over and over while it learns?"
        if station == 2 and not self.zero and at:
            return "zero_grad was left out. What will the gradient be now?"
        return _ASKS[station]

    def table(self) -> str:
        """Return a row per round."""
        head = ["round", "output", "loss", "held", "gradient", "before", "after"]
        rows = [
            [
                str(n),
                *map(number, (r.output, r.loss)),
                "none" if r.held is None else number(r.held),
                *map(number, (r.grad, r.before, r.after)),
            ]
            for n, r in enumerate(self.rounds, start=1)
        ]
        notes = [f"{self.name}: {self._sum(r)}" for r in self.rounds]
        return "\n".join([table_text(head, rows), "Gradients:", *notes])
