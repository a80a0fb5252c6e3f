"""MiniTorch's own name for these modules, for code that says `import minitorch`."""

from __future__ import annotations

import sys

OWN, OTHER = "gradlab.minitorch", "minitorch"


def install_as_minitorch() -> None:
    """Make `import minitorch`, from now on and in this process, mean this package.

    Its modules too: `from minitorch.operators import mul`. What was imported under that
    name before keeps what it has.

    Examples
    --------
    >>> install_as_minitorch()
    >>> from minitorch.operators import mul
    >>> mul(3.0, 4.0)
    12.0
    """
    for name, module in list(sys.modules.items()):
        if name == OWN or name.startswith(f"{OWN}."):
            sys.modules[OTHER + name.removeprefix(OWN)] = module
