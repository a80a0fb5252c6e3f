"""The picture of a learner's own gradient beside the right one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from gradlab.exercises.callers import LocalCaller
from gradlab.exercises.comparison import SENTENCES, same
from gradlab.exercises.probes import Call, Outcome, ScalarSpec, TensorSpec, WayBack
from gradlab.exercises.values import (
    as_tensor,
    freeze,
    is_function_class,
    make_live,
    show,
)

if TYPE_CHECKING:
    from gradlab.visualization.picture import Picture
    from gradlab.visualization.pictures.judging.diagnosis_rules import Case, Wire

Fn = Callable[..., Any]


def own_gradient(
    fn: Fn, call: Call, rule: str = "", *, truth: Fn | None = None
) -> Picture:
    """Return the picture of what `fn` gives on the way back, beside what is right.

    The result comes first if it is wrong, then the gradient of every input that needs
    one; the first wrong cell is lit. A gradient of a wrong shape is drawn, too, though
    the engine refuses it (where `truth` is known). Use it as an exercise's `picture`.

    Parameters
    ----------
    fn : a Function, a ScalarFunction, or a function of tensors or Scalars
    call : a call with a way back (`Call.back`), its arguments described or live
    rule : what the check found to be done wrong; empty: a rule is looked for
    truth : the right one; by default gradlab's of that name where the results agree,
        else central differences of what `fn` gives

    Examples
    --------
    >>> from gradlab import ScalarFunction
    >>> from gradlab.exercises.probes import call
    >>> class Square(ScalarFunction):
    ...     @staticmethod
    ...     def forward(ctx, x):
    ...         ctx.save_for_backward(x)
    ...         return x * x
    ...
    ...     @staticmethod
    ...     def backward(ctx, d_out):
    ...         return 2 * ctx.saved_values[0]
    >>> picture = own_gradient(Square, call(ScalarSpec(3.0)).back(5.0))
    >>> picture.parts[0].named
    ['forgot d_out: only the local derivatives came back']
    """
    from gradlab.exercises.gradients_picture import GradientPicture, Message

    way = _Way(fn, _described(call, fn), rule, truth)
    name = getattr(fn, "__name__", "Your code")
    parts = way.refused() if way.failed else way.parts()
    if way.failed and not parts:
        return Message(f"{name} gives no gradients here", way.failed)
    return GradientPicture(name, parts)


def _described(call: Call, fn: Fn) -> Call:
    """Return a call with arguments that can be made anew, whatever it came with."""
    kinds = (TensorSpec, ScalarSpec)
    args = [each if isinstance(each, kinds) else freeze(each) for each in call.args]
    target = call.target or getattr(fn, "__name__", "fn")
    return replace(call, args=tuple(args), target=target, verb="vjp")


@dataclass(frozen=True)
class _Way:
    """A call of a learner's code with its way back, and the right one."""

    fn: Fn
    call: Call
    rule: str
    truth: Fn | None

    def outcome_of(self, fn: Fn) -> Outcome:
        """Return what comes of the call with `fn`."""
        return LocalCaller({self.call.target: fn}).run(self.call)

    @cached_property
    def yours(self) -> Outcome:
        """What comes of the learner's code."""
        return self.outcome_of(self.fn)

    @property
    def got(self) -> WayBack:
        """The learner's result and gradients."""
        value: WayBack = self.yours.value
        return value

    @property
    def failed(self) -> str:
        """Why there are no gradients to draw; "" if there are."""
        if self.yours.status == "returned":
            lost = self.got.names and not self.got.gradients and self.truth is None
            return f"no way back from {show(self.got.out)} with this d_out" * bool(lost)
        error = self.yours.error
        if error is None or self.yours.status == "not done":
            return SENTENCES.get(self.yours.status, self.yours.status)
        return f"{error.type}: {error.message}"

    @cached_property
    def right(self) -> WayBack:
        """The right result and gradients."""
        if self.truth is not None:
            value: WayBack = self.outcome_of(self.truth).value
            return value
        known = self._known()
        return known if known is not None else self._measured()

    def _known(self) -> WayBack | None:
        """Return what gradlab's Function of that name gives, if results agree."""
        from gradlab import scalar_functions
        from gradlab.tensors import functions

        home: Any = scalar_functions if self.is_scalar else functions
        fn: Any = getattr(home, getattr(self.fn, "__name__", ""), None)
        if not is_function_class(fn):
            return None
        outcome = self.outcome_of(fn)
        agrees = outcome.status == "returned" and same(outcome.value.out, self.got.out)
        return outcome.value if agrees else None

    @property
    def is_scalar(self) -> bool:
        """Whether the call is on Scalars."""
        return any(isinstance(each, ScalarSpec) for each in self.call.args)

    def _measured(self) -> WayBack:
        right = [case.right for case in self.cases(self.fn)]
        return WayBack(self.got.out, tuple(right), self.got.names)

    def cases(self, fn: Fn) -> list[Case]:
        """Return what central differences of `fn` tell of each gradient."""
        from gradlab.visualization.pictures.judging.diagnosis_rules import Case

        d_out = numbers(as_tensor(self.call.d_out))
        cases = [Case(shape, own, d_out, None) for shape, own in self._wires(fn)]
        right = [case.added(lambda d, local: d * local) for case in cases]
        return [
            Case(case.shape, case.wires, d_out, own, right[:k] + right[k + 1 :])
            for k, (case, own) in enumerate(zip(cases, right))
        ]

    def _wires(self, fn: Fn) -> Iterator[tuple[tuple[int, ...], Sequence[Wire]]]:
        """Yield, for each input that needs a gradient, its shape and its wires."""
        from gradlab.visualization.pictures.judging.diagnosis_run import Run, measured

        args = self.call.args
        places = [k for k, each in enumerate(args) if needs_gradient(each)]

        def on_leaves(*leaves: Any) -> Any:
            given = [make_live(each) for each in args]
            for place, leaf in zip(places, leaves):
                given[place] = self._as_argument(leaf)
            called = fn.apply if is_function_class(fn) else fn  # type: ignore[attr-defined]
            return self._as_result(called(*given, **self.call.kwargs))

        run = Run.of(on_leaves, [numbers(args[k]) for k in places], {})
        wires = measured(run, run.forward())
        return zip((tuple(x.shape) for x in run.inputs), wires)

    def _as_argument(self, leaf: Any) -> Any:
        return make_live(ScalarSpec(leaf.item())) if self.is_scalar else leaf

    def _as_result(self, out: Any) -> Any:
        return make_live(TensorSpec(float(out))) if self.is_scalar else out

    def parts(self) -> list[tuple[str, Picture]]:
        """Return a diagnosis of the result if it is wrong, then of each gradient."""
        from gradlab.visualization.pictures.judging.diagnosis import Diagnosis

        got, right = self.got, self.right
        parts: list[tuple[str, Picture]] = []
        if not same(right.out, got.out):
            wrong = Diagnosis(numbers(got.out), numbers(right.out), name="out")
            parts.append(("The result", wrong))
        d_out = numbers(as_tensor(self.call.d_out))
        for k, (own, true) in enumerate(zip(got.gradients, right.gradients)):
            tried = [] if same(true, own) else self._rules(k, own)
            name = f"{got.names[k]}.{'derivative' if self.is_scalar else 'grad'}"
            yours, asked = numbers(own), numbers(true)
            more = {"name": name, "d_out": d_out, "none_is_0": False}
            drawn = Diagnosis(yours, asked, tried, **more)
            parts.append((f"The gradient of {got.names[k]}", drawn))
        return parts

    def refused(self) -> list[tuple[str, Picture]]:
        """Return a diagnosis of each gradient if the engine refused a shape."""
        from gradlab.exercises.gradients_refused import refused

        if self.truth is None or self.is_scalar:
            return []
        return refused(self.fn, self.call, self.right)

    def _rules(self, k: int, own: Any) -> list[tuple[str, Any]]:
        """Return the wrong rules to try: the one that is known, else every one."""
        if self.rule:
            return [] if own is None else [(self.rule, numbers(own))]
        try:
            by_chance = self._with_another_d_out()._misfits(k) - self._misfits(k)
            return [each for each in self._computed(k) if each[0] not in by_chance]
        except ValueError:  # more cells than can be measured one by one
            return []

    def _computed(self, k: int) -> list[tuple[str, Any]]:
        """Return what every wrong rule gives for an input."""
        from gradlab.visualization.pictures.judging.diagnosis_rules import computed

        return computed(self.cases(self.truth or self.fn)[k])

    def _with_another_d_out(self) -> _Way:
        """Return the same way with a d_out in which no number is 1, or like another."""
        import numpy as np

        d_out = numbers(as_tensor(self.call.d_out))
        other = np.linspace(1.25, 2.75, d_out.size).reshape(d_out.shape)
        return replace(self, call=self.call.back(other if d_out.shape else 1.25))

    def _misfits(self, k: int) -> set[str]:
        """Return the wrong rules that do not give the learner's numbers."""
        from gradlab.visualization.pictures.judging.diagnosis import Diagnosis

        if self.failed or len(self.got.gradients) <= k:
            return set()
        own, rules = numbers(self.got.gradients[k]), self._computed(k)
        fits = Diagnosis(own, numbers(self.right.gradients[k]), rules).named
        return {rule for rule, _ in rules}.difference(fits)


def needs_gradient(value: Any) -> bool:
    """Say whether an argument gets a gradient."""
    return bool(getattr(value, "requires_grad", False))


def numbers(value: Any) -> Any:
    """Return the numbers of a plain value as an array; what holds none, as it is."""
    import numpy as np

    held = getattr(value, "array", getattr(value, "value", value))
    try:
        return None if held is None else np.asarray(held, dtype=float)
    except (TypeError, ValueError):
        return value
