"""stride_board: index, strides, position, and storage that views share."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import gradlab.visualization as viz
from gradlab import tensor
from gradlab.indexing import indices
from gradlab.visualization.pictures.shapes.stride_board import StrideBoard
from gradlab.visualization.scene import Arrow, Box

from .flow_examples import HOSTILE, INF, NAN


def frames(board: StrideBoard, name: str) -> list[int]:
    return [k for k, moment in enumerate(board.moments) if moment.name == name]


def items(board: StrideBoard, step: int, kind: type[Any]) -> list[Any]:
    return [item for item in board.scene(step).items if isinstance(item, kind)]


def test_the_catalogue_case_works_out_its_position() -> None:
    t = tensor(np.arange(10.0)).view(2, 5).permute(1, 0)
    board = viz.stride_board(t, (3, 1))
    assert "t[3,1] lies at position 0 + 3·1 + 1·5 = 8" in board.alt()
    assert "Index (3, 1), strides (1, 5): position 8, which holds 8." in board.alt()


def test_a_permuted_tensor_lights_the_same_place() -> None:
    board = viz.stride_board((2, 3), (1, 2), permute=(1, 0))
    both = frames(board, "both")[0]
    assert "p[2,1] lies at position 0 + 2·1 + 1·3 = 5: the same place" in board.alt()
    lit = [box.text for box in items(board, both, Box) if "selected" in box.marks]
    assert lit == ["60", "60", "60"]
    ends = [wire.points[-1] for wire in items(board, both, Arrow)]
    assert abs(ends[0][0] - ends[1][0]) < 20
    second = frames(board, "second")[0]
    assert "t and p share every number" in board.alt(second)


@pytest.mark.parametrize(
    "make",
    [
        lambda t: t,
        lambda t: t.permute(2, 0, 1),
        lambda t: t[:, 1:, ::2],
        lambda t: t.flip(1),
        lambda t: t[0].view(3, 1, 4).expand(3, 2, 4),
    ],
)
def test_every_position_holds_the_number_of_its_cell(make: Any) -> None:
    t = make(tensor(np.random.default_rng(5).normal(size=(2, 3, 4))))
    for permute, view in (((1, 2, 0), None), (None, None)):
        board = viz.stride_board(t, permute=permute, view=view).board
        for index in indices(t.shape):
            assert t.storage[board.first.position(index)] == t.get(index)
            if board.second is not None:
                twin = board.twin(index)
                assert board.second.position(twin) == board.first.position(index)


def test_a_view_keeps_the_place_of_every_cell() -> None:
    board = viz.stride_board((4, 3), view=(2, 6)).board
    assert board.second is not None
    for index in indices((4, 3)):
        assert board.second.position(board.twin(index)) == board.first.position(index)


def test_a_view_that_needs_a_copy_is_refused_in_a_sentence() -> None:
    board = viz.stride_board((2, 3), permute=(1, 0), view=(6,))
    assert "p.view(6) is impossible without a copy." in board.alt()
    assert "lie at positions 0, 3, 1, 4, 2, 5" in board.alt()
    wrong = [box for box in items(board, board.steps - 1, Box) if box.look == "wrong"]
    assert [(box.text, box.marks) for box in wrong] == [("p.view(6)", ("wrong",))]


def test_an_expanded_tensor_shows_ghosts_on_one_place() -> None:
    board = viz.stride_board(tensor([[1.0], [2.0]]).expand(2, 3))
    boxes = items(board, 0, Box)
    assert sum(box.look == "ghost" for box in boxes) == 4
    assert "along dim 1 moves by 0: it stays" in board.alt(0)


def test_places_that_no_cell_uses_are_pale() -> None:
    board = viz.stride_board(tensor([1.0, 2.0, 3.0, 4.0])[1:3])
    assert "offset 1" in board.alt(0)
    assert "Pale places belong to no cell of t." in board.alt(0)
    pale = [box.text for box in items(board, 0, Box) if box.look == "muted"]
    assert pale == ["1", "4"]


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: viz.stride_board(5), "t lies at position 0"),
        (lambda: viz.stride_board((2, 0)), "t has no cells, so it uses no place"),
        (lambda: viz.stride_board([NAN, INF, 1e-300, -1e300], (0,)), "holds NaN"),
        (lambda: viz.stride_board((300, 300)), "299·300 + 299·1 = 89999"),
    ],
)
def test_awkward_inputs_are_drawn(call: Any, says: str) -> None:
    assert says in call().alt()


def test_a_hostile_name_is_cut_and_escaped() -> None:
    board = viz.stride_board(tensor([1.0], name=HOSTILE * 5))
    assert len(board.board.first.name) < 20
    assert "<script" not in board.svg()


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: viz.stride_board((2, 3), (2, 0)), IndexError, "no cell (2, 0)"),
        (lambda: viz.stride_board((2, 3), (1,)), IndexError, "one index per dim"),
        (lambda: viz.stride_board((2, 3), permute=(0, 0)), ValueError, "0"),
        (lambda: viz.stride_board((2, 3), view=(5,)), ValueError, "has 6 cells"),
        (lambda: viz.stride_board((2, 3), view="x"), TypeError, "view takes a shape"),
        (lambda: viz.stride_board("t"), TypeError, "draws numbers"),
    ],
)
def test_errors_say_what_came_and_what_to_do(
    call: Any, error: type[Exception], says: str
) -> None:
    with pytest.raises(error) as raised:
        call()
    assert says in str(raised.value)
