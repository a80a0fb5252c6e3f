"""What is special to lesson 10: its numbers, its examples, what it must not tell."""

import json
import re
from dataclasses import replace

import numpy as np
import pytest

import gradlab.visualization as viz
from gradlab import Function, gradcheck, plug, tensor, unbroadcast
from gradlab.exercises.answers import read_answer
from gradlab.exercises.callers import LocalCaller
from gradlab.exercises.diagnosis import rule_behind
from gradlab.exercises.engine_report import rows_of
from gradlab.exercises.lessons import load, notebook_path
from gradlab.exercises.predictions import right_answer
from gradlab.exercises.probing import run_probes
from gradlab.exercises.values import make_live

LESSON = load("10")
ANSWERS = {
    "P1": 50,
    "P2": (3, 3),
    "P3": (0, 2),
    "P4": "error",
    "P5": "yes",
    "P6": (2, 3),
    "P7": (9, 12),
}
COLUMN, ROW = [[1], [2], [3]], [10, 20]
D_OUT = [[1, 2], [3, 4], [5, 6]]


def answer(name, label):
    """Return the answer of an exercise, by the name that it has in the checks."""
    exercise = LESSON.exercise(label)
    found = [*exercise.variants, *exercise.wrong]
    return next(each.fn for each in found if each.fn.__name__ == name)


def prose():
    """Return what a learner reads before anything is run: all text and code cells."""
    cells = json.loads(notebook_path("10").read_text(encoding="utf-8"))["cells"]
    text = "\n".join("".join(cell["source"]) for cell in cells)
    return re.sub(r"### BEGIN SOLUTION.*?### END SOLUTION", "", text, flags=re.S)


def live(call):
    """Return a call as a card's picture gets it, with tensors in it."""
    return replace(call, args=tuple(map(make_live, call.args)))


def gradients(fn, x, y, d_out):
    """Return the gradients that a Function of two inputs sends back, as lists."""
    one, other = tensor(x, requires_grad=True), tensor(y, requires_grad=True)
    fn.apply(one, other).backward(tensor(d_out))
    return one.grad.tolist(), other.grad.tolist()


@pytest.mark.parametrize("prediction", LESSON.predictions, ids=lambda each: each.label)
def test_every_question_has_the_answer_that_was_worked_out_by_hand(prediction):
    right = right_answer(prediction)
    assert right == ANSWERS[prediction.label]
    wrong = [read_answer(each, like=right) for each in prediction.wrong]
    assert right not in wrong
    assert len(set(wrong)) == len(wrong)
    assert all(sentence[-1] in ".?" for sentence in prediction.wrong.values())


def test_the_notebook_does_not_give_answers_away():
    text = prose()
    for told in ("[3, 3]", "[3., 3.]", "(0, 2)", "[9, 12]", "[9., 12.]", "110", "170"):
        assert told not in text
    assert not re.search(r"\b50\b|\b22\b|\b28\b", text)


# -------------------- the numbers of plan and recitation --------------------


@pytest.mark.parametrize("name", ["InThreeSteps", "ByTheLoops", "StretchedFirst"])
def test_a_column_times_a_row(name):
    dx, dy = gradients(answer(name, "E3"), COLUMN, ROW, D_OUT)
    assert dx == [[50], [110], [170]]
    assert dy == [22, 28]


def test_the_wrong_numbers_that_the_sentences_quote():
    _, forgets = gradients(answer("ForgetsDOut", "E3"), COLUMN, ROW, D_OUT)
    _, means = gradients(answer("Means", "E3"), COLUMN, ROW, D_OUT)
    assert forgets == [6, 6]
    assert means == pytest.approx([22 / 3, 28 / 3])
    said = " ".join(rule.sentence for rule in LESSON.exercise("E3").rules)
    assert "1 + 2 + 3 = 6" in said
    assert "22 / 3 = 7.333" in said


def test_the_recitation():
    a = tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], requires_grad=True)
    b = tensor([-1.0, 1.0], requires_grad=True)
    c = (a + b).sum()
    c.backward()
    assert c.item() == 21
    assert a.grad.tolist() == [[1, 1], [1, 1], [1, 1]]
    assert b.grad.tolist() == [3, 3]
    by_hand = answer("d_everywhere", "E2")(a.detach(), b.detach(), 1)
    assert [each.tolist() for each in by_hand] == [a.grad.tolist(), [3, 3]]


def test_the_slides_add_stops_before_anything_has_reached_a_or_b():
    drawn = LESSON.prediction("P4").picture()
    assert "Backward stopped at Add." in drawn.alt()
    assert "holds" not in drawn.alt()
    a, b = tensor(D_OUT, requires_grad=True), tensor([-1, 1], requires_grad=True)

    class Add(Function):
        forward = staticmethod(lambda ctx, x, y: x + y)
        backward = staticmethod(lambda ctx, d_out: (d_out, d_out))

    with pytest.raises(ValueError, match="returned shape"):
        Add.apply(a, b).sum().backward()
    assert (a.grad, b.grad) == (None, None)


def test_the_picture_sends_back_through_the_sum_that_was_recorded():
    drawn = LESSON.prediction("P5").picture()
    assert "s = Sum d [10, 100]" in drawn.alt()
    assert "g d [[10, 100], [10, 100], [10, 100]]" in drawn.alt()


def test_the_recap_stops_before_anything_is_summed():
    picture = viz.zip_flow("mul", tensor(COLUMN), tensor(ROW), d_out=tensor(D_OUT))
    shown = picture.frame(14).alt()
    assert "Backward: d_out brings one number per output cell" in shown
    assert "50" not in shown


def test_the_page_to_keep_shows_how_a_sum_comes_about():
    shown = viz.fold_back("add", [1, 2], 10, [1, 3]).frame(4).alt()
    assert "b receives 1·1 + 3·1 = 4" in shown


def test_the_last_question():
    assert gradients(answer("SavesShapes", "E4"), COLUMN, ROW, D_OUT)[1] == [9, 12]


@pytest.mark.parametrize(
    ("label", "name"), [("E3", "NeverSums"), ("E4", "AsPrinted"), ("E5", "AsPrinted")]
)
def test_a_gradient_that_the_engine_refuses_is_drawn_all_the_same(label, name):
    exercise = LESSON.exercise(label)
    drawn = exercise.picture(
        answer(name, label), live(exercise.show), truth=exercise.truth_fn
    )
    assert not drawn.passed
    assert drawn.parts[-1].wrong is None  # not a cell: the shape is wrong


def test_the_worked_examples_are_right():
    grad = tensor([[1, 2, 3], [4, 5, 6]])
    assert unbroadcast(grad, (3,)).tolist() == [5, 7, 9]
    assert unbroadcast(grad, (2, 1)).tolist() == [[6], [15]]
    pair = answer("d_everywhere", "E2")(tensor([[7], [8]]), tensor([9]), 5)
    assert [each.tolist() for each in pair] == [[[5], [5]], [10]]
    product = gradients(
        answer("InThreeSteps", "E3"), [[2], [3]], [4, 5], [[1, 0], [1, 2]]
    )
    assert product == ([[4], [14]], [5, 6])
    assert gradients(answer("SavesShapes", "E4"), [1, 2], 5, [3, 4]) == ([3, 4], 7)
    x = tensor([[2, 7, 1], [8, 2, 8]], requires_grad=True)
    answer("KeepsTheShape", "E5").apply(x, dim=1).backward(tensor([10, 20]))
    assert x.grad.tolist() == [[10, 10, 10], [20, 20, 20]]
    stack = tensor([[[1, 2], [3, 4]], [[5, 6], [7, 8]]])
    summed = answer("compared_first", "E7")(stack, (2, 2), 2)
    assert summed.tolist() == [[6, 8], [10, 12]]


def test_the_slides_end_in_six_numbers():
    """T12: (3, 2) * (2, 1, 2), summed over dim 2, is y times x turned."""
    x, y = np.arange(6.0).reshape(3, 2), np.arange(4.0).reshape(2, 2) + 5
    product = (tensor(x) * tensor(y).view(2, 1, 2)).sum(2, keepdim=True)
    assert product.shape == (2, 3, 1)
    assert product.squeeze(2).tolist() == (y @ x.T).tolist()


# -------------------- the slides' code, as printed --------------------


class PrintedAdd(Function):
    """As on the slide."""

    @staticmethod
    def forward(ctx, t1, t2):
        return t1.f.add_zip(t1, t2)

    @staticmethod
    def backward(ctx, grad_output):
        return grad_output, grad_output


def test_the_printed_add_breaks_the_shape_law_and_the_error_says_where():
    assert gradients(PrintedAdd, [1, 2], [3, 4], [5, 6]) == ([5, 6], [5, 6])
    with pytest.raises(ValueError, match=r"shape \(3, 2\) for input 2 of shape \(2,\)"):
        gradients(PrintedAdd, D_OUT, [-1, 1], D_OUT)
    told = LESSON.prediction("P4").reveal.split("`")[1].removeprefix("Add.")
    with pytest.raises(ValueError, match=f"^PrintedAdd.{re.escape(told)}"):
        gradients(PrintedAdd, D_OUT, [-1, 1], D_OUT)


def test_a_d_out_of_ones_hides_a_forgotten_d_out():
    """T19: every check with ones passes what a random d_out finds."""
    forgets = answer("OnesOnly", "E4")
    ones = [[1, 1], [1, 1], [1, 1]]
    assert gradients(forgets, D_OUT, [-1, 1], ones)[1] == [3, 3]
    assert gradients(forgets, D_OUT, [-1, 1], D_OUT)[1] != [9, 12]


@pytest.mark.parametrize("shape", [(1,), (1, 1), (1, 2), (2, 1)])
def test_a_leaf_keeps_its_shape_when_its_rank_is_raised(shape):
    """T25: a (1,) once got a gradient of shape (1, 1)."""
    leaf = tensor(np.ones(shape), requires_grad=True)
    add = answer("SavesShapes", "E4")
    add.apply(leaf, tensor(np.ones((4, 2, 2)))).sum().backward()
    assert leaf.grad.shape == shape


class OwnNumberNeverSummed(Function):
    """At equal shapes as if swapped; elsewhere of another shape than y's."""

    forward = staticmethod(answer("Swapped", "E3").forward)

    @staticmethod
    def backward(ctx, d_out):
        x, y = ctx.saved_values
        return d_out * x, d_out * y


def test_only_gradients_of_each_others_shapes_count_as_swapped():
    exercise = LESSON.exercise("E3")
    for own, told in (
        (answer("ReturnedSwapped", "E3"), True),
        (OwnNumberNeverSummed, False),
    ):
        results = run_probes(exercise, LocalCaller({"Mul": own}))
        assert [each.outcome.status for each in results].count("raised") == 6
        assert bool(rule_behind(exercise, results)) is told


# -------------------- the engine at the end --------------------

OWN = {
    "Mul": answer("InThreeSteps", "E3"),
    "Add": answer("SavesShapes", "E4"),
    "Sum": answer("KeepsTheShape", "E5"),
}


def test_gradlabs_own_test_of_ops_passes_on_the_solutions():
    rows = list(rows_of(OWN))
    assert {row.op for row in rows} == {"add", "mul", "sum", "sum_dim", "sum_dims"}
    assert all(row.passed for row in rows)


def test_gradlabs_own_test_of_ops_finds_what_is_wrong():
    wrong = {"Mul": answer("Means", "E3"), "Add": PrintedAdd}
    reasons = {row.op: row.reason for row in rows_of(wrong)}
    assert "is not right" in reasons["mul"]
    assert "exactly its input's shape" in reasons["add"]


def test_the_last_expression_runs_on_the_solutions():
    x = tensor([[2], [3]], requires_grad=True)
    y = tensor([4, 5], requires_grad=True)
    with plug(functions=OWN):
        (x * y + y).sum().backward()
        assert gradcheck(lambda a, b: (a * b + b).sum(), x, y)
    assert x.grad.tolist() == [[9], [9]]
    assert y.grad.tolist() == [7, 7]
