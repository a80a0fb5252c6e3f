"""Function.apply and the shape law, as a learner meets them."""

import pytest

from gradlab import Function, no_grad, ones, tensor


def function(backward, forward=lambda ctx, x: x * 2):
    """Return a learner's Function made of two plain functions."""
    return type("Mine", (Function,), {"forward": forward, "backward": backward})


def run_backward(fn, shape=(3, 2)):
    x = ones(shape, requires_grad=True)
    out = fn.apply(x)
    out.backward(ones(out.shape))
    return x.grad


@pytest.mark.parametrize(
    ("returned", "error", "words"),
    [
        (ones((3, 1)), ValueError, "if forward summed these cells, spread d_out"),
        (ones((4, 3, 2)), ValueError, "sum back with unbroadcast"),
        (ones((2, 3)), ValueError, "undo what forward did to the shape"),
        (1.0, TypeError, "returned float for input 1, which needs a gradient"),
        ((ones((3, 2)), None), ValueError, "returned 2 gradients, but forward had 1"),
    ],
)
def test_shape_law(returned, error, words):
    with pytest.raises(error, match=words):
        run_backward(function(lambda ctx, d_out: returned))


def test_none_means_zero():
    assert run_backward(function(lambda ctx, d_out: None)) is None


def test_forward_must_return_a_tensor():
    with pytest.raises(TypeError, match=r"Mine\.forward returned float; return one"):
        function(None, lambda ctx, x: 1.0).apply(ones(2))


@pytest.mark.parametrize(
    ("forward", "words"),
    [
        (lambda ctx, x: x, r"Mine.forward\(ctx, x\) cannot take 2 inputs after ctx"),
        (lambda x: x, r"Mine.forward\(x\) cannot take 2 inputs after ctx"),
    ],
)
def test_wrong_number_of_inputs(forward, words):
    with pytest.raises(TypeError, match=words):
        function(None, forward).apply(ones(2), ones(2))


def test_a_function_needs_a_forward():
    with pytest.raises(TypeError, match="Empty has no forward"):
        type("Empty", (Function,), {}).apply(ones(2))


def test_apply_needs_a_tensor():
    with pytest.raises(TypeError, match="Mine needs at least one tensor"):
        function(None).apply(2.0)


def test_nothing_is_recorded_inside_forward_and_backward():
    seen = []

    def forward(ctx, x):
        seen.append((x * 2).requires_grad)
        return x * 2

    def backward(ctx, d_out):
        seen.append((d_out * 2).requires_grad)
        return d_out * 2

    assert run_backward(function(backward, forward)).tolist() == [[2.0] * 2] * 3
    assert seen == [False, False]


def test_options_and_plain_inputs_need_no_gradient():
    fn = function(lambda ctx, d_out: (d_out * 3, None), lambda ctx, x, k: x * k)
    x = ones(2, requires_grad=True)
    fn.apply(x, 3).sum().backward()
    assert x.grad.tolist() == [3.0, 3.0]


def test_no_grad_makes_constants():
    x = ones(2, requires_grad=True)
    with no_grad():
        assert (x * x).is_constant


def test_forward_that_returns_its_input_keeps_the_write_counter():
    fn = function(lambda ctx, d_out: d_out, lambda ctx, x: x)
    x = tensor([1.0, 2.0], requires_grad=True)
    out = (fn.apply(x) * tensor([1.0, 1.0])).sum()
    x.zero_()
    with pytest.raises(ValueError, match="overwritten"):
        out.backward()


def test_gradient_takes_the_dtype_of_its_input():
    fn = function(lambda ctx, d_out: tensor(d_out.tolist()))
    x = ones(2, requires_grad=True, dtype="float32")
    fn.apply(x).sum().backward()
    assert x.grad.dtype == x.dtype


def test_backward_that_writes_into_d_out_is_stopped():
    def backward(ctx, d_out):
        d_out.set((0,), 10)
        return d_out

    w, v = ones(2, requires_grad=True), ones(2, requires_grad=True)
    out = function(backward).apply(w) + v
    with pytest.raises(ValueError, match="gradient on its way"):
        out.backward(ones(2))
