"""What a student gets for a call that cannot be meant: one row per call.

(how to call it, the error's type, words that it says). The words name what came, what
was expected, or what to write in its place.
"""

import re

import numpy as np
import pytest

import gradlab as g
from gradlab import datasets, nn, ones, optim, rand, tensor
from gradlab.backends import get_backend

x = rand((2, 3), seed=0)
leaf = tensor([[1.0, 2.0, 3.0]], requires_grad=True)
single = rand((2, 3), seed=0, dtype="float32")
plain = rand((2, 3), seed=0, backend="simple")


class Same(g.Function):
    """The identity, as a student's first Function."""

    @staticmethod
    def forward(ctx, x):
        return x

    @staticmethod
    def backward(ctx, d_out):
        return d_out


INDEXING = [
    (lambda: g.indices(4), TypeError, "4 is a number, not a shape"),
    (lambda: g.indices((2.0,)), TypeError, "tuple of whole numbers"),
    (lambda: g.indices((-1, 2)), ValueError, "from 0; got the shape (-1, 2)"),
    (lambda: g.indices(x), TypeError, "Take its .shape"),
    (lambda: g.strides_from_shape("23"), TypeError, "got '23', a str"),
    (lambda: g.strides_from_shape(None), TypeError, "got None"),
    (lambda: g.shape_broadcast((2.0,), (1,)), TypeError, "got (2.0,)"),
    (lambda: g.shape_broadcast((1), (2,)), TypeError, "with a comma"),
    (lambda: g.shape_broadcast(x, x), TypeError, "Take its .shape"),
    (lambda: g.shape_broadcast((2, 3), (2,)), ValueError, "do not broadcast"),
    (lambda: g.shape_broadcast((True,), (2,)), TypeError, "got (True,)"),
    (lambda: g.broadcast_index(1, (2,)), TypeError, "An index is a tuple"),
    (lambda: g.broadcast_index((0, 0.5), (2,)), TypeError, "got (0, 0.5)"),
    (lambda: g.broadcast_index((0,), (2, 3)), IndexError, "at least as many"),
    (lambda: g.broadcast_index((5,), (2,)), IndexError, "does not exist"),
    (lambda: g.index_to_position(1, (1,)), TypeError, "An index is a tuple"),
    (lambda: g.index_to_position((1,), 1), TypeError, "Strides are a tuple"),
    (lambda: g.index_to_position((1, 2), (1,)), IndexError, "one per dim"),
    (lambda: g.to_index(1.0, (2,)), TypeError, "whole number; got 1.0"),
    (lambda: g.to_index((0,), (2,)), TypeError, "whole number; got (0,)"),
    (lambda: g.to_index(0, 2), TypeError, "2 is a number, not a shape"),
    (lambda: g.to_index(6, (2, 3)), IndexError, "has 6 cells, numbered from 0"),
]

MAKING = [
    (lambda: tensor([[1, 2], [3]]), ValueError, "Ragged"),
    (lambda: tensor("x"), TypeError, "A tensor holds numbers; got 'x'"),
    (lambda: tensor([1, None]), TypeError, "got None"),
    (lambda: tensor(1j), TypeError, "a complex"),
    (lambda: tensor(1, dtype="int64"), ValueError, "use 'float64' or 'float32'"),
    (lambda: tensor(1, backend="cuda"), ValueError, "no backend 'cuda'"),
    (lambda: tensor(1, backend=3), ValueError, "no backend 3"),
    (lambda: tensor(1, requires_grad="yes"), TypeError, "True or False; got 'yes'"),
    (lambda: tensor(1, name=3), TypeError, "A name is text"),
    (lambda: g.Tensor([1, 2]), TypeError, "tensor(...) makes a tensor"),
    (lambda: g.Tensor(np.arange(3)), TypeError, "one of int64"),
    (lambda: g.from_numpy([1]), TypeError, "takes a NumPy array; got list"),
    (lambda: g.zeros(), TypeError, "needs a shape, such as zeros((2, 3))"),
    (lambda: g.zeros((2, -1)), ValueError, "got (2, -1)"),
    (lambda: ones(2.0), ValueError, "got 2.0"),
    (lambda: ones((2, 3), 4), ValueError, "got ((2, 3), 4)"),
    (lambda: ones(None), ValueError, "got None"),
    (lambda: rand("23"), ValueError, "got '23'"),
    (lambda: rand(np.ones(2)), ValueError, "whole numbers from 0"),
    (lambda: rand(2, seed="x"), TypeError, "A seed is a whole number"),
    (lambda: rand(2, seed=-1), ValueError, "from 0; got -1"),
    (lambda: g.manual_seed(1.5), TypeError, "got 1.5"),
    (lambda: g.cat(x), TypeError, "takes a list of tensors, such as cat([a, b])"),
    (lambda: g.cat([]), ValueError, "at least one tensor"),
    (lambda: g.cat([x, [1]]), TypeError, "item 1 is [1], a list"),
    (lambda: g.cat([x, x], dim=2), IndexError, "dims 0 to 1"),
    (lambda: g.cat([tensor(1.0)]), IndexError, "has none"),
    (lambda: g.stack([x, x], dim=1.0), TypeError, "got 1.0"),
    (lambda: get_backend("gpu"), ValueError, "simple, numpy, numba"),
    (lambda: get_backend(None), ValueError, "no backend None"),
]

CELLS = [
    (lambda: x.get(0, 1), TypeError, "as one tuple: t.get((0, 1))"),
    (lambda: x.get((0,)), IndexError, "names 1 dim, but shape (2, 3) has 2"),
    (lambda: x.get((0, 3)), IndexError, "that dim has cells 0 to 2"),
    (lambda: x.get((0, 1.0)), TypeError, "An index holds whole numbers"),
    (lambda: x.set(0, 1, 5.0), TypeError, "as one tuple: t.set((0, 1), 5.0)"),
    (lambda: x.set((0, 1), "a"), TypeError, "A cell holds a number; got 'a'"),
    (lambda: x[0.5], TypeError, "whole numbers, slices, None"),
    (lambda: x[[0, 1]], TypeError, "stack([t[i] for i in rows])"),
    (lambda: x[x > 0], TypeError, "where(condition, t, 0)"),
    (lambda: x[0, 0, 0], IndexError, "names 3 dims"),
    (lambda: x[2], IndexError, "that dim has cells 0 to 1"),
    (lambda: x.item(), ValueError, "Use get(index)"),
    (lambda: float(x), ValueError, "needs one element"),
    (lambda: bool(x > 0), ValueError, "(t > 0).all() or (t > 0).any()"),
    (lambda: 1 if ones(0) else 2, ValueError, "has 0 cells"),
    (lambda: len(tensor(1.0)), TypeError, "has no length"),
    (lambda: x.update_([1.0]), ValueError, "the shapes must be equal"),
]

ARITHMETIC = [
    (lambda: x - [1, 2, 3], TypeError, "Write t - tensor([1, 2, 3])"),
    (lambda: x * None, TypeError, "got None"),
    (lambda: "a" * x, TypeError, "got 'a'"),
    (lambda: x + g.Scalar(1.0), TypeError, "tensor(s.data)"),
    (lambda: x + single, TypeError, "dtype float64 and float32"),
    (lambda: x + plain, TypeError, "backend numba and simple"),
    (lambda: x + ones(2), ValueError, "do not broadcast"),
    (lambda: x * 10**400, ValueError, "up to 1.8e308"),
    (lambda: x @ x, ValueError, "(2, 3)"),
    (lambda: g.matmul([[1]], x), TypeError, "matmul works on tensors; got a list"),
    (lambda: x.maximum("a"), TypeError, "got 'a'"),
    (lambda: g.where(1, 2, 3), TypeError, "at least one tensor"),
    (lambda: g.where(x > 0, x, "a"), TypeError, "got 'a'"),
    (lambda: x.f.add_zip(x, "a"), TypeError, "t.f works on tensors; got 'a'"),
    (lambda: x.f.plus_zip(x, x), AttributeError, "add_zip"),
]

DIMS = [
    (lambda: x.sum(2), IndexError, "dim=2 does not exist: this tensor has dims 0 to 1"),
    (lambda: x.sum(0.0), TypeError, "counted from 0; got 0.0"),
    (lambda: x.sum("0"), TypeError, "got '0'"),
    (lambda: x.sum(True), TypeError, "got True"),
    (lambda: x.sum((0, -2)), ValueError, "names a dim twice"),
    (lambda: x.mean(np.ones(2)), TypeError, "A dim is a whole number"),
    (lambda: tensor(1.0).sum(1), IndexError, "dim=1 does not exist"),
    (lambda: x.softmax(5), IndexError, "dim=5 does not exist"),
    (lambda: ones((0, 3)).max(0), ValueError, "(0, 3)"),
    (lambda: x.view(4), ValueError, "has 6 cells"),
    (lambda: x.view(2.0, 3), TypeError, "got 2.0"),
    (lambda: x.view(-1, -1), ValueError, "At most one size may be -1"),
    (lambda: x.reshape("6"), TypeError, "got '6'"),
    (lambda: x.permute(0), ValueError, "name every dim once"),
    (lambda: x.permute(0, 0), ValueError, "twice"),
    (lambda: x.transpose(0, 2), IndexError, "dim=2"),
    (lambda: tensor(1.0).transpose(0, 0), IndexError, "has none"),
    (lambda: x.expand(4, 3), ValueError, "cannot read shape (2, 3) as (4, 3)"),
    (lambda: x.tile(-1), ValueError, "0 times or more"),
    (lambda: x.unsqueeze(4), IndexError, "dim=4"),
    (lambda: x.flatten(1, 0), ValueError, "comes after"),
    (lambda: g.flip([1, 2], 0), TypeError, "flip works on tensors; got a list"),
    (lambda: g.tile(None, 2), TypeError, "tile works on tensors; got None"),
]

LOOPS = [
    (lambda: g.map_into(abs, [1], x), TypeError, "map_into works on tensors"),
    (lambda: g.map_into(x, x, x), TypeError, "map_into takes a function first"),
    (lambda: g.map_into(abs, x, ones(2)), ValueError, "out has (2,)"),
    (lambda: g.map_into(abs, x, ones(1).expand(2, 3)), ValueError, "many places"),
    (lambda: g.zip_into(max, [1], [2], [0]), TypeError, "got a list"),
    (lambda: g.zip_into(max, x, x, ones(2)), ValueError, "broadcast to (2, 3)"),
    (lambda: g.reduce_into(max, x, ones(2), 0.5, 0.0), TypeError, "got 0.5"),
    (lambda: g.reduce_into(max, x, ones(2), 0, 0.0), ValueError, "folds to (1, 3)"),
    (lambda: g.tensor_map(3), TypeError, "tensor_map needs a function; got 3"),
    (lambda: g.tensor_map(abs)([1]), TypeError, "takes one tensor; got list"),
    (lambda: g.tensor_map(lambda v: "a")(x), TypeError, "number"),
    (lambda: g.tensor_zip(max)(x), TypeError, "takes two tensors"),
    (lambda: g.tensor_zip(max)(x, single), TypeError, "make them alike"),
    (lambda: g.tensor_reduce(max, "a"), TypeError, "starts from a number; got 'a'"),
    (lambda: g.tensor_reduce(max, 0.0)(x, 2), IndexError, "dim=2"),
    (lambda: g.kernel_source("plus_zip"), ValueError, "plus_zip"),
    (lambda: g.kernel_source(None), TypeError, "a name such as 'mul_zip'"),
    (lambda: g.plug(map=3), TypeError, "plug(map=...) needs a function; got 3"),
    (lambda: g.plug(functions=Same), TypeError, 'such as {"Mul": MyMul}'),
    (lambda: g.plug(functions={"Mull": Same}), ValueError, "no Function 'Mull'"),
    (lambda: g.plug(functions={"Mul": abs}), TypeError, "a subclass of Function"),
]

GRADIENTS = [
    (lambda: Same(x), TypeError, "Same.apply(x), not Same(x)"),
    (lambda: Same.apply(3.0), TypeError, "at least one tensor"),
    (lambda: leaf.backward(), ValueError, "Call .sum().backward()"),
    (lambda: x.sum().backward(), ValueError, "requires_grad=True"),
    (lambda: leaf.backward("a"), TypeError, "of shape (1, 3); got 'a'"),
    (lambda: leaf.backward(ones(2)), ValueError, "the shapes must be equal"),
    (lambda: leaf.accumulate(1.0), TypeError, "a tensor of its shape"),
    (lambda: leaf.accumulate(ones(3)), ValueError, "exactly its tensor's shape"),
    (lambda: g.backpropagate(leaf, ones(2)), ValueError, "got one of shape (2,)"),
    (lambda: g.gradcheck(3.0, leaf), TypeError, "takes a function first; got 3.0"),
    (lambda: g.gradcheck(abs, 3.0), TypeError, "gradcheck works on tensors"),
    (lambda: g.gradcheck(abs, x), ValueError, "no input has requires_grad"),
    (lambda: g.gradcheck(lambda t: 1.0, leaf), TypeError, "return a tensor"),
    (lambda: g.grad(1.0, leaf), TypeError, "grad works on tensors"),
    (lambda: g.grad(leaf * 2, leaf), ValueError, "without d_out"),
    (lambda: g.vjp(3, x, x), TypeError, "takes a function first; got 3"),
    (lambda: g.vjp(abs, [1.0], 1.0), TypeError, "vjp works on tensors"),
    (lambda: g.jacobian(lambda t: None, x), TypeError, "returned NoneType"),
    (lambda: g.unbroadcast([1], (1,)), TypeError, "sums a tensor; got list"),
    (lambda: g.unbroadcast(x, 3), TypeError, "3 is a number, not a shape"),
    (lambda: g.unbroadcast(x, (2,)), ValueError, "cannot be summed to (2,)"),
    (lambda: g.unbroadcast(x, (3,), 0.5), ValueError, "got 0.5"),
    (lambda: g.unbroadcast(x, (3,), 3), ValueError, "0 to 2 here; got 3"),
]

NETWORKS = [
    (lambda: nn.Linear(2.5, 1), ValueError, "inputs is a whole number from 1"),
    (lambda: nn.Linear(2, 0), ValueError, "outputs is a whole number from 1"),
    (lambda: nn.Linear(2, 1, bias="no"), TypeError, "bias is True or False"),
    (lambda: nn.Linear(2, 1)([[1, 2]]), TypeError, "linear works on tensors"),
    (lambda: nn.Linear(2, 1)(None), TypeError, "got None"),
    (lambda: nn.Linear(2, 1)(x), ValueError, "(2, 3)"),
    (lambda: nn.ReLU()([1]), TypeError, "ReLU works on tensors; got a list"),
    (lambda: nn.Flatten("a"), TypeError, "start is a dim"),
    (lambda: nn.Dropout(1.5), ValueError, "from 0 to 1; got 1.5"),
    (lambda: nn.Dropout(True), ValueError, "got True"),
    (lambda: g.dropout(x, float("nan")), ValueError, "got nan"),
    (lambda: nn.BatchNorm1d(3, eps="a"), ValueError, "eps is a number from 0"),
    (lambda: nn.BatchNorm1d(3, momentum=2), ValueError, "momentum is a probability"),
    (lambda: nn.BatchNorm1d(3)(None), TypeError, "got None"),
    (lambda: nn.Conv1d(1, 1, "a"), ValueError, "kernel is a whole number from 1"),
    (lambda: nn.Conv2d(1, 1, (1, 2, 3)), ValueError, "a tuple of 2"),
    (lambda: g.conv1d(x, x), ValueError, "(samples, channels, size)"),
    (lambda: g.conv2d(None, x), TypeError, "got None"),
    (lambda: g.max_pool2d(ones((1, 1, 2, 2)), 0), ValueError, "from 1"),
    (lambda: nn.Sequential([nn.ReLU()]), TypeError, "without a list"),
    (lambda: nn.Module()(x), NotImplementedError, "has no forward"),
    (lambda: nn.Linear(1, 1).train(None), TypeError, "True or False; got None"),
    (lambda: nn.Linear(1, 1).load_state_dict({}), ValueError, "'weight' is missing"),
    (lambda: nn.Linear(1, 1).load_state_dict(3), TypeError, "arrays by name"),
    (lambda: nn.CrossEntropyLoss("avg"), ValueError, "'mean', 'sum' or 'none'"),
    (lambda: nn.load(None), TypeError, "such as 'model.npz'; got None"),
    (lambda: nn.save({}, "model.pt"), ValueError, ".npz"),
    (lambda: g.mse([1], [1]), TypeError, "a tensor of predictions first"),
    (lambda: g.mse(x, ones(3)), ValueError, "have shape (2, 3)"),
    (lambda: g.mse(x, x, reduction=None), ValueError, "reduction=None"),
    (lambda: g.bce(ones(1) * 2, [1]), ValueError, "bce_with_logits"),
    (lambda: g.bce(ones(1), [7]), ValueError, "targets from 0 (no) to 1 (yes); got 7"),
    (lambda: g.bce_with_logits(ones(1), [-1]), ValueError, "got -1"),
    (lambda: g.cross_entropy(x, [0, 3]), ValueError, "label 3 at (1,)"),
    (lambda: g.cross_entropy(x, [0.5, 1]), ValueError, "label 0.5 at (0,)"),
    (lambda: g.cross_entropy(x, 1), ValueError, "labels need shape (2,)"),
    (lambda: g.cross_entropy(x, "ab"), TypeError, "got 'ab'"),
    (lambda: g.nll(x, [0, -1]), ValueError, "label -1 at (1,)"),
    (lambda: optim.SGD([], lr=0.1), ValueError, "got no parameters"),
    (lambda: optim.SGD([leaf], lr="x"), TypeError, "lr is a number; got 'x'"),
    (lambda: optim.SGD([leaf], lr=float("nan")), ValueError, "got nan"),
    (lambda: optim.SGD(leaf, lr=0.1), TypeError, "SGD(model.parameters(), lr=0.1)"),
    (lambda: optim.SGD(nn.Linear(1, 1), lr=1), TypeError, "got a Linear"),
    (lambda: optim.SGD([leaf * 2], lr=1), ValueError, "only leaves"),
    (lambda: optim.Adam(["w"]), TypeError, "parameter 0 is a str"),
    (lambda: optim.Adam([leaf], betas=0.9), TypeError, "betas are two numbers"),
    (lambda: datasets.xor(2.5), ValueError, "got 2.5"),
    (lambda: datasets.xor(5, seed="a"), TypeError, "A seed is a whole number"),
    (lambda: datasets.spiral(-2), ValueError, "got -2"),
    (lambda: next(datasets.xor(5).batches(None)), ValueError, "got None"),
]

ROWS = [
    *(INDEXING + MAKING + CELLS + ARITHMETIC + DIMS),
    *(LOOPS + GRADIENTS + NETWORKS),
]


@pytest.mark.parametrize(("call", "kind", "words"), ROWS, ids=[w for *_, w in ROWS])
def test_misuse_is_told_in_words(call, kind, words):
    with pytest.raises(kind, match=re.escape(words)) as told:
        call()
    assert type(told.value) is kind


def test_a_damaged_file_is_named(tmp_path):
    path = tmp_path / "model.npz"
    nn.save(nn.Linear(2, 1).state_dict(), path)
    whole = path.read_bytes()
    for damaged in (b"", b"no archive", whole[: len(whole) // 2], whole[60:]):
        path.write_bytes(damaged)
        with pytest.raises(ValueError, match=r"model\.npz is no \.npz file of numbers"):
            nn.load(path)


def test_a_failed_call_plugs_nothing_in():
    for wrong in ({"map": 3}, {"functions": 3}):
        with pytest.raises(TypeError):
            g.plug(map=wrong.get("map"), functions=wrong.get("functions"))
    assert (x + x).tolist() == (2 * x).tolist()


# ------------------------ what looks like misuse, and is none ------------------------


@pytest.mark.parametrize("dim", [0, -1, None, (0,), ()])
def test_rank_0_takes_dims_0_and_minus_1(dim):
    three = tensor(3.0, requires_grad=True)
    for method in ("sum", "mean", "max", "prod", "logsumexp"):
        assert getattr(three, method)(dim).tolist() == 3.0
    assert three.softmax(dim).item() == 1.0
    assert three.argmax(dim).item() == 0.0
    assert three.all(dim).shape == three.squeeze(dim).shape == ()
    three.sum(dim).backward()
    assert three.grad.tolist() == 1.0


@pytest.mark.parametrize("make", [g.zeros, g.ones, g.rand])
def test_a_shape_is_one_tuple_or_several_sizes(make):
    assert make(2, 3).shape == make((2, 3)).shape == make([2, 3]).shape == (2, 3)
    assert make(2).shape == make((2,)).shape == (2,)
    assert make(()).shape == ()
    assert make(np.int64(2), 0).shape == (2, 0)


def test_one_number_is_an_int_and_a_truth():
    assert (int(tensor([3.7])), bool(tensor(0.0)), bool(tensor([2.0]))) == (
        3,
        False,
        True,
    )


def test_a_module_that_holds_itself_can_be_read():
    parent, child = nn.Module(), nn.Module()
    parent.child, child.parent = child, parent
    assert "..." in repr(parent)
    assert list(parent.parameters()) == []
