"""Where sizes of gradients stand on an axis of powers of ten, and what they mean."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gradlab.visualization.axes import TICK, decades
from gradlab.visualization.scene import Arrow, Box, Item, Text
from gradlab.visualization.text import number
from gradlab.visualization.training_history import Sizes

VANISHING, EXPLODING = 1e-7, 1e2  # medians beyond these learn nothing, or run away
ROW, BAR, NAME = 34.0, 16.0, 14.0
WIDE = 460.0
LEAST, MOST = 1e-300, 1e300  # beyond these, sizes are drawn at the edge


def verdict(sizes: Sizes | None) -> str:
    """Return in a word or two what the sizes of a gradient mean.

    Examples
    --------
    >>> verdict(None), verdict(Sizes(1e-9, 1e-8, 1e-7, 0, 4, 0))
    ('no gradient', 'vanishing')
    """
    if sizes is None:
        return "no gradient"
    if not sizes.numbers:
        return "no numbers"
    if sizes.broken:
        return "NaN or inf"
    if sizes.zeros == 1:
        return "all zero"
    if sizes.median < VANISHING:
        return "vanishing"
    return "exploding" if sizes.median > EXPLODING else "fine"


def is_bad(sizes: Sizes | None) -> bool:
    """Say whether a gradient is one to worry about."""
    return verdict(sizes) not in ("fine", "no numbers")


@dataclass(frozen=True)
class Scale:
    """A level axis of powers of ten from `low` to `high`; its left end is `x`."""

    low: float
    high: float
    x: float

    @classmethod
    def around(cls, every: Iterable[Sizes | None], x: float) -> Scale:
        """Return the scale on which all sizes fit, and both bands are seen."""
        marks = [m for s in every if s for m in (s.low, s.high) if m > 0]
        low = min([VANISHING / 10, *marks])
        high = max([EXPLODING * 10, *(m for m in marks if math.isfinite(m))])
        first = math.floor(math.log10(max(low, LEAST)))
        return cls(first, math.ceil(math.log10(min(high, MOST))), x)

    def at(self, value: float) -> float:
        """Return where a size stands; 0 stands at the left end."""
        if not value > 0:
            return self.x
        power = min(self.high, max(self.low, math.log10(value)))
        return self.x + (power - self.low) / (self.high - self.low) * WIDE

    @property
    def marks(self) -> list[float]:
        """The powers of ten that have a number below the axis."""
        return decades((float(f"1e{int(self.low)}"), float(f"1e{int(self.high)}")), 8)

    def items(self, bottom: float) -> Iterator[Item]:
        """Yield the axis at `bottom`, its numbers, and the two bands above it."""
        left, right = self.x, self.x + WIDE
        yield from self._bands(bottom)
        yield Arrow(((left, bottom), (right, bottom)), "plain", head=False)
        for mark in self.marks:
            x = self.at(mark)
            yield Arrow(((x, bottom), (x, bottom + 5)), "muted", head=False)
            yield Text(x, bottom + 15, number(mark), TICK, "soft")
        yield Text((left + right) / 2, bottom + 36, "|grad|, in powers of ten", 14)

    def _bands(self, bottom: float) -> Iterator[Item]:
        low, high = self.at(VANISHING), self.at(EXPLODING)
        right = self.x + WIDE
        for x, end, word in ((low, self.x, "vanishing"), (high, right, "exploding")):
            yield Box(min(x, end), 0, abs(end - x), bottom, look="band")
            yield Arrow(((x, -6), (x, bottom)), "stretch", head=False)
            anchor = "end" if word == "vanishing" else "start"
            place = x + (-5 if anchor == "end" else 5)
            yield Text(place, -14, word, TICK, "wrong-ink", anchor)


def bar(sizes: Sizes, scale: Scale, y: float) -> Iterator[Item]:
    """Yield the bar from a tenth to nine tenths of the sizes, and the median in it."""
    left, middle, right = (scale.at(v) for v in (sizes.low, sizes.median, sizes.high))
    top = y - BAR / 2
    yield Box(left, top, max(3.0, right - left), BAR, look="gradient")
    mark = (middle, top - 5), (middle, top + BAR + 5)
    yield Arrow(mark, "curve-5", head=False)
