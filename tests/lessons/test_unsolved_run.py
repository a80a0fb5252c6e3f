"""Run All on a released lesson that nobody has touched: no error, no answer told."""

import os
import re

import nbformat
import pytest
from nbclient import NotebookClient

from gradlab.exercises.lessons import known_lessons, load, notebook_path
from gradlab.grading.release import release


@pytest.fixture(params=known_lessons(), scope="module")
def ran(request, tmp_path_factory):
    """Return a lesson and its released notebook after Run All."""
    folder = tmp_path_factory.mktemp("workspace")
    notebook = release(source_of(request.param))
    run_all(notebook, folder, allow_errors=True)
    return load(request.param), notebook


def source_of(lesson):
    return nbformat.read(notebook_path(lesson), as_version=4)


def run_all(notebook, folder, **options):
    """Run a notebook from top to bottom in a workspace, as Run All does."""
    place = {"metadata": {"path": str(folder)}}
    client = NotebookClient(notebook, timeout=60, resources=place, **options)
    client.execute(env={**os.environ, "GRADLAB_WORKSPACE": str(folder)})


def said(cell):
    """Return everything a cell shows, as text."""
    parts = []
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        parts += [output.get("text", ""), data.get("text/plain", "")]
        parts.append(data.get("text/html", ""))
    return "\n".join(parts)


def test_nothing_raises_and_nothing_goes_to_stderr(ran):
    _, notebook = ran
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            assert output.output_type != "error", (cell.id, output)
            assert output.get("name") != "stderr", (cell.id, output)


def test_every_exercise_is_not_done_yet(ran):
    lesson, notebook = ran
    cells = {cell.id: cell for cell in notebook.cells}
    for exercise in lesson.exercises:
        card = said(cells[exercise.id.replace(".", "-") + "-check"])
        assert f"{exercise.label} not done yet." in card


def test_no_question_reveals_anything(ran):
    lesson, notebook = ran
    cells = {cell.id: cell for cell in notebook.cells}
    for question in lesson.predictions:
        card = said(cells[question.id.replace(".", "-")])
        assert question.question in card
        assert "<svg" not in card
        assert question.reveal.split(".")[0] not in card


def test_no_output_tells_what_a_question_of_lesson_07_asks(ran):
    lesson, notebook = ran
    if lesson.id != "07":
        pytest.skip("these answers are lesson 07's")
    shown = re.sub(r"\s+", "", "\n".join(said(cell) for cell in notebook.cells))
    for told in ("(3,4,5)", "(5,5)", "(8,7,6)", "2,000"):
        assert told not in shown
    assert not re.search(r"a\[2,0\](\+|·|and)b\[0,1\]", shown)


@pytest.mark.slow
def test_pieces_kept_in_lesson_09_do_not_end_run_all_in_lesson_10(tmp_path):
    """They take equal shapes only, until lesson 10 has others to keep."""
    run_all(source_of("09"), tmp_path)
    assert "class Mul" in (tmp_path / "my_engine.py").read_text(encoding="utf-8")
    notebook = release(source_of("10"))
    run_all(notebook, tmp_path)
    cells = {cell.id: cell for cell in notebook.cells}
    assert "shape (2, 2) for input 1 of shape (2, 1)" in str(cells["10-own-code"])
    assert "0 of 7 exercises passed" in said(cells["10-progress"])
