"""Everything that can be said about a lesson without reading it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from gradlab.authoring.answers import answers_findings
from gradlab.authoring.draft import Draft, Finding, opened
from gradlab.authoring.form import form_findings
from gradlab.authoring.minutes import Minutes, minutes_findings, minutes_of
from gradlab.authoring.mutation import Tally, mutate
from gradlab.authoring.prose import prose_findings, prose_of, words
from gradlab.authoring.ran import ran_findings
from gradlab.authoring.spelling import is_installed, spelling_findings
from gradlab.exercises.exercise import Exercise

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Report:
    """What a lesson holds, and what is to be mended in it."""

    draft: Draft
    minutes: Minutes
    words: int
    findings: tuple[Finding, ...]
    was_spelt: bool
    tally: Tally | None = None

    @property
    def is_good(self) -> bool:
        """Whether there is nothing to mend."""
        return not self.findings

    def total(self, count: Callable[[Exercise], int]) -> int:
        """Return a count over all exercises."""
        return sum(map(count, self.draft.exercises))


def examine(
    path: Path,
    *,
    run: bool = True,
    mutants: bool = False,
    progress: Progress = lambda done, of: None,
) -> Report:
    """Return the report on one lesson.

    Parameters
    ----------
    run : also run the notebook, and hear what its pictures say.
    mutants : also change each solution a little, and see whether its check notices.
    progress : told how many cells of the run are done, and of all.
    """
    with opened(path) as draft:
        findings = [
            *form_findings(draft),
            *prose_findings(draft),
            *minutes_findings(draft),
            *answers_findings(draft),
            *(spelling_findings(draft) if is_installed() else ()),
            *(ran_findings(draft, progress) if run else ()),
        ]
        tally = mutate(draft) if mutants else None
    if tally is not None:
        findings += tally.findings()
    return Report(
        draft,
        minutes_of(draft),
        sum(words(cell["source"]) for cell in prose_of(draft)),
        tuple(dict.fromkeys(findings)),
        is_installed(),
        tally,
    )
