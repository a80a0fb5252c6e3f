"""MiniTorch's training script reaches its goal on both Ops, and nobody waits for it."""

import os
import subprocess
import sys

import pytest

from tests.minitorch.training_script import train

ONE_EPOCH = """
from time import perf_counter
import gradlab.minitorch as minitorch
from tests.minitorch.training_script import train
backend = minitorch.TensorBackend(minitorch.FastOps)
start = perf_counter()
train(backend, "Split", epochs=1)
first = perf_counter()
train(backend, "Split", epochs=1)
print(first - start, perf_counter() - first)
"""


def test_xor(backend):
    assert train(backend) >= 0.95


@pytest.mark.slow
def test_one_epoch_of_split_with_nothing_compiled_yet(tmp_path):
    runs = []
    for k in range(2):
        run = subprocess.run(
            [sys.executable, "-c", ONE_EPOCH],
            env=os.environ | {"NUMBA_CACHE_DIR": str(tmp_path / str(k))},
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        runs.append([float(seconds) for seconds in run.stdout.split()])
    assert min(first for first, _ in runs) < 2.0
    assert min(second for _, second in runs) < 0.5
