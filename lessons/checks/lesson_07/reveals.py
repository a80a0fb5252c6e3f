"""What the questions of lesson 07 reveal: computed shapes, pictures, longer texts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def shapes(*pair: tuple[int, ...]) -> Callable[[], tuple[int, ...]]:
    """Return a function that computes the shape of a zip of two shapes, or raises."""

    def answer() -> tuple[int, ...]:
        from gradlab import shape_broadcast

        return shape_broadcast(*pair)

    return answer


def columns(*pair: tuple[int, ...]) -> Callable[[], Any]:
    """Return a function that draws the two shapes as columns with a verdict each."""

    def picture() -> Any:
        from gradlab.visualization import rule_table

        return rule_table(*pair)

    return picture


def ghosts(a: Any, b: Any, names: Any = ("a", "b")) -> Callable[[], Any]:
    """Return a function that draws the stretching of two tensors of these numbers."""

    def picture() -> Any:
        from gradlab import tensor
        from gradlab.visualization import broadcast_ghosts

        return broadcast_ghosts(tensor(a), tensor(b), names=names)

    return picture


COLUMN, ROW = [[1], [2], [3]], [[10, 20]]
GRID = [[1, 2], [3, 4], [5, 6]]
GRID_4X3 = [[1, 2, 3], [4, 5, 6], [7, 8, 9], [10, 11, 12]]

TWO_OLD_WAYS = """\
Without broadcasting there are two ways to write this, and each has a price.
    vector + tensor([10, 10, 10])        # repeat: as many copies of 10 as cells
    temp = zeros(vector.shape)           # loop: one step of Python for each cell
    for i in range(vector.shape[0]):
        temp.set((i,), vector.get((i,)) + 10)
For a vector of 1,000,000 numbers the first stores 1,000,000 tens, 8 MB; the second
takes 1,000,000 steps of Python. Broadcasting stores one 10 and leaves the loop to
compiled code."""

COLUMN_OF_A = """\
The table of all sums needs a column:
    column = a.view(3, 1)
    column + b           # (3, 1) with (2,) makes (3, 2)
    [[11, 21],
     [12, 22],
     [13, 23]]"""


def p5_table() -> Any:
    """Draw a.view(3, 1) + b, which is what the double loop computes."""
    return ghosts(COLUMN, [10, 20], names=("column", "b"))()


def p10_wires() -> Any:
    """Draw the output cell [2, 1] of a column plus a row with its two sources."""
    from gradlab import tensor
    from gradlab.visualization import broadcast_ghosts

    return broadcast_ghosts(tensor(COLUMN), tensor(ROW), cell=(2, 1)).frame(-1)


def p12_table() -> Any:
    """Draw every prediction with every target: zeros on the diagonal, 25 cells."""
    from gradlab import tensor
    from gradlab.visualization import zip_flow

    pred, target = tensor([[1], [2], [3], [4], [5]]), tensor([1, 2, 3, 4, 5])
    names = ("pred", "target")
    return zip_flow("sub", pred, target, cell=(0, 4), names=names).frame(-1)
