"""Reading measured times: one per name, several, or cold and warm ones apart."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, SupportsFloat

from gradlab.visualization.own_code import plain
from gradlab.visualization.text import clean, number

MOST = 40  # bars
UNITS = ((1.0, "s"), (1e-3, "ms"), (1e-6, "us"), (1e-9, "ns"))


@dataclass(frozen=True)
class Timing:
    """How long one thing took, in seconds.

    Parameters
    ----------
    name : what was measured
    warm : the times once everything was ready, at least one
    cold : the time of the first run, with all its preparations; None where unknown
    """

    name: str
    warm: tuple[float, ...]
    cold: float | None = None

    @property
    def middle(self) -> float:
        """Return the median of the warm times."""
        return statistics.median(self.warm)

    @property
    def known(self) -> tuple[float, ...]:
        """Return every time."""
        return (*self.warm, *(() if self.cold is None else (self.cold,)))


def timings(results: Any) -> list[Timing]:
    """Return the timings in their order.

    Raises
    ------
    TypeError
        If `results` is no dict of times.
    ValueError
        If there are none, too many, or a time is no number of seconds.

    Examples
    --------
    >>> timings({"loop": [2.0, 1.0, 4.0]})[0].middle
    2.0
    """
    if not isinstance(results, Mapping):
        raise TypeError(
            'timing_bars takes a dict of names and seconds, such as {"loop": 0.2}; '
            f"got {plain(results)}."
        )
    if not 1 <= len(results) <= MOST:
        raise ValueError(f"timing_bars draws 1 to {MOST} bars; got {len(results)}.")
    return [_timing(" ".join(clean(n).split()), t) for n, t in results.items()]


def _timing(name: str, times: Any) -> Timing:
    cold = None
    if isinstance(times, Mapping):
        unknown = sorted(str(key) for key in times.keys() - {"cold", "warm"})
        if unknown or "warm" not in times:
            raise ValueError(
                f'{plain(name)}: give "warm" and, if known, "cold"; got '
                f"{plain(sorted(map(str, times)))}."
            )
        given = times.get("cold")
        cold = None if given is None else _seconds(name, given)
        times = times["warm"]
    several = times if _several(times) else [times]
    warm = tuple(_seconds(name, t) for t in several)
    if not warm:
        raise ValueError(f"{plain(name)} has no time: measure it at least once.")
    return Timing(name, warm, cold)


def _several(times: Any) -> bool:
    whole = isinstance(times, Sequence) and not isinstance(times, str)
    return whole or bool(getattr(times, "shape", ()))


def _seconds(name: str, time: Any) -> float:
    if not isinstance(time, SupportsFloat) or isinstance(time, str):
        raise TypeError(
            f"{plain(name)}: a time is a number of seconds; got {plain(time)}."
        )
    value = float(time)
    if not (math.isfinite(value) and value >= 0):
        raise ValueError(
            f"{plain(name)}: a time is 0 seconds or more, and finite; got "
            f"{number(value)}. Leave out what did not finish."
        )
    return value


def unit_of(seconds: float) -> tuple[float, str]:
    """Return the unit in which a time is written: (its seconds, its name).

    Examples
    --------
    >>> unit_of(0.02), unit_of(0.0), unit_of(5e-8)
    ((0.001, 'ms'), (1.0, 's'), (1e-09, 'ns'))
    """
    if not seconds:
        return UNITS[0]
    fitting = (unit for unit in UNITS if seconds >= unit[0] * 0.9995)
    return next(fitting, UNITS[-1])


def time_text(seconds: float) -> str:
    """Return a time with its unit.

    Examples
    --------
    >>> time_text(0.00123), time_text(90), time_text(0)
    ('1.23 ms', '90 s', '0 s')
    """
    size, name = unit_of(seconds)
    return f"{number(float(f'{seconds / size:.12g}'))} {name}"
