"""The table of what was compared with PyTorch, at the end of the run."""

import sys

import pytest


def pytest_terminal_summary(terminalreporter):
    comparison = sys.modules.get("tests.torch.comparison")
    tallies = comparison.TALLIES if comparison else {}
    if not tallies:
        return
    terminalreporter.section("gradlab beside PyTorch")
    write = terminalreporter.write_line
    write(f"{'op':24} {'cases':>6} {'value off by':>13} {'gradient off by':>16}")
    for name, tally in sorted(tallies.items()):
        write(f"{name:24} {tally.cases:6} {tally.value:13.1e} {tally.gradient:16.1e}")
    cases = sum(tally.cases for tally in tallies.values())
    write(f"{len(tallies)} ops, {cases:,} distinct cases; float64 and float32")


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/torch/" in item.path.as_posix():
            item.add_marker(pytest.mark.torch)
