"""What is special to lesson 09: its numbers, the slides' own code, what it promises."""

import ast
import json
import linecache
import re
from math import exp, log

import numpy as np
import pytest

from gradlab import Function, gradcheck, indices, ones, rand, tensor
from gradlab.exercises.answers import read_answer
from gradlab.exercises.callers import LocalCaller
from gradlab.exercises.checking import check_in
from gradlab.exercises.diagnosis import rule_behind
from gradlab.exercises.engine_report import rows_of
from gradlab.exercises.lessons import load, notebook_path
from gradlab.exercises.predictions import right_answer
from gradlab.exercises.probing import run_probes

LESSON = load("09")
FUNCTIONS = [each for each in LESSON.exercises if each.name != "wrong_cells"]
ANSWERS = {
    "P1": (3,),
    "P2": 3,
    "P3": "zip",
    "P4": (0, 0, -7),
    "P5": (40, -18),
    "P6": 30,
    "P7": (10, 10),
    "P8": "error",
    "P9": "error",
    "P10": (2, 0, 1),
    "P11": (0, 3, 3),
    "P12": (600, 800),
}


def cells():
    """Return the notebook's cells: id and source."""
    found = json.loads(notebook_path("09").read_text(encoding="utf-8"))["cells"]
    return {each["id"]: "".join(each["source"]) for each in found}


def names_of(*ids):
    """Run some cells without their pictures, and return what they define."""
    names = {}
    for id in ids:
        tree = ast.parse(cells()[id])
        tree.body = [n for n in tree.body if not ast.unparse(n).startswith("viz.")]
        exec(compile(tree, id, "exec"), names)  # noqa: S102 - as a kernel would
    return names


def solution(name):
    """Return the solution of the exercise of that name, as the notebook has it."""
    exercise = next(each for each in LESSON.exercises if each.name == name)
    return names_of(exercise.id.replace(".", "-"))[name]


def answer(label, name):
    """Return an answer of an exercise, by its name in the checks."""
    exercise = LESSON.exercise(label)
    found = [*exercise.variants, *exercise.wrong]
    return next(each.fn for each in found if each.fn.__name__ == name)


def way_back(fn, *numbers, d_out, **options):
    """Return the result, and the gradient of every input, as lists."""
    leaves = [tensor(each, requires_grad=True) for each in numbers]
    out = fn.apply(*leaves, **options)
    out.backward(tensor(d_out))
    return out.tolist(), *(each.grad.tolist() for each in leaves)


@pytest.mark.parametrize("prediction", LESSON.predictions, ids=lambda each: each.label)
def test_every_question_has_the_answer_that_was_worked_out_by_hand(prediction):
    right = right_answer(prediction)
    assert right == ANSWERS[prediction.label]
    wrong = [read_answer(each, like=right) for each in prediction.wrong]
    assert right not in wrong
    assert all(sentence[-1] in ".?" for sentence in prediction.wrong.values())


def test_the_notebook_does_not_give_answers_away():
    text = "\n".join(cells().values())
    text = re.sub(r"### BEGIN SOLUTION.*?### END SOLUTION", "", text, flags=re.S)
    for told in ("[0, 0, -7]", "[40, -18]", "[0, 3, 3]", "600, 800", "(2, 0, 1)"):
        assert told not in text
    assert "20, 30" not in cells()["09-P6-text"]


def test_the_shapes_that_the_text_tells():
    x, cube = ones((3, 2)), ones((2, 3, 2))
    assert (x.sum(0).shape, x.sum(0, keepdim=True).shape) == ((2,), (1, 2))
    assert (x.sum(1).shape, x.sum(1, keepdim=True).shape) == ((3,), (3, 1))
    assert x.sum().shape == ()
    assert cube.sum(2).shape == (2, 3)
    assert cube.sum(2, keepdim=True).shape == (2, 3, 1)
    assert ones((4, 5, 6)).permute(0, 2, 1).shape == (4, 6, 5)  # E7's table
    assert ones((2, 3, 4)).permute(1, 2, 0).shape == (3, 4, 2)  # P10's shapes
    assert ones((4, 5)).view(10, 2).view(4, 5).shape == (4, 5)  # E13's table


@pytest.mark.parametrize(
    ("name", "numbers", "d_out", "options", "expected"),
    [
        ("Inv", [[5, -2]], [50, 4], {}, ([0.2, -0.5], [-2, -1])),
        ("ReLU", [[6, -6]], [-3, 8], {}, ([6, 0], [-3, 0])),
        ("Mul", [[6, 1], [2, 7]], [10, 3], {}, ([12, 7], [20, 21], [60, 3])),
        ("Sub", [[6, 1], [2, 7]], [10, 3], {}, ([4, -6], [10, 3], [-10, -3])),
        ("Sum", [[[8, 9, 7]]], [4], {"dim": 1}, ([24], [[4, 4, 4]])),
        ("Mean", [[[8, 9, 7, 4]]], [20], {"dim": 1}, ([7], [[5, 5, 5, 5]])),
        ("Exp", [[0, 0]], [7, -4], {}, ([1, 1], [7, -4])),
        ("Log", [[1, 1]], [6, -9], {}, ([0, 0], [6, -9])),
        ("Div", [[6, 8], [3, -2]], [9, 2], {}, ([2, -4], [3, -1], [-6, -4])),
        ("Prod", [[[2, 5, 1]]], [3], {"dim": 1}, ([10], [[15, 6, 30]])),
        ("Max", [[[3, 3, 1]]], [8], {"dim": 1}, ([3], [[4, 4, 0]])),
    ],
)
def test_the_worked_examples_are_right_and_are_no_probes(
    name, numbers, d_out, options, expected
):
    found = way_back(solution(name), *numbers, d_out=d_out, **options)
    for one, other in zip(found, expected):
        assert np.allclose(one, other)
    exercise = next(each for each in LESSON.exercises if each.name == name)
    asked = [p.call(np.random.default_rng(0)).args for p in exercise.probes]
    assert all(args[0].array.tolist() != numbers[0] for args in asked)


def test_the_worked_example_of_the_last_exercise():
    neg = names_of("09-start", "09-neg")["Neg"]
    given = (tensor([1, 2]), tensor([3, 4]), tensor([-3, 4]))
    assert solution("wrong_cells")(neg, *given) == [(1,)]


def test_the_printed_neg_and_add_run_as_they_are():
    names = names_of("09-start", "09-neg", "09-add")
    assert way_back(names["Neg"], [2, -3], d_out=[5, 7]) == ([-2, 3], [-5, -7])
    both = way_back(names["Add"], [1, 2], [10, 20], d_out=[5, 7])
    assert both == ([11, 22], [5, 7], [5, 7])


def test_the_printed_sum_and_add_break_the_shape_law_in_the_words_that_are_quoted():
    names = names_of("09-start", "09-add", "09-sum-code")
    x = tensor([[1, 2], [3, 4], [5, 6]], requires_grad=True)
    out = names["PrintedSum"].apply(x, tensor(1))
    assert out.tolist() == [[3], [7], [11]]
    with pytest.raises(ValueError, match="shape") as summed:
        out.backward(tensor([[2], [3], [4]]))
    y = tensor([10, 20], requires_grad=True)
    with pytest.raises(ValueError, match="shape") as added:
        names["Add"].apply(x, y).backward(ones((3, 2)))
    assert f'"{summed.value}"' in LESSON.prediction("P8").reveal
    assert f'"{added.value}"' in LESSON.prediction("P9").reveal


def test_the_solutions_pass_gradlabs_own_tests_of_ops_on_equal_shapes():
    """All but the zips: undoing their broadcasting is the next lesson's."""
    own = {each.name: solution(each.name) for each in FUNCTIONS}
    rows = list(rows_of(own))
    failed = {row.function for row in rows if not row.passed}
    assert failed <= {"Mul", "Sub", "Div"}
    assert {row.function for row in rows} == set(own)
    assert all("unbroadcast" in row.reason for row in rows if not row.passed)


@pytest.mark.parametrize("name", ["Mul", "Sub", "Div"])
def test_zips_of_equal_shapes_pass_gradcheck(name):
    x, y = (rand((2, 3)).detach() + 0.5 for _ in range(2))
    x.requires_grad = y.requires_grad = True
    assert gradcheck(solution(name).apply, x, y)


def test_a_right_shape_hides_a_wrong_spread():
    wrong, right = answer("E5", "LinesUpOnTheRight"), solution("Sum")
    square, d_out = [[1, 2], [3, 4]], [10, 20]
    _, grad = way_back(wrong, square, d_out=d_out, dim=1)
    assert grad == [[10, 20], [10, 20]]
    assert way_back(right, square, d_out=d_out, dim=1)[1] == [[10, 10], [20, 20]]


def test_a_backward_that_forgets_d_out_passes_with_ones():
    wrong, right = answer("E3", "ForgetsDOut"), solution("Mul")
    x, y = [[1, 2], [3, 4]], [[5, 6], [7, 8]]
    once = [[1, 1], [1, 1]]
    assert way_back(wrong, x, y, d_out=once) == way_back(right, x, y, d_out=once)


def test_prod_with_a_zero():
    _, grad = way_back(solution("Prod"), [[2, 0, 3], [0, 0, 4]], d_out=[10, 5], dim=1)
    assert grad == [[0, 60, 0], [0, 0, 0]]
    _, grad = way_back(answer("E11", "Divides"), [[2, 0, 3]], d_out=[10], dim=1)
    assert np.isnan(grad[0][1])


def test_ties_and_kinks_as_in_pytorch():
    torch = pytest.importorskip("torch")
    x = torch.tensor([2.0, 5.0, 5.0], requires_grad=True)
    (6 * x.amax(0)).backward()
    assert x.grad.tolist() == [0, 3, 3]
    y = torch.tensor([2.0, 5.0, 5.0], requires_grad=True)
    (6 * y.max(0).values).backward()
    assert sorted(y.grad.tolist()) == [0, 0, 6]
    z = torch.tensor([0.0], requires_grad=True)
    torch.relu(z).backward()
    assert z.grad.tolist() == [0]


def test_the_numbers_in_the_hints():
    assert (round(log(10), 3), round(log(11), 3)) == (2.303, 2.398)
    assert (round(exp(0.1), 3), round(exp(2), 2), round(exp(2.1), 2)) == (
        *(1.105, 7.39, 8.17),
    )
    coat = (2, 0, 1)
    assert tuple(coat.index(number) for number in range(3)) == (1, 2, 0)
    inv = solution("Inv")
    assert way_back(inv, [2], d_out=[8])[1] == [-2]


def test_the_neighbours_of_the_hints_are_right_themselves():
    class Cap(Function):
        @staticmethod
        def forward(ctx, u):
            ctx.save_for_backward(u)
            return u.minimum(10.0)

        @staticmethod
        def backward(ctx, d_out):
            (u,) = ctx.saved_values
            return (u < 10) * d_out

    class Root(Function):
        @staticmethod
        def forward(ctx, u):
            out = u.sqrt()
            ctx.save_for_backward(out)
            return out

        @staticmethod
        def backward(ctx, d_out):
            (out,) = ctx.saved_values
            return d_out / (2 * out)

    assert gradcheck(Cap.apply, tensor([4.0, 12.0], requires_grad=True))
    assert gradcheck(Root.apply, tensor([4.0, 12.0], requires_grad=True))


def test_the_learners_own_test_goes_to_both_sides_of_the_kink(capsys):
    own = {"ReLU": answer("E2", "PassesOn"), "Log": solution("Log")}
    names = names_of("09-start", "09-E14") | {"my_engine": lambda *_: own}
    exec(cells()["09-own-code"], names)  # noqa: S102 - as a kernel would
    told = capsys.readouterr().out
    assert "ReLU wrong at [(0, 1), (1, 0), (2, 1)]" in told
    assert "Log wrong at []" in told


def verdict_on(label, name):
    """Check an answer of the checks as a learner's."""
    exercise = LESSON.exercise(label)
    source = exercise.source_of(answer(label, name))
    file = f"<{exercise.id} {name}>"
    linecache.cache[file] = (len(source), None, source.splitlines(True), file)
    names = names_of("09-start")
    exec(compile(source, file, "exec"), names)  # noqa: S102 - as a kernel would
    return check_in(names, exercise.id, sources={exercise.name: source}, remember=False)


def test_the_card_of_a_wrong_gradient_shows_it_beside_the_right_one():
    text = verdict_on("E3", "BothTheSame").text
    assert "expected gradient of y (3, 2): [[2, 6], [12, -20], [30, 42]]" in text
    assert "yours gradient of y (3, 2): [[20, -21], [0, -40], [54, 140]]" in text
    assert "the first is outlined" in text


def test_a_printed_sum_is_told_the_shape_law():
    verdict = verdict_on("E5", "AsPrinted")
    assert verdict.state == "raised"
    assert "A gradient has exactly its input's shape" in verdict.text
    assert verdict.first_line.startswith("The engine raised ValueError")


def two_copies_for_all_cells(fn, x, d_out, grad):
    up, down, wrong = tensor(x.tolist()), tensor(x.tolist()), []
    for index in indices(x.shape):
        up.set(index, x.get(index) + 1e-5)
        down.set(index, x.get(index) - 1e-5)
        moved = ((fn.apply(up) - fn.apply(down)) * d_out).sum().item()
        if abs(moved / 2e-5 - grad.get(index)) > 1e-4:
            wrong.append(index)
    return wrong


def test_cells_that_stay_moved_are_known_however_many_copies_there_are():
    exercise = LESSON.exercise("E14")
    caller = LocalCaller({"wrong_cells": two_copies_for_all_cells})
    found = rule_behind(exercise, run_probes(exercise, caller))
    assert found.name == "never put back"
