"""What every picture owes its reader, over one list of examples."""

from __future__ import annotations

import os
import re
import struct
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

import gradlab.visualization as viz
from gradlab.visualization.picture import Picture
from gradlab.visualization.png import png
from gradlab.visualization.theme import Theme

from .catalogue import EXAMPLES
from .colours import contrast
from .flow_examples import FLOW_EXAMPLES
from .reading import (
    NUMBER,
    SVG,
    assert_inert,
    assert_labelled,
    boxes_with_text,
    drawn_words,
    too_wide,
    unsaid,
)


@pytest.fixture(params=EXAMPLES, scope="module")
def picture(request: pytest.FixtureRequest) -> Picture:
    return EXAMPLES[request.param]()


def test_every_frame_is_a_labelled_image_in_valid_xml(picture: Picture) -> None:
    for step in range(picture.steps):
        assert_labelled(picture.svg(step, prefix="p-"))


def test_nothing_in_it_acts_or_loads(picture: Picture) -> None:
    for step in range(picture.steps):
        assert_inert(picture.svg(step))


def test_the_numbers_drawn_are_also_said(picture: Picture) -> None:
    for step in range(picture.steps):
        assert not unsaid(picture, step)


def test_every_number_in_a_cell_is_said_without_the_picture(picture: Picture) -> None:
    last = picture.steps - 1
    cells = {box.text for box in boxes_with_text(picture.scene(last).items)}
    numbers = {text for text in cells if NUMBER.fullmatch(text)}
    assert numbers <= set(NUMBER.findall(f"{picture.alt()} {picture.table()}"))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_stands_out_from_what_is_painted_behind_it(
    picture: Picture, theme: Theme
) -> None:
    for step in {0, picture.steps // 2, picture.steps - 1}:
        found = painted(ElementTree.fromstring(picture.svg(step, theme=theme)))
        assert found
        for words, ink, behind in found:
            assert contrast(ink, behind) >= 4.5, (words, ink, behind)


def painted(svg: ElementTree.Element) -> list[tuple[str, str, str]]:
    """Return each text of an SVG with its colour and the colour painted behind it."""
    rects: list[tuple[float, float, float, float, str]] = []
    found: list[tuple[str, str, str]] = []

    def walk(element: ElementTree.Element, dx: float, dy: float) -> None:
        moved = re.search(r"translate\((\S+) (\S+)\)", element.get("transform", ""))
        dx, dy = (dx + float(moved[1]), dy + float(moved[2])) if moved else (dx, dy)
        inside = [float(element.get(key, 0)) for key in ("x", "y", "width", "height")]
        x, y = inside[0] + dx, inside[1] + dy
        assert element.tag != f"{SVG}g" or "opacity" not in element.attrib
        if element.tag == f"{SVG}rect" and element.get("fill") != "none":
            right, bottom = x + inside[2], y + inside[3]
            rects.append((x, y, right, bottom, element.attrib["fill"]))
        elif element.tag == f"{SVG}text":
            x, y = x + 1, y - float(element.attrib["font-size"]) * 0.3
            under = [f for a, b, c, d, f in rects if a <= x <= c and b <= y <= d]
            words, ink = "".join(element.itertext()), element.attrib["fill"]
            found.append((words, ink, under[-1]))
            spans = [span.get("fill") for span in element]
            found.extend((words, span, under[-1]) for span in spans if span)
        for child in element:
            walk(child, dx, dy)

    walk(svg, 0.0, 0.0)
    return found


@pytest.mark.parametrize("name", viz.__all__)
def test_every_public_name_has_an_example(name: str) -> None:
    assert ">>> " in (getattr(viz, name).__doc__ or "")


@pytest.mark.parametrize("make", FLOW_EXAMPLES.values(), ids=FLOW_EXAMPLES)
def test_what_gradients_run_along_is_called_a_wire(
    make: Callable[[], Picture],
) -> None:
    picture = make()
    said = " ".join(picture.alt(k) + picture.ask(k) for k in range(picture.steps))
    assert not re.search(r"\b(arcs?|np\.\w+)\b", said)


def test_another_process_draws_the_same_bytes() -> None:
    code = (
        "import hashlib\n"
        "from tests.visualization.catalogue import EXAMPLES\n"
        "for make in EXAMPLES.values():\n"
        "    p = make()\n"
        "    drawn = ''.join(p.svg(k) for k in (0, -1)) + p.alt() + p.table()\n"
        "    print(hashlib.sha256(drawn.encode()).hexdigest())"
    )
    root = Path(__file__).parents[2]
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=root,
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in ("1", "2")
    ]
    one, two = (run.communicate(timeout=120)[0].split() for run in runs)
    assert len(one) == len(EXAMPLES)
    differ = [name for name, a, b in zip(EXAMPLES, one, two) if a != b]
    assert not differ


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
        assert not too_wide(picture, step)


def test_it_is_saved_in_every_form(picture: Picture, tmp_path: Path) -> None:
    svg = picture.save(tmp_path / "p.svg").read_text(encoding="utf-8")
    assert svg == picture.svg(theme="light")
    html = picture.save(tmp_path / "p.html").read_text(encoding="utf-8")
    assert html.startswith("<!DOCTYPE html>")
    scripts = 2 if picture.play().picture.choices() is None else 4
    assert html.count("<script") == html.count("</script>") == scripts
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
