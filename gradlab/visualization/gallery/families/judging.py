"""A learner's own code beside what is right; work and time on the machine."""

from __future__ import annotations

from gradlab.visualization.gallery.entry import Entry

ENTRIES: tuple[Entry, ...] = ()
