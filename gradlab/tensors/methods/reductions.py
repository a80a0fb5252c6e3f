"""reduce methods: many cells folded into one, and softmax, which stands on them.

`dim` is one dim, several as a tuple, or None for all of them; negative dims count
from the right. `keepdim` leaves the reduced dims in the shape, with size 1.
"""

from __future__ import annotations

from typing import Any, Self

from gradlab.tensors import functions as F
from gradlab.tensors.data import TensorData


class Reductions(TensorData):
    """The reduce methods of a tensor."""

    __slots__ = ()

    def sum(self, dim: Any = None, keepdim: bool = False) -> Self:
        """Return the sum along `dim`; of no cells it is 0.

        Examples
        --------
        >>> from gradlab import tensor
        >>> tensor([[1, 2], [3, 4]]).sum(0).tolist()
        [4.0, 6.0]
        """
        return F.Sum.apply(self, dim=dim, keepdim=keepdim)

    def mean(self, dim: Any = None, keepdim: bool = False) -> Self:
        """Return the mean along `dim`; of no cells it is NaN.

        Examples
        --------
        >>> from gradlab import tensor
        >>> tensor([[1, 2], [3, 4]]).mean(1, keepdim=True).tolist()
        [[1.5], [3.5]]
        """
        return F.Mean.apply(self, dim=dim, keepdim=keepdim)

    def prod(self, dim: Any = None, keepdim: bool = False) -> Self:
        """Return the product along `dim`; of no cells it is 1.

        Examples
        --------
        >>> from gradlab import tensor
        >>> x = tensor([2.0, 0.0, 3.0], requires_grad=True)
        >>> x.prod().backward()
        >>> x.grad.tolist()  # the product of the others, even beside a zero
        [0.0, 6.0, 0.0]
        """
        return F.Prod.apply(self, dim=dim, keepdim=keepdim)

    def max(self, dim: Any = None, keepdim: bool = False) -> Self:
        """Return the largest number along `dim`; cells that tie share the gradient.

        Raises
        ------
        ValueError
            If there is no cell along `dim`.

        Examples
        --------
        >>> from gradlab import tensor
        >>> x = tensor([1.0, 3.0, 3.0], requires_grad=True)
        >>> x.max().backward()
        >>> x.grad.tolist()
        [0.0, 0.5, 0.5]
        """
        return F.Max.apply(self, dim=dim, keepdim=keepdim)

    def min(self, dim: Any = None, keepdim: bool = False) -> Self:
        """Return the smallest number along `dim`; cells that tie share the gradient.

        Raises
        ------
        ValueError
            If there is no cell along `dim`.

        Examples
        --------
        >>> from gradlab import tensor
        >>> tensor([[1, 2], [4, 3]]).min(dim=-1).tolist()
        [1.0, 3.0]
        """
        return F.Min.apply(self, dim=dim, keepdim=keepdim)

    def argmax(self, dim: Any = None, keepdim: bool = False) -> Self:
        """Return the index of the first largest number along `dim`, without gradient.

        Along all dims, or several, the index counts their cells in reading order.

        Raises
        ------
        ValueError
            If there is no cell along `dim`, or float32 cannot hold the index.

        Examples
        --------
        >>> from gradlab import tensor
        >>> x = tensor([[1, 2], [4, 3]])
        >>> x.argmax(1).tolist(), x.argmax().item()
        ([1.0, 0.0], 2.0)
        """
        return F.ArgMax.apply(self, dim=dim, keepdim=keepdim)

    def argmin(self, dim: Any = None, keepdim: bool = False) -> Self:
        """Return the index of the first smallest number along `dim`; see `argmax`.

        Raises
        ------
        ValueError
            If there is no cell along `dim`, or float32 cannot hold the index.

        Examples
        --------
        >>> from gradlab import tensor
        >>> tensor([[1, 2], [4, 3]]).argmin(0).tolist()
        [0.0, 0.0]
        """
        return F.ArgMin.apply(self, dim=dim, keepdim=keepdim)

    def all(self, dim: Any = None, keepdim: bool = False) -> Self:
        """Return 1 where no cell along `dim` is 0, else 0; without gradient.

        Examples
        --------
        >>> from gradlab import tensor
        >>> tensor([[1, 0], [2, 3]]).all(1).tolist()
        [0.0, 1.0]
        """
        return F.All.apply(self, dim=dim, keepdim=keepdim)

    def any(self, dim: Any = None, keepdim: bool = False) -> Self:
        """Return 1 where some cell along `dim` is not 0, else 0; without gradient.

        Examples
        --------
        >>> from gradlab import tensor
        >>> tensor([[1, 0], [0, 0]]).any(1).tolist()
        [1.0, 0.0]
        """
        return F.Any.apply(self, dim=dim, keepdim=keepdim)

    def var(
        self, dim: Any = None, *, correction: float = 1, keepdim: bool = False
    ) -> Self:
        """Return the variance along `dim`: the sum of (x - mean)² over n - correction.

        Here PyTorch and NumPy differ. Like `dim` and `keepdim` the default is
        PyTorch's: n - 1, right on average when the cells are a sample of more.
        `correction=0` divides by n, as NumPy does and batch norm needs.

        Parameters
        ----------
        dim : one dim, several, or None for all
        correction : what is taken away from the number of cells
        keepdim : whether the reduced dims stay, with size 1

        Examples
        --------
        >>> from gradlab import tensor
        >>> x = tensor([1.0, 2.0, 3.0, 6.0])
        >>> x.var().item(), x.var(correction=0).item()
        (4.666666666666667, 3.5)
        """
        return F.Var.apply(self, dim=dim, correction=correction, keepdim=keepdim)

    def logsumexp(self, dim: Any = None, keepdim: bool = False) -> Self:
        """Return the log of the sum of e^x along `dim`, without overflow.

        Examples
        --------
        >>> from gradlab import tensor
        >>> tensor([1000.0, 1000.0]).logsumexp().item()  # 1000 + log 2
        1000.6931471805599
        """
        return F.LogSumExp.apply(self, dim=dim, keepdim=keepdim)

    def softmax(self, dim: Any) -> Self:
        """Return e^x as a share of the sum of e^x along `dim`: shares add up to 1.

        Examples
        --------
        >>> from gradlab import tensor
        >>> tensor([[0.0, 0.0], [1000.0, 0.0]]).softmax(1).tolist()
        [[0.5, 0.5], [1.0, 0.0]]
        """
        return F.Softmax.apply(self, dim=dim)

    def log_softmax(self, dim: Any) -> Self:
        """Return the logarithm of the softmax along `dim`, also where that is 0.

        Examples
        --------
        >>> from gradlab import tensor
        >>> tensor([1000.0, 0.0]).log_softmax(0).tolist()
        [0.0, -1000.0]
        """
        return F.LogSoftmax.apply(self, dim=dim)
