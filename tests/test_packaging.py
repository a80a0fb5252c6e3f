import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

from gradlab import __version__
from gradlab.exercises.lessons import known_lessons, notebook_path

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
README = (ROOT / "README.md").read_text()
BASH = pytest.mark.skipif(os.name == "nt", reason="a bash script")


def bounds(lines):
    parsed = [Requirement(line) for line in lines]
    return {each.name.lower(): each.specifier for each in parsed}


def test_environment_yml_asks_for_what_pyproject_asks_for():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    assert environment["name"] == "gradlab"
    assert environment["channels"] == ["conda-forge"]
    *conda, by_pip = environment["dependencies"]
    conda.remove("pip")
    by_pip["pip"].remove("-e .")
    asked = bounds([*PROJECT["dependencies"], f"python{PROJECT['requires-python']}"])
    assert bounds([*conda, *by_pip["pip"]]) == asked


def test_the_version_is_said_once_and_the_same():
    assert PROJECT["version"] == __version__


def test_import_gradlab_imports_nothing_heavy():
    heavy = ("numpy", "numba", "matplotlib", "IPython", "ipywidgets")
    code = (
        f"import gradlab, sys; print([m for m in {heavy!r} if m in sys.modules]); "
        "print(len([m for m in sys.modules if m.startswith('gradlab')]))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert told.stdout.split("\n")[:2] == ["[]", "1"]


# -------------------- README.md and .ci --------------------


@pytest.mark.parametrize(
    ("ending", "command"),
    [
        ("gradlab lab", "pip install -e . && gradlab lab"),
        ("pytest", 'pip install -e ".[test]" && pytest'),
    ],
)
def test_the_readmes_commands_can_be_taken_from_it(ending, command):
    script = ROOT / ".ci" / "readme_command.py"
    told = subprocess.run(
        [sys.executable, script, *ending.split()],
        capture_output=True,
        text=True,
        check=True,
    )
    start = "python3 -m venv .venv && . .venv/bin/activate && "
    assert told.stdout == f"{start}{command}\n"


def test_what_is_not_in_the_readme_is_not_taken_from_it():
    script = ROOT / ".ci" / "readme_command.py"
    told = subprocess.run([sys.executable, script, "tox"], capture_output=True)
    assert told.returncode == 1


def test_every_file_that_the_readme_names_is_there():
    names = re.findall(r"\]\(([\w./-]+)\)", README)
    names += re.findall(r"^  ([\w./]+)(?=  )", README, re.MULTILINE)
    assert len(names) > 10
    for name in names:
        assert (ROOT / name).exists() or (ROOT / "gradlab" / name).exists(), name


def test_the_readmes_pictures_have_words():
    for words in re.findall(r"!\[([^]]*)\]", README):
        assert len(words) > 40


def test_the_readmes_python_runs(tmp_path):
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True)
    drawn = (tmp_path / "gradient-flow.svg").read_bytes()
    assert drawn == (ROOT / ".github" / "gradient-flow.svg").read_bytes()
    assert (tmp_path / "gradient-flow.html").stat().st_size > 10_000


@BASH
def test_the_ci_script_is_executable_bash():
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    subprocess.run(["bash", "-n", script], check=True)


# -------------------- the wheel --------------------


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel as pip builds it, unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--no-deps", "-q", "-w", folder]
    subprocess.run([*build, ROOT], check=True, cwd=folder)
    (file,) = folder.glob("gradlab-*.whl")
    with zipfile.ZipFile(file) as archive:
        archive.extractall(folder / "unpacked")
    return folder / "unpacked"


@pytest.mark.slow
def test_the_wheel_carries_all_that_is_not_python(wheel):
    files = {
        path.relative_to(wheel).as_posix()
        for path in wheel.rglob("*")
        if path.is_file()
    }
    here = [path for path in (ROOT / "gradlab").rglob("*") if path.is_file()]
    ours = {path.relative_to(ROOT).as_posix() for path in here}
    assert {name for name in ours if "__pycache__" not in name} <= files
    for lesson in known_lessons():
        assert f"gradlab/_lessons/{notebook_path(lesson).name}" in files
        assert f"gradlab/_lessons/checks/lesson_{lesson}/__init__.py" in files
    assert not [name for name in files if "__pycache__" in name or "/tests/" in name]


@pytest.mark.slow
def test_the_wheel_carries_the_digits_and_their_licence(wheel, tmp_path):
    (folder,) = wheel.glob("gradlab-*.dist-info")
    metadata = (folder / "METADATA").read_text()
    for name in PROJECT["license-files"]:
        assert f"License-File: {name}\n" in metadata
        told = (folder / "licenses" / name).read_text()
        assert told == (ROOT / name).read_text()
    assert "CC BY 4.0" in told or "Attribution 4.0" in told
    code = "from gradlab import datasets; print(datasets.digits().x.shape)"
    told = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(wheel)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == "(1797, 8, 8)\n"


@pytest.mark.slow
def test_the_wheels_lessons_are_found_and_released(wheel, tmp_path):
    code = (
        "import json; from gradlab.exercises.lessons import known_lessons, lessons_dir;"
        "print(json.dumps([str(lessons_dir()), known_lessons()]))"
    )
    env = os.environ | {"PYTHONPATH": str(wheel)}
    told = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(told.stdout) == [
        str(wheel / "gradlab" / "_lessons"),
        list(known_lessons()),
    ]
    reset = [sys.executable, "-m", "gradlab", "reset", "07", "-w", tmp_path / "work"]
    subprocess.run(reset, cwd=tmp_path, env=env, check=True)
    assert (tmp_path / "work" / "07_broadcasting.ipynb").is_file()
