"""diagnosis_of: a learner's own Function, run and held against what is right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from gradlab.visualization.flow_nodes import input_names
from gradlab.visualization.picture import Picture
from gradlab.visualization.pictures.judging import diagnosis_rules as rules
from gradlab.visualization.pictures.judging.diagnosis import Diagnosis
from gradlab.visualization.pictures.judging.diagnosis_read import in_code, raised
from gradlab.visualization.pictures.judging.diagnosis_run import (
    Run,
    agrees,
    measured,
    wires_of,
)
from gradlab.visualization.pictures.parts.arrays import array_of
from gradlab.visualization.scene import Box, Scene
from gradlab.visualization.sheet import sheet
from gradlab.visualization.text import clean, shorten, size_names, width

ROOM = 2400.0  # of an error's own words, over several lines


class Message(Picture):
    """One frame of words: what went wrong before there were numbers to draw."""

    def __init__(self, heading: str, said: str) -> None:
        self.title = self.heading = shorten(clean(heading), 600, 19, bold=True)
        self.said = clean(said)

    def scene(self, step: int) -> Scene:
        """Return the kind of error in a hatched box, and all its words below."""
        kind = shorten(self.said.partition(":")[0], 300, 15)
        box = Box(0, 6, width(kind, 15) + 24, 40, kind, "wrong", marks=("wrong",))
        return sheet(self.heading, [box], [(self.said, "ink")], ink="wrong-ink")

    def alt(self, step: int = -1) -> str:
        """Return what went wrong."""
        self.at(step)
        return f"{self.heading}: {self.said}"

    def table(self) -> str:
        """Return what went wrong."""
        return self.alt()

    def ask(self, step: int) -> str:
        """Return what to ask a class."""
        return "What happens when this code runs?"


class Diagnoses(Picture):
    """Several diagnoses one after another: of the result, then of each gradient."""

    def __init__(self, name: str, parts: Sequence[Picture]) -> None:
        self.parts = list(parts)
        self.steps = sum(part.steps for part in parts)
        self.title = f"Diagnosis of {name}"

    @property
    def passed(self) -> bool:
        """Return whether everything ran and every cell is right."""
        return all(isinstance(p, Diagnosis) and p.passed for p in self.parts)

    @property
    def named(self) -> list[str]:
        """Return what was done wrong, for every part where a rule fits."""
        return [
            f"{part.name}: {part.named[0]}"
            for part in self.parts
            if isinstance(part, Diagnosis) and part.fits
        ]

    def _part(self, step: int) -> tuple[Picture, int]:
        """Return the part that a frame belongs to, and its number there."""
        for part in self.parts:
            if step < part.steps:
                return part, step
            step -= part.steps
        raise IndexError(f"There is no frame {step} after the last.")

    def scene(self, step: int) -> Scene:
        """Return a frame of the part that it belongs to."""
        part, own = self._part(step)
        return part.scene(own)

    def alt(self, step: int = -1) -> str:
        """Return a frame in words, with its numbers."""
        part, own = self._part(self.at(step))
        return f"{self.title}. {part.alt(own)}"

    def table(self) -> str:
        """Return the tables of all parts, one below the other."""
        return "\n\n".join(f"{part.title}\n{part.table()}" for part in self.parts)

    def ask(self, step: int) -> str:
        """Return what to ask a class before a frame."""
        part, own = self._part(self.at(step))
        return part.ask(own)


# ------------------------------------ the parts ------------------------------------


def _parts(run: Run, d_out: Any) -> Iterator[Picture]:
    node = run.forward()
    if isinstance(node, BaseException):
        yield Message(f"{run.name} raised an error in forward", raised(node, ROOM))
        return
    if not hasattr(node, "to_numpy") or not getattr(node, "history", None):
        kind = f"a {type(node).__name__} without a history"
        yield Message(f"{run.name} returned no tensor that is recorded", kind)
        return
    known = run.op()
    # The others may mean something else by that name, such as a Sum over one dim.
    if known is not None and known.history.fn.kind in ("map", "zip"):
        names = [shorten(clean(name), 120, 16) for name in input_names(run.inputs)]
        forward = Diagnosis(node, known, name="out", note=_inputs(run, names))
        yield from [] if forward.passed else [forward]
    yield from _backward(run, node, known, _incoming(node, d_out))


def _incoming(node: Any, d_out: Any) -> Any:
    """Return d_out as an array; by default 2, 3, 4, ..., as 1 would hide mistakes."""
    import numpy as np

    if d_out is None:
        return np.arange(2.0, 2.0 + node.to_numpy().size).reshape(node.shape)
    array = array_of(d_out)
    if array.shape != tuple(node.shape):
        raise ValueError(
            f"d_out has one number per cell of the result, so shape "
            f"{size_names(node.shape)}; got {size_names(array.shape)}."
        )
    return array


def _backward(run: Run, node: Any, known: Any, d_out: Any) -> Iterator[Picture]:
    """Yield a diagnosis for every gradient, or what backward raised."""
    trusted = known is not None and agrees(node, known)
    wires = wires_of(run, known) if trusted else measured(run, node)
    cases = _cases(run, wires, d_out)
    answers, names = run.backward(node, d_out), input_names(run.inputs)
    if isinstance(answers, BaseException):
        yield Message(f"{run.name} raised an error in backward", raised(answers, ROOM))
        return
    names = [shorten(clean(name), 120, 16) for name in names]
    note = _inputs(run, names)
    for case, answer, name in zip(cases, answers, names):
        found = rules.computed(case)
        about = {"name": f"d{name}", "d_out": d_out, "note": note}
        yield Diagnosis(answer, case.right, found, **about)


def _inputs(run: Run, names: Sequence[str]) -> str:
    """Say what the learner's code ran on."""
    said = [f"{n} {in_code(x.to_numpy())}" for n, x in zip(names, run.inputs)]
    return f"The input: {said[0]}." if len(said) == 1 else f"Inputs: {', '.join(said)}."


def _cases(
    run: Run, wires: Sequence[Sequence[rules.Wire]], d_out: Any
) -> list[rules.Case]:
    """Return what is known about the gradient of every input."""
    from gradlab.backends.quiet import quiet

    cases = [
        rules.Case(tuple(x.shape), own, d_out, None)
        for x, own in zip(run.inputs, wires)
    ]
    right = quiet(lambda: [case.added(lambda d, local: d * local) for case in cases])
    return [
        rules.Case(case.shape, case.wires, d_out, right[k], _others(right, k))
        for k, case in enumerate(cases)
    ]


def _others(right: Sequence[Any], k: int) -> list[Any]:
    return [array for n, array in enumerate(right) if n != k]


def diagnosis_of(fn: Any, *inputs: Any, d_out: Any = None, **options: Any) -> Diagnoses:
    """Return the picture of a learner's own Function beside what is right.

    The right gradients come from the flow table of gradlab's op of that name, where
    forward agrees with it; else from central differences of the learner's forward.

    Parameters
    ----------
    fn : a Function, or a function of tensors that returns one
    inputs : tensors, arrays, nested lists, numbers or shapes
    d_out : the gradient of the result; by default 2, 3, 4, ...
    options : what `fn` is called with beside its inputs

    Raises
    ------
    TypeError
        If there is nothing to call, no input, or an input holds no numbers.
    ValueError
        If d_out has another shape than the result, or an unknown op cannot be measured:
        it has many cells, gives other numbers each time, or has a kink at an input.

    Examples
    --------
    >>> from gradlab import Function
    >>> class Square(Function):
    ...     @staticmethod
    ...     def forward(ctx, x):
    ...         ctx.save_for_backward(x)
    ...         return x * x
    ...
    ...     @staticmethod
    ...     def backward(ctx, d_out):
    ...         return ctx.saved_values[0] * 2
    >>> diagnosis_of(Square, [1, 2, 3]).named
    ['da: forgot d_out: only the local derivatives came back']
    """
    if not callable(fn):
        raise TypeError(
            "diagnosis_of takes a Function, or a function of tensors; got a "
            f"{type(fn).__name__}."
        )
    if not inputs:
        raise TypeError(
            "diagnosis_of needs inputs to run on, as in diagnosis_of(Mul, x, y)."
        )
    run = Run.of(fn, inputs, options)
    return Diagnoses(run.name, list(_parts(run, d_out)))
