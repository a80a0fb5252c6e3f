"""Values and gradients of every op beside PyTorch's, over generated cases."""

import pytest

pytest.importorskip("torch", reason="torch is not installed: pip install torch")

from tests.torch.comparison import (
    ROWS,
    RUN_BY,
    TALLIES,
    TOLERANCES,
    Tally,
    cases_of,
    compare,
    off,
)


@pytest.mark.parametrize("op", ROWS, ids=lambda op: op.name)
def test_values_and_gradients_are_torchs(op):
    tally = TALLIES.setdefault(op.name, Tally())
    wrong = []
    for k, case in enumerate(cases_of(op)):
        try:
            value, gradient = compare(op, case, RUN_BY[k % 2])
        except Exception as error:  # go on: the smallest case tells most
            wrong.append(f"{case}: {type(error).__name__}: {error}")
            continue
        near, gradient_near = TOLERANCES[case.arrays[0].dtype.name]
        if value > near or gradient > gradient_near:
            wrong.append(f"{case}: value off by {value:.1e}, gradient {gradient:.1e}")
        tally.cases += 1
        if case.arrays[0].dtype == "float64":
            tally.value = max(tally.value, value)
            tally.gradient = max(tally.gradient, gradient)
    assert not wrong, "\n".join(sorted(wrong, key=len))


def test_there_are_a_thousand_distinct_cases_and_ten_of_every_op():
    cases = {op.name: {case.key for case in cases_of(op)} for op in ROWS}
    assert {name: len(keys) for name, keys in cases.items() if len(keys) < 10} == {}
    assert sum(map(len, cases.values())) >= 1000


def test_cases_have_all_sorts_of_shapes_strides_and_dtypes():
    keys = [case.key for op in ROWS for case in cases_of(op)]
    shapes = [shape for _, shapes, _, _ in keys for shape in shapes]
    steps = [step for _, _, steps, _ in keys for each in steps for step in each]
    assert {len(shape) for shape in shapes} >= {0, 1, 2, 3, 4}
    assert {size for shape in shapes for size in shape} >= {0, 1, 2, 3}
    assert min(steps) < 0
    assert {0, 2} <= set(steps)
    assert {dtype for *_, dtype in keys} == {"float64", "float32"}


def test_a_wrong_number_is_seen():
    assert off([1.0, 2.0], [1.0, 2.5]) == pytest.approx(0.2)
    assert off([float("nan")], [1.0]) == float("inf")
