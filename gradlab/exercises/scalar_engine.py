"""differentiate: a formula of the learner's choice, on the learner's own autograd."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gradlab.exercises.callers import captured, message_of, refused_input
from gradlab.exercises.card import Card, Part, film, prose, table
from gradlab.exercises.display import Shown, show_or_print
from gradlab.exercises.engine_file import BrokenEngineError
from gradlab.exercises.engine_source import is_scalar_function
from gradlab.exercises.formulas import built, derivatives_in
from gradlab.exercises.keeping import LOOPS, pieces
from gradlab.exercises.limits import TimeLimitReached, run_limited

SECONDS = 5.0
Backprop = Callable[[Any, float], Any]


@dataclass(frozen=True, repr=False)
class Differentiated(Shown):
    """A formula with its derivatives, as your code and as gradlab's gives them.

    `result` is the Scalar that your functions made (None if they did not get so far),
    `derivatives` and `right` hold the derivatives by name.
    """

    result: Any = None
    derivatives: Mapping[str, float | None] = field(default_factory=dict)
    right: Mapping[str, float | None] = field(default_factory=dict)

    def __repr__(self) -> str:
        return self.text


def differentiate(
    formula: str,
    at: Mapping[str, float],
    functions: Iterable[Any] | None = None,
    backprop: Backprop | None = None,
    *,
    d_out: float = 1.0,
) -> Differentiated:
    """Show a formula worked out and differentiated by your own scalar autograd.

    Parameters
    ----------
    formula : such as "x * y + log(x)", or in steps: "d = a + a * b; e = d + c + 3"
    at : the variables and their numbers, such as {"x": 2, "y": 3}
    functions : your ScalarFunctions, each called as gradlab's is (Mul, Log, ...);
        by default those that you kept. gradlab's are used for the rest
    backprop : your walk back, (result, d_out), which calls accumulate on the leaves;
        by default the one that you kept, else gradlab's

    Examples
    --------
    >>> from gradlab import ScalarFunction
    >>> class Mul(ScalarFunction):
    ...     @staticmethod
    ...     def forward(ctx, x, y):
    ...         ctx.save_for_backward(x, y)
    ...         return x * y
    ...
    ...     @staticmethod
    ...     def backward(ctx, d_out):
    ...         x, y = ctx.saved_values
    ...         return d_out * y, d_out * x
    >>> shown = differentiate("x * y + x", {"x": 2, "y": 3}, [Mul])
    x * y + x at x = 2, y = 3 is 8: every derivative is as gradlab's own.
      x  yours 4, gradlab's 4
      y  yours 2, gradlab's 2
    yours: Mul; gradlab's: Add, backpropagate.
    ...
    """
    mine, walk, trouble = _own(functions, backprop)
    shown = _shown(formula, at, mine, walk, d_out, trouble)
    return show_or_print(shown)


def _own(
    functions: Iterable[Any] | None, backprop: Backprop | None
) -> tuple[dict[str, Any], Backprop | None, str]:
    """Return the learner's ScalarFunctions by name, their walk, and what went wrong."""
    kept: dict[str, Any] = {}
    trouble = ""
    if functions is None or backprop is None:
        try:
            kept = pieces()
        except BrokenEngineError as error:
            trouble = f"{error} gradlab's own pieces run in place of those in it."
    if functions is None:
        own = {fn.__name__: fn for fn in kept.values() if is_scalar_function(fn)}
    else:
        own = {fn.__name__: fn for fn in functions}
    walks = [fn for n, fn in kept.items() if LOOPS.get(n) == "backpropagate"]
    return own, backprop or next(iter(walks), None), trouble


def _shown(
    formula: str,
    at: Mapping[str, float],
    own: Mapping[str, Any],
    walk: Backprop | None,
    d_out: float,
    trouble: str,
) -> Differentiated:
    try:
        true = built(formula, at)
        true.backward(d_out)
    except (TypeError, ValueError) as error:
        return _told(Card("info", str(error)))
    parts = tuple(prose(said) for said in [trouble] if said)
    try:
        result = _guarded(lambda: built(formula, at, _by_sign(own)))
        picture = _guarded(lambda: _graph(result, d_out))
        _guarded(lambda: (walk or _gradlabs)(result, d_out))
    except _StoppedError as error:
        line = f"Your code did not come through `{formula}`: {error}."
        return _told(Card("look", line, parts))
    yours, right = derivatives_in([result]), derivatives_in([true])
    mine, rest = _whose(result, own, walk)
    if mine:
        card = _card(formula, at, result, yours, right)
        said = prose(
            f"yours: {mine}; gradlab's: {rest}." if rest else f"yours: {mine}."
        )
    else:
        card = _card_of_gradlabs(formula, at, result, right)
        said = prose("No piece of yours was in it: gradlab did all of the work.")
    card = Card(card.tone, card.first_line, (*card.parts, said, *parts, *picture))
    return Differentiated(card.html(), card.text(), result, yours, right)


def _told(card: Card) -> Differentiated:
    return Differentiated(card.html(), card.text())


class _StoppedError(Exception):
    """The learner's code raised, or ran too long; says what in words."""


def _guarded(work: Callable[[], Any]) -> Any:
    try:
        with refused_input(), captured():
            return run_limited(work, SECONDS)
    except TimeLimitReached:
        raise _StoppedError(f"it ran for {SECONDS:g} seconds and was stopped") from None
    except NotImplementedError:
        raise _StoppedError("a part of it is not done yet") from None
    except Exception as error:
        said = message_of(error).rstrip(".")
        raise _StoppedError(f"{type(error).__name__}: {said}") from None


def _by_sign(own: Mapping[str, Any]) -> dict[str, Any]:
    """Return ScalarFunctions by what a formula calls them: "mul" for Mul."""
    from gradlab import scalar_functions

    signs = {
        name: getattr(getattr(scalar_functions, name, None), "scalar", "")
        for name in own
    }
    return {sign: own[name] for name, sign in signs.items() if sign}


def _gradlabs(result: Any, d_out: float) -> None:
    result.backward(d_out)


def _graph(result: Any, d_out: float) -> tuple[Part, ...]:
    from gradlab.visualization import scalar_graph

    return (film(scalar_graph(result, d_out)),)


def _card(
    formula: str,
    at: Mapping[str, float],
    result: Any,
    yours: Mapping[str, float | None],
    right: Mapping[str, float | None],
) -> Card:
    rows = [
        (name, f"yours {_number(yours.get(name))}, gradlab's {_number(right[name])}")
        for name in right
        if right[name] is not None or yours.get(name) is not None
    ]
    rows += [
        (name, f"yours {_number(value)}, gradlab's none")
        for name, value in yours.items()
        if name not in right
    ]
    off = [
        name for name in {**right, **yours} if _off(yours.get(name), right.get(name))
    ]
    line = f"{_worked_out(formula, at, result)}: "
    if off:
        line += f"the derivative of {off[0]} is not as gradlab's own."
    else:
        line += "every derivative is as gradlab's own."
    return Card("look" if off else "right", line, (table(rows),) if rows else ())


def _card_of_gradlabs(
    formula: str, at: Mapping[str, float], result: Any, right: Mapping[str, Any]
) -> Card:
    """Return the card of a formula in which nothing of the learner's own ran."""
    rows = [
        (f"derivative of {name}", _number(value))
        for name, value in right.items()
        if value is not None
    ]
    line = f"{_worked_out(formula, at, result)}."
    return Card("info", line, (table(rows),) if rows else ())


def _worked_out(formula: str, at: Mapping[str, float], result: Any) -> str:
    values = ", ".join(f"{name} = {value:g}" for name, value in at.items())
    return f"{formula} at {values} is {result.data:g}"


def _number(value: float | None) -> str:
    return "none" if value is None else f"{value:.6g}"


def _off(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is not other
    return not abs(one - other) <= 1e-6 * max(1.0, abs(other))


def _whose(
    result: Any, own: Mapping[str, Any], walk: Backprop | None
) -> tuple[str, str]:
    """Return which functions that ran are the learner's, and which gradlab's."""
    from gradlab.autodiff import topological_order

    nodes = topological_order(result) if result.requires_grad else []
    used = [node.history.fn for node in reversed(nodes) if node.history]
    mine = [fn.__name__ for fn in used if fn in own.values()]
    rest = [fn.__name__ for fn in used if fn not in own.values()]
    (mine if walk else rest).append(getattr(walk, "__name__", "backpropagate"))
    return ", ".join(dict.fromkeys(mine)), ", ".join(dict.fromkeys(rest))
