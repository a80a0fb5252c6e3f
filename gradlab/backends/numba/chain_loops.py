"""Run a chain and its backward through arrays, each as one compiled loop."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from gradlab.backends.base import Array, reduced_shape
from gradlab.backends.chains import Chain
from gradlab.backends.numba.fused import backward_text, forward_text
from gradlab.backends.numba.kernels import BY_CHAR, load
from gradlab.backends.numba.layout import Walk, layout, line, walk
from gradlab.indexing import shape_broadcast, strides_from_shape

_TEXTS = {"forward": forward_text, "backward": backward_text}
_lock = threading.RLock()


class ChainLoops:
    """The compiled loops of one chain, made as calls need them.

    Parameters
    ----------
    chain : what one cell of the result is made of
    """

    def __init__(self, chain: Chain) -> None:
        self.chain = chain
        self._loops: dict[tuple[str, str, tuple[str, ...]], Any] = {}
        self._shown: dict[str, tuple[str, tuple[str, ...]]] = {}

    def forward(self, arrays: Sequence[Array], plan: Plan) -> Array:
        """Return the result; dims that are summed along stay as size 1."""
        dtype = arrays[0].dtype
        out = _made(plan.out, plan, dtype)
        self._run("forward", arrays, [out])
        return out.astype(dtype, copy=False)

    def backward(
        self, arrays: Sequence[Array], d_out: Array, needed: Sequence[bool], plan: Plan
    ) -> tuple[Array | None, ...]:
        """Return the gradient of each input that needs one.

        Parameters
        ----------
        d_out : with the dims that forward summed along, as size 1
        """
        dtype = d_out.dtype
        made = [
            _made(x.shape, plan, dtype) if need else None
            for x, need in zip(arrays, needed)
        ]
        self._run("backward", [*arrays, d_out], made)
        return tuple(d if d is None else d.astype(dtype, copy=False) for d in made)

    def text(self) -> str:
        """Return the loops that ran last, or those for packed arrays of one shape."""
        out = "one" if self.chain.folded else "each"
        inputs = ("each",) * len(self.chain.inputs)
        grads = ["each" if x else "" for x in self.chain.differentiable()]
        packed = {"forward": (*inputs, out), "backward": (*inputs, out, *grads)}
        texts = [
            _TEXTS[kind](self.chain, *self._shown.get(kind, ("float64", packed[kind])))
            for kind in ("forward", "backward")
            if kind == "forward" or any(grads)
        ]
        return "\n\n".join(texts)

    def _run(
        self, kind: str, reads: Sequence[Array], writes: Sequence[Array | None]
    ) -> None:
        """Fill the arrays to write, which are packed."""
        made = [array for array in writes if array is not None]
        way = walk(*map(layout, (*reads, *made)))
        if not way.has_rows or len(way.shape) > 3:
            reads = [np.asarray(x, order="C") for x in reads]
            way = walk(*map(layout, (*reads, *made)))
        modes = _modes(reads, writes, way)
        loop = self._loop(kind, reads[0].dtype.char, modes)
        lines = [line(x) for x in (*reads, *made)]
        loop(*(each for pair in zip(lines, way.steps) for each in pair), way.shape)

    def _loop(
        self, kind: str, char: str, modes: tuple[str, ...]
    ) -> Callable[..., None]:
        key = (kind, char, modes)
        self._shown[kind] = BY_CHAR[char], modes
        if key not in self._loops:
            with _lock:
                text = _TEXTS[kind](self.chain, BY_CHAR[char], modes)
                name = "".join(c if c.isalnum() else "_" for c in self.chain.name)
                module = load(f"fused_{name}_{kind}_{BY_CHAR[char]}", text)
                self._loops[key] = getattr(module, kind)
        return self._loops[key]


def _made(shape: tuple[int, ...], plan: Plan, dtype: Any) -> Array:
    """Return an array to write: each cell once, or sums that start from 0."""
    if shape == plan.shape or math.prod(shape) == plan.size:
        return np.empty(shape, dtype)
    return np.zeros(shape, np.float64)


def _modes(
    reads: Sequence[Array], writes: Sequence[Array | None], way: Walk
) -> tuple[str, ...]:
    """Return how the inner loop goes through each array."""
    inner = iter(steps[-1] for steps in way.steps)
    modes = ["each" if next(inner) else "one" for _ in reads]
    for array in writes:
        if array is None:
            modes.append("")
        elif next(inner):
            modes.append("each" if array.size == way.size else "row")
        else:
            modes.append("one")
    return tuple(modes)


class Plan(NamedTuple):
    """What the shapes of the inputs say about a call.

    Parameters
    ----------
    shape, size : the shape that they broadcast to, and its number of cells
    dims : the dims that are summed along
    out : the shape of the result, with these dims as size 1
    """

    shape: tuple[int, ...]
    size: int
    dims: tuple[int, ...]
    out: tuple[int, ...]

    @property
    def folded(self) -> int:
        """The number of cells that are added up to one cell of the result."""
        return math.prod([self.shape[d] for d in self.dims])


def plan_for(
    shapes: Sequence[tuple[int, ...]], as_dims: Callable[[int], tuple[int, ...]]
) -> Plan:
    """Return the plan for inputs of these shapes.

    Parameters
    ----------
    as_dims : which dims to sum along, for a number of dims

    Raises
    ------
    CannotLoopError
        If there are no cells, or three loops cannot go through them.
    """
    shape: tuple[int, ...] = ()
    try:
        for each in shapes:
            shape = shape_broadcast(shape, each)
    except ValueError:
        said = ", ".join(map(str, shapes))
        raise CannotLoopError(f"the shapes {said} do not broadcast") from None
    if 0 in shape:
        raise CannotLoopError("there are no cells")
    dims = as_dims(len(shape))
    out = reduced_shape(shape, dims)
    packed = [(each, strides_from_shape(each), 1) for each in (*shapes, out)]
    if len(walk(*packed).shape) > 3:
        raise CannotLoopError("its shapes broadcast in more than three loops")
    return Plan(shape, math.prod(shape), dims, out)


class CannotLoopError(Exception):
    """Why no compiled loop goes through arrays, as a part of a sentence."""
