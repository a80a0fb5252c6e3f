"""Picture: a value with frames that shows itself, saves itself and says itself.

A new picture subclasses `Picture` and gives `title`, `steps`, `scene(step)`,
`alt(step)` and `table()`; everything else follows from these.
"""

from __future__ import annotations

import itertools
import os
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, SupportsIndex

from gradlab.files import write_whole
from gradlab.visualization import svg as writer
from gradlab.visualization.own_code import plain
from gradlab.visualization.scene import Bounds, Group, Scene, Text
from gradlab.visualization.text import escape
from gradlab.visualization.theme import THEMES, Theme

if TYPE_CHECKING:
    from gradlab.visualization.player import Player

_serial = itertools.count(1)


class Picture(ABC):
    """One picture in one or more frames.

    Attributes
    ----------
    title : what it shows, in a few words
    steps : how many frames it has

    Examples
    --------
    >>> from gradlab.visualization import rule_table
    >>> picture = rule_table((4, 3), (3,))
    >>> picture.steps, picture.frame(1).alt().split(". ")[1]
    (3, 'Dim -1: 3 meets 3, so it stays 3.')
    """

    title: str = ""
    steps: int = 1

    # ------------------------- what a subclass provides -------------------------

    @abstractmethod
    def scene(self, step: int) -> Scene:
        """Return what frame `step` (0 .. steps - 1) draws."""

    @abstractmethod
    def alt(self, step: int = -1) -> str:
        """Return a frame in words, with its numbers. Use `self.at(step)` in it."""

    @abstractmethod
    def table(self) -> str:
        """Return the numbers behind the picture as a plain-text table."""

    def ask(self, step: int) -> str:
        """Return what to ask a class before frame `step` is shown."""
        return "What comes next? Say it first."

    def choices(self) -> dict[str, Any] | None:
        """Return what a reader may choose while it plays; None for nothing."""
        return None

    # ------------------------------- what follows -------------------------------

    def at(self, step: int) -> int:
        """Return a frame's number counted from 0; -1 is the last.

        Raises
        ------
        IndexError
            If there is no such frame.
        """
        known = isinstance(step, SupportsIndex) and -self.steps <= step < self.steps
        if not known:
            raise IndexError(
                f"There is no frame {plain(step)}: this picture has {self.steps}, "
                f"numbered 0 to {self.steps - 1}; -1 is the last."
            )
        return step % self.steps

    def svg(
        self,
        step: int = -1,
        *,
        theme: Theme = "auto",
        prefix: str = "",
        bounds: Bounds | None = None,
        style: bool = True,
    ) -> str:
        """Return one frame as SVG; the same call gives the same bytes.

        Parameters
        ----------
        theme : "light", "dark", or "auto" to follow the page it stands on
        prefix : put before ids, so that several pictures can share a page
        bounds, style : see `svg.render`

        Raises
        ------
        ValueError
            If there is no such theme.
        IndexError
            If there is no such frame.
        """
        if theme not in THEMES:
            raise ValueError(f"There is no theme {theme!r}: use one of {THEMES}.")
        step = self.at(step)
        return writer.render(
            self.scene(step),
            title=self.title,
            desc=self.alt(step),
            theme=theme,
            prefix=prefix,
            bounds=bounds,
            style=style,
        )

    def bounds(self) -> Bounds:
        """Return the rectangle that holds every frame, so that stepping stays put."""
        return Bounds.around(self.scene(k).bounds() for k in range(self.steps))

    def frame(self, step: int) -> Picture:
        """Return one frame as a picture of its own."""
        return Frame(self, self.at(step))

    def frames(self) -> Iterator[Picture]:
        """Yield every frame as a picture of its own."""
        return map(self.frame, range(self.steps))

    def play(self) -> Player:
        """Return the picture with buttons, a slider and keys to step through it."""
        from gradlab.visualization.player import Player

        return Player(self)

    def demo(self) -> Player:
        """Return the picture for a projector: large, asking before each frame."""
        from gradlab.visualization.player import Player

        return Player(self, demo=True)

    def compare(self, other: Picture) -> Picture:
        """Return both pictures side by side, stepping together.

        Raises
        ------
        TypeError
            If `other` is no picture.
        """
        if not isinstance(other, Picture):
            raise TypeError(
                "compare puts two pictures side by side, as in one.compare(two); got "
                f"a {type(other).__name__}."
            )
        return SideBySide(self, other)

    def save(self, path: str | os.PathLike[str], *, theme: Theme = "light") -> Path:
        """Write the picture to a file: .svg or .png (last frame), .html (all frames).

        The file appears whole or not at all.

        Raises
        ------
        ValueError
            If the name does not end in .svg, .png or .html.
        OSError
            If the folder does not exist or cannot be written to.
        """
        target = Path(path)
        if not target.parent.is_dir():
            raise FileNotFoundError(
                f"There is no folder {target.parent}: make it first."
            )
        write_whole(target, self._file(target.suffix.lower(), theme))
        return target

    def _file(self, suffix: str, theme: Theme) -> bytes:
        if suffix == ".svg":
            return self.svg(theme=theme).encode()
        if suffix == ".png":
            from gradlab.visualization.png import png

            return png(self.svg(theme="light" if theme == "auto" else theme))
        if suffix == ".html":
            return self.play().page(theme).encode()
        raise ValueError(
            f"A picture is saved as .svg, .png or .html, not as {suffix or 'a name'}: "
            'end the file name with one of these, such as "picture.svg".'
        )

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Any:
        drawn = self.svg(prefix=f"gradlab-{next(_serial)}-")
        scrolls = ""
        if self.scene(self.steps - 1).bounds().width > writer.WIDE:
            label = escape(f"{self.title}, scrolls sideways")
            scrolls = (
                f' style="overflow-x:auto" tabindex="0" role="group" '
                f'aria-label="{label}"'
            )
        return {"text/html": f"<div{scrolls}>{drawn}</div>", "text/plain": self.alt()}

    def __repr__(self) -> str:
        return f"<{self.title}: {self.alt()}>"


class Frame(Picture):
    """One frame of a picture, as a picture."""

    def __init__(self, whole: Picture, step: int) -> None:
        self.whole, self.step = whole, step
        self.title = whole.title

    def scene(self, step: int) -> Scene:
        """Return what the frame draws."""
        return self.whole.scene(self.step)

    def alt(self, step: int = -1) -> str:
        """Return the frame in words."""
        self.at(step)
        return self.whole.alt(self.step)

    def table(self) -> str:
        """Return the table of the whole picture."""
        return self.whole.table()


class SideBySide(Picture):
    """Two pictures beside each other; the shorter one waits on its last frame."""

    GAP = 28.0

    def __init__(self, left: Picture, right: Picture) -> None:
        self.pair = (left, right)
        self.steps = max(left.steps, right.steps)
        self.title = f"{left.title} | {right.title}"

    def _each(self, step: int) -> list[tuple[Picture, int]]:
        return [(one, min(step, one.steps - 1)) for one in self.pair]

    def scene(self, step: int) -> Scene:
        """Return both frames with their titles above them."""
        items: list[Group] = []
        x = 0.0
        for one, k in self._each(step):
            whole, drawn = one.bounds(), one.scene(k).items
            title = Text(whole.left + 12, whole.top - 6, one.title, 15, anchor="start")
            named = any(isinstance(i, Text) and i.text == one.title for i in drawn)
            own = drawn if named else (title, *drawn)
            items.append(Group(own, x - whole.left, -whole.top))
            x += max(whole.width, 0 if named else title.width + 24) + self.GAP
        return Scene(tuple(items))

    def alt(self, step: int = -1) -> str:
        """Return both frames in words."""
        each = self._each(self.at(step))
        left, right = (f"{one.title}. {one.alt(k)}" for one, k in each)
        return f"Left: {left} Right: {right}"

    def table(self) -> str:
        """Return both tables, one below the other."""
        return "\n\n".join(f"{one.title}\n{one.table()}" for one in self.pair)
