"""Typed formulas: what is read, what is refused, and that nothing of it runs."""

from __future__ import annotations

import ast
import builtins
import math
from pathlib import Path
from typing import Any

import pytest

from gradlab.operators import SCALARS
from gradlab.visualization import expression
from gradlab.visualization.expression import FUNCTIONS, Apply, Name, parse


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("x * y + sin(x)", 6 + math.sin(2)),
        ("  -x ** 2 ", -4.0),
        ("2 ** -x", 0.25),
        ("(x + y) / (x - y)", -5.0),
        ("+x - -y", 5.0),
        ("exp(log(x)) + sqrt(x * x) + abs(-y)", 7.0),
        ("mul(x, y) - add(1, .5)", 4.5),
        ("sin(pi) + x", 2.0),
        ("relu(x - y) + x\n", 2.0),
        ("1_000 * x + 0x10", 2016.0),
    ],
)
def test_a_formula_has_the_value_that_it_says(text: str, value: float) -> None:
    assert parse(text).at({"x": 2, "y": 3}).data == pytest.approx(value, abs=1e-12)


def test_a_variable_is_one_leaf_however_often_it_is_used() -> None:
    read = parse("θ * θ + b")
    assert read.names == ("θ", "b")
    assert read.tree == Apply("add", (Apply("mul", (Name("θ"), Name("θ"))), Name("b")))
    out = read.at({"θ": 3, "b": 1})
    out.backward()
    assert out.history is not None
    square = out.history.inputs[0]
    assert [leaf.derivative for leaf in square.history.inputs] == [6.0, 6.0]


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_every_function_can_be_written(name: str) -> None:
    arguments = "x, y" if FUNCTIONS[name].kind == "zip" else "x"
    given = (0.5, 2.0)[: len(arguments.split(","))]
    value = parse(f"{name}({arguments})").at({"x": 0.5, "y": 2}).data
    assert value == pytest.approx(SCALARS[name].fn(*given), rel=1e-15)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Type a formula"),
        ("__import__('os')", "“'” at character 12"),
        ("__import__(os)", "the functions are"),
        ("x.real", "“x.real” at character 1 is not part"),
        ("(1).__class__", "not part of a formula"),
        ("lambda: 1", "“:” at character 7"),
        ("[x for x in y]", r"“\[” at character 1"),
        ("(x for x in y)", "not part of a formula"),
        ("sin(x for x in y)", "not part of a formula"),
        ("x := 3", "“:” at character 3"),
        ("f'{x}'", "“'” at character 2"),
        ('"text" * 9', '“"” at character 1'),
        ("x[0]", r"“\[” at character 2"),
        ("x and y", "not part of a formula"),
        ("not x", "not part of a formula"),
        ("x if y else x", "not part of a formula"),
        ("x in y", "not part of a formula"),
        ("x // y", "not part of a formula"),
        ("(yield)", "not part of a formula"),
        ("x, y", "not part of a formula"),
        ("sin(*x)", "not part of a formula"),
        ("sin", r"a function has brackets, as in sin\(x\)"),
        ("sin(x, y)", r"write it as sin\(x\)"),
        ("mul(x)", r"write it as mul\(x, y\)"),
        ("x(3)", "the functions are add"),
        ("sin(x)(y)", "the functions are"),
        ("True", "Python keeps this word for itself; take another name"),
        ("2 * lambda", "“lambda” at character 5"),
        ("x\u200b * y", "“U\\+200B” at character 2"),
        ("...", "not part of a formula"),
        ("3j", "not part of a formula"),
        ("1e999", "too large"),
        ("x ^ 2", r"write \*\* for a power"),
        ("x²", "“²” at character 2"),
        ("y = x", "write the right side alone"),
        ("2x", "Write every sign"),
        ("x y", "Write every sign"),
        ("x + ", "Something is missing after the “\\+”"),
        ("x + * y", "at character 5, near “\\*”"),
        ("x\x00", "at character 2"),
        ("(x", "“\\(” at character 1 is not closed"),
        ("x)", "“\\)” at character 2 closes nothing"),
        ("(" * 30 + "x" + ")" * 30, "20 deep"),
        ("(" * 90 + "x" + ")" * 90, "20 deep"),
        ("-" * 150 + "x", "150 operations"),
        ("+".join("x" * 60), "59 operations"),
        ("+".join("abcdefg"), "7 variables"),
        ("x" * 30, "up to 20 characters"),
        ("x" * 1_000_000, "1,000,000 characters"),
        ("(" * 100_000, "100,000 characters"),
    ],
)
def test_what_is_no_formula_gets_a_sentence(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words) as problem:
        parse(text)
    assert len(str(problem.value)) < 250


def test_what_is_no_text_is_named() -> None:
    with pytest.raises(TypeError, match="got 3"):
        parse(3)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x / 0", "Div has no value at 2, 0"),
        ("log(-1) + x", "Log has no value at -1"),
        ("log(1 - x)", "Log has no value at -1"),
        ("9 ** 9 ** 9 + x", "exponent 3.87e8 is too large"),
        ("999 ** 999 * x", "Pow has no value"),
        ("exp(exp(exp(x)))", "Exp has no value"),
        ("x + z", "z has no value"),
    ],
)
def test_what_has_no_value_gets_a_sentence(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse(text).at({"x": 2})


def test_nothing_is_run(monkeypatch: pytest.MonkeyPatch) -> None:
    ran = []

    def told(*args: Any, **kwargs: Any) -> None:
        ran.append(args)

    source = Path(expression.__file__).read_text(encoding="utf-8")
    for name in ("eval", "exec", "__import__"):
        monkeypatch.setattr(builtins, name, told)
    for text in ("__import__(os)", "exec(x)", "eval(x)", "breakpoint()", "x * y"):
        try:
            parse(text)
        except ValueError:
            continue
    monkeypatch.undo()
    calls = (n.func for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Call))
    called = {call.id for call in calls if isinstance(call, ast.Name)}
    assert ran == []
    assert not called & {"eval", "exec", "compile", "getattr", "__import__"}
