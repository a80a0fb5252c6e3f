"""What is special to lesson 04: its numbers, its examples, what it must not tell."""

import json
import re

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

import gradlab.visualization as viz
from gradlab import Scalar, ScalarFunction, chain_rule, topological_order
from gradlab.exercises.answers import read_answer
from gradlab.exercises.lessons import load, notebook_path
from gradlab.exercises.predictions import right_answer
from gradlab.exercises.probes import Formula
from gradlab.exercises.scalar_engine import differentiate
from gradlab.exercises.values import make_live

LESSON = load("04")
ANSWERS = {
    "P1": (1, 1, 1),
    "P2": -5,
    "P3": (8, 6),
    "P4": 0,
    "P5": (3, 9),
    "P6": (3, 1, 1),
    "P7": 0,
    "P8": 2047,
    "P9": 6,
    "P10": 14,
}


def answer(label, name):
    """Return an answer of an exercise, by its name in the checks."""
    exercise = LESSON.exercise(label)
    found = [*exercise.variants, *exercise.wrong]
    return next(each.fn for each in found if each.fn.__name__ == name)


def cells():
    return json.loads(notebook_path("04").read_text(encoding="utf-8"))["cells"]


def cell(id):
    return next("".join(each["source"]) for each in cells() if each["id"] == id)


def prose():
    """Return what a learner reads before anything is run."""
    text = "\n".join("".join(each["source"]) for each in cells())
    return re.sub(r"### BEGIN SOLUTION.*?### END SOLUTION", "", text, flags=re.S)


def example(a, b, c):
    """Return the example's leaves and result."""
    a, b, c = Scalar(a, "a"), Scalar(b, "b"), Scalar(c, "c")
    d = a + a * b
    e = d + c + 3
    return a, b, c, d, e


@pytest.mark.parametrize("question", LESSON.predictions, ids=lambda each: each.label)
def test_every_question_has_the_answer_that_was_worked_out_by_hand(question):
    right = right_answer(question)
    assert right == ANSWERS[question.label]
    wrong = [read_answer(each, like=right) for each in question.wrong]
    assert right not in wrong
    assert len(set(wrong)) == len(wrong)
    assert all(sentence[-1] in ".?" for sentence in question.wrong.values())


def test_the_notebook_does_not_give_answers_away():
    text = prose()
    for told in ("2047", "2,047", "(8, 6)", "8, 6", "(3, 1, 1)", "3, 1, 1", "= 14"):
        assert told not in text


def test_the_example_of_the_course_has_its_gradients():
    a, b, c, d, e = example(1, 2, 3)
    assert (d.data, e.data) == (3, 9)
    e.backward()
    assert (a.derivative, b.derivative, c.derivative) == (3, 1, 1)
    results = [node for node in topological_order(e) if node.history]
    assert len(results) == 4
    assert all(node.derivative is None for node in results)
    assert e.history.inputs[1].derivative is None


def test_the_recap_and_the_numbers_in_the_text():
    picture = viz.influence(
        {("x", "y"): 6, ("x", "z"): 3, ("w", "z"): 2, ("z", "y"): 2},
        {"x": 2, "w": 3, "z": 6, "y": 12},
    )
    assert "dy/dx = 6 + 6 = 12" in picture.alt(4)
    assert "12" in cell("04-recap")


def test_the_picture_of_what_is_kept_has_a_tray_for_each_leaf_and_no_other():
    drawn = LESSON.prediction("P7").picture()
    assert "The gradients: a 3, b 1, c 1." in drawn.alt()


def test_the_drawn_graph_stops_before_the_way_back():
    assert "viz.scalar_graph(e).frame(5)" in cell("04-graph-code")
    _, _, _, d, e = example(3, 4, 2)
    frame = viz.scalar_graph(e).frame(5)
    assert "Forward: the result is 20" in frame.alt()
    assert "radient" not in frame.alt()
    assert [each.name for each in d.history.inputs] == ["a", None]


def test_what_the_accumulator_would_lose():
    *_, e = example(3, 4, 2)
    assert "only the last drop is kept: 4, not 5" in viz.accumulator(e, "a").alt()


def rows_of(text):
    """Return the rows of numbers in a table of Markdown."""
    rows = [re.findall(r"-?\d+(?:\.\d+)?", line) for line in text.splitlines()]
    return [[f"{float(n):g}" for n in row] for row in rows if row]


@pytest.mark.parametrize(
    ("label", "x", "d_out", "out", "back"),
    [
        ("E2", 0, 7, 1, 7),
        ("E3", 5, 4, 5, 4),
        ("E3", -5, 4, 0, 0),
        ("E4", 10, 5, 0.1, -0.05),
        ("E5", 1, 6, 0, 6),
        ("E6", 0, 8, 0.5, 2),
        ("E11", 1, 4, 1, 12),
    ],
)
def test_the_worked_examples_of_the_maps(label, x, d_out, out, back):
    leaf = Scalar(x)
    y = LESSON.exercise(label).variants[0].fn.apply(leaf)
    y.backward(d_out)
    assert (y.data, leaf.derivative) == pytest.approx((out, back))
    row = [f"{n:g}" for n in (x, out, d_out, back)]
    assert row in rows_of(cell(f"04-{label}-text"))


def test_the_other_worked_examples():
    x, y = Scalar(5), Scalar(2)
    made = answer("E1", "SavesBoth").apply(x, y)
    made.backward(3.0)
    assert (made.data, x.derivative, y.derivative) == (10, 6, 15)
    a, b = Scalar(6, "a"), Scalar(9, "b")
    step = answer("E8", "pairs_then_filter")
    assert step(a * b, 2.0) == [(a, 18.0), (b, 12.0)]
    assert step(a + 1, 2.0) == [(a, 2.0)]
    a, b = Scalar(4), Scalar(6)
    answer("E9", "one_dict")(a * b, 0.5)
    assert (a.derivative, b.derivative) == (3.0, 2.0)
    answer("E10", "along_the_order")(a * b)
    assert (a.derivative, b.derivative) == (None, None)


def test_worked_examples_are_no_probes():
    shown = {"E1": [5, 2], "E2": [0], "E4": [10], "E5": [1], "E6": [0], "E11": [1]}
    for label, numbers in shown.items():
        for probe in LESSON.exercise(label).visible:
            args = getattr(probe.make, "args", ())
            same = [each.value for each in args] == numbers
            assert not (same and probe.make.d_out in (3.0, 4.0, 5.0, 6.0, 7.0, 8.0))


def test_one_step_back_gives_a_constant_its_number_and_sends_it_to_nobody():
    y = 1 / Scalar(2, "x")
    assert y.history.fn.backward(y.history, 10.0) == (5.0, -2.5)
    assert [source.name for source, _ in chain_rule(y, 10.0)] == ["x"]


def test_a_backward_without_d_out_passes_where_1_is_sent():
    forgets = answer("E1", "ForgetsDOut")
    for d_out, same in ((1.0, True), (2.0, False)):
        right, own = (Scalar(3), Scalar(4)), (Scalar(3), Scalar(4))
        (right[0] * right[1]).backward(d_out)
        forgets.apply(*own).backward(d_out)
        agree = [a.derivative == b.derivative for a, b in zip(right, own)]
        assert agree == [same, same]


def test_no_probe_of_the_lesson_sends_1():
    rng = np.random.default_rng(1)
    for exercise in LESSON.exercises:
        for probe in exercise.probes:
            call = probe.call(rng)
            sent = [call.d_out] if call.d_out is not None else call.args[1:]
            if exercise.label not in ("E7", "E10"):
                numbers = [d for d in sent if isinstance(d, float)]
                assert all(abs(d) != 1 for d in numbers)


def test_the_paths_of_30_doublings():
    says = next(p.says for p in LESSON.exercise("E9").visible if "doubl" in p.name)
    assert f"{2**30:,} paths" in says
    reveal = LESSON.prediction("P8").reveal
    assert f"{sum(2**k for k in range(21)):,}" in reveal  # 20 doublings, 21 numbers
    assert f"{2**10:,}" in reveal


def test_the_slides_negation_runs_as_printed():
    class Neg(ScalarFunction):
        @staticmethod
        def forward(ctx, a: float) -> float:
            return -a

        @staticmethod
        def backward(ctx, d: float) -> float:
            return -d

    x = Scalar(2)
    y = Neg.apply(x)
    y.backward(5.0)
    assert (y.data, x.derivative) == (-2, -5)


def test_a_decorator_less_class_runs_as_the_lesson_says():
    class Twice(ScalarFunction):
        def forward(ctx, x):
            return 2 * x

        def backward(ctx, d_out):
            return 2 * d_out

    x = Scalar(3)
    Twice.apply(x).backward(5.0)
    assert x.derivative == 10


def test_the_last_cell_runs_on_the_pieces_of_the_lesson():
    names = {"E1": "Mul", "E2": "Exp", "E3": "ReLU", "E4": "Inv", "E6": "Sigmoid"}
    own = []
    for label, name in names.items():
        fn = LESSON.exercise(label).variants[0].fn
        own.append(type(name, (fn,), {}))
    walk = answer("E9", "one_dict")
    formula, at = re.search(r'differentiate\((".*?"), (\{.*?\})\)', prose()).groups()
    shown = differentiate(json.loads(formula), json.loads(at), own, walk)
    assert "every derivative is as gradlab's own" in shown.text
    assert "yours: ReLU, Mul, Sigmoid" in shown.text
    assert shown.derivatives["y"] == shown.right["y"] == -1


def test_a_sigmoid_far_to_the_left():
    short, long = answer("E6", "SavesTheOutput"), answer("E6", "NeverOverflows")
    with pytest.raises(OverflowError):
        short.apply(Scalar(-800))
    assert long.apply(Scalar(-800)).data == 0


def test_a_formula_holds_derivatives_before_the_call():
    y = make_live(Formula("y = a * a", {"a": 3}, {"a": 10.0}))
    assert y.history.inputs[0].derivative == 10
    assert "a.derivative = 10" in str(Formula("y = a * a", {"a": 3}, {"a": 10.0}))


@pytest.fixture(scope="module")
def solved(tmp_path_factory):
    """Return the author's notebook after Run All."""
    folder = tmp_path_factory.mktemp("solved")
    notebook = nbformat.read(notebook_path("04"), as_version=4)
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(notebook, timeout=60, resources=resources).execute()
    return {each.id: each for each in notebook.cells}


def said(cell):
    """Return everything a cell shows, as text."""
    data = [output.get("data", {}) for output in cell.outputs]
    streams = [output.get("text", "") for output in cell.outputs]
    return "\n".join([*streams, *(each.get("text/plain", "") for each in data)])


def test_the_demonstrations_say_what_the_text_promises(solved):
    assert "d_out = 1: sent back 10, right 10" in said(solved["04-ones-code"])
    assert "d_out = 3: sent back 10, right 30" in said(solved["04-ones-code"])
    assert "(2.5,)\n2.5" in said(solved["04-context-code"])
    assert "d was made by Add" in said(solved["04-graph-code"])
    assert "a was made by None" in said(solved["04-graph-code"])
    steps = said(solved["04-one-step-code"])
    assert "(40.0, 30.0)" in steps
    assert "ReLU (Scalar(3),) 10.0" in steps
    assert "(5.0, -2.5)" in steps


def test_the_engine_at_the_end_is_the_learners_own(solved):
    assert said(solved["04-keep-code"]).count("Kept ") == 4
    assert "chain_rule" in said(solved["04-keep-code"])
    assert "yours: ReLU, Mul, backpropagate" in said(solved["04-own-code"])
