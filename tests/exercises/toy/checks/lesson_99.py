"""A tiny lesson to test the room with: three exercises and two questions."""

from gradlab.exercises.exercise import (
    Exercise,
    Hints,
    Lesson,
    Prediction,
    Variant,
    WrongAnswer,
    WrongRule,
)
from gradlab.exercises.probes import Probe, Property, Raises, TensorSpec, call, cases


def longer(a, b):
    """Return the longer of two tuples."""
    if not a and not b:
        raise ValueError("both are empty")
    return a if len(a) >= len(b) else b


def by_max(a, b):
    """Let max find it."""
    if a or b:
        return max(a, b, key=len)
    raise ValueError("both are empty")


def by_sorting(a, b):
    """Sort the two by length."""
    found = sorted((b, a), key=len)[-1]
    if not found:
        raise ValueError("both are empty")
    return found


def by_value(a, b):
    """Compare what is in them."""
    if not a and not b:
        raise ValueError("both are empty")
    return max(a, b)


def always_first(a, b):
    """Take the first."""
    if not a and not b:
        raise ValueError("both are empty")
    return a


def empty_is_fine(a, b):
    """Raise nothing."""
    return a if len(a) >= len(b) else b


def a_list(a, b):
    """Return a list."""
    return list(empty_is_fine(a, b))


def draw(fn, call, rule):
    """Draw nothing that could break."""
    return Sketch(fn(*call.args), rule)


class Sketch:
    """The least that a card needs of a picture."""

    steps = 1

    def __init__(self, value, rule):
        self.value, self.rule = value, rule

    def alt(self):
        """Say it in words."""
        return f"a drawing of {self.value} {self.rule}".strip()

    def svg(self, *, theme):
        """Draw one word."""
        ink = "#fff" if theme == "dark" else "#111"
        head = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20">'
        return f'{head}<text y="14" fill="{ink}">{self.value}</text></svg>'


LONGER = Exercise(
    id="99.E1",
    name="longer",
    title="The longer one",
    task="Write longer(a, b): the longer of two tuples.",
    truth=longer,
    points=5,
    hidden_points=2,
    probes=(
        *cases(((1, 2), (3,)), ((), (9,)), ((5,), (1, 2, 3))),
        Probe("nothing at all", call((), ())),
        Probe(
            "random lengths",
            lambda rng: call((1,) * int(rng.integers(4, 99)), (0,) * 3),
            hidden=True,
            says="With some lengths the shorter one came back.",
        ),
    ),
    rules=(
        WrongRule(
            "by value",
            by_value,
            "Your code compares what is in the tuples: {a} with {b} gave {got}.",
            at="(1, 2), (3,)",
        ),
        WrongRule(
            "first", always_first, "Your code returns the first, whatever it is."
        ),
        WrongRule(
            "no error",
            empty_is_fine,
            "Two empty tuples went through.",
            "nothing at all",
        ),
    ),
    wrong_answers=(WrongAnswer(a_list, "is a list; return a tuple"),),
    errors="both tuples",
    borrowed=("statistics.mode", "gradlab.to_index", "numpy.broadcast"),
    own_work="Write the comparison yourself.",
    hints=Hints(
        "Which came back?", "Length is not size.", "The shorter:\n    min(a, b)"
    ),
    variants=(
        Variant(by_max, "max with a key"),
        Variant(by_sorting, "sort, take last"),
    ),
    ways="Both ask for the length.",
    picture=draw,
    next="E2",
)


def scale(x, factor):
    """Multiply a tensor by a number."""
    return x * factor


SCALE = Exercise(
    id="99.E2",
    name="scale",
    title="Larger",
    task="Write scale(x, factor): every number times factor.",
    truth=scale,
    points=2,
    core=False,
    probes=(
        Probe("a matrix", call(TensorSpec([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), 3)),
        Probe("turned", call(TensorSpec([[1.0, 2.0, 3.0]] * 2, order=(1, 0)), 2)),
        Probe(
            "the way back",
            call(TensorSpec([1.0, 2.0], requires_grad=True), 3).back([0.5, -2.0]),
        ),
    ),
)


def is_countdown(outcome):
    """Ask for numbers that fall."""
    value = outcome.value
    falls = value == sorted(value, reverse=True)
    return None if falls else f"{value} does not fall."


COUNTDOWN = Exercise(
    id="99.E3",
    name="countdown",
    title="Down",
    task="Write countdown(n): a generator of n falling numbers.",
    truth=lambda n: range(n, 0, -1),
    points=1,
    probes=(
        Probe(
            "three",
            call(3).iterated(),
            expect=Property(is_countdown, "numbers that fall"),
        ),
        Probe("none left", call(-1).iterated(), expect=Raises("ValueError", "n")),
    ),
)

LESSON = Lesson(
    id="99",
    title="Toys",
    exercises=(LONGER, SCALE, COUNTDOWN),
    predictions=(
        Prediction(
            id="99.P1",
            question="(2, 1) + (3,): what is it?",
            answer=lambda: (2, 1) + (3,),  # noqa: RUF005
            wrong={(5, 1): "You added the numbers.", "error": "You thought of sets."},
            reveal="Tuples are joined.",
            picture=lambda: Sketch((2, 1, 3), ""),
        ),
        Prediction(id="99.P2", question="1 + ()?", answer=lambda: 1 + ()),
        Prediction(id="99.P3", question="How many in range(2000)?", answer=2000),
    ),
)
