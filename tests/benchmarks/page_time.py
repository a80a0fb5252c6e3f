"""How long `gradlab lab` takes until the first cell is seen: `python -m` this module.

Two numbers a visit, both from the moment the command is typed: until JupyterLab
answers, and until the first cell of the lesson is on the screen. "First visit" is a
browser that never was there; "next time" the same browser later, its cache filled.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import sync_playwright

from tests.browser.lab import Lab
from tests.chromium import FLAGS, NAMES

GOAL = 6.0
VISITS = 4
CELL = ".jp-Notebook .jp-Cell"

Seconds = tuple[float, float]


def main() -> None:
    """Visit a few times, print each visit's times and the median with its goal."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        sys.exit("There is no Chromium on this machine.")
    print("                 server answers   first cell")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        lab = Lab(Path(folder))
        visits = []
        for number in range(VISITS):
            visits.append(visit(lab, playwright.chromium, program, Path(folder)))
            name = "next time" if number else "first visit"
            print("{:<16}{:12.1f} s{:11.1f} s".format(name, *visits[-1]))
    typical = median(first_cell for _, first_cell in visits[1:])
    verdict = "met" if typical < GOAL else "missed"
    print(f"next time, median: {typical:.1f} s (goal {GOAL:g} s: {verdict})")


def visit(lab: Lab, chromium: Any, program: str, folder: Path) -> Seconds:
    """Type the command, open the address it prints, look for a cell, stop it all."""
    with chromium.launch_persistent_context(
        folder / "profile", executable_path=program, args=FLAGS
    ) as browser:
        page = browser.new_page()
        start = time.perf_counter()
        try:
            url, _ = lab.open()
            answers = time.perf_counter() - start
            page.goto(url, wait_until="commit")
            page.wait_for_selector(CELL, timeout=40_000)
            return answers, time.perf_counter() - start
        finally:
            lab.stop()


if __name__ == "__main__":
    main()
