"""What a row of the bench says, and what came out of measuring it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

Side = Callable[[], Any]
Sides = tuple[Side, Side]


class NotMeasured(Exception):  # noqa: N818 - the answer of a row, no error
    """Something that a row needs is not on this machine; the message says what."""


@dataclass(frozen=True)
class Row:
    """One thing to measure, with its goal.

    A row has either `sides`, which makes two functions to be timed in turn and whose
    value is ours / reference, or `measure`, which returns its value itself.

    Parameters
    ----------
    name : family first, such as "zip.add.1e5"
    says : what is measured, for the reader of the table
    goal : the value should be at most this
    sides : makes (ours, reference); both return their result, which must be equal
    measure : returns the value
    reference : what the value is a multiple of, such as "numpy"; else ""
    unit : of the value, for rows with `measure`
    needs : packages that must be installed
    long : takes seconds; left for the full run by --quick
    """

    name: str
    says: str
    goal: float
    sides: Callable[[], Sides] | None = None
    measure: Callable[[], float] | None = None
    reference: str = ""
    unit: str = ""
    needs: tuple[str, ...] = ()
    long: bool = False

    @property
    def family(self) -> str:
        """The first part of the name."""
        return self.name.partition(".")[0]


@dataclass(frozen=True)
class Result:
    """A row with what came out.

    Parameters
    ----------
    row : what was measured
    value : ours / reference, or the quantity in the row's unit; None without one
    ours, reference : seconds per call of each side
    why : why there is no value
    counts : False where a package is missing or time was saved: neither met nor missed
    """

    row: Row
    value: float | None = None
    ours: float | None = None
    reference: float | None = None
    why: str = ""
    counts: bool = True

    @property
    def verdict(self) -> str:
        """Say "met", "missed" or "not measured"."""
        if not self.counts:
            return "not measured"
        is_met = self.value is not None and self.value <= self.row.goal
        return "met" if is_met else "missed"


def choose(rows: Sequence[Row], names: Sequence[str]) -> list[Row]:
    """Return the rows whose name has one of these words at its start or after a dot.

    Examples
    --------
    >>> rows = [Row("zip.add.1e5", "", 1.0), Row("sum.add", "", 1.0)]
    >>> [row.name for row in choose(rows, ["zip"])]
    ['zip.add.1e5']
    """
    if not names:
        return list(rows)
    return [row for row in rows if any(f".{name}" in f".{row.name}" for name in names)]
