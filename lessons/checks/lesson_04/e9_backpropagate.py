"""04.E9 backpropagate: the whole way back, each node once, everything added up."""

from __future__ import annotations

import numpy as np

from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.probes import Call, Formula, Probe

from . import e9_answers as answers
from .calls import chain, example, some_d_out
from .pictures import reached

PRODUCT, EXAMPLE, HELD = "one product", "the example", "a leaf that holds 10"
SHARED, DOUBLED, DEEP = "a result used twice", "30 doublings", "5,000 in a row"
EARLY = "a leaf that comes early"

RULES = (
    Rule(
        "the last part wins",
        answers.last_wins,
        "Your code writes over what has arrived at a node. Two wires end at `a`, and "
        "only what came along the last one is left: a.derivative is 4, not 2 + 4.",
        at=EXAMPLE,
    ),
    Rule(
        "the first part wins",
        answers.first_wins,
        "Your code keeps the first part that arrives at a node. Two wires end at `a`, "
        "and what came along the second is lost: a.derivative is 2, not 2 + 4.",
        at=EXAMPLE,
    ),
    Rule(
        "a leaf written over",
        answers.leaf_overwritten,
        "Your code writes over what the leaf held from before. `a` had 10 already; "
        "what a backward brings is added to it.",
        at=HELD,
    ),
    Rule(
        "nothing added up",
        answers.nothing_added,
        "Your code adds nothing up: on the way the last part wins, and a leaf loses "
        "what it held before.",
        at=EXAMPLE,
    ),
    Rule(
        "kept everywhere",
        answers.kept_everywhere,
        "Your code leaves a derivative at every node. Only leaves keep one; a result "
        "hands on what it gets.",
        at=EXAMPLE,
    ),
    Rule(
        "began with 1",
        answers.starts_with_1,
        "Your walk begins with 1. It should begin with what came in: d_out.",
        at=PRODUCT,
    ),
    Rule(
        "too early",
        answers.too_early,
        "Your code passes a node's gradient on before all of it has arrived. More "
        "came to p after p had had its turn, and was never handed on.",
        at=SHARED,
    ),
    Rule(
        "one step",
        answers.one_step,
        "Your code goes back through the last function and stops. What arrives at a "
        "result on the way has to go on from there.",
        at=EXAMPLE,
    ),
    Rule(
        "an order by recursion",
        answers.recursive_order,
        "Each node once, and everything added up: right. But the order is found by a "
        "function that calls itself, and 5,000 steps in a row are deeper than Python "
        "lets calls nest.",
        at=DEEP,
    ),
    Rule(
        "leaves left alone",
        answers.returns_only,
        "Your leaves hold what they held before. The gradients were computed, if at "
        "all, but no leaf has kept its own.",
        at=PRODUCT,
    ),
    Rule(
        "running sums",
        answers.running_sums,
        "Each time a part arrives at a leaf, your code adds the whole sum so far to "
        "its derivative: at `a` first 2, then 2 + 4, which makes 8.",
        at=EXAMPLE,
    ),
    Rule(
        "written into every node",
        answers.written_everywhere,
        "Your code writes what has arrived into every node, over what stood there. A "
        "result keeps nothing, and a leaf adds to what it held.",
        at=EXAMPLE,
    ),
    Rule(
        "the same d_out at every node",
        answers.same_d_out,
        "Your code calls chain_rule with the same d_out at every node. A node hands on "
        "what has arrived at the node itself.",
        at=SHARED,
    ),
    Rule(
        "stopped at a leaf",
        answers.stops_at_a_leaf,
        "What arrived at b * c was never handed on: b and c hold nothing. In the order "
        "the leaf a comes before b * c, and a leaf is not the end of the walk.",
        at=EARLY,
    ),
)

RAISES = (
    (
        "TypeError: .*NoneType",
        "Nothing can be added to None. A derivative is None until something arrives, "
        "and so is what the `get` of a dict returns where it finds nothing.",
    ),
    (
        "KeyError",
        "Your dict holds nothing for this node yet. Either its first part was to be "
        "added to nothing, or it had its turn before anything arrived.",
    ),
)

# -------------------- probes --------------------


def backpropagate(root, d_out):
    """Let gradlab do it; the names of the parameters are those of the task."""
    from gradlab import backpropagate

    backpropagate(root, d_out)


def on(graph: Formula, d_out: float) -> Call:
    """Return the call that walks back over a graph; its value: all derivatives."""
    return Call((graph, d_out), may_change=frozenset({0})).derivatives()


def shared(p: float, q: float, d_out: float) -> Call:
    """Make y = p + r with r made from p: p is complete only after r's turn."""
    steps = "p = a * b; r = p * p; y = p + r"
    return on(Formula(steps, {"a": p, "b": q}), d_out)


def random_graph(rng: np.random.Generator) -> Call:
    """Make a graph with shared results, random numbers and a random d_out."""
    a, b = (float(n) for n in np.round(rng.uniform(0.5, 2, 2), 2))
    steps = "p = a * b; q = log(p) + a; r = p * q - b; y = r * q + 4"
    return on(Formula(steps, {"a": a, "b": b}), some_d_out(rng))


PROBES = (
    Probe(
        PRODUCT,
        on(Formula("y = a * b", {"a": 3, "b": 5}), 2.0),
        says="One step back is the whole way here; each leaf gets one number.",
    ),
    Probe(
        EXAMPLE,
        on(example(), 2.0),
        says="Two wires end at a, one at b and one at c. Results keep None.",
    ),
    Probe(
        EARLY,
        on(Formula("y = a + b * c", {"a": 2, "b": 3, "c": 5}), 1.5),
        says="gradlab's order is y, a, b * c, b, c: a leaf can come before a result.",
    ),
    Probe(
        SHARED,
        shared(2, 3, 0.5),
        says="p is used three times: all of that arrives before p hands anything on.",
    ),
    Probe(
        HELD,
        on(Formula("y = a * a", {"a": 3}, {"a": 10.0}), 2.0),
        says="The leaf held 10 before; what arrives now is added to it.",
    ),
    Probe(
        "random numbers", random_graph, says="Here a, b, p and q are all used twice."
    ),
    Probe(
        DOUBLED,
        on(chain("x + x", 30), 0.5),
        says="30 doublings have 1,073,741,824 paths, and a walk along every path by "
        "itself takes hours. It is enough to visit each of the 31 nodes once.",
    ),
    Probe(
        DEEP,
        on(chain("-x", 5000), 2.5),
        says="The graph is 5,000 steps deep, and each step turns the sign.",
    ),
    Probe(
        "a leaf alone",
        on(Formula("a", {"a": 3}), 5.0),
        hidden=True,
        says="A walk that begins at a leaf ends there: the leaf keeps d_out.",
    ),
    Probe(
        "other random numbers",
        random_graph,
        hidden=True,
        says="With results that are used more than once, a derivative is not right.",
    ),
)

HINTS = Hints(
    symptom=(
        "In the scratch cell, build `y = a * b + a` and run your function on it with "
        "d_out = 1. What do a and b hold? Run it a second time: what now? Then let "
        "`print` show each node at its turn, with what has arrived there."
    ),
    concept=(
        "Think of a tray below every node. The root's tray gets d_out. Then the nodes "
        "have their turns, in topological order: all wires into the tray have been "
        "walked before, so what lies in it is the whole sum. An inner node hands it "
        "on through `chain_rule`; a leaf adds it to its derivative."
    ),
    neighbour=(
        "Water runs down a hill with forks and joins. Who stands at a join must wait "
        "for all streams above it:\n"
        "    litres = {spring: 8}\n"
        "    for place in from_top_to_bottom:\n"
        "        for lower, share in forks_of(place):\n"
        "            more = litres[place] * share\n"
        "            litres[lower] = litres.get(lower, 0) + more"
    ),
)

EXERCISE = Exercise(
    id="04.E9",
    name="backpropagate",
    title="All the way back",
    task="Write backpropagate(root, d_out): leaves add up what reaches them.",
    truth=backpropagate,
    points=6,
    hidden_points=1.5,
    minutes=15,
    probes=PROBES,
    rules=RULES,
    raises=RAISES,
    wrong_answers=(
        WrongAnswer(answers.along_every_path, "visit each of the 31 nodes once"),
        WrongAnswer(
            answers.along_every_path_by_recursion, "visit each of the 31 nodes once"
        ),
        WrongAnswer(answers.adds_to_none, "NoneType"),
        WrongAnswer(answers.no_first_part, "KeyError"),
        WrongAnswer(answers.gradlabs_own, "gradlab's `Scalar.backward` did the work"),
    ),
    borrowed=(
        "gradlab.Scalar.backward",
        "gradlab.backpropagate",
        "gradlab.backward_steps",
    ),
    own_work="Write the walk yourself; `chain_rule` and the order are given.",
    hints=HINTS,
    variants=(
        Variant(answers.one_dict, "one dict of sums"),
        Variant(answers.collects_at_once, "a defaultdict, and `accumulate`"),
        Variant(answers.asks_all_that_use_it, "a list of parts, added up at each turn"),
    ),
    ways="Each node has one turn, and its sum is complete by then.",
    picture=reached,
    show=on(example(), 2.0),
    next="E10",
)
