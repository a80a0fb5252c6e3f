"""The same code is not judged twice; code that could behave differently is."""

import pytest

from gradlab.exercises.checking import check_in
from tests.exercises.conftest import answer, typed


def test_same_code_is_not_judged_again_and_shows_the_old_verdict():
    names = typed(answer("return a"))
    old = check_in(names, "99.E1")
    again = check_in(names, "99.E1")
    assert again.state == "same code"
    assert again.first_line == (
        "This is the same code as at your last check. Run the cell above "
        "(Shift+Enter), then this one."
    )
    assert old.first_line in again.html
    assert "opacity" in again.html
    assert check_in(names, "99.E1").html.count("This is the same code") == 1


def test_code_run_again_is_judged_again():
    names = typed(answer("return a"))
    check_in(names, "99.E1")
    assert check_in(typed(answer("return a"), names), "99.E1").state == "wrong"


def test_same_function_is_judged_again_if_its_helper_changed():
    names = typed("def pick(a, b): return a\n" + answer("return pick(a, b)"))
    assert check_in(names, "99.E1").state == "wrong"
    assert check_in(names, "99.E1").state == "same code"
    typed(
        "def pick(a, b):\n    if a or b:\n        return max(a, b, key=len)\n"
        "    raise ValueError",
        names,
    )
    assert check_in(names, "99.E1").state == "passed"


KEEPERS = {
    "an object's attribute": (
        "class Keeper:\n    kept = True\n    def __call__(self, a, b):\n"
        "        if not (a or b):\n            raise ValueError\n"
        "        return a if self.kept else max(a, b, key=len)\n"
        "longer = Keeper()",
        "longer.kept = False",
    ),
    "a function's attribute": (
        answer(
            "if not (a or b): raise ValueError\n"
            "return a if longer.kept else max(a, b, key=len)"
        )
        + "longer.kept = True",
        "longer.kept = False",
    ),
    "a default value": (
        answer(
            "if not (a or b): raise ValueError\n"
            "return a if kept else max(a, b, key=len)",
            "def longer(a, b, kept=[1]):",
        ),
        "longer.__defaults__[0].clear()",
    ),
}


@pytest.mark.parametrize("where", KEEPERS)
def test_an_answer_that_keeps_something_is_judged_again(where):
    source, change = KEEPERS[where]
    names = typed(source)
    assert check_in(names, "99.E1").state == "wrong"
    typed(change, names)
    assert check_in(names, "99.E1").state == "passed"


def test_same_function_is_judged_again_if_it_leans_on_a_list():
    names = typed("kept = []\n" + answer("return a if not kept else b"))
    assert check_in(names, "99.E1").state == "wrong"
    assert check_in(names, "99.E1").state == "wrong"
