"""Tensor: cells, arithmetic, and a memory of how it was made."""

from __future__ import annotations

import copy
from typing import Any, ClassVar, Self

import numpy as np

from gradlab.autodiff import History, backpropagate
from gradlab.backends import Backend
from gradlab.backends.base import Array
from gradlab.tensors import plugging
from gradlab.tensors.data import TensorData, Version
from gradlab.tensors.display import as_html, as_text
from gradlab.tensors.f import TensorOps
from gradlab.tensors.function import gradients
from gradlab.tensors.methods import Arithmetic, Elementwise, Reductions, Shapes


class Tensor(Arithmetic, Elementwise, Reductions, Shapes):
    """A multidimensional array that can be differentiated; make one with `tensor`.

    Examples
    --------
    >>> from gradlab import tensor
    >>> x = tensor([1.0, 2.0, 3.0], requires_grad=True)
    >>> (x * x).sum().backward()
    >>> x.grad.tolist()
    [2.0, 4.0, 6.0]
    """

    __slots__ = ("__weakref__", "grad", "history", "name", "requires_grad")
    _results: ClassVar[Any] = None  # the class of what ops on such tensors give

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "_results" not in vars(cls):
            cls._results = cls

    def __init__(
        self,
        array: Array,
        backend: Backend | None = None,
        version: Version | None = None,
        *,
        requires_grad: bool = False,
        name: str | None = None,
    ) -> None:
        super().__init__(array, backend, version)
        self.requires_grad = requires_grad
        self.grad: Any = None  # None, or a tensor of exactly this shape
        self.history: History | None = None
        self.name = name

    def _like(self, array: Array, version: Version | None = None) -> Any:
        """Return a tensor of this backend around other cells."""
        # Every op ends here: no __init__, whose calls cost more than the op.
        new = object.__new__(self._results)
        new._array = array
        new._loops = self._loops
        new._version = version
        new.requires_grad = False
        new.grad = new.history = new.name = None
        return new

    # ------------------------------ the graph ------------------------------

    @property
    def is_leaf(self) -> bool:
        """True for a tensor that no Function made."""
        return self.history is None

    @property
    def is_constant(self) -> bool:
        """True for a leaf that gets no gradient."""
        return self.is_leaf and not self.requires_grad

    @property
    def f(self) -> TensorOps:
        """map, zip and reduce by name, with nothing recorded: `t.f.mul_zip(t, u)`."""
        return TensorOps(plugging.loops_for(self), self._like)

    def chain_rule(self, d_out: Any) -> list[tuple[int, Any, Any]]:
        """Return (position, input, gradient) for each input that needs one."""
        if self.history is None:
            return []
        parts = self.bare_chain_rule(self.bare(d_out))
        return [(k, source, source.dressed(d)) for k, source, d in parts]

    def accumulate(self, d_out: Any) -> None:
        """Add to the gradient gathered so far."""
        self.gather(self.bare(d_out).view())

    def bare(self, d: Any) -> Array:
        """Return a gradient as it travels: the array in a tensor of this shape."""
        if not isinstance(d, TensorData):
            raise TypeError(
                f"The gradient of a tensor is a tensor of its shape, {self.shape}; got "
                f"{d!r}. tensor(...) makes one."
            )
        if d.shape != self.shape:
            raise ValueError(
                f"A gradient has exactly its tensor's shape, {self.shape}; got one of "
                f"shape {d.shape}."
            )
        return d._array.astype(self.dtype, copy=False)

    def dressed(self, d: Array) -> Self:
        """Return an array of cells as a tensor like this one."""
        return self._like(d)

    def bare_chain_rule(self, d_out: Array) -> list[tuple[int, Any, Array]]:
        """Return (position, input, array) for each input that needs a gradient."""
        return gradients(self, d_out)

    def gather(self, d_out: Array) -> None:
        """Add an array to the gradient gathered so far; keep it if it is nobody's."""
        if self.grad is not None:
            total = np.asarray(self.grad._array + d_out, order="C")
        elif d_out.ndim and d_out.flags.owndata and d_out.flags.c_contiguous:
            total = d_out
        else:
            total = np.array(d_out, order="C")
        self.grad = self._like(total)

    def backward(self, d_out: Any = None) -> None:
        """Add the gradient of this tensor to the `.grad` of every leaf below it.

        Parameters
        ----------
        d_out : the gradient of the final result with respect to this tensor, of its
            shape; may be left out for one element, where it is 1

        Raises
        ------
        ValueError
            If nothing below needs a gradient, or `d_out` is missing or misshapen.
        """
        self.check_differentiable()
        run = plugging.piece("backpropagate") or backpropagate
        with np.errstate(all="ignore"):  # IEEE: inf and nan are answers
            run(self, self.as_d_out(d_out))

    def check_differentiable(self) -> None:
        """Raise ValueError if nothing below this tensor needs a gradient."""
        if not self.requires_grad:
            raise ValueError(
                "backward found nothing to differentiate: no tensor below this one has "
                "requires_grad=True."
            )

    def as_d_out(self, d_out: Any) -> Self:
        """Return the gradient to start from, as a tensor of this shape."""
        if d_out is None:
            if self.size != 1:
                raise ValueError(
                    f"backward() without d_out needs one element, but shape "
                    f"{self.shape} has {self.size}. Call .sum().backward(), or "
                    f"backward(d_out) with d_out of shape {self.shape}."
                )
            return self._like(np.ones_like(self._array))
        cells = d_out._array if isinstance(d_out, TensorData) else d_out
        try:
            array = np.array(cells, dtype=self.dtype)
        except (TypeError, ValueError, OverflowError):
            raise TypeError(
                f"backward starts from a tensor of shape {self.shape}; got {d_out!r}."
            ) from None
        if array.shape != self.shape:
            raise ValueError(
                f"backward got d_out of shape {array.shape} for a tensor of shape "
                f"{self.shape}; the shapes must be equal."
            )
        return self._like(array)

    def zero_grad(self) -> None:
        """Forget the gradient gathered so far."""
        self.grad = None

    def __repr__(self) -> str:
        return as_text(self)

    def _repr_html_(self) -> str:
        return as_html(self)

    # ------------------------------- copies -------------------------------

    def __copy__(self) -> Self:
        return self.__deepcopy__({})

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """Return a leaf with cells, gradient and name of its own."""
        if self.history is not None:
            raise ValueError(
                "A tensor that ops have made cannot be copied with its history. Copy "
                "its cells: tensor(t.tolist()), or t.detach() for a view of them."
            )
        new: Self = self._like(np.array(self._array, order="C"))
        new.__class__ = type(self)  # a Parameter stays one
        new.requires_grad, new.name = self.requires_grad, self.name
        new.grad = copy.deepcopy(self.grad, memo)
        memo[id(self)] = new
        return new


Tensor._results = Tensor
