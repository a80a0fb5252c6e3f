"""The walk back over the graph, for one number and for tensors."""

import numpy as np
import pytest

from gradlab import (
    Scalar,
    ScalarFunction,
    backward_steps,
    central_difference,
    no_grad,
    tensor,
)
from gradlab.autodiff import topological_order


def writeup():
    """Return the leaves and result of d = a + a*b, e = d + c + 3."""
    a, b, c = Scalar(1, name="a"), Scalar(2, name="b"), Scalar(3, name="c")
    return a, b, c, a + a * b + c + 3


def test_writeup_example():
    a, b, c, e = writeup()
    e.backward()
    assert e.data == 9.0
    assert (a.derivative, b.derivative, c.derivative) == (3.0, 1.0, 1.0)


def test_inner_nodes_and_constants_keep_no_derivative():
    *_, e = writeup()
    e.backward()
    inner = [n for n in topological_order(e) if n.history]
    assert [n.derivative for n in inner] == [None] * 4
    constant = e.history.inputs[1]
    assert constant.is_constant
    assert constant.derivative is None


def test_second_backward_adds():
    a, *_, e = writeup()
    e.backward()
    e.backward()
    assert a.derivative == 6.0


def test_backward_steps_touch_no_derivative():
    a, *_, e = writeup()
    steps = list(backward_steps(e, 1.0))
    assert a.derivative is None
    assert steps[-1].contributions == ()
    totals = {s.node.name: s.d_out for s in steps if s.node.name}
    assert totals == {"a": 3.0, "b": 1.0, "c": 1.0}


def test_every_node_comes_before_its_inputs():
    *_, e = writeup()
    order = topological_order(e)
    place = {id(n): k for k, n in enumerate(order)}
    for node in order:
        for source in node.history.inputs if node.history else ():
            assert place[id(node)] < place.get(id(source), len(order))


def test_reused_node_is_visited_once_not_once_per_path():
    x = Scalar(1.0)
    y = x
    for _ in range(60):  # 2^60 paths
        y = y + y
    assert len(list(backward_steps(y, 1.0))) == 61


def test_chain_of_100_000():
    x = y = Scalar(1.0)
    for _ in range(100_000):
        y = y + 1.0
    y.backward()
    assert x.derivative == 1.0


def test_tensor_chain_of_100_000_is_walked_and_freed_without_recursion():
    x = y = tensor([1.0], requires_grad=True)
    for _ in range(100_000):
        y = -y
    y.backward()
    del y
    assert x.grad.tolist() == [1.0]


def test_no_grad_records_nothing():
    with no_grad():
        y = Scalar(2.0) * 3.0
    assert y.is_constant


@pytest.mark.parametrize("arg", [0, 1])
def test_central_difference_of_the_chosen_argument(arg):
    expected = (4.0, 3.0)[arg]
    got = central_difference(lambda x, y: x * y, 3.0, 4.0, arg=arg)
    assert got == pytest.approx(expected, rel=1e-8)


def test_central_difference_of_a_missing_argument():
    with pytest.raises(IndexError, match="f was given 1 value;"):
        central_difference(np.exp, 1.0, arg=1)


def test_wrong_number_of_gradients():
    class Bad(ScalarFunction):
        @staticmethod
        def forward(ctx, x, y):
            return x + y

        @staticmethod
        def backward(ctx, d_out):
            return d_out

    with pytest.raises(
        ValueError, match="returned 1 gradient, but forward had 2 inputs"
    ):
        Bad.apply(Scalar(1.0), Scalar(2.0)).backward()


def test_gradients_in_a_list_are_named():
    class Bad(ScalarFunction):
        @staticmethod
        def forward(ctx, x, y):
            return x + y

        @staticmethod
        def backward(ctx, d_out):
            return [d_out, d_out]

    with pytest.raises(TypeError, match="returned a list"):
        Bad.apply(Scalar(1.0), Scalar(2.0)).backward()


def test_central_difference_says_what_it_needs():
    with pytest.raises(TypeError, match="needs a function first; got 3"):
        central_difference(3, 1.0)
    with pytest.raises(ValueError, match="above 0; got 0"):
        central_difference(abs, 1.0, epsilon=0)
