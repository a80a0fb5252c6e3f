"""What arrives at a leaf in a backward, read from a result or given as a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

from gradlab.autodiff import backward_steps, topological_order
from gradlab.visualization.flow_nodes import is_variable
from gradlab.visualization.own_code import plain
from gradlab.visualization.pictures.influence.influence_input import (
    listed,
    one_number,
)
from gradlab.visualization.text import clean, size_names

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


class Drop(NamedTuple):
    """One contribution to a gradient, and which op sent it."""

    origin: str
    value: Array


@dataclass(frozen=True)
class Tray:
    """A leaf and what arrives at it.

    Attributes
    ----------
    name : what the leaf is called
    attribute : where it keeps the sum: "grad", or "derivative" for a Scalar
    """

    name: str
    attribute: str
    drops: Sequence[Drop]

    @cached_property
    def sums(self) -> list[Array]:
        """What has been added up after each drop."""
        import numpy as np

        with np.errstate(all="ignore"):
            return list(accumulate(drop.value for drop in self.drops))

    def times(self, passes: int) -> Array:
        """Return what several backwards leave together."""
        import numpy as np

        with np.errstate(all="ignore"):
            return self.sums[-1] * passes

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of every drop and of their sum."""
        return self.drops[0].value.shape


def read_tray(given: Any, to: Any, d_out: Any, name: str | None) -> Tray:
    """Return the leaf and the drops that `accumulator` is asked about.

    Raises
    ------
    TypeError
        If it is neither a result nor a list of contributions.
    ValueError
        If the leaf is not known, or the contributions differ in shape.
    """
    if is_variable(given):
        return _of_result(given, to, d_out, name)
    if not isinstance(given, (list, tuple)):
        raise TypeError(
            "accumulator takes a result and one of its leaves, as in "
            'accumulator(y, "a"), or the contributions in a list, as in '
            f"accumulator([1, 2]); got {plain(given)}."
        )
    if to is not None or d_out is not None:
        raise ValueError(
            "A list of contributions has no leaves and no d_out: leave to and d_out "
            'out. Its leaf is called with name="a".'
        )
    return _of_list(given, name or "a")


def _of_list(given: Sequence[Any], name: str) -> Tray:
    if not given:
        raise ValueError(
            "The list of contributions is empty: where nothing arrives, .grad stays "
            "None. Give at least one number."
        )
    values = [_array(value, n) for n, value in enumerate(given, start=1)]
    for n, value in enumerate(values, start=1):
        if value.shape != values[0].shape:
            raise ValueError(
                f"Contribution {n} has shape {size_names(value.shape)}, the first one "
                f"{size_names(values[0].shape)}. Each has the shape of the leaf: sum "
                "or spread it first."
            )
    drops = [Drop(f"drop {n}", value) for n, value in enumerate(values, start=1)]
    return Tray(clean(name), "grad", drops)


def _array(value: Any, n: int) -> Array:
    import numpy as np

    bare = value.to_numpy() if hasattr(value, "to_numpy") else value
    bare = getattr(bare, "data", bare) if is_variable(value) else bare
    try:
        return np.array(bare, dtype=np.float64)
    except (TypeError, ValueError):
        raise TypeError(
            f"Contribution {n} is a number, or a tensor of numbers; got {plain(value)}."
        ) from None


# ---------------------------------- a result ----------------------------------


def _of_result(result: Any, to: Any, d_out: Any, name: str | None) -> Tray:
    if not result.requires_grad:
        raise ValueError(
            "Nothing behind this result needs a gradient, so no gradient arrives "
            "anywhere. Make a leaf with requires_grad=True."
        )
    leaf = _leaf(result, to)
    drops = list(_drops(result, leaf, _incoming(result, d_out)))
    called = clean(name or getattr(leaf, "name", None) or "leaf")
    if not drops:
        raise ValueError(
            f"Nothing arrives at {called}: every backward on the way gave None, so its "
            "gradient stays None."
        )
    attribute = "grad" if hasattr(leaf, "shape") else "derivative"
    return Tray(called, attribute, drops)


def _leaf(result: Any, to: Any) -> Any:
    """Return the leaf that is meant: by name, by itself, or as the only one."""
    order = topological_order(result)
    leaves = [node for node in order if node.history is None]
    names = [str(getattr(leaf, "name", None) or "(no name)") for leaf in leaves]
    if to is None and len(leaves) == 1:
        return leaves[0]
    if to is None:
        raise ValueError(
            f"This result has {len(leaves)} leaves, {listed(names)}: say which one, by "
            "its name or with to=leaf."
        )
    meant = [n for n in order if n is to or (isinstance(to, str) and _name_of(n) == to)]
    found = [node for node in meant if node.history is None]
    if len(found) == 1:
        return found[0]
    which = f"called {plain(to)}" if isinstance(to, str) else "to=..."
    raise ValueError(_no_leaf(which, len(found), bool(meant), listed(names)))


def _no_leaf(which: str, found: int, inner: bool, leaves: str) -> str:
    """Say why it is not clear which leaf is meant."""
    if found:
        return f"{found} leaves are {which}: give the leaf itself."
    if inner:
        return (
            f"The node {which} is no leaf: an op made it, so backward passes its "
            f"gradient on and keeps none. The leaves are {leaves}."
        )
    return f"The leaf {which} has no part in this result. Its leaves are {leaves}."


def _name_of(node: Any) -> str | None:
    return getattr(node, "name", None)


def _incoming(result: Any, d_out: Any) -> Any:
    if not hasattr(result, "shape"):
        return 1.0 if d_out is None else one_number(d_out, "d_out")
    if d_out is None and result.size != 1:
        raise ValueError(
            f"This result has shape {size_names(result.shape)}, so backward needs "
            "d_out of that shape: accumulator(result, leaf, d_out=...)."
        )
    return result.as_d_out(d_out)


def _drops(result: Any, leaf: Any, d_out: Any) -> Iterator[Drop]:
    if result is leaf:
        yield Drop("d_out", _array(d_out, 1))
    for step in backward_steps(result, d_out):
        for _, source, d in step.contributions:
            if source is leaf:
                yield Drop(_origin(step.node), _array(d, 1))


def _origin(node: Any) -> str:
    """Return what sent a contribution: "from Mul", or "from d (Mul)"."""
    op, name = node.history.fn.__name__, getattr(node, "name", None)
    return f"from {clean(name)} ({op})" if name else f"from {op}"
