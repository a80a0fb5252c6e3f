"""Who influences whom, by how much, and in which order that is found out."""

from __future__ import annotations

from gradlab.visualization.gallery.entry import Entry

ENTRIES: tuple[Entry, ...] = ()
