"""Values of calls and outcomes that are described, not built: tensors, Scalars, names.

They are plain, so that a Call can cross a pipe; `values.make_live` builds them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

MOST_STEPS = 8  # of a formula, written out


@dataclass(frozen=True)
class TensorSpec:
    """A tensor, described: its numbers, how they lie in storage, whether it is a leaf.

    `order` is the permutation whose `permute` gives this tensor from a contiguous one:
    `TensorSpec(array, order=(1, 0))` is a matrix with the strides of a transpose.
    """

    array: Any
    order: tuple[int, ...] | None = None
    requires_grad: bool = False


@dataclass(frozen=True)
class ScalarSpec:
    """A Scalar, described: its number, whether it gets a derivative, its name."""

    value: float
    requires_grad: bool = True
    name: str = ""


@dataclass(frozen=True)
class Formula:
    """A Scalar that a formula makes, with its graph behind it.

    Parameters
    ----------
    text : steps with names, such as "d = a + a * b; e = d + c + 3"; the last is meant
    at : the leaves and their numbers
    held : what some of them have as their derivative before the call
    """

    text: str
    at: Mapping[str, float]
    held: Mapping[str, float] = field(default_factory=dict)

    def __str__(self) -> str:
        values = [f"{name} = {value:g}" for name, value in self.at.items()]
        values += [f"{name}.derivative = {d:g}" for name, d in self.held.items()]
        steps = self.text.split("; ")
        text = self.text
        if len(steps) > MOST_STEPS:
            text = f"{'; '.join(steps[:2])}; and so on, {len(steps):,} steps in all"
        return f"{text} at {', '.join(values)}" if values else text


@dataclass(frozen=True)
class GradlabName:
    """A function or class of gradlab, by name: `GradlabName("operators.add")`."""

    name: str


@dataclass(frozen=True)
class Yours:
    """The learner's own function if its check passed, else gradlab's of that name."""

    name: str


@dataclass(frozen=True, repr=False)
class Opaque:
    """A value of a kind that probes do not use, kept as its type and its text."""

    type: str
    text: str

    def __repr__(self) -> str:
        return self.text


@dataclass(frozen=True)
class WayBack:
    """What a call with a way back gave; `out, gradients = value` takes it apart.

    Parameters
    ----------
    out : the result
    gradients : one for each argument that needs one: a tensor, a float, or None;
        none at all where the result has no way back
    names : what these arguments are called
    """

    out: Any
    gradients: tuple[Any, ...] = ()
    names: tuple[str, ...] = field(default=(), compare=False)

    def __iter__(self) -> Iterator[Any]:
        return iter((self.out, self.gradients))

    def __getitem__(self, place: int) -> Any:
        return (self.out, self.gradients)[place]
