"""The picture of what the learner's own code does; it never breaks a verdict."""

from __future__ import annotations

import contextlib
import inspect
from dataclasses import dataclass, replace
from typing import Any

from gradlab.exercises.callers import captured, refused_input
from gradlab.exercises.card import Part, fold, picture
from gradlab.exercises.exercise import Exercise, Fn
from gradlab.exercises.limits import run_limited
from gradlab.exercises.probes import Call
from gradlab.exercises.values import make_live, show_call

PICTURE_SECONDS = 5.0


@dataclass(frozen=True)
class Drawing:
    """One call of an exercise, to be drawn; `rule` names the wrong rule behind it."""

    exercise: Exercise
    call: Call
    rule: str = ""

    def alone(self, fn: Fn) -> tuple[Part, ...]:
        """Return the picture of what `fn` does."""
        drawn = self.of(fn, f"What your code does at `{show_call(self.call)}`:")
        return () if drawn is None else (drawn,)

    def beside_the_truth(self, fn: Fn) -> tuple[Part, ...]:
        """Return the picture of what `fn` does, the right one behind "Compare"."""
        own = self.alone(fn)
        if self._knows_the_truth:
            return own
        truth = replace(self, rule="").of(self.exercise.truth_fn, "What is asked for:")
        if not own or truth is None:
            return own
        return (*own, fold("Compare", truth, kind="gl-compare"))

    @property
    def _knows_the_truth(self) -> bool:
        """Whether the picture itself shows what is right."""
        author = self.exercise.picture
        return author is not None and "truth" in inspect.signature(author).parameters

    def of(self, fn: Fn, caption: str) -> Part | None:
        """Return the picture, or None where there is none or it fails."""
        if self.exercise.picture is None:
            return None
        with contextlib.suppress(ImportError):
            import gradlab.visualization.picture  # noqa: F401 - outside the time limit
        from gradlab.tensors.plugging import unplugged

        try:
            with unplugged(), refused_input(), captured():
                return run_limited(lambda: self._draw(fn, caption), PICTURE_SECONDS)
        except BaseException:
            return None

    def _draw(self, fn: Fn, caption: str) -> Part | None:
        author: Any = self.exercise.picture
        call = replace(self.call, args=tuple(map(make_live, self.call.args)))
        takes = inspect.signature(author).parameters
        more = {"truth": self.exercise.truth_fn} if "truth" in takes else {}
        rule = (self.rule,) if len(takes) - len(more) > 2 else ()
        drawn = author(fn, call, *rule, **more)
        if drawn is None or _is_an_error_in_words(drawn):  # the card has these words
            return None
        return picture(drawn, caption)


def _is_an_error_in_words(drawn: Any) -> bool:
    from gradlab.visualization.pictures.judging.diagnosis_of import Message

    return isinstance(drawn, Message)
