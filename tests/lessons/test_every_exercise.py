"""Every exercise: what is right passes, what is wrong fails with its own sentence."""

import ast
import functools
import inspect
import linecache
import subprocess
import sys

import nbformat
import pytest

from gradlab import plug
from gradlab.exercises.callers import LocalCaller
from gradlab.exercises.checking import check_in
from gradlab.exercises.diagnosis import confusions, diagnose
from gradlab.exercises.exercise import WrongRule
from gradlab.exercises.lessons import known_lessons, load, notebook_path
from gradlab.exercises.probing import run_probes
from gradlab.grading.release import release

EXERCISES = [each for id in known_lessons() for each in load(id).exercises]
IDS = [each.id for each in EXERCISES]
WAYS = [(each, way) for each in EXERCISES for way in each.variants]
WRONG = [(each, wrong) for each in EXERCISES for wrong in each.wrong]


def named(pairs):
    return [
        pytest.param(one, two, id=f"{one.id}-{two.fn.__name__}") for one, two in pairs
    ]


def typed(exercise, source):
    """Return the names of a kernel in which a learner typed this answer."""
    file = f"<{exercise.id}>"
    linecache.cache[file] = (len(source), None, source.splitlines(True), file)
    names = {}
    for code in (imports(exercise.id.partition(".")[0]), source):
        exec(compile(code, file, "exec"), names)  # noqa: S102 - as a kernel would
    return names


@functools.cache
def imports(lesson):
    """Return the lines of a lesson's notebook that import something."""
    notebook = nbformat.read(notebook_path(lesson), as_version=4)
    cells = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    lines = [node for cell in cells for node in ast.parse(cell).body]
    found = [
        ast.unparse(n) for n in lines if isinstance(n, (ast.Import, ast.ImportFrom))
    ]
    return "\n".join(dict.fromkeys(found))


def verdict_on(exercise, source):
    sources = {exercise.name: source}
    names = typed(exercise, source)
    return check_in(names, exercise.id, sources=sources, remember=False)


def answer_cell(notebook, exercise):
    id = exercise.id.replace(".", "-")
    return next(cell.source for cell in notebook.cells if cell.id == id)


def notebook_of(exercise):
    return nbformat.read(notebook_path(exercise.id.partition(".")[0]), as_version=4)


@pytest.mark.parametrize("exercise", EXERCISES, ids=IDS)
def test_the_solution_in_the_notebook_passes(exercise):
    verdict = verdict_on(exercise, answer_cell(notebook_of(exercise), exercise))
    assert verdict.state == "passed", verdict.text


@pytest.mark.parametrize("exercise", EXERCISES, ids=IDS)
def test_what_is_right_is_not_for_a_plug_to_say(exercise):
    with plug(zip=lambda fn, x, y, out: None):
        test_the_solution_in_the_notebook_passes(exercise)


@pytest.mark.slow
@pytest.mark.parametrize("exercise", EXERCISES, ids=IDS)
def test_run_names_a_solution_replaced_by_the_first_wrong_answer(exercise, tmp_path):
    notebook = notebook_of(exercise)
    for cell in notebook.cells:
        if cell.id == exercise.id.replace(".", "-"):
            cell.source = exercise.source_of(exercise.wrong[0].fn)
    nbformat.write(notebook, tmp_path / "lesson.ipynb")
    command = [sys.executable, "-m", "gradlab", "run", str(tmp_path / "lesson.ipynb")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    failed = [i for i in done.stdout.splitlines() if "." in i and "passed" not in i]
    assert done.returncode == 1
    assert failed[0].startswith(exercise.id), done.stdout


@pytest.mark.parametrize("exercise", EXERCISES, ids=IDS)
def test_the_released_stub_is_not_done_yet(exercise):
    source = answer_cell(release(notebook_of(exercise)), exercise)
    verdict = verdict_on(exercise, source)
    assert verdict.state == "not done"
    assert verdict.first_line.startswith(f"{exercise.label} not done yet.")


@pytest.mark.parametrize(("exercise", "way"), named(WAYS))
def test_every_right_way_passes_hidden_probes_too(exercise, way):
    source = exercise.source_of(way.fn)
    assert verdict_on(exercise, source).state == "passed"
    caller = LocalCaller(typed(exercise, source), borrowed=exercise.borrowed)
    for secret in range(3):
        probes = [p for p in exercise.hidden if secret == 0 or callable(p.make)]
        results = run_probes(exercise, caller, probes, secret=secret)
        assert all(each.passed for each in results), results


@pytest.mark.parametrize("exercise", EXERCISES, ids=IDS)
def test_there_are_two_right_ways_and_three_wrong_ones(exercise):
    assert len(exercise.variants) >= 2
    assert len(exercise.wrong) >= 3


@pytest.mark.parametrize(("exercise", "wrong"), named(WRONG))
def test_every_wrong_answer_gets_its_own_sentence(exercise, wrong):
    verdict = verdict_on(exercise, exercise.source_of(wrong.fn))
    assert not verdict.passed
    if isinstance(wrong, WrongRule):
        found = diagnose(exercise, verdict.results)
        assert found is not None
        assert found.rule is wrong
        assert "{" not in found.sentence
        assert found.sentence in verdict.text
    else:
        assert wrong.sentence in verdict.text


@pytest.mark.parametrize("exercise", EXERCISES, ids=IDS)
def test_the_visible_probes_tell_every_two_wrong_rules_apart(exercise):
    assert confusions(exercise) == []


@pytest.mark.parametrize("exercise", EXERCISES, ids=IDS)
def test_no_hint_spells_the_solution(exercise):
    hints = " ".join(exercise.hints)
    for way in exercise.variants:
        lines = inspect.getsource(way.fn).splitlines()[2:]
        telling = [line.strip() for line in lines if len(line.strip()) > 14]
        assert not [line for line in telling if line in hints]
