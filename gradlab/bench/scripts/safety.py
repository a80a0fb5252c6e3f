"""What must not abort: a deep graph, a fork after use, three threads at once."""

import importlib
import os
import sys
import threading
from typing import Any

gradlab: Any = importlib.import_module("gradlab")


def deep() -> bool:
    """Run backward through 100,000 ops, then let the graph go."""
    x = gradlab.ones(1, requires_grad=True)
    y = x
    for _ in range(100_000):
        y = y + 1.0
    y.backward()
    del y
    return bool(x.grad.item() == 1.0)


def work() -> bool:
    """Run compiled loops and NumPy's, forward and backward."""
    x = gradlab.ones((300, 100), requires_grad=True)
    row = gradlab.ones(100, requires_grad=True)
    for _ in range(20):
        x.grad = None
        ((x * row).sigmoid() + x.permute(1, 0).permute(1, 0)).sum().backward()
    gradient: Any = x.grad.get((0, 0))
    return abs(gradient - 1.196612) < 1e-5


def fork() -> bool:
    """Work, fork, and work in the child."""
    good = work()
    child = os.fork()
    if child == 0:
        os._exit(0 if work() else 3)
    return os.waitpid(child, 0)[1] == 0 and good


def threads() -> bool:
    """Work in three threads at once."""
    good: list[bool] = []
    running = [threading.Thread(target=lambda: good.append(work())) for _ in range(3)]
    for each in running:
        each.start()
    for each in running:
        each.join()
    return good == [True] * 3


if __name__ == "__main__":
    raise SystemExit(
        0 if {"deep": deep, "fork": fork, "threads": threads}[sys.argv[1]]() else 1
    )
