"""ScalarOp: one row of SCALARS."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

ScalarFn = Callable[..., float]
Kind = Literal["map", "zip", "reduce"]


@dataclass(frozen=True)
class ScalarOp:
    """One scalar function with all that the rest of gradlab knows about it.

    Parameters
    ----------
    name : the name in `t.f.<name>_map` or `t.f.<name>_zip`
    kind : "map" for one argument, "zip" for two
    fn : the function on floats
    local : its derivative with respect to each argument, without d_out; empty where
        it has none
    formula, local_formulas : how pictures and lessons write them
    start : the value that changes nothing, where the function can also reduce
    domain : where tests draw numbers from
    kinks : points without a derivative
    """

    name: str
    kind: Kind
    fn: ScalarFn
    local: tuple[ScalarFn, ...] = ()
    formula: str = ""
    local_formulas: tuple[str, ...] = ()
    start: float | None = None
    domain: tuple[float, float] = (-3.0, 3.0)
    kinks: tuple[float, ...] = ()
