"""The real nbgrader on every lesson: it makes the same release, and it grades ours."""

import json
import os
import sys
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from traitlets.config import Config

from gradlab.exercises.lessons import known_lessons, load, notebook_path
from gradlab.grading.metadata import is_solution
from gradlab.grading.release import release

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


@pytest.fixture(scope="module", autouse=True)
def own_programs_first():
    """Let nbgrader find `alembic` even where the environment is not activated."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
        yield


MARKS = ("### BEGIN SOLUTION", "### END SOLUTION")
STUDENTS = ("unsolved", "half", "solved", "wrong")


def source_of(lesson):
    return nbformat.read(notebook_path(lesson), 4)


def solutions(lesson):
    """What the answer cells hold, by id, without the solution marks."""
    cells = filter(is_solution, source_of(lesson).cells)
    lines = {cell.id: cell.source.split("\n") for cell in cells}
    return {
        id: "\n".join(line for line in each if line.strip() not in MARKS)
        for id, each in lines.items()
    }


def answers(lesson, student):
    """What a student typed into the answer cells, by id."""
    exercises = load(lesson).exercises
    if student == "wrong":
        wrong = {each.id: each.source_of(each.wrong[0].fn) for each in exercises}
        return {id.replace(".", "-"): source for id, source in wrong.items()}
    steps = {"unsolved": len(exercises) + 1, "half": 2, "solved": 1}
    solved = {each.id.replace(".", "-") for each in exercises[:: steps[student]]}
    found = solutions(lesson)
    return {} if student == "unsolved" else {id: found[id] for id in solved}


def submission(lesson, student):
    """The released lesson with a student's answers filled in."""
    typed, notebook = answers(lesson, student), release(source_of(lesson))
    for cell in notebook.cells:
        cell.source = typed.get(cell.id, cell.source)
    return notebook


@pytest.fixture(scope="module", params=known_lessons())
def course(request, tmp_path_factory):
    """A course whose assignment nbgrader made itself from our source."""
    lesson = request.param
    root = tmp_path_factory.mktemp("course")
    config = Config()
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.course_id = "gradlab"
    config.NbGrader.logfile = str(root / "log")
    put(root / "source" / "work", source_of(lesson), lesson)
    for student in STUDENTS:
        mine = submission(lesson, student)
        put(root / "submitted" / student / "work", mine, lesson)
    api = NbGraderAPI(config=config)
    made = api.generate_assignment("work")
    assert made["success"], made
    return lesson, root, api


def put(folder, notebook, lesson):
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / notebook_path(lesson).name)


def test_nbgrader_releases_the_same_sources_and_checksums(course):
    lesson, root, _ = course
    made = root / "release" / "work" / notebook_path(lesson).name
    theirs = {cell.id: cell for cell in nbformat.read(made, 4).cells}
    for cell in release(source_of(lesson)).cells:
        assert cell.source == theirs[cell.id].source
        role = theirs[cell.id].metadata.get("nbgrader")
        assert cell.metadata.get("nbgrader") == role
        for lock in ("deletable", "editable"):
            assert cell.metadata.get(lock) == theirs[cell.id].metadata.get(lock)


@pytest.mark.parametrize("student", STUDENTS)
def test_each_exercise_gets_the_points_that_its_answer_earns(course, student):
    lesson, root, api = course
    graded = api.autograde("work", student)
    assert graded["success"], json.dumps(graded)
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        found = gradebook.find_submission("work", student)
        assert not found.needs_manual_grade
        (notebook,) = found.notebooks
        scores = {each.name: each.score for each in notebook.grades}
    for exercise in load(lesson).exercises:
        id = exercise.id.replace(".", "-")
        score = scores[f"{id}-check"]
        if student == "wrong":
            assert score < exercise.points, exercise.id
        else:
            solved = id in answers(lesson, student)
            assert score == exercise.points * solved, exercise.id
