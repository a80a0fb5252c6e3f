"""flow_explorer: ops and learners' functions, and what is typed for their inputs."""

from __future__ import annotations

import math
import subprocess
import sys
from typing import Any

import numpy as np
import pytest

from gradlab.tensors.creation import tensor
from gradlab.tensors.function import Function
from gradlab.visualization import flow_explorer
from gradlab.visualization.explorers.boxes import parse_input, parse_whole, typed
from gradlab.visualization.explorers.flow import FlowExplorer


def explorer(*args: Any, **options: Any) -> FlowExplorer:
    made = flow_explorer(*args, **options)
    assert isinstance(made, FlowExplorer)
    return made


def gradients(made: FlowExplorer, d_out: Any) -> list[Any]:
    picture: Any = made.picture
    return [gradient.tolist() for gradient in picture.flow.push(d_out)]


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("(2, 3)", (2, 3)),
        ("2 3", (2, 3)),
        ("()", ()),
        ("[1, 2.5]", [1.0, 2.5]),
        ("[[1], [-2]]", [[1.0], [-2.0]]),
        ("-3", -3.0),
        ("3", 3.0),
        ("inf", math.inf),
        ("1e5", 1e5),
        ("[inf, -1e-300]", [math.inf, -1e-300]),
    ],
)
def test_an_input_is_a_shape_or_numbers(text: str, thing: Any) -> None:
    assert parse_input(text, "x") == thing
    assert parse_input(typed(thing), "x") == thing


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[1,", "x is a shape, such as"),
        ("['a']", "x is a shape, such as"),
        ("[True]", "x is a shape, such as"),
        ("[__import__('os')]", "x is a shape, such as"),
        ("[x for x in y]", "x is a shape, such as"),
        ("[1if", "x is a shape, such as"),
        ("[" * 500, "x is a shape, such as"),
        ("[[1], [2, 3]]", "Rows of one tensor have one length"),
        ("(1000, 1000)", "1,000,000 cells; up to 60"),
        ("9" * 5000, "5,000 characters"),
        ("abc", "“a” is not part of a shape"),
    ],
)
@pytest.mark.filterwarnings("error")
def test_what_is_no_input_gets_a_sentence(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse_input(text, "x")


def test_whole_numbers_may_be_typed_in_many_ways() -> None:
    assert parse_whole("1 0", "a dim") == parse_whole("(1, 0)", "a dim") == (1, 0)
    assert parse_whole("-1", "a dim") == (-1,)
    assert parse_whole("", "a dim") is None
    with pytest.raises(ValueError, match="“x” is not read here: type a dim"):
        parse_whole("x", "a dim")
    with pytest.raises(ValueError, match="up to 1,000,000"):
        parse_whole("9" * 50, "a dim")


def test_a_zip_goes_both_ways() -> None:
    made = explorer("*", [[1, 2]], [10])
    made.d_out.value = "[[3, 4]]"
    assert gradients(made, [[3, 4]]) == [[[30.0, 40.0]], [11.0]]
    assert "Gradient of y[0] = 11" in made.picture.alt()
    assert made.said() == "x (1, 2) and y (1,) give out (1, 2)."
    made.backward.value = False
    assert made.d_out.layout.display == "none"
    assert "d_out" not in made.picture.alt()


def test_the_list_leads_to_maps_and_reduces() -> None:
    made = explorer("mul", [[1, 2], [3, 4]], ())
    made.function.value = "inv (map)"
    assert made.y.layout.display == "none"
    assert gradients(made, [[1, 2], [3, 4]])[0][1] == [-3 / 9, -4 / 16]
    assert "gradient of x[1,1] = -0.25" in made.picture.alt()
    made.function.value = "sum (reduce)"
    made.dim.value = "0"
    assert "gradient of x[0,1] = 2, gradient of x[1,0] = 1" in made.picture.alt()
    made.keepdim.value = True
    assert made.said() == "x (2, 2) gives out (1, 2)."
    made.dim.value = "7"
    assert "dim=7 does not exist" in made.status.value


def test_a_function_of_numbers_is_followed_by_scalars_where_it_can() -> None:
    made = explorer(lambda x, y: x * y + x * x, [2, 3], [10])
    assert gradients(made, [1, 2]) == [[14.0, 2 * 16.0], [2 + 2 * 3.0]]
    assert "backward on Scalars gives it" in made.said()


def test_else_a_central_difference_is_taken_and_said() -> None:
    def wave(x: float) -> float:
        return math.sin(x) * x

    x = np.array([0.5, -2.0, 1.0])
    made = explorer(wave, x)
    expected = (np.cos(x) * x + np.sin(x)) * [1, 2, 3]
    assert np.allclose(gradients(made, [1, 2, 3])[0], expected, rtol=1e-7)
    assert "The derivative of wave: a central difference gives it." in made.said()


def test_plain_numbers_are_numbers_and_no_shapes() -> None:
    made = explorer("mul", 3, tensor(4.0))
    assert gradients(made, 2) == [8.0, 6.0]
    assert made.said() == "x = 3 and y = 4 give out ()."


def test_methods_of_scalars_are_followed_too() -> None:
    made = explorer(lambda x: x.relu() * x, [-1, 3])
    assert gradients(made, [1, 2]) == [[0.0, 12.0]]
    assert "relu" not in made.status.value


def test_a_function_class_is_drawn_as_it_is() -> None:
    class Wrong(Function):
        def forward(ctx: Any, x: Any) -> Any:
            return x * x

        def backward(ctx: Any, d_out: Any) -> Any:
            return d_out

    made = explorer(Wrong, [3])
    assert made.function.value == "Wrong (map)"
    assert "1 by backward, 6 by central differences" in made.picture.alt()


@pytest.mark.parametrize("x", ["()", "(0, 2)", "[nan, inf, -inf]", "[1e-300, 1e300]"])
@pytest.mark.parametrize("fn", ["mul", "neg", "sum", lambda x: x * x])
def test_awkward_inputs_are_pictures_too(x: str, fn: Any) -> None:
    made = explorer(fn, "(1,)", "()")
    made.x.value = x
    assert made.said() == made.status.value.replace("&#x27;", "'")
    assert len(made.picture.alt().split()) > 3


def test_what_a_function_raises_is_told_and_the_picture_stays() -> None:
    def picky(x: float) -> float:
        if x > 5:
            raise KeyError("<img> too large")
        return x * x

    made = explorer(picky, [1, 2])
    before = made._view.value
    made.x.value = "[1, 9]"
    assert "picky raised KeyError" in made.status.value
    assert "<img" not in made.status.value
    assert made._view.value == before
    made.x.value = "[1, 3]"
    assert made._view.value != before


def test_what_a_picture_refuses_is_not_said_to_be_raised_by_the_function() -> None:
    class Total(Function):
        def forward(ctx: Any, x: Any) -> Any:
            return x.sum()

        def backward(ctx: Any, d_out: Any) -> Any:
            return d_out

    with pytest.raises(ValueError, match=r"^map_flow draws a function of each cell"):
        explorer(Total)


def test_a_gradient_of_another_shape_is_told() -> None:
    made = explorer("neg", (2, 2))
    made.d_out.value = "[1, 2, 3]"
    assert "shape (3,)" in made.status.value


@pytest.mark.parametrize(
    ("fn", "error", "words"),
    [
        ("nosuch", ValueError, "There is no op 'nosuch' to draw: use one of neg"),
        (3, TypeError, "a function of one or two numbers"),
        (lambda: 1, TypeError, "fn takes 0. Wrap it"),
        (lambda a, b, c: a, TypeError, "fn takes 3. Wrap it"),
        (lambda *a: a[0], TypeError, r"not say how many.*lambda x, y: fn\(x, y\)"),
        (Function, TypeError, "Function has no forward"),
        (lambda x: "no", TypeError, "fn returned 'no'"),
        (lambda x: 1 // 0, ValueError, "fn has no value at 1"),
    ],
)
def test_what_is_no_function_of_numbers_is_named(
    fn: Any, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        flow_explorer(fn)


def test_without_ipywidgets_there_is_the_flow_and_a_word() -> None:
    code = (
        "import sys; sys.modules['ipywidgets'] = None\n"
        "from gradlab.visualization import flow_explorer\n"
        "shown = flow_explorer('mul', [3], [10])._repr_mimebundle_()\n"
        "assert 'pip install ipywidgets' in shown['text/html']\n"
        "print(shown['text/plain'])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "Gradient of x[0] = 10" in run.stdout, run.stderr
