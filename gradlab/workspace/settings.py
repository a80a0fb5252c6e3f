"""How JupyterLab is started for a workspace: arguments, settings file, environment.

The user's own JupyterLab settings (theme, keys) stay theirs and are used: ours are
defaults under them (`jupyter_config/labconfig`). The user's *server* settings (address,
password, ...) are not: the server reads a folder of ours instead.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from jupyter_core.paths import jupyter_config_dir

from gradlab.workspace.files import PRIVATE, in_the_way, write_whole
from gradlab.workspace.place import VARIABLE, state_dir
from gradlab.workspace.state import Server

DEFAULTS = Path(__file__).parent / "jupyter_config"
EXTENSIONS = Path(__file__).parent / "labextensions"


def command(workspace: Path, server: Server, more: tuple[str, ...]) -> list[str]:
    """Return the command that starts JupyterLab; writes its settings file first."""
    folder = _config_dir(workspace)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        # The mark without which Jupyter would look for settings of IPython 3.
        (folder / "migrated").touch()
    except OSError as error:
        raise in_the_way(folder, error) from None
    config = json.dumps(_config(workspace, server), indent=1).encode()
    write_whole(folder / "jupyter_server_config.json", config, PRIVATE)
    # -P: a learner's random.py in the workspace must not become the server's.
    start = [sys.executable, "-P", "-m", "gradlab.workspace.jupyter"]
    # The token is not among the arguments: everyone on the machine can read those.
    return [
        *(*start, "--no-browser", f"--ServerApp.root_dir={workspace}"),
        *("--ServerApp.ip=127.0.0.1", f"--ServerApp.port={server.port}"),
        *("--ServerApp.port_retries=0", *more),
    ]


def environment(workspace: Path) -> dict[str, str]:
    """Return the environment of JupyterLab and, through it, of the kernels."""
    ours = os.fspath(_config_dir(workspace))
    paths = [ours, os.fspath(DEFAULTS), os.environ.get("JUPYTER_CONFIG_PATH", "")]
    env = os.environ | {
        VARIABLE: os.fspath(workspace),
        "PATH": _path_with_gradlab(),
        "JUPYTER_CONFIG_DIR": ours,
        "JUPYTER_CONFIG_PATH": os.pathsep.join(filter(None, paths)),
    }
    for unasked in ("JUPYTER_TOKEN", "JUPYTER_TOKEN_FILE"):
        env.pop(unasked, None)
    return env if _home_is_writable() else _at_home_in(state_dir(workspace)) | env


def _path_with_gradlab() -> str:
    """Return PATH with the folder of this Python, and of `gradlab`, first."""
    ours = os.path.dirname(sys.executable)
    return os.pathsep.join(filter(None, (ours, os.environ.get("PATH", os.defpath))))


def _config_dir(workspace: Path) -> Path:
    return state_dir(workspace) / "jupyter"


def _config(workspace: Path, server: Server) -> dict[str, Any]:
    return {
        "ServerApp": {
            "allow_root": True,
            "base_url": "/",
            "kernel_spec_manager_class": "gradlab.workspace.kernel.ThisPython",
            # Named, or terminals run a login shell, and that makes a PATH of its own.
            "terminado_settings": _terminals(),
        },
        "IdentityProvider": {"token": server.token},
        "LabApp": {
            "check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
            "extra_labextensions_path": [os.fspath(EXTENSIONS)],
            "news_url": None,
            "user_settings_dir": os.fspath(_users_settings(workspace)),
            "workspaces_dir": os.fspath(state_dir(workspace) / "layout"),
        },
    }


def _terminals() -> dict[str, list[str]]:
    shell = os.environ.get("SHELL") or shutil.which("sh")
    return {"shell_command": [shell]} if shell and os.name != "nt" else {}


def _users_settings(workspace: Path) -> Path:
    named = os.environ.get("JUPYTERLAB_SETTINGS_DIR")
    if not named and not _home_is_writable():
        return state_dir(workspace) / "settings"
    return Path(named or Path(jupyter_config_dir(), "lab", "user-settings"))


def _home_is_writable() -> bool:
    try:
        with tempfile.TemporaryFile(dir=Path.home()):
            return True
    except (OSError, RuntimeError):
        return False


def _at_home_in(folder: Path) -> dict[str, str]:
    """Return variables that make programs keep their own files in `folder`."""
    places = {
        "GRADLAB_CACHE": "cache",
        "IPYTHONDIR": "ipython",
        "JUPYTER_DATA_DIR": "jupyter-data",
        "JUPYTER_RUNTIME_DIR": "jupyter-runtime",
        "MPLCONFIGDIR": "matplotlib",
    }
    return {name: os.fspath(folder / place) for name, place in places.items()}
