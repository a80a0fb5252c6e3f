"""What is special to lesson 08: its numbers, its examples, what it must not tell."""

import json
import re

import numpy as np
import pytest

import gradlab.visualization as viz
from gradlab import Function, jacobian, rand, stack, tensor, vjp
from gradlab.exercises.answers import read_answer
from gradlab.exercises.callers import LocalCaller
from gradlab.exercises.checking import check_in
from gradlab.exercises.lessons import load, notebook_path
from gradlab.exercises.predictions import right_answer
from gradlab.exercises.probing import run_probes

LESSON = load("08")
ANSWERS = {
    "P1": (12, 8, 6),
    "P2": (-24, -16, -12),
    "P3": (0, 6, 0),
    "P4": 4,
    "P5": (5, 3),
    "P6": (11, 6),
    "P7": (5, 3),
    "P8": (4, 5, 6),
    "P9": 20,
    "P10": 400,
    "P11": (4, 5),
    "P12": (73, 23),
}


def product(x):
    return x[0] * x[1] * x[2]


def fun(x):
    return stack([x[0], x[0] * x[1]])


def sum_and_product(x):
    return stack([x[0] + x[1], x[0] * x[1]])


BACK = [
    ("P1", product, [2, 3, 4], 1),
    ("P2", product, [2, 3, 4], -2),
    ("P3", product, [2, 0, 3], 1),
    ("P5", fun, [3, 5], [0, 1]),
    ("P6", fun, [3, 5], [1, 2]),
    ("P7", fun, [3, 5], [0, 1]),
    ("P12", sum_and_product, [2, 7], [3, 10]),
]


def cells():
    return json.loads(notebook_path("08").read_text(encoding="utf-8"))["cells"]


def prose():
    """Return what a learner reads before anything is run: all text and code cells."""
    text = "\n".join("".join(cell["source"]) for cell in cells())
    return re.sub(r"### BEGIN SOLUTION.*?### END SOLUTION", "", text, flags=re.S)


def function(name, label):
    """Return the answer of an exercise, by the name of its function in the checks."""
    exercise = LESSON.exercise(label)
    found = [*exercise.variants, *exercise.wrong]
    return next(each.fn for each in found if each.fn.__name__ == name)


def applied(fn, x, d_out):
    """Return the result and the gradient of a Function."""
    x = tensor(x, requires_grad=True)
    out = fn.apply(x)
    out.backward(tensor(d_out))
    return out.tolist(), x.grad.tolist()


@pytest.mark.parametrize("prediction", LESSON.predictions, ids=lambda each: each.label)
def test_every_question_has_the_answer_that_was_worked_out_by_hand(prediction):
    right = right_answer(prediction)
    assert right == ANSWERS[prediction.label]
    wrong = [read_answer(each, like=right) for each in prediction.wrong]
    assert right not in wrong
    assert len(set(wrong)) == len(wrong)
    assert all(sentence[-1] in ".?" for sentence in prediction.wrong.values())


@pytest.mark.parametrize(("label", "f", "x", "d_out"), BACK, ids=lambda each: str(each))
def test_the_answers_are_what_gradlab_computes(label, f, x, d_out):
    _, gradient = vjp(f, tensor(x), tensor(d_out))
    assert tuple(gradient.tolist()) == ANSWERS[label]


@pytest.mark.parametrize(("label", "f", "x", "d_out"), BACK[4:5] + BACK[6:])
def test_wrong_answers_are_what_their_thoughts_give(label, f, x, d_out):
    J, d = jacobian(f, tensor(x)).to_numpy(), np.array(d_out)
    wrong = LESSON.prediction(label).wrong
    out = f(tensor(x)).to_numpy()
    assert "along the rows" in wrong[tuple(J @ d)]
    assert "left d out" in wrong[tuple(J.sum(0))]
    assert "its own output's d only" in wrong[tuple(d * J.diagonal())]
    assert "through the product only" in wrong[tuple(d[1] * J[1])]
    assert "multiplied by the outputs" in wrong[tuple(d * out)]
    assert "Swapped" in wrong[tuple(d @ np.array([J[0], J[1][::-1]]))]


def test_the_zip_and_its_sum():
    x, y = tensor([1, 2, 3], requires_grad=True), tensor([4, 5, 6])
    (x * y).sum().backward()
    assert tuple(x.grad.tolist()) == ANSWERS["P8"]


def test_only_20_of_the_400_derivatives_of_a_zip_are_not_0():
    y = rand((4, 5)) + 1
    J = jacobian(lambda x: x * y, rand((4, 5))).to_numpy()
    assert (J.size, np.count_nonzero(J)) == (400, 20)
    assert np.count_nonzero(np.diagonal(J.reshape(20, 20))) == 20


def test_the_notebook_does_not_give_answers_away():
    text = prose()
    answers = ("[12, 8, 6]", "-24", "[0, 6, 0]", "[5, 3]", "[11, 6]", "400", "[73, 23]")
    assert not [told for told in answers if told in text]


def test_the_worked_examples_are_right_and_are_no_probes():
    prod3, my_fun = function("TheOtherTwo", "E1"), function("CellByCell", "E2")
    assert applied(prod3, [1, 5, 2], 3) == (10, [30, 6, 15])
    assert applied(my_fun, [4, 7], [10, 1]) == ([4, 28], [17, 4])
    J = np.array([[2, 0, 1], [0, 4, 3]])
    d = np.array([10, 1])
    assert function("from_the_left", "E3")(J, d).tolist() == [20, 4, 13]
    assert function("with_prod", "E4")((2, 3), (4,)) == (4, 6)
    x = tensor([4, 7], requires_grad=True)
    rows = function("emptied_each_time", "E5")(fun, x)
    assert rows.tolist() == [[1, 0], [7, 4]]
    tried = function("one_copy_each", "E6")(lambda x: x * x, tensor([1, 4]), 0.5)
    assert tried.tolist() == [[2, 0], [0, 8]]
    asked = [
        str(p.call(np.random.default_rng(0)))
        for e in LESSON.exercises
        for p in e.probes
    ]
    worked = ("[1., 5., 2.]", "[4., 7.]", "[2, 0, 1]", "(2, 3), (4,)", "[1., 4.]")
    assert not [each for each in worked for call in asked if each in call]


def test_two_paths_lead_from_the_first_cell_to_the_result():
    x = tensor([4, 7], requires_grad=True, name="x")
    result = (fun(x) * tensor([10, 1])).sum()
    said = viz.gradient_flow(result, to=x, index=0).alt()
    assert "2 paths lead from x[0]" in said
    assert re.search(r"The gradient of x\[0\] = .*\b17\b", said)


class Prod3(Function):
    """The slides' class, as printed but for the library's name."""

    def forward(ctx, x):
        prod = x[0] * x[1] * x[2]
        ctx.save_for_backward(prod, x)
        return prod

    def backward(ctx, d):
        prod, x = ctx.saved_values
        return d * prod / x


class MyFun(Function):
    """The slides' class, as printed but for the library's name."""

    def forward(ctx, x):
        ctx.save_for_backward(x)
        return tensor([x[0], x[0] * x[1]])

    def backward(ctx, d):
        (x,) = ctx.saved_values
        return tensor([d[0] * 1 + d[1] * x[1], d[1] * x[0]])


def test_the_slides_classes_do_what_the_lesson_says_of_them():
    assert applied(Prod3, [2, 3, 4], 1) == (24, [12, 8, 6])
    _, gradient = applied(Prod3, [2, 0, 3], 1)
    np.testing.assert_array_equal(gradient, [0, np.nan, 0])
    assert applied(MyFun, [3, 5], [1, 2]) == ([3, 15], [11, 6])


def test_the_slides_product_is_told_that_it_divides():
    found = check_in({"Prod3": Prod3}, "08.E1", remember=False)
    assert "divides the product by each cell" in found.text


def test_a_tensor_is_made_from_one_list():
    with pytest.raises(TypeError):
        tensor(1, 2, 3)


def test_what_ones_would_hide():
    """With a d_out of ones a backward that forgets d_out is right."""
    forgets = function("ForgetsDOut", "E2")
    assert applied(forgets, [3, 5], [1, 1]) == applied(MyFun, [3, 5], [1, 1])
    for exercise in LESSON.exercises[:2]:
        for probe in exercise.probes:
            d_out = probe.call(np.random.default_rng(0)).d_out
            assert d_out is None or not np.all(d_out == 1)


@pytest.mark.parametrize("label", ["E1", "E2"])
def test_every_cell_and_every_d_out_is_tried_with_both_signs(label):
    exercise = LESSON.exercise(label)
    caller = LocalCaller({exercise.name: exercise.truth_fn})
    calls = [each.call for each in run_probes(exercise, caller)]
    back = [each for each in calls if each.d_out is not None]
    assert len(back) >= 6
    for numbers in ([c.args[0].array for c in back], [c.d_out for c in back]):
        table = np.array([each.ravel() for each in numbers])
        assert np.all((table > 0).sum(0) >= 2)
        assert np.all((table < 0).sum(0) >= 2)
        assert np.all((table % 0.5 > 0).sum(0) >= 4)


def test_half_the_step_halves_one_error_and_quarters_the_other():
    def error(name, h):
        J = function(name, "E6")(lambda x: x.exp(), tensor([0.0]), h)
        return J[0, 0] - 1

    for name, times in (("forward_difference", 2), ("one_copy_each", 4)):
        assert error(name, 0.01) / error(name, 0.005) == pytest.approx(times, rel=0.01)


@pytest.mark.parametrize(
    ("label", "line"),
    [
        ("E1", "from gradlab.tensors.functions import Prod as Prod3"),
        ("E5", "from gradlab import jacobian as jacobian_rows"),
        ("E6", "from gradlab import jacobian as numeric_jacobian"),
    ],
)
def test_gradlabs_own_is_borrowed(label, line):
    names = {}
    exec(line, names)  # noqa: S102 - as a kernel would
    found = check_in(names, f"08.{label}", remember=False)
    assert (found.state, found.points) == ("borrowed", 0.0)


def test_a_jacobian_from_gradlab_is_borrowed_row_by_row_too():
    source = (
        "from gradlab import jacobian\n\n\n"
        "def jacobian_rows(f, x):\n    return jacobian(f, x).to_numpy()\n"
    )
    names = {}
    exec(source, names)  # noqa: S102 - as a kernel would
    sources = {"jacobian_rows": source}
    assert check_in(names, "08.E5", sources=sources, remember=False).state == "borrowed"


def test_core_and_stretch_take_as_long_as_the_title_says():
    minutes = {True: 0, False: 0}
    for exercise in LESSON.exercises:
        minutes[exercise.core] += exercise.minutes
    assert minutes == {True: 38, False: 30}
    assert "Core: 70 minutes" in prose()
    assert "Stretch: 30 more" in prose()


def test_the_numbers_in_the_sentences_of_e6():
    call = LESSON.exercise("E6").visible[0].make
    assert call.args[2] == 0.5
    ahead = function("forward_difference", "E6")(lambda x: x * x, tensor([3.0]), 0.5)
    behind = function("backward_difference", "E6")(lambda x: x * x, tensor([3.0]), 0.5)
    assert (ahead[0, 0], behind[0, 0]) == (6.5, 5.5)
