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


def skip_node() -> None:
    """Keep `jupyterlab.labapp` from running Node.js, where there is one, at its import.

    It would ask for yarn's settings, which only the builders of extensions need, and
    wait half a second for them. Without Node.js it goes on with none, as it does here.
    """
    from jupyterlab import commands

    commands._yarn_config = lambda logger: {"yarn config": {}, "npm config": {}}
