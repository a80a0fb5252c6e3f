import json

import pytest

from gradlab.grading.release import release
from gradlab.workspace import notebooks
from gradlab.workspace.where import where_to_go_on
from tests.workspace import tiny


@pytest.fixture
def going_on(workspace):
    """Where to go on after these checks and answers."""
    lesson = tiny.lesson()
    tiny.find(lesson, "99-P1")["metadata"]["tags"] = ["predict"]
    notebooks.write(workspace / "99_twice.ipynb", release(lesson))
    notebooks.write(workspace / "01_first.ipynb", release(lesson))

    def go(exercises, predictions=()):
        entries = {
            id: {"checked": when, **({"passed": when} if passed else {})}
            for id, passed, when in exercises
        }
        answers = {id: {"answer": "6", "when": when} for id, when in predictions}
        data = {"format": 1, "exercises": entries, "predictions": answers}
        (workspace / ".gradlab" / "progress.json").write_text(json.dumps(data))
        return where_to_go_on(workspace)

    return go


def test_the_first_lesson_comes_first(going_on):
    assert going_on([]) == ("01_first.ipynb", "")


def test_the_first_question_not_answered(going_on):
    assert going_on([("99.E1", False, "2026-11-20")]) == ("99_twice.ipynb", "99-P1")


def test_the_first_exercise_not_passed(going_on):
    place = going_on([("99.E1", False, "2026-11-20")], [("99.P1", "2026-11-19")])
    assert place == ("99_twice.ipynb", "99-E1-text")


def test_the_exercise_behind_the_last_one_passed(going_on):
    assert going_on([("99.E1", True, "2026-11-20")]) == ("99_twice.ipynb", "99-E2-text")


def test_back_to_what_was_left_out_when_the_last_is_passed(going_on):
    place = going_on([("99.E2", True, "2026-11-20")], [("99.P1", "2026-11-19")])
    assert place == ("99_twice.ipynb", "99-E1-text")


def test_a_finished_lesson_opens_at_its_top(going_on):
    both = [("99.E1", True, "2026-11-20"), ("99.E2", True, "2026-11-20")]
    assert going_on(both, [("99.P1", "2026-11-19")]) == ("99_twice.ipynb", "")


def test_the_lesson_last_worked_on(going_on):
    place = going_on([("99.E1", True, "2026-11-20")], [("01.P1", "2026-11-21")])
    assert place[0] == "01_first.ipynb"


def test_damaged_files_do_no_harm(workspace, going_on):
    going_on([("99.E1", True, "2026-11-20")])
    (workspace / "99_twice.ipynb").write_text("{")
    assert where_to_go_on(workspace) == ("99_twice.ipynb", "")
    (workspace / ".gradlab" / "progress.json").write_text("{")
    assert where_to_go_on(workspace) == ("01_first.ipynb", "")
