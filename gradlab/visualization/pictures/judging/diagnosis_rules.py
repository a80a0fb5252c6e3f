"""Wrong rules for a gradient that learners really follow, one function each.

Each takes a Case and yields what somebody who follows it would get; a rule that has
nothing to say about a case yields nothing.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from gradlab.indexing import Index, Shape

Wire = tuple[Index, Index, float]  # input cell, output cell, local derivative
Rule = Callable[["Case"], Iterator[Any]]


@dataclass(frozen=True)
class Case:
    """What is known about the gradient of one input.

    Parameters
    ----------
    shape : the shape of the input
    wires : which of its cells feeds which output cell, and how strongly
    d_out : the gradient of the result
    right : the right gradient
    others : the right gradients of the other inputs
    """

    shape: Shape
    wires: Sequence[Wire]
    d_out: Any
    right: Any
    others: Sequence[Any] = ()

    def added(self, arriving: Callable[[float, float], float]) -> Any:
        """Return the sum of arriving(d_out, local) over the wires of each cell."""
        import numpy as np

        total = np.zeros(self.shape)
        for source, target, local in self.wires:
            total[source] += arriving(float(self.d_out[target]), local)
        return total

    @cached_property
    def counts(self) -> Any:
        """How many wires start in each cell."""
        return self.added(lambda d, local: 1.0)

    @cached_property
    def spread(self) -> Any:
        """d_out times local in the result's shape; None where wires meet there."""
        import numpy as np

        if len({target for _, target, _ in self.wires}) < len(self.wires):
            return None
        cells = np.zeros(self.d_out.shape)
        for _, target, local in self.wires:
            cells[target] = float(self.d_out[target]) * local
        return cells


def forgot_d_out(case: Case) -> Iterator[Any]:
    """Yield the sum of the local derivatives alone."""
    yield case.added(lambda d, local: local)


def forgot_local(case: Case) -> Iterator[Any]:
    """Yield the sum of d_out alone."""
    yield case.added(lambda d, local: d)


def wrong_sign(case: Case) -> Iterator[Any]:
    """Yield the right gradient, negative."""
    yield -case.right


def swapped(case: Case) -> Iterator[Any]:
    """Yield the gradients of the other inputs."""
    yield from case.others


def mean_not_sum(case: Case) -> Iterator[Any]:
    """Yield the mean over the wires of each cell."""
    yield case.right / case.counts.clip(1)


def kept_one(case: Case) -> Iterator[Any]:
    """Yield what only the last, or only the first wire of each cell brings."""
    import numpy as np

    for wires in (case.wires, case.wires[::-1]):
        last = np.zeros(case.shape)
        for source, target, local in wires:
            last[source] = float(case.d_out[target]) * local
        yield last


def not_summed(case: Case) -> Iterator[Any]:
    """Yield d_out times local in the result's shape."""
    if case.spread is not None:
        yield case.spread


def wrong_dim(case: Case) -> Iterator[Any]:
    """Yield d_out times local summed over every other choice of dims."""
    if case.spread is None:
        return
    rank = case.spread.ndim
    choices = itertools.chain.from_iterable(
        itertools.combinations(range(rank), n) for n in range(1, rank + 1)
    )
    for dims in choices:
        total = case.spread.sum(axis=dims, keepdims=True)
        yield total
        yield total.squeeze(dims)
        if total.size == math.prod(case.shape):
            yield total.reshape(case.shape)


def wrong_spread(case: Case) -> Iterator[Any]:
    """Yield d_out laid along every dim of the input that is as long."""
    import numpy as np

    for dim, size in enumerate(case.shape):
        if size == case.d_out.size:
            laid = [1] * len(case.shape)
            laid[dim] = size
            yield np.broadcast_to(case.d_out.reshape(laid), case.shape)


def total_everywhere(case: Case) -> Iterator[Any]:
    """Yield the sum of all of d_out in every cell."""
    import numpy as np

    yield np.full(case.shape, case.d_out.sum())


def handed_on(case: Case) -> Iterator[Any]:
    """Yield d_out as it came."""
    yield case.d_out


def divided(case: Case) -> Iterator[Any]:
    """Yield d_out divided by the local derivative."""
    yield case.added(lambda d, local: d / local if local else math.inf)


def added(case: Case) -> Iterator[Any]:
    """Yield d_out plus the local derivative."""
    yield case.added(lambda d, local: d + local)


def turned_around(case: Case) -> Iterator[Any]:
    """Yield the right gradient, transposed."""
    if case.right.ndim == 2:
        yield case.right.T


def nothing(case: Case) -> Iterator[Any]:
    """Yield zeros."""
    import numpy as np

    yield np.zeros(case.shape)


RULES: tuple[tuple[str, Rule], ...] = (
    ("forgot d_out: only the local derivatives came back", forgot_d_out),
    ("forgot the local derivative: only d_out came back", forgot_local),
    ("turned the sign around", wrong_sign),
    ("swapped the gradients of the inputs", swapped),
    ("took the mean where wires meet, not the sum", mean_not_sum),
    ("kept one of the wires that meet, as = does in place of +=", kept_one),
    ("did not sum back: it has the shape of the result", not_summed),
    ("summed over the wrong dim", wrong_dim),
    ("spread d_out along the wrong dim", wrong_spread),
    ("gave every cell the sum of d_out", total_everywhere),
    ("handed d_out on in the shape of the result", handed_on),
    ("divided by the local derivative", divided),
    ("added the local derivative to d_out", added),
    ("transposed the gradient", turned_around),
    ("let nothing through", nothing),
)


def computed(case: Case) -> list[tuple[str, Any]]:
    """Return what every wrong rule gives for a case: (what it did, the numbers)."""
    from gradlab.backends.quiet import quiet

    found = []
    for sentence, rule in RULES:
        found += [(sentence, array) for array in quiet(lambda r=rule: list(r(case)))]
    return found
