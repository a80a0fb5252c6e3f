"""At which places lesson 04 looks: a wrong formula must not pass for a right one."""

import pytest

from gradlab.exercises.callers import LocalCaller
from gradlab.exercises.lessons import load
from gradlab.exercises.probing import run_probes

LESSON = load("04")
MAPS = ("E1", "E2", "E3", "E4", "E5", "E6", "E11")


def ways_back(label):
    """Return (inputs, d_out) of each visible way back, as a check makes them."""
    exercise = LESSON.exercise(label)
    caller = LocalCaller({exercise.name: exercise.truth_fn})
    calls = [each.call for each in run_probes(exercise, caller)]
    return [
        ([x.value for x in each.args], each.d_out)
        for each in calls
        if each.d_out is not None
    ]


@pytest.mark.parametrize("label", MAPS)
def test_there_are_six_visible_ways_back_of_different_sizes_and_signs(label):
    found = ways_back(label)
    sizes = [abs(d_out) for _, d_out in found]
    assert len(found) >= 6
    assert len({round(size, 1) for size in sizes}) >= 5
    assert sum(size % 0.5 > 0 for size in sizes) >= 4
    assert sum(d_out > 0 for _, d_out in found) >= 2
    assert sum(d_out < 0 for _, d_out in found) >= 2


@pytest.mark.parametrize("label", [each for each in MAPS if each != "E5"])
def test_both_signs_of_x_meet_both_signs_of_d_out(label):
    for k in range(2 if label == "E1" else 1):
        met = {(x[k] > 0, d_out > 0) for x, d_out in ways_back(label) if x[k]}
        assert len(met) == 4


def test_the_gate_is_tried_on_both_sides():
    places = [x for (x,), _ in ways_back("E3")]
    assert sum(x > 0 for x in places) >= 3
    assert sum(x < 0 for x in places) >= 3


def test_a_logarithm_is_taken_of_positive_numbers_on_both_sides_of_1():
    places = [x for (x,), _ in ways_back("E5")]
    assert min(places) > 0
    assert sum(x < 1 for x in places) >= 2
