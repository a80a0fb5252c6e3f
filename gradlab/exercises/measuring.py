"""The facts that are taken while a call runs: how much memory it needed."""

from __future__ import annotations

import contextlib
import gc
import tracemalloc
from collections.abc import Iterator
from typing import Any


@contextlib.contextmanager
def measured(facts: frozenset[str], into: dict[str, Any]) -> Iterator[None]:
    """Take the facts asked for: ``"peak_bytes"``, the memory beyond the start."""
    if "peak_bytes" not in facts:
        yield
        return
    was_tracing = tracemalloc.is_tracing()
    with _without_collections():
        _stock_up()
        tracemalloc.start()
        tracemalloc.reset_peak()
        into["start_bytes"] = tracemalloc.get_traced_memory()[0]
        try:
            yield
        finally:
            note_peak(into)
            if not was_tracing:
                tracemalloc.stop()


def note_peak(into: dict[str, Any]) -> None:
    """Note the most memory in use since the start; once, and only if measured."""
    start = into.pop("start_bytes", None)
    if start is not None:
        into["peak_bytes"] = max(tracemalloc.get_traced_memory()[1] - start, 0)


@contextlib.contextmanager
def _without_collections() -> Iterator[None]:
    """Keep Python from collecting garbage: a full collection empties the store below.

    What the call frees afterwards would fill it again, and seem to be memory in use.
    """
    was_on = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _stock_up() -> None:
    """Fill Python's stores of freed tuples, lists and dicts.

    CPython keeps up to 2,000 tuples of each length for later, and 80 lists and dicts,
    which tracemalloc takes for memory in use: a loop that makes shapes, indices and
    tensors of one number would seem to hoard them.
    """
    for length in range(1, 8):
        spare = [tuple(range(length)) for _ in range(2_000)]
        del spare
    lists, dicts = [[i] for i in range(200)], [{"i": i} for i in range(200)]
    del lists, dicts
