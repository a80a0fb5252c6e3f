"""Places that one formula may give, and how much it takes to believe it."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from gradlab.exercises.comparison import same
from gradlab.exercises.patterns.parts import OWN_RESULT, Part
from gradlab.exercises.patterns.terms import MOST_SIGNS, Array, Terms

SPARE = 2  # telling places beyond the signs of a formula, so that it fits by no chance
MOST_PLACES = 500
MANY_NAMES, MOST_NAMES = 5, 10
SHADOWS = 4


@dataclass(frozen=True)
class Places:
    """Numbers that one formula may give, and beside each what is right there.

    `given` holds, for each place, the numbers of the same place of the arguments.
    """

    yours: Array
    right: Array
    given: Mapping[str, Array]

    def where(self, mask: Any) -> Places:
        """Return some of the places."""
        given = {name: values[mask] for name, values in self.given.items()}
        return Places(self.yours[mask], self.right[mask], given)

    @property
    def is_right(self) -> bool:
        """Whether each number is."""
        return same(self.right, self.yours)

    def formula(self, most: int = MOST_SIGNS) -> str | None:
        """Return the simplest formula that gives every number, if there is just one.

        Of two that are as simple, one without the learner's own result comes first:
        the result follows from the arguments.
        """
        order = _telling_first(self.yours)
        target = self.yours[order]
        searches = [self._terms(names, order) for names in self._names()]
        for signs in range(self._signs_to_try(most) + 1):
            for terms in searches:
                found = terms.simplest(target, signs)
                if found is not None:
                    return found
        return None

    def _names(self) -> Iterator[list[str]]:
        plain = [name for name in self.given if name != OWN_RESULT]
        if plain:
            yield plain
        if len(plain) < len(self.given):
            yield list(self.given)

    def _terms(self, names: list[str], order: Any) -> Terms:
        given = {name: self.given[name][order] for name in names}
        return Terms(given, {name: _shadow(name, self.given[name]) for name in names})

    def _signs_to_try(self, most: int) -> int:
        """Return how long a formula may be: as long as there is enough to tell it."""
        if len(self.given) > MOST_NAMES:
            return -1
        if len(self.given) >= MANY_NAMES:
            most = min(most, MOST_SIGNS - 1)
        return min(most, int(_is_telling(self.yours).sum()) - SPARE)


def _is_telling(numbers: Array) -> Any:
    """Say which numbers are different, finite, and not 0, which fits many a formula."""
    first = np.zeros(len(numbers), dtype=bool)
    first[np.unique(np.abs(numbers), return_index=True)[1]] = True
    return first & np.isfinite(numbers) & (numbers != 0)


def _telling_first(numbers: Array) -> Any:
    return np.argsort(~_is_telling(numbers), kind="stable")


def _shadow(name: str, seen: Array) -> Array:
    """Return numbers that no call saw, of the sign that all seen ones have."""
    rng = np.random.default_rng(zlib.crc32(name.encode()))
    numbers = rng.uniform(0.3, 2.3, SHADOWS) * rng.choice([-1.0, 1.0], SHADOWS)
    signs = set(np.sign(seen))
    return np.abs(numbers) * signs.pop() if len(signs) == 1 else numbers


# -------------------- all places of a part --------------------


def as_formula(part: Part) -> str | None:
    """Say the one formula that gives every number of a part."""
    places = all_places(part)
    found = places.formula() if places else None
    return f"`{found}`{part.everywhere}" if found else None


def all_places(part: Part) -> Places | None:
    """Return every cell of every call, the arguments stretched over the cells."""
    names = [name for name in part.names if _stretches(part, name)]
    if not names or not 0 < part.yours.size <= MOST_PLACES:
        return None
    given = {name: _stretched(part, name) for name in names}
    return Places(part.yours, part.right, given)


def _stretches(part: Part, name: str) -> bool:
    shapes = ((row.given[name].shape, row.yours.shape) for row in part.rows)
    return all(_broadcasts(shape, whole) for shape, whole in shapes)


def _broadcasts(shape: tuple[int, ...], whole: tuple[int, ...]) -> bool:
    try:
        return np.broadcast_shapes(shape, whole) == whole
    except ValueError:
        return False


def _stretched(part: Part, name: str) -> Array:
    each = (np.broadcast_to(row.given[name], row.yours.shape) for row in part.rows)
    return np.concatenate([array.ravel() for array in each])
