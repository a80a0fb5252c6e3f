"""The outputs of a lesson that ran, in a form that stays when nothing may run.

A notebook that JupyterLab does not trust, a page on paper and a page from disk have no
scripts, no kernel, and partly no inline SVG. Images that hold their own data, tables
and `<details>` stay. Each pass takes an output's HTML and turns one kind of thing into
those; `static` runs them in order.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from functools import partial
from html import escape, unescape
from typing import Any

from gradlab.exercises.card_style import STYLE
from gradlab.visualization.svg import data_uri
from gradlab.visualization.theme import Theme, colour
from gradlab.workspace.notebooks import Cell, Notebook

MOST_FRAMES = 6
WIDGET = "application/vnd.jupyter.widget-view+json"
NOT_STATIC = ("application/javascript", WIDGET)
NO_CONTROLS = "The controls of this picture need JupyterLab: run this cell there."
_FITS = "max-width: 100%; height: auto"
_BESIDE = "display: inline-block; width: 48%; vertical-align: top; margin: 4px 1% 8px 0"

_PLAYER = re.compile(r'<div class="gradlab-player .*?</div>', re.DOTALL)
_FILM = re.compile(r'class="gradlab-film-data">(.*?)</script>', re.DOTALL)
_STILL = re.compile(r'<img class="gradlab-still" alt="([^"]*)"[^>]*>')
_SVG = re.compile(r"<svg\b.*?</svg>", re.DOTALL)
_DESC = re.compile(r"<desc\b[^>]*>(.*?)</desc>", re.DOTALL)
_TITLE = re.compile(r"<title\b[^>]*>(.*?)</title>", re.DOTALL)
_VIEW = re.compile(r'viewBox="(\S+) (\S+) (\S+) (\S+)"')
_SVG_STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
_VARIABLE = re.compile(r"var\(--gl-([\w-]+),#\w+\)")
_SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)
_FOOTER = re.compile(r'<p class="gl-foot">.*?</p>', re.DOTALL)
_UNSIZED = re.compile(r"<img (?![^>]*\bstyle=)")


def static(notebook: Notebook, theme: Theme = "light") -> Notebook:
    """Return a notebook that ran with all its outputs static; it itself is kept.

    Parameters
    ----------
    theme : the colours of its pictures, "light" or "dark"; they are fixed from then on
    """
    still = copy.deepcopy(notebook)
    still["metadata"].pop("widgets", None)
    for cell in still["cells"]:
        cell["metadata"].pop("execution", None)
        if cell["cell_type"] == "code":
            _still_outputs(cell, theme)
    return still


def _still_outputs(cell: Cell, theme: Theme) -> None:
    for output in cell["outputs"]:
        if "data" in output:
            _still_data(output["data"], theme)


def _still_data(data: dict[str, Any], theme: Theme) -> None:
    """Replace what an output shows by what stays."""
    if WIDGET in data:
        data |= {"text/html": f"<p><i>{NO_CONTROLS}</i></p>", "text/plain": NO_CONTROLS}
    for kind in NOT_STATIC:
        data.pop(kind, None)
    if drawn := data.pop("image/svg+xml", None):
        data["text/html"] = drawn
    if "text/html" in data:
        data["text/html"] = still_html(data["text/html"], theme)


def still_html(html: str, theme: Theme = "light") -> str:
    """Return HTML with players, inline SVG and scripts replaced by what stays.

    Examples
    --------
    >>> still_html("<p>2 + 2</p><script>location.reload()</script>")
    '<p>2 + 2</p>'
    """
    html = _PLAYER.sub(partial(_strip, theme=theme), html)
    html = _SVG.sub(lambda found: image(found.group(), theme), html)
    html = _SCRIPT.sub("", html)
    return _UNSIZED.sub(f'<img style="{_FITS}" ', plain_card(html, theme))


# -------------------- pictures --------------------


def image(svg: str, theme: Theme, alt: str = "") -> str:
    """Return inline SVG as an image with words, on a ground and in colours of its own.

    Parameters
    ----------
    alt : its words; by default those that the SVG holds itself
    """
    own = _DESC.search(svg) or _TITLE.search(svg)
    said = alt or (unescape(own.group(1)) if own else "A picture.")
    source = data_uri(on_paper(svg, theme))
    return f'<img style="{_FITS}" alt="{escape(said)}" src="{source}">'


def on_paper(svg: str, theme: Theme) -> str:
    """Return SVG that followed its page's colours in the fixed ones of a theme."""
    fixed = _VARIABLE.sub(lambda name: colour(name.group(1), theme), svg)
    if fixed == svg:
        return svg
    fixed = _SVG_STYLE.sub("", fixed).replace(
        'class="gradlab-auto"', f'class="gradlab-{theme}"'
    )
    head, bracket, body = fixed.partition(">")
    return head + bracket + _ground(head, theme) + body


def _ground(head: str, theme: Theme) -> str:
    """Return the sheet below an SVG's shapes, for its opening tag `head`."""
    found = _VIEW.search(head)
    if found is None:
        return ""
    x, y, width, height = found.groups()
    size = f'x="{x}" y="{y}" width="{width}" height="{height}"'
    return f'<rect {size} fill="{colour("paper", theme)}"/>'


# -------------------- players --------------------


def _strip(found: re.Match[str], theme: Theme) -> str:
    """Return a player as a strip of its frames; without frames, as its still image."""
    player = found.group()
    still, data = _STILL.search(player), _FILM.search(player)
    if data is None:
        return still.group() if still else ""
    film = json.loads(data.group(1))
    figures = list(_figures(film, theme))
    ending = _ending(still, film["says"][-1])
    return f"<div>{_caption(film, len(figures))}{''.join(figures)}{ending}</div>"


def _ending(still: re.Match[str] | None, last: str) -> str:
    """Return the still image, if it shows something else than the last frame."""
    if still is None or unescape(still.group(1)) == last:
        return ""
    return f"<figure>{still.group()}</figure>"


def _caption(film: dict[str, Any], shown: int) -> str:
    count = len(film["frames"])
    some = "" if shown == count else f" {shown} of its {count} steps:"
    return f"<p><b>{escape(film['title'])}.</b>{some}</p>"


def _figures(film: dict[str, Any], theme: Theme) -> Iterator[str]:
    count = len(film["frames"])
    for k in chosen(count):
        svg = "".join(film["pieces"][piece] for piece in film["frames"][k])
        drawn = image(svg, theme, film["says"][k])
        number = f"<figcaption>Step {k + 1} of {count}</figcaption>"
        style = f' style="{_BESIDE}"' if count > 1 else ""
        yield f"<figure{style}>{number}{drawn}</figure>"


def chosen(count: int) -> list[int]:
    """Return the frames to show of `count`: first, last, and some evenly between.

    Examples
    --------
    >>> chosen(1), chosen(4), chosen(11)
    ([0], [0, 1, 2, 3], [0, 2, 4, 6, 8, 10])
    """
    most = min(count, MOST_FRAMES)
    return [round(k * (count - 1) / max(most - 1, 1)) for k in range(most)]


# -------------------- cards --------------------


def plain_card(html: str, theme: Theme) -> str:
    """Return HTML whose cards show the pictures of one theme, and no date."""
    kept, other = ("dark", "light") if theme == "dark" else ("light", "dark")
    html = re.sub(rf'<img class="gl-{other}"[^>]*>', "", html)
    html = re.sub(rf'<img class="gl-{kept}"(?: style="[^"]*")?', "<img", html)
    return _FOOTER.sub("", html.replace(f"<style>{STYLE}</style>", ""))
