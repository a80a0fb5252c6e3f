"""expression_explorer: a typed formula, its sliders, and what is said of it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from gradlab.visualization import expression_explorer
from gradlab.visualization.explorers.expression import ExpressionExplorer


@pytest.fixture
def explorer() -> ExpressionExplorer:
    made = expression_explorer("x * y + sin(x)", x=2, y=3)
    assert isinstance(made, ExpressionExplorer)
    return made


def test_value_and_gradients_are_said(explorer: ExpressionExplorer) -> None:
    assert explorer.status.value == "x * y + sin(x) = 6.91. Gradients: x 2.58, y 2."
    assert "x 2.58, y 2" in explorer.picture.alt()


def test_a_slider_moves_the_picture_and_keeps_the_frame(
    explorer: ExpressionExplorer,
) -> None:
    explorer.step.value = 3
    before = explorer._view.value
    explorer.variables["y"].value = -1.5
    assert explorer._view.value != before
    assert explorer.step.value == 3
    assert "y -1.5" in explorer.picture.alt()
    assert explorer.said().startswith("x * y + sin(x) = -2.09.")


def test_every_variable_gets_a_slider(explorer: ExpressionExplorer) -> None:
    explorer.variables["x"].value = 4.0
    explorer.formula.value = "a * b"
    assert list(explorer.variables) == ["a", "b"]
    explorer.formula.value = "b - x"
    assert explorer.variables["x"].value == 4.0
    assert [slider.description for slider in explorer._panel.children] == ["b", "x"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x +", "Something is missing"),
        ("__import__('os').system('true')", "is not part of a formula"),
        ("x.__class__", "is not part of a formula"),
        ("9 ** 9 ** 9 * x", "too large"),
        ("x / 0", "Div has no value"),
        ("log(-1) * x", "Log has no value"),
        ("3 + 4", "Without a variable there is no gradient"),
        ("<b>x</b>", "is not part of a formula"),
    ],
)
def test_what_cannot_be_drawn_is_said_and_the_picture_stays(
    explorer: ExpressionExplorer, text: str, words: str
) -> None:
    before = explorer._view.value
    explorer.formula.value = text
    assert words in explorer.status.value
    assert "<" not in explorer.status.value
    assert explorer._view.value == before
    explorer.formula.value = "x * x"
    assert explorer.status.value == "x * x = 4. Gradients: x 4."


def test_a_missing_derivative_is_said() -> None:
    made = expression_explorer("sqrt(x)", x=0)
    assert isinstance(made, ExpressionExplorer)
    assert "Sqrt has no derivative at 0" in made.said()


def test_a_start_outside_the_slider_widens_it() -> None:
    made = expression_explorer("x * x", x=-250)
    assert isinstance(made, ExpressionExplorer)
    assert made.said() == "x * x = 62500. Gradients: x -500."


def test_a_wrong_start_is_named() -> None:
    with pytest.raises(ValueError, match=r"z is no variable of x \* y"):
        expression_explorer("x * y", z=3)
    with pytest.raises(ValueError, match="x is NaN; a slider needs a finite number"):
        expression_explorer("x * y", x=float("nan"))
    with pytest.raises(TypeError, match="x is one number; got 'a'"):
        expression_explorer("x * y", x="a")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="character 12"):
        expression_explorer("__import__('os')")


def test_frames_are_spoken_when_the_slider_moves(explorer: ExpressionExplorer) -> None:
    explorer.step.value = 1
    assert explorer.picture.alt(0) in explorer._heard.value


def test_without_ipywidgets_there_is_the_graph_and_a_word() -> None:
    code = (
        "import sys; sys.modules['ipywidgets'] = None\n"
        "from gradlab.visualization import expression_explorer\n"
        "shown = expression_explorer('x * y', x=2, y=3)._repr_mimebundle_()\n"
        "assert 'pip install ipywidgets' in shown['text/html']\n"
        "print(shown['text/plain'])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "x 3, y 2" in run.stdout, run.stderr
