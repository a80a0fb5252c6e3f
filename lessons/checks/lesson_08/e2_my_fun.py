"""08.E2 MyFun: a tensor comes out, and a tensor d_out comes back."""

from __future__ import annotations

from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.probes import Probe, call

from . import e2_answers as answers
from . import e2_slips as slips
from .calls import LATER, PAST_THE_END, back, leaf, random_way_back, random_ways_back
from .pictures import own_way_back

FIRST = "x = [3, 5], d_out = [1, 2]"
COVERED = "only the first output"

RULES = (
    Rule(
        "transposed",
        answers.Transposed,
        "[1, 11] adds along the rows of the Jacobian, J times d_out. Backward adds "
        "down its columns: all that one input cell moved.",
        at=FIRST,
    ),
    Rule(
        "forgot d_out",
        answers.ForgetsDOut,
        "Your backward adds the derivatives, {grad_x}, whatever d_out is. Each output "
        "has its own d.",
        at=FIRST,
    ),
    Rule(
        "missed the first output",
        answers.ForgetsThePlainOutput,
        "Your first number holds the path through the product only. x1 is an output "
        "by itself as well, and d_out[0] came for that one.",
        at=FIRST,
    ),
    Rule(
        "own place only",
        answers.OwnOutputOnly,
        "In your code each input hears from the output of its own place only. But x1 "
        "stands in both outputs: one of its two paths is missing.",
        at=FIRST,
    ),
    Rule(
        "swapped",
        answers.Swapped,
        "Your code gives each factor of the product its own number. x1 x2 moves with "
        "x1 as fast as x2 is large.",
        at=FIRST,
    ),
    Rule(
        "the first d for all",
        answers.FirstDForAll,
        "Your code uses d_out[0] for both outputs. There is one d for each output.",
        at=FIRST,
    ),
    Rule(
        "the sum of d_out",
        answers.SumOfDForAll,
        "Your code adds d_out up before it multiplies: 1 + 2 = 3 for both outputs. "
        "Each output has its own d, and its own derivatives.",
        at=FIRST,
    ),
    Rule(
        "d_out as it came",
        answers.DOutAsItCame,
        "Your backward passes d_out on as it came. That would be right if each output "
        "were the input of the same place.",
        at=FIRST,
    ),
    Rule(
        "one number for each output",
        answers.ByOutput,
        "{grad_x} has one number for each output: all that came back through it. A "
        "gradient has one for each input: all that this input moved.",
        at=FIRST,
    ),
    Rule(
        "one d for each column",
        answers.ColumnSums,
        "In your numbers each column of derivatives meets one d, that of the same "
        "place: (1 + 5) · 1 and (0 + 3) · 2. A d belongs to an output, to a row.",
        at=FIRST,
    ),
    Rule(
        "the plain path without d",
        answers.PlainPathWithoutD,
        "The path of x1 to the first output brings 1 in your code, whatever d_out[0] "
        "is. Here that is 4, and {grad_x} came.",
        at=COVERED,
    ),
    Rule(
        "itself for its derivative",
        answers.ItselfForOne,
        "On the path to the first output your code multiplies by x1. That output is "
        "x1: it moves exactly as fast.",
        at=FIRST,
    ),
    Rule(
        "ds swapped",
        answers.DsSwapped,
        "Your code takes d_out[1] for the first output and d_out[0] for the product. "
        "They stand in the order of the outputs.",
        at=FIRST,
    ),
    Rule(
        "asks past the end",
        slips.NeverUnpacks,
        PAST_THE_END,
        at=FIRST,
    ),
    Rule(
        "times the result",
        answers.TimesTheResult,
        "Your backward multiplies d_out by the result, {out}. The result says where G "
        "is, the derivatives how it moves.",
        at=FIRST,
    ),
    Rule(
        "outputs swapped",
        answers.OutputsSwapped,
        "The product stands first in your result: {out}. It is the second output.",
        at=FIRST,
    ),
)

PROBES = (
    Probe("forward", call(leaf([3, 5])), says="Forward does not give [x1, x1 x2]."),
    Probe(
        FIRST,
        back([3, 5], [1, 2]),
        says="The rows of the Jacobian are [1, 0] and [5, 3] here. What of each comes "
        "back, and to which input?",
    ),
    Probe(
        COVERED,
        back([3, 5], [4, 0]),
        says="The second output is covered here: only the row [1, 0] comes through.",
    ),
    Probe(
        "zeros",
        back([0, -2], [3, 7]),
        says="The rows are [1, 0] and [-2, 0] here: nothing moves with x2.",
    ),
    *random_ways_back(2, 2),
    Probe("other random numbers", random_way_back(2, 2), hidden=True, says=LATER),
    Probe("more random numbers", random_way_back(2, 2), hidden=True, says=LATER),
)

HINTS = Hints(
    symptom=(
        "Write the four derivatives at x = [3, 5] into a table: a row for each output, "
        "a column for each input. Which column belongs to the first number that your "
        "backward returns, and which of its two numbers meets d_out[1]?"
    ),
    concept=(
        "The gradient of one input cell collects from every output that this cell "
        "moves: along each path, that output's d times the derivative; then the paths "
        "are added. A derivative of 0 is a path that brings nothing."
    ),
    neighbour=(
        "H([x1, x2]) = [x1 + x2, 3 x2] has the rows [1, 1] and [0, 3]. Column by "
        "column:\n"
        "    from_first = d_out[0] * 1 + d_out[1] * 0\n"
        "    from_second = d_out[0] * 1 + d_out[1] * 3\n"
        "    return tensor([from_first, from_second])"
    ),
)

EXERCISE = Exercise(
    id="08.E2",
    name="MyFun",
    title="Two numbers come out",
    task="Write forward and backward of MyFun: [x1, x1 x2] of a tensor [x1, x2].",
    truth=answers.CellByCell,
    points=4,
    hidden_points=1,
    minutes=10,
    probes=PROBES,
    rules=RULES,
    wrong_answers=(
        WrongAnswer(answers.ReturnsNothing, "Your backward gave None"),
        WrongAnswer(slips.by_the_engine, "functions.Mul.backward` did the work"),
        WrongAnswer(slips.TwoGradients, "returned 2 gradients"),
        WrongAnswer(slips.ReturnsAList, "forward returned list; return one tensor"),
        WrongAnswer(slips.CountsFromOne, "IndexError"),
        WrongAnswer(slips.AllAddedUp, "shape () for input 1 of shape (2,)"),
        WrongAnswer(slips.AllOfDOut, "shape (2, 2) for input 1 of shape (2,)"),
    ),
    borrowed=("gradlab.tensors.functions.Mul.backward",),
    own_work="Write the way back yourself, in a class MyFun(Function).",
    hints=HINTS,
    variants=(
        Variant(answers.CellByCell, "one sum for each input cell"),
        Variant(answers.RowByRow, "each row of the Jacobian times its d, then added"),
        Variant(answers.WithTheJacobian, "the whole Jacobian, saved in forward"),
    ),
    ways=(
        "The same four products, added in another order. The last one stores four "
        "numbers where two were needed; for large tensors that is too many."
    ),
    picture=own_way_back(answers.CellByCell),
    show=back([3, 5], [1, 2]),
    next="E3",
)
