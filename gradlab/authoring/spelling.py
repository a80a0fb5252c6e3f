"""Spelling, by codespell: it knows the usual misspellings, and no more than these."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterator

from gradlab.authoring.draft import Draft, Finding
from gradlab.authoring.prose import prose_of

MISSING = "not checked: pip install codespell"


def is_installed() -> bool:
    """Say whether codespell can run."""
    return importlib.util.find_spec("codespell_lib") is not None


def spelling_findings(draft: Draft) -> Iterator[Finding]:
    """Yield the misspelt words in the text cells, the checks' words and the cards'."""
    texts = list(_texts(draft))
    places: list[str] = []
    lines: list[str] = []
    for where, text in texts:
        for line in _without_code(text).split("\n"):
            places.append(where)
            lines.append(line)
    for number, said in misspelt("\n".join(lines)):
        yield Finding(places[number - 1], f"spelling: {said}")


def misspelt(text: str) -> Iterator[tuple[int, str]]:
    """Yield the line of each word that codespell would change, and how it would."""
    command = [sys.executable, "-m", "codespell_lib", "-"]
    done = subprocess.run(
        command, input=text, capture_output=True, encoding="utf-8", check=False
    )
    told = re.findall(r"^(\d+): .*\n\t(.+ ==> .+)$", done.stdout, re.MULTILINE)
    yield from ((int(number), said) for number, said in told)


def _texts(draft: Draft) -> Iterator[tuple[str, str]]:
    for cell in prose_of(draft):
        yield cell["id"], cell["source"]
    for exercise in draft.exercises:
        yield exercise.id, "\n".join((exercise.title, exercise.task, exercise.ways))
        yield exercise.id, "\n".join(each.sentence for each in exercise.rules)
        yield exercise.id, "\n".join(each.says for each in exercise.probes)
        yield exercise.id, "\n".join(exercise.hints or ())
    for question in draft.lesson.predictions if draft.lesson else ():
        said = (question.question, question.reveal, *question.wrong.values())
        yield question.id, "\n".join(said)


def _without_code(text: str) -> str:
    """Return text with its code blanked out, line by line as before."""
    blocks = re.compile(r"```.*?```", re.DOTALL)
    text = blocks.sub(lambda code: "\n" * code[0].count("\n"), text)
    return re.sub(r"`[^`\n]*`", "", text)
