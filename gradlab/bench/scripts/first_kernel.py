"""CPU seconds until the first compiled loop has run."""

import importlib
import sys
import time
from collections.abc import Callable
from typing import Any

# Which of them runs a compiled loop at this size is the backend's choice.
CALLS: tuple[Callable[[Any], Any], ...] = (
    lambda x: x.sum(),
    lambda x: x.sum(0),
    lambda x: x.T + x,
    lambda x: x.tanh(),
)


def main() -> None:
    """Print the seconds with and without the imports of gradlab and NumPy."""
    begin = time.process_time()
    gradlab: Any = importlib.import_module("gradlab")

    _ = gradlab.ones(10) + gradlab.ones(10)
    x = gradlab.ones((100, 100))
    start = time.process_time()
    for call in CALLS:
        call(x)
        if "numba" in sys.modules:
            break
    else:
        raise SystemExit("No op on 10,000 cells ran a compiled loop.")
    end = time.process_time()
    print("seconds", end - start)
    print("all", end - begin)


if __name__ == "__main__":
    main()
