"""04.E7 node_kind: what backward finds at a node, by MyTorch's three names."""

from __future__ import annotations

from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.probes import Formula, Probe, ScalarSpec, call

# -------------------- right ways --------------------


def asks_twice(v):
    """Ask whether it needs a derivative, then whether something made it."""
    if not v.requires_grad:
        return None
    return "AccumulateGrad" if v.history is None else "BackwardFunction"


def history_first(v):
    """Ask for the history first."""
    if v.history is not None:
        return "BackwardFunction"
    if v.requires_grad:
        return "AccumulateGrad"
    return None


def by_properties(v):
    """Use the two properties that a Scalar has for this."""
    if v.is_constant:
        return None
    return "AccumulateGrad" if v.is_leaf else "BackwardFunction"


# -------------------- wrong rules --------------------


def constants_collect(v):
    """Take every number without a history for a leaf that collects."""
    return "AccumulateGrad" if v.history is None else "BackwardFunction"


def all_collect(v):
    """Take every number that needs a derivative for one that collects."""
    return "AccumulateGrad" if v.requires_grad else None


def leaves_get_none(v):
    """Give None to everything that no function made."""
    return "BackwardFunction" if v.history is not None else None


def turned_round(v):
    """Confuse the two names."""
    if not v.requires_grad:
        return None
    return "BackwardFunction" if v.history is None else "AccumulateGrad"


def constants_go_back(v):
    """Let everything but a leaf that collects go back."""
    if v.history is None and v.requires_grad:
        return "AccumulateGrad"
    return "BackwardFunction"


RULES = (
    Rule(
        "constants collect",
        constants_collect,
        "Your code takes every number without a history for a leaf that collects. A "
        "constant has no history either, and gets no derivative.",
        at="a constant",
    ),
    Rule(
        "everything collects",
        all_collect,
        "Your code says AccumulateGrad for a result, too. A result hands its gradient "
        "on to its inputs and keeps none.",
        at="a product",
    ),
    Rule(
        "leaves get None",
        leaves_get_none,
        "Your code gives None for every leaf. Then nothing would collect: gradients "
        "would travel all the way and be lost.",
        at="a leaf",
    ),
    Rule(
        "turned round",
        turned_round,
        "Your code has the two names turned round: it says {got} for a leaf.",
        at="a leaf",
    ),
    Rule(
        "constants go back",
        constants_go_back,
        "Your code says BackwardFunction for a constant. Nothing made it, so there is "
        "no backward to run.",
        at="a constant",
    ),
)

# -------------------- slips that need no rule --------------------


def none_in_quotes(v):
    """Write None as text."""
    if not v.requires_grad:
        return "None"
    return "AccumulateGrad" if v.history is None else "BackwardFunction"


def name_of_the_function(v):
    """Give the name of the function that made it."""
    return v.history.fn.__name__


# -------------------- probes --------------------

PROBES = (
    Probe("a leaf", call(ScalarSpec(2.0)), says="This is a leaf that needs one."),
    Probe(
        "a product",
        call(Formula("z1 = a * b", {"a": 1, "b": 2})),
        says="A function made this one, from leaves that need a derivative.",
    ),
    Probe(
        "a constant",
        call(ScalarSpec(3.0, requires_grad=False)),
        says="This one needs no derivative: requires_grad is False.",
    ),
    Probe(
        "a leaf and a constant",
        call(Formula("y = a + 3", {"a": 1})),
        says="A function made this one, and one of its inputs needs a derivative.",
    ),
    Probe(
        "made of constants only",
        call(Formula("k = 2 * 3", {})),
        says="Nothing behind this one needs a derivative, so neither does it.",
    ),
    Probe(
        "at the end of a graph",
        call(Formula("y = exp(a) * a", {"a": 1})),
        hidden=True,
        says="A result that needs a derivative goes back, whatever made it.",
    ),
    Probe(
        "another leaf",
        call(ScalarSpec(0.0)),
        hidden=True,
        says="A leaf that holds 0 is a leaf.",
    ),
)

HINTS = Hints(
    symptom=(
        "Print `v.history` and `v.requires_grad` for a leaf, for a product of two "
        "leaves, and for `Scalar(3, requires_grad=False)`. Which pair of answers "
        "belongs to which kind?"
    ),
    concept=(
        "Two questions sort all nodes. Does it need a derivative at all? If not, "
        "backward never comes here. If so: did a function make it? Then there is a "
        "backward to run; else the way ends here, and what arrives is kept."
    ),
    neighbour=(
        "Letters in a post office are sorted by two questions as well:\n"
        "    if not letter.has_address:\n"
        "        return None\n"
        "    return 'deliver' if letter.is_local else 'forward'"
    ),
)

EXERCISE = Exercise(
    id="04.E7",
    name="node_kind",
    title="Three kinds of nodes",
    task="Write node_kind(v): what backward finds at the Scalar v, by its name.",
    truth=asks_twice,
    points=2,
    hidden_points=0.5,
    minutes=4,
    probes=PROBES,
    rules=RULES,
    wrong_answers=(
        WrongAnswer(none_in_quotes, "return None"),
        WrongAnswer(name_of_the_function, "raised AttributeError"),
    ),
    hints=HINTS,
    variants=(
        Variant(asks_twice, "requires_grad first"),
        Variant(history_first, "history first"),
        Variant(by_properties, "two properties ask the same questions"),
    ),
    ways="Whichever question comes first, both are asked.",
    next="E8",
)
