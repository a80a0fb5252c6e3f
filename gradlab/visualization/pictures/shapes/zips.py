"""A zip of two inputs in numbers and words: what broadcasting pictures draw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gradlab.indexing import broadcast_index
from gradlab.visualization.own_code import plain
from gradlab.visualization.pictures.parts.words import dims_named, filled
from gradlab.visualization.pictures.shapes.alignment import columns
from gradlab.visualization.signs import sign_of, zip_op
from gradlab.visualization.text import (
    cell_name,
    factor,
    number,
    shorten,
    size_names,
)
from gradlab.visualization.values import Index, computed, read, two_names


class Zip:
    """Two inputs, an operation, and what each output cell reads and becomes.

    Parameters
    ----------
    a, b : anything that `values.read` accepts
    op : a sign such as "*" or the name of a zip
    names : what the inputs are called

    Raises
    ------
    TypeError
        If the op comes first, an input holds no numbers, or these are not two names.
    ValueError
        If there is no such op.
    """

    def __init__(self, a: Any, b: Any, op: str, names: tuple[str, str]) -> None:
        if isinstance(a, str) and not isinstance(op, str):
            raise TypeError(
                f"The two inputs come first, then the op, as in "
                f"broadcast_ghosts(a, b, {plain(a)}); got {plain(a)} first."
            )
        self.inputs = (read(a), read(b, start=10.0))
        self.op = zip_op(op)
        self.sign = sign_of(self.op)
        one, two = two_names(names)
        self.names = (_short(one), _short(two))
        self.shapes = (self.inputs[0].shape, self.inputs[1].shape)
        self.cols = columns(*self.shapes, self.names)
        self.clash = next((k for k, c in enumerate(self.cols, 1) if c.clash), 0)
        self.shape = tuple(c.out or 0 for c in reversed(self.cols))

    @property
    def title(self) -> str:
        """Return the op on both inputs with their shapes: "a (3, 1) + b (2,)"."""
        named = zip(self.names, self.shapes)
        return filled(self.op.formula, *(f"{n} {size_names(s)}" for n, s in named))

    def sources(self, out_index: Sequence[int]) -> tuple[Index, Index]:
        """Return the two cells that an output cell reads."""
        a, b = (broadcast_index(out_index, shape) for shape in self.shapes)
        return a, b

    def spots(self, out_index: Sequence[int]) -> tuple[Index, Index]:
        """Return where the two cells stand that an output cell reads.

        A real cell stands at its own index, with zeros in the dims it lacks.
        """
        pair = self.sources(out_index)
        a, b = ((*[0] * (len(self.shape) - len(i)), *i) for i in pair)
        return a, b

    def value(self, out_index: Sequence[int]) -> float:
        """Return the number in an output cell."""
        x, y = (v.get(i) for v, i in zip(self.inputs, self.sources(out_index)))
        return computed(self.op.fn, (x, y))

    def formula(self, out_index: Sequence[int]) -> str:
        """Return one cell worked out, such as "a[2,0] + b[0,1] = 3 + 20 = 23"."""
        pair = self.sources(out_index)
        x, y = (v.get(i) for v, i in zip(self.inputs, pair))
        cells = (cell_name(n, i) for n, i in zip(self.names, pair))
        numbers = filled(self.op.formula, number(x), factor(y))
        result = number(self.value(out_index))
        return f"{filled(self.op.formula, *cells)} = {numbers} = {result}"

    def why(self, out_index: Sequence[int]) -> str:
        """Return in words which cells an output cell reads, and why these."""
        pair = self.sources(out_index)
        one, two = (cell_name(n, i) for n, i in zip(self.names, pair))
        reasons = [reason for k in (0, 1) if (reason := self._reason(k))]
        said = "; ".join(reasons) or "the same place in both"
        return f"{cell_name('out', out_index)} reads {one} and {two}: {said}."

    def _reason(self, k: int) -> str:
        """Return why an input's index differs from the output's, or ""."""
        name, shape = self.names[k], self.shapes[k]
        own, gone = self.cols[: len(shape)], self.cols[len(shape) :]
        ones = [c.dim for c in own if shape[c.dim] == 1 and c.out != 1]
        said = []
        if ones:
            said.append(
                f"{name} has size 1 in {dims_named(ones)}, so it reads index 0 there"
            )
        if gone:
            lost = "that index falls" if len(gone) == 1 else "those indices fall"
            missing = dims_named([c.dim for c in gone])
            said.append(f"{name} has no {missing}, so {lost} away")
        return ", and ".join(said)


def _short(name: str) -> str:
    """Return a name that does not push everything else aside."""
    return shorten(" ".join(name.split()), 110, 16)
