"""Running a learner's Function forward and backward, with every error caught."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gradlab.autodiff import contributions, no_grad, one_per_input
from gradlab.indexing import Index, indices
from gradlab.visualization.flow import flow_table
from gradlab.visualization.flow_nodes import is_variable
from gradlab.visualization.own_code import outcome
from gradlab.visualization.pictures.judging.diagnosis_read import same
from gradlab.visualization.pictures.judging.diagnosis_rules import Wire
from gradlab.visualization.pictures.parts.op_input import recording

MOST = 400  # cells of all inputs and of the result that are measured one by one
STEP = 1e-6


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
        like = next((x for x in given if hasattr(x, "_like")), None)
        return cls(fn, [recording(x, like) for x in given], options)

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
        If there are too many cells to move one by one.
    """
    cells = sum(math.prod(x.shape) for x in run.inputs) + math.prod(node.shape)
    if cells > MOST:
        raise ValueError(
            f"gradlab knows no op {run.name}, so its cells are moved one by one: up to "
            f"{MOST} of them, and here are {cells:,}. Take smaller inputs."
        )
    return [list(_slopes(run, k)) for k in range(len(run.inputs))]


def _slopes(run: Run, k: int) -> Iterator[Wire]:
    """Yield how every output cell follows every cell of one input."""
    for index in indices(run.inputs[k].shape):
        low, high, step = _moved(run, k, index)
        if low is None or high is None or low.shape != high.shape:
            continue
        slopes = (high - low) / (2 * step)
        for out in indices(slopes.shape):
            if abs(slopes[out]) > 1e-9 or math.isnan(slopes[out]):
                yield index, out, float(slopes[out])


def _moved(run: Run, k: int, index: Index) -> tuple[Any, Any, float]:
    """Return the result with one cell a little smaller and larger, and the step."""
    own = run.inputs[k].to_numpy()
    step = STEP * max(1.0, abs(float(own[index])))
    found = []
    for way in (-step, step):
        array = own.copy()
        array[index] += way
        moved = [*run.inputs]
        moved[k] = run.inputs[k]._like(array)
        made = run.forward(moved)
        found.append(made.to_numpy() if hasattr(made, "to_numpy") else None)
    return found[0], found[1], step


def agrees(one: Any, two: Any) -> bool:
    """Say whether two tensors hold the same numbers in the same shape."""
    return same(one.to_numpy(), two.to_numpy())
