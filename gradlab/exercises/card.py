"""Cards: what the learner reads, as HTML that outlives the kernel, and as plain text.

A card is a first line, parts below it, and a footer. Every part can say itself in both
forms. The HTML holds no script; where styles are stripped it is still in good order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from typing import Any, Literal

from gradlab.exercises.card_style import STYLE, TONES
from gradlab.exercises.shapes import ShapeDiff
from gradlab.visualization.svg import data_uri

Tone = Literal["wait", "look", "right", "info", "off"]


@dataclass(frozen=True)
class Part:
    """A piece of a card's body, in both forms."""

    html: str
    text: str = ""


# -------------------- text with `code` in it --------------------


def inline(text: str) -> str:
    """Return text as HTML: escaped, and what stands in backticks as code.

    Examples
    --------
    >>> inline("`f` gave <3")
    '<code>f</code> gave &lt;3'
    """
    return re.sub(r"`([^`\n]+)`", r"<code>\1</code>", escape(text, quote=False))


def prose(text: str, kind: str = "") -> Part:
    """Return paragraphs; lines that start with four spaces are code."""
    blocks: list[str] = []
    code: list[str] = []

    def close_code() -> None:
        if code:
            joined = "\n".join(code)
            blocks.append(f"<pre>{escape(joined, quote=False)}</pre>")
            code.clear()

    for line in text.splitlines():
        if line.startswith("    "):
            code.append(line[4:])
        else:
            close_code()
            blocks.append(inline(line))
    close_code()
    html = "".join(_paragraphs(blocks))
    return Part(f'<div class="{kind}">{html}</div>' if kind else html, text)


def _paragraphs(blocks: Iterable[str]) -> Iterable[str]:
    words: list[str] = []
    for block in [*blocks, ""]:
        if words and (not block or block.startswith("<pre>")):
            yield f"<p>{' '.join(words)}</p>"
            words = []
        if block.startswith("<pre>"):
            yield block
        elif block:
            words.append(block)


def code(text: str) -> Part:
    """Return a block of code, or of what was printed."""
    indented = "\n".join("    " + line for line in text.splitlines())
    return Part(f"<pre>{escape(text, quote=False)}</pre>", indented)


# -------------------- other parts --------------------


def table(rows: Sequence[tuple[str, str]]) -> Part:
    """Return named rows of code: call, expected, yours."""
    width = max(len(name) for name, _ in rows)
    html = "".join(
        f'<tr><th scope="row">{escape(name)}</th>'
        f"<td><code>{escape(value, quote=False)}</code></td></tr>"
        for name, value in rows
    )
    text = "\n".join(f"  {name:<{width}}  {value}" for name, value in rows)
    return Part(f'<table class="gl-rows">{html}</table>', text)


def shapes(diff: ShapeDiff) -> Part:
    """Return shapes one below the other, what differs marked."""
    indented = "\n".join("  " + line for line in diff.text().splitlines())
    return Part(diff.html(), indented)


def fold(summary: str, *parts: Part, text: str = "", kind: str = "") -> Part:
    """Return parts behind a summary that the reader clicks (or presses Enter on)."""
    html = "".join(part.html for part in parts)
    name = f' class="{kind}"' if kind else ""
    return Part(
        f"<details{name}><summary>{inline(summary)}</summary>"
        f'<div class="gl-in">{html}</div></details>',
        text,
    )


def picture(drawn: Any, caption: str = "") -> Part:
    """Return a picture that also shows in a notebook that is not trusted.

    JupyterLab strips inline SVG there, but keeps images that hold their own data. There
    is one for light and one for dark pages; where styles are stripped, the light one
    stands, on its own white ground.
    """
    alt = escape(drawn.alt(), quote=True)
    light, dark = (data_uri(drawn.svg(theme=theme)) for theme in ("light", "dark"))
    said = f"<figcaption>{inline(caption)}</figcaption>" if caption else ""
    return Part(
        f'<figure class="gl-picture">{said}'
        f'<img class="gl-light" alt="{alt}" src="{light}">'
        f'<img class="gl-dark" style="display: none" alt="{alt}" src="{dark}">'
        "</figure>",
        f"{caption} {drawn.alt()}".strip(),
    )


def film(drawn: Any) -> Part:
    """Return a picture that steps; where scripts do not run, its last frame stands."""
    if drawn.steps < 2:
        return picture(drawn)
    return Part(f'<div class="gl-film">{drawn.play().html()}</div>', drawn.alt())


# -------------------- the card --------------------


@dataclass(frozen=True)
class Told:
    """What a card tells, as facts: the call it quotes, its sentence, the wrong rule."""

    call: str = ""
    sentence: str = ""
    rule: str = ""


@dataclass(frozen=True)
class Card:
    """A first line (a plain sentence), a body, a footer, and a tone.

    Examples
    --------
    >>> print(Card("wait", "E2 not done yet. 5 probes wait.", ()).text())
    E2 not done yet. 5 probes wait.
    """

    tone: Tone
    first_line: str
    parts: tuple[Part, ...] = ()
    footer: str = ""
    data: dict[str, str] = field(default_factory=dict)
    told: Told = Told()

    def html(self) -> str:
        """Return the card as HTML, its styles with it."""
        data = "".join(
            f' data-{name}="{escape(value)}"' for name, value in self.data.items()
        )
        footer = f'<p class="gl-foot">{inline(self.footer)}</p>' if self.footer else ""
        return (
            f'<style>{STYLE}</style><div class="gradlab-card gl-{self.tone}"{data} '
            f'style="border-left: 5px solid {TONES[self.tone]}; padding: 10px 16px">'
            f'<p class="gl-first"><b>{inline(self.first_line)}</b></p>'
            f"{self.body()}{footer}</div>"
        )

    def body(self) -> str:
        """Return the parts as HTML."""
        return "".join(part.html for part in self.parts)

    def text(self) -> str:
        """Return the card as plain text."""
        lines = [self.first_line, *(part.text for part in self.parts), self.footer]
        return "\n".join(line for line in lines if line)


def when(moment: datetime, now: datetime | None = None) -> str:
    """Return a moment as learners say it: "Tue 14:02", with the date if it is older.

    Examples
    --------
    >>> tuesday = datetime(2026, 11, 17, 14, 2)
    >>> when(tuesday, datetime(2026, 11, 19)), when(tuesday, datetime(2026, 12, 19))
    ('Tue 14:02', 'Tue 17 Nov 2026, 14:02')
    """
    now = now or datetime.now()
    if abs((now - moment).days) < 6:
        return moment.strftime("%a %H:%M")
    return moment.strftime("%a %d %b %Y, %H:%M")


def stamp(cell: int | None, moment: datetime | None = None) -> str:
    """Return a card's footer: which cell was checked, when, and a reminder."""
    date = (moment or datetime.now()).strftime("%a %d %b %Y, %H:%M")
    start = f"Cell {cell} checked" if cell else "Checked"
    return f"{start} {date}. Saved? Ctrl+S."
