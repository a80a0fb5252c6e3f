"""Say a part of what calls gave as a formula of what they were given."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from gradlab.exercises.comparison import same
from gradlab.exercises.patterns.parts import Array, Part
from gradlab.exercises.patterns.terms import MOST_SIGNS, Terms

MOST_CELLS = 9  # of all arguments of a call, to name them one by one
MOST_WRONG_CELLS = 3
MOST_PLACES = 500
MOST_SIGNS_SOMEWHERE = 1
SHADOWS = 4
SIGNS = (("positive", 1.0), ("0", 0.0), ("negative", -1.0))


@dataclass(frozen=True)
class Places:
    """Numbers that one formula may give, and beside each what is right there.

    `given` holds, for each place, the numbers of the same place of the arguments. The
    result ("out") is looked at last: it follows from the others.
    """

    yours: Array
    right: Array
    given: Mapping[str, Array]

    def where(self, mask: Array) -> Places:
        """Return some of the places."""
        given = {name: values[mask] for name, values in self.given.items()}
        return Places(self.yours[mask], self.right[mask], given)

    @property
    def is_right(self) -> bool:
        """Whether each number is."""
        return same(self.right, self.yours)

    def formula(self, most: int = MOST_SIGNS) -> str | None:
        """Return the simplest formula that gives every number, if there is just one."""
        plain = {name: each for name, each in self.given.items() if name != "out"}
        return self._formula_of(plain, most) or self._formula_of(self.given, most)

    def _formula_of(self, given: Mapping[str, Array], most: int) -> str | None:
        if not given:
            return None
        shadow = {name: _shadow(name, each) for name, each in given.items()}
        return Terms(given, shadow).simplest(self.yours, most)


def _shadow(name: str, seen: Array) -> Array:
    """Return numbers that no call saw, of the sign that all seen ones have."""
    rng = np.random.default_rng(zlib.crc32(name.encode()))
    numbers = rng.uniform(0.3, 2.3, SHADOWS) * rng.choice([-1.0, 1.0], SHADOWS)
    signs = set(np.sign(seen))
    return np.abs(numbers) * signs.pop() if len(signs) == 1 else numbers


def said_as_formula(part: Part) -> str | None:
    """Return in a sentence the one formula that gives every number of a part."""
    places = all_places(part)
    found = places.formula() if places else None
    return f"{part.name} is `{found}`{_everywhere(part)}." if found else None


def _everywhere(part: Part) -> str:
    one_number = all(row.yours.size == 1 for row in part.rows)
    return " at every probe" if one_number else " in every cell"


# -------------------- a formula for all cells --------------------


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


# -------------------- a formula for each cell --------------------


def said_cell_by_cell(part: Part) -> str | None:
    """Return in a sentence a formula of single cells for each of a few wrong cells."""
    cells = _cells_given(part)
    shapes = {row.yours.shape for row in part.rows}
    if len(cells) <= len(part.names) or len(shapes) > 1:
        return None  # single numbers were tried already
    found = {}
    for index in np.ndindex(shapes.pop()):
        yours = np.array([row.yours[index] for row in part.rows])
        right = np.array([row.right[index] for row in part.rows])
        places = Places(yours, right, cells)
        if not places.is_right:
            found[index] = places.formula()
    if None in found.values() or len(found) > MOST_WRONG_CELLS:
        return None
    return _of_cells(part, found)


def _of_cells(part: Part, found: Mapping[tuple[int, ...], str | None]) -> str:
    if () in found:
        return f"{part.name} is `{found[()]}` at every probe."
    said = (f"`{text}` in cell {show_index(k)}" for k, text in found.items())
    return f"{part.name} is {', '.join(said)}."


def show_index(index: tuple[int, ...]) -> str:
    """Return an index as a lesson writes it: 2, or (0, 2)."""
    return str(index[0]) if len(index) == 1 else str(index)


def _cells_given(part: Part) -> dict[str, Array]:
    """Return each cell of the arguments, call by call; {} where there are too many."""
    found: dict[str, Array] = {}
    for name in part.names:
        arrays = [row.given[name] for row in part.rows]
        shapes = {array.shape for array in arrays}
        if len(shapes) > 1:
            continue
        for index in np.ndindex(shapes.pop()):
            where = f"[{', '.join(map(str, index))}]" if index else ""
            found[name + where] = np.array([array[index] for array in arrays])
    return found if len(found) <= MOST_CELLS else {}


# -------------------- a formula for each sign --------------------


def said_sign_by_sign(part: Part) -> str | None:
    """Return in a sentence formulas for where an argument is positive, 0, negative."""
    places = all_places(part)
    if places is None:
        return None
    for name, values in places.given.items():
        if name in ("d_out", "out") or np.isnan(values).any():
            continue
        found = dict(_by_sign(places, name))
        if found and None not in found.values():
            return _in_words(part, name, found)
    return None


def _by_sign(places: Places, name: str) -> Iterator[tuple[str, str | None]]:
    """Yield each sign where something is wrong, with the formula there."""
    for word, sign in SIGNS:
        some = places.where(np.sign(places.given[name]) == sign)
        if len(some.yours) and not some.is_right:
            yield word, some.formula(MOST_SIGNS_SOMEWHERE)


def _in_words(part: Part, name: str, found: Mapping[str, str | None]) -> str:
    said = [
        f"`{formula}` where {name} is {' or '.join(words)}"
        for formula, words in groupby(found, key=lambda word: found[word])
    ]
    return f"{part.name} is {', and '.join(said)}."
