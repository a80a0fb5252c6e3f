"""Checks of Functions and ScalarFunctions: the way back, in words and as a picture."""

import numpy as np
import pytest

from gradlab import Function, Scalar, ScalarFunction, nn, scalar_functions
from gradlab.exercises.arguments import leaf_names, named_arguments
from gradlab.exercises.callers import LocalCaller
from gradlab.exercises.formulas import built, derivatives_in
from gradlab.exercises.gradients import own_gradient
from gradlab.exercises.probes import Formula, ScalarSpec, TensorSpec, WayBack, call
from gradlab.exercises.probing import CheckBrokenError, expectation
from gradlab.exercises.values import freeze, make_live, show, show_call
from gradlab.tensors import functions as F
from tests.exercises.conftest import typed, verdict_on
from tests.exercises.toy.checks import lesson_97

HEAD = "from gradlab import Function, ScalarFunction, unbroadcast\n"
SAVE = "ctx.save_for_backward(x, y); return x * y"


def mul(backward, forward=SAVE, static="@staticmethod"):
    return (
        f"{HEAD}class Mul(Function):\n"
        f"    {static}\n    def forward(ctx, x, y):\n        {forward}\n\n"
        f"    {static}\n    def backward(ctx, d_out):\n"
        f"        x, y = ctx.saved_values\n        {backward}\n"
    )


ADDS = SAVE.replace("*", "+")
RIGHT = mul("return unbroadcast(d_out * y, x.shape), unbroadcast(d_out * x, y.shape)")


# ------------------------------------ the card ------------------------------------


def test_a_right_function_passes():
    assert verdict_on(RIGHT, "97.E1").state == "passed"
    assert verdict_on(RIGHT.replace("@staticmethod", ""), "97.E1").state == "passed"


def test_a_card_says_which_gradient_is_wrong():
    text = verdict_on(mul("return d_out * y, d_out * y"), "97.E1").text
    assert (
        "Mul.apply(tensor([3, 2]), tensor([5, 1])).backward(tensor([2, 0.5]))" in text
    )
    assert "expected gradient of y (2,): [6, 1]" in text
    assert "yours gradient of y (2,): [10, 0.5]" in text
    assert "The gradient of y is not right: 2 of 2 numbers differ; first at" in text


def test_a_rule_of_a_function_is_named_with_its_numbers():
    wrong = verdict_on(mul("return y, x"), "97.E1")
    assert (
        "At tensor([3, 2]) your dx is tensor([5, 1]), tensor([15, 2]) is" in wrong.text
    )
    assert wrong.rule == "forgot d_out"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (
            mul("return d_out * y, d_out * x"),
            "returned shape (2, 2) for input 1 of sha",
        ),
        (
            mul("return d_out * y"),
            "Mul.backward returned 1 gradient, but forward had 2",
        ),
        (mul("return d_out * y, None"), "The gradient of y is not right: it is None"),
        (mul("return d_out, d_out", ADDS), "first at index (0,): expected 15"),
        (mul("return y, x", "return 3"), "Mul.forward returned int; return one tensor"),
        (mul("return z, x"), "raised NameError at `Mul.apply"),
        (HEAD + "def Mul(x, y): return x.to_numpy()", "return a tensor"),
    ],
)
def test_what_went_wrong_comes_in_words(source, words):
    verdict = verdict_on(source, "97.E1")
    assert not verdict.passed
    assert words in verdict.text


def test_an_error_names_the_line_in_the_class():
    assert "line 10: name 'z' is" in verdict_on(mul("return z, x"), "97.E1").text


def test_a_stub_of_a_class_is_not_done_yet():
    todo = "raise NotImplementedError()"
    assert verdict_on(mul(todo, todo), "97.E1").first_line.startswith(
        "E1 not done yet."
    )
    assert "line 10" in verdict_on(mul(todo), "97.E1").text


def test_scalars_are_checked_too():
    source = HEAD + (
        "class Square(ScalarFunction):\n"
        "    def forward(ctx, x):\n        ctx.save_for_backward(x)\n"
        "        return x * x\n"
        "    def backward(ctx, d_out):\n        return 2 * ctx.saved_values[0]{}\n"
    )
    assert verdict_on(source.format(" * d_out"), "97.E2").state == "passed"
    text = verdict_on(source.format(""), "97.E2").text
    assert "Square.apply(Scalar(3)).backward(2.0)" in text
    assert "expected gradient of x  12.0" in text


def test_a_plain_number_is_no_scalar():
    text = verdict_on("def Square(x): return float(x) ** 2", "97.E2").text
    assert "9.0 is a float; return a Scalar" in text


def test_a_walk_back_is_judged_by_the_derivatives_it_leaves():
    right = "def backprop(result, d_out): result.backward(d_out)"
    assert verdict_on(right, "97.E3").state == "passed"
    wrong = right.replace("result.backward", "result.accumulate")
    text = verdict_on(wrong, "97.E3").text
    assert "d = a + a * b; e = d + c + 3 at a = 1, b = 2, c = 3" in text
    assert "{'a': 3.0, 'b': 1.0, 'd': None, 'c': 1.0, 'e': None}" in text


# ------------------------------------ the parts ------------------------------------


def test_formulas_share_their_steps():
    x = built("y = x * x; y * y", {"x": 3})
    x.backward()
    assert derivatives_in([x]) == {"x": 108.0, "y": None}


def test_a_constant_that_was_given_a_derivative_is_listed():
    x = built("x + 3", {"x": 3})
    x.history.inputs[1].accumulate(1.0)
    assert derivatives_in([x]) == {"x": None, "the constant 3": 1.0}


def test_scalars_are_frozen_and_made_again():
    spec = ScalarSpec(2.0, False, "c")
    live = make_live(spec)
    assert (live.data, live.is_constant, live.name) == (2.0, True, "c")
    assert freeze([live, Scalar(3)]) == [spec, ScalarSpec(3.0)]


def test_a_way_back_is_shown_with_its_names():
    value = WayBack(ScalarSpec(6.0), (3.0, None), ("x", "y"))
    out, gradients = value
    assert (out, gradients) == (value[0], value[1])
    assert show(value) == "Scalar(6), gradient of x: 3.0; of y: None"
    assert show_call(call(Formula("e = a * a", {"a": 2})).on("f")) == "f(e)"
    constant = ScalarSpec(3.0, requires_grad=False)
    assert show_call(call(constant).on("f")) == "f(Scalar(3, requires_grad=False))"
    assert show_call(call(ScalarSpec(3.0)).on("Neg")) == "Neg.apply(Scalar(3))"


def test_arguments_of_a_function_have_the_names_in_forward():
    x, w = TensorSpec([1.0], requires_grad=True), TensorSpec([2.0])
    made = call(w, x)
    assert list(named_arguments(made, F.Mul)) == ["x", "y"]
    assert leaf_names(made, F.Mul) == ("y",)
    assert leaf_names(made, F.Cat) == ("argument 2",)


def test_a_call_of_a_function_is_an_apply():
    outcome = LocalCaller({"Neg": F.Neg}).run(call(TensorSpec([2.0])).on("Neg"))
    assert outcome.value.array.tolist() == [-2.0]
    module = call(TensorSpec([-2.0])).on("ReLU")  # a module has no apply
    assert LocalCaller({"ReLU": nn.ReLU}).run(module).status == "raised"


def test_a_probe_whose_d_out_does_not_fit_is_the_authors_mistake():
    made = lesson_97.STRETCHED.back([1.0, 2.0, 3.0]).on("Mul")
    with pytest.raises(CheckBrokenError, match="d_out does not fit"):
        expectation(lesson_97.MUL, lesson_97.MUL.probes[0], made)


# ----------------------------------- the picture -----------------------------------


class Mean(Function):
    """Means over dim, and forgets to divide on the way back."""

    @staticmethod
    def forward(ctx, x, dim):
        ctx.save_for_backward(x.shape, dim)
        return x.mean(dim)

    @staticmethod
    def backward(ctx, d_out):
        shape, dim = ctx.saved_values
        return d_out.unsqueeze(dim).expand(*shape).contiguous()


MEAN = call(TensorSpec(np.arange(6.0).reshape(2, 3), requires_grad=True), dim=1)


def test_the_first_wrong_cell_of_the_own_gradient_is_lit():
    picture = own_gradient(Mean, MEAN.back([3.0, -6.0]), truth=F.Mean)
    assert picture.parts[0].wrong[0] == (0, 0)
    assert "x.grad[0,0] is 3, right is 1" in picture.frame(1).alt()
    assert picture.parts[0].named[0].startswith("forgot the local derivative")


def test_the_rule_that_the_check_found_is_named():
    picture = own_gradient(Mean, MEAN.back([3.0, -6.0]), "forgets the n", truth=F.Mean)
    assert "Your answer equals: forgets the n" in picture.alt()


def test_what_fits_by_chance_is_not_named():
    made = call(ScalarSpec(3.0), ScalarSpec(4.0, False)).back(1.0)
    squares = type("Mul", (ScalarFunction,), {})
    squares.forward = staticmethod(lambda ctx, x, y: ctx.save_for_backward(y) or x * y)
    squares.backward = staticmethod(lambda ctx, d: (d * d, 0.0))
    (part,) = own_gradient(squares, made).parts
    assert float(part.got.array) == 1  # as if the local derivative were forgotten
    assert part.named == []


def test_without_a_truth_gradlabs_own_or_differences_are_right():
    made = call(ScalarSpec(3.0), ScalarSpec(4.0, False)).back(2.0)
    for name in ("Mul", "Times"):  # gradlab has no Times: its forward is measured
        swapped = type(name, (ScalarFunction,), {})
        swapped.forward = staticmethod(
            lambda ctx, x, y: ctx.save_for_backward(x) or x * y
        )
        swapped.backward = staticmethod(lambda ctx, d: (d * ctx.saved[0], d))
        (part,) = own_gradient(swapped, made).parts
        assert float(part.right) == pytest.approx(8)
        assert float(part.got.array) == 6


def test_a_wrong_result_is_drawn_first():
    add = typed(mul("return d_out, d_out", ADDS))["Mul"]
    picture = own_gradient(add, lesson_97.PAIR, truth=F.Mul)
    assert [part.name for part in picture.parts] == ["out", "x.grad", "y.grad"]


def test_an_error_is_a_picture_of_its_sentence():
    broken = typed(mul("return d_out * y"))["Mul"]
    picture = own_gradient(broken, lesson_97.PAIR)
    assert "Mul.backward returned 1 gradient, but forward had 2 inputs" in picture.alt()
    assert picture.svg()


def test_a_gradient_of_a_wrong_shape_is_drawn_though_the_engine_refuses_it():
    never_sums = typed(mul("return d_out * y, d_out * x"))["Mul"]
    made = lesson_97.STRETCHED.back([[1.0, 2.0], [3.0, 4.0]])
    picture = own_gradient(never_sums, made, "never sums", truth=F.Mul)
    assert [part.name for part in picture.parts] == ["x.grad", "y.grad"]
    assert [part.passed for part in picture.parts] == [False, False]
    assert "Wrong shape: (2, 2) in place of (2,)" in picture.frame(1).alt()
    assert "never sums" not in picture.alt()  # a refusal does not tell which rule
    without = own_gradient(never_sums, made)
    assert "gives no gradients here" in without.alt()


def test_cards_hold_the_picture():
    passed, wrong = (verdict_on(s, "97.E1") for s in (RIGHT, mul("return y, x")))
    assert passed.html.count("gl-picture") == wrong.html.count("gl-picture")
    assert "gl-compare" not in wrong.html
    assert "Your answer equals: forgot d_out" in wrong.html
    assert "Right: all 2 cells" in passed.html


def test_none_is_drawn_as_wrong_even_where_the_right_gradient_is_0():
    class ReLU(ScalarFunction):
        def forward(ctx, x):
            return max(x, 0.0)

        def backward(ctx, d_out):
            return None

    made = call(ScalarSpec(-2.0)).back(3.0)
    picture = own_gradient(ReLU, made, truth=scalar_functions.ReLU)
    assert "Wrong: None in place of shape ()" in picture.alt()
