"""10.E2 sum_gradients: the recitation's example by hand, and for any two shapes."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.probes import Call, Probe, TensorSpec, call

from . import e2_answers as answers
from .calls import Maker, Shape, numbers

A, B = [[1, 2], [3, 4], [5, 6]], [-1, 1]
EXAMPLE, OTHER = "the recitation's a and b", "a column and a row"
GIVEN = "a (3, 2), b (2,), d not 1"

RULES = (
    Rule(
        "each cell once",
        answers.each_cell_once,
        "Every cell got d once, in `b` too. Each cell of `b` was read 3 times, by "
        "every row of `a`, and each reading brings d.",
        at=EXAMPLE,
    ),
    Rule(
        "d forgotten",
        answers.forgets_d,
        "Your code counts the readings and leaves d out. With d = 1 nobody notices; "
        "another d multiplies every one of them.",
        at=GIVEN,
    ),
    Rule(
        "on the result's shape",
        answers.on_the_result,
        "Both gradients have the shape of a + b. That is right for an input that was "
        "not stretched; `b` has 2 cells, and 6 numbers came back.",
        at=EXAMPLE,
    ),
    Rule(
        "only b summed",
        answers.only_b,
        "Your code sums for `b` only. Here `a` is stretched as well: its cells were "
        "read more than once.",
        at=OTHER,
    ),
    Rule(
        "the values sent back",
        answers.times_the_values,
        "Your code sends the numbers of a + b back. How fast a sum moves does not "
        "depend on where it stands: the local derivative of + is 1.",
        at=EXAMPLE,
    ),
    Rule(
        "as of a mean",
        answers.as_of_a_mean,
        "Your code shares d among the 6 cells of a + b. That is how a mean goes back; "
        "in a sum every cell moves the result one for one.",
        at=EXAMPLE,
    ),
    Rule(
        "turned round",
        answers.turned_round,
        "The gradient of `b` comes first in your pair. First `a`, then `b`.",
        at=EXAMPLE,
    ),
)


def own_pair(fn: Any, call: Call, rule: str = "", truth: Any = None) -> Any:
    """Draw the two gradients of a learner's code beside the right ones."""
    from gradlab.exercises.gradients_picture import GradientPicture, Message
    from gradlab.exercises.values import freeze
    from gradlab.visualization import diagnosis

    right = (truth or fn)(*call.args)
    try:
        got = fn(*call.args)
    except Exception as error:
        return Message("This code raised", f"{type(error).__name__}: {error}")
    pair = got if isinstance(got, tuple | list) and len(got) == 2 else (got, None)
    yours = [getattr(freeze(each), "array", each) for each in pair]
    d_out = (call.args[0] + call.args[1]).to_numpy() * 0 + call.args[2]
    parts = []
    for name, own, asked in zip("ab", yours, right):
        rules = {rule: own} if rule else None
        drawn = diagnosis(own, asked.to_numpy(), rules, d_out=d_out, name=name)
        parts.append((f"The gradient of {name}", drawn))
    return GradientPicture("c = (a + b).sum()", parts)


def shapes(a: Shape, b: Shape) -> Maker:
    """Return the maker of a call with tensors of these shapes and a d that is not 1."""

    def make(rng: np.random.Generator) -> Call:
        d = float(rng.choice([-1, 1]) * rng.integers(2, 9))
        return call(TensorSpec(numbers(rng, a)), TensorSpec(numbers(rng, b)), d)

    return make


PROBES = (
    Probe(
        EXAMPLE,
        call(TensorSpec(A), TensorSpec(B), 1),
        says="Each cell of a is read once, each cell of b 3 times; each time brings 1.",
    ),
    Probe(
        GIVEN,
        shapes((3, 2), (2,)),
        says="Each cell of a is read once, each cell of b 3 times; each time brings d.",
    ),
    Probe(
        "equal shapes",
        shapes((2, 4), (2, 4)),
        says="Each cell of both is read once, and d comes back once.",
    ),
    Probe(
        OTHER,
        shapes((3, 1), (2,)),
        says="Both are stretched: a is read twice, b 3 times.",
    ),
    Probe(
        "a is the smaller one",
        shapes((4,), (2, 3, 4)),
        says="Each cell of a is read 6 times, each cell of b once.",
    ),
    Probe(
        "b has no dims",
        shapes((2, 3), ()),
        says="The one number of b is read 6 times.",
    ),
    Probe(
        "three dims",
        shapes((2, 1, 3), (4, 1)),
        hidden=True,
        says="With three dims the readings are not counted right.",
    ),
)

HINTS = Hints(
    symptom=(
        "Take the recitation's `a` and `b` and write out all 6 numbers of a + b. In "
        "how many of them does b[0] stand? If b[0] grows by 0.1, by how much does c "
        "grow?"
    ),
    concept=(
        "Two steps back. The sum sends d to every cell of a + b: its gradient is a "
        "table full of d. Then + passes that table on to both inputs, and each gets "
        "it back in its own shape."
    ),
    neighbour=(
        "One number t is added to each of 24 hours, and the day is summed up, with "
        "d = 5 arriving at the sum. t was read 24 times:\n"
        "    d_out = a tensor of 24 fives\n"
        "    gradient of t = 24 * 5 = 120, gradient of each hour = 5"
    ),
)

EXERCISE = Exercise(
    id="10.E2",
    name="sum_gradients",
    title="The recitation's example, by hand",
    task="Write sum_gradients(a, b, d): both gradients of c = (a + b).sum().",
    truth=answers.d_everywhere,
    points=3,
    hidden_points=0.5,
    minutes=5,
    probes=PROBES,
    rules=RULES,
    wrong_answers=(
        WrongAnswer(answers.only_one, "return a tuple"),
        WrongAnswer(answers.by_the_engine, "gradlab's `Tensor.backward` did the work"),
    ),
    borrowed=("gradlab.Tensor.backward",),
    own_work="Work the gradients out without backward.",
    hints=HINTS,
    variants=(
        Variant(answers.d_everywhere, "a table full of d, summed back"),
        Variant(answers.by_counting, "count the readings: result cells per input cell"),
        Variant(answers.from_the_sum, "let a + b tell the shape"),
    ),
    ways="All of them bring d once for every time that a cell was read.",
    picture=own_pair,
    show=call(TensorSpec(A), TensorSpec(B), 1),
    next="E3",
)
