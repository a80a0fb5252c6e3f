"""MiniTorch's MathTest: small formulas, once on numbers and once on variables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gradlab.minitorch import operators

Named = tuple[str, Callable[..., Any]]
Pair = tuple[str, Callable[..., Any], Callable[..., Any]]


# Not written 1.2: Hypothesis draws the numbers that it reads in source files, and at
# exactly this distance a comparison has no derivative.
_SHIFT = 6 / 5


class MathTest:
    """The formulas on numbers, and of lists of numbers.

    A name that ends in 2 takes two arguments, one that ends in red takes a list.
    """

    @staticmethod
    def neg(a: Any) -> Any:
        """Return -a."""
        return -a

    @staticmethod
    def addConstant(a: Any) -> Any:  # noqa: N802 - MiniTorch's name, as below
        """Return 5 + a."""
        return 5 + a

    @staticmethod
    def square(a: Any) -> Any:
        """Return a squared."""
        return a * a

    @staticmethod
    def cube(a: Any) -> Any:
        """Return a cubed."""
        return a * a * a

    @staticmethod
    def subConstant(a: Any) -> Any:  # noqa: N802
        """Return a - 5."""
        return a - 5

    @staticmethod
    def multConstant(a: Any) -> Any:  # noqa: N802
        """Return 5 times a."""
        return 5 * a

    @staticmethod
    def div(a: Any) -> Any:
        """Return a / 5."""
        return a / 5

    @staticmethod
    def inv(a: Any) -> Any:
        """Return 1 / (a + 3.5)."""
        return operators.inv(a + 3.5)

    @staticmethod
    def sig(a: Any) -> Any:
        """Return the sigmoid of a."""
        return operators.sigmoid(a)

    @staticmethod
    def log(a: Any) -> Any:
        """Return the logarithm of a + 100000."""
        return operators.log(a + 100000)

    @staticmethod
    def relu(a: Any) -> Any:
        """Return relu of a + 5.5."""
        return operators.relu(a + 5.5)

    @staticmethod
    def exp(a: Any) -> Any:
        """Return e to the power a - 200."""
        return operators.exp(a - 200)

    @staticmethod
    def explog(a: Any) -> Any:
        """Return the sum of the two before."""
        return operators.log(a + 100000) + operators.exp(a - 200)

    @staticmethod
    def add2(a: Any, b: Any) -> Any:
        """Return a + b."""
        return a + b

    @staticmethod
    def mul2(a: Any, b: Any) -> Any:
        """Return a times b."""
        return a * b

    @staticmethod
    def div2(a: Any, b: Any) -> Any:
        """Return a / (b + 5.5)."""
        return a / (b + 5.5)

    @staticmethod
    def gt2(a: Any, b: Any) -> Any:
        """Return 1 if a + 1.2 > b, else 0."""
        return operators.lt(b, a + _SHIFT)

    @staticmethod
    def lt2(a: Any, b: Any) -> Any:
        """Return 1 if a + 1.2 < b, else 0."""
        return operators.lt(a + _SHIFT, b)

    @staticmethod
    def eq2(a: Any, b: Any) -> Any:
        """Return 1 if a == b + 5.5, else 0."""
        return operators.eq(a, b + 5.5)

    @staticmethod
    def sum_red(a: Any) -> Any:
        """Return the sum of a list."""
        return operators.sum(a)

    @staticmethod
    def mean_red(a: Any) -> Any:
        """Return the mean of a list."""
        return operators.sum(a) / float(len(a))

    @staticmethod
    def mean_full_red(a: Any) -> Any:
        """Return the mean of a list."""
        return operators.sum(a) / float(len(a))

    @staticmethod
    def complex(a: Any) -> Any:
        """Return a chain of relu, sigmoid and log."""
        inner = operators.relu(operators.relu(a * 10 + 7) * 6 + 5)
        return operators.log(operators.sigmoid(inner * 10)) / 50

    @classmethod
    def _tests(cls) -> tuple[list[Named], list[Named], list[Named]]:
        """Return (name, function) of one argument, of two, and of lists."""
        one: list[Named] = []
        two: list[Named] = []
        red: list[Named] = []
        for name in sorted(vars(MathTest)):
            if not name.startswith("_"):
                kind = two if name[-1] == "2" else red if name.endswith("red") else one
                kind.append((name, getattr(cls, name)))
        return one, two, red

    @classmethod
    def _comp_testing(cls) -> tuple[list[Pair], list[Pair], list[Pair]]:
        """Return (name, function of numbers, this class's function), by arguments.

        Examples
        --------
        >>> one, two, red = MathTestVariable._comp_testing()
        >>> [name for name, _, _ in red]
        ['mean_full_red', 'mean_red', 'sum_red']
        """
        one, two, red = (
            [(name, plain, own) for (name, plain), (_, own) in zip(plains, owns)]
            for plains, owns in zip(MathTest._tests(), cls._tests())
        )
        return one, two, red


class MathTestVariable(MathTest):
    """The same formulas on Scalars and tensors."""

    @staticmethod
    def inv(a: Any) -> Any:
        """Return 1 / (a + 3.5)."""
        return 1.0 / (a + 3.5)

    @staticmethod
    def sig(a: Any) -> Any:
        """Return the sigmoid of a."""
        return a.sigmoid()

    @staticmethod
    def log(a: Any) -> Any:
        """Return the logarithm of a + 100000."""
        return (a + 100000).log()

    @staticmethod
    def relu(a: Any) -> Any:
        """Return relu of a + 5.5."""
        return (a + 5.5).relu()

    @staticmethod
    def exp(a: Any) -> Any:
        """Return e to the power a - 200."""
        return (a - 200).exp()

    @staticmethod
    def explog(a: Any) -> Any:
        """Return the sum of the two before."""
        return (a + 100000).log() + (a - 200).exp()

    @staticmethod
    def sum_red(a: Any) -> Any:
        """Return the sum along dim 0."""
        return a.sum(0)

    @staticmethod
    def mean_red(a: Any) -> Any:
        """Return the mean along dim 0."""
        return a.mean(0)

    @staticmethod
    def mean_full_red(a: Any) -> Any:
        """Return the mean of all cells."""
        return a.mean()

    @staticmethod
    def eq2(a: Any, b: Any) -> Any:
        """Return 1 where a == b + 5.5, else 0."""
        return a == (b + 5.5)

    @staticmethod
    def gt2(a: Any, b: Any) -> Any:
        """Return 1 where a + 1.2 > b, else 0."""
        return a + _SHIFT > b

    @staticmethod
    def lt2(a: Any, b: Any) -> Any:
        """Return 1 where a + 1.2 < b, else 0."""
        return a + _SHIFT < b

    @staticmethod
    def complex(a: Any) -> Any:
        """Return a chain of relu, sigmoid and log."""
        return (((a * 10 + 7).relu() * 6 + 5).relu() * 10).sigmoid().log() / 50
