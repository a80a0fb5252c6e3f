"""Views and indexing: other names for the same cells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Self

from gradlab.tensors import functions as F
from gradlab.tensors.data import TensorData
from gradlab.tensors.functions.views import checked_index


class Shapes(TensorData):
    """The views of a tensor, and its cells by index."""

    __slots__ = ()

    def view(self, *shape: int) -> Self:
        """Return the same cells, in the same order, under another shape."""
        return F.View.apply(self, shape=_sizes(shape, "view"))

    def permute(self, *order: int) -> Self:
        """Return the same cells with the dims in another order."""
        return F.Permute.apply(self, order=_sizes(order, "permute"))

    def contiguous(self) -> Self:
        """Return the same cells, copied into reading order if they are not."""
        return F.Contiguous.apply(self)

    def __getitem__(self, index: Any) -> Self:
        return F.GetItem.apply(self, index=checked_index(index, self.shape))

    def __setitem__(self, index: Any, value: Any) -> None:
        cells = value._array if isinstance(value, TensorData) else value
        self._write(checked_index(index, self.shape), cells)

    def __iter__(self) -> Iterator[Self]:
        return (self[i] for i in range(len(self)))


def _sizes(numbers: tuple[Any, ...], method: str) -> tuple[int, ...]:
    """Return the whole numbers of view(2, 3) or view((2, 3))."""
    if len(numbers) == 1 and isinstance(numbers[0], (tuple, list)):
        numbers = tuple(numbers[0])
    for number in numbers:
        if isinstance(number, bool) or not hasattr(number, "__index__"):
            raise TypeError(
                f"{method} takes whole numbers, such as {method}(2, 3); got {number!r}."
            )
    return tuple(int(number) for number in numbers)
