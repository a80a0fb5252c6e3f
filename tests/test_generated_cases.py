"""Every op on drawn shapes and strides: backends agree, gradients are right."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gradlab import OPS, gradcheck
from tests.op_cases import LAYOUTS, draw_case, in_numpy, suits
from tests.test_all_ops import BACKENDS, EVERY_OP, WITH_GRADIENT, leaf

EACH = settings(max_examples=15, deadline=None, derandomize=True)
DTYPES = {"float64": 1e-12, "float32": 1e-5}


@st.composite
def cases(draw, op, dtype="float64", most=256):
    """Draw a case that suits the op, with at most so many cells in one tensor."""
    random = draw(st.randoms(use_true_random=False))
    for _ in range(20):
        case = draw_case(op, random, dtype)
        if max(a.size for a in case.arrays) > most or not suits(op, case):
            continue
        if op.kind != "other" or takes(op, case):
            return case
    return assume(False)


def takes(op, case):
    """Say whether gradlab runs the case: layers refuse some shapes that NumPy takes."""
    try:
        op.call(*(leaf(a, BACKENDS["numpy"], dtype=a.dtype) for a in case.arrays))
    except (IndexError, ValueError):
        return False
    return True


@EVERY_OP
def test_backends_give_numpys_values(op):
    @EACH
    @given(st.sampled_from(sorted(DTYPES)), st.data())
    def check(dtype, data):
        case = data.draw(cases(op, dtype))
        expected = in_numpy(op, [a.astype(np.float64) for a in case.arrays])
        scale = max(1.0, float(np.nan_to_num(np.abs(expected)).max(initial=0.0)))
        for name, backend in BACKENDS.items():
            out = op.call(*(leaf(a, backend, dtype=dtype) for a in case.arrays))
            assert (out.shape, out.dtype) == (expected.shape, dtype), f"{case}, {name}"
            np.testing.assert_allclose(
                out.to_numpy(),
                expected,
                rtol=DTYPES[dtype],
                atol=DTYPES[dtype] * scale,
                err_msg=f"{case}, {name}",
            )

    check()


@WITH_GRADIENT
def test_gradients_at_every_index(op):
    @EACH
    @given(st.sampled_from(sorted(BACKENDS)), st.data())
    def check(name, data):
        case = data.draw(cases(op, most=48))
        assume(np.isfinite(in_numpy(op, case.arrays)).all())
        inputs = [leaf(a, BACKENDS[name], requires_grad=True) for a in case.arrays]
        assert gradcheck(op.call, *inputs), f"{case}, {name}"

    check()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_changes_where_cells_lie_and_nothing_else(layout):
    import random

    drawn, seen = random.Random(0), set()
    op = next(op for op in OPS if op.name == "add")
    for _ in range(30):
        case = draw_case(op, drawn, layouts=(layout,))
        seen |= {a.flags.c_contiguous for a in case.arrays}
        assert case.steps == tuple(leaf(a, "numpy").strides for a in case.arrays)
    assert seen == ({True} if layout == "packed" else {True, False})
