"""The same numbers for gradlab, NumPy and PyTorch, and rows that compare on them."""

from __future__ import annotations

import functools
import importlib
import warnings
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from gradlab.backends.base import Array
from gradlab.bench.row import Row, Sides

# As a user has it: names load on first use, and missing ones raise AttributeError.
gradlab: Any = importlib.import_module("gradlab")

Run = Callable[..., Any]
Make = Callable[[], tuple[Array, ...]]
Views = Callable[..., tuple[Any, ...]]


def arrays(*shapes: tuple[int, ...], dtype: str = "float64") -> tuple[Array, ...]:
    """Return random arrays, the same ones each time."""
    rng = np.random.default_rng(0)
    return tuple(rng.uniform(0.5, 1.5, shape).astype(dtype) for shape in shapes)


def torch_with_one_thread() -> Any:
    """Return the torch module, held to one thread."""
    torch: Any = importlib.import_module("torch")
    torch.set_num_threads(1)
    return torch


def given_to(library: str, args: tuple[Array, ...]) -> tuple[Any, ...]:
    """Return arrays as what a library computes with; only gradlab gets copies."""
    if library == "numpy":
        return args
    if library == "torch":
        torch = torch_with_one_thread()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns where an array is read only
            return tuple(torch.from_numpy(each) for each in args)
    return tuple(gradlab.tensor(each, dtype=each.dtype) for each in args)


def on_the_same_memory(
    library: str, args: tuple[Array, ...]
) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Return arrays as gradlab's tensors and as the library's, on the same memory.

    Where an array lies, and on pages of what size, can decide half of the time.
    """
    ours = given_to("gradlab", args)
    return ours, given_to(library, tuple(each.to_numpy() for each in ours))


def _as_they_are(*args: Any) -> tuple[Any, ...]:
    return args


def beside(
    name: str,
    says: str,
    goals: Mapping[str, float],
    make: Make,
    run: Run,
    *,
    numpy: Run | None = None,
    torch: Run | None = None,
    views: Views = _as_they_are,
    long: bool = False,
) -> list[Row]:
    """Return a row for each library in `goals`: the same work, ours / theirs.

    Parameters
    ----------
    make : returns the arrays to work on
    run : the work, written so that it runs on gradlab's tensors
    numpy, torch : the same for the other, where it is written in another way there
    views : applied to each library's tensors beforehand, outside the measured time
    """
    runs = {"numpy": numpy or run, "torch": torch or run}
    return [
        Row(
            f"{name}.{library}",
            says,
            goal,
            sides=functools.partial(_sides, library, make, (run, runs[library]), views),
            reference=library,
            needs=() if library == "numpy" else (library,),
            long=long,
        )
        for library, goal in goals.items()
    ]


def _sides(library: str, make: Make, runs: tuple[Run, Run], views: Views) -> Sides:
    ours, theirs = on_the_same_memory(library, make())
    return (
        functools.partial(runs[0], *views(*ours)),
        functools.partial(runs[1], *views(*theirs)),
    )


def in_words(n: int) -> str:
    """Say a number of cells.

    Examples
    --------
    >>> in_words(100_000)
    '1e5'
    """
    return f"1e{len(str(n)) - 1}"
