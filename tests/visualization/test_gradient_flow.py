"""Flow films and gradient flows: one cursor, one chosen cell, and its ledger."""

from __future__ import annotations

import json
import re
from typing import Any

import numpy as np
import pytest

from gradlab import Function, Scalar, Tensor, tensor
from gradlab.visualization import flow_film, gradient_flow, path_ledger
from gradlab.visualization.flow_nodes import cell
from gradlab.visualization.gallery.families.ways import column_and_row, doubled
from gradlab.visualization.gallery.samples import network
from gradlab.visualization.pictures.ways.code_panel import code_of, lines_run
from gradlab.visualization.pictures.ways.flow_film import FlowFilm
from gradlab.visualization.scene import Group, Text
from gradlab.visualization.text import number

from .flow_examples import HOSTILE, TooLarge
from .reading import drawn_words


class Double(Function):
    """Three lines of backward, one of them not run."""

    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        return x + x

    @staticmethod
    def backward(ctx: Any, d_out: Tensor) -> Tensor:
        """Not shown."""
        twice = d_out * 2
        if twice.ndim > 5:
            return d_out
        return twice


def squares() -> tuple[Tensor, Tensor]:
    w = tensor([2.0, 3.0], requires_grad=True, name="w")
    return (w * w).sum(), w


def moments(film: FlowFilm, name: str) -> list[Any]:
    return [moment for moment in film.course.moments if moment.name == name]


# ---------------------------------- the cursor ----------------------------------


def test_forward_runs_op_by_op_and_backward_line_by_line() -> None:
    result, _ = squares()
    film = flow_film(result)
    assert [film.course.names[m.key] for m in moments(film, "forward")] == [
        "Mul",
        "Sum",
    ]
    back = moments(film, "backward")
    assert [film.course.names[m.key] for m in back] == ["Sum"] * 2 + ["Mul"] * 4
    assert len({m.line for m in back}) == len(back)


def test_the_line_of_backward_that_runs_is_marked() -> None:
    film = flow_film(Double.apply(tensor([1.0], requires_grad=True)).sum())
    own = [m for m in moments(film, "backward") if film.course.names[m.key] == "Double"]
    code = film.course.code(film.course.graph.nodes[own[0].key], "backward")
    ran = [code.line(moment.line) for moment in own]
    assert ran == ["twice = d_out * 2", "if twice.ndim > 5:", "return twice"]
    step = film.course.moments.index(own[-1])
    assert "Double.backward: return twice" in film.alt(step)
    assert "Not shown." not in film.table()


def test_lines_that_ran_are_noted_and_the_tracer_is_put_back() -> None:
    def double(x: int) -> int:
        y = x + x
        return y * 1

    result, lines = lines_run(double.__code__, lambda: double(3))
    assert result == 6
    assert lines == [double.__code__.co_firstlineno + k for k in (1, 2)]


def test_code_without_a_source_is_left_out() -> None:
    space: dict[str, Any] = {"Function": Function}
    exec(  # noqa: S102
        "class Made(Function):\n"
        "    def forward(ctx, x):\n        return x\n"
        "    def backward(ctx, d_out):\n        return d_out\n",
        space,
    )
    assert code_of(space["Made"], "backward").lines == ()
    film = flow_film(space["Made"].apply(tensor([1.0], requires_grad=True)).sum())
    assert "Made.backward:" not in film.alt()


def test_every_cell_of_the_op_is_drawn_with_its_number() -> None:
    result, row = column_and_row()
    film = flow_film(result)
    step = film.course.moments.index(moments(film, "backward")[-1])
    drawn = drawn_words(film.svg(step))
    assert {"10", "20", "d_out (3, 2)", "sent back"} <= set(drawn)
    assert row.grad is None


def test_a_backward_that_fails_is_told() -> None:
    broken = TooLarge.apply(
        tensor([[1.0], [2.0]], requires_grad=True), tensor([3.0], requires_grad=True)
    )
    for picture in (flow_film(broken.sum()), gradient_flow(broken.sum())):
        assert "Backward stopped" in picture.alt()
        assert "TooLarge.backward" in picture.alt()


def test_without_d_out_several_numbers_are_drawn_forward_only() -> None:
    w = tensor([1.0, 2.0], requires_grad=True)
    film = flow_film(w * w)
    assert not moments(film, "backward")
    assert "Give d_out, of shape (2,), to see backward." in film.alt()
    assert moments(flow_film(w * w, tensor([1.0, 5.0])), "backward")


def test_nothing_is_sent_before_backward_returns() -> None:
    result, _ = squares()
    film = flow_film(result)
    first, *_, last = (
        film.course.moments.index(m)
        for m in moments(film, "backward")
        if film.course.names[m.key] == "Mul"
    )
    assert "Nothing has been sent yet." in film.alt(first)
    assert {"4", "6"} & set(drawn_words(film.svg(first))) == set()
    assert "w[0] is sent 1·2 = 2." in film.alt(last)


@pytest.mark.parametrize("demo", [False, True])
def test_what_a_cell_is_told_to_be_sent_is_all_of_it(demo: bool) -> None:
    film = FlowFilm(network().loss, demo=demo)
    told = 0
    for moment in moments(film, "backward"):
        node = film.course.graph.nodes[moment.key]
        sent = film.course.sent(node)
        board = film.board(node, back=True)
        for (k, index), text in film.telling.cells(node, board).items():
            assert k is not None
            assert text.endswith(f" = {number(cell(sent[k], index))}.")
            told += 1
    assert told > 9


def test_code_and_words_stand_clear_of_the_tensors() -> None:
    for film in (gradient_flow(network().loss), flow_film(column_and_row()[0])):
        for step in range(film.steps):
            items = film.scene(step).items
            for group in (one for one in items if isinstance(one, Group)):
                room = group.bounds()
                for text in (one for one in items if isinstance(one, Text)):
                    box = text.bounds()
                    across = min(box.right, room.right) - max(box.left, room.left)
                    down = min(box.bottom, room.bottom) - max(box.top, room.top)
                    assert across <= 0 or down <= 0, (step, text.text)


def test_a_long_backward_is_shown_without_what_does_not_run() -> None:
    course = flow_film(network().loss).course
    matmul = next(node for node in course.back if node.op == "MatMul")
    code = course.code(matmul, "backward")
    texts = [text.strip() for _, text in code.lines]
    assert texts[0] == "def backward(ctx, d_out):"
    assert texts[-1] == "…"
    assert len(texts) < 8


def test_a_demo_has_one_frame_an_op_and_no_code() -> None:
    loss, _ = network()
    demo = flow_film(loss).demo().picture
    assert demo.steps == 1 + 9 + 1 + 9 + 1
    assert "monospace" not in demo.svg(15)
    assert "sent" in demo.alt(15)


# ----------------------------------- one cell -----------------------------------


def test_the_sum_of_the_paths_is_grad() -> None:
    loss, weight = network()
    picture = gradient_flow(loss, to=weight, index=(1, 2))
    loss.backward()
    assert picture.ledger is not None
    assert picture.ledger.total == pytest.approx(weight.grad.get((1, 2)), abs=1e-15)
    assert picture.ledger.count == len(picture.ledger.rows) == 8


def test_lit_cells_are_those_that_move() -> None:
    loss, weight = network()
    picture = gradient_flow(loss, to=weight, index=(0, 2))
    lit = {
        picture.course.names[key]: sorted(cells) for key, cells in picture.lit().items()
    }
    assert lit["W1"] == [(0, 2)]
    assert lit["MatMul"] == [(k, 2) for k in range(4)]
    assert lit["loss"] == [()]
    assert "b1" not in lit


def test_another_cell_can_be_chosen() -> None:
    result, w = squares()
    picture = gradient_flow(result, to=w)
    other = picture.choose(w, 1)
    assert picture.ledger is not None
    assert other.ledger is not None
    assert (picture.ledger.total, other.ledger.total) == (4.0, 6.0)
    assert other.title == "Gradient flow, to w[1]"


def test_in_the_film_every_cell_has_its_ledger() -> None:
    loss, weight = network()
    picture = gradient_flow(loss, to=weight)
    loss.backward()
    told = picture.choices()
    assert told is not None
    cells = dict(told["groups"])["W1"]
    for index, key in cells:
        place = tuple(json.loads(index.replace("(", "[").replace(")", "]")))
        total = float(told["cells"][key]["foot"].rpartition("= ")[2])
        assert total == pytest.approx(weight.grad.get(place), rel=1e-2)
    drawn = set(re.findall(r'data-cell="([^"]+)"', picture.play().picture.svg(5)))
    assert {key for _, key in cells} <= drawn


def test_the_film_leaves_the_choice_to_its_reader() -> None:
    result, w = squares()
    picture = gradient_flow(result, to=w, index=1)
    film = picture.play().picture
    assert "lit:" not in film.svg()
    assert "lit:" in picture.svg()
    assert "gradient of w[1] = 3 + 3 = 6" not in film.alt()
    assert "gradient of w[1] = 3 + 3 = 6" in picture.alt()
    assert picture.demo().picture.svg(1).count("monospace") == 0


def test_two_power_forty_paths_are_told_by_first_edges() -> None:
    result, x = doubled(40)
    told = gradient_flow(result, to=x).alt()
    assert "1,099,511,627,776 paths lead from x" in told
    assert "549,755,813,888 paths" in told


def test_too_many_cells_are_told() -> None:
    wide = tensor(np.ones((300, 300)), requires_grad=True)
    picture = gradient_flow((wide * wide).sum())
    assert picture.choices() is None
    assert "No cell is followed: there are more than 60,000 wires" in picture.alt()


@pytest.mark.parametrize("cells", [[], [[], []]])
def test_no_cells_at_all(cells: Any) -> None:
    picture = gradient_flow(tensor(cells, requires_grad=True).sum())
    assert picture.ledger is None
    assert picture.svg()


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e-300, 1e300, 0.0])
def test_awkward_numbers(value: float) -> None:
    w = tensor([value, 1.0], requires_grad=True, name="w")
    picture = gradient_flow((w * w).sum(), to=w)
    assert "NaN" in picture.table() if value != value else picture.svg()
    assert picture.play().page()


def test_hostile_names_stay_words() -> None:
    result = Scalar(1, HOSTILE) * Scalar(2, "w" * 300)
    page = gradient_flow(result).play().page()
    assert "<script>alert" not in page
    assert page.count("<script") == 4


@pytest.mark.parametrize("draw", [flow_film, gradient_flow])
def test_what_is_no_result_is_told(draw: Any) -> None:
    with pytest.raises(TypeError, match="follows a Scalar or a Tensor"):
        draw([1.0, 2.0])


def test_cells_that_are_not_there_are_told() -> None:
    result, w = squares()
    with pytest.raises(IndexError, match="no cell"):
        gradient_flow(result, to=w, index=5)
    with pytest.raises(ValueError, match="not one of the variables"):
        gradient_flow(result, to=tensor([1.0], requires_grad=True))


# ---------------------------------- path_ledger ----------------------------------


def test_a_ledger_grows_path_by_path_and_is_factored() -> None:
    x = Scalar(1.0, "x")
    y = x + x
    picture = path_ledger(y * y, x)
    assert picture.steps == 1 + 4 + 2
    assert "so far: 4" in picture.alt(2)
    assert "gradient of x = 2 + 2 + 2 + 2 = 8" in picture.alt(-2)
    assert "Multiplications: 4; path by path 8." in picture.alt(-1)


def test_the_seed_s_story_of_influences() -> None:
    x, w = Scalar(2.0, "x"), Scalar(3.0, "w")
    z = x * w
    assert "gradient of x = 6 + 6 = 12" in path_ledger(x * z, x).table()
    assert "gradient of w = 4" in path_ledger(x * z, w).table()


def test_more_wires_than_can_be_drawn() -> None:
    w = tensor([2.0], requires_grad=True, name="w")
    picture = path_ledger((w * tensor(np.ones(40))).sum(), w)
    assert "Only the first wires are drawn: 24 of 80." in picture.alt(0)
    assert picture.svg(0).count("×1") == 24


def test_a_cell_with_no_path_has_gradient_zero() -> None:
    w = tensor([1.0, 2.0], requires_grad=True, name="w")
    picture = path_ledger(w[0] * 3.0, w, 1)
    assert "No path leads from w[1] to the result: its gradient is 0." in picture.alt(0)


def test_the_result_itself_has_one_path() -> None:
    result, _ = squares()
    assert "1 path leads from Sum to the result" in path_ledger(result, result).alt(0)
