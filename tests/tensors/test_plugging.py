"""A learner's own pieces under every op, and the loops a lesson writes."""

import pytest

from gradlab import (
    Function,
    broadcast_index,
    gradcheck,
    indices,
    map_into,
    ones,
    plug,
    reduce_into,
    tensor,
    zeros,
    zip_into,
)
from gradlab.tensors.plugging import unplugged


def learners_zip(fn, x, y, out):
    for index in indices(out.shape):
        a = x.get(broadcast_index(index, x.shape))
        b = y.get(broadcast_index(index, y.shape))
        out.set(index, fn(a, b))


def test_everything_runs_on_a_plugged_zip():
    calls = []

    def counting(fn, x, y, out):
        calls.append(out.shape)
        learners_zip(fn, x, y, out)

    x, y = (ones(s, requires_grad=True) * 1 for s in ((3, 1), (2,)))
    x, y = tensor(x, requires_grad=True), tensor(y, requires_grad=True)
    with plug(zip=counting):
        assert gradcheck(lambda a, b: (a * b).sum(), x, y)
    assert (3, 2) in calls
    before = len(calls)
    assert (x * y).shape == (3, 2)
    assert len(calls) == before


def test_plugged_broadcast_index_is_asked():
    asked = []

    def mine(out_index, shape):
        asked.append((out_index, shape))
        return broadcast_index(out_index, shape)

    plugged = plug(broadcast_index=mine)
    assert (tensor([[1], [2]]) + tensor([5])).tolist() == [[6.0], [7.0]]
    plugged.unplug()
    assert ((1, 0), (2, 1)) in asked


def test_wrong_cell_is_named():
    with (
        plug(broadcast_index=lambda i, s: i),
        pytest.raises(IndexError, match="no cell"),
    ):
        ones((2, 2)) + ones(2)


def test_unplugged_runs_on_gradlabs_own_pieces():
    with plug(zip=lambda *a: None), unplugged():
        assert (ones(1) + 1).tolist() == [2.0]


def test_plug_needs_functions_and_is_taken_back_after_an_error():
    with pytest.raises(TypeError, match="needs a function"):
        plug(zip=3)
    with pytest.raises(ZeroDivisionError), plug(zip=lambda *a: 1 / 0):
        ones(1) + 1
    assert (ones(1) + 1).tolist() == [2.0]


def test_loops_on_tensors():
    x, out = tensor([[1, 2], [3, 4]]), zeros((2, 2))
    map_into(lambda v: -v, x, out)
    assert out.tolist() == [[-1, -2], [-3, -4]]
    zip_into(lambda a, b: a - b, x, tensor([1, 1]), out)
    assert out.tolist() == [[0, 1], [2, 3]]
    column = zeros((2, 1))
    reduce_into(lambda a, b: a * b, x, column, 1, 1.0)
    assert column.tolist() == [[2], [12]]


@pytest.mark.parametrize(
    "call",
    [
        lambda: map_into(abs, ones(2), ones(3)),
        lambda: zip_into(max, ones(2), ones((2, 1)), ones(2)),
        lambda: reduce_into(max, ones((2, 2)), ones(2), 1, 0.0),
    ],
)
def test_loops_check_the_shape_of_out(call):
    with pytest.raises(ValueError, match="out has"):
        call()


def test_everything_runs_on_a_plugged_map_and_reduce():
    def my_map(fn, x, out):
        for index in indices(out.shape):
            out.set(index, fn(x.get(index)))

    def my_reduce(fn, x, out, dim, start):
        for index in indices(out.shape):
            total = start
            for i in range(x.shape[dim]):
                total = fn(total, x.get((*index[:dim], i, *index[dim + 1 :])))
            out.set(index, total)

    x = tensor([[0.5, 2.0], [1.0, 3.0]], requires_grad=True)
    with plug(map=my_map, zip=learners_zip, reduce=my_reduce):
        assert gradcheck(lambda t: (t.log() * t).sum(1), x)
    with plug(map=lambda fn, x, out: None, reduce=lambda *a: None):
        assert (x.log().tolist(), x.sum().item()) == ([[0, 0], [0, 0]], 0)


def test_a_later_plug_adds_to_an_earlier_one():
    with plug(zip=learners_zip), plug(map=lambda fn, x, out: out.zero_()):
        assert (ones(2) + 1).tolist() == [2, 2]
        assert (-ones(2)).tolist() == [0, 0]
    assert (-ones(2)).tolist() == [-1, -1]


class MyMul(Function):
    """A learner's product, made with the product that it replaces."""

    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        x, y = ctx.saved_values
        return d_out * y * 10, d_out * x


def test_a_plugged_function_replaces_gradlabs():
    x, y = (ones(2, requires_grad=True) for _ in range(2))
    with plug(functions={"Mul": MyMul}):
        (x * y).sum().backward()
    assert (x.grad.tolist(), y.grad.tolist()) == ([10, 10], [1, 1])
    assert (x * y).history.fn is not MyMul


def test_a_plugged_backpropagate_runs():
    seen = []

    def mine(result, d_out):
        seen.append(d_out.tolist())
        for _, source, d in result.chain_rule(d_out):
            source.accumulate(d)

    x = ones(2, requires_grad=True)
    with plug(backpropagate=mine):
        (x * 3).backward(tensor([1.0, 2.0]))
    assert (seen, x.grad.tolist()) == ([[1, 2]], [3, 6])


def test_plug_names_unknown_functions():
    with pytest.raises(ValueError, match="no Function 'Mull'"):
        plug(functions={"Mull": MyMul})
    with pytest.raises(TypeError, match="a subclass of Function"):
        plug(functions={"Mul": 3})
