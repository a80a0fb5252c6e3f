"""Memory is measured as the code needs it, not as Python hoards it."""

import gc

from gradlab.exercises.callers import LocalCaller
from gradlab.exercises.probes import call
from tests.exercises.conftest import answer, typed

LOOP = answer(
    "for i in range(n):\n    pair = (i, str(i))\n    kept = [pair]", "def f(n):"
)


def peak(source, *args):
    made = call(*args).on("f").measured("peak_bytes")
    return LocalCaller(typed(source)).run(made).facts["peak_bytes"]


def test_what_is_kept_counts_and_what_is_dropped_does_not():
    keeper = answer("return [i + 0.5 for i in range(n)]", "def f(n):")
    assert peak(LOOP, 2_000) < 4_096
    assert peak(keeper, 2_000) > 2_000 * 8


def test_python_does_not_collect_garbage_while_memory_is_measured():
    """A full collection empties Python's store of tuples, which then fills again."""
    body = "n = len(seen)\nkept = [[] for _ in range(9_000)]\nreturn len(seen) - n"
    names = typed(answer(body, "def f():"))
    seen = names["seen"] = []
    note = lambda phase, info: seen.append(phase)  # noqa: E731
    gc.callbacks.append(note)
    try:
        caller = LocalCaller(names)
        assert caller.run(call().on("f")).value > 0
        assert caller.run(call().on("f").measured("peak_bytes")).value == 0
    finally:
        gc.callbacks.remove(note)
    assert gc.isenabled()


def test_collections_go_on_after_a_call_that_raised():
    peak(answer("raise KeyError(n)", "def f(n):"), 1)
    assert gc.isenabled()


def test_what_another_thread_took_once_does_not_count():
    """The first call stands for one during which a kernel's own threads worked."""
    body = "seen.append(0)\nif len(seen) == 1:\n    return list(range(9_000))"
    names = typed(answer(body, "def f():"))
    names["seen"] = []
    outcome = LocalCaller(names).run(call().on("f").measured("peak_bytes"))
    assert outcome.facts["peak_bytes"] < 4_096
    assert len(names["seen"]) == 2
