"""What wrong results have in common is said only where it gives every one of them."""

import re
import time

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
            "of x is `d_out * 2` in every cell. Your gradient of y is 0 in every",
        ),
        (
            lambda x, y, d: (d * y * (y > 0), d * x),
            "Your gradient of x is `0` where y is negative.",
        ),
        (lambda x, y, d: (d * y * 7, d * x), "is 7 times the right one in every"),
        (lambda x, y, d: (-y * d, d * x), "the right one with its sign turned round"),
        (lambda x, y, d: (d * y + 0.7, d * x), "is the right one plus 0.7 in every"),
    ],
)  # fmt: skip
def test_a_gradient_is_said_as_the_formula_that_gives_every_number(gradients, said):
    assert said in pattern(MUL, wrong_mul(gradients), "Mul")


def test_a_wrong_gradient_without_a_simple_formula_is_not_said():
    noise = tensor(RNG.normal(size=(2, 3)))
    assert pattern(MUL, wrong_mul(lambda x, y, d: (d * y, noise)), "Mul") is None


def test_a_learner_s_own_names_make_no_formula_in_others():
    class Turned(Mul):
        def forward(ctx, y, x):
            ctx.save_for_backward(x, y)
            return x * y

        def backward(ctx, d_out):
            x, y = ctx.saved_values
            return d_out / x, d_out * y

    assert pattern(MUL, Turned, "Mul") is None


def test_behind_a_wrong_result_the_gradients_are_not_looked_at():
    class Divides(Mul):
        def forward(ctx, x, y):
            ctx.save_for_backward(x, y)
            return x / y

    assert pattern(MUL, Divides, "Mul") == "Your result is `x / y` in every cell."


def test_behind_a_changed_argument_nothing_is_said():
    def doubles(x):
        x *= 2
        return x * x

    assert (
        pattern(exercise(lambda x: x * x, *(call(x) for x, _ in TWO)), doubles) is None
    )


@pytest.mark.parametrize(
    ("factor", "said"),
    [
        (1 / 3, "the right one divided by 3"),
        (-2, "-2 times the right one"),
        (1.00004, "1.00004 times the right one"),
        (2e-7, "2e-07 times the right one"),
        (np.nan, "nan in every cell"),
    ],
)
def test_factors_in_words(factor, said):
    asked = exercise(lambda x: np.exp(x * x).T * 3, *(call(x) for x, _ in TWO))
    assert said in pattern(asked, lambda x: np.exp(x * x).T * 3 * factor)


def test_three_dims_have_no_rows_and_columns_to_swap():
    asked = exercise(
        lambda x: np.sin(x), *(call(RNG.normal(size=(2, 2, 2))) for _ in "ab")
    )
    assert pattern(asked, lambda x: np.sin(x).T) is None


def test_what_is_right_is_not_said():
    assert pattern(MUL, Mul, "Mul") is None


def test_a_formula_for_one_sign_is_not_made_of_two_numbers():
    def relu(x):
        return max(x, 0.0)

    def leaks(x):
        return x if x > 0 else 3.0

    few = [call(x) for x in (-5.0, -7.0, 1.0, 2.0, 3.0)]
    assert pattern(exercise(relu, *few), leaks) is None
    more = exercise(relu, *few, call(-6.0))
    assert pattern(more, leaks) == "Your result is `3` where x is negative."


def test_parts_that_are_wrong_in_the_same_way_share_a_sentence():
    twice = wrong_mul(lambda x, y, d: (2 * d * y, 2 * d * x))
    assert pattern(MUL, twice, "Mul") == (
        "Your gradient of x is 2 times the right one in every cell; so is your "
        "gradient of y."
    )


def test_one_number_everywhere_is_said_without_any_argument_of_that_shape():
    asked = exercise(lambda x: x.sum(0), *(call(TensorSpec(x)) for x, _ in TWO))
    assert (
        pattern(asked, lambda x: x.sum(0) * -0.0) == "Your result is 0 in every cell."
    )


def test_calls_that_are_rightly_refused_stand_aside():
    def half(x):
        if x < 0:
            raise ValueError(x)
        return x / 2

    def double(x):
        return 4 * half(x)

    asked = exercise(half, call(4.0), call(9.0), call(7.0), call(-1.0))
    assert pattern(asked, double) == "Your result is 4 times the right one each time."


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
    assert said == (
        "Your gradient of x is `d_out * out * out` in every cell. Here `out` is your "
        "own result."
    )


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
    assert pattern(asked, lambda x, y: x / (y > 0)) is None  # not `x` in every cell


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
        results = run_probes(
            asked,
            LocalCaller({"f": lambda x, y: [odd(), -x * y, x + y, x * 0][seed % 4]}),
        )
    found = find_pattern(asked, results)  # no warning reaches a learner
    if found is not None:
        says_what_it_says(found.sentence, asked, results)


def says_what_it_says(sentence, asked, results):
    """Compute the formula that a sentence tells, and compare."""
    told = re.fullmatch(r"Your result is `(.*)` (each time|in every cell)\.", sentence)
    for result in results if told else ():
        named = dict(zip(("x", "y", "z"), result.call.args))
        with np.errstate(all="ignore"):
            value = eval(told[1], {"exp": np.exp, "log": np.log, "inf": np.inf}, named)  # noqa: S307
        yours = np.asarray(result.outcome.value)
        assert np.allclose(value, yours, equal_nan=True), (sentence, named, yours)


@pytest.mark.parametrize("seed", range(12))
def test_what_a_formula_says_is_what_the_code_gave(seed):
    rng = np.random.default_rng(seed)
    names = ["x", "y", "z"][: rng.integers(1, 4)]
    given = {name: rng.uniform(0.5, 3, size=12) for name in names}
    terms = Terms(given, {name: rng.uniform(0.5, 3, size=4) for name in names})
    with np.errstate(all="ignore"):
        level = np.array(terms._level(seed % 3), dtype=object)
        for term in rng.choice(level, size=20):
            target = term.values[:12]
            found = terms.simplest(target, seed % 3)
            if found is not None and np.isfinite(target).all():
                known = {"exp": np.exp, "log": np.log, "inf": np.inf, **given}
                assert np.allclose(eval(found, known), target), found  # noqa: S307


@pytest.mark.parametrize("calls", [1, 2, 3, 4])
def test_noise_has_no_formula(calls):
    rng = np.random.default_rng(calls)
    for _ in range(10):
        given = [
            rng.integers(1, 9, size=3).astype(float).tolist() for _ in range(calls)
        ]
        asked = exercise(lambda x, y, z: x * y * z, *(call(*each) for each in given))
        said = pattern(asked, lambda *given: float(rng.integers(1, 9)))
        assert said is None or re.fullmatch(r"Your result is `[xyz]` each time.", said)


def test_a_formula_of_three_signs_needs_five_different_numbers():
    def asked(n):
        return exercise(lambda x: x, *(call(float(x)) for x in range(2, 2 + n)))

    def cubed(x):
        return x * x * x - x

    assert pattern(asked(5), cubed) is not None
    assert pattern(asked(3), cubed) is None


@pytest.mark.parametrize(
    ("shapes", "result"),
    [
        (((10, 10),) * 6, (10, 10)),
        (((9,),), (100,)),
        (((4,), (5,)), (20,)),
        (((),) * 12, ()),
    ],
)
def test_a_search_in_vain_is_short(shapes, result):
    rng = np.random.default_rng(0)
    calls = (call(*(rng.normal(size=shape) for shape in shapes)) for _ in range(5))
    asked = exercise(lambda *given: np.zeros(result), *calls)
    start = time.process_time()
    assert pattern(asked, lambda *given: rng.normal(size=result)) is None
    assert time.process_time() - start < 5


# -------------------- slips --------------------


NUMBERS = exercise(lambda x: x * x, call(2), call(3), call(-4))


def test_nothing_returned():
    said = pattern(NUMBERS, lambda x: None)
    assert said.startswith("Every call that should give a value gave None")


def test_nothing_returned_where_a_way_back_is_asked_for_too():
    calls = (call(leaf(TWO[0][0])), call(leaf(TWO[1][0])).back(TWO[1][1]))
    said = pattern(exercise(lambda x: x * x, *calls), lambda x: None)
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
    assert "gave None: it came to its end" in pattern(asked, no_return)


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
    ("save", "take", "said"),
    [
        ("pass", "x, y = ctx.saved_values", "takes 2 values out of"),
        ("pass", "x, y = ctx.saved_values", "and there is none: it holds"),
        ("pass", "x, y = ctx.saved_tensors", "and there is none: it holds"),
        ("pass", "x = ctx.saved_values[0]", "takes 1 value out of"),
        ("ctx.save_for_backward(x)", "x, y = ctx.saved_values", "and there is 1: it"),
        ("ctx.save_for_backward(x)", "x, y = ctx.saved_values[1:]", None),
        ("ctx.save_for_backward(x)", "y = ctx.saved_values[1]", None),
        ("ctx.save_for_backward(x)", "x = ctx.saved_values[0][9]", None),
        (
            "ctx.save_for_backward(x)",
            "x, y = ctx.saved_values[0], ctx.saved_values[1]",
            None,
        ),
    ],
)
def test_what_is_not_saved_is_counted_where_it_is_sure(save, take, said):
    from tests.exercises.conftest import typed

    yours = typed(SAVED.format(save=save, take=take))["Mul"]
    found = pattern(MUL, yours, "Mul")
    assert found is None if said is None else said in found


def test_a_way_without_a_return_is_told_from_no_return_at_all():
    calls = [call(leaf([x, 2 * x])).back(np.array([3.0, x])) for x in (-1.0, 2.0, 5.0)]

    class Square(Function):
        def forward(ctx, x):
            ctx.save_for_backward(x)
            return x * x

        def backward(ctx, d_out):
            (x,) = ctx.saved_values
            return d_out * x * 2

    class Half(Square):
        def backward(ctx, d_out):
            (x,) = ctx.saved_values
            return d_out * x * 2 if x.sum().item() > 0 else None

    said = pattern(exercise(Square, *calls, name="Square"), Half, "Square")
    assert "gave None in some of the calls" in said


def test_none_where_none_is_asked_for_is_no_slip():
    asked = exercise(lambda x: None, call([1]), call([2]))
    assert pattern(asked, lambda x: x.append(1)) is None


def test_a_stub_left_over_is_no_refusal():
    from tests.exercises.conftest import typed

    source = "def f(x):\n    if x == 2:\n        raise ValueError(x)\n    "
    refuses = typed(source + "raise NotImplementedError")["f"]
    assert pattern(NUMBERS, refuses) is None


@pytest.mark.parametrize(
    "hidden",
    [lambda x: (i for i in [x]), lambda x: np.ones(30), lambda x: map(abs, [x])],
)
def test_what_cannot_be_seen_is_not_called_the_same(hidden):
    said = pattern(NUMBERS, hidden)
    assert said is None or "whatever went in" not in said


def test_always_the_same():
    assert (
        pattern(NUMBERS, lambda x: 7) == "Each of the 3 calls gave 7, whatever went in."
    )
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
