"""Text as a real browser lays it out: what overlaps, and what leaves its picture."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

SHAPES = re.compile(r"<(?:rect|path)\b[^>]*/>")  # text stands where it is without them
MEASURE = """() => [...document.querySelectorAll('svg')].flatMap(svg => {
  const sheet = svg.getBoundingClientRect(), found = [];
  const say = (...words) => found.push([svg.dataset.of, ...words].join(' | '));
  const all = [...svg.querySelectorAll('text')].map(text => {
    const { left, top, right, bottom, height } = text.getBoundingClientRect();
    const trim = 0.2 * height;
    return { left, right, top: top + trim, bottom: bottom - trim,
      words: text.textContent };
  });
  all.sort((one, two) => one.left - two.left);
  all.forEach((one, k) => {
    if (one.left < sheet.left || one.right > sheet.right + 1) say('beside', one.words);
    if (one.top < sheet.top || one.bottom > sheet.bottom) say('beyond', one.words);
    for (let n = k + 1; n < all.length && all[n].left < one.right - 1; n++) {
      const two = all[n];
      const across = Math.min(one.right, two.right) - two.left;
      const down = Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top);
      if (across > 1 && down > 1) say(one.words, two.words);
    }
  });
  return found;
})"""


def overlaps(page: Any, drawn: Mapping[str, str]) -> list[str]:
    """Return what text is on other text or outside its picture.

    Parameters
    ----------
    page : a browser's page
    drawn : SVGs by what to call them
    """
    names = {SHAPES.sub("", svg): name for name, svg in drawn.items()}
    marked = [
        svg.replace("<svg ", f'<svg data-of="{number}" ', 1)
        for number, svg in enumerate(names)
    ]
    page.set_viewport_size({"width": 3000, "height": 900})
    page.set_content("<br>".join(marked))
    called = list(names.values())
    found = [text.split(" | ", 1) for text in page.evaluate(MEASURE)]
    return [f"{called[int(number)]}: {words}" for number, words in found]
