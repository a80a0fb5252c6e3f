"""CPU seconds of importing gradlab and running an op on ten cells."""

import importlib
import sys
import time
from typing import Any


def main() -> None:
    """Print the seconds, and whether Numba was imported."""
    start = time.process_time()
    gradlab: Any = importlib.import_module("gradlab")

    x = gradlab.ones(10)
    _ = x + x
    print("seconds", time.process_time() - start)
    print("numba", int("numba" in sys.modules))


if __name__ == "__main__":
    main()
