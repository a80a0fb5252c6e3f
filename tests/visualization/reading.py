"""What a picture shows, read back from its SVG, and what it owes its reader."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Iterator

from gradlab.visualization.picture import Picture
from gradlab.visualization.scene import Box, Group, Text

SVG = "{http://www.w3.org/2000/svg}"
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?|NaN|-?inf\b")
_SLICE = re.compile(r"\[[\d, ]+, :, :\]")  # the name of a slice
_TAGS = {"svg", "title", "desc", "style", "g", "rect", "path", "text", "tspan"}


def drawn_words(svg: str) -> list[str]:
    root = ElementTree.fromstring(svg)
    return ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]


def assert_labelled(svg: str) -> None:
    """Assert that an SVG is an image in valid XML, with a title and a description."""
    root = ElementTree.fromstring(svg)
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    title, desc = root.findall(f"{SVG}title") + root.findall(f"{SVG}desc")
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert title.text
    assert desc.text
    assert len("".join(drawn_words(svg))) > 3


def assert_inert(svg: str) -> None:
    """Assert that nothing in an SVG acts or loads."""
    root = ElementTree.fromstring(svg)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= _TAGS
    names = {name for element in root.iter() for name in element.keys()}  # noqa: SIM118
    assert not [name for name in names if name.startswith("on") or "href" in name]


def unsaid(picture: Picture, step: int) -> set[str]:
    """Return the numbers that a frame draws and no words say."""
    words = [w for w in drawn_words(picture.svg(step)) if not _SLICE.fullmatch(w)]
    said = " ".join([picture.title, picture.alt(step), picture.table()])
    return set(NUMBER.findall(" ".join(words))) - set(NUMBER.findall(said))


def too_wide(picture: Picture, step: int) -> list[str]:
    """Return the texts that are wider than their boxes."""
    return [
        box.text
        for box in boxes_with_text(picture.scene(step).items)
        if Text(0, 0, box.text, box.size, bold=box.bold).width > box.w + 0.5
    ]


def boxes_with_text(items: Iterable[object]) -> Iterator[Box]:
    for item in items:
        if isinstance(item, Group):
            yield from boxes_with_text(item.items)
        elif isinstance(item, Box) and item.text:
            yield item
