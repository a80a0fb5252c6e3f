"""One Chromium and one machine of a learner for all of this folder's tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.lab import Lab
from tests.browser.learner import Learner
from tests.chromium import chromium, troubles

measured: list[str] = []


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print what was measured: a slow machine fails no test, but is seen."""
    if measured:
        terminalreporter.section("measured in Chromium")
        for line in measured:
            terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def measure() -> Callable[[str, float, float, str], None]:
    """Note a measurement with its goal."""

    def note(what: str, got: float, goal: float, unit: str) -> None:
        verdict = "met" if got <= goal else "missed"
        measured.append(f"{what}: {got:.3g} {unit} (goal {goal:g} {unit}: {verdict})")

    return note


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def lesson() -> str:
    """The lesson that the learner does; a module may name another one."""
    return "07"


@pytest.fixture(scope="module")
def lab(
    browser: Any, lesson: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Lab]:
    made = Lab(tmp_path_factory.mktemp("home"), lesson)
    yield made
    made.stop()


@pytest.fixture
def sit_down(browser: Any, lab: Lab, tmp_path: Path) -> Iterator[Any]:
    """Give a learner a page, in place of the one before; no page may have troubles."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    found: list[str] = []

    def sit_down() -> Learner:
        for page in context.pages:
            page.close()
        page = context.new_page()
        troubles(page, found)
        return Learner(page, lab.notebook)

    yield sit_down
    for page in context.pages:
        page.screenshot(path=tmp_path / "last.png")
    context.close()
    assert found == []
