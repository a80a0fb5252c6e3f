"""What an error in a Function's methods comes from, in words."""

import pytest

from gradlab.exercises.callers import LocalCaller
from gradlab.exercises.error_words import of_a_function
from gradlab.exercises.probes import ErrorInfo, TensorSpec, call
from gradlab.scalar_functions import Mul
from gradlab.tensors.functions import Log
from tests.exercises.conftest import typed

SOURCE = """
import math
from gradlab import Function

class Log(Function):
    def forward(ctx, x):
        {forward}
        ctx.save_for_backward(x)
        return x.log()

    def backward(ctx, d_out):
        {backward}
"""


@pytest.mark.parametrize(
    ("forward", "backward", "said"),
    [
        ("y = math.log(x)", "return d_out", "`math` is for one number"),
        ("y = x if x > 0 else -x", "return d_out", "`if` decides once"),
        ("y = x ^ 2", "return d_out", "`^` is no power"),
        ("ctx.saved_values = (x,)", "return d_out", "is for reading"),
        ("pass", "return d_out / x", "Each method has its own variables"),
        ("pass", "return ctx.saved_values()", "calls a tuple"),
        ("pass", "return d_out / ctx.saved_values", "takes a tuple for a tensor"),
        ("pass", "x, y = ctx.saved_values; return x", "holds what the last"),
        ("pass", "return d_out / ctx.saved_values['x']", "took in comes out"),
        ("pass", "return d_out / unknown", ""),
    ],
)
def test_what_an_error_comes_from(forward, backward, said):
    names = typed(SOURCE.format(forward=forward, backward=backward))
    x = TensorSpec([[2.0, 5.0]], requires_grad=True)
    made = call(x).back([[3.0, 4.0]]).on("Log")
    outcome = LocalCaller(names).run(made)
    assert outcome.status == "raised"
    words = of_a_function(outcome.error, Log)
    assert said in words if said else words == ""


def test_a_function_of_math_is_right_for_scalars():
    lines = ((1, "math.exp(x)"),)
    error = ErrorInfo("TypeError", "item() needs one element", (), lines)
    assert of_a_function(error, Mul) == ""
