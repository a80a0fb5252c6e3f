"""04.E10 zero_grad: empty trays before the next backward."""

from __future__ import annotations

from dataclasses import replace

from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.probes import Call, Formula, Probe

from .calls import AT, EXAMPLE, chain

# -------------------- right ways --------------------


def along_the_order(root):
    """Go through all nodes in topological order."""
    from gradlab import topological_order

    for node in topological_order(root):
        node.derivative = None


def leaves_only(root):
    """Empty the leaves; nobody else holds anything."""
    from gradlab import topological_order

    for node in topological_order(root):
        if node.is_leaf:
            node.derivative = None


def with_a_stack(root):
    """Find the nodes with a stack of one's own."""
    stack, seen = [root], set()
    while stack:
        node = stack.pop()
        if node not in seen:
            seen.add(node)
            node.derivative = None
            stack += node.history.inputs if node.history else ()


# -------------------- wrong rules --------------------


def the_root_only(root):
    """Empty the root, which held nothing."""
    root.derivative = None


def nothing(root):
    """Return None for each node, and write none of them down."""
    from gradlab import topological_order

    return dict.fromkeys(topological_order(root))


def one_step(root):
    """Empty the inputs of the last function only."""
    for source in root.history.inputs if root.history else ():
        source.derivative = None
    root.derivative = None


def to_0(root):
    """Write 0 in place of None."""
    from gradlab import topological_order

    for node in topological_order(root):
        if node.is_leaf:
            node.derivative = 0.0


def to_0_everywhere(root):
    """Write 0 into every node."""
    from gradlab import topological_order

    for node in topological_order(root):
        node.derivative = 0.0


def the_last_leaf_only(root):
    """Empty the last node of the order."""
    from gradlab import topological_order

    topological_order(root)[-1].derivative = None


def by_recursion(root):
    """Let the function call itself."""
    root.derivative = None
    for source in root.history.inputs if root.history else ():
        by_recursion(source)


def cut(root):
    """Throw the histories away as well."""
    from gradlab import topological_order

    for node in topological_order(root):
        node.derivative = node.history = None


RULES = (
    Rule(
        "the root only",
        the_root_only,
        "Your leaves still hold what they held. You emptied the root, which is a "
        "result and never held anything.",
        at="after one backward",
    ),
    Rule(
        "nothing emptied",
        nothing,
        "Every leaf holds the derivative that it held before; your code has emptied "
        "none of them.",
        at="after one backward",
    ),
    Rule(
        "one step",
        one_step,
        "Your code empties the inputs of the last function and stops there. The leaves "
        "farther away still hold what they held.",
        at="after one backward",
    ),
    Rule(
        "0 for None",
        to_0,
        "Your leaves hold 0, as if a gradient of 0 had arrived. None says that none "
        "has arrived yet.",
        at="after one backward",
    ),
    Rule(
        "0 everywhere",
        to_0_everywhere,
        "Your code writes 0 into every node, and inner nodes keep no derivative at "
        "all. None says that none has arrived yet.",
        at="after one backward",
    ),
    Rule(
        "the last leaf only",
        the_last_leaf_only,
        "Your code empties one leaf, the last of the order. The others still hold "
        "what they held.",
        at="after one backward",
    ),
    Rule(
        "by recursion",
        by_recursion,
        "Your function calls itself. 5,000 steps in a row are deeper than Python lets "
        "calls nest.",
        at="5,000 in a row",
    ),
    Rule(
        "the graph cut",
        cut,
        "Your code takes their history away from the results: afterwards no leaf is "
        "found below e. Only derivatives were to be emptied.",
        at="after one backward",
    ),
)

# -------------------- slips that need no rule --------------------


def deletes_it(root):
    """Delete the attribute itself."""
    from gradlab import topological_order

    for node in topological_order(root):
        del node.derivative


def numbers_too(root):
    """Set the numbers back as well."""
    from gradlab import topological_order

    for node in topological_order(root):
        node.derivative = None
        node.data = 0.0


def cuts_only(root):
    """Throw the histories away, and empty nothing."""
    from gradlab import topological_order

    for node in topological_order(root):
        node.history = None


# -------------------- probes --------------------


def on(graph: Formula) -> Call:
    """Return the call that empties a graph; its value: all derivatives."""
    return Call((graph,), may_change=frozenset({0})).derivatives()


def deep() -> Formula:
    """Return a chain of 5,000 steps whose leaf holds 1."""
    return replace(chain("-x", 5000), held={"x0": 1.0})


PROBES = (
    Probe(
        "after one backward",
        on(Formula(EXAMPLE, AT, {"a": 3.0, "b": 1.0, "c": 1.0})),
        says="Afterwards a, b and c are to be below e, each with its number as before, "
        "and with None for its derivative.",
    ),
    Probe(
        "a leaf alone",
        on(Formula("a", {"a": 3}, {"a": 5.0})),
        says="The root is itself a leaf, and it holds a derivative.",
    ),
    Probe(
        "a leaf used twice",
        on(Formula("y = a * a", {"a": 3}, {"a": 6.0})),
        says="Afterwards a is to be below y, its number as before, and to hold None.",
    ),
    Probe(
        "5,000 in a row",
        on(deep()),
        says="Afterwards the leaf is to be there, 5,000 steps below, with None in it.",
    ),
    Probe(
        "nothing has arrived yet",
        on(Formula("y = a * b", {"a": 3, "b": 5})),
        hidden=True,
        says="Before the first backward there is nothing to empty, and no error.",
    ),
)

HINTS = Hints(
    symptom=(
        "Run `e.backward()` on the example, then your function, then print a, b and "
        "c with their derivatives. Which of them still hold something?"
    ),
    concept=(
        "Only leaves hold a derivative, and they may be many steps away. You have a "
        "list of all nodes that backward can reach."
    ),
    neighbour=(
        "Before the next vote, every ballot box is emptied, however far away:\n"
        "    for place in all_places_below(capital):\n"
        "        place.box = []"
    ),
)

EXERCISE = Exercise(
    id="04.E10",
    name="zero_grad",
    title="Before the next backward",
    task="Write zero_grad(root): no leaf below root holds a derivative afterwards.",
    truth=along_the_order,
    points=2,
    hidden_points=0.5,
    minutes=4,
    probes=PROBES,
    rules=RULES,
    wrong_answers=(
        WrongAnswer(deletes_it, "raised AttributeError"),
        WrongAnswer(numbers_too, "each with its number as before"),
        WrongAnswer(cuts_only, "a, b and c are to be below e"),
    ),
    hints=HINTS,
    variants=(
        Variant(along_the_order, "every node that backward reaches"),
        Variant(leaves_only, "the leaves alone are enough"),
        Variant(with_a_stack, "a stack finds them, too"),
    ),
    ways="Inner nodes hold None anyway, so it does no harm to empty them as well.",
    next="E11",
)
