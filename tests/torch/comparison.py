"""One case run by gradlab and by PyTorch, and how far they are apart."""

import functools
import random
import zlib
from dataclasses import dataclass

import numpy as np

from gradlab import OPS, tensor
from tests.op_cases import draw_case, in_numpy, quietly, suits
from tests.test_all_ops import BACKENDS, leaf

ROWS = [op for op in OPS if op.torch]
PER_ROW = max(16, -(-1200 // len(ROWS)))
TOLERANCES = {"float64": (1e-7, 1e-6), "float32": (2e-5, 2e-4)}
RUN_BY = ("numba", "kernels")


@dataclass
class Tally:
    """What was compared for one op: float64 errors, relative to sizes above 1."""

    cases: int = 0
    value: float = 0.0
    gradient: float = 0.0


TALLIES = {}


@functools.cache
def cases_of(op):
    """Return distinct cases of an op that PyTorch accepts, the same ones each time."""
    drawn = random.Random(zlib.crc32(op.name.encode()))
    found = {}
    for attempt in range(60 * PER_ROW):
        case = draw_case(op, drawn, dtype="float32" if attempt % 3 == 2 else "float64")
        if case.key not in found and suits(op, case) and _torch_takes(op, case):
            found[case.key] = case
        if len(found) == PER_ROW:
            break
    return list(found.values())


def _torch_takes(op, case):
    try:
        out, _ = run_torch(op, case, None)
        run_torch(op, case, d_out_of(out))
    except (RuntimeError, IndexError, ValueError, TypeError):
        return False
    return out.shape == in_numpy(op, case.arrays).shape


def d_out_of(out):
    """Return a random gradient for a result."""
    return np.asarray(np.random.default_rng(1).uniform(-1.5, 1.5, out.shape), out.dtype)


def run_torch(op, case, d_out):
    """Return the result and, given d_out, the gradients in PyTorch."""
    import torch

    xs = [torch.from_numpy(a.copy()) for a in case.arrays]
    differentiable = op.differentiable and d_out is not None
    for x in xs:
        x.requires_grad = differentiable
    names = dict(zip("xyz", xs), xs=xs, torch=torch)
    with quietly():
        out = eval(op.torch, names)  # noqa: S307 - text of OPS, not of a user
    grads = [None] * len(xs)
    if differentiable and out.requires_grad:
        upstream = torch.from_numpy(d_out)
        grads = torch.autograd.grad(out, xs, upstream, allow_unused=True)
    return _cells(out), [None if g is None else _cells(g) for g in grads]


def _cells(x):
    return np.asarray(x.detach())


def run_gradlab(op, case, d_out, backend):
    """Return the result and the gradients in gradlab."""
    options = {"requires_grad": op.differentiable, "dtype": case.arrays[0].dtype}
    xs = [leaf(a, BACKENDS[backend], **options) for a in case.arrays]
    out = op.call(*xs)
    if out.requires_grad:
        out.backward(tensor(d_out, dtype=out.dtype))
    grads = [np.zeros(x.shape) if x.grad is None else x.grad.to_numpy() for x in xs]
    return out.to_numpy(), grads


def compare(op, case, backend):
    """Return how far value and gradients are off; shapes and dtypes must be equal."""
    d_out = d_out_of(run_torch(op, case, None)[0])
    expected, torch_grads = run_torch(op, case, d_out)
    got, grads = run_gradlab(op, case, d_out, backend)
    assert got.shape == expected.shape, f"{case}: {got.shape}, torch {expected.shape}"
    assert got.dtype == case.arrays[0].dtype, f"{case}: the result is {got.dtype}"
    for got_grad, x in zip(grads, case.arrays):
        assert got_grad.shape == x.shape, f"{case}: a gradient has {got_grad.shape}"
    return off(got, expected), max(
        off(g, np.zeros(g.shape) if t is None else t)
        for g, t in zip(grads, torch_grads)
    )


def off(got, expected):
    """Return the largest difference, relative to sizes above 1; inf for a stray NaN."""
    expected = np.asarray(expected, np.float64)
    same = (got == expected) | (np.isnan(got) & np.isnan(expected))
    with np.errstate(invalid="ignore"):
        error = np.where(
            same, 0.0, np.abs(got - expected) / np.maximum(1, abs(expected))
        )
    return float(np.where(np.isnan(error), np.inf, error).max(initial=0.0))
