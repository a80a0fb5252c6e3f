"""In a real kernel: cell numbers, Ctrl-C, restarts, and nbgrader's one number."""

import os
import re
import time

import pytest
from jupyter_client.manager import KernelManager

from tests.exercises.conftest import RIGHT, TOY, answer


@pytest.fixture
def kernel(tmp_path, request):
    env = os.environ | {"GRADLAB_LESSONS": str(TOY), "GRADLAB_WORKSPACE": str(tmp_path)}
    env |= getattr(request, "param", {})
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel(env=env)
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(60)
    yield Kernel(manager, client)
    client.stop_channels()
    manager.shutdown_kernel(now=True)


class Kernel:
    def __init__(self, manager, client):
        self.manager, self.client = manager, client

    def run(self, source):
        """Run a cell; return its outputs."""
        outputs = []
        self.client.execute_interactive(source, output_hook=outputs.append, timeout=60)
        kinds = ("execute_result", "stream", "error", "display_data")
        return [each for each in outputs if each["msg_type"] in kinds]

    def card(self, id="99.E1"):
        """Check an exercise; return the one output's content."""
        (output,) = self.run(f"from gradlab import check; check({id!r})")
        assert output["msg_type"] == "execute_result"
        return output["content"]


def test_a_learners_hour_in_one_kernel(kernel):
    assert "`longer` is not defined" in kernel.card()["data"]["text/plain"]

    kernel.run("import sys\n" + answer("return [a, b][0][5]"))
    raised = kernel.card()
    assert "line 3: tuple index out of range" in raised["data"]["text/plain"]
    assert "Cell 2 checked" in raised["data"]["text/html"]
    facts = raised["metadata"]["gradlab"]
    assert (facts["exercise"], facts["state"], facts["passed"]) == (
        "99.E1",
        "raised",
        False,
    )
    assert "This is the same code" in kernel.card()["data"]["text/plain"]

    check_cells_that_did_not_run(kernel)
    kernel.run(RIGHT)
    kernel.run("longer((1,), ()")  # a slip in a scratch cell is not the answer's
    assert kernel.card()["data"]["text/plain"].startswith("E1 passed: 4 of 4.")
    (shown,) = kernel.run("from gradlab import progress; progress('99')")
    assert "1 of 3 exercises passed" in shown["content"]["data"]["text/plain"]

    kernel.manager.restart_kernel(now=True)
    kernel.client.wait_for_ready(60)
    assert "(Last passed: " in kernel.card()["data"]["text/plain"]
    check_interrupt(kernel)


def check_cells_that_did_not_run(kernel):
    """The kernel still holds an older `longer`; the card must not judge that one."""
    head = "def longer(a, b):\n"
    mistakes = {
        head + "    return (a": "SyntaxError in line 2: '(' was never closed.",
        head + "return a": "IndentationError in line 2: expected an indented",
        head + "    c = a\nreturn c": "SyntaxError in line 3: 'return' ",
        "1 / 0\n" + head + "    return a": "ZeroDivisionError: division by zero.",
    }
    for source, said in mistakes.items():
        kernel.run(source)
        content = kernel.card()
        text = content["data"]["text/plain"]
        assert re.match(r"The cell above \(cell \d+\) did not run: ", text), text
        assert said in text
        assert content["metadata"]["gradlab"]["state"] == "not run"


def check_interrupt(kernel):
    kernel.run(answer("while True:\n    try: len(a)\n    except: pass"))
    sent = kernel.client.execute("from gradlab import check; check('99.E1')")
    time.sleep(1.0)
    kernel.manager.interrupt_kernel()
    while True:
        message = kernel.client.get_iopub_msg(timeout=20)
        if message["parent_header"].get("msg_id") != sent:
            continue
        assert message["msg_type"] != "error"
        if message["msg_type"] == "execute_result":
            break
    assert message["content"]["data"]["text/plain"].startswith("Stopped by you.")
    assert kernel.run("print(1 + 1)")[0]["content"]["text"] == "2\n"


@pytest.mark.parametrize("kernel", [{"NBGRADER_EXECUTION": "autograde"}], indirect=True)
def test_under_nbgrader_the_text_is_one_number_and_stderr_stays_silent(
    kernel, tmp_path
):
    def points(source):
        assert kernel.run(source) == []
        return kernel.card()["data"]["text/plain"]

    assert points("") == "0.0"
    assert points(answer("raise NotImplementedError()")) == "0.0"
    assert points(RIGHT) == "5.0"
    noisy = answer(
        "import sys, warnings\nwarnings.warn('a')\nprint(9, file=sys.stderr)"
    )
    assert points(noisy + "\n".join(RIGHT.splitlines()[1:])) == "5.0"
    part = float(points(answer("return a if len(a) >= len(b) else b")))
    assert part == pytest.approx(5 - 0.75)
    assert points(answer("raise ValueError")) == "0.0"
    assert points("from statistics import mode as longer") == "0.0"
    html = kernel.card("99.E1")["data"]["text/html"]
    assert "Hidden" not in html
    assert not (tmp_path / ".gradlab").exists()


@pytest.mark.parametrize("kernel", [{"NBGRADER_EXECUTION": "validate"}], indirect=True)
def test_a_learner_who_validates_misses_no_hidden_points(kernel):
    kernel.run(RIGHT)
    assert kernel.card()["data"]["text/plain"] == "5.0"
