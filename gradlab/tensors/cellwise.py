"""MapFunction, ZipFunction: Function for one and for two tensors, and nothing else.

Their `apply` does what `Function.apply` does, without its loop over any number of
inputs and options: at ten cells that loop costs more than the arithmetic.
"""

from __future__ import annotations

from typing import Any

from gradlab.autodiff import History, recording
from gradlab.tensors import plugging
from gradlab.tensors.data import clock
from gradlab.tensors.function import Function

_plugged = plugging.active.get


class MapFunction(Function):
    """A Function on arrays, of one tensor."""

    kind, on = "map", "arrays"

    @classmethod
    def apply(cls, x: Any) -> Any:
        """Run forward and remember how the result was made."""
        if _plugged() is not None or not hasattr(x, "_loops"):
            return super().apply(x)
        ctx = History()
        ctx.f = x._loops
        result = x._like(cls.forward(ctx, x._array))
        if x.requires_grad and recording.on and cls.differentiable:
            ctx.fn, ctx.inputs, ctx.made_at = cls, (x,), clock.now
            result.requires_grad, result.history = True, ctx
        return result


class ZipFunction(Function):
    """A Function on arrays, of two tensors."""

    kind, on = "zip", "arrays"

    @classmethod
    def apply(cls, x: Any, y: Any) -> Any:
        """Run forward and remember how the result was made."""
        try:
            unusual = x._loops is not y._loops or _plugged() is not None
        except AttributeError:  # one is no tensor
            unusual = True
        if unusual:
            return super().apply(x, y)
        ctx = History()
        ctx.f = x._loops
        result = x._like(cls.forward(ctx, x._array, y._array))
        if (x.requires_grad or y.requires_grad) and recording.on and cls.differentiable:
            ctx.fn, ctx.inputs, ctx.made_at = cls, (x, y), clock.now
            result.requires_grad, result.history = True, ctx
        return result
