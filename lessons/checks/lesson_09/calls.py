"""What the probes of lesson 09 have in common: tensors, ways back, random ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from gradlab.exercises.probes import Call, Probe, TensorSpec, call

Make = Callable[[np.random.Generator], Call]
OPS = [
    "Inv",
    "Div",
    "ReLU",
    "Mul",
    "Sub",
    "Neg",
    "Add",
    "Sum",
    "Mean",
    "Permute",
    "Exp",
    "Log",
    "Prod",
    "Max",
    "View",
]
ENGINE = tuple(f"gradlab.tensors.functions.{op}.backward" for op in OPS)
AT_OTHERS = "At other numbers or shapes, or with another d_out, something is not right."


def leaf(numbers: Any, order: tuple[int, ...] | None = None) -> TensorSpec:
    """Return a tensor that gets a gradient."""
    return TensorSpec(np.array(numbers, dtype=float), order, requires_grad=True)


def forward(*numbers: Any, **options: Any) -> Call:
    """Return the call that applies a Function to tensors of these numbers."""
    return call(*map(leaf, numbers), **options)


def back(*numbers: Any, d_out: Any, **options: Any) -> Call:
    """Return the call that applies a Function, then goes back with `d_out`."""
    sent = d_out if isinstance(d_out, TensorSpec) else np.array(d_out, dtype=float)
    return forward(*numbers, **options).back(sent)


def some_d_out(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    """Return a d_out without ones: sizes from 1.5 to 4, of either sign."""
    return rng.choice([-1, 1], shape) * rng.integers(15, 40, shape) / 10


def anywhere(
    size: tuple[int, ...],
    /,
    low: float = -4.0,
    high: float = 4.0,
    *,
    inputs: int = 1,
    turned: tuple[int, ...] | None = None,
    digits: int = 2,
    **options: Any,
) -> Make:
    """Return the maker of a way back at random numbers between two bounds.

    `size` is the inputs' shape, as an option of a Function may be called shape;
    `turned` is the order of dims of the inputs' strides; `digits` is 0 for whole
    numbers, among which some are equal.
    """

    def make(rng: np.random.Generator) -> Call:
        numbers = [
            np.round(rng.uniform(low, high, size), digits) for _ in range(inputs)
        ]
        d_out = some_d_out(rng, shape_of_result(size, options))
        return call(*(leaf(each, turned) for each in numbers), **options).back(d_out)

    return make


def shape_of_result(shape: tuple[int, ...], options: dict[str, Any]) -> tuple[int, ...]:
    """Return the shape that a Function with these options makes of a shape."""
    if "order" in options:
        return tuple(shape[dim] for dim in options["order"])
    if "shape" in options:
        return tuple(options["shape"])
    if "dim" in options:
        kept = options.get("keepdim", False)
        return np.zeros(shape).sum(options["dim"], keepdims=kept).shape
    return shape


def cell_by_cell(
    low: float = -4.0, high: float = 4.0, inputs: int = 1
) -> tuple[Probe, ...]:
    """Return one visible and three hidden probes of a map or a zip."""
    turned = anywhere((2, 3, 4), low, high, inputs=inputs, turned=(2, 0, 1))
    return (
        Probe("random numbers", anywhere((2, 3), low, high, inputs=inputs)),
        Probe(
            "other random numbers",
            anywhere((4, 1), low, high, inputs=inputs),
            hidden=True,
            says=AT_OTHERS,
        ),
        Probe("three dims, turned", turned, hidden=True, says=AT_OTHERS),
        Probe(
            "one number without dims",
            anywhere((), low, high, inputs=inputs),
            hidden=True,
            says="A tensor without dims has one cell; its gradient has no dims either.",
        ),
    )


def along_dims(
    low: float = -4.0, high: float = 4.0, digits: int = 2
) -> tuple[Probe, ...]:
    """Return one visible and three hidden probes of a reduce, at random numbers."""

    def some(size: tuple[int, ...], **options: Any) -> Make:
        return anywhere(size, low, high, digits=digits, **options)

    turned = some((2, 3, 4), turned=(1, 2, 0), dim=-1)
    return (
        Probe("random numbers", some((3, 4), dim=1)),
        Probe("the middle dim", some((2, 3, 4), dim=1), hidden=True, says=AT_OTHERS),
        Probe("the last dim, turned", turned, hidden=True, says=AT_OTHERS),
        Probe(
            "two of three dims",
            some((2, 3, 2), dim=(0, 2)),
            hidden=True,
            says="Several dims may be folded at once: dim=(0, 2).",
        ),
    )
