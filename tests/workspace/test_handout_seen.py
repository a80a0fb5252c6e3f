"""Lesson 07's hand-out as people see it: from disk, and in JupyterLab untrusted."""

import pytest

from gradlab.exercises.lessons import lessons_dir
from gradlab.workspace import state
from gradlab.workspace.handout import write_handout
from tests.chromium import chromium, troubles
from tests.workspace.test_server import read_until, start, stop

ALL_SHOWN = "() => [...document.images].every((i) => i.alt && i.naturalWidth > 0)"


@pytest.fixture(scope="module")
def broadcasting(tmp_path_factory):
    """Lesson 07's page and notebook."""
    return write_handout("07", lessons_dir(), tmp_path_factory.mktemp("out"))


@pytest.mark.browser
def test_the_page_of_lesson_07_shows_every_picture_from_disk(broadcasting):
    asked, errors = [], []
    with chromium() as browser:
        opened = browser.new_page(viewport={"width": 800, "height": 900})
        troubles(opened, errors)
        opened.on("request", lambda request: asked.append(request.url))
        opened.goto(broadcasting[0].as_uri())
        assert opened.evaluate("() => document.images.length") >= 9
        assert opened.evaluate(ALL_SHOWN)
        wide = "() => document.documentElement.scrollWidth - window.innerWidth"
        assert opened.evaluate(wide) <= 0
        opened.emulate_media(media="print")
        assert opened.locator(".gl-wait[data-question] p >> visible=true").count() == 13
    assert [url for url in asked if not url.startswith("data:")] == [
        broadcasting[0].as_uri()
    ]
    assert errors == []


@pytest.mark.browser
def test_jupyterlab_shows_every_picture_of_an_untrusted_notebook(
    broadcasting, tmp_path
):
    work, errors = tmp_path / "work", []
    (work / ".gradlab").mkdir(parents=True)
    (work / "handout.ipynb").write_bytes(broadcasting[1].read_bytes())
    expose = "--jupyter=--LabApp.expose_app_in_browser=True"
    process = start(tmp_path, work, "--no-browser", expose)
    try:
        read_until(process, "Ctrl-C")
        with chromium() as browser:
            opened = browser.new_page(viewport={"width": 1280, "height": 900})
            troubles(opened, errors)
            opened.goto(state.running(work).url("handout.ipynb", "07-page-picture"))
            opened.wait_for_selector(".jp-OutputArea img", timeout=60_000)
            trusted = """() => jupyterapp.shell.currentWidget.content.model.cells.get(1)
                .trusted"""
            assert opened.evaluate(trusted) is False
            outputs = "document.querySelectorAll('.jp-OutputArea img')"
            opened.wait_for_function(f"() => {outputs}.length >= 9")
            opened.wait_for_function(ALL_SHOWN.replace("document.images", outputs))
    finally:
        stop(process)
    assert errors == []
