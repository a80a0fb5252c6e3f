"""From a scene to a string of SVG, by writing it down.

The same scene gives the same bytes. Nothing is used that a plain rasteriser, a
printer or a reader of saved files would not know: no scripts, no foreign objects, no
patterns, stroke widths in plain units. The only ids are those of title and description.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from functools import lru_cache

from gradlab.visualization.curves import Segment, arrival, crossing, shortened
from gradlab.visualization.scene import (
    Arrow,
    Bounds,
    Box,
    Group,
    Item,
    Scene,
    Text,
)
from gradlab.visualization.text import escape
from gradlab.visualization.theme import (
    FONTS,
    LOOKS,
    MONO,
    STYLESHEET,
    Look,
    Theme,
    colour,
)

WIDE = 1250.0  # a wider picture scrolls where there is no room, ...
SMALLEST = 0.64  # ... before its words are smaller than this share of their size
HEAD = 9.0  # length of an arrow's head
_BASELINE = 0.36  # from the middle of a line of text down to its baseline


def render(
    scene: Scene,
    *,
    title: str,
    desc: str,
    theme: Theme = "auto",
    prefix: str = "",
    bounds: Bounds | None = None,
    style: bool = True,
) -> str:
    """Return the scene as one SVG element.

    Parameters
    ----------
    prefix : put before every id, so that several pictures can share a page
    bounds : the part of the plane to show; the scene's own by default
    style : write the rules of theme "auto" into the picture; a page that holds many
        pictures writes them once itself
    """
    view = bounds or scene.bounds()
    pen = _Pen(theme)
    body = "".join(pen.layers(scene.items))
    return (
        f"{_opening(view, theme, prefix)}"
        f'<title id="{escape(prefix)}title">{escape(title)}</title>'
        f'<desc id="{escape(prefix)}desc">{escape(desc)}</desc>'
        f"{f'<style>{STYLESHEET}</style>' if style and theme == 'auto' else ''}"
        f"{'' if theme == 'auto' else pen.sheet(view)}{body}</svg>"
    )


def _opening(view: Bounds, theme: Theme, prefix: str) -> str:
    w, h = n(view.width), n(view.height)
    own = escape(prefix)
    least = ""
    if theme == "auto" and view.width > WIDE:
        least = f' style="--gl-least:{n(SMALLEST * view.width)}px"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="gradlab-{theme}"{least} '
        f'role="img" aria-labelledby="{own}title {own}desc" width="{w}" height="{h}" '
        f'viewBox="{n(view.left)} {n(view.top)} {w} {h}" font-family="{FONTS}">'
    )


@lru_cache(maxsize=8192)
def n(value: float) -> str:
    """Return a coordinate with at most two decimals and no useless zeros.

    Examples
    --------
    >>> n(3.0), n(0.125), n(-0.001)
    ('3', '0.12', '0')
    """
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def data_uri(svg: str) -> str:
    """Return SVG as an address that an <img> can show without loading anything.

    Examples
    --------
    >>> data_uri("<svg/>")
    'data:image/svg+xml;base64,PHN2Zy8+'
    """
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


class _Pen:
    """Writes items in the colours of one theme."""

    def __init__(self, theme: Theme) -> None:
        self.theme: Theme = theme

    def sheet(self, view: Bounds) -> str:
        place = f'x="{n(view.left)}" y="{n(view.top)}"'
        size = f'width="{n(view.width)}" height="{n(view.height)}"'
        return f'<rect {place} {size} fill="{colour("paper", self.theme)}"/>'

    def layers(self, items: tuple[Item, ...]) -> Iterator[str]:
        """Yield the shapes of all items, then the words."""
        for item in items:
            if isinstance(item, Box):
                yield self.box(item)
            elif isinstance(item, Arrow):
                yield self.arrow(item)
            elif isinstance(item, Group):
                yield self.group(item)
        for item in items:
            if isinstance(item, Text):
                yield self.text(item)
            elif isinstance(item, Box) and item.text:
                yield self.box_text(item)
            elif isinstance(item, Arrow) and item.label:
                yield self.label(item)

    def group(self, group: Group) -> str:
        move = f' transform="translate({n(group.dx)} {n(group.dy)})"'
        return f"<g{move}>{''.join(self.layers(group.items))}</g>"

    # --------------------------------- boxes ---------------------------------

    def box(self, box: Box) -> str:
        look = LOOKS[box.look]
        selected = "selected" in box.marks
        radius = min(look.radius, box.h / 2)
        own = f' data-cell="{escape(box.cell)}"' if box.cell else ""
        parts = [self.rect(box.x, box.y, box.w, box.h, look, radius, own)]
        if "wrong" in box.marks:
            parts.append(self.hatch(box))
        if "saved" in box.marks:
            parts.append(self.bookmark(box))
        if "tray" in box.marks:
            parts.append(self.tray(box))
        if selected:
            line = "ink" if look.stroke == "line" else look.stroke
            thick = Look("none", line, 3.4, "4 4" if look.dash else "")
            parts.append(self.rect(box.x, box.y, box.w, box.h, thick, radius))
        return "".join(parts)

    def rect(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        look: Look,
        radius: float,
        more: str = "",
    ) -> str:
        round_off = f' rx="{n(radius)}"' if radius else ""
        return (
            f'<rect x="{n(x)}" y="{n(y)}" width="{n(w)}" height="{n(h)}"{round_off} '
            f'fill="{colour(look.fill, self.theme)}"{self.stroke(look)}{more}/>'
        )

    def stroke(self, look: Look) -> str:
        if look.stroke == "none":
            return ""
        dash = f' stroke-dasharray="{look.dash}"' if look.dash else ""
        line = colour(look.stroke, self.theme)
        return f' stroke="{line}" stroke-width="{n(look.width)}"{dash}'

    def hatch(self, box: Box) -> str:
        """Return crossing lines over the box, cut at its edges."""
        way = "".join(
            f"M{n(box.x + p[0])} {n(box.y + p[1])}L{n(box.x + q[0])} {n(box.y + q[1])}"
            for p, q in crossing(box.w, box.h)
        )
        line = colour("wrong", self.theme)
        return (
            f'<path d="{way}" fill="none" stroke="{line}" '
            f'stroke-width="1" opacity="0.45"/>'
        )

    def bookmark(self, box: Box) -> str:
        x, y = box.x + box.w - 14, box.y - 1
        way = f"M{n(x)} {n(y)}h9v13l-4.5 -4l-4.5 4z"
        return f'<path d="{way}" fill="{colour("local", self.theme)}"/>'

    def tray(self, box: Box) -> str:
        left, right, y = box.x + 4, box.x + box.w - 4, box.y + box.h
        way = f"M{n(left)} {n(y + 1)}v4H{n(right)}v-4"
        line = colour("gradient", self.theme)
        return f'<path d="{way}" fill="none" stroke="{line}" stroke-width="1.8"/>'

    # --------------------------------- words ---------------------------------

    def text(self, text: Text) -> str:
        fill = colour(text.ink, self.theme)
        anchor = "" if text.anchor == "start" else f' text-anchor="{text.anchor}"'
        bold = ' font-weight="700"' if text.bold else ""
        place = f'x="{n(text.x)}" y="{n(text.y + _BASELINE * text.size)}"'
        code = f' font-family="{MONO}" xml:space="preserve"' if text.mono else ""
        look = f'font-size="{n(text.size)}" fill="{fill}"{anchor}{bold}{code}'
        head = f"<text {place} {look}>"
        return f"{head}{self.spans(text)}</text>"

    def spans(self, text: Text) -> str:
        if isinstance(text.text, str):
            return escape(text.text)
        parts = []
        for span in text.text:
            ink = f' fill="{colour(span.ink, self.theme)}"' if span.ink else ""
            bold = ' font-weight="700"' if span.bold else ""
            parts.append(f"<tspan{ink}{bold}>{escape(span.text)}</tspan>")
        return "".join(parts)

    def box_text(self, box: Box) -> str:
        x, y = box.center
        look = LOOKS[box.look]
        words = Text(x, y, box.text, box.size, look.ink, bold=box.bold)
        if "wrong" not in box.marks:
            return self.text(words)
        w = min(words.width + 6, box.w - 4)
        high = box.size * 1.3
        plate = Look(look.fill, "none")
        behind = self.rect(x - w / 2, y - high / 2, w, high, plate, 3)
        return behind + self.text(words)

    def label(self, arrow: Arrow) -> str:
        box = arrow.label_box()
        return self.box(box) + self.box_text(box)

    # --------------------------------- arrows --------------------------------

    def arrow(self, arrow: Arrow) -> str:
        look = LOOKS[arrow.look]
        way = arrow.segments()
        line = colour(look.stroke, self.theme)
        tip = _head(way[-1]) if arrow.head else ""
        path = _path(shortened(way, HEAD * 0.8) if arrow.head else way, arrow.kind)
        own = f' data-cell="{escape(arrow.cell)}"' if arrow.cell else ""
        parts = f'<path d="{path}" fill="none"{self.stroke(look)}{own}/>'
        if tip:
            parts += f'<path d="{tip}" fill="{line}"{own}/>'
        return parts


def _path(way: tuple[Segment, ...], kind: str) -> str:
    parts = [f"M{n(way[0][0][0])} {n(way[0][0][1])}"]
    for _, one, two, end in way:
        if kind == "line":
            parts.append(f"L{n(end[0])} {n(end[1])}")
        else:
            curve = " ".join(f"{n(x)} {n(y)}" for x, y in (one, two, end))
            parts.append(f"C{curve}")
    return "".join(parts)


def _head(curve: Segment) -> str:
    (x, y), (dx, dy) = curve[3], arrival(curve)
    half = HEAD * 0.45
    left = (x - dx * HEAD - dy * half, y - dy * HEAD + dx * half)
    right = (x - dx * HEAD + dy * half, y - dy * HEAD - dx * half)
    return f"M{n(x)} {n(y)}L{n(left[0])} {n(left[1])}L{n(right[0])} {n(right[1])}Z"
