"""Views and indexing: other names for the same cells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Self

from gradlab.tensors import functions as F
from gradlab.tensors.data import TensorData
from gradlab.tensors.f import one_dim
from gradlab.tensors.functions.indexing import checked_index
from gradlab.tensors.functions.sizes import (
    flattened_shape,
    squeezed_shape,
    unsqueezed_shape,
    whole_numbers,
)


class Shapes(TensorData):
    """The views of a tensor, and its cells by index."""

    __slots__ = ()

    # ------------------------------ sizes ------------------------------

    def view(self, *shape: int) -> Self:
        """Return the same cells, in the same order, under another shape.

        Nothing is copied, so strides must be able to say it; `reshape` copies if need
        be. One size may be -1: it is what is left.

        Raises
        ------
        ValueError
            If the numbers of cells differ, or strides cannot say it.

        Examples
        --------
        >>> from gradlab import tensor
        >>> tensor([1, 2, 3, 4, 5, 6]).view(2, -1).tolist()
        [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]
        """
        return F.View.apply(self, shape=whole_numbers(shape, "view"))

    def reshape(self, *shape: int) -> Self:
        """Return the cells, in the same order, under another shape.

        A view where strides can say it, else a copy. One size may be -1.

        Raises
        ------
        ValueError
            If the numbers of cells differ.

        Examples
        --------
        >>> from gradlab import tensor
        >>> tensor([[1, 2], [3, 4]]).T.reshape(4).tolist()
        [1.0, 3.0, 2.0, 4.0]
        """
        return F.Reshape.apply(self, shape=whole_numbers(shape, "reshape"))

    def flatten(self, start: int = 0, end: int = -1) -> Self:
        """Return the cells with the dims from `start` to `end`, both in, made one.

        Examples
        --------
        >>> from gradlab import ones
        >>> ones((2, 3, 4)).flatten(1).shape
        (2, 12)
        """
        return F.Reshape.apply(self, shape=flattened_shape(self.shape, start, end))

    def squeeze(self, dim: Any = None) -> Self:
        """Return the cells without the dims of size 1: all of them, or those in `dim`.

        A dim of another size stays.

        Examples
        --------
        >>> from gradlab import ones
        >>> ones((1, 3, 1)).squeeze().shape, ones((1, 3, 1)).squeeze(0).shape
        ((3,), (3, 1))
        """
        return F.View.apply(self, shape=squeezed_shape(self.shape, dim))

    def unsqueeze(self, dim: int) -> Self:
        """Return the cells with a new dim of size 1; it becomes dim `dim`.

        Examples
        --------
        >>> from gradlab import ones
        >>> ones((3, 4)).unsqueeze(1).shape, ones((3, 4)).unsqueeze(-1).shape
        ((3, 1, 4), (3, 4, 1))
        """
        return F.View.apply(self, shape=unsqueezed_shape(self.shape, dim))

    # ------------------------------ order and repetition ------------------------------

    def permute(self, *order: int) -> Self:
        """Return the same cells with the dims in another order.

        Examples
        --------
        >>> from gradlab import ones
        >>> ones((2, 3, 4)).permute(2, 0, 1).shape
        (4, 2, 3)
        """
        return F.Permute.apply(self, order=whole_numbers(order, "permute"))

    def transpose(self, d0: int, d1: int) -> Self:
        """Return the same cells with two dims swapped.

        Examples
        --------
        >>> from gradlab import ones
        >>> ones((2, 3, 4)).transpose(0, -1).shape
        (4, 3, 2)
        """
        order = list(range(self.ndim))
        a, b = one_dim(d0, self.ndim), one_dim(d1, self.ndim)
        order[a], order[b] = order[b], order[a]
        return F.Permute.apply(self, order=tuple(order))

    @property
    def T(self) -> Self:  # noqa: N802 - as everybody calls it
        """The same cells with the dims in the opposite order."""
        return F.Permute.apply(self, order=tuple(range(self.ndim - 1, -1, -1)))

    def expand(self, *shape: int) -> Self:
        """Return a view that reads dims of size 1 again and again: strides of 0.

        New dims come on the left; -1 keeps a size.

        Raises
        ------
        ValueError
            If a size other than 1 would change.

        Examples
        --------
        >>> from gradlab import tensor
        >>> tensor([[1], [2]]).expand(-1, 3).tolist()
        [[1.0, 1.0, 1.0], [2.0, 2.0, 2.0]]
        """
        return F.Expand.apply(self, shape=whole_numbers(shape, "expand"))

    def tile(self, *repeats: int) -> Self:
        """Return copies laid side by side, as often as asked along each dim.

        Examples
        --------
        >>> from gradlab import tensor
        >>> tensor([1, 2]).tile(2, 2).tolist()
        [[1.0, 2.0, 1.0, 2.0], [1.0, 2.0, 1.0, 2.0]]
        """
        times = whole_numbers(repeats, "tile")
        if min(times, default=0) < 0:
            raise ValueError(f"tile copies 0 times or more; got {times}.")
        return F.Tile.apply(self, repeats=times)

    def flip(self, *dims: int) -> Self:
        """Return the same cells, these dims read backwards: negative strides.

        Examples
        --------
        >>> from gradlab import tensor
        >>> tensor([[1, 2], [3, 4]]).flip(1).tolist()
        [[2.0, 1.0], [4.0, 3.0]]
        """
        return F.Flip.apply(self, dims=whole_numbers(dims, "flip"))

    def contiguous(self) -> Self:
        """Return the same cells, copied into reading order if they are not.

        Examples
        --------
        >>> from gradlab import tensor
        >>> tensor([[1, 2], [3, 4]]).T.contiguous().storage.tolist()
        [1.0, 3.0, 2.0, 4.0]
        """
        return F.Contiguous.apply(self)

    # ------------------------------ cells by index ------------------------------

    def __getitem__(self, index: Any) -> Self:
        return F.GetItem.apply(self, index=checked_index(index, self.shape))

    def __setitem__(self, index: Any, value: Any) -> None:
        self._write(checked_index(index, self.shape), value)

    def __iter__(self) -> Iterator[Self]:
        return (self[i] for i in range(len(self)))
