"""Code that loops, asks, exits, changes its arguments, prints or recurses for ever."""

import os
import signal
import sys
import threading
import time

import pytest

from gradlab import tensor
from gradlab.exercises import callers
from gradlab.exercises.callers import LocalCaller
from gradlab.exercises.limits import StoppedByLearner, TimeLimitReached, run_limited
from gradlab.exercises.probes import TensorSpec, call
from tests.exercises.conftest import answer, typed, verdict_on

LOOPS = {
    "plain": "while True: pass",
    "bare except": "while True:\n    try: len('a')\n    except: pass",
    "except Exception": "while True:\n    try: len('a')\n    except Exception: pass",
    "sleeping": "import time\nwhile True:\n    try: time.sleep(0.01)\n    except: pass",
    "finally": "try:\n    while True: pass\nfinally:\n    while True: pass",
    "three deep": (
        "while True:\n    try:\n        try:\n            try:\n"
        "                for i in range(10**6): abs(i)\n"
        "            except: abs(1)\n        except: abs(2)\n    except: abs(3)"
    ),
    "starting again": "try:\n    while True: pass\nexcept: loop()",
}


def loop(name):
    return typed(answer(LOOPS[name], "def loop():"))["loop"]


@pytest.mark.parametrize("name", LOOPS)
def test_no_endless_loop_outlives_its_limit(name):
    started, endless = time.monotonic(), loop(name)
    with pytest.raises(TimeLimitReached):
        run_limited(lambda: endless(), 0.1)
    assert time.monotonic() - started < 5
    assert sys.gettrace() is None or "coverage" in repr(sys.gettrace())


@pytest.mark.parametrize("name", LOOPS)
def test_nor_in_another_thread(name):
    ended, endless = [], loop(name)

    def work():
        try:
            run_limited(lambda: endless(), 0.1)
        except TimeLimitReached as error:
            ended.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(10)
    assert ended


def test_what_was_set_before_a_call_is_set_after_it():
    kept = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGALRM)
    timer = signal.getitimer(signal.ITIMER_REAL)[0]
    assert run_limited(lambda: 3, 5.0) == 3
    after = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGALRM)
    assert after == kept
    left = signal.getitimer(signal.ITIMER_REAL)[0]
    assert (left == 0) == (timer == 0)
    assert left <= timer


def test_ctrl_c_stops_a_loop_that_swallows_everything():
    press = threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT))
    press.start()
    with pytest.raises(StoppedByLearner):
        run_limited(loop("bare except"), 20)


def test_ctrl_c_in_a_check_is_a_card(workspace):
    press = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
    press.start()
    started = time.monotonic()
    verdict = verdict_on(answer(LOOPS["bare except"]))
    assert (verdict.state, verdict.first_line) == ("interrupted", "Stopped by you.")
    assert time.monotonic() - started < 3
    assert not (workspace / ".gradlab" / "progress.json").exists()


def test_a_call_that_is_too_slow_is_named_and_the_rest_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(callers, "SECONDS", 0.2)
    verdict = verdict_on(answer("while len(a) == 2: pass\nreturn a"))
    assert verdict.state == "too slow"
    assert verdict.first_line == (
        "Too slow: `longer((1, 2), (3,))` did not come back in time and was stopped in "
        "line 2."
    )
    stati = [each.outcome.status for each in verdict.results]
    assert stati == ["timeout", "returned", "returned", "returned"]


@pytest.mark.parametrize("threaded", [False, True])
def test_a_loop_inside_a_method_is_named_with_its_line(threaded):
    source = """
from gradlab import Function

class Twice(Function):
    def forward(ctx, x):
        while True:
            x = x + 0
        return x
"""
    made = call(TensorSpec([1.0])).on("Twice")
    tensor([1.0]) + 0  # loads what a first op needs
    caller, outcomes = LocalCaller(typed(source), seconds=0.5), []

    def run():
        outcomes.append(caller.run(made))

    if threaded:
        thread = threading.Thread(target=run)
        thread.start()
        thread.join()
    else:
        run()
    assert outcomes[0].status == "timeout"
    assert outcomes[0].error.line in (6, 7)


def test_after_three_slow_calls_the_rest_is_left_out(monkeypatch):
    monkeypatch.setattr(callers, "SECONDS", 0.2)
    verdict = verdict_on(answer("while True: pass"))
    stati = [each.outcome.status for each in verdict.results]
    assert stati == ["timeout"] * 3 + ["not run"]


def outcome_of(body, *args, header="def f(*args):"):
    names = typed(answer(body, header))
    return LocalCaller(names).run(call(*args).on("f"))


def test_input_is_refused_even_if_the_refusal_is_swallowed():
    assert outcome_of("return input()").status == "asked"
    assert outcome_of("try: input()\nexcept Exception: return 1").status == "asked"
    assert outcome_of("import sys\nreturn sys.stdin.readline()").status == "asked"


@pytest.mark.parametrize(
    "leave", ["exit()", "sys.exit(3)", "quit()", "raise SystemExit"]
)
def test_leaving_python_is_an_outcome(leave):
    assert outcome_of(f"import sys\n{leave}").status == "exited"


def test_endless_recursion_is_a_raised_error_with_few_lines():
    outcome = outcome_of("return f(*args)", 1)
    assert outcome.error.type == "RecursionError"
    assert 1 <= len(outcome.error.lines) <= 8


def test_only_the_learners_own_lines_are_told():
    outcome = outcome_of("import json\nreturn json.loads('[')")
    assert [number for number, _ in outcome.error.lines] == [3]
    assert outcome.error.lines[0][1] == "return json.loads('[')"


def test_prints_are_caught_bounded_and_shown_folded(capsys):
    outcome = outcome_of("import sys\nprint('x' * 9000)\nprint('!', file=sys.stderr)")
    assert len(outcome.printed) < 4100
    assert "more characters" in outcome.printed
    assert capsys.readouterr() == ("", "")
    verdict = verdict_on(answer("print('seen', a)\nreturn a"))
    assert "What your function printed" in verdict.html
    assert "seen ()" in verdict.text


def test_an_argument_that_was_changed_is_reported_before_and_after():
    outcome = outcome_of("args[0].pop()", [1, 2, 3])
    (change,) = outcome.changes
    assert (change.before, change.after) == ([1, 2, 3], [1, 2])


def test_the_probes_own_arguments_stay_whole():
    given = [1, 2, 3]
    outcome_of("args[0].clear()", given)
    assert given == [1, 2, 3]


def test_a_result_that_cannot_be_shown_is_still_an_outcome():
    body = "class Bad:\n    def __repr__(self): raise KeyError\nreturn Bad()"
    assert outcome_of(body).value.text == "<Bad>"
    assert outcome_of("x = []\nx.append(x)\nreturn x").status == "returned"


def test_an_error_whose_text_never_ends_is_still_described(monkeypatch):
    monkeypatch.setattr(callers, "AFTER_A_TIMEOUT", 0.1)
    body = (
        "class E(Exception):\n    def __str__(self):\n        while True: pass\n"
        "raise E(1)"
    )
    assert outcome_of(body).error.type == "E"


def test_an_error_whose_text_fails_is_still_described():
    body = "class E(Exception):\n    def __str__(self): raise KeyError\nraise E(1)"
    assert outcome_of(body).error.type == "E"
