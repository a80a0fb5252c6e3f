"""Two sides timed in turn, in one process; the best of each counts."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from gradlab.bench.row import Side


@dataclass(frozen=True)
class Plan:
    """How long to look.

    Parameters
    ----------
    rounds : in each round every side has one turn
    seconds : no new round is begun after this long, once there were `least`
    turn : a turn calls its side again and again for about this long, in seconds
    least : rounds that are run in any case
    """

    rounds: int = 60
    seconds: float = 1.5
    turn: float = 0.5e-3
    least: int = 8

    @classmethod
    def quick(cls) -> Plan:
        """Return a plan for a first look."""
        return cls(rounds=15, seconds=0.25, least=3)


def best_seconds(sides: Sequence[Side], plan: Plan) -> list[float]:
    """Return the seconds per call of each side: the minimum over rounds in turn.

    Other work on the machine only ever adds time, so the minimum is what the side
    costs; taking turns lets both meet the same moods of the machine.

    Examples
    --------
    >>> quick, slow = best_seconds([lambda: 0, lambda: sum(range(999))], Plan.quick())
    >>> quick < slow
    True
    """
    calls = [_calls(side, plan.turn) for side in sides]
    best = [float("inf")] * len(sides)
    end = time.perf_counter() + plan.seconds
    for done in range(plan.rounds):
        if done >= plan.least and time.perf_counter() > end:
            break
        for k in range(len(sides)) if done % 2 else reversed(range(len(sides))):
            best[k] = min(best[k], seconds_of(sides[k], calls[k]) / calls[k])
    return best


def seconds_of(side: Side, calls: int) -> float:
    """Return the seconds that so many calls take."""
    turns = range(calls)
    start = time.perf_counter()
    for _ in turns:
        side()
    return time.perf_counter() - start


def _calls(side: Side, turn: float) -> int:
    """Return how many calls fill a turn; the side is warm afterwards."""
    side()
    calls = 1
    while (took := seconds_of(side, calls)) < turn / 2:
        calls *= 2 if took > turn / 8 else 4
    return calls
