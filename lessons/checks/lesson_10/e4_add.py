"""10.E4 Add: the slide's Add, repaired for inputs that were stretched."""

from __future__ import annotations

from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.gradients import own_gradient
from gradlab.exercises.probes import Probe, TensorSpec, call

from . import e4_answers as answers
from .calls import way_back

EQUAL, BIAS, FIRST = "equal shapes", "a matrix and a row", "(3, 1) and (2,)"
SHOWN = call(
    TensorSpec([[1, 2], [3, 4], [5, 6]], requires_grad=True),
    TensorSpec([-1, 1], requires_grad=True),
).back([[2, 5], [-1, 3], [4, -2]])

RULES = (
    Rule(
        "gradients of another shape",
        answers.AsPrinted,
        "Where shapes are equal all is right. Wherever something was stretched, a "
        "gradient comes back in a shape that is not its input's.",
        at=BIAS,
    ),
    Rule(
        "only the second",
        answers.OnlyTheSecond,
        "The gradient of the second input comes back in its shape. That of the first "
        "one does not, where it was stretched.",
        at=FIRST,
    ),
    Rule(
        "only the first",
        answers.OnlyTheFirst,
        "The gradient of the first input comes back in its shape. That of the second "
        "one does not, where it was stretched.",
        at=BIAS,
    ),
    Rule(
        "forgot d_out",
        answers.OnesOnly,
        "Your backward counts how often each cell was read. That is the gradient only "
        "if every number of d_out is 1; each reading brings its own.",
        at=EQUAL,
    ),
    Rule(
        "the backward of a product",
        answers.AsAProduct,
        "Your backward multiplies by the other input, as a product does. Both local "
        "derivatives of a sum are 1.",
        at=EQUAL,
    ),
    Rule(
        "mean for sum",
        answers.Means,
        "Your backward takes means of what comes to a cell. Where a cell was read 3 "
        "times, the 3 numbers add up.",
        at=BIAS,
    ),
    Rule(
        "the backward of a difference",
        answers.AsASub,
        "The gradient of the second input has the other sign: that is how x - y goes "
        "back.",
        at=EQUAL,
    ),
)

SAYS = "With other shapes the gradients are not right."

PROBES = (
    Probe(
        EQUAL,
        way_back((2, 3), (2, 3)),
        says="Nothing is stretched here: d_out goes back to both as it came.",
    ),
    Probe(BIAS, SHOWN, says="Only y is stretched: each of its cells is read 3 times."),
    Probe(
        FIRST,
        way_back((3, 1), (2,)),
        says="Both are stretched: x is read twice, y 3 times.",
    ),
    Probe(
        "() and (2, 3)",
        way_back((), (2, 3)),
        says="The one number of x is read 6 times.",
    ),
    Probe(
        "(2, 1, 3) and (4, 1)",
        way_back((2, 1, 3), (4, 1)),
        says="x is stretched along dim 1, y along the other two.",
    ),
    Probe(
        "x permuted",
        way_back((2, 4), (1, 4), order=(1, 0)),
        says="The strides of a permuted x differ; its numbers do not.",
    ),
    Probe("(5, 1) and (2, 1, 3)", way_back((5, 1), (2, 1, 3)), hidden=True, says=SAYS),
)

HINTS = Hints(
    symptom=(
        "Run the printed Add on a (3, 2) and a (2,), as P4 does, and read "
        "the error: which input, which shape came, which one was expected? What would "
        "backward have to know that it does not know yet?"
    ),
    concept=(
        "Step 1 is done already: both local derivatives are 1, so d_out is the "
        "gradient on the result's shape. Step 2 is missing, and it needs two shapes "
        "that only forward sees."
    ),
    neighbour=(
        "A Function that doubles a tensor and stretches it to three rows has to "
        "remember one shape:\n"
        "    ctx.save_for_backward(u.shape)               # forward\n"
        "    (u_shape,) = ctx.saved_values                # backward\n"
        "    return sum_back(2 * d_out, u_shape)"
    ),
)

EXERCISE = Exercise(
    id="10.E4",
    name="Add",
    title="The slide's Add, repaired",
    task="Write Add so that its backward keeps the shape law for any two shapes.",
    truth="tensors.functions.Add",
    points=2,
    hidden_points=0.5,
    minutes=4,
    probes=PROBES,
    rules=RULES,
    wrong_answers=(
        WrongAnswer(answers.ShapesOfNothing, "not enough values to unpack"),
        WrongAnswer(answers.by_the_engine, "`tensors.functions.Add.backward` did the"),
    ),
    borrowed=("gradlab.tensors.functions.Add.backward",),
    own_work="Write the way back yourself, in a class Add(Function).",
    hints=HINTS,
    variants=(
        Variant(answers.SavesShapes, "save two shapes"),
        Variant(answers.OnTheContext, "an attribute of `ctx` holds them as well"),
        Variant(answers.SavesInputs, "the inputs know their shapes, but take memory"),
    ),
    ways="All of them carry two shapes from forward to backward.",
    picture=own_gradient,
    show=SHOWN,
    next="E6 (E5 is for later, if you like)",
)
