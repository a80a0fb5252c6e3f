"""A parallel loop as a model: everything is done once, and races lose."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from gradlab.visualization import work_map


@pytest.mark.parametrize("over", ["output", "input"])
@pytest.mark.parametrize("dim", [None, 0, -1, (0, 2)])
def test_every_input_cell_is_read_once(over: str, dim: Any) -> None:
    work = work_map((2, 3, 4), 5, over=over, dim=dim).work
    jobs = [job for tick in range(work.ticks) for job in work.at(tick)]
    assert len({job.source for job in jobs}) == len(jobs) == 24
    assert all(work.target(job.source) == job.target for job in jobs)
    for tick in range(work.ticks):
        threads = Counter(job.thread for job in work.at(tick))
        assert set(threads.values()) == {1}
        assert all(work.turn(job.source) == tick for job in work.at(tick))


def test_a_reduce_over_its_output_never_races() -> None:
    picture = work_map((4, 6), 3, dim=0)
    assert picture.work.first_race() is None
    assert set(picture.end.sums.values()) == {4}
    assert not any("race" in picture.alt(k) for k in range(picture.steps))


def test_a_reduce_over_its_input_loses_additions() -> None:
    picture = work_map((3, 4), 3, over="input", dim=0)
    assert "race! A, B and C write out[0,0] at once" in picture.alt(1)
    assert "out[0,0] = 1, not 3: 2 additions are lost in a race" in picture.alt()
    assert "race: 1" in picture.svg(1)


def test_one_thread_never_races() -> None:
    assert work_map((3, 4), 1, over="input", dim=(0, 1)).end.sums == {(0, 0): 12}


def test_cells_are_shared_out_evenly_in_runs() -> None:
    picture = work_map((10,), 4)
    assert [len(run) for run in picture.work.runs] == [3, 3, 2, 2]
    assert picture.steps == 5


@pytest.mark.parametrize("shape", [(), (0, 3), (3, 0), (1,), (2, 3, 4, 5)])
def test_every_shape_is_drawn(shape: tuple[int, ...]) -> None:
    for over in ("output", "input"):
        picture = work_map(shape, 3, over=over, dim=0 if shape else None)
        assert all(picture.svg(k) and picture.alt(k) for k in range(picture.steps))


def test_a_race_is_told_of_a_cell_that_is_drawn() -> None:
    picture = work_map((100, 200), 8, over="input", dim=0)
    for step in range(1, picture.steps - 1):
        told = picture.telling.raced[picture.told[step - 1]][0]
        assert picture.result.contains(told)
        assert f"write out[{told[0]},{told[1]}] at once" in picture.alt(step)


def test_nothing_is_said_twice_or_in_the_wrong_number() -> None:
    assert work_map((3, 4), 3).alt(0).count("on 3 threads") == 1
    assert "One thread needs 1 tick: as many." in work_map((), 2).alt()


def test_a_large_one_tells_few_ticks() -> None:
    picture = work_map((100, 200), 8, over="input", dim=0)
    assert picture.steps <= 8
    assert "out[0,0] = 25, not 100" in picture.alt()


@pytest.mark.parametrize(
    ("arguments", "options", "error", "says"),
    [
        (((3,), 0), {}, ValueError, "1 to 64 threads; got 0"),
        (((3,), "two"), {}, TypeError, "whole number, such as 4; got 'two'"),
        ((3, 2), {}, TypeError, r"such as \(3, 1\)"),
        (((3,), 2), {"over": "rows"}, ValueError, '"output" or "input"'),
        (((3,), 2), {"dim": 1}, IndexError, "no dim 1: the shape has 1"),
        (((1000, 1000), 2), {}, ValueError, "1,000,000. Take a smaller shape"),
    ],
)
def test_what_cannot_be_is_said(
    arguments: Any, options: Any, error: type, says: str
) -> None:
    with pytest.raises(error, match=says):
        work_map(*arguments, **options)
