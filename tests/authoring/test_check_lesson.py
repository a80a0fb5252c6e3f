"""A new lesson has nothing to mend; each thing that is spoilt in it is found."""

import io
import json
import sys

import pytest
from rich.console import Console

from gradlab.authoring import spelling
from gradlab.authoring.draft import find_drafts
from gradlab.authoring.examine import examine
from gradlab.authoring.tables import report_on
from gradlab.workspace.errors import WorkspaceError


def findings(lesson, run=False):
    return [str(each) for each in examine(lesson.path, run=run).findings]


def shown(report):
    console = Console(width=100, record=True, file=io.StringIO())
    console.print(report_on(report))
    return console.export_text()


def test_a_new_lesson_has_nothing_to_mend_and_its_table_says_what_it_holds(lesson):
    report = examine(lesson.path)
    assert report.findings == ()
    text = shown(report)
    assert "11_matmul.ipynb: 10 + 0 minutes, " in text
    assert "11.E1 steps             5       5       1      2      7" in text
    assert "Nothing to mend." in text


def test_the_numbers_of_its_mutants_stand_below_the_table(lesson):
    text = " ".join(shown(examine(lesson.path, run=False, mutants=True)).split())
    assert "Mutants: 5, 0 of them equivalent. Caught: 5, 100.0%" in text
    assert "Named by a wrong rule: 5, 100% of the caught (at least 60%)" in text
    assert "4 by the exercises' own, 1 by a general one; 0 get an error" in text


@pytest.mark.parametrize(
    ("id", "source", "found"),
    [
        ("E1", "def steps(v):\n    return v", "11-E1: no ### BEGIN SOLUTION and"),
        ("E1", "### BEGIN SOLUTION\ndef steps(v): 1\n### END SOLUTION", "not define"),
        ("E1", "def steps(v):\n    ### BEGIN SOLUTION\n    pass", "has no '### END"),
        ("E1-scratch", "steps([1])", "11-E1-scratch: it has code"),
        ("E1-check", 'check("11.E1")', "11-E1-check: it is to hold"),
        ("P1", 'predict("11.P1", [2, -1])', "11-P1: it is to hold 'predict("),
        ("P1-text", "## Neighbours", "11-P1: the cell above does not ask **P1.**"),
        ("stop", "A stopping place: 9 minutes.", "after 7 minutes, and 11-stop does"),
        ("title", "# 11", "11-title: it does not say 'Core: N minutes'"),
        ("title", "Core: 6 minutes. Stretch: 3.", "core is 6 minutes, but exercises"),
        ("title", "Core: 8 minutes. Stretch: 3.", "stretch is 3 minutes, but its"),
        ("recap", "word " * 121, "11-recap: 121 words without code between"),
        ("recap", "Teh minus", "11-recap: spelling: Teh ==> The"),
    ],
)
def test_a_spoilt_cell_is_found(lesson, id, source, found):
    lesson.change(id, source)
    assert any(found in each for each in findings(lesson))


@pytest.mark.parametrize(
    ("id", "metadata", "found"),
    [
        ("E1-scratch", {"tags": []}, "11-E1-scratch: its tags are to be ['scratch'"),
        ("author", {"tags": []}, "its first cell is no author's copy"),
        ("P1", {"nbgrader": {}}, "11-P1: its metadata is to be the tag 'predict'"),
        ("E1", {"nbgrader": {}}, "11-E1: nbgrader's metadata is to be solution True"),
        ("recap", {"tags": ["seed:S0/zap"]}, "no seed has the section 'seed:S0/zap'"),
    ],
)
def test_spoilt_metadata_is_found(lesson, id, metadata, found):
    lesson.change(id, **metadata)
    assert any(found in each for each in findings(lesson))


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("points=3", "points=4", "11-E1-check: it gives 3 points, and the checks 4"),
        ("minutes=5", "minutes=6", "it does not say 'core · 3 points · ~6 min'"),
        ('"return a list"', '"return a set"', "does not say 'return a set'"),
        ("    return [abs(b - a)", "    return [b - a", "'without direction' passes"),
        ("return [b + a", "return [a - b", "tells 'turned round' from 'added'"),
        ("{v} gave {got}", "{v} gave {gut}", "'turned round' keeps a {}"),
        (
            "        out.append(v[i]",
            "        out.append(-v[i]",
            "by_place does not pass",
        ),
        ("        Variant(by_place", "        # Variant(by_place", "1 right variants"),
        ("title=", "titel=", "its checks do not load: TypeError"),
        ("Your steps point", "Teh steps point", "11.E1: spelling: Teh ==> The"),
    ],
)
def test_spoilt_checks_are_found(lesson, old, new, found):
    lesson.replace(old, new)
    assert any(found in each for each in findings(lesson))


def test_exercises_on_one_side_only_are_found(lesson):
    notebook = json.loads(lesson.path.read_text())
    text, *_ = (c for c in notebook["cells"] if c["id"].startswith("11-E1"))
    notebook["cells"].remove(text)
    lesson.write(notebook)
    assert "11-E1: its cells are to be, in this order: 11-E1-text, 11-E1, " in str(
        findings(lesson)
    )
    lesson.replace("(e1_steps.EXERCISE,)", "()", file="__init__")
    assert "11-E1: the checks know no exercise of this id" in findings(lesson)


def test_two_cells_of_one_id_outputs_and_loose_json_are_found(lesson):
    notebook = json.loads(lesson.path.read_text())
    notebook["cells"][-1]["id"] = "11-title"
    notebook["cells"][2]["execution_count"] = 3
    lesson.path.write_text(json.dumps(notebook))
    found = findings(lesson)
    assert "11-title: 2 cells have this id" in found
    assert (
        "11-start: it holds outputs or a count; clear them before you commit" in found
    )
    assert (
        "11_matmul.ipynb: its JSON is not in order: keys sorted, indented by 1" in found
    )


def test_an_idea_without_a_picture_near_it_is_found(lesson):
    notebook = json.loads(lesson.path.read_text())
    idea = {"cell_type": "markdown", "id": "11-idea", "metadata": {}}
    notebook["cells"].append(idea | {"source": "## Another idea"})
    lesson.write(notebook)
    assert findings(lesson) == ["11-idea: a new idea, and no picture within 3 cells"]


def test_a_picture_that_fails_or_says_no_number_is_found(lesson):
    lesson.replace("return zip_flow(", "return zap_flow(", file="predictions")
    assert "11.P1: its picture cannot be drawn: NameError" in findings(lesson)[0]
    lesson.replace("return zap_flow(", "return Mute() or zip_flow(", file="predictions")
    lesson.replace(
        "V = [",
        'class Mute:\n    def alt(self):\n        return "a"\n\n\nV = [',
        "predictions",
    )
    assert findings(lesson) == ["11.P1: the words of its picture hold no number: 'a'"]


def test_the_run_names_cells_that_raise_solutions_that_fail_and_mute_pictures(lesson):
    mute = "from IPython.display import HTML\n\nHTML('<svg></svg>')"
    lesson.change("page-picture", mute)
    lesson.change("recap-code", "viz.zip_flow(a)")
    lesson.change("E1", lesson.source("E1").replace("b - a", "b + a"))
    found = findings(lesson, run=True)
    assert any(each.startswith("11-recap-code: run: NameError") for each in found)
    assert any(each.startswith("11.E1: run: ") for each in found)
    assert any(each.startswith("11-page-picture: its picture says") for each in found)
    assert any(each.startswith("11.E1: the solution does not pass") for each in found)


def test_code_is_not_spelt(lesson):
    lesson.change("recap", "## Recap\n\n`teh` and\n\n```\nteh = 1\n```")
    assert findings(lesson) == []


def test_without_codespell_the_report_says_so(lesson, monkeypatch):
    monkeypatch.setitem(sys.modules, "codespell_lib", None)
    assert not spelling.is_installed()
    text = shown(examine(lesson.path, run=False))
    assert "Spelling: not checked: pip install codespell" in text


def test_paths_are_lessons_or_folders_of_them(lesson, tmp_path):
    assert find_drafts([tmp_path]) == find_drafts([lesson.path]) == [lesson.path]
    other = tmp_path / "notes.ipynb"
    other.write_text("{}")
    with pytest.raises(WorkspaceError, match="is no lesson: it is to be called as"):
        find_drafts([other])
    with pytest.raises(WorkspaceError, match="There is no file or folder"):
        find_drafts([tmp_path / "12_none.ipynb"])
    with pytest.raises(WorkspaceError, match="There is no lesson in"):
        find_drafts([lesson.checks])
