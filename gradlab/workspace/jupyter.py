"""JupyterLab's own process: `python -m gradlab.workspace.jupyter ...`."""

from __future__ import annotations

from gradlab.workspace.quick import skip_node, skip_slow_imports

if __name__ == "__main__":
    skip_slow_imports()
    skip_node()
    from jupyterlab.labapp import main

    main()
