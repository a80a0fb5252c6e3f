"""10.E3 Mul: the product under broadcasting, in the recitation's three steps."""

from __future__ import annotations

from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.gradients import own_gradient
from gradlab.exercises.probes import Probe, TensorSpec, call

from . import e3_answers as answers
from . import e3_slips as slips
from .calls import way_back

TABLE, EQUAL = "a column and a row", "equal shapes"
KNOWN = call(
    TensorSpec([[1], [2], [3]], requires_grad=True),
    TensorSpec([10, 20], requires_grad=True),
).back([[1, 2], [3, 4], [5, 6]])

SHAPES_OF_Y = r"\(2,\)|\(3,\)|\(4, 1\)|\(2, 3\)|\(1, 4\)"

RULES = (
    Rule(
        "the other input, without d_out",
        slips.OthersAsTheyAre,
        "On equal shapes your backward sends back the other input itself, whatever "
        "d_out is. With d_out forgotten, nothing has the output's shape, either: where "
        "shapes differ, what is sent back does not fit.",
        at=EQUAL,
    ),
    Rule(
        "forgot d_out",
        answers.ForgetsDOut,
        "Your backward sums the local derivatives, whatever d_out is: 10 + 20 = 30 for "
        "each cell of x, 1 + 2 + 3 = 6 for each cell of y. Each reading brings its own "
        "d_out times the local derivative.",
        at=TABLE,
    ),
    Rule(
        "mean for sum",
        answers.Means,
        "Your backward takes means: x[0, 0] was read twice and got 50 / 2 = 25, y[0] "
        "was read 3 times and got 22 / 3 = 7.333. The readings add up.",
        at=TABLE,
    ),
    Rule(
        "swapped",
        answers.Swapped,
        "Your backward multiplies the gradient of each input by that input itself. A "
        "product moves with one number as fast as the other one is large.",
        at=TABLE,
    ),
    Rule(
        "the backward of a sum",
        answers.AsASum,
        "Your backward sums d_out back as it came. That is how + goes back; a product "
        "has local derivatives that are not 1.",
        at=TABLE,
    ),
    Rule(
        "gradients of another shape",
        answers.NeverSums,
        "Where shapes are equal all is right. Wherever something was stretched, a "
        "gradient comes back in a shape that is not its input's.",
        at=TABLE,
        raising="returned shape",
    ),
    Rule(
        "only the second",
        answers.OnlyTheSecond,
        "The gradient of the second input comes back in its shape. That of the first "
        "one does not, where it was stretched.",
        at=TABLE,
        raising="returned shape .* for input 1 ",
    ),
    Rule(
        "only the first",
        answers.OnlyTheFirst,
        "The gradient of the first input comes back in its shape. That of the second "
        "one does not, where it was stretched.",
        at=TABLE,
        raising="returned shape .* for input 2 ",
    ),
    Rule(
        "times the result",
        answers.ByTheOutput,
        "Your backward multiplies d_out by the result x * y. How fast the result "
        "moves with x is another number: y.",
        at=EQUAL,
    ),
    Rule(
        "summed before the product",
        answers.SummedDOutTimesSum,
        "Your backward sums d_out and the other input apart, and multiplies the sums. "
        "Each reading has its own product; first multiply, then sum.",
        at=TABLE,
    ),
    Rule(
        "forward divides",
        slips.ForwardDivides,
        "Your forward divides: the first number of the result is 1 / 10 = 0.1, where "
        "1 * 10 = 10 is asked. The gradients are those of a product.",
        at=TABLE,
    ),
    Rule(
        "the gradient of x divided",
        slips.DividesForX,
        "For x your backward divides d_out by y: 1 / 10 + 2 / 20 = 0.2 came to "
        "x[0, 0]. A product moves with x as fast as y is large.",
        at=TABLE,
    ),
    Rule(
        "the gradient of y divided",
        slips.DividesForY,
        "For y your backward divides d_out by x: 1 / 1 + 3 / 2 + 5 / 3 = 4.167 came to "
        "y[0]. A product moves with y as fast as x is large.",
        at=TABLE,
    ),
    Rule(
        "both gradients divided",
        slips.DividesForBoth,
        "Your backward divides d_out by the other input, for x and for y: 1 / 10 + "
        "2 / 20 = 0.2 came to x[0, 0]. A product moves with one number as fast as the "
        "other one is large.",
        at=TABLE,
    ),
    Rule(
        "returned in swapped order",
        slips.ReturnedSwapped,
        "Where shapes are equal, x got the gradient of y, and y that of x. Elsewhere "
        "the engine refused what came back first: it has the shape of y, such as (2,) "
        "for an x of shape (3, 1).",
        at=EQUAL,
        raising=rf"returned shape ({SHAPES_OF_Y}) for input 1 ",
    ),
    Rule(
        "no product for x",
        slips.SumsForX,
        "The gradient of y is right. For x your backward sums d_out as it came: 1 + 2 "
        "= 3 came to x[0, 0]. A product moves with x as fast as y is large.",
        at=TABLE,
    ),
    Rule(
        "no product for y",
        slips.SumsForY,
        "The gradient of x is right. For y your backward sums d_out as it came: 1 + 3 "
        "+ 5 = 9 came to y[0]. A product moves with y as fast as x is large.",
        at=TABLE,
    ),
)

SAYS = "With other shapes the gradients are not right."

PROBES = (
    Probe(
        EQUAL,
        way_back((2, 3), (2, 3)),
        says="Nothing is stretched here: look at x * y and its local derivatives.",
    ),
    Probe(
        TABLE,
        KNOWN,
        says="Each cell of x is read twice, each cell of y 3 times.",
    ),
    Probe(
        "(4, 3) and (3,)",
        way_back((4, 3), (3,)),
        says="Only y is stretched: each of its cells is read 4 times.",
    ),
    Probe(
        "(2, 1, 3) and (4, 1)",
        way_back((2, 1, 3), (4, 1)),
        says="x is stretched along dim 1, y along the other two.",
    ),
    Probe(
        "() and (2, 3)",
        way_back((), (2, 3)),
        says="The one number of x is read 6 times.",
    ),
    Probe(
        "x permuted",
        way_back((2, 4), (1, 4), order=(1, 0)),
        says="The strides of a permuted x differ; its numbers do not.",
    ),
    Probe(
        "y a constant",
        way_back((3,), (2, 3), constant=True),
        says="Here only x needs a gradient; the one for y is not looked at.",
    ),
    Probe("(5, 1) and (2, 1, 3)", way_back((5, 1), (2, 1, 3)), hidden=True, says=SAYS),
    Probe("(2, 3, 2) and (1,)", way_back((2, 3, 2), (1,)), hidden=True, says=SAYS),
)

HINTS = Hints(
    symptom=(
        "Take an x of shape (3, 1) and a y of shape (2,), and write down the gradient "
        "of x before anything is summed. Which shape does it have? Which 2 of its 6 "
        "numbers belong to x[0, 0]?"
    ),
    concept=(
        "Three steps: each gradient on the shape of the result, as if nothing had been "
        "stretched; then each summed back to the shape of its own input; then return "
        "both. The two inputs may be stretched in different dims, so each one needs "
        "its own sum."
    ),
    neighbour=(
        "The maximum of x and y goes to the larger one. Saved in forward: which was "
        "larger, as 1.0 and 0.0, on the result's shape:\n"
        "    to_x = d_out * x_is_larger              # step 1\n"
        "    to_x = sum_back(to_x, x_shape)          # step 2"
    ),
)

EXERCISE = Exercise(
    id="10.E3",
    name="Mul",
    title="A product of any two shapes",
    task="Write forward and backward of Mul, for inputs that may be stretched.",
    truth="tensors.functions.Mul",
    points=5,
    hidden_points=1.5,
    minutes=9,
    probes=PROBES,
    rules=RULES,
    wrong_answers=(
        WrongAnswer(answers.OneGradient, "returned 1 gradient, but forward had 2"),
        WrongAnswer(answers.SavesNothing, "not enough values to unpack"),
        WrongAnswer(answers.by_the_engine, "`tensors.functions.Mul.backward` did the"),
    ),
    borrowed=("gradlab.tensors.functions.Mul.backward",),
    own_work="Write the way back yourself, in a class Mul(Function).",
    hints=HINTS,
    variants=(
        Variant(answers.InThreeSteps, "the recitation's three steps"),
        Variant(answers.ByTheLoops, "the same with the loops, as MiniTorch writes it"),
        Variant(answers.StretchedFirst, "stretched inputs saved, sums written out"),
    ),
    ways="All of them multiply on the result's shape, and sum afterwards.",
    picture=own_gradient,
    show=KNOWN,
    next="E4",
)
