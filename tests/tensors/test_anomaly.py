"""detect_anomaly names the op and the cells."""

import pytest

from gradlab import Function, detect_anomaly, tensor


def test_forward_names_op_cells_and_what_they_read():
    with detect_anomaly(), pytest.raises(ArithmeticError) as caught:
        tensor([[1.0, 0.0, -2.0]]).log()
    assert "Log made -inf at (0, 1), nan at (0, 2)" in str(caught.value)
    assert "It read 0 there" in str(caught.value)


def test_backward_names_op_and_input():
    x = tensor([0.0, 1.0], requires_grad=True)
    with detect_anomaly():
        y = x.sqrt().sum()
        with pytest.raises(ArithmeticError, match=r"Sqrt.backward made inf at \(0,\)"):
            y.backward()
    assert x.grad is None


def test_a_learners_backward_is_watched_too():
    class Mine(Function):
        def forward(ctx, x):
            return x * 1

        def backward(ctx, d_out):
            return d_out / 0

    x = tensor([1.0], requires_grad=True)
    with detect_anomaly(), pytest.raises(ArithmeticError, match="Div made inf"):
        Mine.apply(x).sum().backward()


def test_many_cells_are_counted():
    with detect_anomaly(), pytest.raises(ArithmeticError, match="and 7 more"):
        tensor([0.0] * 10).log()


def test_nothing_is_watched_after_the_block():
    with detect_anomaly():
        tensor([1.0]).log()
    assert tensor([0.0]).log().tolist() == [float("-inf")]
