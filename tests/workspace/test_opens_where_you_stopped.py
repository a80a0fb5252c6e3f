import pytest

from gradlab.workspace import state
from gradlab.workspace.where import where_to_go_on
from tests.chromium import chromium, troubles
from tests.workspace.test_server import read_until, start, stop

CELL = "() => window.jupyterapp?.shell.currentWidget?.content?.activeCell?.model.id"
ON_SCREEN = """() => {
  const box = jupyterapp.shell.currentWidget.content.activeCell.node
    .getBoundingClientRect();
  return box.bottom > 0 && box.top < window.innerHeight;
}"""
PASSED_E1 = """{"format": 1, "predictions": {}, "exercises": {
    "07.E1": {"checked": "2026-11-20", "passed": "2026-11-20", "state": "passed"}}}"""


@pytest.mark.browser
def test_jupyterlab_opens_at_the_step_where_the_learner_stopped(tmp_path):
    work, errors = tmp_path / "work", []
    (work / ".gradlab").mkdir(parents=True)
    (work / ".gradlab" / "progress.json").write_text(PASSED_E1)
    expose = "--jupyter=--LabApp.expose_app_in_browser=True"
    process = start(tmp_path, work, "--no-browser", expose)
    try:
        read_until(process, "Ctrl-C")
        notebook, cell = where_to_go_on(work)
        assert (notebook, cell) == ("07_broadcasting.ipynb", "07-P10-text")
        with chromium() as browser:
            page = browser.new_page()
            troubles(page, errors)
            page.goto(state.running(work).url(notebook, cell))
            page.wait_for_function(f"() => ({CELL})() === {cell!r}", timeout=60_000)
            page.wait_for_function(ON_SCREEN)
        assert errors == []
    finally:
        stop(process)
