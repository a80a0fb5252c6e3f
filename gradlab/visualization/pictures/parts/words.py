"""Pieces of text in pictures: formulas with numbers, sums of products, lists."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gradlab.indexing import Index, Shape
from gradlab.visualization.text import cell_name, factor, number

ADDENDS = 6  # a longer sum is shortened in the middle


def filled(formula: str, x: str, y: str = "") -> str:
    """Return a formula of SCALARS with something put in for x and y.

    Examples
    --------
    >>> filled("x * y", "a[0]", "b[1]"), filled("-x / y²", "3", "(-2)")
    ('a[0] · b[1]', '-3 / (-2)²')
    """
    put = {"x": x, "y": y}
    text = re.sub(r"\b[xy](?=\b|²)", lambda m: put[m.group()], formula)
    return text.replace(" * ", " · ")


def reason(name: str, shape: Shape, out_index: Index) -> str:
    """Return why an input's index differs from the output's; "" where it does not.

    Examples
    --------
    >>> reason("a", (3, 1), (2, 1))
    'a: index 1 in dim -1 becomes 0, because a has size 1 there.'
    >>> reason("b", (2,), (2, 1))
    'b: index 2 in dim -2 falls away, because b has no such dim.'
    """
    rank, extra = len(out_index), len(out_index) - len(shape)
    gone = [dim - rank for dim in range(extra)]
    pairs = zip(range(-len(shape), 0), shape)
    stretched = [dim for dim, n in pairs if n == 1 and out_index[dim] != 0]
    parts = []
    if gone:
        noun = "dim" if extra == 1 else "dims"
        verb = "falls away" if extra == 1 else "fall away"
        why = f"because {name} has no such {noun}"
        parts.append(f"{_indices(out_index, gone)} {verb}, {why}")
    if stretched:
        verb = "becomes" if len(stretched) == 1 else "become"
        why = f"because {name} has size 1 there"
        parts.append(f"{_indices(out_index, stretched)} {verb} 0, {why}")
    return f"{name}: {'; '.join(parts)}." if parts else ""


def _indices(out_index: Index, dims: Sequence[int]) -> str:
    noun = "index" if len(dims) == 1 else "indices"
    names = " and ".join(str(out_index[dim]) for dim in dims)
    return f"{noun} {names} in {dims_named(dims)}"


def dims_named(dims: Sequence[int]) -> str:
    """Return dims in words.

    Examples
    --------
    >>> dims_named([-1]), dims_named([0, 1, 2])
    ('dim -1', 'dims 0, 1 and 2')
    """
    names = [str(dim) for dim in dims]
    if len(names) == 1:
        return f"dim {names[0]}"
    return f"dims {', '.join(names[:-1])} and {names[-1]}"


def product(d: float, local: float) -> str:
    """Return d_out times local, the local derivative in brackets if negative.

    Examples
    --------
    >>> product(6, -2.0)
    '6·(-2)'
    """
    return f"{number(d)}·{factor(local)}"


def addends(pairs: Sequence[tuple[float, float]]) -> str:
    """Return a sum of products d_out·local, shortened where it is long.

    Examples
    --------
    >>> addends([(1, 1), (3, 2), (5, 3)])
    '1·1 + 3·2 + 5·3'
    >>> addends([(1, k) for k in range(9)])
    '1·0 + 1·1 + … 5 more … + 1·7 + 1·8'
    """
    texts = [product(*pair) for pair in pairs]
    if len(texts) > ADDENDS:
        texts[2:-2] = [f"… {len(texts) - 4:,} more …"]
    return " + ".join(texts)


def listed(name: str, cells: dict[Index, str], limit: int = 40) -> str:
    """Return the numbers of some cells in words.

    Examples
    --------
    >>> listed("b", {(0,): "22", (1,): "28"})
    'b[0] = 22, b[1] = 28'
    """
    parts = [f"{cell_name(name, i)} = {text}" for i, text in cells.items()]
    more = len(parts) - limit
    return ", ".join(parts[:limit]) + (f" and {more:,} more" if more > 0 else "")


def times(n: int) -> str:
    """Return how often, in words.

    Examples
    --------
    >>> times(2), times(3)
    ('twice', '3 times')
    """
    return {1: "once", 2: "twice"}.get(n, f"{n:,} times")
