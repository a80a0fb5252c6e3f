"""What every picture owes its reader, over one list of examples."""

from __future__ import annotations

import re
import struct
import xml.etree.ElementTree as ElementTree
import zlib
from pathlib import Path

import pytest

from gradlab.visualization.picture import Picture
from gradlab.visualization.png import png
from gradlab.visualization.theme import Theme

from .catalogue import EXAMPLES

SVG = "{http://www.w3.org/2000/svg}"
SLICE = re.compile(r"\[[\d, ]+, :, :\]")  # the name of a slice
NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?|NaN|-?inf\b")


@pytest.fixture(params=EXAMPLES, scope="module")
def picture(request: pytest.FixtureRequest) -> Picture:
    return EXAMPLES[request.param]()


def drawn_words(svg: str) -> list[str]:
    root = ElementTree.fromstring(svg)
    return ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]


def test_every_frame_is_a_labelled_image_in_valid_xml(picture: Picture) -> None:
    for step in range(picture.steps):
        root = ElementTree.fromstring(picture.svg(step, prefix="p-"))
        assert root.tag == f"{SVG}svg"
        assert root.get("role") == "img"
        title, desc = root.findall(f"{SVG}title") + root.findall(f"{SVG}desc")
        assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
        assert title.text
        assert desc.text
        assert len("".join(drawn_words(picture.svg(step)))) > 3


def test_nothing_in_it_acts_or_loads(picture: Picture) -> None:
    for step in range(picture.steps):
        root = ElementTree.fromstring(picture.svg(step))
        tags = {element.tag.removeprefix(SVG) for element in root.iter()}
        allowed = {
            "svg",
            "title",
            "desc",
            "style",
            "g",
            "rect",
            "path",
            "text",
            "tspan",
        }
        assert tags <= allowed
        names = {name for element in root.iter() for name in element.keys()}  # noqa: SIM118
        assert not [name for name in names if name.startswith("on") or "href" in name]


def test_the_numbers_drawn_are_also_said(picture: Picture) -> None:
    for step in range(picture.steps):
        words = [w for w in drawn_words(picture.svg(step)) if not SLICE.fullmatch(w)]
        drawn = set(NUMBER.findall(" ".join(words)))
        said = " ".join([picture.title, picture.alt(step), picture.table()])
        assert drawn <= set(NUMBER.findall(said))


def test_the_same_call_gives_the_same_bytes(picture: Picture) -> None:
    for theme in ("light", "dark", "auto"):
        assert picture.svg(0, theme=theme) == picture.svg(0, theme=theme)
    assert picture.play().html() == picture.play().html()


def test_fixed_themes_need_no_stylesheet(picture: Picture) -> None:
    light, dark = picture.svg(theme="light"), picture.svg(theme="dark")
    assert "var(" not in light + dark
    assert "<style" not in light + dark
    assert "#ffffff" in light
    assert "#111418" in dark
    assert drawn_words(light) == drawn_words(dark) == drawn_words(picture.svg())


def test_two_on_one_page_share_no_id(picture: Picture) -> None:
    page = "".join(picture._repr_mimebundle_()["text/html"] for _ in range(2))
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids)) == 4


def test_it_says_itself_in_plain_text(picture: Picture) -> None:
    said = picture._repr_mimebundle_()["text/plain"]
    assert said == picture.alt(-1)
    assert len(said.split()) > 3


def test_every_box_holds_its_text(picture: Picture) -> None:
    for step in range(picture.steps):
        for box, text in boxes_with_text(picture.scene(step).items):
            assert text <= box + 0.5


def boxes_with_text(items: tuple[object, ...]) -> list[tuple[float, float]]:
    from gradlab.visualization.scene import Box, Group, Text

    found: list[tuple[float, float]] = []
    for item in items:
        if isinstance(item, Group):
            found += boxes_with_text(item.items)
        elif isinstance(item, Box) and item.text:
            text = Text(0, 0, item.text, item.size, bold=item.bold)
            found.append((item.w, text.width))
    return found


def test_it_is_saved_in_every_form(picture: Picture, tmp_path: Path) -> None:
    svg = picture.save(tmp_path / "p.svg").read_text(encoding="utf-8")
    assert svg == picture.svg(theme="light")
    html = picture.save(tmp_path / "p.html").read_text(encoding="utf-8")
    assert html.startswith("<!DOCTYPE html>")
    assert html.count("<script") == html.count("</script>") == 2
    assert not re.findall(r'(?:src|href)="(?!data:)', html)
    assert {path.name for path in tmp_path.iterdir()} == {"p.svg", "p.html"}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_png_shows_something(picture: Picture, theme: Theme) -> None:
    content = png(picture.svg(theme=theme), scale=0.4)
    assert content.startswith(b"\x89PNG")
    pixels = png_bytes(content)
    assert len(set(pixels)) > 8
    paper = b"\xff\xff\xff" if theme == "light" else b"\x11\x14\x18"
    assert paper in pixels


def png_bytes(content: bytes) -> bytes:
    """Return the filtered pixel data of a PNG: enough to see that it is not blank."""
    at, data = 8, b""
    while at < len(content):
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        data += content[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += length + 12
    return zlib.decompress(data)
