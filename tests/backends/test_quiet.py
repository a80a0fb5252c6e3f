"""quiet: no warning, in any thread, and also where it runs inside itself."""

import threading
import warnings

import numpy as np
import pytest

from gradlab.backends import get_backend
from gradlab.backends.quiet import quiet
from gradlab.operators import SCALARS

DIV = SCALARS["div"]


def test_no_warning_and_the_callers_settings_stay():
    before = np.geterr()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert quiet(np.divide, 1.0, np.zeros(1))[0] == np.inf
    assert np.geterr() == before


def test_inside_itself():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert quiet(lambda: quiet(np.log, np.zeros(1))[0]) == -np.inf


def test_an_error_is_passed_on():
    def fail():
        raise RuntimeError("only cats")

    with pytest.raises(RuntimeError, match="only cats"):
        quiet(fail)


@pytest.mark.parametrize("name", ["numpy", "numba"])
def test_each_thread_has_its_own(name):
    loop, zero = get_backend(name).bound(DIV, "zip"), np.zeros(5)
    results = []

    def work():
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            results.extend(np.isnan(loop(zero, zero)).all() for _ in range(200))

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [True] * 600


@pytest.mark.parametrize("name", ["numpy", "numba", "simple"])
def test_bound_loops_do_what_the_methods_do(name):
    backend = get_backend(name)
    x = np.arange(1.0, 7.0).reshape(2, 3)
    for cells in (x, x.T, x[0], x[0, 0, None], x[0, 0, ...]):
        for op, kind, args in (
            (SCALARS["neg"], "map", (cells,)),
            (SCALARS["add"], "zip", (cells, cells)),
            (SCALARS["add"], "reduce", (cells, tuple(range(cells.ndim)))),
        ):
            out = backend.bound(op, kind)(*args)
            assert type(out) is np.ndarray
            assert out.flags.c_contiguous
            np.testing.assert_array_equal(out, getattr(backend, kind)(op, *args))
    with pytest.raises(ValueError, match="broadcast"):
        backend.bound(DIV, "zip")(np.ones(2), np.ones(3))
