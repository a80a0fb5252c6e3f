"""A learner's numbers and Functions: what is wrong, and the rule that explains it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from gradlab import nn, tensor
from gradlab.tensors import functions as F
from gradlab.tensors.function import Function
from gradlab.visualization import diagnosis, diagnosis_of

from .catalogue import HOSTILE, Unprintable


def test_the_rule_that_gives_every_number_is_named() -> None:
    rules = {"forgot d_out": [2, 4], "doubled": lambda d: np.multiply(d, 4)}
    picture = diagnosis([2, 4], [6, 20], rules, d_out=[3, 5])
    assert picture.named == ["forgot d_out"]
    assert "x[0] is 2, right is 6" in picture.alt(1)
    assert "Your answer equals: forgot d_out" in picture.alt()


def test_a_rule_that_misses_one_number_is_not_named() -> None:
    picture = diagnosis([2, 5], [6, 20], {"forgot d_out": [2, 4]})
    assert picture.named == []
    assert "None of the usual mistakes" in picture.alt()


def test_a_rule_that_is_right_everywhere_explains_nothing() -> None:
    assert diagnosis([1], [2], {"right": [2]}).named == []
    assert diagnosis([2], [2], {"right": [2]}).passed


def test_only_cells_that_differ_are_wrong() -> None:
    nan, inf = float("nan"), float("inf")
    right = [nan, inf, -3, 0]
    assert diagnosis(right, right).passed
    assert diagnosis([1, -inf, -3, 1e-3], right).wrong == [(0,), (1,), (3,)]
    assert diagnosis([2e-300], [1e-300]).wrong == [(0,)]
    assert diagnosis([1e300], [2e300]).wrong == [(0,)]


def test_none_stands_for_zeros_only() -> None:
    assert diagnosis(None, [0, 0]).passed
    assert "None in place of shape (2,)" in diagnosis(None, [0, 1]).alt()


@pytest.mark.parametrize(
    "got",
    [KeyError(HOSTILE), HOSTILE, Unprintable(), [[1], [2, 3]], object(), {}, 10**999],
)
def test_anything_else_is_told_as_what_it_is(got: Any) -> None:
    picture = diagnosis(got, [[50], [110]], name=HOSTILE)
    assert not picture.passed
    assert "<script" not in picture.svg()
    assert picture.alt() == diagnosis(got, [[50], [110]], name=HOSTILE).alt()
    assert " at 0x" not in picture.alt()


def test_a_wrong_shape_is_told_and_may_have_its_rule() -> None:
    picture = diagnosis([[1, 2]], [[1], [2]], {"turned around": [[1, 2]]})
    assert "Wrong shape: (1, 2) in place of (2, 1)" in picture.alt(1)
    assert picture.named == ["turned around"]


def test_bad_rules_are_said() -> None:
    with pytest.raises(TypeError, match="rules is a dict"):
        diagnosis([1], [2], ["forgot d_out"])  # type: ignore[arg-type]
    assert diagnosis([1], [2], {"raises": lambda: 1 / 0}).named == []


def test_a_tuple_holds_numbers() -> None:
    picture = diagnosis((2, 4), (2, 4), d_out=(1, 1))
    assert picture.passed
    assert picture.right.tolist() == [2, 4]


# ------------------------------ a Function of one's own ------------------------------


def product(backward: Any) -> type[Function]:
    """Return a Mul with this backward(d_out, x, y)."""

    class Mul(Function):
        @staticmethod
        def forward(ctx: Any, x: Any, y: Any) -> Any:
            ctx.save_for_backward(x, y)
            return x * y

    Mul.backward = staticmethod(lambda ctx, d: backward(d, *ctx.saved_values))
    return Mul


@pytest.mark.parametrize(
    ("backward", "says"),
    [
        (lambda d, x, y: (y, x), "forgot d_out"),
        (lambda d, x, y: (d, d), "forgot the local derivative"),
        (lambda d, x, y: (-d * y, -d * x), "turned the sign around"),
        (lambda d, x, y: (d * x, d * y), "swapped the gradients"),
        (lambda d, x, y: (d / y, d / x), "divided by the local derivative"),
        (lambda d, x, y: (d + y, d + x), "added the local derivative"),
    ],
)
def test_wrong_products_are_explained(backward: Any, says: str) -> None:
    picture = diagnosis_of(product(backward), [1.5, 2, 3], [4, 5, 7])
    assert [rule.split(": ")[1][: len(says)] for rule in picture.named] == [says] * 2


@pytest.mark.parametrize(
    ("fold", "says"),
    [
        (lambda g: g, "did not sum back"),
        (lambda g: g.mean(1, keepdim=True), "took the mean"),
        (lambda g: g.sum(0, keepdim=True), "summed over the wrong dim"),
        (lambda g: g[:, 2:], "kept one of the wires"),
    ],
)
def test_wrong_folding_back_is_explained(fold: Any, says: str) -> None:
    def backward(d: Any, x: Any, y: Any) -> Any:
        return fold(d * y), (d * x).sum(0)

    picture = diagnosis_of(product(backward), [[1], [3]], [10, 20, 50])
    assert [rule.split(": ")[1][: len(says)] for rule in picture.named] == [says]


def test_gradlab_s_own_ops_and_any_function_of_tensors_pass() -> None:
    assert diagnosis_of(F.Mul, [[1], [2]], [3, 4]).passed
    assert diagnosis_of(F.MatMul, [[1, 2], [3, 4]], [[5], [6]]).passed
    assert diagnosis_of(F.Sum, [[1, 2], [3, 4]], dim=1).passed
    assert diagnosis_of(lambda x, y: (x @ y).exp(), [[0.1, 0.2]], [[0.3], [0.4]]).passed


class Halves(Function):
    @staticmethod
    def forward(ctx: Any, x: Any) -> Any:
        return x.sum(0)

    @staticmethod
    def backward(ctx: Any, d_out: Any) -> Any:
        return d_out


class Relu2(Function):
    @staticmethod
    def forward(ctx: Any, x: Any) -> Any:
        ctx.save_for_backward(x)
        return x.relu()

    @staticmethod
    def backward(ctx: Any, d_out: Any) -> Any:
        return d_out * (ctx.saved_values[0] > 0)


def test_at_a_kink_no_gradient_is_called_wrong() -> None:
    assert diagnosis_of(Relu2, [-1, 1]).passed
    with pytest.raises(ValueError, match=r"kink where a\[0\] is 0: its slope is 0 on"):
        diagnosis_of(Relu2, [0, -1, 1])


def test_what_is_random_cannot_be_measured() -> None:
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match="other numbers each time"):
        diagnosis_of(lambda x: x * float(rng.random()), [1, 2])


def test_a_forward_that_fails_close_by_gives_no_right_gradient() -> None:
    def edge(x: Any) -> Any:
        if x.to_numpy().max() > 1:
            raise ValueError("too large")
        return x * 2.0

    with pytest.raises(ValueError, match="there forward gave ValueError: too large"):
        diagnosis_of(edge, [1.0])


def test_a_right_float32_function_is_right() -> None:
    x = tensor([1.0, 2.0, 1e-3], dtype="float32")
    assert diagnosis_of(Relu2, x).passed
    assert x.grad is None


def test_apply_and_modules_are_run_as_they_are() -> None:
    assert diagnosis_of(Relu2.apply, [1, 2]).title == "Diagnosis of Relu2"
    assert diagnosis_of(nn.Linear(2, 1), [[1, 2]]).passed


def test_the_inputs_are_told_with_the_numbers() -> None:
    said = diagnosis_of(F.Mul, [[1], [2]], [3, 4]).alt(0)
    assert "Inputs: a = [[1], [2]], b = [3, 4]." in said


def test_an_unknown_op_is_measured() -> None:
    picture = diagnosis_of(Halves, [[1, 2], [3, 4], [5, 6]])
    assert picture.named == ["da: handed d_out on in the shape of the result"]


class Exp(Function):
    @staticmethod
    def forward(ctx: Any, x: Any) -> Any:
        return x * 2

    @staticmethod
    def backward(ctx: Any, d_out: Any) -> Any:
        raise KeyError(HOSTILE)


def test_a_wrong_forward_and_a_raising_backward_are_both_told() -> None:
    picture = diagnosis_of(Exp, [1, 2])
    assert "out[0] is 2, right is 2.72" in picture.alt(1)
    assert "Exp raised an error in backward: KeyError" in picture.alt()
    assert "<script" not in picture.svg()


@pytest.mark.parametrize("fn", [lambda x: 1 / 0, lambda x: None, lambda x: 3])
def test_whatever_forward_does_is_told(fn: Any) -> None:
    picture = diagnosis_of(fn, [1, 2])
    assert picture.steps == 1
    assert not picture.passed


@pytest.mark.parametrize("x", [3.0, np.zeros((0, 2)), float("nan"), 1e300])
def test_awkward_inputs_pass_through(x: Any) -> None:
    picture = diagnosis_of(F.Neg, x)
    assert picture.passed
    assert all(picture.svg(k) for k in range(picture.steps))


def test_wrong_calls_are_said() -> None:
    with pytest.raises(TypeError, match="takes a Function"):
        diagnosis_of(3, [1])
    with pytest.raises(TypeError, match="needs inputs"):
        diagnosis_of(F.Mul)
    with pytest.raises(ValueError, match=r"shape \(2,\); got \(3,\)"):
        diagnosis_of(F.Neg, [1, 2], d_out=[1, 2, 3])
    with pytest.raises(ValueError, match="moved one by one"):
        diagnosis_of(Halves, np.ones((30, 30)))
