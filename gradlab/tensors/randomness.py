"""Randomness: one generator for the whole library, so that one seed repeats a run."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradlab.indexing import is_whole

_current = [np.random.default_rng()]  # NumPy's generators lock themselves per draw


def manual_seed(seed: int) -> None:
    """Start the library's random numbers from a seed: same seed, same numbers.

    What draws from them: `rand` without a seed of its own, dropout, and the first
    weights of layers.

    Raises
    ------
    TypeError
        If the seed is no whole number.
    ValueError
        If it is negative.

    Examples
    --------
    >>> manual_seed(7)
    >>> first = generator().random()
    >>> manual_seed(7)
    >>> generator().random() == first
    True
    """
    _current[0] = np.random.default_rng(_checked(seed))


def generator(seed: int | None = None) -> np.random.Generator:
    """Return the library's generator, or a fresh one for a seed.

    Examples
    --------
    >>> generator(1).random() == generator(1).random()
    True
    """
    return _current[0] if seed is None else np.random.default_rng(_checked(seed))


def _checked(seed: Any) -> Any:
    if not is_whole(seed):
        raise TypeError(f"A seed is a whole number, such as 0; got {seed!r}.")
    if seed < 0:
        raise ValueError(f"A seed is a whole number from 0; got {seed!r}.")
    return seed
