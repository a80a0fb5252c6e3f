"""stride_explorer: shape, permute, view and index, typed over one storage."""

from __future__ import annotations

from typing import Any

import pytest

from gradlab.tensors.creation import tensor
from gradlab.visualization import stride_explorer
from gradlab.visualization.explorers.stride import StrideExplorer
from gradlab.visualization.pictures.shapes.stride_board import stride_board


def explorer(*args: Any) -> StrideExplorer:
    made = stride_explorer(*args)
    assert isinstance(made, StrideExplorer)
    return made


@pytest.mark.parametrize("shape", [(2, 3), [2, 3], "2 3"])
def test_it_starts_with_any_shape(shape: Any) -> None:
    assert explorer(shape).picture.alt() == stride_board((2, 3)).alt()


def test_the_boxes_reach_the_board() -> None:
    made = explorer((2, 3))
    made.permute.value = "1, 0"
    assert made.picture.alt() == stride_board((2, 3), permute=(1, 0)).alt()
    made.permute.value, made.view.value = "", "(3, 2)"
    assert made.picture.alt() == stride_board((2, 3), view=(3, 2)).alt()
    made.view.value, made.index.value = "", "1 2"
    assert made.picture.alt() == stride_board((2, 3), (1, 2)).alt()
    made.shape.value = "(4, 5)"
    assert made.picture.alt() == stride_board((4, 5), (1, 2)).alt()


def test_a_tensor_keeps_its_own_storage() -> None:
    t = tensor([[1.0, 2.0], [3.0, 4.0]]).permute(1, 0)
    made = explorer(t)
    assert made.shape is None
    assert made.picture.alt() == stride_board(t).alt()


def test_a_view_and_why_there_is_none_are_said() -> None:
    made = explorer((2, 3))
    made.permute.value = "1, 0"
    permuted = "p = t.permute(1, 0): shape (3, 2), strides (1, 3), offset 0."
    assert made.said().endswith(permuted)
    made.view.value = "6"
    assert made.said().endswith(f"{permuted} p.view(6) is impossible without a copy.")


@pytest.mark.parametrize(
    ("box", "text", "words"),
    [
        ("shape", "3.5", "whole numbers"),
        ("permute", "0, 0", "permute|twice|once"),
        ("permute", "x", "“x” is not read here: type the dims in order"),
        ("view", "4", "view|cells"),
        ("index", "9 9", "index|cell"),
        ("index", "<b>", "is not read here"),
    ],
)
def test_what_cannot_be_drawn_is_said_and_the_picture_stays(
    box: str, text: str, words: str
) -> None:
    made = explorer((2, 3))
    before = made._view.value
    getattr(made, box).value = text
    assert made._view.value == before
    assert any(word in made.status.value for word in words.split("|"))
    assert "<" not in made.status.value
    getattr(made, box).value = "2 3" if box == "shape" else ""
    assert made.status.value == "t: shape (2, 3), strides (3, 1), offset 0."


def test_what_is_neither_tensor_nor_shape_is_named() -> None:
    with pytest.raises(TypeError, match="a tuple of whole numbers"):
        stride_explorer(3)
    with pytest.raises(ValueError, match="not part of a shape"):
        stride_explorer("abc")
