"""My engine: what is kept, what the file holds, and how later lessons run on it."""

import ast
from pathlib import Path

import pytest

from gradlab import Function, keep, my_engine, plug, tensor
from gradlab.exercises import differentiate, engine_report
from gradlab.exercises.engine_file import engines
from gradlab.exercises.engine_report import rows_of
from gradlab.exercises.keeping import fitted, pieces
from tests.exercises.conftest import typed, verdict_on
from tests.exercises.test_gradients import RIGHT, mul

SCALAR_MUL = """
from gradlab import ScalarFunction
class Mul(ScalarFunction):
    @staticmethod
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        x, y = ctx.saved_values
        return d_out * y, d_out * x
"""
SUM = """
from gradlab import Function
class Sum(Function):
    @staticmethod
    def forward(ctx, x, dim):
        ctx.save_for_backward(x.shape)
        return x.sum(dim)

    @staticmethod
    def backward(ctx, d_out):
        return d_out.expand(*ctx.saved_values[0])
"""


@pytest.fixture(autouse=True)
def no_engines():
    engines.clear()


def kept(source, *names):
    found = typed(source)
    keep(*(found[name] for name in names), anyway=True)
    return found


def engine_in(workspace):
    return (workspace / "my_engine.py").read_text(encoding="utf-8")


# ------------------------------------- keeping -------------------------------------


def test_only_what_has_passed_is_kept(workspace, capsys):
    names = typed(RIGHT)
    keep(names["Mul"])
    assert "Mul is not kept: its check has not passed" in capsys.readouterr().out
    assert not (workspace / "my_engine.py").exists()
    assert verdict_on(RIGHT, "97.E1").passed
    keep(names["Mul"])  # the same code, from a cell that ran again
    assert capsys.readouterr().out == "Kept Mul in my_engine.py: 1 piece now.\n"
    assert "# ---- Mul: exercise 97.E1, 20" in engine_in(workspace)


def test_the_file_can_be_read_and_imported(workspace, monkeypatch):
    kept(RIGHT, "Mul")
    text = engine_in(workspace)
    assert ast.get_docstring(ast.parse(text)).startswith("My engine")
    top = text.partition("# ----")[0]
    assert top.count("\nfrom gradlab import") == 2  # Function and unbroadcast
    monkeypatch.syspath_prepend(workspace)
    import my_engine as module

    assert issubclass(module.Mul, Function)


def test_keeping_again_replaces_the_piece_and_nothing_else(workspace, capsys):
    kept(RIGHT + SUM, "Mul", "Sum")
    file = workspace / "my_engine.py"
    mine = "\n\nNOTE = 'my own'\n"
    file.write_text(engine_in(workspace) + mine)
    before = engine_in(workspace)
    kept(mul("return None, None"), "Mul")
    text = engine_in(workspace)
    assert text.endswith(mine)
    assert text.count("class Mul(") == 1
    assert "return None, None" in text
    assert text.partition("# ---- Sum")[2] == before.partition("# ---- Sum")[2]
    assert "2 pieces now." in capsys.readouterr().out.splitlines()[-1]


def test_what_a_piece_stands_on_is_kept_with_it(workspace, capsys):
    source = (
        "import math as m\nfrom functools import reduce\nTWO = 2\n"
        "def half(x): return x / TWO\n"
        "def area(x): return half(m.pi * reduce(max, [x])) if x else area(1)\n"
    )
    kept(source, "area")
    assert "Kept area with half in my_engine.py: 2 pieces" in capsys.readouterr().out
    assert {"import math as m", "from functools import reduce", "TWO = 2"} <= set(
        engine_in(workspace).splitlines()
    )
    assert pieces()["area"](2.0) == pytest.approx(3.14159, abs=1e-4)


def test_what_cannot_be_written_down_is_said(workspace, capsys):
    kept("seen = []\ndef f(x): return seen", "f")
    assert "f uses `seen`, which is [] in this notebook" in capsys.readouterr().out
    kept("f = lambda x: x", "f")
    assert "not to be found" in capsys.readouterr().out
    assert not (workspace / "my_engine.py").exists()


def test_functions_of_both_kinds_stand_side_by_side(workspace, capsys):
    kept(SCALAR_MUL, "Mul")
    assert "Kept Mul as ScalarMul in my_engine.py" in capsys.readouterr().out
    kept(RIGHT, "Mul")
    assert list(pieces()) == ["ScalarMul", "Mul"]
    assert my_engine().scalars["Mul"].__name__ == "Mul"


def test_a_name_is_no_piece():
    with pytest.raises(TypeError, match="keep takes functions and classes"):
        keep("Mul")


# ---------------------------- places that are not writable ----------------------------


def test_nothing_is_kept_while_grading(workspace, monkeypatch, capsys):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    kept(RIGHT, "Mul")
    assert "nothing is while a notebook is graded" in capsys.readouterr().out
    assert list(workspace.iterdir()) == []
    assert pieces() == {}


def test_outside_a_workspace_pieces_last_as_long_as_the_kernel(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.delenv("GRADLAB_WORKSPACE")
    monkeypatch.chdir(tmp_path)
    kept(RIGHT, "Mul")
    assert "until this kernel stops, not in a file" in capsys.readouterr().out
    assert list(pieces()) == ["Mul"]
    assert not Path("my_engine.py").exists()


# ------------------------------------- running -------------------------------------


def test_later_lessons_run_on_the_pieces(capsys):
    kept(mul("return d_out * 7, d_out * 8"), "Mul")
    kept("def backprop(result, d_out): pass", "backprop")
    capsys.readouterr()
    engine = my_engine("Mul", "Inv")
    assert capsys.readouterr().out == "yours: Mul, backprop; gradlab's: Inv.\n"
    assert engine.own == ("Mul",)
    assert list(engine.loops) == ["backpropagate"]
    x = tensor([2.0], requires_grad=True)
    with engine.plug():
        y = x * x
        y.backward(tensor([1.0]))
    assert x.grad is None  # the backprop that was kept does nothing
    assert type(y.history.fn) is type(engine["Mul"])
    with pytest.raises(ValueError, match="Neither you nor gradlab have"):
        my_engine("Mull")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ("x = (1\n", "SyntaxError, '(' was never closed"),
        ("x = 1 / 0\n", "ZeroDivisionError, division by zero"),
        ("raise SystemExit\n", "SystemExit"),
    ],
)
def test_a_broken_file_is_said_with_its_line(workspace, capsys, more, words):
    kept(RIGHT, "Mul")
    file = workspace / "my_engine.py"
    file.write_text(file.read_text() + more)
    line = len(file.read_text().splitlines())
    capsys.readouterr()
    engine = my_engine("Mul")
    said = capsys.readouterr().out
    assert f"my_engine.py, line {line}: {words}" in said
    assert "yours: none; gradlab's: Mul." in said
    assert engine["Mul"].__module__.startswith("gradlab.")


def test_a_broken_file_is_left_as_it_is(workspace, capsys):
    (workspace / "my_engine.py").write_text("x = (1")
    kept(RIGHT, "Mul")
    assert "the file must be mended first: my_engine.py, line 1" in (
        capsys.readouterr().out
    )
    assert engine_in(workspace) == "x = (1"


# ------------------------------------- reports -------------------------------------


def test_the_report_says_which_ops_pass_and_why_not():
    found = typed(RIGHT + SUM)
    rows = {row.op: row for row in rows_of({n: found[n] for n in ("Mul", "Sum")})}
    assert rows["mul"].words == "passes 9 cases"
    sums = rows["sum_dim"].reason
    assert sums.startswith("at shape (2, 3, 4): ValueError: expand cannot read")


def test_the_report_names_what_is_not_right():
    found = typed(mul("return unbroadcast(y, x.shape), unbroadcast(x, y.shape)"))
    shown = engine_report({"Mul": found["Mul"]})
    assert "0 of 1 of gradlab's tests pass" in shown.text
    assert "the gradient of input 1 is not right: expected" in shown.text
    assert "<table" in shown.html


def test_the_report_of_nothing_is_a_sentence():
    assert "no Function of yours to test yet" in engine_report().text


def test_a_formula_is_differentiated_by_own_functions():
    own = typed(SCALAR_MUL)["Mul"]
    shown = differentiate("d = a + a * b; d + c + 3", {"a": 1, "b": 2, "c": 3}, [own])
    assert shown.result.data == 9
    assert shown.derivatives == {"a": 3.0, "b": 1.0, "d": None, "c": 1.0}
    assert "yours: Mul; gradlab's: Add, backpropagate." in shown.text


def test_what_gradlab_did_alone_is_not_called_yours():
    shown = differentiate("x * y + x", {"x": 2, "y": 3}, [])
    assert "No piece of yours was in it" in shown.text
    assert "yours 4" not in shown.text
    assert shown.derivatives == {"x": 4.0, "y": 2.0}


def test_a_wrong_walk_back_is_seen():
    def once(result, d_out):
        for _, source, d in result.chain_rule(d_out):
            source.derivative = d

    shown = differentiate("x * y + x", {"x": 2, "y": 3}, [], once)
    assert "the derivative of x is not as gradlab's own" in shown.text
    assert "yours 1, gradlab's 4" in shown.text


@pytest.mark.parametrize(
    ("formula", "words"),
    [("x *", "missing after"), ("x + z", "z has no value"), ("log(0 - x)", "no value")],
)
def test_a_formula_that_is_none_is_said(formula, words):
    assert words in differentiate(formula, {"x": 2}, []).text


@pytest.mark.parametrize("line", ["return x * y", "return d_out * y, d_out * x"])
def test_a_stub_is_not_done_yet(line):
    stub = typed(SCALAR_MUL.replace(line, "raise NotImplementedError"))
    shown = differentiate("x * y", {"x": 2, "y": 3}, [stub["Mul"]])
    assert "a part of it is not done yet" in shown.text
    assert shown.result is None


def test_a_sum_that_keeps_no_dims_leaves_these_to_gradlab():
    Sum = typed(SUM)["Sum"]
    x = tensor([[1, 2], [3, 4]], requires_grad=True)
    with plug(functions={"Sum": fitted(Sum)}):
        assert x.sum(1, keepdim=True).tolist() == [[3], [7]]
        assert x.sum(0).tolist() == [4, 6]
        assert x.sum(0).history.fn is Sum
