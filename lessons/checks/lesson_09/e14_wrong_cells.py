"""09.E14 wrong_cells: a gradient held against central differences, cell by cell."""

from __future__ import annotations

from typing import Any

import numpy as np

from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.probes import Call, GradlabName, Probe, TensorSpec, call

from . import e14_answers as answers

SOME, FINE, SUMMED = "two wrong cells", "nothing wrong", "a sum of all cells"
TURNED = "one with its sign turned"


def claim(name: str, x: Any, d_out: Any, grad: Any) -> Call:
    """Return the call that judges a gradient of gradlab's Function of that name."""
    tensors = (TensorSpec(np.array(each, dtype=float)) for each in (x, d_out, grad))
    return call(GradlabName(f"tensors.functions.{name}"), *tensors)


def somewhere(rng: np.random.Generator) -> Call:
    """Return a claim on Sin with some cells spoiled, up or down."""
    x = np.round(rng.uniform(-2, 2, (3, 4)), 2)
    d_out = rng.choice([-1, 1], (3, 4)) * rng.integers(15, 40, (3, 4)) / 10
    spoiled = rng.choice([-0.5, 0, 0.5], (3, 4))
    return claim("Sin", x, d_out, np.cos(x) * d_out + spoiled)


RULES = (
    Rule(
        "without d_out",
        answers.without_d_out,
        "Your code measures how the plain sum of the result moves. A backward that "
        "forgets d_out would pass this test, and a right one fails.",
        at=SOME,
    ),
    Rule(
        "one cell only",
        answers.first_cell_only,
        "Your code looks at one cell. Here another one is wrong; of 12 cells, a test "
        "of one sees a single fault 1 time in 12.",
        at=SOME,
    ),
    Rule(
        "its own cell only",
        answers.own_cell_only,
        "For each cell of x your code reads the result, or d_out, at the same index. "
        "That is enough for a map. Here all cells of x go into one number.",
        at=SUMMED,
    ),
    Rule(
        "slopes of 0",
        answers.x_twice,
        "Your code names just the cells whose gradient is not 0, as if every slope it "
        "measured were 0, or next to nothing. Did the two results move apart, and was "
        "their distance divided? A second name for a tensor is no second tensor.",
        at=FINE,
    ),
    Rule(
        "stops at the first",
        answers.stops_at_the_first,
        "Your code stops at the first cell that is wrong. All of them are asked for: "
        "which ones they are tells what the fault is.",
        at=SOME,
    ),
    Rule(
        "too large only",
        answers.too_large_only,
        "Your code finds gradients that are too large, and lets those through that are "
        "too small.",
        at=SOME,
    ),
    Rule(
        "not halved",
        answers.not_halved,
        "Your slopes are twice as large as they are: from one side to the other it is "
        "two steps.",
        at=FINE,
    ),
    Rule(
        "sign turned",
        answers.down_minus_up,
        "Your code takes a gradient with its sign turned for right, and the right one "
        "for wrong. A slope goes from down to up.",
        at=TURNED,
    ),
    Rule(
        "the right ones",
        answers.the_right_ones,
        "Your code names the cells that agree. The others are asked for.",
        at=SOME,
    ),
    Rule(
        "exactly equal",
        answers.exactly_equal,
        "Your code names cells that hold the right gradient, too. A measured slope is "
        "never exact: numbers that differ in their last digits count as equal here.",
        at=FINE,
    ),
    Rule(
        "a coarse step",
        answers.coarse_step,
        "Your code names x = 1 of Inv, where the gradient is right. The slope of Inv "
        "changes fastest there, and what your code measured was further off than it "
        "allows; the wider the step, the further off.",
        at=FINE,
    ),
    Rule(
        "a coarse step, a fine tolerance",
        answers.coarse_step_fine_tolerance,
        "Your code names right gradients of Inv and Sin, whose slopes change along a "
        "step, and none of Neg and Sum, whose slopes do not. The wider the step, the "
        "further off is what it measures.",
        at=FINE,
    ),
    Rule(
        "never put back",
        answers.never_put_back,
        "From the second cell on your code names right gradients, as if the cells "
        "before it were still moved: {got} here, where nothing is wrong.",
        at=FINE,
    ),
)

INV = ([[1, 2], [4, 5]], [[3, 8], [16, 50]])
PROBES = (
    Probe(FINE, claim("Inv", *INV, [[-3, -2], [-1, -2]])),
    Probe(SOME, claim("Inv", *INV, [[-3, 2], [-1, -7]])),
    Probe("one twice too large", claim("Neg", [5, 6], [2, -3], [-4, 3])),
    Probe(TURNED, claim("Neg", [5, 6], [2, -3], [2, 3])),
    Probe("a gradient of ones", claim("Neg", [5, 6], [2, -3], [-1, -1])),
    Probe(SUMMED, claim("Sum", [[1, 2, 3], [4, 5, 6]], 10, [[10, 10, 5], [10, 0, 10]])),
    Probe("some of twelve", somewhere),
    Probe(
        "others of twelve",
        somewhere,
        hidden=True,
        says="Some wrong cells are not named, or some right ones are.",
    ),
    Probe(
        "a product of all cells",
        claim("Prod", [[2, 0], [3, 4]], -5, [[0, -120], [0, 7]]),
        hidden=True,
        says="Each cell of the result may depend on each cell of x.",
    ),
)

HINTS = Hints(
    symptom=(
        "Take Inv at the single cell x = 2 with d_out = 8: the gradient is -2. Print "
        "the slope that your code measures there. Is it -2, -0.25, -4, or nearly one "
        "of these?"
    ),
    concept=(
        "Move one cell of x a little up and a little down, the others stay. The result "
        "moves; weigh each of its cells with its d_out and add up: one number. Divided "
        "by the way from down to up, that is the slope which backward should have "
        "given. Compare sizes of differences, with some tolerance."
    ),
    neighbour=(
        "The slope of a function of one number at u = 3:\n"
        "    step = 1e-6\n"
        "    (f(3 + step) - f(3 - step)) / (2 * step)"
    ),
)


def picture(
    fn: Any, call: Call, rule: str = "", *, truth: Any = answers.two_steps_each
) -> Any:
    """Draw 1 where the learner's code says that a cell is wrong, beside the truth."""
    from gradlab.exercises.gradients_picture import GradientPicture, Message
    from gradlab.visualization import diagnosis

    shape = call.args[1].shape
    try:
        got = _marks(fn(*call.args), shape)
    except Exception as error:
        return Message("This code raised", f"{type(error).__name__}: {error}")
    right = _marks(truth(*call.args), shape)
    rules = {rule: got} if rule else None
    drawn = diagnosis(got, right, rules, name="named")
    board = GradientPicture("wrong_cells", [("1: this cell is named as wrong", drawn)])
    board.title = "Which cells are named as wrong"
    return board


def _marks(found: Any, shape: tuple[int, ...]) -> Any:
    marks = np.zeros(shape)
    for index in found:
        marks[index] = 1.0
    return marks


EXERCISE = Exercise(
    id="09.E14",
    name="wrong_cells",
    title="Which cells are wrong?",
    task="Write wrong_cells(fn, x, d_out, grad): the cells where grad is not right.",
    truth=answers.two_steps_each,
    points=4,
    hidden_points=1,
    minutes=8,
    core=False,
    probes=PROBES,
    rules=RULES,
    wrong_answers=(
        WrongAnswer(answers.moves_x, "You changed x"),
        WrongAnswer(answers.asks_backward, "did the work"),
    ),
    borrowed=(
        "gradlab.Tensor.backward",
        "gradlab.gradcheck",
        "gradlab.jacobian",
        "gradlab.vjp",
    ),
    own_work="Measure how the result moves; trust no backward.",
    hints=HINTS,
    variants=(
        Variant(answers.two_steps_each, "weigh the difference"),
        Variant(answers.one_number_first, "weigh first, then take the difference"),
        Variant(answers.with_arrays, "with arrays"),
    ),
    ways=(
        "All three move one cell at a time to both sides, and weigh what moves with "
        "d_out. gradlab's own `gradcheck` does the same."
    ),
    picture=picture,
    show=claim("Inv", *INV, [[-3, 2], [-1, -7]]),
)
