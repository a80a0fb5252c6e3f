"""A lesson's 20 ops, forward and backward: 7 maps, 9 zips, 3 reductions, a product."""

import importlib
import sys
import time
from collections.abc import Callable
from typing import Any

gradlab: Any = importlib.import_module("gradlab")

Call = Callable[[Any, Any], Any]

CALLS: tuple[Call, ...] = (
    lambda x, y: -x,
    lambda x, y: x.exp(),
    lambda x, y: x.log(),
    lambda x, y: x.sigmoid(),
    lambda x, y: x.tanh(),
    lambda x, y: x.relu(),
    lambda x, y: x.sqrt(),
    lambda x, y: x + y,
    lambda x, y: x - y,
    lambda x, y: x * y,
    lambda x, y: x / y,
    lambda x, y: x**y,
    lambda x, y: x < y,
    lambda x, y: x > y,
    lambda x, y: x == y,
    lambda x, y: x.is_close(y),
    lambda x, y: x.sum(0),
    lambda x, y: x.prod(1),
    lambda x, y: x.max(1),
    lambda x, y: x @ y,
)


def main() -> None:
    """Print the CPU seconds of it all and how much of it was compiled."""
    x, y = (gradlab.rand((100, 100), seed=k) + 0.5 for k in (1, 2))
    compiled = _watch()
    start = time.process_time()
    further = max(_first_call(call, x, y) for call in CALLS)
    for leaf in (x, y):
        leaf.requires_grad = True
    for call in CALLS:
        out = call(x, y)
        if out.requires_grad:
            out.sum().backward()
    print("seconds", time.process_time() - start)
    print("further", further)
    if compiled:
        print("compilations", len(compiled.buffer))


def _watch() -> Any:
    """Return a recorder of compilations if asked for: it imports Numba too early."""
    if "--watch" not in sys.argv:
        return None
    from numba.core import event

    recorder = event.RecordingListener()
    event.register("numba:compile", recorder)
    return recorder


def _first_call(call: Call, x: Any, y: Any) -> float:
    """Return what the first call costs above the second; 0 while Numba is imported."""
    is_loaded = "numba" in sys.modules
    start = time.process_time()
    call(x, y)
    middle = time.process_time()
    call(x, y)
    end = time.process_time()
    return (middle - start) - (end - middle) if is_loaded else 0.0


if __name__ == "__main__":
    main()
