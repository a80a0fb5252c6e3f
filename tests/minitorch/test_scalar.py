"""Scalars: operators, the graph by MiniTorch's names, checks that reject."""

import pytest

import gradlab.minitorch as minitorch
import gradlab.visualization as viz
from gradlab.minitorch import Scalar, ScalarFunction, ScalarHistory, operators

ONE, TWO, _ = minitorch.MathTestVariable._comp_testing()
POINTS = [-7.3, -0.4, 0.9, 12.0]


class Shifted(ScalarFunction):
    """x * y + x, and numbers saved for backward."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x * y + x

    @staticmethod
    def backward(ctx, d_output):
        x, y = ctx.saved_tensors
        return d_output * (y + 1), d_output * x


class Wrong(Shifted):
    @staticmethod
    def backward(ctx, d_output):
        x, y = ctx.saved_values
        return d_output * y, d_output * x


@pytest.mark.parametrize(("name", "base", "scalar"), ONE, ids=[n for n, _, _ in ONE])
def test_one_argument(name, base, scalar):
    for a in POINTS:
        assert scalar(Scalar(a)).data == pytest.approx(base(a))
        minitorch.derivative_check(scalar, Scalar(a))


@pytest.mark.parametrize(("name", "base", "scalar"), TWO, ids=[n for n, _, _ in TWO])
def test_two_arguments(name, base, scalar):
    for a, b in zip(POINTS, reversed(POINTS)):
        assert scalar(Scalar(a), Scalar(b)).data == pytest.approx(base(a, b))
        minitorch.derivative_check(scalar, Scalar(a), Scalar(b))


def test_operators_on_both_sides():
    x = Scalar(2.0)
    values = [1 + x, 1 - x, 3 * x, 1 / x, x / 4, 3**x, x**3, -x, x == 2.0, x < 1, x > 1]
    assert [float(v.data) for v in values] == [3, -1, 6, 0.5, 0.5, 9, 8, -2, 1, 0, 1]
    assert bool(x == 2.0)
    assert not bool(x < 1)
    assert x.log().data == operators.log(2.0)


def test_the_graph_by_minitorchs_names():
    x, y = Scalar(5.0, name="x"), Scalar(10.0)
    z = Shifted.apply(x, y)
    assert (x.is_leaf(), x.is_constant(), z.is_leaf()) == (True, False, False)
    assert x.history.last_fn is None
    assert z.history.last_fn is Shifted
    assert list(z.parents) == [x, y]
    assert z.parents[0] is x
    assert x.name == "x"
    assert y.name == str(y.unique_id)
    assert len({x.unique_id, y.unique_id, z.unique_id}) == 3
    pairs = z.chain_rule(d_output=5)
    assert [(v.name, d) for v, d in pairs] == [("x", 55), (y.name, 25)]
    constant = Scalar(1.0, back=None)
    assert constant.is_constant()
    assert not constant.is_leaf()


def test_a_history_can_be_given():
    x = Scalar(0.0)
    ctx = minitorch.Context()
    ctx.save_for_backward(3.0, 4.0)
    made = Scalar(0.0, ScalarHistory(Shifted, ctx=ctx, inputs=[x, x]))
    assert [d for _, d in made.chain_rule(d_output=1.0)] == [5.0, 3.0]
    made.backward()
    assert x.derivative == 8.0


def test_numbers_become_scalars():
    x = Scalar(3.0)
    out = Shifted.apply(2, x)
    out.backward(d_output=5)
    assert out.data == 8.0
    assert x.derivative == 10.0
    assert len(list(out.chain_rule(1.0))) == 2


def test_backward_adds_up():
    x = Scalar(3.0)
    y = x * x + x
    y.backward()
    y.backward(2.0)
    assert x.derivative == 21.0
    x.accumulate_derivative(1.0)
    assert x.derivative == 22.0
    with pytest.raises(ValueError, match="leaf"):
        y.accumulate_derivative(1.0)


def test_topological_sort_and_backpropagate():
    x = Scalar(3.0)
    y = x * x
    z = y + Scalar(1.0, back=None)
    order = minitorch.topological_sort(z)
    assert [id(v) for v in order] == [id(z), id(y), id(x)]
    minitorch.backpropagate(z, 2.0)
    assert x.derivative == 12.0
    assert minitorch.topological_sort(Scalar(1.0, back=None)) == []


def test_central_difference():
    d = minitorch.central_difference(operators.mul, 5, 10, arg=1)
    assert d == pytest.approx(5.0)
    with pytest.raises(IndexError):
        minitorch.central_difference(operators.id, 5, arg=1)


def test_a_wrong_derivative_is_rejected():
    minitorch.derivative_check(Shifted.apply, Scalar(2.0), Scalar(3.0))
    with pytest.raises(AssertionError, match="argument 1"):
        minitorch.derivative_check(Wrong.apply, Scalar(2.0), Scalar(3.0))


def test_context_without_gradient_saves_nothing():
    ctx = minitorch.Context(no_grad=True)
    ctx.save_for_backward(1.0)
    assert ctx.saved_values == ()


def test_pictures_are_drawn_of_them():
    x = Scalar(2.0, name="x")
    assert "x" in viz.computation_graph(x * x + 1).alt()
