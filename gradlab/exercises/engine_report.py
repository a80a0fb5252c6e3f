"""engine_report: gradlab's own test of ops, run on a learner's Functions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from gradlab.exercises.callers import captured, message_of, refused_input
from gradlab.exercises.card import Card, prose, table
from gradlab.exercises.comparison import compare
from gradlab.exercises.display import Shown, show_or_print
from gradlab.exercises.keeping import fitted, my_engine
from gradlab.exercises.limits import TimeLimitReached, run_limited

ROW_SECONDS = 5.0
SEED = 11


@dataclass(frozen=True)
class Row:
    """One op of gradlab on a learner's Function: how many cases ran, what failed."""

    op: str
    function: str
    cases: int
    reason: str = ""

    @property
    def passed(self) -> bool:
        """Whether every case was right."""
        return not self.reason

    @property
    def words(self) -> str:
        """The verdict in a few words."""
        cases = f"{self.cases} case{'' if self.cases == 1 else 's'}"
        return self.reason if self.reason else f"passes {cases}"


def engine_report(functions: Mapping[str, Any] | None = None) -> Shown:
    """Show which of gradlab's own tests of ops pass on your Functions.

    Each op that runs a Function of yours is tried on the shapes that gradlab's own
    test has, with a random d_out: the result and every gradient are held against
    gradlab's.

    Parameters
    ----------
    functions : Functions by the name of the one they replace; by default all that you
        kept

    Examples
    --------
    >>> from gradlab import Function
    >>> class Neg(Function):
    ...     @staticmethod
    ...     def forward(ctx, x):
    ...         return x * -1
    ...
    ...     @staticmethod
    ...     def backward(ctx, d_out):
    ...         return d_out
    >>> shown = engine_report({"Neg": Neg})
    0 of 1 of gradlab's tests pass on your Functions.
      neg  at shape (): the gradient of input 1 is not right: expected ..., yours ...
    """
    found = my_engine() if functions is None else functions
    card = _card(list(rows_of(found)))
    return show_or_print(Shown(card.html(), card.text()))


def _card(rows: list[Row]) -> Card:
    if not rows:
        said = "There is no Function of yours to test yet. `keep(Mul)` keeps one."
        return Card("info", said)
    passed = sum(row.passed for row in rows)
    line = f"{passed} of {len(rows)} of gradlab's tests pass on your Functions."
    tone: Any = "right" if passed == len(rows) else "look"
    rows = sorted(rows, key=lambda row: row.passed)  # what fails comes first
    names = sorted({row.function for row in rows})
    last = prose(f"Tested with a random d_out: {', '.join(names)}.")
    return Card(tone, line, (table([(row.op, row.words) for row in rows]), last))


def rows_of(functions: Mapping[str, Any]) -> Iterator[Row]:
    """Yield a row for every op of gradlab that runs one of these Functions.

    Gradlab's own Functions among them, as `my_engine` fills in, are left out.
    """
    from gradlab.tensors.ops import OPS

    for op in OPS:
        own = functions.get(op.function.__name__, op.function)
        if own is not op.function:
            yield _tried(op, fitted(own))


def _tried(op: Any, own: type) -> Row:
    """Run all cases of an op; stop at the first that is not right."""
    import numpy as np

    rng = np.random.default_rng(SEED)
    cases, name = op.samples(rng), op.function.__name__
    for arrays in cases:
        try:
            with refused_input(), captured():
                said = run_limited(partial(_wrong, op, own, arrays, rng), ROW_SECONDS)
        except TimeLimitReached:
            said = f"not done after {ROW_SECONDS:g} seconds"
        except Exception as error:
            said = f"{type(error).__name__}: {message_of(error)}"
        if said:
            return Row(op.name, name, len(cases), f"{_at(arrays)}: {said}")
    return Row(op.name, name, len(cases))


def _at(arrays: Any) -> str:
    shapes = ", ".join(str(each.shape) for each in arrays)
    return f"at shape{'' if len(arrays) == 1 else 's'} {shapes}"


def _wrong(op: Any, own: type, arrays: Any, rng: Any) -> str:
    """Return what is not right in one case, or ""."""
    from gradlab.tensors.plugging import plug, unplugged

    with unplugged():
        true = _leaves(arrays)
        right = op.call(*true)
        d_out = rng.uniform(0.5, 1.5, right.shape) * rng.choice([-1, 1], right.shape)
        with plug(functions={op.function.__name__: own}):
            yours = _leaves(arrays)
            got = op.call(*yours)
        said = _differs("result", right, got)
        if said or not op.differentiable:
            return said
        right.backward(right._like(d_out))
        got.backward(got._like(d_out))
    for k, (one, other) in enumerate(zip(true, yours), start=1):
        said = said or _differs(f"gradient of input {k}", one.grad, other.grad)
    return said


def _leaves(arrays: Any) -> list[Any]:
    from gradlab.tensors.creation import tensor

    return [tensor(each, requires_grad=True) for each in arrays]


def _differs(what: str, right: Any, got: Any) -> str:
    if right is None or got is None:
        none = right is None or not right.to_numpy().any()
        return "" if none and got is None else f"the {what} is None"
    found = compare(right.to_numpy(), got.to_numpy())
    return f"the {what} is not right: {found.sentence}" if found else ""
