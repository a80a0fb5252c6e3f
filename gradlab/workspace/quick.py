"""A quicker start for everything of Jupyter's."""

from __future__ import annotations

import sys


def skip_slow_imports() -> None:
    """Hide an optional package that Jupyter imports and no notebook needs.

    `jsonschema` tries `rfc3987_syntax` to check internationalised addresses; that
    package builds its grammar anew at every import, which takes 2 to 3 seconds. In a
    process where it is hidden, `jsonschema` goes on without that one check.
    """
    # A None in sys.modules makes the import raise ImportError, which is expected there.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
