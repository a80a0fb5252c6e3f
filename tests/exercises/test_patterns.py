"""What wrong results have in common is said only where it gives every one of them."""

import numpy as np
import pytest

from gradlab import Function, tensor
from gradlab.exercises.callers import LocalCaller
from gradlab.exercises.exercise import Exercise
from gradlab.exercises.patterns.found import find_pattern
from gradlab.exercises.patterns.terms import Terms
from gradlab.exercises.probes import Probe, Property, Raises, TensorSpec, call
from gradlab.exercises.probing import run_probes


def leaf(values):
    return TensorSpec(np.array(values, dtype=float), requires_grad=True)


def exercise(truth, *calls, name="f", **more):
    probes = tuple(Probe(f"probe {k}", each) for k, each in enumerate(calls))
    return Exercise(
        id="99.E9", name=name, title="", task="", truth=truth, probes=probes, points=1,
        **more,
    )  # fmt: skip


def pattern(asked, yours, name="f"):
    found = find_pattern(asked, run_probes(asked, LocalCaller({name: yours})))
    return found.sentence if found else None


# -------------------- formulas --------------------


class Mul(Function):
    def forward(ctx, x, y):
        ctx.save_for_backward(x, y)
        return x * y

    def backward(ctx, d_out):
        x, y = ctx.saved_values
        return d_out * y, d_out * x


RNG = np.random.default_rng(1)
TWO = [(RNG.normal(size=(2, 3)), RNG.normal(size=(2, 3))) for _ in range(3)]
MUL = exercise(
    Mul,
    *(call(leaf(x), leaf(y)).back(RNG.normal(size=(2, 3))) for x, y in TWO),
    name="Mul",
)


def wrong_mul(gradients):
    class Wrong(Mul):
        def backward(ctx, d_out):
            return gradients(*ctx.saved_values, d_out)

    return Wrong


@pytest.mark.parametrize(
    ("gradients", "said"),
    [
        (lambda x, y, d: (d / y, d * x), "gradient of x is `d_out / y` in every cell."),
        (lambda x, y, d: (d * y, -x), "Your gradient of y is `-x` in every cell."),
        (lambda x, y, d: (d * y, d * x - 1), "of y is `d_out * x - 1` in every"),
        (lambda x, y, d: (d * y * y, d * x), "of x is `d_out * y * y` in every cell."),
        (
            lambda x, y, d: (2 * d, 0 * d),
            "of x is `d_out * 2` in every cell. Your gradient of y is `0` in every",
        ),
        (
            lambda x, y, d: (d * y * (y > 0), d * x),
            "Your gradient of x is `0` where y is negative.",
        ),
        (lambda x, y, d: (d * y * 7, d * x), "x is 7 times the right one, at each"),
        (lambda x, y, d: (-y * d, d * x), "the right one with its sign turned round"),
        (lambda x, y, d: (d * y + 0.7, d * x), "the right one plus 0.7, at each place"),
    ],
)  # fmt: skip
def test_a_gradient_is_said_as_the_formula_that_gives_every_number(gradients, said):
    assert said in pattern(MUL, wrong_mul(gradients), "Mul")


def test_a_wrong_gradient_without_a_simple_formula_is_not_said():
    noise = tensor(RNG.normal(size=(2, 3)))
    assert pattern(MUL, wrong_mul(lambda x, y, d: (d * y, noise)), "Mul") is None


def test_what_is_right_is_not_said():
    assert pattern(MUL, Mul, "Mul") is None


def test_one_number_off_is_no_formula():
    def almost(x, y, d):
        first = (d / y).to_numpy().copy()
        first[0, 0] += 1
        return tensor(first), d * x

    assert pattern(MUL, wrong_mul(almost), "Mul") is None


def test_the_learner_s_own_result_may_stand_in_the_formula():
    class Exp(Function):
        def forward(ctx, x):
            out = x.exp()
            ctx.save_for_backward(out)
            return out

        def backward(ctx, d_out):
            return d_out * ctx.saved_values[0]

    class Squares(Exp):
        def backward(ctx, d_out):
            return d_out * ctx.saved_values[0] * ctx.saved_values[0]

    calls = (call(leaf(x)).back(y) for x, y in TWO)
    said = pattern(exercise(Exp, *calls, name="Exp"), Squares, "Exp")
    assert said == "Your gradient of x is `d_out * out * out` in every cell."


def test_cells_of_small_tensors_are_said_one_by_one():
    calls = [call(TensorSpec(RNG.normal(size=2))) for _ in range(4)]
    asked = exercise(lambda x: tensor([x[0], x[0] * x[1]]), *calls)
    said = pattern(asked, lambda x: tensor([x[1], x[0] / x[1]]))
    assert said == "Your result is `x[1]` in cell 0, `x[0] / x[1]` in cell 1."


def test_two_formulas_that_the_probes_cannot_part_are_not_said():
    asked = exercise(lambda x, y: x * y, call(3.0, 3.0), call(5.0, 5.0), call(7.0, 7.0))
    assert pattern(asked, lambda x, y: x + 1) is None  # or is it y + 1?


def test_infinity_is_near_infinity_only():
    asked = exercise(lambda x, y: x * (y > 0), *(call(*map(leaf, two)) for two in TWO))
    said = pattern(asked, lambda x, y: x / (y > 0))
    assert (
        said == "Your result is `x / 0` where y is negative."
    )  # not `x` in every cell


def test_each_row_of_a_matrix_may_stand_in_another_place():
    asked = exercise(lambda x: x.T @ x, *(call(x) for x, _ in TWO))
    said = pattern(asked, lambda x: np.roll(x.T @ x, 1, axis=0))
    assert said == "Your result is the right one with its last row at the front."


def test_each_item_of_a_pair_is_a_part():
    asked = exercise(lambda x: (x + 1, x * x), *(call(TensorSpec(x)) for x, _ in TWO))
    said = pattern(asked, lambda x: (x + 1, x * 2))
    assert said == "Item 1 of your result is `x * 2` in every cell."


@pytest.mark.parametrize(
    "value",
    ["text", None, np.array(["a"]), np.array([1j]), {"a": 1}, [1, "b"], object()],
)
def test_what_is_not_made_of_numbers_does_no_harm(value):
    asked = exercise(lambda x: x, *(call(x) for x, _ in TWO))
    found = find_pattern(asked, run_probes(asked, LocalCaller({"f": lambda x: value})))
    assert found is None or found.name in ("nothing returned", "always the same")


ODD = [0.0, -0.0, 1.0, -1.0, np.nan, np.inf, -np.inf, 1e300, 1e-300, 1e9]


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("shape", [(), (0,), (1,), (2,), (2, 3), (1, 2, 1)])
def test_odd_numbers_and_shapes_do_no_harm(seed, shape):
    rng = np.random.default_rng(seed)

    def odd():
        return rng.choice(ODD[: rng.integers(1, len(ODD) + 1)], size=shape)

    given = [(odd(), odd()) for _ in range(3)]
    asked = exercise(lambda x, y: x * y, *(call(*pair) for pair in given))
    with np.errstate(all="ignore"):
        said = pattern(asked, lambda x, y: [odd(), -x * y, x + y, x * 0][seed % 4])
    assert said is None or said.startswith(("Your result is", "Every call gave"))


def test_the_simplest_of_all_formulas_is_found_among_three_signs():
    given = {name: RNG.normal(size=9) for name in ("d_out", "s")}
    shadow = {name: RNG.normal(size=3) for name in given}
    d, s = given.values()
    assert Terms(given, shadow).simplest(d * s / (1 - s)) == "d_out * s / (1 - s)"
    assert Terms(given, shadow).simplest(np.exp(-s) * d) == "d_out / exp(s)"


# -------------------- slips --------------------


NUMBERS = exercise(lambda x: x * x, call(2), call(3), call(-4))


def test_nothing_returned():
    said = pattern(NUMBERS, lambda x: None)
    assert said.startswith("Every call that should give a value gave None")


def test_nothing_returned_beside_what_is_refused():
    def root(x):
        if x < 0:
            raise ValueError(x)
        return x**0.5

    def no_return(x):
        if x < 0:
            raise ValueError(x)

    asked = exercise(root, call(4), call(9), call(-1))
    assert "gave None: no `return`" in pattern(asked, no_return)


def test_forward_or_backward_without_a_return():
    class Forward(Mul):
        def forward(ctx, x, y):
            ctx.save_for_backward(x, y)

    assert "Your forward gave None" in pattern(MUL, Forward, "Mul")
    nothing = wrong_mul(lambda x, y, d: None)
    assert "Your backward gave None" in pattern(MUL, nothing, "Mul")


def test_one_gradient_for_two_inputs_is_not_called_none():
    one = wrong_mul(lambda x, y, d: d * y)
    assert pattern(MUL, one, "Mul") is None


SAVED = """
from gradlab import Function

class Mul(Function):
    def forward(ctx, x, y):
        {save}
        return x * y

    def backward(ctx, d_out):
        {take}
        return d_out * y, d_out * x
"""


@pytest.mark.parametrize(
    ("save", "take", "empty"),
    [
        ("pass", "x, y = ctx.saved_values", True),
        ("pass", "x, y = ctx.saved_tensors", True),
        ("pass", "x = ctx.saved_values[0]", True),
        ("ctx.save_for_backward(x)", "x, y = ctx.saved_values", False),
        ("ctx.save_for_backward(x)", "x, y = ctx.saved_values[1:]", False),
        ("ctx.save_for_backward(x)", "y = ctx.saved_values[1]", False),
    ],
)
def test_nothing_saved_is_said_only_of_an_empty_context(save, take, empty):
    from tests.exercises.conftest import typed

    yours = typed(SAVED.format(save=save, take=take))["Mul"]
    said = pattern(MUL, yours, "Mul") or ""
    assert ("nothing was in it" in said) is empty


def test_always_the_same():
    assert pattern(NUMBERS, lambda x: 7) == "Every call gave 7, whatever went in."
    assert pattern(NUMBERS, lambda x: 7 if x > 2 else 8) is None


def test_a_refusal_of_every_call_is_told_from_an_accident():
    from tests.exercises.conftest import typed

    refuses = typed("def f(x):\n    raise ValueError('no')")["f"]
    breaks = typed("def f(x):\n    return [][x]")["f"]
    assert "refuses every call" in pattern(NUMBERS, refuses)
    assert pattern(NUMBERS, breaks) is None


def test_a_demand_on_an_outcome_is_no_number():
    probes = (Probe("p", call(2), expect=Property(lambda outcome: "no")),)
    asked = Exercise(
        id="99.E9", name="f", title="", task="", truth=abs, probes=probes, points=1
    )
    assert pattern(asked, lambda x: 3.0) is None


def test_a_value_where_an_error_is_asked_for_is_no_formula():
    probes = tuple(
        Probe(f"{k}", call(float(k)), expect=Raises("ValueError")) for k in range(3)
    )
    asked = Exercise(
        id="99.E9", name="f", title="", task="", truth=abs, probes=probes, points=1
    )
    assert pattern(asked, lambda x: 2 * x) is None
