"""Losses: known values, what makes them stable, and what they refuse."""

import numpy as np
import pytest

from gradlab import gradcheck, plug, tensor
from gradlab.backends import NAMES
from gradlab.tensors.losses import bce, bce_with_logits, cross_entropy, mse, nll

INF = float("inf")
CATS_AND_DOGS = [[2.0, 1.0], [0.5, 1.5], [1.0, 1.25]]


def gradient(loss, x, target, **options):
    x = tensor(x, requires_grad=True)
    loss(x, target, **options).backward()
    return x.grad.tolist()


def by_hand(x, labels):
    p = np.exp(x) / np.exp(x).sum(1, keepdims=True)
    return -np.log(p[np.arange(len(p)), labels])


# ---------------------------------- cross entropy -----------------------------------


def test_cross_entropy_is_the_mean_of_minus_log_softmax():
    losses = by_hand(CATS_AND_DOGS, [0, 1, 0])
    x = tensor(CATS_AND_DOGS)
    assert cross_entropy(x, [0, 1, 0]).item() == pytest.approx(losses.mean())
    assert cross_entropy(x, [0, 1, 0], "sum").item() == pytest.approx(losses.sum())
    assert cross_entropy(x, [0, 1, 0], "none").tolist() == pytest.approx(list(losses))
    assert nll(x.log_softmax(1), [0, 1, 0]).item() == pytest.approx(losses.mean())


def test_gradient_of_cross_entropy_is_softmax_less_one_at_the_label_over_n():
    got = gradient(cross_entropy, CATS_AND_DOGS, [0, 1, 0])
    p = tensor(CATS_AND_DOGS).softmax(1).to_numpy()
    np.testing.assert_allclose(got, (p - [[1, 0], [0, 1], [1, 0]]) / 3, rtol=1e-12)


def test_uniform_logits_cost_log_of_the_classes_and_there_is_no_upper_bound():
    assert cross_entropy(tensor([[3.0, 3.0]]), [1]).item() == pytest.approx(np.log(2))
    assert cross_entropy(tensor([[12.5, 0.02]]), [1]).item() == pytest.approx(12.480004)


@pytest.mark.parametrize("backend", NAMES)
def test_cross_entropy_does_not_overflow(backend):
    x = tensor([[1000.0, 0.0, -1000.0]], backend=backend, requires_grad=True)
    loss = cross_entropy(x, [1])
    loss.backward()
    assert loss.item() == 1000
    assert x.grad.tolist() == [[1, -1, 0]]


@pytest.mark.parametrize("kind", [list, tuple, np.array, tensor])
def test_labels_come_as_lists_arrays_and_tensors(kind):
    x = tensor(CATS_AND_DOGS, dtype="float32")
    assert cross_entropy(x, kind([0, 1, 0])).dtype == np.float32


def test_labels_of_pixels_and_of_a_single_sample():
    rng = np.random.default_rng(0)
    x, labels = rng.normal(size=(2, 3, 4)), rng.integers(0, 3, (2, 4))
    rows = cross_entropy(tensor(x.transpose(0, 2, 1).reshape(8, 3)), labels.reshape(8))
    whole = cross_entropy(tensor(x), labels)
    assert whole.item() == pytest.approx(rows.item())
    single = cross_entropy(tensor(CATS_AND_DOGS[0]), 1, "none")
    assert single.shape == ()
    assert single.item() == pytest.approx(by_hand(CATS_AND_DOGS[:1], [1])[0])
    leaf = tensor(x, requires_grad=True)
    assert gradcheck(lambda x: cross_entropy(x, labels, "none"), leaf)
    assert gradcheck(lambda x: nll(x, labels, "sum"), leaf)


def test_probabilities_of_one_class_cost_what_its_label_costs():
    x = tensor(CATS_AND_DOGS)
    for reduction in ("mean", "sum", "none"):
        soft = cross_entropy(x, [[1, 0], [0, 1], [1, 0]], reduction)
        hard = cross_entropy(x, [0, 1, 0], reduction)
        np.testing.assert_allclose(soft.to_numpy(), hard.to_numpy(), rtol=1e-12)


def test_overwriting_labels_after_forward_changes_no_gradient():
    x, labels = tensor(CATS_AND_DOGS, requires_grad=True), np.array([0, 1, 0])
    loss = cross_entropy(x, labels)
    labels[:] = 1
    loss.backward()
    assert x.grad.tolist() == gradient(cross_entropy, CATS_AND_DOGS, [0, 1, 0])


def test_backward_twice_gives_the_same_gradient_twice():
    x = tensor(CATS_AND_DOGS, requires_grad=True)
    loss = cross_entropy(x, [0, 1, 0])
    loss.backward()
    once = x.grad.to_numpy().copy()
    loss.backward()
    np.testing.assert_array_equal(x.grad.to_numpy(), 2 * once)


def test_no_samples_have_no_mean_loss():
    empty = tensor(np.zeros((0, 3)), requires_grad=True)
    loss = cross_entropy(empty, [])
    loss.backward()
    assert np.isnan(loss.item())
    assert empty.grad.shape == (0, 3)


@pytest.mark.parametrize("loss", [cross_entropy, nll])
@pytest.mark.parametrize(
    ("labels", "message"),
    [
        ([0, 2, 0], r"label 2 at \(1,\), which is no class.* 2 classes, 0 to 1"),
        ([0, -1, 0], r"label -1 at \(1,\)"),
        (tensor([0, 0.5, 0]), r"label 0.5 at \(1,\)"),
        (tensor([0, 0, float("nan")]), r"label nan at \(2,\)"),
        ([0, 1], r"shape \(3, 2\) and labels of shape \(2,\).*need shape \(3,\)"),
        ([[0], [1], [0]], r"labels of shape \(3, 1\)"),
    ],
)
def test_labels_that_do_not_fit_are_named(loss, labels, message):
    with pytest.raises(ValueError, match=message):
        loss(tensor(CATS_AND_DOGS), labels)


# ----------------------------- mse and the binary ones ------------------------------


def test_mse_by_hand():
    assert mse(tensor([1.0, 2.0]), [3.0, 3.0]).item() == 2.5
    assert gradient(mse, [1.0, 2.0], [3.0, 3.0]) == [-2, -1]
    assert gradient(mse, [1.0, 2.0], [3.0, 3.0], reduction="sum") == [-4, -2]


@pytest.mark.parametrize("loss", [mse, bce, bce_with_logits])
def test_a_target_is_never_broadcast(loss):
    with pytest.raises(ValueError, match=r"\(3, 1\), but the target has shape \(3,\)"):
        loss(tensor([[0.1], [0.2], [0.3]]), [1, 0, 1])


def test_binary_cross_entropy_of_probabilities_and_of_logits_agree():
    x, target = tensor([-2.0, 0.0, 3.0]), [0, 1, 0.25]
    assert bce(x.sigmoid(), target).item() == pytest.approx(
        bce_with_logits(x, target).item()
    )


def test_bce_of_a_sure_and_wrong_probability_is_finite():
    assert bce(tensor([0.0, 1.0]), [1, 0], "none").tolist() == [100, 100]
    assert bce(tensor([0.0, 1.0]), [0, 1], "none").tolist() == [0, 0]
    assert gradient(bce, [0.0, 1.0], [0, 1]) == [0, 0]


def test_bce_with_logits_neither_overflows_nor_cancels():
    x = tensor([1000.0, -1000.0, 40.0], requires_grad=True)
    losses = bce_with_logits(x, [0, 1, 1], "none")
    assert losses.tolist() == pytest.approx([1000, 1000, np.exp(-40)])
    losses.sum().backward()
    assert x.grad.tolist() == pytest.approx([1, -1, -np.exp(-40)], abs=1e-17)


def test_bce_names_what_is_no_probability():
    with pytest.raises(ValueError, match=r"0 to 1; got 1.5.*bce_with_logits"):
        bce(tensor([0.5, 1.5]), [1, 1])
    with pytest.raises(ValueError, match=r"got -0.25"):
        bce(tensor([0.5, -0.25]), [1, 1])


def test_targets_get_gradients_too():
    p, target = tensor([0.2, 0.7]), tensor([0.4, 0.9], requires_grad=True)
    for loss in (mse, bce, bce_with_logits):
        assert gradcheck(lambda t, loss=loss: loss(p, t), target)


# -------------------------------------- calls ---------------------------------------


@pytest.mark.parametrize("loss", [mse, bce, bce_with_logits, nll, cross_entropy])
def test_misuse_is_explained(loss):
    with pytest.raises(ValueError, match="reduction='average' is not known"):
        loss(tensor([0.5]), [0.5], reduction="average")
    with pytest.raises(TypeError, match=f"{loss.__name__} takes a tensor"):
        loss([0.5], [0.5])


def test_cross_entropy_runs_on_a_learners_own_zip():
    calls = []

    def my_zip(fn, x, y, out):
        calls.append(out.shape)
        from gradlab import zip_into

        zip_into(fn, x, y, out)

    with plug(zip=my_zip):
        loss = cross_entropy(tensor(CATS_AND_DOGS), [0, 1, 0])
    assert loss.item() == pytest.approx(by_hand(CATS_AND_DOGS, [0, 1, 0]).mean())
    assert (3, 2) in calls
