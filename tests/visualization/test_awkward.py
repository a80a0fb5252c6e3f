"""Whatever comes in: a right picture or a clear sentence, never a broken one."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest

import gradlab.visualization as viz

from .awkward_examples import AWKWARD, REFUSED
from .measuring import overlaps
from .reading import assert_inert, assert_labelled, drawn_words, too_wide, unsaid

NO_PICTURES = {"History", "Picture", "flow_table", "training"}
DRAWN = {name: case for name, case in AWKWARD.items() if not case.says}
MARKUP = [name for name in DRAWN if name.endswith("markup")]
ODD = re.compile(r"\bnan\b|\bNAN\b|[Ii]nfinity|np\.\w+\(|(?<!\.)\.\.(?!\.)")


def some(steps: int) -> list[int]:
    """Return the first, the middle and the last frame."""
    return sorted({0, steps // 2, steps - 1})


def test_every_picture_is_in_the_table() -> None:
    tried = {re.split("[ :]", name)[0] for name in AWKWARD}
    assert tried == set(viz.__all__) - NO_PICTURES
    assert set(REFUSED) <= set(AWKWARD)


@pytest.mark.parametrize("name", DRAWN)
def test_a_right_picture(name: str) -> None:
    picture = DRAWN[name].picture()
    for step in some(picture.steps):
        svg = picture.svg(step)
        assert_labelled(svg)
        assert_inert(svg)
        assert not unsaid(picture, step)
        assert not too_wide(picture, step)
        said = [picture.title, picture.alt(step), picture.ask(step), picture.table()]
        if not name.startswith("call_stack_film"):  # it shows what Python writes
            assert not ODD.search("\n".join([*said, *drawn_words(svg)]))


@pytest.mark.parametrize("name", REFUSED)
def test_a_clear_sentence(name: str) -> None:
    case = AWKWARD[name]
    with pytest.raises((ValueError, TypeError, IndexError)) as caught:
        case.picture().svg()
    said = str(caught.value)
    assert case.says in said
    assert said.endswith(".")
    assert len(said.split()) > 4


@pytest.mark.parametrize("name", MARKUP)
def test_markup_stays_text_on_a_page(name: str) -> None:
    class Scripts(HTMLParser):
        found = 0

        def handle_starttag(self, tag: str, attrs: object) -> None:
            self.found += tag == "script"

    player = DRAWN[name].picture().play()
    scripts = Scripts()
    scripts.feed(player.page())
    assert scripts.found == (2 if player.picture.choices() is None else 4)


@pytest.mark.browser
def test_no_text_overlaps_another_or_leaves_its_picture(page: Any) -> None:
    drawn = {}
    for name, case in DRAWN.items():
        picture = case.picture()
        for step in some(picture.steps):
            drawn[f"{name} {step}"] = picture.svg(step, theme="light")
    assert overlaps(page, drawn) == []
