"""A learner's own function: seconds until it has run on 20 cells."""

import importlib
import time
from typing import Any

gradlab: Any = importlib.import_module("gradlab")


def bump(x: float) -> float:
    """Return x² + 1."""
    return x * x + 1.0


def main() -> None:
    """Print the seconds of wrapping the function and calling it once."""
    x = gradlab.ones(20)
    _ = x + x
    start = time.process_time()
    gradlab.tensor_map(bump)(x)
    print("seconds", time.process_time() - start)


if __name__ == "__main__":
    main()
