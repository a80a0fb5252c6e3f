"""What is special to lesson 07: its numbers, its examples, what it must not tell."""

import itertools
import json
import linecache
import re

import numpy as np
import pytest

import gradlab.visualization as viz
from gradlab import broadcast_index, indices, shape_broadcast, tensor, zeros
from gradlab.exercises.answers import read_answer
from gradlab.exercises.checking import check_in
from gradlab.exercises.lessons import load, notebook_path
from gradlab.exercises.predictions import right_answer
from gradlab.exercises.probes import ErrorInfo, Outcome

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


def cell(id):
    """Return the source of one cell of the notebook."""
    cells = json.loads(notebook_path("07").read_text(encoding="utf-8"))["cells"]
    return next("".join(each["source"]) for each in cells if each["id"] == id)


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
    frame = viz.zip_flow("mul", column, row, d_out=d_out).frame(14)
    assert "d_out=d_out).frame(14)" in prose()
    assert "d_out brings one number per output cell" in frame.alt()
    assert "add" not in frame.alt()
    assert "50" not in frame.alt()
    assert "add" not in cell("07-teaser-text")


def test_the_explorer_does_not_start_with_what_a_question_asks():
    start = re.search(r'broadcasting_explorer\("(.*?)", "(.*?)"\)', prose())
    a, b = start.groups()
    assert not [q for q in LESSON.predictions if a in q.question and b in q.question]


def verdict_on(label, fn):
    """Check a function as the answer to an exercise."""
    exercise = LESSON.exercise(label)
    source = exercise.source_of(fn)
    file = f"<{exercise.id} {fn.__name__}>"
    linecache.cache[file] = (len(source), None, source.splitlines(True), file)
    names = {}
    exec(compile(source, file, "exec"), names)  # noqa: S102 - as a kernel would
    return check_in(names, exercise.id, sources={exercise.name: source}, remember=False)


def by_gradlab(a, b):
    """Let gradlab's own tensors find the shape."""
    from gradlab import zeros

    return (zeros(a) * zeros(b)).shape


@pytest.mark.parametrize("fn", [function("two_arrays", "E1"), by_gradlab])
@pytest.mark.parametrize("mode", ["", "autograde"])
def test_arrays_that_do_the_work_of_e1_are_borrowed(fn, mode, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", mode)
    verdict = verdict_on("E1", fn)
    assert (verdict.state, verdict.points) == ("borrowed", 0.0)


def test_a_returned_error_is_not_drawn_as_a_raised_one():
    text = verdict_on("E1", function("returns_the_error", "E1")).text
    assert "Your code returned ValueError(" in text
    assert "Your code raised" not in text


def numpy_sizes(a, b):
    """Find the sizes with NumPy, and take 1 where they clash."""
    import numpy as np

    return tuple(np.maximum(a[-len(b) :], b[-len(a) :]))


def test_numbers_of_numpy_are_shown_as_plain_ones():
    verdict = verdict_on("E1", numpy_sizes)
    assert not verdict.passed
    assert "int64" not in verdict.html + verdict.text


def test_the_message_of_e1_has_to_name_both_shapes_and_the_dim():
    helps = next(p.also for p in LESSON.exercise("E1").visible if p.also)

    def said(message):
        return helps(Outcome("raised", error=ErrorInfo("ValueError", message)))

    for good in (
        "(1, 4, 4) and (3, 1, 5) clash in dim -1",
        "[3, 1, 5] does not fit [1, 4, 4] at 2",
        "1x4x4 and 3x1x5: the last dim",
        "4 is not 5 in (1, 4, 4) and (3, 1, 5)",
    ):
        assert said(good) is None
    assert "no message" in said(" ")
    assert "Name both shapes" in said("4 is not 5")
    assert "Name both shapes" in said("(1, 4, 4) does not fit in dim 2")
    assert "Name the dim" in said("(1, 4, 4) and (3, 1, 5)")
    assert "turned round. Name both" in said("(4, 4, 1) and (5, 1, 3) clash in dim -1")


def test_the_shorter_shape_really_is_shorter():
    probes = {probe.name: probe for probe in LESSON.exercise("E1").hidden}
    for seed in range(50):
        made = probes["the shorter shape first"].call(np.random.default_rng(seed))
        a, b = made.args
        assert len(a) < len(b)
        assert shape_broadcast(a, b) == shape_broadcast(b, a)


def test_e3_calls_the_inputs_what_the_task_calls_them():
    text = verdict_on("E3", function("swapped", "E3")).text
    assert re.search(r"^  a \(2, 2\): .*\n  b \(2, 2\): ", text, re.MULTILINE)
    assert set("xy").isdisjoint(LESSON.exercise("E3").truth_fn.__code__.co_varnames)


def test_the_shape_of_an_array_is_not_lined_up_with_an_index():
    source = (
        "import numpy as np\n\n\n"
        "def broadcast_index(out_index, shape):\n"
        "    own = out_index[len(out_index) - len(shape) :]\n"
        "    return np.array([0 if n == 1 else i for i, n in zip(own, shape)])\n"
    )
    names = {}
    exec(source, names)  # noqa: S102 - as a kernel would
    sources = {"broadcast_index": source}
    found = check_in(names, "07.E2", sources=sources, remember=False)
    assert found.state == "wrong type"
    assert "^" not in found.text


def test_brackets_in_place_of_get_and_set_take_no_memory_either():
    fn = function("index_by_index", "E3")
    source = LESSON.exercise("E3").source_of(fn)
    source = re.sub(r"(\w+)\.get\((.*)\)", r"\1[\2]", source)
    source = re.sub(r"out\.set\(index, (.*)\)", r"out[index] = \1", source)
    assert ".get(" not in source
    assert "out[index] = fn(x, y)" in source
    names = {}
    exec(source, names)  # noqa: S102 - as a kernel would
    found = check_in(names, "07.E3", sources={"zip_into": source}, remember=False)
    assert found.passed, found.text


def test_a_loss_without_dims_is_shown_as_such():
    verdict = verdict_on("E5", function("one_number_in_a_row", "E5"))
    assert re.search(r"^  expected +\(\)$", verdict.text, re.MULTILINE)


def test_card_and_sentence_tell_of_one_call():
    verdict = verdict_on("E2", function("keeps_all_dims", "E2"))
    assert verdict.first_line == "3 of 9 pass. One that fails:"
    assert verdict.call == "broadcast_index((1, 2, 1), (3, 1))"
    assert verdict.sentence.startswith("You returned 3 indices; the input has 2 dims: ")


def test_no_card_shows_a_right_value_twice():
    for label, name in (("E3", "copies"), ("E6", "with_loops")):
        rows = verdict_on(label, function(name, label)).text
        assert not re.search(r"^  (expected|yours)", rows, re.MULTILINE)


def test_a_way_back_is_asked_where_learners_see_it():
    for visible in (LESSON.exercise(label).visible for label in ("E4", "E5", "E6")):
        calls = (probe.call(np.random.default_rng(0)) for probe in visible)
        assert "vjp" in {call.verb for call in calls}


def test_one_word_for_one_thing():
    """A wire in the pictures is a wire in the text; the page counts as the lesson."""
    text = prose() + "".join(q.reveal + str(q.wrong) for q in LESSON.predictions)
    text += "".join(str(list(each.hints)) for each in LESSON.exercises)
    assert not re.search(r"\barcs?\b", text)
    for rule in ("Rule 1.", "Rule 2", "Rule 3."):
        assert f"**{rule}" in cell("07-P3-text")
        assert f"**{rule}" in cell("07-page")
    assert "**probe**" in cell("07-checks")


def test_the_picture_of_left_aligned_code_shows_it_lined_up_on_the_left():
    exercise = LESSON.exercise("E1")
    call = next(probe.make for probe in exercise.probes if probe.name == "(4, 3), (4,)")
    told = "It lined the shapes up on the left."
    for rule in exercise.rules:
        drawn = exercise.picture(rule.fn, call, rule.name)
        assert (told in drawn.alt()) == rule.name.startswith("left")
