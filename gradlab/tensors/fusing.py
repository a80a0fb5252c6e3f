"""fuse: a chain of ops as one loop, with its backward as another.

Op by op, every intermediate tensor is written to memory and read back, which takes
longer than the arithmetic. Fused, it stays in the processor.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from gradlab.autodiff import Context, History
from gradlab.backends.base import Array
from gradlab.tensors import plugging
from gradlab.tensors.data import TensorData
from gradlab.tensors.f import as_dims
from gradlab.tensors.function import Function
from gradlab.tensors.functions.reduce import drop_dims
from gradlab.tensors.methods.operands import operand
from gradlab.tensors.tracing import Closing, traced

if TYPE_CHECKING:
    from gradlab.backends.numba.chain_loops import ChainLoops, Plan

REMEMBERED = 256  # shapes whose walk is kept


class Fused(Function):
    """A chain of maps and zips, and perhaps a sum or mean, as one op."""

    on = "arrays"

    @staticmethod
    def forward(
        ctx: Context,
        *arrays: Array,
        loops: ChainLoops,
        plan: Plan,
        closing: Closing | None,
    ) -> Array:
        """Go once through the cells; nothing but the result is written."""
        ctx.save_for_backward(*arrays)
        out = _per_cell(loops.forward(arrays, plan), plan, closing)
        return drop_dims(out, plan.dims, closing.keepdim) if closing else out

    @staticmethod
    def backward(ctx: History, d_out: Array) -> tuple[Array | None, ...]:
        """Compute what is between again, and go back through it, cell by cell."""
        arrays, plan = ctx.saved_values, ctx.options["plan"]
        d = d_out if d_out.shape == plan.out else d_out.reshape(plan.out)
        d = _per_cell(d, plan, ctx.options["closing"])
        needed = [ctx.needs(k) for k in range(len(arrays))]
        loops: ChainLoops = ctx.options["loops"]
        return loops.backward(arrays, d, needed, plan)


def _per_cell(sums: Array, plan: Plan, closing: Closing | None) -> Array:
    """Return sums as they are, or divided by how many cells each is made of."""
    if closing is None or closing.name == "sum":
        return sums
    return np.asarray(sums / sums.dtype.type(plan.folded))


class Fusion:
    """What `fuse` returns: a function of tensors that runs as one loop where it can.

    Parameters
    ----------
    fn : the function
    """

    def __init__(self, fn: Callable[..., Any]) -> None:
        if not callable(fn):
            raise TypeError(f"fuse needs a function; got {fn!r}.")
        self.fn = fn
        self.__doc__ = fn.__doc__
        self.__name__ = getattr(fn, "__name__", type(fn).__name__)
        self._traced = traced(fn, self.__name__)
        self._follows = self._traced.chain.differentiable()
        ops = sum(node.op is not None for node in self._traced.chain.nodes())
        self._ops = ops + (self._traced.closing is not None)
        self._plans: dict[tuple[tuple[int, ...], ...], Plan | str] = {}
        self._loops: ChainLoops | None = None
        self._runs = "not run yet"

    @property
    def runs(self) -> str:
        """What answered the last call: the compiled loop, or the ops one by one."""
        return self._runs

    @property
    def source(self) -> str:
        """The text of the compiled loops, forward and backward."""
        return self.loops.text()

    @property
    def loops(self) -> ChainLoops:
        """What runs the chain."""
        if self._loops is None:
            from gradlab.backends.numba.chain_loops import ChainLoops

            self._loops = ChainLoops(self._traced.chain)
        return self._loops

    def __call__(self, *args: Any, **named: Any) -> Any:
        """Return what the function returns."""
        if named:
            args = inspect.signature(self.fn).bind(*args, **named).args
        tensors = self._tensors(args)
        why = self._why_not(args, tensors)
        plan = why or self._plan(tuple([x.shape for x in tensors]))
        if isinstance(plan, str):
            result = self.fn(*args)
            self._runs = f"op by op: {plan}"
            return result
        result = Fused.apply(
            *tensors, loops=self.loops, plan=plan, closing=self._traced.closing
        )
        self._runs = "as one compiled loop"
        return result

    def _tensors(self, args: tuple[Any, ...]) -> list[Any]:
        """Return the inputs of the chain, numbers as tensors."""
        if len(args) != self._traced.arguments:
            return []
        used = [args[k] for k in self._traced.positions]
        like = next((x for x in used if isinstance(x, TensorData)), None)
        if like is None:
            return []
        tensors = [operand(like, x) for x in used]
        # An input that no small step of the result comes from gets no gradient.
        return [
            x if follows or x is None or not x.requires_grad else x.detach()
            for x, follows in zip(tensors, self._follows)
        ]

    def _why_not(self, args: tuple[Any, ...], tensors: list[Any]) -> str:
        """Say why the ops have to run one by one; "" if they have not."""
        if not tensors or any(x is None for x in tensors):
            return f"it was called with {', '.join(type(x).__name__ for x in args)}"
        loops = tensors[0]._loops
        if any(x._loops is not loops for x in tensors):
            return "the dtypes or backends of its tensors differ"
        if loops.backend.name != "numba":
            return f"the {loops.backend.name} backend has no fused loops"
        if plugging.active.get() is not None:
            return "something is plugged in, or watches every op"
        if not self._ops:
            return "there is no op in it"
        return ""

    def _plan(self, shapes: tuple[tuple[int, ...], ...]) -> Plan | str:
        """Return how to go through the cells, or why no loop can."""
        plan = self._plans.get(shapes)
        if plan is None:
            from gradlab.backends.numba.chain_loops import CannotLoopError, plan_for

            closing = self._traced.closing
            try:
                plan = plan_for(
                    shapes, lambda ndim: as_dims(closing.dim, ndim) if closing else ()
                )
            except CannotLoopError as error:
                plan = str(error)
            if len(self._plans) == REMEMBERED:
                self._plans.clear()
            self._plans[shapes] = plan
        return plan

    def __repr__(self) -> str:
        count = f"{self._ops} op{'' if self._ops == 1 else 's'}"
        ran = self._runs if self._runs == "not run yet" else f"ran {self._runs}"
        return f"<fuse({self.__name__}): {count}; {ran}>"


def fuse(fn: Callable[..., Any]) -> Fusion:
    """Return a function of tensors that runs as one compiled loop, backward as another.

    `fn` is made of map and zip ops, of tensors and numbers, and may end in one sum or
    mean. It runs once without numbers, when it is fused, so that its ops are known;
    numbers that it uses stay as they were then. Where there is no compiled loop, on
    other backends than numba or with something plugged in, its ops run one by one.

    Parameters
    ----------
    fn : the function; arguments with a default keep it

    Returns
    -------
    A function like `fn`, with `.source`, the text of its loops, and `.runs`, what
    answered the last call. In a graph its result is one node, "Fused".

    Raises
    ------
    TypeError
        If `fn` is no function, returns no tensor, or does anything that cannot be
        fused: says what, and what can be.

    Examples
    --------
    >>> from gradlab import tensor
    >>> swish = fuse(lambda x, beta: x * (beta * x).sigmoid())
    >>> x = tensor([0.0, 2.0], requires_grad=True)
    >>> swish(x, 1.0).sum().backward()
    >>> [round(d, 4) for d in x.grad.tolist()]
    [0.5, 1.0908]
    >>> swish.runs
    'as one compiled loop'
    >>> print(swish.source.split("def cell")[1].split("    return")[0])
    (x, beta):
        t1 = beta * x
        t2 = fast_sigmoid(t1)
        t3 = x * t2
    <BLANKLINE>
    """
    return Fusion(fn)
