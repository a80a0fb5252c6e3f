"""04.E8 chain_rule: one step back through one node, constants left out."""

from __future__ import annotations

from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.probes import Probe

from . import e8_answers as answers
from .e8_calls import at, pairs, random_quotient, watched
from .pictures import sent

TWO, FIRST, LAST = "two leaves", "a constant first", "a constant last"
ONE, INNER, SAME, LEAF = "one input", "a result and a leaf", "the same twice", "a leaf"
KEPT = "what the leaves hold"

RULES = (
    Rule(
        "constants too",
        answers.constants_too,
        "Your code hands a gradient to the constant as well. Whoever collects it later "
        "would give a derivative to a number that is not meant to change.",
        at=LAST,
    ),
    Rule(
        "paired after the constants were gone",
        answers.filter_then_pair,
        "Your code leaves the constants out first and pairs afterwards: at `{call}` "
        "the leaf got the gradient that belongs to the constant in front of it.",
        at=FIRST,
    ),
    Rule(
        "None for constants",
        answers.none_for_constants,
        "Your list still holds the constant, with None. Only inputs that need a "
        "derivative belong into it.",
        at=LAST,
    ),
    Rule(
        "forgot d_out",
        answers.forgets_d_out,
        "Your code calls backward with 1. What came in, d_out, has no part in what "
        "goes out.",
        at=TWO,
    ),
    Rule(
        "d_out twice",
        answers.d_out_twice,
        "d_out is in your gradients twice: backward has multiplied by it already.",
        at=TWO,
    ),
    Rule(
        "d_out for everybody",
        answers.d_out_to_all,
        "Your code hands d_out on as it came. What the function's backward has to say "
        "has no part in it.",
        at=TWO,
    ),
    Rule(
        "leaves only",
        answers.leaves_only,
        "Your code hands nothing to z. It is no leaf, but it needs the gradient: it "
        "has inputs of its own to hand it on to.",
        at=INNER,
    ),
    Rule(
        "the first input only",
        answers.first_input_only,
        "Your list ends after one pair. Backward returned a gradient for each input.",
        at=TWO,
    ),
    Rule(
        "one pair for one Scalar",
        answers.one_per_scalar,
        "At `{call}` the same Scalar is both inputs, and your list has one pair for "
        "it: the second took the place of the first. Half of the gradient is lost.",
        at=SAME,
    ),
    Rule(
        "always a tuple",
        answers.always_a_tuple,
        "With one input, backward returns a single number; your code takes it for a "
        "tuple.",
        at=ONE,
    ),
    Rule(
        "no case for a leaf",
        answers.no_case_for_leaves,
        "A leaf has no history: `node.history` is None there, and None has no `fn`. "
        "The list of a leaf is empty.",
        at=LEAF,
    ),
    Rule(
        "pairs turned round",
        answers.turned_pairs,
        "Right pairs, turned round: the gradient stands first in yours. (input, "
        "gradient) was asked.",
        at=TWO,
    ),
    Rule(
        "pairs in reverse",
        answers.in_reverse,
        "Right pairs, and the last stands first. They were to come in the order of the "
        "inputs.",
        at=TWO,
    ),
    Rule(
        "gradients alone",
        answers.gradients_alone,
        "Your list holds the gradients alone: {got}. Which input each of them is for "
        "is not in it.",
        at=TWO,
    ),
    Rule(
        "written into the inputs",
        answers.written_into_the_inputs,
        "Right pairs. But your code also writes the gradients into the inputs: u held "
        "7, and that is gone. One step back only says what is handed on.",
        at=KEPT,
    ),
)


RAISES = (
    (
        "TypeError: .*'(float|int)'",
        "With one input, backward returns a single number, no tuple.",
    ),
    (
        "'NoneType' object has no attribute '(fn|last_fn|inputs|ctx|saved|backward)",
        "A leaf has no history: `history` is None there, and None holds nothing.",
    ),
    (
        "'NoneType' object has no attribute '(append|extend|insert)'",
        "`append` and its like change the list where it stands, and return None.",
    ),
    (
        "AttributeError: 'History' object has no attribute 'backward'",
        "A history has no backward of its own. It knows the function that made the "
        "node, `fn`, and that has one.",
    ),
)


def chain_rule(node, d_out):
    """Let gradlab do it; the names of the parameters are those of the task."""
    return [(source, d) for _, source, d in node.chain_rule(d_out)]


PROBES = (
    Probe(
        TWO,
        at("y = u * v", 2.0, u=3, v=5),
        compare=pairs,
        says="Two inputs that need a gradient make two pairs, in their order.",
    ),
    Probe(
        LAST,
        at("y = u * 7", -2.0, u=3),
        compare=pairs,
        says="The constant is left out; the other pair stays as it is.",
    ),
    Probe(
        FIRST,
        at("y = 7 - u", 3.0, u=2),
        compare=pairs,
        says="The constant is left out; the other pair stays as it is.",
    ),
    Probe(
        ONE,
        at("y = exp(u)", 2.0, u=1.5),
        compare=pairs,
        says="One input makes one pair.",
    ),
    Probe(
        INNER,
        at("z = u * v; y = z * u", 2.0, u=3, v=5),
        compare=pairs,
        says="A result on the way needs its gradient as a leaf does.",
    ),
    Probe(
        SAME,
        at("y = u * u", 2.5, u=3),
        compare=pairs,
        says="The same Scalar is an input twice, so it is in two pairs.",
    ),
    Probe(
        LEAF,
        at("u", 2.0, u=3),
        compare=pairs,
        says="A leaf has no inputs, so there are no pairs.",
    ),
    Probe(
        KEPT,
        watched(),
        says="One step back returns pairs and writes nothing down: u holds 7 before "
        "and after, v nothing.",
    ),
    Probe(
        "random numbers",
        random_quotient,
        compare=pairs,
        says="Two inputs that need a gradient make two pairs, in their order.",
    ),
    Probe(
        "other random numbers",
        random_quotient,
        compare=pairs,
        hidden=True,
        says="A quotient of random numbers does not hand on the right gradients.",
    ),
    Probe(
        "made of constants only",
        at("2 * 3", 2.0),
        compare=pairs,
        hidden=True,
        says="A result that needs no derivative has nobody to hand one to.",
    ),
)

HINTS = Hints(
    symptom=(
        "Take `y = Scalar(7, requires_grad=False) * Scalar(3)`. Print "
        "`y.history.inputs` and what `y.history.fn.backward(y.history, 2.0)` returns. "
        "Which of the numbers belongs to which input?"
    ),
    concept=(
        "backward returns one number for each input, in their order: for a constant, "
        "too. Pair first, then leave out, or the pairs slip. And a function of one "
        "input returns a bare number, no tuple."
    ),
    neighbour=(
        "A shop has prices for all its fruit, and some fruit is not for sale:\n"
        "    fruit, prices = ('fig', 'plum', 'wax pear'), (3, 2, 9)\n"
        "    [(f, p) for f, p in zip(fruit, prices) if f != 'wax pear']\n"
        "Pair first: a price stays with its fruit."
    ),
)

EXERCISE = Exercise(
    id="04.E8",
    name="chain_rule",
    title="One step back",
    task="Write chain_rule(node, d_out): the pairs (input, gradient) of one step back.",
    truth=chain_rule,
    points=4,
    hidden_points=1,
    minutes=8,
    probes=PROBES,
    rules=RULES,
    raises=RAISES,
    wrong_answers=(
        WrongAnswer(answers.forgets_the_context, "missing 1 required positional"),
        WrongAnswer(answers.none_at_a_leaf, "Your function returned None"),
        WrongAnswer(answers.added_to_the_inputs, "writes nothing down"),
        WrongAnswer(answers.takes_what_append_returns, "return None"),
        WrongAnswer(answers.gradlabs_own, "gradlab's `Scalar.chain_rule`"),
    ),
    borrowed=("gradlab.Scalar.chain_rule", "gradlab.autodiff.contributions"),
    own_work="Call the function's backward yourself.",
    hints=HINTS,
    variants=(
        Variant(answers.pairs_then_filter, "pair, then leave out"),
        Variant(answers.in_a_loop, "count through the inputs"),
        Variant(answers.as_a_generator, "a generator hands out one pair after another"),
    ),
    ways="`history` is the context as well, and `history.ctx` is the same object.",
    picture=sent,
    show=at("y = u * v", 2.0, u=3, v=5),
    next="E9",
)
