"""The one scene model behind every picture: boxes, text, arrows, groups.

A scene is plain data with geometry, in user units (about one CSS pixel). It knows
where things are, not how they are coloured or written to a file: `svg.render` does
that. Shapes are drawn in order, then all text of a group on top of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gradlab.visualization import text as words
from gradlab.visualization.curves import (
    Point as Point,
)
from gradlab.visualization.curves import (
    Segment,
    arc,
    elbow,
    level,
    on_curve,
    straight,
)


class Bounds(NamedTuple):
    """The rectangle from (left, top) to (right, bottom)."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, all_bounds: Iterable[Bounds]) -> Bounds:
        """Return the smallest rectangle around several; empty gives a point."""
        every = list(all_bounds)
        if not every:
            return cls(0, 0, 0, 0)
        return cls(
            min(b.left for b in every),
            min(b.top for b in every),
            max(b.right for b in every),
            max(b.bottom for b in every),
        )

    @classmethod
    def of_points(cls, points: Iterable[Point]) -> Bounds:
        """Return the smallest rectangle around some points."""
        return cls.around(cls(x, y, x, y) for x, y in points)

    def grown(self, margin: float) -> Bounds:
        """Return the rectangle with a margin all around."""
        left, top, right, bottom = self
        return Bounds(left - margin, top - margin, right + margin, bottom + margin)

    @property
    def width(self) -> float:
        """Return the width."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Return the height."""
        return self.bottom - self.top


@dataclass(frozen=True)
class Span:
    """A piece of a line of text with its own colour name and weight."""

    text: str
    ink: str = ""
    bold: bool = False


@dataclass(frozen=True)
class Text:
    """One line of text; (x, y) is its start, middle or end at half its height.

    `mono` is for code: every character is equally wide, and spaces count.
    """

    x: float
    y: float
    text: str | tuple[Span, ...]
    size: float = 14
    ink: str = "ink"
    anchor: str = "middle"
    bold: bool = False
    mono: bool = False

    @property
    def spans(self) -> tuple[Span, ...]:
        """Return the line as pieces, however it was given."""
        return (Span(self.text),) if isinstance(self.text, str) else self.text

    @property
    def width(self) -> float:
        """Return the estimated width, never less than what is drawn."""
        if self.mono:
            return sum(words.mono_width(span.text, self.size) for span in self.spans)
        return sum(
            words.width(span.text, self.size, bold=self.bold or span.bold)
            for span in self.spans
        )

    def bounds(self) -> Bounds:
        """Return the rectangle that the line may fill."""
        left = self.x - {"start": 0, "middle": 0.5, "end": 1}[self.anchor] * self.width
        half = 0.62 * self.size
        return Bounds(left, self.y - half, left + self.width, self.y + half)


@dataclass(frozen=True)
class Box:
    """A rectangle with a centred line of text: a cell, a card, an operation.

    Parameters
    ----------
    look : a name of `theme.LOOKS`
    marks : any of "selected" (thick outline), "wrong" (red cross hatch), "saved"
        (bookmark), "tray" (the accumulator under a leaf)
    cell : which cell of which tensor it is, such as "t3:0,1", for a script to find
    """

    x: float
    y: float
    w: float
    h: float
    text: str | tuple[Span, ...] = ""
    look: str = "cell"
    size: float = 15
    bold: bool = False
    marks: tuple[str, ...] = ()
    cell: str = ""

    @property
    def center(self) -> Point:
        """Return the middle of the box."""
        return (self.x + self.w / 2, self.y + self.h / 2)

    def port(self, side: str, at: float = 0.5) -> Point:
        """Return a point on the "left", "right", "top" or "bottom" side."""
        if side in ("left", "right"):
            return (self.x + (self.w if side == "right" else 0), self.y + at * self.h)
        return (self.x + at * self.w, self.y + (self.h if side == "bottom" else 0))

    def bounds(self) -> Bounds:
        """Return the rectangle with its outline and marks."""
        box = Bounds(self.x, self.y, self.x + self.w, self.y + self.h).grown(1.5)
        return box._replace(bottom=box.bottom + 5) if "tray" in self.marks else box


@dataclass(frozen=True)
class Arrow:
    """A line or curve through points, usually with a head, maybe with a label.

    Parameters
    ----------
    kind : "line" (straight pieces), "elbow" (straight pieces, rounded corners), "arc"
        (two points, `bend` units to the left of the way), "flow" (smooth, leaving and
        arriving level, for left-to-right graphs), "cubic" (start, two controls, end)
    look : a name of `theme.LOOKS`; its stroke, width and dash are used
    label, label_look : text on a small plate in the middle of the way
    cell : between which cells it runs, for a script to find
    """

    points: tuple[Point, ...]
    look: str = "forward"
    kind: str = "line"
    bend: float = 0.0
    head: bool = True
    label: str = ""
    label_look: str = "local"
    label_at: float = 0.5
    label_size: float = 13
    cell: str = ""

    def segments(self) -> tuple[Segment, ...]:
        """Return the way as cubic curves, end to end."""
        if self.kind == "cubic":
            start, one, two, end = self.points
            return ((start, one, two, end),)
        if self.kind == "arc":
            return (arc(self.points[0], self.points[-1], self.bend),)
        if self.kind == "elbow":
            return elbow(self.points)
        join = level if self.kind == "flow" else straight
        return tuple(join(p, q) for p, q in zip(self.points, self.points[1:]))

    def label_box(self) -> Box:
        """Return the plate that carries the label."""
        x, y = self._halfway()
        w = words.width(self.label, self.label_size, bold=True) + 10
        h = self.label_size * 1.5
        box = (x - w / 2, y - h / 2, w, h)
        return Box(*box, self.label, self.label_look, self.label_size, bold=True)

    def _halfway(self) -> Point:
        way = self.segments()
        place = self.label_at * len(way)
        number = min(int(place), len(way) - 1)
        return on_curve(way[number], place - number)

    def bounds(self) -> Bounds:
        """Return the rectangle around the curve, its head and its label."""
        points: Iterable[Point] = self.points  # corners are cut on the inside
        if self.kind not in ("line", "elbow"):
            steps = [t / 8 for t in range(9)]
            points = [on_curve(way, t) for way in self.segments() for t in steps]
        around = Bounds.of_points(points).grown(5 if self.head else 1.5)
        if not self.label:
            return around
        return Bounds.around((around, self.label_box().bounds()))


@dataclass(frozen=True)
class Group:
    """Several items moved together by (dx, dy)."""

    items: tuple[Item, ...]
    dx: float = 0.0
    dy: float = 0.0

    def bounds(self) -> Bounds:
        """Return the rectangle around all items, moved."""
        inner = Bounds.around(item.bounds() for item in self.items)
        left, top, right, bottom = inner
        return Bounds(left + self.dx, top + self.dy, right + self.dx, bottom + self.dy)


Item = Text | Box | Arrow | Group


@dataclass(frozen=True)
class Scene:
    """Everything in one frame of a picture."""

    items: tuple[Item, ...]
    margin: float = 12.0

    def bounds(self) -> Bounds:
        """Return the rectangle around the whole frame, with its margin."""
        inner = Bounds.around(item.bounds() for item in self.items)
        return inner.grown(self.margin)


# ------------------------------- ready-made pieces -------------------------------


def paragraph(
    text: str,
    x: float,
    y: float,
    room: float,
    size: float = 15,
    *,
    ink: str = "ink",
    bold: bool = False,
) -> tuple[Text, ...]:
    """Return wrapped lines of text; (x, y) is the top left corner."""
    lines = words.wrap(text, room, size, bold=bold)
    high = size * 1.4
    return tuple(
        Text(x, y + (n + 0.5) * high, line, size, ink, "start", bold=bold)
        for n, line in enumerate(lines)
    )


def card(
    lines: Sequence[str], x: float, y: float, *, look: str = "card", size: float = 14
) -> tuple[Item, ...]:
    """Return a card around some lines of text; (x, y) is its top left corner."""
    wide = max((words.width(line, size) for line in lines), default=0.0) + 24
    high = size * 1.45
    box = Box(x, y, wide, high * len(lines) + 14, look=look)
    return (
        box,
        *(
            Text(x + 12, y + 7 + (n + 0.5) * high, line, size, anchor="start")
            for n, line in enumerate(lines)
        ),
    )
