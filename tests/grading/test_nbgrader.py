"""The real nbgrader on lesson 07: it makes the same release, and it grades ours."""

import json
import os
import sys
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from traitlets.config import Config

from gradlab.exercises.lessons import load, notebook_path
from gradlab.grading.metadata import is_solution
from gradlab.grading.release import release

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture(scope="module", autouse=True)
def own_programs_first():
    """Let nbgrader find `alembic` even where the environment is not activated."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
        yield


MARKS = ("### BEGIN SOLUTION", "### END SOLUTION")
SOLVED = {
    "unsolved": (),
    "half": ("07-E1", "07-E4", "07-E6"),
    "solved": ("07-E1", "07-E2", "07-E3", "07-E4", "07-E5", "07-E6"),
}


def lesson():
    return nbformat.read(notebook_path("07"), 4)


def submission(solved):
    """The released lesson with some answers filled in."""
    answers = {cell.id: cell.source for cell in lesson().cells if is_solution(cell)}
    notebook = release(lesson())
    for cell in notebook.cells:
        if cell.id in solved:
            lines = answers[cell.id].split("\n")
            kept = [line for line in lines if line.strip() not in MARKS]
            cell.source = "\n".join(kept)
    return notebook


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course whose assignment nbgrader made itself from our source."""
    root = tmp_path_factory.mktemp("course")
    config = Config()
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.course_id = "gradlab"
    config.NbGrader.logfile = str(root / "log")
    put(root / "source" / "ps07", lesson())
    for student, solved in SOLVED.items():
        put(root / "submitted" / student / "ps07", submission(solved))
    api = NbGraderAPI(config=config)
    made = api.generate_assignment("ps07")
    assert made["success"], made
    return root, api


def put(folder, notebook):
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / "07_broadcasting.ipynb")


def test_nbgrader_releases_the_same_sources_and_checksums(course):
    root, _ = course
    made = root / "release" / "ps07" / "07_broadcasting.ipynb"
    theirs = {cell.id: cell for cell in nbformat.read(made, 4).cells}
    for cell in release(lesson()).cells:
        assert cell.source == theirs[cell.id].source
        role = theirs[cell.id].metadata.get("nbgrader")
        assert cell.metadata.get("nbgrader") == role
        for lock in ("deletable", "editable"):
            assert cell.metadata.get(lock) == theirs[cell.id].metadata.get(lock)


@pytest.mark.parametrize("student", SOLVED)
def test_unsolved_is_nothing_half_is_half_and_solved_is_full(course, student):
    root, api = course
    graded = api.autograde("ps07", student)
    assert graded["success"], json.dumps(graded)
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        found = gradebook.find_submission("ps07", student)
        score, most = found.score, found.max_score
        needs_a_person = found.needs_manual_grade
    assert not needs_a_person
    assert most == sum(exercise.points for exercise in load("07").exercises) == 24
    assert score == {"unsolved": 0, "half": 12, "solved": 24}[student]
