"""How deep, how big, how many at once: none of it may abort or eat memory."""

import os
import subprocess
import sys

import pytest

from gradlab import Scalar, ones, tensor
from gradlab.bench.rows.fresh import figures
from gradlab.bench.rows.safety import OPS, peak_tensors

FREE = """
import gc, sys, gradlab
gc.disable()  # only for speed: there is no cycle to find
x = {leaf}
y = x
for _ in range({nodes}):
    y = y + x
del y
print("freed")
"""


def test_backward_through_100_000_ops():
    x = tensor([1.0, 2.0], requires_grad=True)
    y = x
    for _ in range(100_000):
        y = y + 1.0
    (y * y).sum().backward()
    assert x.grad.tolist() == [2 * 100_001.0, 2 * 100_002.0]


def test_backward_through_100_000_scalars():
    a = Scalar(1.0)
    b = a
    for _ in range(100_000):
        b = b + 1.0
    b.backward()
    assert a.derivative == 1.0


def free(leaf, nodes):
    """Return what a process says that makes a chain of nodes and lets it go."""
    code = FREE.format(leaf=leaf, nodes=nodes)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=200
    )
    return done.returncode, done.stdout.strip(), done.stderr


LEAVES = pytest.mark.parametrize(
    "leaf", ["gradlab.ones(1, requires_grad=True)", "gradlab.Scalar(1.0)"]
)


@LEAVES
def test_a_long_chain_is_freed_without_recursion(leaf):
    assert free(leaf, 100_000) == (0, "freed", "")


@pytest.mark.slow
@LEAVES
def test_a_million_nodes_are_freed_without_recursion(leaf):
    assert free(leaf, 1_000_000) == (0, "freed", "")


def test_a_chain_holds_one_tensor_per_op_and_four_more_at_most():
    # Each sigmoid keeps its result; the rest is the leaf, its gradient and two on the
    # way back.
    assert OPS < peak_tensors() <= OPS + 4


def test_graphs_are_freed_with_their_result_and_not_by_the_garbage_collector():
    import gc
    import weakref

    x = ones(3, requires_grad=True)
    gc.disable()
    try:
        y = x * 2.0
        kept = weakref.ref(y)
        z = y.sum()
        z.backward()
        del y, z
        assert kept() is None
    finally:
        gc.enable()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_a_forked_child_runs_what_its_parent_ran():
    figures("safety", "fork")


def test_three_threads_run_ops_at_once():
    figures("safety", "threads")
