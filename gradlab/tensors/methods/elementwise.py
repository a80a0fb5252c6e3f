"""map and zip methods: the same function on every cell, or on every pair of cells."""

from __future__ import annotations

import math
from typing import Any, Self

from gradlab.tensors import functions as F
from gradlab.tensors.data import TensorData
from gradlab.tensors.methods.operands import argument


class Elementwise(TensorData):
    """The map methods of a tensor, and the zip methods that have no operator."""

    __slots__ = ()

    # ------------------------------ map ------------------------------

    def inv(self) -> Self:
        """Return 1 / x.

        Examples
        --------
        >>> from gradlab import tensor
        >>> tensor([2, 4]).inv().tolist()
        [0.5, 0.25]
        """
        return F.Inv.apply(self)

    def log(self) -> Self:
        """Return the natural logarithm of every cell: NaN below 0, -inf at 0.

        Examples
        --------
        >>> from gradlab import tensor
        >>> tensor([1, 0]).log().tolist()
        [0.0, -inf]
        """
        return F.Log.apply(self)

    def exp(self) -> Self:
        """Return e to the power of every cell.

        Examples
        --------
        >>> from gradlab import tensor
        >>> tensor([0, 1]).exp().tolist()
        [1.0, 2.718281828459045]
        """
        return F.Exp.apply(self)

    def sqrt(self) -> Self:
        """Return the square root of every cell: NaN below 0; at 0 its slope is inf.

        Examples
        --------
        >>> from gradlab import tensor
        >>> tensor([4, 9]).sqrt().tolist()
        [2.0, 3.0]
        """
        return F.Sqrt.apply(self)

    def abs(self) -> Self:
        """Return every cell without its sign; the derivative at 0 is 0.

        Examples
        --------
        >>> from gradlab import tensor
        >>> tensor([-2, 3]).abs().tolist()
        [2.0, 3.0]
        """
        return F.Abs.apply(self)

    def sign(self) -> Self:
        """Return 1, 0 or -1 for every cell; it has no gradient.

        Examples
        --------
        >>> from gradlab import tensor
        >>> tensor([-2, 0, 3]).sign().tolist()
        [-1.0, 0.0, 1.0]
        """
        return F.Sign.apply(self)

    def sin(self) -> Self:
        """Return the sine of every cell, an angle in radians.

        Examples
        --------
        >>> from gradlab import tensor
        >>> round(tensor(1.0).sin().item(), 6)
        0.841471
        """
        return F.Sin.apply(self)

    def cos(self) -> Self:
        """Return the cosine of every cell, an angle in radians.

        Examples
        --------
        >>> from gradlab import tensor
        >>> tensor([0]).cos().tolist()
        [1.0]
        """
        return F.Cos.apply(self)

    def tanh(self) -> Self:
        """Return the hyperbolic tangent of every cell, between -1 and 1.

        Examples
        --------
        >>> from gradlab import tensor
        >>> tensor([0, 100]).tanh().tolist()
        [0.0, 1.0]
        """
        return F.Tanh.apply(self)

    def sigmoid(self) -> Self:
        """Return 1 / (1 + e^-x) of every cell, between 0 and 1.

        Examples
        --------
        >>> from gradlab import tensor
        >>> tensor([0, 100]).sigmoid().tolist()
        [0.5, 1.0]
        """
        return F.Sigmoid.apply(self)

    def relu(self) -> Self:
        """Return every cell where positive, else 0; the derivative at 0 is 0.

        Examples
        --------
        >>> from gradlab import tensor
        >>> tensor([-2, 3]).relu().tolist()
        [0.0, 3.0]
        """
        return F.ReLU.apply(self)

    # ------------------------------ zip ------------------------------

    def pow(self, exponent: Any) -> Self:
        """Return every cell to the power of an exponent; the same as `t ** exponent`.

        Examples
        --------
        >>> from gradlab import tensor
        >>> tensor([2, 3]).pow(2).tolist()
        [4.0, 9.0]
        """
        return F.Pow.apply(self, argument(self, exponent, "pow"))

    def maximum(self, other: Any) -> Self:
        """Return the larger of each pair; equal cells share the gradient evenly.

        Examples
        --------
        >>> from gradlab import tensor
        >>> tensor([1, 5]).maximum(tensor([4, 2])).tolist()
        [4.0, 5.0]
        """
        return F.Maximum.apply(self, argument(self, other, "maximum"))

    def minimum(self, other: Any) -> Self:
        """Return the smaller of each pair; equal cells share the gradient evenly.

        Examples
        --------
        >>> from gradlab import tensor
        >>> tensor([1, 5]).minimum(tensor([4, 2])).tolist()
        [1.0, 2.0]
        """
        return F.Minimum.apply(self, argument(self, other, "minimum"))

    def clip(self, min: Any = None, max: Any = None) -> Self:
        """Return every cell, held between `min` and `max`, ends included.

        A cell inside, ends included, gets the whole gradient; where it was cut, the
        bound does. Where `min` is above `max` the result is `max`.

        Parameters
        ----------
        min, max : a number, a tensor that broadcasts, or None for no bound

        Raises
        ------
        ValueError
            If both are None.

        Examples
        --------
        >>> from gradlab import tensor
        >>> tensor([-2, 0.5, 3]).clip(0, 1).tolist()
        [0.0, 0.5, 1.0]
        """
        if min is None and max is None:
            raise ValueError(
                "clip needs a bound: clip(min=0), clip(max=1), clip(0, 1)."
            )
        low = argument(self, -math.inf if min is None else min, "clip")
        high = argument(self, math.inf if max is None else max, "clip")
        return F.Clip.apply(self, low, high)

    def is_close(self, other: Any) -> Self:
        """Return 1 where |x - y| <= 1e-8 + 1e-5 |y|, else 0; it has no gradient.

        The tolerances are those of NumPy and PyTorch. NaN is close to nothing,
        infinity to itself.

        Examples
        --------
        >>> from gradlab import tensor
        >>> (tensor([0.1, 0.5]) * 3).is_close(tensor([0.3, 1.4])).tolist()
        [1.0, 0.0]
        """
        return F.IsClose.apply(self, argument(self, other, "is_close"))
