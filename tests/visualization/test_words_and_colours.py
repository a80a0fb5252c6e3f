"""Numbers, widths and colours: what keeps pictures readable."""

from __future__ import annotations

import string

import pytest

from gradlab.visualization.text import clean, escape, number, shorten, width, wrap
from gradlab.visualization.theme import DARK, LIGHT, LOOKS

from .colours import contrast


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", LOOKS)
def test_text_and_lines_stand_out(colours: dict[str, str], name: str) -> None:
    look = LOOKS[name]
    behind = colours["paper" if look.fill == "none" else look.fill]
    if look.ink != "none":
        assert contrast(colours[look.ink], behind) >= 4.5
        assert contrast(colours[look.ink], colours["paper"]) >= 4.5
    if look.stroke != "none":
        assert contrast(colours[look.stroke], colours["paper"]) >= 3


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize(
    "text", [string.printable[:95], "a[2,0] + b[0,1] = 3 + 20 = 23", "→ × · ∂ ² −"]
)
def test_text_is_never_wider_than_estimated(text: str, bold: bool) -> None:
    from matplotlib import get_data_path
    from matplotlib.ft2font import FT2Font

    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    font = FT2Font(f"{get_data_path()}/fonts/ttf/{name}")
    font.set_size(100, 72)
    font.set_text(text)
    real = font.get_width_height()[0] / 64
    assert real <= width(text, 100, bold=bold) * 1.01 <= real * 1.25


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (3.0, "3"),
        (-2.5, "-2.5"),
        (2 / 3, "0.667"),
        (123.456, "123"),
        (1234.5, "1.23e3"),
        (999999.0, "999999"),
        (1e9, "1e9"),
        (1e-30, "1e-30"),
        (float("nan"), "NaN"),
        (float("inf"), "inf"),
        (float("-inf"), "-inf"),
    ],
)
def test_numbers_have_three_digits(value: float, text: str) -> None:
    assert number(value) == text


def test_hostile_text_is_made_harmless() -> None:
    assert escape("<i a='b'>&") == "&lt;i a=&#x27;b&#x27;&gt;&amp;"
    assert clean("a\x00\x1b\ud800\u202eb") == "a\ufffd\ufffd\ufffd\ufffdb"
    clean("\ud800").encode("utf-8")


def test_lines_fit_the_room() -> None:
    lines = wrap("some words and oneverylongwordthatfitsnowhere at all", 120, 14)
    assert all(width(line, 14) <= 120 for line in lines)
    assert lines[0] == "some words and"
    assert shorten("abc", 100) == "abc"
