"""What a tensor shows, and copies of it."""

import copy

import numpy as np
import pytest

from gradlab import from_numpy, nn, tensor, zeros


def test_text_says_what_differs_from_a_plain_constant():
    assert repr(tensor([1.0, 2.0])) == "tensor([1., 2.])"
    t = tensor([1], dtype="float32", requires_grad=True, name="w")
    assert repr(t) == "tensor([1.], dtype='float32', name='w', requires_grad=True)"
    assert repr(zeros((0, 2))) == "tensor([], shape=(0, 2))"


def test_big_tensors_are_folded():
    t = tensor(np.arange(10_000.0).reshape(100, 100))
    assert len(repr(t)) < 600
    assert "shape=(100, 100)" in repr(t)
    assert t._repr_html_().count("<td") == 11 * 9
    assert "and 5 more" in zeros((3, 3, 2, 2))._repr_html_()


def test_html_holds_values_shape_strides_and_gradient():
    x = tensor([[1.5, 2.0]], requires_grad=True)
    (x * 3).sum().backward()
    html = x._repr_html_()
    for words in ("shape (1, 2)", "strides (2, 1)", ">1.5<", ".grad", ">3<"):
        assert words in html
    assert "made by Mul" in (x * 3)._repr_html_()
    assert "nan" in tensor([float("nan")])._repr_html_()
    assert "no cells" in zeros((0, 2))._repr_html_()


def test_names_are_escaped():
    assert "<b>x" not in tensor([1], name="<b>x</b>")._repr_html_()


def test_copies_share_nothing():
    x = tensor([1.0, 2.0], requires_grad=True, name="x")
    (x * x).sum().backward()
    for made in (copy.copy(x), copy.deepcopy(x)):
        made.set((0,), 9)
        made.grad.set((0,), 9)
        assert (x.tolist(), x.grad.tolist()) == ([1, 2], [2, 4])
        assert (made.name, made.requires_grad, made.is_leaf) == ("x", True, True)


def test_a_copied_layer_still_learns():
    layer = copy.deepcopy(nn.Linear(2, 1))
    assert [type(p).__name__ for p in layer.parameters()] == ["Parameter"] * 2
    layer(tensor([[1.0, 2.0]])).sum().backward()
    assert layer.weight.grad is not None


def test_a_result_is_not_copied_with_its_history():
    y = tensor([1.0], requires_grad=True) * 2
    with pytest.raises(ValueError, match=r"tensor\(t.tolist\(\)\)"):
        copy.deepcopy(y)


def test_numpy_and_back():
    array = np.ones(2, np.float32)
    t = from_numpy(array)
    array[0] = 5
    assert (t.tolist(), t.dtype) == ([1, 1], np.float32)
    assert np.asarray(t).dtype == np.float32
    assert np.array(t, dtype=float).tolist() == [1, 1]
    assert not np.asarray(t, copy=False).flags.writeable
    with pytest.raises(TypeError, match="takes a NumPy array; got list"):
        from_numpy([1])
