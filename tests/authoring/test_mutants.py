import ast

import pytest

from gradlab.authoring.mutants import mutants_of

CELL = """\
from gradlab import tensor

FACTOR = 2


def f(x, keep: bool = True) -> int:
    ### BEGIN SOLUTION
    {body}
    ### END SOLUTION
"""


def changes(body):
    return [mutant.change for mutant in mutants_of(CELL.format(body=body))]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("return x * y", "`x * y` -> `x / y`"),
        ("return x @ y", "`x @ y` -> `x * y`"),
        ("return not x", "`not x` -> `x` in `return x`"),
        ("return x and y", "`x and y` -> `x or y`"),
        ("return x < y", "`x < y` -> `x <= y`"),
        ("return x < y", "`x < y` -> `x >= y`"),
        ("return x is None", "`x is None` -> `x is not None`"),
        ("return g(x, True)", "`True` -> `False`"),
        ("return x[1:]", "`x[1:]` -> `x[:]`"),
        ("return x[i]", "`x[i]` -> `x[i - 1]`"),
        ("return x[i, j]", "`x[i, j]` -> `x[j, i]`"),
        ("x += y", "`x += y` -> `x = y`"),
        ("x += y", "`x += y` -> `x -= y`"),
        ("x.append(y)", "dropped `x.append(y)`"),
        ("if x: return y", "dropped `if x:`"),
        ("if x: raise ValueError", "dropped `raise ValueError`"),
        ("x = abs(x)", "dropped `x = abs(x)`"),
    ],
)
def test_one_change_of_each_kind(body, expected):
    assert any(change.startswith(expected) for change in changes(body))


def test_only_the_solution_is_changed():
    mutants = mutants_of(CELL.format(body="return x + FACTOR"))
    assert {mutant.line for mutant in mutants} == {8}
    assert all("FACTOR = 2" in mutant.source for mutant in mutants)


@pytest.mark.parametrize(
    "body",
    [
        "raise ValueError(f'{x + 1} is not {2 * x}')",
        "y = 'a' 'b'",
        "y: tuple[int, int] = x",
    ],
)
def test_words_annotations_and_first_names_are_left_alone(body):
    assert [each for each in changes(body) if not each.startswith("dropped")] == []


def test_leaving_out_a_name_that_is_needed_below_is_no_test():
    assert changes("y = x\n    return y") == ["dropped `return y`"]


def test_every_mutant_is_python_and_another_one():
    body = "for i in range(len(x) - 1):\n        x[i] += x[i + 1] if i > 0 else -1"
    sources = [mutant.source for mutant in mutants_of(CELL.format(body=body))]
    assert len(sources) == len(set(sources)) > 10
    for source in sources:
        ast.parse(source)


def test_a_class_is_changed_method_by_method():
    body = "class Mul:\n        def forward(ctx, x, y): return x * y"
    assert "`x * y` -> `x / y` in `return x / y`" not in changes(body)
    assert "`x * y` -> `x / y`" in [each.split(" in ")[0] for each in changes(body)]
