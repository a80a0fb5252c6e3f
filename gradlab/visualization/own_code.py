"""What a learner's code returned, read without trusting it."""

from __future__ import annotations

import contextlib
import io
import operator
from collections.abc import Callable
from numbers import Number
from typing import Any

from gradlab.visualization.text import clean

_LARGEST = 10**9  # sizes and indices beyond this are not drawn as numbers
_LONGEST = 12  # and neither are longer tuples


def plain(thing: object, longest: int = 40) -> str:
    """Return how Python writes a thing, in one short line, whatever it is.

    Examples
    --------
    >>> plain([3, 4]), plain(ValueError("no"))
    ('[3, 4]', 'ValueError')
    >>> import numpy as np
    >>> plain((np.int64(3), np.float64(0.5)))
    '(3, 0.5)'
    """
    if isinstance(thing, BaseException):
        return type(thing).__name__
    try:
        text = " ".join(clean(repr(_python(thing))).split())
    except Exception:
        return f"a {type(thing).__name__}"
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _python(thing: object) -> object:
    """Return NumPy's numbers, also inside a tuple or list, as Python's own."""
    if type(thing) in (tuple, list) and len(thing) <= _LONGEST:  # type: ignore[arg-type]
        return type(thing)(map(_python, thing))  # type: ignore[call-arg,call-overload]
    number = type(thing).__module__ == "numpy" and isinstance(thing, Number)
    return thing.item() if number else thing  # type: ignore[attr-defined]


def whole_numbers(thing: object) -> tuple[int, ...] | None:
    """Return a tuple or list of whole numbers as a tuple; None for anything else.

    Examples
    --------
    >>> whole_numbers([3, 4]), whole_numbers("34"), whole_numbers((1.5,))
    ((3, 4), None, None)
    """
    if not isinstance(thing, (tuple, list)) or len(thing) > _LONGEST:
        return None
    try:
        numbers = tuple(operator.index(part) for part in thing)
    except Exception:
        return None
    return numbers if all(abs(n) <= _LARGEST for n in numbers) else None


def outcome(fn: Callable[..., Any], *args: object) -> object:
    """Return what a call returns or raises; what it prints is dropped.

    Examples
    --------
    >>> outcome(lambda x: 1 // x, 0)
    ZeroDivisionError('integer division or modulo by zero')
    """
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            return fn(*args)
        except (Exception, SystemExit) as error:
            return error
