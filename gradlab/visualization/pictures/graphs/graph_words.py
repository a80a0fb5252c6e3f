"""What a computation graph says: values, formulas, and who gets how much."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gradlab.operators import ScalarOp
from gradlab.visualization.flow import flow_table
from gradlab.visualization.flow_rules import Elementwise, rule_for
from gradlab.visualization.pictures.graphs.graph_names import name_of, title_of
from gradlab.visualization.pictures.graphs.graph_nodes import Edge, Graph, Node
from gradlab.visualization.pictures.parts.words import filled
from gradlab.visualization.text import (
    factor,
    number,
    size_names,
    width,
    wrap,
)

CELLS = 6  # a larger tensor is written as its shape
ADDENDS = 4  # a longer sum is shortened in the middle
ROW = 124.0  # a longer row of cells goes on in the next line
LABEL = 84.0  # a longer value is its shape, on a label

# ----------------------------------- values -----------------------------------


def is_tensor(thing: Any) -> bool:
    """Return whether something has a shape."""
    return hasattr(thing, "shape")


def short(thing: Any) -> str:
    """Return a value on one line: a number, few cells, or a shape.

    Examples
    --------
    >>> from gradlab.scalar import Scalar
    >>> short(Scalar(2)), short(0.5)
    ('2', '0.5')
    """
    if isinstance(thing, tuple):
        more = f" and {len(thing) - ADDENDS:,} more" if len(thing) > ADDENDS else ""
        return ", ".join(map(short, thing[:ADDENDS])) + more
    if not is_tensor(thing):
        return number(getattr(thing, "data", thing))
    if thing.size > CELLS:
        return f"{size_names(thing.shape)} …"
    return _nested(thing.tolist()) if thing.size else f"{size_names(thing.shape)}"


def _nested(cells: Any) -> str:
    if isinstance(cells, list):
        return f"[{', '.join(map(_nested, cells))}]"
    return number(cells)


def value_lines(thing: Any) -> list[str]:
    """Return a value as the lines that stand in a node."""
    if not is_tensor(thing):
        return wrap(short(thing), ROW, 15)
    shape = size_names(thing.shape)
    if not thing.size:
        return [shape, "no cells"]
    if thing.size > CELLS:
        return [shape, "…"]
    cells = thing.tolist()
    rows = cells if thing.ndim == 2 and 1 < thing.shape[0] <= 3 else [cells]
    return [shape, *(line for row in rows for line in wrap(_nested(row), ROW, 15))]


def label(thing: Any) -> str:
    """Return a value as short as the label of an edge has to be."""
    text = short(thing)
    fits = not is_tensor(thing) or width(text, 13, bold=True) <= LABEL
    return text if fits else size_names(thing.shape)


def gradient_lines(d: Any) -> list[str]:
    """Return a gradient as the lines that stand in a node."""
    lines = value_lines(d)[1:] if is_tensor(d) else value_lines(d)
    return [f"d {lines[0]}", *lines[1:]]


def sum_lines(addends: Sequence[Any], total: Any) -> list[str]:
    """Return what has arrived at a leaf: "1 + 2 = 3", or one tensor per line.

    Examples
    --------
    >>> sum_lines([1.0, 2.0], 3.0), sum_lines([5.0], 5.0)
    (['1 + 2 = 3'], ['5'])
    """
    texts = [short(d) if is_tensor(d) else factor(d) for d in addends]
    texts[0] = short(addends[0])
    if len(texts) > ADDENDS:
        texts[2:-1] = [f"… {len(texts) - 3:,} more …"]
    if len(texts) == 1:
        return texts
    if not is_tensor(total):
        return [f"{' + '.join(texts)} = {short(total)}"]
    return [texts[0], *(f"+ {text}" for text in texts[1:]), f"= {short(total)}"]


# ------------------------------------ names ------------------------------------


def heading_of(node: Node) -> str:
    """Return the first line of a node: its op, its name, or both."""
    if node.kind == "scope":
        return title_of(node.op)
    name = name_of(node.name)
    if node.kind == "op":
        return f"{name} = {node.op}" if name else node.op
    return name or {"leaf": "leaf", "constant": ""}.get(node.kind, "")


def called(node: Node | None) -> str:
    """Return what sentences call a node."""
    if node is None or node.kind == "more":
        return "the folded part"
    if node.kind == "scope":
        return title_of(node.op)
    if node.name:
        return name_of(node.name)
    if node.kind == "constant":
        return f"the constant {short(node.variable)}"
    what = node.op if node.kind == "op" else "the leaf"
    return f"{what} (turn {node.turn:,})" if node.turn else what


def _scalar_op(node: Node) -> ScalarOp | None:
    rule = rule_for(node.variable)
    return rule.told if isinstance(rule, Elementwise) else None


def _written(thing: Any, inner: bool) -> str:
    if is_tensor(thing):
        return short(thing) if thing.size <= 1 else size_names(thing.shape)
    value = getattr(thing, "data", thing)
    return factor(value) if inner else number(value)


def formula(node: Node) -> str:
    """Return an op with its numbers or shapes: "a · b = 1 · 2 = 2"."""
    if node.kind == "scope":
        return f"{heading_of(node)} gives {short(node.variable)}"
    if is_tensor(node.variable):
        return _with_shapes(node)
    things = node.variable.history.inputs
    values = [_written(x, inner=n > 0) for n, x in enumerate(things)]
    names = node.reads
    parts = [_filled(node, values)]
    if all(names) and len(names) <= 2:
        parts.insert(0, _filled(node, [name_of(n) for n in names]))
    return " = ".join([*parts, short(node.variable)])


def _with_shapes(node: Node) -> str:
    """Return an op of tensors: "a (3, 1) + b (2,) gives (3, 2)"."""
    result, op = node.variable, _scalar_op(node)
    things = result.history.inputs
    texts = [_with_shape(x, name) for x, name in zip(things, node.reads)]
    gives = size_names(result.shape) if result.size > 1 else short(result)
    if op is not None and len(texts) == 2:
        return f"{filled(op.formula, *texts)} gives {gives}"
    few = [*texts[:3], "…"] if len(texts) > 4 else texts
    return f"{node.op} of {', '.join(few)} gives {gives}"


def _with_shape(thing: Any, name: str) -> str:
    if is_tensor(thing) and thing.size == 1 and not name:
        return short(thing)
    called = _input_name(thing, name)
    if not is_tensor(thing):
        return called
    return f"{called} {size_names(thing.shape)}"


def _filled(node: Node, texts: Sequence[str]) -> str:
    op = _scalar_op(node)
    if op is not None:
        return filled(op.formula, *texts)
    few = [*texts[:3], "…"] if len(texts) > 4 else texts
    return f"{node.variable.history.fn.__name__}({', '.join(few)})"


# ----------------------------------- backward -----------------------------------


def local_text(node: Node, edge: Edge) -> str:
    """Return the local derivative along an edge: "×2", or its formula for tensors."""
    thing, k = node.variable, edge.position
    if node.kind == "scope":
        return ""
    if not is_tensor(thing):
        rows = flow_table(thing).rows(input=k)
        return f"×{factor(rows[0].local) if rows else 0}"
    fn, op = thing.history.fn, _scalar_op(node)
    if op is not None:
        names = map(_input_name, thing.history.inputs, node.reads)
        return f"×{_bracketed(filled(op.local_formulas[k], *names))}"
    local = rule_for(thing).every_local
    if fn.__name__ == "Mean" and local is not None:
        return f"×1/{thing.history.inputs[0].size // max(1, thing.size)}"
    return "" if local is None else f"×{factor(local)}"


def local_label(node: Node, edge: Edge) -> str:
    """Return the local derivative as short as the label of an edge has to be."""
    text = local_text(node, edge)
    return text if width(text, 13, bold=True) <= LABEL / 1.4 else "×local"


def _input_name(thing: Any, name: str) -> str:
    """Return what a formula calls an input: its name, its op, or its number."""
    if name:
        return name_of(name, LABEL)
    if getattr(thing, "history", None) is not None:
        return str(thing.history.fn.__name__)
    return short(thing) if getattr(thing, "size", 1) == 1 else "input"


def _bracketed(text: str) -> str:
    return f"({text})" if " " in text or text.startswith("-") else text


def sent(graph: Graph, node: Node, edge: Edge) -> str:
    """Return in a sentence what an op sends to one of its inputs."""
    target = graph.nodes.get(edge.source)
    receiver = called(target)
    if edge.d is None:
        return f"{_capital(receiver)} gets nothing."
    local = local_text(node, edge)
    if node.kind == "scope":
        return f"{_capital(receiver)} gets from all inside it {short(edge.d)}."
    if not is_tensor(node.variable):
        product = f"{number(node.d)} · {local[1:]} = {number(edge.d)}"
        return f"{_capital(receiver)} gets d_out · local derivative = {product}."
    how = f"d_out {local}{_reshaped(node, edge)}" if local else "a gradient"
    return f"{_capital(receiver)} gets {how}: {short(edge.d)}."


def _reshaped(node: Node, edge: Edge) -> str:
    """Say how backward gets from the shape of d_out to that of the input."""
    history = node.variable.history
    shape = history.inputs[edge.position].shape
    if shape == node.d.shape:
        return ""
    how = {"zip": "summed to", "reduce": "spread over"}.get(history.fn.kind, "put into")
    return f", {how} {size_names(shape)}"


def _capital(text: str) -> str:
    """Return a phrase with a capital letter; a name stays as it is."""
    return f"T{text[1:]}" if text.startswith("the ") else text


def saved(node: Node) -> str:
    """Return what forward saved for backward, in words; "" if no numbers."""
    if node.kind == "scope":
        return ""
    kept = [
        value
        for value in node.variable.history.ctx.saved_values
        if isinstance(value, float) or (is_tensor(value) and hasattr(value, "size"))
    ]
    return ", ".join(_saved_text(value) for value in kept)


def _saved_text(value: Any) -> str:
    if is_tensor(value) and value.size > CELLS:
        return f"a tensor {size_names(value.shape)}"
    return _nested(value.tolist()) if is_tensor(value) else number(value)
