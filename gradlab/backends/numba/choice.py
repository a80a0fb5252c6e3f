"""Which calls a compiled loop answers, and which go to NumPy: measured, not guessed."""

from __future__ import annotations

from gradlab.backends.numba.templates import FREE_ORDER
from gradlab.backends.numpy import UFUNCS, keeps_dtype
from gradlab.operators import ScalarOp

# NumPy has these in vector instructions, or Numba only one number at a time.
NUMPY_IS_FASTER = frozenset(
    {
        "id",
        "id_back",
        "log",
        "sin",
        "sin_back",
        "cos",
        "cos_back",
        "pow",
        "pow_dx",
        "pow_dy",
    }
)
NUMPY_FOLDS_FASTER = frozenset({"maximum", "minimum"})
# NumPy calls a scalar exp, gradlab's own is vectorised; its heaviside is slow too.
EARLY = frozenset(
    {
        "exp",
        "exp_back",
        "tanh",
        "tanh_back",
        "sigmoid",
        "sigmoid_back",
        "relu_back",
    }
)

# Number of cells from which a compiled loop pays.
_FIRST = {"map": 16_384, "zip": 16_384, "broadcast": 65_536, "strided": 65_536}
_EARLY_FIRST = 512
_REDUCE = 512
_ZIP_REDUCE = 16_384


def is_one_pass(name: str) -> bool:
    """Say whether NumPy does this op in one pass, as fast as any loop."""
    return keeps_dtype(UFUNCS.get(name)) and name not in EARLY


def has_strided(op: ScalarOp) -> bool:
    """Say whether there is a loop for any strides, or inputs are packed before."""
    is_zip = op.kind == "zip" and not op.name.endswith("_back")
    return is_zip and is_one_pass(op.name)


def first_size(name: str, kind: str) -> int:
    """Return the number of cells from which the kernel answers."""
    if kind in FREE_ORDER:
        return _ZIP_REDUCE if "zip" in kind else _REDUCE
    return _EARLY_FIRST if name in EARLY else _FIRST[kind]


def may_run(op: ScalarOp, kind: str) -> bool:
    """Say whether the kernel ever answers a call."""
    if kind in FREE_ORDER:
        return op.name not in NUMPY_FOLDS_FASTER
    one_pass = kind == "map" and is_one_pass(op.name)
    return op.name not in NUMPY_IS_FASTER and not one_pass


def when_it_runs(op: ScalarOp, kind: str) -> str:
    """Return a sentence on which calls the kernel answers, for its first lines."""
    if not may_run(op, kind):
        return "NumPy answers these calls: it is as fast or faster, at any size."
    if kind == "zip" and is_one_pass(op.name):
        first = first_size(op.name, "broadcast")
        return f"It broadcasts from {first:,} cells on; NumPy answers other calls."
    first = first_size(op.name, kind)
    return f"It runs from {first:,} cells on; NumPy answers smaller calls."
