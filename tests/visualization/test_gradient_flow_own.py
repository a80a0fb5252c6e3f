"""Films of a learner's own Function: what it prints, where it stops, what is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from gradlab import Function, Tensor, tensor
from gradlab.visualization import flow_film, gradient_flow, path_ledger
from gradlab.visualization.flow import flow_table
from gradlab.visualization.pictures.ways.flow_film import FlowFilm

from .reading import drawn_words


class Square(Function):
    """x * x; what its backward does is given by each test."""

    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        ctx.save_for_backward(x)
        return x * x


class Printing(Square):
    @staticmethod
    def backward(ctx: Any, d_out: Tensor) -> Tensor:
        (x,) = ctx.saved_values
        print("backward runs")
        return d_out * x * 2


class Unsaved(Square):
    @staticmethod
    def backward(ctx: Any, d_out: Tensor) -> Tensor:
        twice = d_out * 2
        (x, y) = ctx.saved_values
        return twice * x * y


class Unfinished(Square):
    @staticmethod
    def backward(ctx: Any, d_out: Tensor) -> Tensor:
        raise NotImplementedError


class Summed(Square):
    @staticmethod
    def backward(ctx: Any, d_out: Tensor) -> Tensor:
        return d_out.sum()


class Forgetful(Square):
    @staticmethod
    def backward(ctx: Any, d_out: Tensor) -> Tensor:
        (x,) = ctx.saved_values
        return x * 2


class Nothing(Square):
    @staticmethod
    def backward(ctx: Any, d_out: Tensor) -> None:
        return None


class Choosy(Square):
    """It stops where a cell of d_out is 0, as it is when cells are asked one by one."""

    @staticmethod
    def backward(ctx: Any, d_out: Tensor) -> Tensor:
        if 0.0 in d_out.to_numpy():
            raise KeyError("no zero")
        (x,) = ctx.saved_values
        return d_out * x * 2


def applied(function: type[Function]) -> tuple[Tensor, Tensor]:
    x = tensor([2.0, 3.0], requires_grad=True, name="x")
    return function.apply(x).sum(), x


def every_frame(film: FlowFilm) -> list[str]:
    drawn = [film.svg(k) for k in range(film.steps)]
    assert all(drawn)
    return [film.alt(k) for k in range(film.steps)]


def test_what_a_backward_prints_is_dropped(capsys: Any) -> None:
    result, x = applied(Printing)
    picture = gradient_flow(result, to=x, index=1)
    every_frame(picture)
    picture.play().page()
    assert path_ledger(result, x, 1).ledger.total == 6.0
    assert flow_table(result.history.inputs[0]).warning == ""
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("function", "line", "error"),
    [
        (Unsaved, "(x, y) = ctx.saved_values", "ValueError: not enough values"),
        (Unfinished, "raise NotImplementedError", "NotImplementedError"),
        (Summed, "return d_out.sum()", "returned shape () for input 1 of shape (2,)"),
    ],
)
def test_a_film_stops_at_the_line_that_stopped(
    function: type[Function], line: str, error: str
) -> None:
    result, x = applied(function)
    for film in (flow_film(result), gradient_flow(result, to=x)):
        told = every_frame(film)
        assert f"Backward, op 2 of 2: {function.__name__}" in told[-2]
        assert error in told[-2]
        assert f"{function.__name__}.backward: {line}" in told[-2]
        assert told[-1].count(error) == 1
        assert "there is no telling which cells" in told[1]
        assert film.play().page()
        assert film.demo().page()
    with pytest.raises(ValueError, match="no telling which cells"):
        path_ledger(result, x)


def test_what_a_stopped_backward_got_is_drawn() -> None:
    result, _ = applied(Unsaved)
    film = flow_film(result)
    drawn = drawn_words(film.svg(-2))
    assert {"d_out (2,)", "1"} <= set(drawn)
    assert "sent back" not in drawn


def test_a_backward_without_d_out_is_not_said_to_be_the_sum_of_its_paths() -> None:
    result, x = applied(Forgetful)
    picture = gradient_flow(result, to=x, index=1)
    told = every_frame(picture)
    assert "x[1] is sent 6, not 1·6 + 1·6 = 6 + 6 = 12." in told[-2]
    assert "not in step with d_out" in told[-2]
    assert "add up to 12, but backward gave 6" in told[-1]
    choices = picture.choices()
    assert choices is not None
    key = dict(choices["groups"])["x"][1][1]
    assert "backward gave 6" in choices["cells"][key]["sum"]
    assert "not in step with d_out" in path_ledger(result, x, 1).alt()


def test_a_leaf_without_a_gradient_is_not_said_to_have_one() -> None:
    result, x = applied(Nothing)
    told = gradient_flow(result, to=x).alt()
    assert "Backward is done" in told
    assert "its gradient is 0" in told
    assert "central differences" in told


def test_a_backward_that_cannot_be_asked_cell_by_cell() -> None:
    result, x = applied(Choosy)
    picture = gradient_flow(result, to=x)
    told = every_frame(picture)
    assert "x.grad = [4, 6]" in told[-1]
    assert "KeyError: 'no zero'" in told[-1]
    assert picture.choices() is None
    assert picture.play().page()
