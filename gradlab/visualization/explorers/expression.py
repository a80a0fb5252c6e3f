"""expression_explorer: type a formula, move its variables, and watch the gradients."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from gradlab.visualization.explorers.base import Explorer, StaticExplorer, explore
from gradlab.visualization.expression import Expression, parse
from gradlab.visualization.own_code import plain
from gradlab.visualization.picture import Picture
from gradlab.visualization.pictures.graphs.graph import scalar_graph
from gradlab.visualization.text import number

START = 2.0  # of a variable that was typed just now
REACH = 10.0


class ExpressionExplorer(Explorer):
    """A box for a formula and a slider per variable over `scalar_graph`.

    Attributes
    ----------
    formula : the box
    variables : the sliders by name
    """

    called = "Expression explorer"

    def __init__(self, widgets: Any, text: str, values: Mapping[str, float]) -> None:
        self._start = text
        self._values = dict(values)
        self.variables: dict[str, Any] = {}
        super().__init__(widgets)

    def controls(self) -> Sequence[Any]:
        """Return the box, and below it the sliders of its variables."""
        tooltip = "a formula, such as x * y + sin(x)"
        self.formula = self.text("formula", self._start, tooltip=tooltip)
        self.formula.layout.width, self.formula.layout.max_width = "44em", "98%"
        self._panel = self.row()
        return [self.formula, self._panel]

    def drawn(self) -> Picture:
        """Return the graph of the formula at the numbers of the sliders."""
        expression = parse(self.formula.value)
        self._offer(expression.names)
        values = {name: slider.value for name, slider in self.variables.items()}
        picture = graph_of(expression, values)
        self._sentence = outcome_of(expression, values)
        return picture

    def said(self) -> str:
        """Return the value and the gradients."""
        return self._sentence

    def _offer(self, names: Sequence[str]) -> None:
        """Show one slider per variable; numbers set before come back."""
        if names == tuple(self.variables):
            return
        before = self.variables
        self._values |= {name: slider.value for name, slider in before.items()}
        self.variables = {n: before.get(n) or self._slider(n) for n in names}
        self._panel.children = tuple(self.variables.values())
        for name in before.keys() - self.variables.keys():
            before[name].close()

    def _slider(self, name: str) -> Any:
        value = self._values.get(name, START)
        low, high = min(-REACH, value), max(REACH, value)
        return self.slider(name, value, low, high, by=0.1)


def graph_of(expression: Expression, values: Mapping[str, float]) -> Picture:
    """Return the graph of a formula at some numbers.

    Raises
    ------
    ValueError
        If it has no variable, or no value at these numbers.
    """
    if not expression.names:
        raise ValueError("Without a variable there is no gradient. Use one, such as x.")
    return scalar_graph(expression.at(values))


def outcome_of(expression: Expression, values: Mapping[str, float]) -> str:
    """Return the value and the gradients of a formula in words."""
    out = expression.at(values)
    said = f"{expression.text} = {number(out)}."
    try:
        out.backward()
    except ValueError as problem:
        return f"{said} {problem}"
    leaves = {leaf.name: leaf.derivative for leaf in _leaves(out) if leaf.name}
    told = (f"{name} {number(leaves[name])}" for name in expression.names)
    return f"{said} Gradients: {', '.join(told)}."


def _leaves(out: Any) -> list[Any]:
    """Return the leaves below a Scalar."""
    found, todo = [], [out]
    while todo:
        node = todo.pop()
        if node.history is None:
            found.append(node)
        else:
            todo += node.history.inputs
    return found


def _number(name: str, value: Any) -> float:
    try:
        start = float(value)
    except (TypeError, ValueError):
        raise TypeError(f"{name} is one number; got {plain(value)}.") from None
    if not math.isfinite(start):
        raise ValueError(f"{name} is {number(start)}; a slider needs a finite number.")
    return start


def expression_explorer(
    text: str = "x * y + sin(x)", /, **values: float
) -> ExpressionExplorer | StaticExplorer:
    """Return a box for a formula, its graph with gradients, and a slider per variable.

    What is typed is read, never run: numbers, names, + - * / **, brackets, and the
    functions of SCALARS such as sin, exp, log, relu, sigmoid, tanh, sqrt.

    Parameters
    ----------
    text : the formula to start with
    values : where its variables start, as in x=2, y=3; others start at 2

    Raises
    ------
    ValueError
        If the text is no formula, has no value there, or lacks a variable given here.
    TypeError
        If a value is no number.

    Examples
    --------
    >>> explorer = expression_explorer("x * y", x=2, y=3)
    >>> explorer.said()
    'x * y = 6. Gradients: x 3, y 2.'
    """
    expression = parse(text)
    numbers = {name: _number(name, value) for name, value in values.items()}
    for name in numbers.keys() - set(expression.names):
        raise ValueError(f"{name} is no variable of {expression.text}.")
    started = {name: numbers.get(name, START) for name in expression.names}
    return explore(
        lambda widgets: ExpressionExplorer(widgets, expression.text, started),
        lambda: graph_of(expression, started),
        "compute with Scalars and draw the result: viz.scalar_graph(x * y)",
    )
