"""From logits to a loss: the numbers of the lesson, and awkward batches."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from gradlab.visualization import loss_ladder
from gradlab.visualization.text import clean

from .catalogue import HOSTILE

LOGITS, LABELS = [[1.01, 1.2], [12.5, 0.02], [0.23, 1.35]], [0, 0, 1]


def test_the_lesson_s_batch_has_the_lesson_s_numbers() -> None:
    ladder = loss_ladder(LOGITS, LABELS).ladder
    assert ladder.mean == pytest.approx(0.358345, abs=1e-6)
    assert ladder.losses == pytest.approx([0.792653, 3.80e-6, 0.282378], abs=1e-6)
    assert ladder.gradient[0] == pytest.approx([-0.182453, 0.182453], abs=1e-6)
    assert ladder.gradient[2] == pytest.approx([0.082004, -0.082004], abs=1e-6)


def test_the_gradient_is_p_minus_onehot_over_the_batch() -> None:
    rng = np.random.default_rng(1)
    for n, classes in ((1, 2), (5, 3), (40, 12)):
        labels = rng.integers(0, classes, n)
        ladder = loss_ladder(rng.normal(size=(n, classes)), labels).ladder
        assert np.allclose(ladder.gradient, (ladder.probs - ladder.onehot) / n)
        assert np.allclose(ladder.exp.sum(1) * ladder.probs.T, ladder.exp.T)


def test_ln_c_is_a_guess_and_no_bound() -> None:
    picture = loss_ladder([[12.5, 0.02]], [1])
    assert picture.ladder.mean == pytest.approx(12.48, abs=1e-3)
    said = picture.alt(4)
    assert "ln 2 = 0.693: what a uniform guess gets, NOT an upper bound" in said
    assert "worse than guessing: sample 0" in said


def test_a_logit_of_a_thousand_stays_finite() -> None:
    ladder = loss_ladder([1000, 0], 1).ladder
    assert ladder.mean == 1000
    assert np.isfinite(ladder.exp).all()


def test_nan_and_inf_are_drawn_as_such() -> None:
    picture = loss_ladder([[math.nan, 1], [-math.inf, 1]], [0, 0])
    assert "loss NaN" in picture.alt(3)
    assert "loss inf" in picture.alt(3)
    assert all(picture.svg(k) for k in range(picture.steps))


def test_a_batch_of_nothing_has_no_mean() -> None:
    assert "0 / 0 is NaN" in loss_ladder(np.zeros((0, 3)), []).alt(5)


def test_a_large_batch_is_folded_and_says_so() -> None:
    picture = loss_ladder(np.zeros((64, 10)), [0] * 64)
    assert "3 of 64 samples and 3 of 10 classes are drawn" in picture.alt(0)
    assert picture.ladder.mean == pytest.approx(math.log(10))


def test_names_are_cut_and_escaped() -> None:
    names = [HOSTILE * 5, "b", "c"]
    picture = loss_ladder(LOGITS, LABELS, names=names, classes=["<b>", "&"])
    assert "<script" not in picture.svg(0)
    assert clean(HOSTILE)[:8] in picture.alt(0)


@pytest.mark.parametrize(
    ("arguments", "options", "says"),
    [
        ((LOGITS, [0, 1]), {}, r"labels .* shape \(3,\) .* got shape \(2,\)"),
        (([[[1.0]]], [0]), {}, r"got shape \(1, 1, 1\)"),
        ((np.zeros((2, 0)), [0, 0]), {}, "at least one class"),
        ((LOGITS, [0, 1, 2]), {}, "label 2 at"),
        ((LOGITS, LABELS), {"classes": ["cat"]}, "2 classes, so give 2 names; got 1"),
        ((LOGITS, [[1, 0], [1, 0], [0, 1]]), {}, "In place of a one-hot row"),
    ],
)
def test_what_does_not_fit_is_said(arguments: Any, options: Any, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        loss_ladder(*arguments, **options)


@pytest.mark.parametrize(
    ("labels", "options", "says"),
    [
        (LABELS, {"names": "abc"}, "a list, with one for each sample; got 'abc'"),
        (LABELS, {"classes": 2}, "a list, with one for each class; got 2"),
        (["cat", "cat", "dog"], {}, "class numbers, counted from 0.*into classes="),
    ],
)
def test_words_in_the_wrong_place_are_said(
    labels: Any, options: Any, says: str
) -> None:
    with pytest.raises(TypeError, match=says):
        loss_ladder(LOGITS, labels, **options)


def test_a_lone_sample_may_come_with_its_label_in_a_list() -> None:
    assert loss_ladder([1, 2, 3], [1]).alt() == loss_ladder([1, 2, 3], 1).alt()


def test_all_that_are_worse_than_guessing_count_drawn_or_not() -> None:
    said = loss_ladder([[0.0, 1.0]] * 20, [0] * 20).alt(4)
    assert "guessing: sample 0, sample 1, sample 2 and 17 more" in said
    assert "guessing" not in loss_ladder(np.zeros((5, 3)), [0] * 5).alt(4)


def test_what_is_not_so_is_not_said() -> None:
    sure = loss_ladder([1000, 0], 0)
    assert "raises the label's logit" not in sure.alt()
    assert "n = 1 sample." in sure.alt()
    assert "is rounded" not in sure.alt(3)
    assert "is rounded" in loss_ladder([15, 0], 0).alt(3)
    assert "Each row" not in loss_ladder(np.zeros((0, 3)), []).alt()
