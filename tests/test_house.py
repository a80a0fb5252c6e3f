"""The house: a room imports only from rooms above it."""

import ast
from pathlib import Path

import pytest

import gradlab

PACKAGE = Path(gradlab.__file__).parent

ROOMS = [
    "files",
    "operators",
    "autodiff",
    "scalar_function",
    "scalar_functions",
    "scalar",
    "indexing",
    "backends",
    "tensors",
    "nn",
    "optim",
    "datasets",
    "minitorch",
    "visualization",
    "exercises",
    "grading",
    "workspace",
    "authoring",
    "bench",
    "cli",
    "__main__",
]


def imported(path):
    """Return the gradlab modules that a file imports, wherever it does."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are written out"
            names = [alias.name for alias in node.names]
            lazy = node.module == "gradlab"
            homes = [gradlab._HOME.get(n, n) for n in names] if lazy else [""]
            yield from (f"{node.module}.{home}" for home in homes)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_from_rooms_above_it(room):
    files = [PACKAGE / f"{room}.py", *(PACKAGE / room).rglob("*.py")]
    below = ROOMS[ROOMS.index(room) + 1 :]
    for path in filter(Path.exists, files):
        rooms = [name.split(".")[1] for name in imported(path) if "gradlab." in name]
        assert not set(rooms) & set(below), path


def test_every_file_is_in_a_room():
    tops = {path.relative_to(PACKAGE).parts[0] for path in PACKAGE.rglob("*.py")}
    assert {top.removesuffix(".py") for top in tops} == {*ROOMS, "__init__"}
