"""Several diagnoses below each other, as one picture for a card."""

from __future__ import annotations

from collections.abc import Sequence

from gradlab.visualization.picture import Picture
from gradlab.visualization.pictures.judging.diagnosis import Diagnosis
from gradlab.visualization.pictures.judging.diagnosis_of import Message as Message
from gradlab.visualization.scene import Group, Item, Scene, Text

GAP = 26.0


class GradientPicture(Picture):
    """The result if it is wrong, and every gradient: yours beside the right one.

    Attributes
    ----------
    parts : a diagnosis for each
    """

    def __init__(self, name: str, parts: Sequence[tuple[str, Picture]]) -> None:
        self.names = [title for title, _ in parts]
        self.parts = [part for _, part in parts]
        self.steps = max((part.steps for part in self.parts), default=1)
        self.title = f"The way back through {name}"

    @property
    def passed(self) -> bool:
        """Whether every number is right."""
        return all(isinstance(p, Diagnosis) and p.passed for p in self.parts)

    def scene(self, step: int) -> Scene:
        """Return the frames of all parts, one below the other."""
        items: list[Item] = []
        y = 0.0
        for title, part in zip(self.names, self.parts):
            whole = part.bounds()
            drawn = part.scene(min(step, part.steps - 1)).items
            left = min((item.bounds().left for item in drawn), default=whole.left)
            head = Text(left, whole.top, title, 15, "soft", "start", bold=True)
            items.append(Group((head, *drawn), -whole.left, y - whole.top))
            y += whole.height + GAP
        return Scene(tuple(items))

    def alt(self, step: int = -1) -> str:
        """Return a frame in words, with its numbers."""
        step = self.at(step)
        said = [
            f"{title}: {part.alt(min(step, part.steps - 1))}"
            for title, part in zip(self.names, self.parts)
        ]
        return " ".join([f"{self.title}.", *said])

    def table(self) -> str:
        """Return the tables of all parts, one below the other."""
        tables = (f"{t}\n{p.table()}" for t, p in zip(self.names, self.parts))
        return "\n\n".join(tables)

    def ask(self, step: int) -> str:
        """Return what to ask a class before a frame."""
        return (
            "What should each gradient be? Work out one cell by hand.",
            "Which cells are wrong, and do they have something in common?",
            "Which mistake gives exactly these numbers?",
        )[step]
