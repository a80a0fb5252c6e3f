"""Stepping through a picture in the browser: all frames inside, no kernel, no network.

The same piece of HTML works in a notebook's output, on several places of one page,
and as a file opened from disk. Where scripts do not run, the last frame stands there
as an ordinary image.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gradlab.visualization.svg import data_uri
from gradlab.visualization.text import clean, escape
from gradlab.visualization.theme import STYLESHEET, Theme, variables

if TYPE_CHECKING:
    from gradlab.visualization.picture import Picture

_PREFIX = "gradlab-player-0-"  # the script gives every player on a page its own number
_PAGE_STYLE = (
    "body{margin:0;padding:1.2em;background:var(--gl-paper);color:var(--gl-ink);"
    "font-family:system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif}"
    "main{max-width:76em;margin:auto}h2{font-size:1.1em}"
    "h1{font-size:1.3em;margin:0 0 .5em}"
    "main.gradlab-wide{max-width:none}.gradlab-wide h1{font-size:1em;margin:0 0 .3em}"
    "pre{overflow:auto;font-size:14px}ol{padding:0;list-style:none}"
    "li{break-inside:avoid;margin:0 0 1.2em}li svg{max-width:100%;height:auto}"
    ".gradlab-film{display:none}"
    "@media print{.gradlab-film{display:block}.gradlab-player{display:none}"
    "body{background:#fff;color:#000}pre{white-space:pre-wrap}}"
)
_PIECE = re.compile(r"(?=<(?:rect|path|text|g|title)\b)")  # where an SVG is taken apart


class Player:
    """A picture with buttons, a slider and keys; shows itself in a notebook.

    Parameters
    ----------
    picture : the picture to step through
    demo : large, with a question before each frame: for a projector
    still : what stands there where scripts do not run; by default the picture
    """

    def __init__(
        self, picture: Picture, *, demo: bool = False, still: Picture | None = None
    ) -> None:
        self.picture, self.demo, self.still = picture, demo, still or picture

    def html(self, theme: Theme = "auto", *, page: bool = False) -> str:
        """Return the player as a piece of HTML that needs nothing around it."""
        big = " gradlab-demo" if self.demo else ""
        colours = "" if theme == "auto" else f' style="{variables(theme)}"'
        return (
            f'<div class="gradlab-player gradlab-{theme}{big}" role="group" '
            f'tabindex="0" data-lm-suppress-shortcuts="true" '
            f'aria-label="{escape(self.picture.title)}"{colours}>'
            f"<style>{STYLESHEET}{_file('player.css')}</style>"
            f"{self._still()}"
            f'<script type="application/json" class="gradlab-film-data">'
            f"{self._film(theme, page)}</script>"
            f"<script>{_file('player.js')}</script>{self._picker()}</div>"
        )

    def page(self, theme: Theme = "light") -> str:
        """Return a whole page with the player; printed, it shows every frame."""
        title = escape(self.picture.title)
        own = "" if theme == "auto" else f' style="{variables(theme)}"'
        main = '<main class="gradlab-wide">' if self.demo else "<main>"
        return (
            '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width">'
            f"<title>{title}</title><style>{STYLESHEET}{_PAGE_STYLE}</style>"
            f'</head><body class="gradlab-{theme}"{own}>'
            f'{main}<h1>{title}</h1><ol class="gradlab-film"></ol>'
            f"{self.html(theme, page=True)}"
            f"<h2>In numbers</h2><pre>{escape(self.still.table())}</pre>"
            "</main></body></html>\n"
        )

    def _still(self) -> str:
        """Return the last frame as an image: it survives where scripts do not run."""
        source = data_uri(self.still.svg(theme="light"))
        said = escape(self.still.alt())
        return f'<img class="gradlab-still" alt="{said}" src="{source}">'

    def _picker(self) -> str:
        """Return what lets a reader choose a cell, where the picture offers that."""
        choices = self.picture.choices()
        if choices is None:
            return ""
        return (
            f"<style>{_file('picker.css')}</style>"
            f'<script type="application/json" class="gradlab-choices">'
            f"{_data(choices)}</script><script>{_file('picker.js')}</script>"
        )

    def _film(self, theme: Theme, page: bool) -> str:
        picture, bounds = self.picture, self.picture.bounds()
        steps = range(picture.steps)
        drawn = (
            picture.svg(k, theme=theme, prefix=_PREFIX, bounds=bounds, style=False)
            for k in steps
        )
        film = {
            "title": clean(picture.title),
            "prefix": _PREFIX,
            **_in_pieces(drawn),
            "says": [clean(picture.alt(k)) for k in steps],
            "asks": [clean(picture.ask(k)) for k in steps] if self.demo else [],
            "demo": self.demo,
            "page": page,
        }
        return _data(film)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        return {"text/html": self.html(), "text/plain": self.still.alt()}

    def __repr__(self) -> str:
        return f"<Player of {self.still!r}>"


def _data(value: object) -> str:
    """Return JSON that cannot end the script it stands in."""
    return json.dumps(value, separators=(",", ":")).replace("<", "\\u003c")


def _in_pieces(drawn: Iterable[str]) -> dict[str, Any]:
    """Return frames as lists of numbers of pieces: most of a frame was there before."""
    numbers: dict[str, int] = {}
    frames = [
        [numbers.setdefault(piece, len(numbers)) for piece in _PIECE.split(svg)]
        for svg in drawn
    ]
    return {"pieces": list(numbers), "frames": frames}


@cache
def _file(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8").strip()
