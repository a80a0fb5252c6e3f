"""Run a function once on placeholders, to see which maps and zips it is made of."""

from __future__ import annotations

import inspect
import keyword
import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from gradlab.backends.chains import Chain, Node, values_below
from gradlab.operators import SCALARS
from gradlab.tensors.data import TensorData

_UNNAMED = ("id", "neg")  # which no method of a tensor is called
MAPS = tuple(
    name for name, op in SCALARS.items() if op.kind == "map" and name not in _UNNAMED
)
ZIPS = ("pow", "maximum", "minimum", "is_close")
CAN = (
    f"+ - * / ** and comparisons, {', '.join((*MAPS, *ZIPS))} of tensors and "
    "numbers, and one sum or mean as the last op"
)
_TAKEN = {"d", "h", "i", "j", "shape", "start", "out", "math", "np", "abs", "min"}


class Closing(NamedTuple):
    """The sum or mean that closes a chain."""

    name: str
    dim: Any
    keepdim: bool


class Traced(NamedTuple):
    """What fuse found in a function.

    Parameters
    ----------
    chain : what one cell of the result is made of, before it is summed
    positions : which of the arguments the chain's inputs are
    arguments : how many arguments the function takes
    closing : the sum or mean at the end, if there is one
    """

    chain: Chain
    positions: tuple[int, ...]
    arguments: int
    closing: Closing | None


class CannotFuseError(TypeError):
    """Why a function is no chain of maps and zips."""


class Placeholder:
    """Stands for a tensor while a function is looked at; it has no cells.

    Parameters
    ----------
    node : the value it stands for
    of : the name of the function, for messages
    closing : the sum or mean that made it
    """

    __array_ufunc__ = None  # so that NumPy's numbers on the left hand over to us

    def __init__(self, node: Node, of: str, closing: Closing | None = None) -> None:
        self._node = node
        self._of = of
        self._closing = closing

    def _op(self, name: str, *others: Any, swap: bool = False) -> Placeholder:
        self._check_open(name)
        args = (self._node, *(self._operand(name, other) for other in others))
        op = SCALARS[name]
        return Placeholder(Node("", op, args[::-1] if swap else args), self._of)

    def _operand(self, name: str, value: Any) -> Node | float:
        if isinstance(value, Placeholder):
            value._check_open(name)
            return value._node
        if isinstance(value, (int, float, np.floating, np.integer, np.bool_)):
            return float(value)
        kind = type(value).__name__
        if isinstance(value, (TensorData, np.ndarray)):
            raise self._refusal(
                f"{name} gets a {kind} of shape {value.shape} from outside. Make it "
                f"an argument of {self._of}"
            )
        raise self._refusal(f"{name} gets a {kind}")

    def _check_open(self, name: str) -> None:
        if self._closing is not None:
            raise self._refusal(
                f"{name} comes after {self._closing.name}, which has to be the last op"
            )

    def _refusal(self, why: str) -> CannotFuseError:
        return CannotFuseError(
            f"fuse cannot make {self._of} one loop: {why}. What it can fuse: {CAN}."
        )

    # ------------------------------- what can be fused -------------------------------

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name in MAPS:
            return lambda: self._op(name)
        if name in ZIPS:
            return lambda other: self._op(name, other)
        raise self._refusal(f"it uses .{name}")

    def sum(self, dim: Any = None, keepdim: bool = False) -> Placeholder:
        """Close the chain with a sum."""
        return self._closed("sum", dim, keepdim)

    def mean(self, dim: Any = None, keepdim: bool = False) -> Placeholder:
        """Close the chain with a mean."""
        return self._closed("mean", dim, keepdim)

    def _closed(self, name: str, dim: Any, keepdim: bool) -> Placeholder:
        self._check_open(name)
        for given in (*(dim if isinstance(dim, (tuple, list)) else (dim,)), keepdim):
            if isinstance(given, Placeholder):
                raise self._refusal(f"the dim of {name} is an argument")
        return Placeholder(self._node, self._of, Closing(name, dim, bool(keepdim)))

    def __abs__(self) -> Placeholder:
        return self._op("abs")

    def __neg__(self) -> Placeholder:
        return self._op("neg")

    # -------------------------------- what cannot be --------------------------------

    def _value(self, *_: Any) -> Any:
        raise self._refusal(
            "it asks for a number in a cell, as `if x > 0` and math.exp(x) do; "
            "relu, maximum and comparisons choose cell by cell"
        )

    __bool__ = __float__ = __int__ = __index__ = _value

    def _cells(self, *_: Any) -> Any:
        raise self._refusal(
            "it takes a tensor apart, with t[...], len or a loop over t"
        )

    __getitem__ = __len__ = __iter__ = __setitem__ = __contains__ = _cells

    def _matmul(self, _: Any) -> Any:
        raise self._refusal("it uses @, where a cell of the result needs many cells")

    __matmul__ = __rmatmul__ = _matmul


def _operator(name: str, *, swap: bool = False) -> Callable[[Any, Any], Any]:
    return lambda self, other: self._op(name, other, swap=swap)


for _sign in ("add", "sub", "mul", "truediv", "pow"):
    _name = "div" if _sign == "truediv" else _sign
    setattr(Placeholder, f"__{_sign}__", _operator(_name))
    setattr(Placeholder, f"__r{_sign}__", _operator(_name, swap=True))
for _name in ("lt", "gt", "le", "ge", "eq", "ne"):
    setattr(Placeholder, f"__{_name}__", _operator(_name))


def traced(fn: Callable[..., Any], name: str) -> Traced:
    """Return what a function is made of.

    Raises
    ------
    TypeError
        If it does anything that cannot be fused, or returns no tensor.

    Examples
    --------
    >>> found = traced(lambda x, y: (x * y).sum(), "dot")
    >>> [node.op.name for node in found.chain.nodes() if node.op], found.closing.name
    (['mul'], 'sum')
    """
    inputs = [Node(each) for each in _input_names(fn, name)]
    placeholders = [Placeholder(node, name) for node in inputs]
    try:
        result = fn(*placeholders)
    except CannotFuseError:
        raise
    except Exception as error:
        message = f"fuse ran {name} once without numbers, and it raised {error!r}."
        raise TypeError(f"{message} What fuse can follow: {CAN}.") from error
    if not isinstance(result, Placeholder):
        raise TypeError(
            f"fuse needs a function that returns a tensor made of its arguments; "
            f"{name} returned {result!r}."
        )
    live = values_below(result._node)
    positions = tuple(k for k, node in enumerate(inputs) if node in live)
    used = tuple(inputs[k] for k in positions)
    chain = Chain(name, used, result._node, folded=result._closing is not None)
    return Traced(chain, positions, len(inputs), result._closing)


def _input_names(fn: Callable[..., Any], name: str) -> Sequence[str]:
    """Return the arguments that have to be given, named so that a loop can use them."""
    try:
        parameters = inspect.signature(fn).parameters.values()
    except ValueError:
        raise TypeError(f"fuse cannot tell how many tensors {name} takes.") from None
    needed = [p for p in parameters if p.default is p.empty]
    if any(p.kind not in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD) for p in needed):
        raise TypeError(f"fuse needs named arguments in {name}: f(x, y), not f(*xs).")
    if not needed:
        raise TypeError(f"fuse needs a function of tensors; {name} takes none.")
    names = [p.name.replace("_", "") for p in needed]
    fine = len(set(names)) == len(names) and all(map(_is_free, names))
    return names if fine else [f"x{k + 1}" for k in range(len(names))]


def _is_free(name: str) -> bool:
    if not name.isidentifier() or keyword.iskeyword(name) or not name.isascii():
        return False
    functions = {op.fn.__name__ for op in SCALARS.values()}
    return name not in _TAKEN | functions and not re.fullmatch(r"[td]\d+", name)
