"""Entry: one row of the catalogue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gradlab.visualization.picture import Picture

Make = Callable[[], Picture]
SIZES = ("small", "medium", "large")


@dataclass(frozen=True)
class Entry:
    """A kind of picture, with an example of each size.

    Parameters
    ----------
    number : its number in the catalogue, such as "P11"
    name : the name of the function in `gradlab.visualization` that makes it
    says : what it shows, in a few words
    small : the smallest example worth drawing
    medium : the example to show a class
    large : an example that is folded, or close to it
    best : the frame that shows it best
    """

    number: str
    name: str
    says: str
    small: Make
    medium: Make
    large: Make
    best: int = -1

    def examples(self) -> dict[str, Make]:
        """Return the three examples by size."""
        return dict(zip(SIZES, (self.small, self.medium, self.large)))

    @property
    def key(self) -> str:
        """The entry's file name, such as "p11-map-flow"."""
        return f"{self.number.lower()}-{self.name.replace('_', '-')}"
