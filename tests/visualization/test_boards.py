"""The learner's own code drawn: any code, any answer, and nothing given away."""

from __future__ import annotations

from typing import Any

import pytest

from gradlab.indexing import broadcast_index
from gradlab.visualization import alignment_board, index_board

from .catalogue import HOSTILE, Unprintable, left, rubbish


def keeps(out_index: Any, shape: Any) -> Any:
    return out_index[len(out_index) - len(shape) :]


def test_right_ways_are_all_right() -> None:
    ways = [
        broadcast_index,
        lambda o, s: tuple(i % n for i, n in zip(keeps(o, s), s)),
        lambda o, s: tuple(min(i, n - 1) for i, n in zip(keeps(o, s), s)),
    ]
    for way in ways:
        assert index_board((2, 3, 2), (3, 1), way).passed
        assert index_board((2, 2), (), way).passed


def test_wrong_cells_are_hatched_and_counted() -> None:
    board = index_board((3, 2), (3, 1), keeps)
    hatched = [b for b in board.scene(0).items if "wrong" in getattr(b, "marks", ())]
    assert len(hatched) == len(board.wrong) == 3
    assert "3 of 6 cells are wrong (hatched)" in board.alt()
    assert "has no such cell" in board.alt()


def test_the_right_answer_appears_only_when_compared() -> None:
    board = index_board((1, 2, 3), (2, 1), left)
    assert "(1, 0)" not in board.alt()
    both = board.compare(board.truth())
    assert "(1, 0) for 3 cells" in both.alt()


def test_an_arrow_leads_to_the_cell_that_the_code_named() -> None:
    board = index_board((2, 2), (2, 1), lambda o, s: (0, 0))
    assert board.traced() == ((1, 0), (0, 0))


@pytest.mark.parametrize(
    "code",
    [
        rubbish,
        lambda o, s: Unprintable(),
        lambda o, s: (_ for _ in ()).throw(SystemExit(1)),
        lambda o, s: [10**5000] * 2,
        lambda o, s: (True,) * 2000,
        lambda o: o,
        print,
        None,
    ],
)
def test_no_code_breaks_the_picture(
    code: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    board = index_board((3, 3), (2,), code)
    assert not board.passed
    assert "<script" not in board.svg()
    assert len(board.alt()) < 1000
    assert capsys.readouterr().out == ""


def test_a_list_is_not_a_tuple() -> None:
    assert not index_board((2,), (2,), lambda o, s: list(o)).passed
    board = alignment_board((3, 1), (1, 2), [3, 2])
    assert not board.passed
    assert "a tuple, not a list" in board.alt()


def test_left_alignment_is_drawn_as_it_was_done() -> None:
    board = alignment_board((4, 3), (4,), (4, 3), align="left")
    assert [d.b for d in board.dims] == [4, None]
    assert "Lined up on the right, dim -1: 3 meets 4 and neither is 1." in board.alt()


@pytest.mark.parametrize(
    ("a", "b", "result", "passed"),
    [
        ((3, 1), (1, 2), (3, 2), True),
        ((3, 1), (1, 0), (3, 1), False),
        ((2,), (4,), ValueError("no"), True),
        ((2,), (4,), AssertionError(), False),
        ((2,), (4,), None, False),
        ((3, 4, 5), (3, 1, 5), ValueError("refused"), False),
        ((2, 3), (), (2, 3), True),
        ((), (), (), True),
        ((2, 3), (3,), (3,), False),
        ((2,), (2,), (2.0,), False),
        ((2,), (2,), "(2,)", False),
    ],
)
def test_results_are_judged_by_the_rules(
    a: Any, b: Any, result: object, passed: bool
) -> None:
    board = alignment_board(a, b, result)
    assert board.passed is passed
    assert board.truth().passed
    assert ("wrong" in board.svg(theme="light")) == any(d.wrong for d in board.dims)


def test_an_unknown_side_is_refused() -> None:
    with pytest.raises(ValueError, match="left"):
        alignment_board((2,), (2,), (2,), align="top")


def test_hostile_answers_are_text() -> None:
    svg = alignment_board((2,), (2,), HOSTILE).svg()
    assert "<script" not in svg
    assert "&lt;script" in svg
