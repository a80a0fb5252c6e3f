"""Measure rows one after another; whatever goes wrong becomes a line, not a crash."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from gradlab.bench.row import NotMeasured, Result, Row
from gradlab.bench.timing import Plan, best_seconds


def measured(rows: Sequence[Row], plan: Plan, *, quick: bool) -> Iterator[Result]:
    """Yield a result for every row, in order."""
    for row in rows:
        missing = [name for name in row.needs if not is_installed(name)]
        if missing:
            yield skipped(row, f"{missing[0]} is not installed")
        elif row.long and quick:
            yield skipped(row, "takes longer; leave out --quick")
        else:
            yield _result(row, plan)


def skipped(row: Row, why: str) -> Result:
    """Return the result of a row that was not measured."""
    return Result(row, why=why, counts=False)


def is_installed(name: str) -> bool:
    """Say whether a package can be imported, without importing it."""
    return importlib.util.find_spec(name) is not None


def _result(row: Row, plan: Plan) -> Result:
    try:
        return _timed(row, plan) if row.sides else _quantity(row)
    except NotMeasured as reason:
        return skipped(row, str(reason))
    except (AttributeError, ImportError) as error:
        return Result(row, why=f"not there yet: {error}")
    except Exception as error:
        return Result(row, why=f"failed: {type(error).__name__}: {error}")


def _quantity(row: Row) -> Result:
    if row.measure is None:
        raise TypeError(f"The row {row.name} has neither sides nor measure.")
    return Result(row, row.measure())


def _timed(row: Row, plan: Plan) -> Result:
    if row.sides is None:
        raise TypeError(f"The row {row.name} has no sides.")
    ours, reference = row.sides()
    wrong = _disagreement(ours(), reference())
    if wrong:
        return Result(row, why=f"failed: the two sides differ: {wrong}")
    mine, theirs = best_seconds([ours, reference], plan)
    return replace(Result(row, mine / theirs), ours=mine, reference=theirs)


def _disagreement(ours: Any, reference: Any) -> str:
    """Say how the results of both sides differ; "" where they do not."""
    import numpy as np

    got, expected = as_array(ours), as_array(reference)
    if got.shape != expected.shape:
        return f"shapes {got.shape} and {expected.shape}"
    rtol = 1e-9 if got.dtype == expected.dtype == np.float64 else 1e-3
    scale = float(np.abs(expected).max(initial=0.0))
    off = float(np.abs(got - expected).max(initial=0.0))
    return "" if off <= rtol * max(scale, 1e-300) else f"by up to {off:.2g}"


def as_array(value: Any) -> Any:
    """Return a number, array or tensor of any library as an array."""
    import numpy as np

    for name in ("detach", "data"):
        if not isinstance(value, np.ndarray) and hasattr(value, name):
            value = getattr(value, name)
            value = value() if callable(value) else value
    return np.asarray(value)
