"""The simplest formula that gives some numbers, found by trying all small ones.

Formulas are tried on shadow numbers, too, which no call saw: two that agree on the
calls and differ there cannot be told apart, and then neither is named.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from gradlab.exercises.comparison import TOLERANCE

Array = np.ndarray[Any, np.dtype[np.float64]]
CONSTANTS = (0.0, 1.0, 2.0, 3.0, 4.0, 6.0, math.inf)
POWERS = (2, 3, 4)
MOST_SIGNS = 3
FIRST = 4  # places at which every large formula is tried; the rest if they fit
SUM, PRODUCT, ATOM = 1, 2, 3  # how tightly the outermost sign of a formula binds


@dataclass(frozen=True)
class Term:
    """A formula as it is written, how tightly it binds, and its numbers."""

    text: str
    binds: int
    values: Array

    def within(self, binds: int) -> str:
        """Return its text as a part of a formula that binds this tightly."""
        return self.text if self.binds >= binds else f"({self.text})"

    @property
    def minus(self) -> Term:
        """The same with its sign turned round."""
        return Term(f"-{self.within(PRODUCT)}", PRODUCT, -self.values)


@dataclass(frozen=True)
class Join:
    """A sign between two formulas."""

    sign: str
    binds: int
    of: Callable[[Array, Array], Array]
    turned: bool = False

    def term(self, one: Term, other: Term) -> Term:
        """Return the formula that it makes of two."""
        turned = self.turned or (self.sign in "*+" and other.text.startswith("d_out"))
        left, right = (other, one) if turned else (one, other)
        inner = self.binds + (self.sign in "-/")
        text = f"{left.within(self.binds)} {self.sign} {right.within(inner)}"
        return Term(text, self.binds, self.of(one.values, other.values))


JOINS = (
    Join("*", PRODUCT, lambda a, b: a * b),
    Join("/", PRODUCT, lambda a, b: a / b),
    Join("/", PRODUCT, lambda a, b: b / a, turned=True),
    Join("+", SUM, lambda a, b: a + b),
    Join("-", SUM, lambda a, b: a - b),
    Join("-", SUM, lambda a, b: b - a, turned=True),
)


@dataclass(frozen=True)
class Terms:
    """All small formulas of some names, by how many signs and functions they have.

    Parameters
    ----------
    given : the numbers of each name, one for each place where a formula must hold;
        the most telling places first make it fast
    shadow : numbers of the same names that no call saw
    """

    given: Mapping[str, Array]
    shadow: Mapping[str, Array]

    def simplest(self, target: Array, signs: int) -> str | None:
        """Return the formula of this many signs that gives `target`, if just one does.

        Examples
        --------
        >>> x, y = np.array([[2.0, 3.0, 5.0], [7.0, 1.0, 4.0]])
        >>> shadow = {"x": np.array([1.5, 2.5]), "y": np.array([0.7, 3.1])}
        >>> terms = Terms({"x": x, "y": y}, shadow)
        >>> terms.simplest(x / y, 1), terms.simplest(1 - x * y, 2)
        ('x / y', '1 - x * y')
        >>> terms.simplest(x * 11, 3)
        """
        with np.errstate(all="ignore"):
            fits = [fit for fit in self._fits(signs, target) if _is_natural(fit)]
            return _the_only(fits) if fits else None

    def _fits(self, signs: int, target: Array) -> Iterator[Term]:
        if signs < MOST_SIGNS:
            level = self._level(signs)
            table = _table(level, len(target))
            yield from (level[k] for k in _rows_near(target, table))
            yield from (level[k].minus for k in _rows_near(-target, table))
            return
        yield from _joined_to(target, self._small, self._small)
        yield from _joined_to(target, self._middling, self._atoms)

    def _level(self, signs: int) -> list[Term]:
        if signs == 0:
            return self._atoms
        return self._small if signs == 1 else self._middling

    @cached_property
    def _atoms(self) -> list[Term]:
        names = [
            Term(name, ATOM, np.concatenate([values, self.shadow[name]]))
            for name, values in self.given.items()
        ]
        size = len(names[0].values)
        numbers = [Term(f"{c:g}", ATOM, np.full(size, c)) for c in CONSTANTS]
        return _distinct([*numbers, *names])

    @cached_property
    def _small(self) -> list[Term]:
        named = [term for term in self._atoms if term.text in self.given]
        powers = [new for term in named for new in _of_one(term)]
        return _distinct([*_joined(named, self._atoms), *powers])

    @cached_property
    def _middling(self) -> list[Term]:
        return _distinct(_joined(self._small, self._atoms))


def _of_one(term: Term) -> Iterator[Term]:
    """Yield what functions make of one name."""
    name, x = term.text, term.values
    yield Term(f"exp({name})", ATOM, np.exp(x))
    yield Term(f"exp(-{name})", ATOM, np.exp(-x))
    yield Term(f"log({name})", ATOM, np.log(x))
    yield from (Term(f"{name} ** {n}", PRODUCT, x**n) for n in POWERS)


def _joined(ones: Sequence[Term], others: Sequence[Term]) -> list[Term]:
    return [join.term(one, other) for one in ones for other in others for join in JOINS]


def _joined_to(
    target: Array, ones: Sequence[Term], others: Sequence[Term]
) -> Iterator[Term]:
    """Yield the joined formulas that give the target; few are computed in full."""
    first = target[:FIRST]
    table = _table(ones, len(first))
    for other in others:
        for join in JOINS:
            values = join.of(table, other.values[: first.size])
            for k in _rows_near(first, values):
                yield from _if_near(target, join.term(ones[k], other))
            for k in _rows_near(-first, values):
                yield from _if_near(target, join.term(ones[k], other).minus)


def _table(terms: Sequence[Term], places: int) -> Array:
    """Return the numbers of some formulas at the first places, a row for each."""
    rows = [term.values[:places] for term in terms]
    return np.array(rows).reshape(len(rows), places)


def _if_near(target: Array, term: Term) -> Iterator[Term]:
    if _near(target, term.values[: target.size]).all():
        yield term


def _rows_near(target: Array, table: Array) -> list[int]:
    """Return which rows of a table begin with the target."""
    rows = np.arange(len(table))
    for k, wanted in enumerate(target):  # column by column: few rows pass the first
        rows = rows[_near(wanted, table[rows, k])]
    return [int(row) for row in rows]


def _is_natural(term: Term) -> bool:
    """Say whether a formula has at most one number above 1: 11 x is no 2 * 6 x - x."""
    plain = re.sub(r"\[.*?\]|\*\* \d", "", term.text)  # neither index nor power
    return len(re.findall(r"\b[2-9]\b", plain)) <= 1


def _the_only(fits: list[Term]) -> str | None:
    """Return the best text of formulas that are one and the same, else None."""
    first, *others = fits
    alike = all(_near(first.values, other.values).all() for other in others)
    return min((term.text for term in fits), key=_length) if alike else None


def _length(text: str) -> tuple[int, int]:
    """Sort short texts first, of those the ones that start with d_out."""
    return len(text), text.find("d_out")


def _distinct(terms: list[Term]) -> list[Term]:
    """Return the terms without those that always give the same numbers as another."""
    found: dict[bytes, Term] = {}
    for term in terms:
        found.setdefault(np.float32(term.values).tobytes(), term)
    return list(found.values())


def _near(wanted: Any, values: Array) -> Any:
    size = np.where(np.isfinite(wanted), np.abs(wanted), 1.0)  # inf is near inf only
    near = np.abs(wanted - values) <= TOLERANCE * np.maximum(1.0, size)
    return near | (wanted == values) | (np.isnan(wanted) & np.isnan(values))
