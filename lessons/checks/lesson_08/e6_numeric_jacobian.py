"""08.E6 numeric_jacobian: a Jacobian measured, without any backward."""

from __future__ import annotations

import numpy as np

from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.probes import Call, Probe, TensorSpec, call

from . import e6_answers as answers
from .calls import LATER, sample, some
from .pictures import own_array

COLUMNS = "Column j is the change between one h above and one h below, divided by 2h."
FIRST, MAP = "squares and a product, h = 0.5", "a map"

RULES = (
    Rule(
        "forward difference",
        answers.forward_difference,
        "Your code compares f(x + step) with f(x): the forward difference. The squares "
        "give it away: at 3 with h = 0.5 it finds 6.5, one h too much; both sides "
        "together find 6.",
        at=FIRST,
    ),
    Rule(
        "backward difference",
        answers.backward_difference,
        "Your code compares f(x) with f(x - step): one side only. The squares give it "
        "away: at 3 with h = 0.5 it finds 5.5; both sides together find 6.",
        at=FIRST,
    ),
    Rule(
        "divides by h",
        answers.divides_by_h,
        "Each of your numbers is twice too large: from x - h to x + h it is 2h, and "
        "your code divides by h.",
        at=FIRST,
    ),
    Rule(
        "half a step",
        answers.half_a_step,
        "Your code moves a cell by h, up only, and divides by 2h: about half of each "
        "derivative.",
        at=FIRST,
    ),
    Rule(
        "half of h each way",
        answers.half_of_h_each_way,
        "Your numbers are those of a step of h / 2 to each side. Squares and products "
        "do not show it; e^x does.",
        at=MAP,
    ),
    Rule(
        "half of h each way, divided by 2h",
        answers.half_of_h_over_2h,
        "Your numbers are those of a step of h / 2 to each side, divided by 2h: the "
        "two places are h apart, and each number is about half of what it should be.",
        at=FIRST,
    ),
    Rule(
        "a step of its own",
        answers.a_step_of_its_own,
        "Your numbers are nearly the exact derivatives, whatever h is. With a step of "
        "h = 0.1 those of e^x come out a little larger, and that was asked for.",
        at=MAP,
    ),
    Rule(
        "never divides",
        answers.never_divides,
        "Your table holds the changes themselves. A derivative is change per step.",
        at="small steps",
    ),
    Rule(
        "turned round",
        answers.turned_round,
        "Your Jacobian is turned round. Moving input j changes all outputs: that is a "
        "column, one number for each output.",
        at=FIRST,
    ),
    Rule(
        "moves all cells",
        answers.moves_all,
        "Your columns are all the same: every cell of x moves at once. Then nobody "
        "can tell which of them moved the outputs.",
        at=FIRST,
    ),
    Rule(
        "never moves back",
        answers.never_moves_back,
        "Your first column is right, the second is not: the cells that were moved "
        "before stay moved.",
        at=FIRST,
    ),
    Rule(
        "moves all cells, once",
        answers.moves_all_once,
        "{got} has one number for each output: all cells of x moved at once. Each "
        "input has a column of its own.",
        at=FIRST,
    ),
    Rule(
        "divides by 2, times h",
        answers.by_two_times_h,
        "Your numbers are the changes divided by 2, and then multiplied by h. A "
        "derivative is the change divided by the whole way from x - h to x + h.",
        at="small steps",
    ),
    Rule(
        "no change at all",
        answers.one_array_twice,
        "Your table holds zeros only: either both measurements were made at the same "
        "place, or they never came into the table.",
        at=FIRST,
    ),
    Rule(
        "down minus up",
        answers.down_minus_up,
        "Right sizes, each with the other sign: your change goes from x + h to x - h.",
        at=FIRST,
    ),
    Rule(
        "outputs added",
        answers.outputs_added,
        "Your code adds the outputs up before it compares: {got}, one number for each "
        "input. Each output has a row of its own.",
        at=FIRST,
    ),
)


def of(name: str, cells: int, h: float):
    """Return the maker of a call with a function, random cells and a step."""

    def make(rng: np.random.Generator) -> Call:
        return call(sample(name), TensorSpec(some(rng, cells)), h)

    return make


PROBES = (
    Probe(
        FIRST,
        call(sample("squares_and_product"), TensorSpec([3.0, 5.0]), 0.5),
        says="Column 0 comes from [3.5, 5] and [2.5, 5], which are 1 apart. The "
        "outputs there are [12.25, 17.5, 25] and [6.25, 12.5, 25].",
    ),
    Probe("2 outputs, 3 inputs", of("neighbours_multiplied", 3, 0.25), says=COLUMNS),
    Probe(MAP, of("exponentials", 3, 0.1), says=COLUMNS),
    Probe("small steps", of("all_multiplied", 4, 1e-4), says=COLUMNS),
    Probe("more inputs", of("neighbours_multiplied", 5, 0.1), hidden=True, says=LATER),
    Probe("a map again", of("exponentials", 2, 0.2), hidden=True, says=LATER),
)

HINTS = Hints(
    symptom=(
        "Do one column by hand: x = [3, 5], h = 0.5, the outputs x1 x1 and x1 x2. "
        "Compute both at [3.5, 5] and at [2.5, 5]. By how much did each change, and "
        "how far apart are the two places?"
    ),
    concept=(
        "Moving one input and watching all outputs gives one column. Then x must be "
        "back where it was before the next input moves: start from a fresh copy each "
        "time. K numbers are found at once, so D columns take 2D calls of f."
    ),
    neighbour=(
        "How loud is each of two knobs? Turn one up by h and down by h, listen both "
        "times, and leave the other alone:\n"
        "    louder = volume(bass + h, treble)\n"
        "    softer = volume(bass - h, treble)\n"
        "    by_bass = (louder - softer) / (2 * h)"
    ),
)

EXERCISE = Exercise(
    id="08.E6",
    name="numeric_jacobian",
    title="A Jacobian by trying",
    task="Write numeric_jacobian(f, x, h): the Jacobian by central differences.",
    truth=answers.one_copy_each,
    points=4,
    hidden_points=1,
    minutes=18,
    core=False,
    probes=PROBES,
    rules=RULES,
    wrong_answers=(
        WrongAnswer(answers.moves_x_itself, "You changed x"),
        WrongAnswer(answers.a_tensor, "return a NumPy array"),
    ),
    borrowed=("gradlab.jacobian",),
    own_work="Move the cells and compare yourself.",
    hints=HINTS,
    variants=(
        Variant(answers.one_copy_each, "two copies for each input"),
        Variant(answers.with_steps, "a step that is h at one place"),
        Variant(answers.cell_by_cell, "number by number: many more calls of f"),
    ),
    ways=(
        "Why both sides? For a smooth function and a small h, half the h halves the "
        "error of the forward difference; that of the central one becomes a quarter."
    ),
    picture=own_array(answers.one_copy_each, "J"),
    show=call(sample("squares_and_product"), TensorSpec([3.0, 5.0]), 0.5),
)
