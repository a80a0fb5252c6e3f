"""A frame as most pictures have it: heading, drawing, and lines of words below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gradlab.visualization.scene import (
    Bounds,
    Item,
    Scene,
    Text,
    paragraph,
)
from gradlab.visualization.text import wrap

ROOM = 640.0  # words have at least this much room in a line
HEADING, LINE = 19.0, 16.0
Line = tuple[str, str]  # words and the name of their colour


def sheet(
    heading: str,
    body: Iterable[Item],
    lines: Iterable[Line] = (),
    *,
    ink: str = "ink",
    around: Bounds | None = None,
    room: float = ROOM,
    big: float = 1.0,
) -> Scene:
    """Return a scene with a heading above a drawing and lines of words below it.

    Parameters
    ----------
    heading : what the frame says, in large type
    body : the drawing
    lines : (words, ink) for each line below, wrapped where they are long
    ink : the colour of the heading
    around : the room that the drawing takes in any frame, so that words stay put;
        by default what this one takes
    room : the least width of a line
    big : how large the type is; 1 on a page

    Examples
    --------
    >>> from gradlab.visualization.scene import Box
    >>> scene = sheet("One cell", [Box(0, 0, 40, 40, "1")], [("It holds 1.", "ink")])
    >>> len(scene.items)
    3
    """
    items = tuple(body)
    box = around or Bounds.around(item.bounds() for item in items)
    wide = max(room, box.width)
    return Scene(
        (
            *_heading(heading, box, wide, ink, big),
            *items,
            *words_below(lines, box, wide, big),
        )
    )


def _heading(
    heading: str, box: Bounds, wide: float, ink: str, big: float
) -> Iterator[Text]:
    size = HEADING * big
    head = wrap(heading, wide, size, bold=True)
    for n, line in enumerate(head, start=1):
        y = box.top - 10 - 26 * big * (len(head) - n) - size / 2
        yield Text(box.left, y, line, size, ink, "start", bold=True)


def words_below(
    lines: Iterable[Line], box: Bounds, wide: float, big: float = 1.0
) -> Iterator[Text]:
    """Yield lines of words below a rectangle, each wrapped to `wide`."""
    y = box.bottom + 12
    for line, ink in lines:
        for text in paragraph(line, box.left, y, wide, LINE * big, ink=ink):
            y = text.bounds().bottom + 2
            yield text
