"""What an error in a Function's two methods comes from, whatever the exercise."""

from __future__ import annotations

import inspect
import re
from typing import Any

from gradlab.exercises.probes import ErrorInfo
from gradlab.scalar_function import ScalarFunction

# A pattern, found in "TypeError: message | the line of code", and what to say of it.
WORDS = (
    (
        "TypeError: 'tuple' object is not callable",
        "Your code calls a tuple as if it were a function. `ctx.saved_values` is the "
        "tuple of what was saved; nothing needs to be called.",
    ),
    (
        "TypeError: .*(real number|operand|instances|concatenate|argument).*tuple|"
        "TypeError: can't multiply sequence",
        "Your code computes with a tuple as if it were a number. `ctx.saved_values` is "
        "always a tuple, even if it holds a single value.",
    ),
    (
        "(values to unpack|IndexError: tuple).*saved_",
        "`ctx.saved_values` holds what the last `ctx.save_for_backward` was given: a "
        "second call replaces the first, and without a call nothing is in it.",
    ),
    (
        "AttributeError: .*saved_\\w+.*has no setter",
        "`ctx.saved_values` is for reading. What backward is to find there, forward "
        "gives to `ctx.save_for_backward(...)`.",
    ),
    (
        "TypeError: unsupported operand type\\(s\\) for \\^",
        "In Python `^` is no power; two stars are: `2 ** 5` is 32.",
    ),
    (
        "TypeError: (.*method|tuple indices).*saved?_|"
        "AttributeError: 'History' object has no attribute",
        "What `ctx.save_for_backward` took in comes out of `ctx.saved_values`, as a "
        "tuple.",
    ),
)
ON_TENSORS = (
    (
        "TypeError: .* works on tensors.*got a tuple",
        "Your code takes a tuple for a tensor. `ctx.saved_values` is always a tuple, "
        "even if it holds a single value.",
    ),
    (
        "item\\(\\) needs one element.*math\\.",
        "A function of `math` is for one number. A tensor has methods for all its "
        "cells at once, such as `t.exp()`.",
    ),
    (
        "True or False\\? Shape",
        "`if` decides once, for all cells together. Here each cell has an answer of "
        "its own: a comparison of tensors gives 1 or 0 in each cell.",
    ),
)
OWN_NAMES = (
    "Each method has its own variables. What backward needs of forward's, forward "
    "keeps in `ctx`."
)


def of_a_function(error: ErrorInfo, truth: Any) -> str:
    """Return what to say of an error in a Function's code; "" if nothing is known.

    Examples
    --------
    >>> from gradlab.scalar_functions import Mul
    >>> error = ErrorInfo("NameError", "name 'x' is not defined")
    >>> of_a_function(error, Mul)[:35]
    'Each method has its own variables. '
    """
    line = error.lines[-1][1] if error.lines else ""
    told = f"{error.type}: {error.message} | {line}"
    if error.type == "NameError" and _names_of_forward(error, truth):
        return OWN_NAMES
    known = WORDS if issubclass(truth, ScalarFunction) else (*ON_TENSORS, *WORDS)
    return next((said for kind, said in known if re.search(kind, told)), "")


def _names_of_forward(error: ErrorInfo, truth: Any) -> bool:
    """Say whether a name that is not known is one of forward's arguments."""
    found = re.match(r"name '(\w+)' is not defined", error.message)
    names = inspect.signature(truth.forward).parameters
    return found is not None and found[1] in names
