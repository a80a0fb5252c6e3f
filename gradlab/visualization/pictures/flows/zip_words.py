"""Pieces of text in a zip picture: formulas with numbers, and lists of addends."""

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
    'a: index 1 becomes 0, because that dim has size 1.'
    >>> reason("b", (2,), (2, 1))
    'b: index 2 is dropped, because b has no such dim.'
    """
    extra = len(out_index) - len(shape)
    own = out_index[extra:]
    stretched = [i for i, n in zip(own, shape) if n == 1 and i != 0]
    parts = []
    if extra > 0:
        parts.append(
            f"{_indices(out_index[:extra])} dropped, because {name} has no such dim"
        )
    if stretched:
        verb = "becomes" if len(stretched) == 1 else "become"
        names = " and ".join(map(str, stretched))
        noun = "index" if len(stretched) == 1 else "indices"
        parts.append(f"{noun} {names} {verb} 0, because that dim has size 1")
    return f"{name}: {'; '.join(parts)}." if parts else ""


def _indices(dropped: Sequence[int]) -> str:
    names = " and ".join(map(str, dropped))
    return f"index {names} is" if len(dropped) == 1 else f"indices {names} are"


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
