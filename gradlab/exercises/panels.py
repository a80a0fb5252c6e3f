"""The parts that cards are put together from."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from gradlab.exercises.card import Part, code, fold, inline, prose
from gradlab.exercises.exercise import Exercise, Fn, Variant
from gradlab.exercises.probes import Outcome
from gradlab.exercises.probing import Result
from gradlab.exercises.sources import source_of_live
from gradlab.exercises.values import show_call


def number(points: float) -> str:
    """Return points as people write them: 2, 0.5.

    Examples
    --------
    >>> number(2.0), number(0.5), number(1 / 3)
    ('2', '0.5', '0.33')
    """
    return f"{points:.2f}".rstrip("0").rstrip(".")


def count(n: float, word: str) -> str:
    """Return "1 point", "2 points"."""
    return f"{number(n)} {word}" + ("" if n == 1 else "s")


# -------------------- other right ways --------------------


def ways(exercise: Exercise, fn: Fn) -> list[Part]:
    """Return up to two other right ways, with their code."""
    others = other_ways(exercise, fn)
    if not others:
        return []
    parts = []
    for way in others:
        parts += [prose(f"{way.says}:")] if way.says else []
        parts.append(code(_body_of(exercise, way)))
    words = {1: "One other right way", 2: "Two other right ways"}
    said = [prose(exercise.ways)] if exercise.ways else []
    return [fold(words[len(others)], *parts, *said)]


def _body_of(exercise: Exercise, way: Variant) -> str:
    lines = exercise.source_of(way.fn).rstrip().splitlines()
    return "\n".join(line for line in lines if '"""' not in line)


def other_ways(exercise: Exercise, fn: Fn) -> list[Variant]:
    """Return two variants, leaving out the one that is most like the learner's."""
    ways = list(exercise.variants)
    own = source_of_live(fn)
    if not own:
        return ways[:2]

    def likeness(way: Variant) -> float:
        return difflib.SequenceMatcher(None, own, exercise.source_of(way.fn)).ratio()

    if ways and (len(ways) > 2 or likeness(max(ways, key=likeness)) > 0.8):
        ways.remove(max(ways, key=likeness))
    return ways[:2]


# -------------------- pictures, prints, probes --------------------


def what_it_printed(outcome: Outcome) -> list[Part]:
    """Return what the function printed, folded away."""
    if not outcome.printed.strip():
        return []
    text = outcome.printed.rstrip("\n")
    return [fold("What your function printed", code(text), text="It printed:\n" + text)]


def probe_list(results: Sequence[Result]) -> Part:
    """Return every probe that ran, folded: passed or not, and its call."""
    items, lines = [], []
    for each in results:
        mark = "&#10003;" if each.passed else "&#10007;"
        word = "passed" if each.passed else verdict_on(each)
        shown = show_call(each.call)
        name = "" if each.probe.name in shown else f"{each.probe.name}, "
        items.append(f"<li>{mark} {inline(f'{name}`{shown}`: {word}')}</li>")
        if not each.passed:
            lines.append(f"  - {name}{shown}: {word}")
    html = f'<ul class="gl-probes">{"".join(items)}</ul>'
    title = f"All {len(results)} probes" if len(results) > 1 else "The probe"
    return fold(title, Part(html), text="\n".join(lines))


def verdict_on(result: Result) -> str:
    """Return a failed probe's verdict in a few words."""
    assert result.complaint is not None
    words = {"raised": "raised", "timeout": "too slow", "not run": "not run"}
    words |= {"changed": "changed its argument", "type": "wrong type"}
    words |= {"no error": "no error", "error": "another error"}
    words["lonely"] = "raised, as asked; counts once a value is right"
    return words.get(result.complaint.kind, "not right")
