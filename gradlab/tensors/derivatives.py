"""Gradients as values: grad, vjp and the whole Jacobian, with no `.grad` touched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from gradlab.autodiff import backward_steps
from gradlab.indexing import indices
from gradlab.tensors.products import check_callable
from gradlab.tensors.tensor import Tensor


def grad(out: Tensor, inputs: Any, d_out: Any = None) -> Any:
    """Return the gradients of `out` with respect to some tensors it was made from.

    Parameters
    ----------
    out : what is differentiated
    inputs : one tensor, or several; inner nodes of the graph will do
    d_out : a gradient of the shape of `out`; may be left out for one element

    Returns
    -------
    A tensor of the input's shape, zeros where `out` does not depend on it; for several
    inputs a tuple of them.

    Raises
    ------
    ValueError
        If nothing below `out` needs a gradient, or `d_out` is missing or misshapen.
    TypeError
        If an input is no tensor.

    Examples
    --------
    >>> from gradlab import tensor
    >>> x = tensor([1.0, 2.0], requires_grad=True)
    >>> y = x * x
    >>> grad((y * y).sum(), y).tolist(), x.grad
    ([2.0, 8.0], None)
    """
    several = isinstance(inputs, (tuple, list))
    wanted = list(inputs) if several else [inputs]
    _check_tensors("grad", (out, *wanted))
    out.check_differentiable()
    found: dict[int, Tensor] = {}
    asked = {id(x) for x in wanted}
    with np.errstate(all="ignore"):
        for step in backward_steps(out, out.as_d_out(d_out)):
            if id(step.node) in asked:
                found[id(step.node)] = step.d_out
    gradients = tuple(_owned(x, found.get(id(x))) for x in wanted)
    return gradients if several else gradients[0]


def _owned(x: Tensor, d: Tensor | None) -> Any:
    cells = np.zeros(x.shape, x.dtype) if d is None else np.array(d._array, order="C")
    return x._like(cells)


def vjp(f: Callable[..., Any], inputs: Any, d_out: Any) -> tuple[Any, Any]:
    """Return f of the inputs and the vector-Jacobian product d_out · J per input.

    Parameters
    ----------
    f : a function of tensors that returns a tensor
    inputs : one tensor, or several
    d_out : a gradient of the shape of f's result

    Raises
    ------
    TypeError
        If an input or f's result is no tensor.

    Examples
    --------
    >>> from gradlab import tensor
    >>> out, d = vjp(lambda x: x * x, tensor([3.0, 5.0]), [1.0, 2.0])
    >>> out.tolist(), d.tolist()
    ([9.0, 25.0], [6.0, 20.0])
    """
    several = isinstance(inputs, (tuple, list))
    leaves = _fresh("vjp", inputs if several else (inputs,))
    out = result_of(f, leaves)
    if not out.requires_grad:
        gradients: Any = [_owned(x, None) for x in leaves]
    else:
        gradients = grad(out, leaves, d_out)
    return out.detach(), tuple(gradients) if several else gradients[0]


def jacobian(f: Callable[..., Any], inputs: Any) -> Any:
    """Return how every cell of f's result follows every cell of the inputs.

    Entry (*i, *j) is the derivative of result cell i by input cell j, so the shape is
    that of the result followed by that of the input. One backward runs per result cell.

    Parameters
    ----------
    f : a function of tensors that returns a tensor
    inputs : one tensor, or several, which gives a tuple of Jacobians

    Raises
    ------
    TypeError
        If an input or f's result is no tensor.

    Examples
    --------
    >>> from gradlab import tensor
    >>> jacobian(lambda x: x * x, tensor([3.0, 5.0])).tolist()
    [[6.0, 0.0], [0.0, 10.0]]
    """
    several = isinstance(inputs, (tuple, list))
    leaves = _fresh("jacobian", inputs if several else (inputs,))
    out = result_of(f, leaves)
    whole = [np.zeros(out.shape + x.shape, x.dtype) for x in leaves]
    for index in indices(out.shape) if out.requires_grad else ():
        one_hot = np.zeros(out.shape, out.dtype)
        one_hot[index] = 1.0
        for cells, d in zip(whole, grad(out, leaves, out._like(one_hot))):
            cells[index] = d._array
    made = tuple(x._like(cells) for x, cells in zip(leaves, whole))
    return made if several else made[0]


def _fresh(name: str, inputs: Sequence[Any]) -> list[Tensor]:
    """Return leaves with the same cells, so that the caller's graph stays apart."""
    _check_tensors(name, inputs)
    leaves = [x.detach() for x in inputs]
    for leaf in leaves:
        leaf.requires_grad = True
    return leaves


def result_of(f: Callable[..., Any], leaves: Sequence[Tensor]) -> Tensor:
    """Return what a function makes of tensors, which has to be one.

    Raises
    ------
    TypeError
        If it is none, or f cannot be called.
    """
    check_callable(f, "A derivative")
    out = f(*leaves)
    if not isinstance(out, Tensor):
        raise TypeError(f"The function returned {type(out).__name__}; return a tensor.")
    return out


def _check_tensors(name: str, values: Sequence[Any]) -> None:
    for value in values:
        if not isinstance(value, Tensor):
            raise TypeError(
                f"{name} works on tensors; got {type(value).__name__} {value!r}. "
                "Make one with tensor(...)."
            )
