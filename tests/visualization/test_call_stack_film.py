"""call_stack_film: calls, prints, returns, exceptions, and functions without end."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import gradlab.visualization as viz
from gradlab.visualization.gallery.families.influence import (
    branching_recursion,
    fibonacci,
    greater_than_three,
)
from gradlab.visualization.pictures.influence.call_stack_film import CallStackFilm
from gradlab.visualization.scene import Text

from .catalogue import HOSTILE, Unprintable


def kinds(picture: CallStackFilm) -> list[str]:
    return [event.kind for event in picture.run.events]


def never_ending(n: int) -> int:
    return never_ending(n + 1)


def forever() -> None:
    while True:
        print("again")


def failing(n: int) -> int:
    return failing(n - 1) if n else 1 // n


def catching(n: int) -> None:
    try:
        failing(n)
    except ZeroDivisionError:
        print("caught")


def generating(n: int) -> Iterator[int]:
    yield n


def with_helper(n: int) -> int:
    def inner(k: int) -> int:
        return inner(k - 1) if k else 0

    return inner(n)


def test_the_recitation_trace_comes_line_by_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    picture = viz.call_stack_film(greater_than_three, 0)
    printed = [event.text for event in picture.run.events if event.kind == "print"]
    assert printed == [
        *(f"Recursive call, x={x}" for x in range(4)),
        "Hit base case. x=3",
        *["Received: x=3 and returning upward."] * 3,
    ]
    assert capsys.readouterr().out == ""
    assert "4 calls, at most 4 open at once; 8 lines printed." in picture.alt()
    assert "The base case is greater_than_three(x=3)" in picture.alt()


def test_printed_lines_belong_to_the_call_that_printed_them() -> None:
    run = viz.call_stack_film(branching_recursion, [[1, 2], 3]).run
    for event in run.events:
        if event.kind == "print":
            argument = run.calls[event.call].text.partition("=")[2][:-1]
            assert event.text.endswith(f"x={argument}")


def test_every_event_has_a_frame_and_names_its_line() -> None:
    picture = viz.call_stack_film(greater_than_three, 2)
    assert picture.steps == len(picture.run.events) + 2
    first, second = picture.run.events[:2]
    assert picture.run.source[first.line - 1].startswith("def greater_than_three")
    assert "Recursive call" in picture.run.source[second.line - 1]


def test_branching_calls_open_inside_the_one_that_called() -> None:
    run = viz.call_stack_film(branching_recursion, [[1, 2], [[3], 4], 5]).run
    assert [call.parent for call in run.calls] == [None, 0, 1, 1, 0, 4, 5, 4, 0]
    assert len(run.calls) == 9
    assert run.depth == 4


def test_a_long_film_keeps_its_beginning_and_its_end() -> None:
    picture = viz.call_stack_film(fibonacci, 8)
    assert picture.steps == 40
    assert "it returned 21" in picture.alt()
    assert "events get no frame here." in picture.alt()
    assert any("events later: " in picture.alt(k) for k in range(picture.steps))


def test_an_endless_recursion_ends_in_the_error_that_python_gives() -> None:
    picture = viz.call_stack_film(never_ending, 0)
    assert picture.alt().startswith("An exception ends it. RecursionError: more than ")
    assert "there were more than 400." in picture.alt()
    assert picture.steps <= 40
    assert picture.alt() == viz.call_stack_film(never_ending, 0).alt()


def test_an_endless_loop_is_stopped() -> None:
    assert "Stopped after 20,000 events" in viz.call_stack_film(forever).alt()


def test_exceptions_close_calls_unless_they_are_caught() -> None:
    failed = viz.call_stack_film(failing, 2)
    assert kinds(failed) == ["enter"] * 3 + ["raise"] * 3
    assert "ZeroDivisionError" in failed.alt()
    caught = viz.call_stack_film(catching, 2)
    assert kinds(caught) == ["enter", "print", "return"]


def test_functions_inside_are_followed_and_other_code_is_not() -> None:
    names = [call.text for call in viz.call_stack_film(with_helper, 1).run.calls]
    assert names == ["with_helper(n=1)", "inner(k=1)", "inner(k=0)"]


def test_tracing_and_printing_are_given_back() -> None:
    before = (sys.gettrace(), sys.stdout)
    for fn in (greater_than_three, never_ending, failing):
        viz.call_stack_film(fn, 1)
        assert (sys.gettrace(), sys.stdout) == before


@pytest.mark.parametrize("thing", [HOSTILE, Unprintable(), [[]], float("nan"), 10**50])
def test_any_argument_can_be_drawn(thing: Any) -> None:
    def echo(x: Any) -> Any:
        print(HOSTILE, end="")
        return x

    picture = viz.call_stack_film(echo, thing)
    assert kinds(picture) == ["enter", "print", "return"]
    assert "<script" not in "".join(picture.svg(k) for k in range(picture.steps))


def test_a_call_that_prints_much_is_shortened() -> None:
    def much(n: int) -> None:
        for i in range(n):
            print(i)

    picture = viz.call_stack_film(much, 100)
    assert "100 lines printed" in picture.alt()
    assert kinds(picture) == ["enter", *["print"] * 9, "return"]


def test_deep_recursion_keeps_the_outer_and_the_inner_calls() -> None:
    def down(n: int) -> int:
        return down(n - 1) if n else 0

    picture = viz.call_stack_film(down, 150)
    assert "151 calls, at most 151 open at once" in picture.alt()
    assert "calls inside each other, not drawn" in picture.alt(25)
    assert picture.bounds().height < 900


def test_a_generator_runs_nothing_yet() -> None:
    with pytest.raises(TypeError, match="runs nothing yet"):
        viz.call_stack_film(generating, 1)


def test_a_result_known_already_runs_nothing() -> None:
    known = functools.lru_cache(fibonacci)
    known(3)
    assert "its result was known already" in viz.call_stack_film(known, 3).alt()


@pytest.mark.parametrize("fn", [3, None, print, len, "f"])
def test_only_functions_written_in_python_can_be_followed(
    fn: Callable[..., Any],
) -> None:
    with pytest.raises(TypeError, match="written in Python with def"):
        viz.call_stack_film(fn, 1)


def test_words_stand_right_below_the_source_whatever_the_calls_take() -> None:
    picture = viz.call_stack_film(branching_recursion, [[1, 2], [[3], 4], 5])
    for step in range(1, picture.steps):
        words = picture.story.foot(step)[-1][0].split()[0]
        texts = [i for i in picture.scene(step).items if isinstance(i, Text)]
        (place,) = [t for t in texts if t.text.startswith(words) and t.size == 16]
        assert 0 < place.y - picture._panel.bottom < 90
        assert place.bounds().right < picture._left
