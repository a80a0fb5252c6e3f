"""Running a learner's Function forward and backward, with every error caught."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gradlab.autodiff import contributions, no_grad, one_per_input
from gradlab.indexing import Index, indices
from gradlab.visualization.flow import flow_table
from gradlab.visualization.flow_nodes import input_names, is_variable
from gradlab.visualization.own_code import outcome, plain
from gradlab.visualization.pictures.judging.diagnosis_read import raised, same
from gradlab.visualization.pictures.judging.diagnosis_rules import Wire
from gradlab.visualization.pictures.parts.op_input import recording
from gradlab.visualization.text import cell_name, clean, number

MOST = 400  # cells of all inputs and of the result that are measured one by one
STEP = 1e-6
KINK = 0.01  # slopes on both sides differ by more, as a share


@dataclass(frozen=True)
class Run:
    """A call of a learner's Function or function, and gradlab's op of that name.

    Parameters
    ----------
    fn : a Function, or anything that returns a tensor
    inputs : fresh tensors that record
    options : what it is called with beside its inputs
    """

    fn: Any
    inputs: Sequence[Any]
    options: Mapping[str, Any]

    @classmethod
    def of(cls, fn: Any, given: Sequence[Any], options: Mapping[str, Any]) -> Run:
        """Return a run on fresh tensors of some inputs."""
        from gradlab.tensors.creation import tensor

        usual = tensor(0.0)  # where no tensor is given, its dtype and backend
        like = next((x for x in given if hasattr(x, "_like")), usual)
        owner = getattr(fn, "__self__", None)  # of Mul.apply it is Mul
        own = owner if isinstance(owner, type) and hasattr(owner, "apply") else fn
        return cls(own, [recording(x, like) for x in given], options)

    @property
    def name(self) -> str:
        """Return what the learner's code is called."""
        return str(getattr(self.fn, "__name__", type(self.fn).__name__))

    @property
    def is_function(self) -> bool:
        """Return whether it is a Function, with a backward of its own."""
        return isinstance(self.fn, type) and hasattr(self.fn, "apply")

    def forward(self, inputs: Sequence[Any] | None = None) -> Any:
        """Return the result of a call, or the error that it raised."""
        call = self.fn.apply if self.is_function else self.fn
        args = self.inputs if inputs is None else inputs
        return outcome(lambda: call(*args, **self.options))

    def op(self) -> Any:
        """Return what gradlab's op of that name gives, recorded; None without one."""
        from gradlab.tensors.ops import OPS

        known = {op.function.__name__.lower(): op.function for op in OPS}
        function = known.get(self.name.lower())
        if function is None or not self.is_function or not function.differentiable:
            return None
        made = Run(function, self.inputs, self.options).forward()
        return made if is_variable(made) and made.history else None

    def backward(self, node: Any, d_out: Any) -> list[Any] | BaseException:
        """Return what backward gives for every input, or the error that it raised."""
        found = outcome(self._backward, node, node._like(d_out.copy()))
        return found if isinstance(found, (list, BaseException)) else []

    def _backward(self, node: Any, d: Any) -> list[Any]:
        if not self.is_function:
            node.backward(d)
            return [x.grad for x in self.inputs]
        history, gradients = node.history, [None] * len(self.inputs)
        if history.fn.on == "arrays":
            for k, _, gradient in contributions(node, d):
                gradients[k] = gradient
            return gradients
        with no_grad():
            returned = history.fn._backward(history, d)
        return [gradient for _, _, gradient in one_per_input(history, returned)]


def wires_of(run: Run, node: Any) -> list[list[Wire]]:
    """Return the wires of every input by the flow table of a known op."""
    wires: list[list[Wire]] = [[] for _ in run.inputs]
    for row in flow_table(node):
        wires[row.input].append((row.in_index, row.out_index, row.local))
    return wires


def measured(run: Run, node: Any) -> list[list[Wire]]:
    """Return the wires of every input by central differences of the learner's forward.

    Raises
    ------
    ValueError
        If there are too many cells to move one by one, or forward is not smooth there.
    """
    cells = sum(math.prod(x.shape) for x in run.inputs) + math.prod(node.shape)
    if cells > MOST:
        raise ValueError(
            f"gradlab knows no op {run.name}, so its cells are moved one by one: up to "
            f"{MOST} of them, and here are {cells:,}. Take smaller inputs."
        )
    fine = Run(run.fn, [_fine(x) for x in run.inputs], run.options)
    one, two = (_numbers(fine.forward(), run) for _ in range(2))
    if not same(one, two):
        raise ValueError(
            f"{run.name} gives other numbers each time that it runs, so nothing can be "
            "measured. Leave out what is random."
        )
    return [list(_slopes(fine, k, one)) for k in range(len(run.inputs))]


def _fine(x: Any) -> Any:
    """Return an input in float64: in float32 a small step drowns in rounding."""
    from gradlab.tensors.creation import tensor

    like = {"backend": x.backend, "name": x.name}
    return tensor(x.to_numpy(), requires_grad=True, dtype="float64", **like)


def _numbers(made: Any, run: Run) -> Any:
    if not hasattr(made, "to_numpy"):
        said = raised(made) if isinstance(made, BaseException) else plain(made)
        raise ValueError(
            f"gradlab knows no op {run.name}, so its slopes are measured on float64 "
            f"inputs close to these; there forward gave {said}. Take other inputs."
        )
    return made.to_numpy()


def _slopes(run: Run, k: int, middle: Any) -> Iterator[Wire]:
    """Yield how every output cell follows every cell of one input."""
    for index in indices(run.inputs[k].shape):
        left, right = _sides(run, k, index, middle)
        for out in indices(middle.shape):
            one, two = float(left[out]), float(right[out])
            if abs(two - one) > KINK * max(1.0, abs(one), abs(two)):
                raise ValueError(_kink(run, k, index, (one, two)))
            slope = (one + two) / 2
            if abs(slope) > 1e-9 or math.isnan(slope):
                yield index, out, slope


def _sides(run: Run, k: int, index: Index, middle: Any) -> list[Any]:
    """Return the slopes of the result to the left of one cell, and to the right."""
    import numpy as np

    own = run.inputs[k].to_numpy()
    step = STEP * max(1.0, abs(float(own[index])))
    found = []
    for way in (-step, step):
        array = own.copy()
        array[index] += way
        moved = [*run.inputs]
        moved[k] = run.inputs[k]._like(array)
        made = _numbers(run.forward(moved), run)
        with np.errstate(all="ignore"):
            found.append((made - middle) / way)
    return found


def _kink(run: Run, k: int, index: Index, slopes: tuple[float, float]) -> str:
    cell = cell_name(clean(input_names(run.inputs)[k]), index)
    at, left, right = map(number, (run.inputs[k].get(index), *slopes))
    return (
        f"{run.name} has a kink where {cell} is {at}: its slope is {left} on the left "
        f"and {right} on the right, so no gradient is the right one. Take other inputs."
    )


def agrees(one: Any, two: Any) -> bool:
    """Say whether two tensors hold the same numbers in the same shape."""
    return same(one.to_numpy(), two.to_numpy())
