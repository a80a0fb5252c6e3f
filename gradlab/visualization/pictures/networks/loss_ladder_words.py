"""What each frame of a cross entropy says."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from gradlab.visualization.pictures.networks.loss_ladder_story import Ladder
from gradlab.visualization.sheet import Line
from gradlab.visualization.text import counted, factor, number, size_names, table_text

SAID = 3  # how many samples or addends are said one by one


class Telling:
    """A ladder in words.

    Parameters
    ----------
    ladder : the numbers
    samples, classes : what they are called
    rows, columns : which of them are drawn
    """

    def __init__(
        self,
        ladder: Ladder,
        names: tuple[list[str], list[str]],
        drawn: tuple[list[int], list[int]],
    ) -> None:
        self.ladder, (self.samples, self.classes) = ladder, names
        self.rows, self.columns = drawn
        self.title = f"Cross entropy of logits {size_names(ladder.shape)}"
        self.bound = f"ln {ladder.shape[1]} = {number(ladder.guess)}"

    def heading(self, frame: str) -> str:
        """Return the line above a frame."""
        n = self.ladder.shape[0]
        samples = counted(n, "sample")
        return {
            "logits": "Logits: a score per class, any number; outlined: the label",
            "exp": "Subtract each row's largest logit, then take e^x",
            "probs": "Divide each row by its sum: p, shares that add up to 1",
            "losses": "Loss of a sample: -log of the p that its label got",
            "guess": f"{self.bound}: what a uniform guess gets, NOT an upper bound",
            "mean": f"Loss of the batch: the mean, {number(self.ladder.mean)}",
            "turn": "Backward: p, and what p should have been",
            "gradient": f"Gradient of the logits: (p - onehot) / n, n = {samples}",
        }[frame]

    def foot(self, frame: str) -> list[Line]:
        """Return the lines below a frame."""
        lines = {
            "logits": self._labels,
            "exp": self._exponents,
            "probs": self._shares,
            "losses": self._losses,
            "guess": self._guess,
            "mean": self._mean,
            "turn": self._turn,
            "gradient": self._gradient,
        }[frame]
        said: list[Line] = [(line, "ink") for line in lines()]
        return said + [(line, "soft") for line in self._folded()]

    def _label(self, sample: int) -> str:
        return self.classes[self.ladder.labels[sample]]

    def _labels(self) -> Iterator[str]:
        for row in self.rows[:SAID]:
            yield f"Label of {self.samples[row]}: {self._label(row)}."

    def _first(self) -> list[int]:
        """Return the sample that is worked out in words, if there is one."""
        return self.rows[:1]

    def _exponents(self) -> Iterator[str]:
        for row in self._first():
            j = self.ladder.labels[row]
            logit, most = self.ladder.logits[row, j], self.ladder.most[row]
            power = f"e^({number(logit)} - {factor(most)})"
            name = f"{self.samples[row]}, {self._label(row)}"
            yield f"{name}: {power} = {number(self.ladder.exp[row, j])}."
        yield "No power is above 0, so nothing overflows, not even for a logit of 1000."

    def _shares(self) -> Iterator[str]:
        for row in self._first():
            total = float(self.ladder.exp[row].sum())
            own = number(self.ladder.exp[row, self.ladder.labels[row]])
            yield (
                f"{self.samples[row]}: p({self._label(row)}) = {own} / "
                f"{number(total)} = {number(self.ladder.p(row))}."
            )
        yield "Taking the same number off a whole row changed no share."

    def _losses(self) -> Iterator[str]:
        rows = self.rows[:SAID]
        for row in rows:
            yield (
                f"{self.samples[row]}: p({self._label(row)}) = "
                f"{number(self.ladder.p(row))}, loss {number(self.ladder.losses[row])}."
            )
        if any(number(self.ladder.p(i)) == "1" and self.ladder.losses[i] for i in rows):
            yield "A p of 1 beside a loss above 0 is rounded: it is a little less."

    def _guess(self) -> Iterator[str]:
        c = self.ladder.shape[1]
        yield f"p = 1/{c} for every class has loss -log(1/{c}) = {self.bound}."
        limit = self.ladder.guess * (1 + 1e-9)  # a guess itself is rounded, too
        over = [i for i, loss in enumerate(self.ladder.losses) if loss > limit]
        if over:
            names = ", ".join(self.samples[i] for i in over[:SAID])
            more = f" and {len(over) - SAID:,} more" if len(over) > SAID else ""
            yield f"Past the line, so worse than guessing: {names}{more}."
        yield "A loss is 0 or more, and grows without bound as p comes near 0."

    def _mean(self) -> Iterator[str]:
        n = self.ladder.shape[0]
        if not n:
            yield "There is no sample, so there is no mean: 0 / 0 is NaN."
            return
        if n == 1:
            yield "There is one sample, so the mean is its loss."
            return
        texts = [number(loss) for loss in self.ladder.losses[: SAID + 1]]
        if n > SAID + 1:
            texts[SAID:] = [
                f"… {n - SAID - 1:,} more …",
                number(self.ladder.losses[-1]),
            ]
        yield f"({' + '.join(texts)}) / {n} = {number(self.ladder.mean)}."

    def _turn(self) -> Iterator[str]:
        yield "onehot is 1 for the label and 0 elsewhere: a sure and right answer."
        yield "d_out is 1: the loss itself."

    def _gradient(self) -> Iterator[str]:
        n = self.ladder.shape[0]
        for row in self._first():
            slope = float(self.ladder.gradient[row, self.ladder.labels[row]])
            moves = " A step against it raises the label's logit." if slope < 0 else ""
            yield (
                f"{self.samples[row]}, {self._label(row)}: "
                f"({number(self.ladder.p(row))} - 1) / {n} = {number(slope)}.{moves}"
            )
        if n and all(map(math.isfinite, self.ladder.losses)):
            yield "Each row adds up to 0. Dividing by the batch comes from the mean."

    def _folded(self) -> list[str]:
        samples, classes = self.ladder.shape
        drawn = (len(self.rows), len(self.columns))
        if drawn == self.ladder.shape or not samples:
            return []
        return [
            f"{drawn[0]} of {samples:,} samples and {drawn[1]} of {classes:,} classes "
            "are drawn; sums count all."
        ]

    # ---------------------------------- in words ----------------------------------

    def alt(self, frame: str, grids: Sequence[str]) -> str:
        """Return a frame in words, with the numbers of the grids that it draws."""
        said = [f"{self.title}.", f"{self.heading(frame)}."]
        said += [line for line, _ in self.foot(frame)]
        return " ".join([*said, *(self._held(name) for name in grids)])

    def _held(self, name: str) -> str:
        array = getattr(self.ladder, name)
        parts = []
        for row in self.rows:
            texts = [number(array[row, j]) for j in self.columns]
            parts.append(f"{self.samples[row]} {', '.join(texts)}")
        return f"{name}: {'; '.join(parts) or 'no samples'}."

    def table(self) -> str:
        """Return every number that is drawn, as plain text."""
        ladder = self.ladder
        head = ["sample", "class", "logit", "e^(logit - max)", "p", "onehot"]
        both = (ladder.probs, ladder.onehot)
        arrays = (ladder.logits, ladder.exp, *both, ladder.gradient)
        rows = [
            [self.samples[i], self.classes[j], *(number(a[i, j]) for a in arrays)]
            for i in self.rows
            for j in self.columns
        ]
        losses = [
            [self.samples[i], self._label(i), number(p), number(ladder.losses[i])]
            for i, p in ((i, ladder.p(i)) for i in self.rows)
        ]
        one = table_text([*head, "gradient"], rows)
        two = table_text(["sample", "label", "p", "loss"], losses)
        return f"{one}\n\n{two}\nmean loss {number(ladder.mean)}; {self.bound}"
