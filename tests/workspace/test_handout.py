"""A lesson as a hand-out: what is written, what stays in it, what never gets in."""

import base64
import json
import re

import pytest

import gradlab.visualization as viz
from gradlab import tensor
from gradlab.exercises.card import Card, picture
from gradlab.visualization.player import Player
from gradlab.visualization.text import escape
from gradlab.workspace import notebooks
from gradlab.workspace.errors import WorkspaceError
from gradlab.workspace.handout import Wish, solved, write_handout
from gradlab.workspace.handout_page import page, title
from gradlab.workspace.handout_static import (
    MOST_FRAMES,
    NO_CONTROLS,
    WIDGET,
    chosen,
    static,
    still_html,
)
from tests.workspace import tiny

DRAWN = viz.zip_flow("mul", [[1], [2], [3]], [10, 20])
IMAGE = re.compile(r'<img[^>]*alt="([^"]*)"[^>]*src="data:image/svg\+xml;base64,(.*?)"')


def images(html):
    """The words and the SVG of every image in a piece of HTML."""
    return [(alt, base64.b64decode(data).decode()) for alt, data in IMAGE.findall(html)]


def html_of(shown):
    return shown._repr_mimebundle_()["text/html"]


def output(html="", **more):
    data = {"text/html": html, "text/plain": "words"} | more
    return {"output_type": "display_data", "metadata": {}, "data": data}


def with_outputs(*outputs):
    """The tiny lesson as if its first code cell had shown these."""
    lesson = tiny.lesson()
    tiny.find(lesson, "99-P1")["outputs"] = list(outputs)
    return lesson


def shown_in(notebook):
    return [each["data"] for each in tiny.find(notebook, "99-P1")["outputs"]]


# -------------------- one kind of output at a time --------------------


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_picture_becomes_an_image_with_its_words_and_fixed_colours(theme):
    one = DRAWN.frame(2)
    ((alt, svg),) = images(still_html(html_of(one), theme))
    assert alt == escape(one.alt())
    drawn = re.search(r"</desc>(.*)</svg>", one.svg(theme=theme)).group(1)
    ground = re.search(r"<rect[^>]*/>", drawn).group()
    assert ground in svg
    assert drawn.removeprefix(ground) in svg
    assert "var(" not in svg
    assert "<style" not in svg


def test_names_with_markup_stay_words():
    one = viz.zip_flow("add", [1], [2], names=("</desc><script>", '"a" & b'))
    html = still_html(html_of(one.frame(0)))
    ((alt, _),) = images(html)
    assert "<script" not in html
    assert "&amp; b" in alt


def test_a_player_becomes_a_strip_of_its_frames():
    html = still_html(html_of(DRAWN.play()))
    frames = chosen(DRAWN.steps)
    assert [alt for alt, _ in images(html)] == [escape(DRAWN.alt(k)) for k in frames]
    assert len(frames) == MOST_FRAMES
    assert {frames[0], frames[-1]} == {0, DRAWN.steps - 1}
    assert f"{MOST_FRAMES} of its {DRAWN.steps} steps" in html
    assert f"Step {DRAWN.steps} of {DRAWN.steps}" in html
    assert "<script" not in html
    assert "<style" not in html


def test_nothing_is_left_of_a_player_with_choices():
    x = tensor([1.0, 2.0], requires_grad=True)
    film = viz.gradient_flow((x * x).sum(), x, 0)
    assert film.choices() is not None
    html = still_html(html_of(film.play()))
    assert (
        re.sub(r"</?(div|p|b|figure|figcaption|img)\b[^>]*>", "", html).count("<") == 0
    )
    assert "{" not in re.sub(r"<[^>]*>", "", html)


def test_a_short_player_is_shown_whole():
    drawn = viz.rule_table((4, 3), (3,))
    html = still_html(html_of(drawn.play()))
    assert len(images(html)) == drawn.steps == 3
    assert "of its" not in html


def test_a_still_that_is_no_frame_ends_the_strip():
    still = viz.rule_table((4, 3), (3,))
    html = still_html(html_of(Player(DRAWN, still=still)))
    assert images(html)[-1][0] == escape(still.alt())
    assert len(images(html)) == MOST_FRAMES + 1


@pytest.mark.parametrize(("theme", "at"), [("light", 0), ("dark", 1)])
def test_a_card_keeps_its_words_and_folds_and_one_picture(theme, at):
    part = picture(DRAWN, "Look:")
    card = Card("look", "E1: not yet.", (part,), "Checked today. Saved? Ctrl+S.").html()
    card = card.replace("<p", "<details><summary>Hint</summary>x</details><p", 1)
    html = still_html(card, theme)
    assert images(html) == [images(card)[at]]
    assert "E1: not yet." in html
    assert "<details><summary>Hint" in html
    for gone in ("<style", "Checked today", "display: none"):
        assert gone not in html


def test_an_explorer_is_its_picture_and_a_line_about_controls():
    below = "<details open><summary>The same picture</summary><img alt='a'></details>"
    view = output(**{WIDGET: {"model_id": "1"}, "text/plain": "VBox(children=())"})
    lesson = with_outputs(view, output(below + "<script>listen()</script>"))
    lesson["metadata"]["widgets"] = {"state": {}}
    still = static(lesson)
    controls, drawn = shown_in(still)
    assert controls["text/plain"] == NO_CONTROLS
    assert NO_CONTROLS in controls["text/html"]
    assert WIDGET not in controls
    assert drawn["text/html"].startswith("<details open>")
    assert "<script" not in drawn["text/html"]
    assert "widgets" not in still["metadata"]


def test_other_outputs():
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><title>A line</title></svg>'
    drawn = output() | {"data": {"image/svg+xml": svg}}
    png = output() | {"data": {"image/png": "iVBORw0="}}
    stream = {"output_type": "stream", "name": "stdout", "text": "said"}
    script = output("<b>so</b>", **{"application/javascript": "alert(1)"})
    lesson = with_outputs(drawn, png, script, stream)
    kept = tiny.find(static(lesson), "99-P1")["outputs"]
    assert images(kept[0]["data"]["text/html"]) == [("A line", svg)]
    assert kept[1:] == [png, output("<b>so</b>"), stream]
    assert drawn["data"] == {"image/svg+xml": svg}  # what came is not changed


# -------------------- the page --------------------


def test_the_page_asks_for_nothing_and_is_named_after_the_lesson():
    html = page(static(with_outputs(output(html_of(DRAWN.play())))))
    assert "<title>Twice</title>" in html
    assert "<script" not in html
    assert not re.search(r"(src|href)=\"(?!data:|#)", html)
    assert not re.search(r"@import|url\(['\"]?(?!['\"]?data:|#)", html)
    assert title({"cells": []}) == "Hand-out"


def test_formulas_are_set_without_a_script():
    text = "Slope $f'_{x_1}$ and\n\n$$z = \\sum_i x_i$$\n\nbut `$HOME` and `$x$`."
    cell = {"cell_type": "markdown", "id": "text", "metadata": {}, "source": text}
    shown = page({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    assert shown.count("<math") == 2
    assert "$HOME" in shown
    assert "$x$" in shown
    assert "<script" not in shown


# -------------------- the whole --------------------


def test_a_hand_out_holds_no_solution(lessons, tmp_path):
    on_screen, to_open = write_handout("99", lessons, tmp_path)
    assert on_screen.name == "handout-99_twice.html"
    for path in (on_screen, to_open):
        text = path.read_text()
        assert "return 2 * x" not in text
        assert "YOUR CODE HERE" in text
        assert "E1 not done yet." in text
    sources = [cell["source"] for cell in notebooks.read(to_open)["cells"]]
    assert not any("author" in source for source in sources)


def test_with_solutions_the_marks_go(lessons, tmp_path):
    written = write_handout("99", lessons, tmp_path, Wish(solutions=True))
    assert written[0].name == "handout-99_twice-solved.html"
    double = tiny.find(notebooks.read(written[1]), "99-E1")
    assert double["source"] == "def double(x):\n    return 2 * x"
    assert "passed" in json.dumps(
        double | tiny.find(notebooks.read(written[1]), "99-E1-check")
    )


def test_hidden_tests_are_not_shown_with_the_solutions():
    hidden = "### BEGIN HIDDEN TESTS\nassert double(8) == 16\n### END HIDDEN TESTS"
    lesson = tiny.changed(tiny.lesson(), E1_check=f"double(1)\n{hidden}")
    assert tiny.find(solved(lesson), "99-E1-check")["source"] == "double(1)"


def test_the_same_lesson_gives_the_same_bytes(lessons, tmp_path):
    once = [path.read_bytes() for path in write_handout("99", lessons, tmp_path)]
    again = [path.read_bytes() for path in write_handout("99", lessons, tmp_path)]
    assert once == again


def test_nothing_is_written_if_a_cell_fails(lessons, tmp_path):
    lesson = tiny.changed(tiny.lesson(), P1="1 / 0")
    notebooks.write(lessons / "99_twice.ipynb", lesson)
    out = tmp_path / "out"
    out.mkdir()
    with pytest.raises(WorkspaceError) as caught:
        write_handout("99", lessons, out)
    assert str(caught.value) == (
        "No hand-out was written: the run went wrong.\n"
        "  99_twice.ipynb, cell 99-P1: ZeroDivisionError: division by zero"
    )
    assert list(out.iterdir()) == []


def test_a_solution_that_fails_is_no_hand_out(lessons, tmp_path):
    wrong = tiny.changed(tiny.lesson(), E2="def square(x):\n    return 2 * x")
    notebooks.write(lessons / "99_twice.ipynb", wrong)
    with pytest.raises(WorkspaceError, match=r"99\.E2  wrong: E2: not that\."):
        write_handout("99", lessons, tmp_path, Wish(solutions=True))


@pytest.mark.parametrize("name", ["mine.html", "mine.ipynb"])
def test_both_forms_get_the_name_that_was_asked_for(lessons, tmp_path, name):
    written = write_handout("99", lessons, tmp_path / name)
    assert [path.name for path in written] == ["mine.html", "mine.ipynb"]


@pytest.mark.parametrize("name", ["new", "new/handout-99_twice.html"])
def test_a_folder_that_is_not_there_is_made(lessons, tmp_path, name):
    written = write_handout("99", lessons, tmp_path / name)
    assert [path.parent for path in written] == [tmp_path / "new"] * 2
    assert [path.stem for path in written] == ["handout-99_twice"] * 2


@pytest.mark.parametrize(
    ("lesson", "out", "sentence"),
    [
        ("42", "", "There is no lesson '42'. Lessons: 99 twice."),
        ("99.E1", "", "A hand-out is of a whole lesson: gradlab handout 99"),
        ("99", "a.pdf", r"a.pdf is neither .*: name a file that ends in .html or"),
        ("99", "home/work/99_twice.ipynb/a.html", "99_twice.ipynb is a file, not a f"),
        ("99", "home/work/99_twice.html", "it is no hand-out: somebody's work may be"),
    ],
)
def test_what_is_in_the_way_is_said(
    lessons, workspace, tmp_path, lesson, out, sentence
):
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(WorkspaceError, match=sentence):
        write_handout(lesson, lessons, tmp_path / out)
    assert sorted(tmp_path.rglob("*")) == before
