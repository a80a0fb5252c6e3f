"""What is special to lesson 07: its numbers, its examples, what it must not tell."""

import itertools
import json
import re

import pytest

import gradlab.visualization as viz
from gradlab import broadcast_index, indices, shape_broadcast, tensor, zeros
from gradlab.exercises.answers import read_answer
from gradlab.exercises.lessons import load, notebook_path
from gradlab.exercises.predictions import right_answer

LESSON = load("07")
ANSWERS = {
    "P1": (11, 12, 13),
    "P2": (3, 2),
    "P3": (4, 3),
    "P4": "error",
    "P5": "error",
    "P6": (3, 4, 5),
    "P7": "error",
    "P8": "error",
    "P9": (3, 4, 1),
    "P10": ((2, 0), (0, 1)),
    "P11": 2000,
    "P12": (5, 5),
    "P13": (8, 7, 6),
}


def function(name, label):
    """Return the answer of an exercise, by the name of its function in the checks."""
    exercise = LESSON.exercise(label)
    found = [*exercise.variants, *exercise.wrong]
    return next(each.fn for each in found if each.fn.__name__ == name)


def prose():
    """Return what a learner reads before anything is run: all text and code cells."""
    cells = json.loads(notebook_path("07").read_text(encoding="utf-8"))["cells"]
    text = "\n".join("".join(cell["source"]) for cell in cells)
    return re.sub(r"### BEGIN SOLUTION.*?### END SOLUTION", "", text, flags=re.S)


@pytest.mark.parametrize("prediction", LESSON.predictions, ids=lambda each: each.label)
def test_every_question_has_the_answer_that_was_worked_out_by_hand(prediction):
    right = right_answer(prediction)
    assert right == ANSWERS[prediction.label]
    wrong = [read_answer(each, like=right) for each in prediction.wrong]
    assert right not in wrong
    assert len(set(wrong)) == len(wrong)
    assert all(sentence[-1] in ".?" for sentence in prediction.wrong.values())


def test_the_notebook_does_not_give_answers_away():
    text = prose()
    for told in ("(3, 4, 5)", "(5, 5)", "(8, 7, 6)", "2000", "2,000", "[11, 12, 13]"):
        assert told not in text
    assert not re.search(r"a\[2, 0\]|b\[0, 1\]|\(2, 0\), \(0, 1\)", text)


def test_the_worked_examples_are_right_and_are_no_probes():
    assert shape_broadcast((5, 1), (2,)) == (5, 2)
    assert broadcast_index((4, 0), (1, 2)) == (0, 0)
    m = tensor([[1, 2], [3, 4], [5, 6]])
    added = function("as_a_column", "E4")(m, tensor([10, 20, 30]))
    assert added.tolist() == [[11, 12], [23, 24], [35, 36]]
    loss = function("target_as_a_column", "E5")(tensor([[1], [4]]), tensor([2, 2]))
    assert loss.item() == 2.5
    table = function("y_spread_out", "E6")(tensor([[1, 2]]), tensor([[3, 4], [5, 6]]))
    assert table.tolist() == [[11], [17]]
    out = zeros((2, 2))
    function("index_by_index", "E3")(
        lambda x, y: x - y, tensor([[5], [6]]), tensor([1, 2]), out
    )
    assert out.tolist() == [[4, 3], [5, 4]]
    asked = [probe.name for each in LESSON.exercises for probe in each.probes]
    assert "(5, 1), (2,)" not in asked
    assert "(4, 0), (1, 2)" not in asked


def test_the_first_exercise_asks_every_pair_of_the_slides():
    pairs = (
        *[((3, 4, 5), (3, 1, 5)), ((3, 4, 1), (3, 1, 5)), ((3, 4, 1), (1, 5))],
        *[((3, 4, 1), (3, 5)), ((1, 3, 4), (1, 3, 1)), ((1, 4, 4), (3, 1, 5))],
        ((3, 4, 1), (1,)),
    )
    visible = {probe.make.args for probe in LESSON.exercise("E1").visible}
    assert visible.issuperset(pairs)


def test_perfect_predictions_get_loss_4_from_the_silent_table():
    pred, target = tensor([[1], [2], [3], [4], [5]]), tensor([1, 2, 3, 4, 5])
    assert function("table_mean", "E5")(pred, target).item() == 4.0
    assert function("pred_as_a_vector", "E5")(pred, target).item() == 0.0
    silent = next(each for each in LESSON.predictions if each.label == "P12")
    assert "4.0" in silent.reveal


def test_the_column_that_the_double_loop_makes():
    made = tensor([1, 2, 3]).view(3, 1) + tensor([10, 20])
    assert made.tolist() == [[11, 21], [12, 22], [13, 23]]


@pytest.mark.parametrize("name", ["choose", "remainder", "smaller"])
def test_the_three_ways_to_an_index_agree_on_every_cell(name):
    """The card teaches why; here they are compared on every small output."""
    way = function(name, "E2")
    for out in itertools.product((1, 2, 3), repeat=3):
        for shape in itertools.product(*({1, n} for n in out)):
            for k, index in itertools.product(range(4), indices(out)):
                assert way(index, shape[k:]) == broadcast_index(index, shape[k:])


def test_one_probe_parts_four_rules_of_e2():
    rules = ("left_aligned", "keeps_index", "keeps_all_dims", "choose")
    got = {function(name, "E2")((1, 2, 1), (3, 1)) for name in rules}
    assert got == {(1, 0), (2, 1), (0, 2, 0), (2, 0)}


def test_the_teaser_stops_before_the_two_arrows_are_added():
    column, row = tensor([[1], [2], [3]]), tensor([[10, 20]])
    d_out = tensor([[1, 2], [3, 4], [5, 6]])
    frame = viz.zip_flow("mul", column, row, d_out=d_out).frame(15)
    assert "d_out=d_out).frame(15)" in prose()
    assert "a[0,0] receives 1·10 = 10" in frame.alt()
    assert "50" not in frame.alt()


def test_the_explorer_does_not_start_with_what_a_question_asks():
    start = re.search(r'broadcasting_explorer\("(.*?)", "(.*?)"\)', prose())
    a, b = start.groups()
    assert not [q for q in LESSON.predictions if a in q.question and b in q.question]


def test_the_picture_of_left_aligned_code_shows_it_lined_up_on_the_left():
    exercise = LESSON.exercise("E1")
    call = next(probe.make for probe in exercise.probes if probe.name == "(4, 3), (4,)")
    drawn = exercise.picture(function("left_aligned", "E1"), call)
    assert "It lined the shapes up on the left." in drawn.alt()
    others = ("pad_then_zip", "larger_size", "shorter_wins")
    for name in others:
        assert "left" not in exercise.picture(function(name, "E1"), call).alt()
