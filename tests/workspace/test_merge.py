import copy

import pytest

from gradlab.grading.release import release
from gradlab.workspace.merge import CHANGED, YOURS, merge
from tests.workspace import tiny

MINE = "def double(x):\n    return x + x"


@pytest.fixture
def new():
    return release(tiny.lesson())


def changed_lesson(**sources):
    """The lesson's next edition, released."""
    return release(tiny.changed(tiny.lesson(), **sources))


def sources(notebook):
    return {cell["id"]: cell["source"] for cell in notebook["cells"]}


def add(notebook, cell, after):
    notebook["cells"].insert(tiny.ids(notebook).index(after) + 1, cell)
    return cell


def test_an_untouched_notebook_stays_as_it_is(new):
    merged, report = merge(new, new)
    assert merged == new
    assert report.refreshed == 0
    assert report.kept == ""


def test_outputs_and_counts_are_no_change(new):
    old = copy.deepcopy(new)
    ran = {"execution_count": 4, "outputs": [{"output_type": "stream"}]}
    tiny.find(old, "99-E1-check").update(ran)
    old["metadata"]["kernelspec"]["display_name"] = "Python 3 (ipykernel)"
    old["metadata"]["language_info"] = {"name": "python", "version": "3.11.7"}
    merged, report = merge(old, new)
    assert merged == old
    assert report.refreshed == 0


def test_answers_predictions_and_notes_are_kept(new):
    old = tiny.changed(new, E1=MINE, P1='predict("99.P1", 6)', E2_scratch="square(3)")
    merged, report = merge(old, changed_lesson(title="# Twice and squared"))
    assert sources(merged) == sources(old) | {"99-title": "# Twice and squared"}
    assert report.refreshed == 1
    assert (report.answers, report.predictions, report.others) == (1, 0, 2)
    assert report.kept == "1 answer and 2 other cells"


def test_predictions_are_counted_by_their_tag():
    lesson = tiny.lesson()
    tiny.find(lesson, "99-P1")["metadata"]["tags"] = ["predict"]
    new = release(lesson)
    _, report = merge(tiny.changed(new, P1='predict("99.P1", 6)'), new)
    assert report.kept == "1 prediction"


def test_locked_cells_come_from_the_lesson(new):
    old = tiny.changed(new, E1_check='print("passed")')
    tiny.find(old, "99-E1-check")["outputs"] = [{"output_type": "stream"}]
    merged, report = merge(old, new)
    assert merged == new
    assert report.refreshed == 1


def test_an_untouched_stub_is_renewed(new):
    edition = changed_lesson(E1=tiny.answer("twice", "    return 2 * x"))
    merged, _ = merge(new, edition)
    assert merged == edition


def test_a_changed_stub_stands_above_the_answer_as_a_comment(new):
    edition = changed_lesson(E1=tiny.answer("twice", "    return 2 * x"))
    merged, report = merge(tiny.changed(new, E1=MINE), edition)
    assert tiny.find(merged, "99-E1")["source"] == (
        f"{CHANGED}\n#\n# def twice(x):\n#     # YOUR CODE HERE\n"
        f"#     raise NotImplementedError()\n#\n{YOURS}\n{MINE}"
    )
    assert (report.answers, report.refreshed) == (1, 1)


def test_only_the_latest_stub_stands_there(new):
    old = tiny.changed(new, E1=MINE)
    for name in ("twice", "twofold"):
        edition = changed_lesson(E1=tiny.answer(name, "    return 2 * x"))
        old, _ = merge(old, edition)
    source = tiny.find(old, "99-E1")["source"]
    assert source.count(CHANGED) == 1
    assert "twofold" in source
    assert source.endswith(f"{YOURS}\n{MINE}")


def test_a_cell_magic_stays_on_the_first_line(new):
    edition = changed_lesson(E1=tiny.answer("twice", "    return 2 * x"))
    merged, _ = merge(tiny.changed(new, E1=f"%%time\n{MINE}"), edition)
    source = tiny.find(merged, "99-E1")["source"]
    assert source.startswith(f"%%time\n{CHANGED}")
    assert source.endswith(MINE)


def test_a_changed_text_stands_above_the_learners_notes(new):
    old = tiny.changed(new, title="# Twice\nI must ask about this.")
    merged, _ = merge(old, changed_lesson(title="# Double"))
    source = tiny.find(merged, "99-title")["source"]
    assert "> # Double" in source
    assert source.endswith("# Twice\nI must ask about this.")


def test_added_cells_stay_after_the_cell_they_followed(new):
    old = copy.deepcopy(new)
    first = tiny.cell("mine-1", "# before all", "markdown")
    old["cells"].insert(0, first)
    add(old, tiny.cell("mine-2", "double(5)"), after="99-E1")
    add(old, tiny.cell("mine-3", "double(6)"), after="mine-2")
    merged, report = merge(old, changed_lesson(E1_text="### E1, better"))
    ids = tiny.ids(merged)
    assert ids[0] == "mine-1"
    assert ids[ids.index("99-E1") :][:3] == ["99-E1", "mine-2", "mine-3"]
    assert report.others == 3


def test_the_lessons_order_wins(new):
    old = copy.deepcopy(new)
    old["cells"].reverse()
    merged, _ = merge(old, new)
    assert merged == new


def test_deleted_cells_of_the_lesson_come_back(new):
    old = tiny.changed(new, E2="def square(x):\n    return x**2")
    gone = ("99-E1-text", "99-E1-check", "99-E1-scratch")
    old["cells"] = [cell for cell in old["cells"] if cell["id"] not in gone]
    merged, report = merge(old, new)
    assert tiny.ids(merged) == tiny.ids(new)
    assert report.refreshed == 3


def test_new_cells_of_the_lesson_appear_in_their_place(new):
    lesson = tiny.lesson()
    add(lesson, tiny.cell("99-E3-text", "### E3", "markdown"), after="99-E1-check")
    merged, _ = merge(new, release(lesson))
    assert tiny.ids(merged) == tiny.ids(release(lesson))


def test_a_withdrawn_cell_goes_unless_a_learner_worked_in_it(new):
    lesson = tiny.lesson()
    lesson["cells"] = lesson["cells"][:7]
    old = tiny.changed(new, E2="def square(x):\n    return x**2")
    merged, _ = merge(old, release(lesson))
    assert tiny.ids(merged)[-1] == "99-E2"
    assert "99-E2-text" not in tiny.ids(merged)
    assert tiny.find(merged, "99-E2")["metadata"] == {}


def test_a_copied_answer_is_the_learners_own_cell(new):
    old = tiny.changed(new, E1=MINE)
    twin = copy.deepcopy(tiny.find(old, "99-E1")) | {"id": "a1b2", "source": "x = 1"}
    add(old, twin, after="99-E1")
    merged, _ = merge(old, new)
    assert tiny.find(merged, "99-E1")["source"] == MINE
    assert tiny.find(merged, "a1b2") == tiny.cell("a1b2", "x = 1")


def test_a_doubled_id_keeps_both_cells(new):
    old = tiny.changed(new, E1=MINE)
    twin = copy.deepcopy(tiny.find(old, "99-E1")) | {"source": "x = 1"}
    add(old, twin, after="99-E1")
    merged, _ = merge(old, new)
    assert tiny.find(merged, "99-E1")["source"] == MINE
    assert tiny.find(merged, "99-E1-2")["source"] == "x = 1"
    assert len(set(tiny.ids(merged))) == len(merged["cells"])


def test_an_answer_is_found_though_its_id_is_lost(new):
    old = tiny.changed(new, E1=MINE)
    for cell in old["cells"]:
        del cell["id"]
    merged, report = merge(old, new)
    assert sources(merged) == sources(tiny.changed(new, E1=MINE))
    assert report.answers == 1


def test_an_answer_turned_into_text_is_kept_beside_the_stub(new):
    old = tiny.changed(new, E1=MINE)
    turned = tiny.find(old, "99-E1")
    turned["cell_type"] = "markdown"
    del turned["outputs"], turned["execution_count"]
    merged, _ = merge(old, new)
    assert tiny.find(merged, "99-E1") == tiny.find(new, "99-E1")
    assert tiny.find(merged, "99-E1-2")["source"] == MINE


def test_what_jupyter_keeps_in_a_cell_stays(new):
    old = copy.deepcopy(new)
    tiny.find(old, "99-E1-text")["metadata"]["jp-MarkdownHeadingCollapsed"] = True
    merged, _ = merge(old, changed_lesson(E1_text="### E1, better"))
    metadata = tiny.find(merged, "99-E1-text")["metadata"]
    assert metadata["jp-MarkdownHeadingCollapsed"] is True


def messy(new):
    """A learner's file with a bit of everything in it."""
    old = tiny.changed(new, E1=MINE, P1='predict("99.P1", 6)', title="# Mine")
    add(old, copy.deepcopy(tiny.find(old, "99-E1")), after="99-E1-check")
    add(old, tiny.cell("", "nameless"), after="99-E2")
    old["cells"] = [cell for cell in old["cells"] if cell["id"] != "99-E2-check"]
    return old


def test_merging_twice_changes_nothing(new):
    edition = changed_lesson(
        E1=tiny.answer("twice", "    return 2 * x"), P1="predict(2)", title="# New"
    )
    once, _ = merge(messy(new), edition)
    twice, report = merge(once, edition)
    assert twice == once
    assert report.refreshed == 0


def test_neither_notebook_is_changed(new):
    old, edition = messy(new), changed_lesson(title="# New")
    before = copy.deepcopy((old, edition))
    merge(old, edition)
    assert (old, edition) == before
