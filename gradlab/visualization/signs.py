"""What an op on two inputs may be called: its sign, in several forms, or its name."""

from __future__ import annotations

import re

from gradlab.operators import SCALARS, ScalarOp
from gradlab.visualization.own_code import plain

SIGNS = {
    "+": "add",
    "-": "sub",
    "−": "sub",
    "*": "mul",
    "·": "mul",
    "×": "mul",
    "/": "div",
    "÷": "div",
}


def zip_op(name: object) -> ScalarOp:
    """Return the scalar op behind a sign such as "*" or a name such as "mul".

    Raises
    ------
    ValueError
        If there is no such op on two numbers.

    Examples
    --------
    >>> zip_op("×").name, zip_op("sub").formula
    ('mul', 'x - y')
    """
    known = {op.name: op for op in SCALARS.values() if _is_zip(op)}
    op = known.get(SIGNS.get(name, name)) if isinstance(name, str) else None
    if op is None:
        raise ValueError(
            f"There is no op {plain(name)} on two inputs: use one of + - * / or "
            f"{', '.join(known)}."
        )
    return op


def sign_of(op: ScalarOp) -> str:
    """Return the sign that pictures draw between two inputs; a comma if it has none.

    Examples
    --------
    >>> sign_of(zip_op("mul")), sign_of(zip_op("÷"))
    ('·', '/')
    """
    between = re.fullmatch(r"x (\S+) y", op.formula)
    sign = between[1] if between else ","
    return "·" if sign == "*" else sign


def _is_zip(op: ScalarOp) -> bool:
    """Say whether an op is one that lessons know: no step of backward."""
    return op.kind == "zip" and bool(op.formula) and not op.name.endswith("_back")
