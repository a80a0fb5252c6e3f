"""A learner at the keyboard: JupyterLab worked by keys alone, read by eye.

Nothing here clicks, and scripts only read the page. Cells are named by their ids, which
a page does not show: the order of the cells in the saved file tells.
"""

from __future__ import annotations

import contextlib
import json
import re
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from playwright.sync_api import TimeoutError

CELLS = "[...document.querySelectorAll('.jp-Notebook .jp-Cell')]"
ACTIVE = f"() => {CELLS}.findIndex(cell => cell.classList.contains('jp-mod-active'))"
EDITING = "() => document.querySelector('.jp-Notebook.jp-mod-editMode') !== null"
TEXTS = f"""() => {CELLS}.map(cell =>
  [...cell.querySelectorAll('.cm-line')].map(line => line.textContent))"""
PROMPT = "cell.querySelector('.jp-InputPrompt')?.innerText.trim()"
FOCUS = "document.activeElement"
FOCUS_RESTS = """() => new Promise(done => {
  let last = performance.now();
  const note = () => { last = performance.now(); };
  addEventListener('focusin', note, true);
  (function look() {
    if (performance.now() - last < 700) return setTimeout(look, 50);
    removeEventListener('focusin', note, true);
    done(); })(); })"""
IN_PALETTE = f"() => {FOCUS}.matches('.lm-CommandPalette-input')"
IN_SEARCH = f"() => {FOCUS}.matches('.jp-DocumentSearch-input')"
FOUND = f"""words => {FOCUS}.value === words && /[1-9]/.test(
  document.querySelector('.jp-DocumentSearch-index-counter').innerText)"""
IS_AT = f"""words => {CELLS}.some(cell => cell.classList.contains('jp-mod-active')
  && cell.querySelector('.cm-content')?.textContent.includes(words))"""
FAR = 8
CHOSEN = """words => document.querySelector('.lm-CommandPalette-item.lm-mod-active '
  + '.lm-CommandPalette-itemLabel')?.innerText === words"""
IDLE = (
    "() => document.querySelector('#jp-main-statusbar')?.innerText.includes('| Idle')"
)
IS_THERE = f"""place => {{
  const cell = {CELLS}[place], top = cell.getBoundingClientRect().top;
  return cell.contains({FOCUS}) && 0 < top && top < innerHeight; }}"""
ON_A_CELL = f"() => {FOCUS}.matches('.jp-Notebook .jp-Cell')"
# The time from a key to the next picture in the output that holds the focus.
WATCH = """() => {
  const seen = window.timesSeen = [], isPicture = node => node.nodeName === 'svg';
  let pressed = 0;
  addEventListener('keydown', () => { pressed = performance.now(); }, true);
  new MutationObserver(changes => {
    if (!pressed || !changes.some(each => [...each.addedNodes].some(isPicture))) return;
    seen.push(performance.now() - pressed);
    pressed = 0;
  }).observe(document.activeElement.closest('.jp-OutputArea'),
             {subtree: true, childList: true}); }"""


class Learner:
    """One page with one notebook, and the hands and eyes to work it."""

    def __init__(self, page: Any, notebook: Path) -> None:
        self.page = page
        self.keys = page.keyboard
        self.notebook = notebook
        self.came_up = 0.0

    # -------------------- opening --------------------

    def open(self, url: str) -> None:
        """Open the address that `gradlab lab` printed; wait until it can be used.

        It comes up at the cell that the address names: in view, and the keys go there.
        """
        self.page.goto(url)
        self.page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
        self.came_up = time.perf_counter()
        self.page.wait_for_function(IDLE, timeout=60_000)
        cell = url.partition("#cell-id=")[2]
        place = self.ids().index(cell) if cell else 0
        self.page.wait_for_function(IS_THERE, arg=place, timeout=20_000)

    def settle(self) -> None:
        """Let JupyterLab take the focus once more, as it does when all is there."""
        self.page.evaluate(FOCUS_RESTS)

    # -------------------- moving --------------------

    def ids(self) -> list[str]:
        """The ids of the cells, in the order of the page."""
        cells = json.loads(self.notebook.read_text(encoding="utf-8"))["cells"]
        return [cell["id"] for cell in cells]

    def where(self) -> str:
        """The id of the cell that the learner is in."""
        return self.ids()[self.page.evaluate(ACTIVE)]

    def go_to(self, cell: str) -> None:
        """Go to a cell: a press of j or k for each, and by search if that is far."""
        self.leave()
        place = self.ids().index(cell)
        if abs(place - self.page.evaluate(ACTIVE)) > FAR and (line := self.mark(place)):
            self.find(line)
        for _ in range(3):
            way = place - self.page.evaluate(ACTIVE)
            for _ in range(abs(way)):
                self.keys.press("j" if way > 0 else "k")
        assert self.where() == cell

    def mark(self, place: int) -> str:
        """A line that stands in this cell only, or nothing."""
        texts = self.page.evaluate(TEXTS)
        lines = filter(str.strip, texts[place])
        return next((x for x in lines if sum(x in text for text in texts) == 1), "")

    def find(self, words: str) -> None:
        """Go to where these words stand, with JupyterLab's search."""
        self.keys.press("Control+F")
        self.page.wait_for_function(IN_SEARCH, timeout=10_000)
        self.keys.insert_text(words)
        self.page.wait_for_function(FOUND, arg=words, timeout=10_000)
        self.keys.press("Enter")
        self.page.wait_for_function(IS_AT, arg=words, timeout=10_000)
        self.keys.press("Escape")
        self.page.wait_for_function(ON_A_CELL, timeout=10_000)

    def leave(self) -> None:
        """Leave a cell's text with Escape, controls in its output with Shift+Tab."""
        if self.page.evaluate(EDITING):
            self.keys.press("Escape")
        for _ in range(12):
            if self.page.evaluate(ON_A_CELL):
                return
            self.keys.press("Shift+Tab")
        raise AssertionError(f"keys do not lead back to a cell: {self.focus()}")

    def tab_to(self, selector: str) -> None:
        """Go to a control in the output of this cell with Tab."""
        for _ in range(12):
            self.keys.press("Tab")
            if self.page.evaluate(f"what => {FOCUS}.matches(what)", selector):
                return
        raise AssertionError(f"Tab does not lead to {selector}: {self.focus()}")

    def focus(self) -> str:
        """Where the keys go now."""
        return str(self.page.evaluate(f"() => {FOCUS}.outerHTML.slice(0, 300)"))

    # -------------------- working --------------------

    def command(self, words: str) -> None:
        """Choose a command in the palette."""
        for _ in range(3):  # a page that is still busy may miss the keys
            self.keys.press("Control+Shift+C")
            with contextlib.suppress(TimeoutError):
                self.page.wait_for_function(IN_PALETTE, timeout=5_000)
                break
        self.keys.insert_text(words)
        self.page.wait_for_function(CHOSEN, arg=words, timeout=10_000)
        self.keys.press("Enter")
        self.page.wait_for_function(f"() => !({IN_PALETTE})()", timeout=10_000)

    def edit(self, cell: str) -> None:
        """Go into the text of a cell."""
        self.go_to(cell)
        self.keys.press("Enter")
        self.page.wait_for_function(EDITING, timeout=10_000)

    def write(self, text: str) -> None:
        """Type lines over what is selected; they bring their own indentation."""
        for number, line in enumerate(text.split("\n")):
            if number:
                self.keys.press("Enter")
                self.keys.press("Shift+Home")  # over the indentation that came with it
            self.keys.insert_text(line)

    def run(self, cell: str) -> str:
        """Run a cell and return what it shows then."""
        if self.where() != cell:  # else from inside its text, as people do
            self.go_to(cell)
        before = self.prompt(cell)
        self.keys.press("Shift+Enter")
        self.page.wait_for_function(
            f"""([place, before]) => {{
              const cell = {CELLS}[place], now = {PROMPT};
              return now !== before && /^\\[\\d+\\]:$/.test(now); }}""",
            arg=[self.ids().index(cell), before],
            timeout=60_000,
        )
        return self.shown(cell)

    def run_all(self) -> None:
        """Run all cells, and wait for the last one."""
        self.command("Run All Cells")
        self.page.wait_for_function(
            f"""() => {{
              const ran = {CELLS}.map(cell => {PROMPT}).filter(text => text);
              return !ran.includes('[*]:') && /\\d/.test(ran.at(-1)); }}""",
            timeout=120_000,
        )

    def save(self) -> None:
        """Save the notebook and see that it is saved."""
        self.keys.press("Control+S")
        dirty = "() => !document.querySelector('.lm-TabBar-tab.jp-mod-dirty')"
        self.page.wait_for_function(dirty, timeout=10_000)

    def restart_kernel(self) -> None:
        """Restart the kernel: 0 0, and Enter in the dialog."""
        self.leave()
        self.keys.press("0")
        self.keys.press("0")
        self.page.wait_for_selector(".jp-Dialog", timeout=10_000)
        self.keys.press("Enter")
        self.page.wait_for_function(f"() => !({IDLE})()", timeout=20_000)
        self.page.wait_for_function(IDLE, timeout=60_000)

    # -------------------- seeing --------------------

    def cell(self, cell: str) -> Any:
        """A cell of the page."""
        return self.page.locator(".jp-Notebook .jp-Cell").nth(self.ids().index(cell))

    def prompt(self, cell: str) -> str:
        """What stands left of a cell: "[3]:"."""
        return str(self.cell(cell).locator(".jp-InputPrompt").inner_text().strip())

    def source(self, cell: str) -> str:
        """The text of a cell, as it stands on the page."""
        return "\n".join(self.cell(cell).locator(".cm-line").all_text_contents())

    def shown(self, cell: str) -> str:
        """The words below a cell, with single blanks."""
        words = self.cell(cell).locator(".jp-OutputArea-output").all_inner_texts()
        return re.sub(r"\s+", " ", " ".join(words)).strip()

    def failures(self) -> list[str]:
        """What tells of an error on the page: tracebacks, stderr, broken widgets."""
        bad = '[data-mime-type*="error"], [data-mime-type*="stderr"]'
        found = self.page.locator(f".jp-Notebook :is({bad})").all_inner_texts()
        words = self.page.locator(".jp-Notebook").inner_text()
        signs = ("Error displaying widget", "Failed to load model", "Loading widget...")
        return found + [sign for sign in signs if sign in words]

    def drawn(self, cell: str) -> str:
        """The picture below a cell, as it is drawn now."""
        return str(self.cell(cell).locator("svg[role=img]").inner_html())

    def times_of(self, keys: Iterable[str]) -> list[float]:
        """Press keys; return for each the milliseconds until a picture had changed.

        With pauses as when people type: what the key before set off has then ended.
        """
        self.page.evaluate(WATCH)
        for number, key in enumerate(keys, 1):
            self.page.wait_for_timeout(100)
            self.keys.press(key)
            enough = "number => window.timesSeen.length >= number"
            self.page.wait_for_function(enough, arg=number, timeout=10_000)
        return list(self.page.evaluate("() => window.timesSeen"))
