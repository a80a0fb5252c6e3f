"""The kernel that lessons run in: the Python that runs gradlab, whatever else is there.

A `python3` kernel that some other installation left in the user's folders would
otherwise be taken, and `import gradlab` would fail in it.
"""

from __future__ import annotations

import os

from ipykernel.kernelspec import RESOURCES, get_kernel_dict
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from traitlets import Unicode

from gradlab.workspace.place import VARIABLE

NAME = "python3"

# Arrays in lessons are small: threads would only wait for each other.
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


class ThisPython(KernelSpecManager):
    """Kernel specs as everywhere, but `python3` is the Python that runs this."""

    workspace = Unicode(os.environ.get(VARIABLE, ""), help="where progress is kept")

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return the spec of that name; ours for `python3`."""
        if kernel_name.lower() != NAME:
            return super().get_kernel_spec(kernel_name)
        spec = KernelSpec(resource_dir=RESOURCES, **get_kernel_dict())
        spec.env = {**spec.env, **ONE_THREAD}
        if self.workspace:
            spec.env[VARIABLE] = self.workspace
        return spec
