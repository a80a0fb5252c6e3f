"""Scalar: automatic differentiation of one number at a time.

A number that remembers how it was made, and the walk back over that memory. The
functions it is made of stand in `scalar_functions`.
"""

from __future__ import annotations

from typing import Any, Self, Union

from gradlab import scalar_functions as F
from gradlab.autodiff import History, backpropagate
from gradlab.scalar_function import Node, ScalarFunction, derivatives

__all__ = ["Scalar", "ScalarFunction", "chain_rule"]

Number = Union["Scalar", float, int]


class Scalar(Node):
    """A number that remembers how it was made.

    Parameters
    ----------
    data : the number
    name : what pictures call it
    requires_grad : False makes a constant, which gets no derivative

    Raises
    ------
    TypeError
        If `data` is not a number.

    Examples
    --------
    >>> a, b, c = Scalar(1), Scalar(2), Scalar(3)
    >>> out = a + a * b + c + 3
    >>> out.backward()
    >>> a.derivative, b.derivative, c.derivative
    (3.0, 1.0, 1.0)
    """

    __slots__ = ("data", "derivative", "history", "name", "requires_grad")

    def __init__(
        self, data: float, name: str | None = None, *, requires_grad: bool = True
    ) -> None:
        try:
            self.data = float(data)
        except (TypeError, ValueError):
            raise TypeError(
                f"A Scalar holds one number; got {data!r}. For many numbers use tensor."
            ) from None
        self.name = name
        self.derivative: float | None = None
        self.history: History | None = None
        self.requires_grad = requires_grad

    def like(self, value: float) -> Self:
        """Return a constant that holds a float; every result starts as one."""
        new = object.__new__(type(self))
        new.data = value
        new.requires_grad = False
        new.derivative = new.history = new.name = None
        return new

    # ------------------------------ the graph ------------------------------

    @property
    def is_leaf(self) -> bool:
        """True for a Scalar that no function made."""
        return self.history is None

    @property
    def is_constant(self) -> bool:
        """True for a number that gets no derivative."""
        return self.is_leaf and not self.requires_grad

    def chain_rule(self, d_out: float) -> list[tuple[int, Any, float]]:
        """Return (position, input, d) for each input that needs a derivative."""
        return derivatives(self.history, d_out) if self.history else []

    def accumulate(self, d_out: float) -> None:
        """Add to the derivative gathered so far."""
        self.derivative = (self.derivative or 0.0) + d_out

    # A float travels as it is.
    bare = dressed = staticmethod(float)
    bare_chain_rule = chain_rule
    gather = accumulate

    def backward(self, d_out: float = 1.0) -> None:
        """Add d_out times the derivative of this number to every leaf below it.

        Raises
        ------
        ValueError
            If the Scalar depends on nothing that needs a derivative.
        """
        if not self.requires_grad:
            raise ValueError(
                "backward was called on a constant: no input of this Scalar needs a "
                "derivative."
            )
        backpropagate(self, d_out)

    # ------------------------------ arithmetic ------------------------------

    def __add__(self, other: Number) -> Scalar:
        return F.Add.apply(self, other)

    def __sub__(self, other: Number) -> Scalar:
        return F.Sub.apply(self, other)

    def __mul__(self, other: Number) -> Scalar:
        return F.Mul.apply(self, other)

    def __truediv__(self, other: Number) -> Scalar:
        return F.Div.apply(self, other)

    def __pow__(self, other: Number) -> Scalar:
        return F.Pow.apply(self, other)

    def __neg__(self) -> Scalar:
        return F.Neg.apply(self)

    __radd__ = __add__
    __rmul__ = __mul__

    def __rsub__(self, other: Number) -> Scalar:
        return F.Sub.apply(other, self)

    def __rtruediv__(self, other: Number) -> Scalar:
        return F.Div.apply(other, self)

    def __rpow__(self, other: Number) -> Scalar:
        return F.Pow.apply(other, self)

    def __abs__(self) -> Scalar:
        return F.Abs.apply(self)

    def __lt__(self, other: Number) -> bool:
        return self.data < float(other)

    def __gt__(self, other: Number) -> bool:
        return self.data > float(other)

    def __le__(self, other: Number) -> bool:
        return self.data <= float(other)

    def __ge__(self, other: Number) -> bool:
        return self.data >= float(other)

    def __float__(self) -> float:
        return self.data

    def log(self) -> Scalar:
        """Return the natural logarithm."""
        return F.Log.apply(self)

    def exp(self) -> Scalar:
        """Return e to this power."""
        return F.Exp.apply(self)

    def sigmoid(self) -> Scalar:
        """Return 1 / (1 + e^-x)."""
        return F.Sigmoid.apply(self)

    def relu(self) -> Scalar:
        """Return x where positive, else 0."""
        return F.ReLU.apply(self)

    def sqrt(self) -> Scalar:
        """Return the square root."""
        return F.Sqrt.apply(self)

    def sin(self) -> Scalar:
        """Return the sine of this many radians."""
        return F.Sin.apply(self)

    def cos(self) -> Scalar:
        """Return the cosine of this many radians."""
        return F.Cos.apply(self)

    def tanh(self) -> Scalar:
        """Return the hyperbolic tangent."""
        return F.Tanh.apply(self)

    def __repr__(self) -> str:
        name = f", name={self.name!r}" if self.name else ""
        return f"Scalar({self.data:g}{name})"


def chain_rule(node: Scalar, d_out: float) -> list[tuple[Scalar, float]]:
    """Return (input, d) for each input that needs a derivative: one step back.

    Examples
    --------
    >>> chain_rule(Scalar(3) * Scalar(5), 2.0)
    [(Scalar(3), 10.0), (Scalar(5), 6.0)]
    >>> chain_rule(Scalar(3), 2.0)
    []
    """
    return [(source, d) for _, source, d in node.chain_rule(d_out)]
