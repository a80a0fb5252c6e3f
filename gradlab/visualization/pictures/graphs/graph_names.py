"""Names in a computation graph, as short as its boxes and frames need them."""

from __future__ import annotations

import re

from gradlab.visualization.pictures.graphs.graph_nodes import Node
from gradlab.visualization.text import clean, shorten, width

NAME = 150.0  # a longer name is cut
TITLE = 200.0  # so is a longer label of a scope

_CUT_NUMBER = re.compile(r"[\d.]+…$")


def cut(text: str, room: float, size: float) -> str:
    """Return a title, cut where it is too wide, but within no number.

    Examples
    --------
    >>> cut("Linear(1234, 5678)", 90, 10), cut("ReLU", 90, 10)
    ('Linear(1234, …', 'ReLU')
    """
    short_text = shorten(text, room, size, bold=True)
    return short_text if short_text == text else _CUT_NUMBER.sub("…", short_text)


def name_of(name: str, room: float = NAME) -> str:
    """Return a name as it stands in a picture; of a long path, the end.

    Examples
    --------
    >>> name_of("decoder.layers.0.linear.weight")
    '…0.linear.weight'
    """
    text = clean(name)
    parts = text.split(".")
    while len(parts) > 1 and width(text, 15, bold=True) > room:
        parts = parts[1:]
        text = f"…{'.'.join(parts)}"
    return shorten(text, room, 15, bold=True)


def title_of(label: str) -> str:
    """Return the label of a scope as it stands in a picture."""
    return cut(clean(label), TITLE, 15)


def inside_of(node: Node) -> str:
    """Return how many ops a folded scope holds: "3 ops"."""
    ops = len(node.scope.ops) if node.scope else 0
    return f"{ops:,} op{'' if ops == 1 else 's'} inside"
