"""One number, then many: slopes, Jacobians, fields of gradients."""

from __future__ import annotations

from gradlab.visualization.gallery.entry import Entry

ENTRIES: tuple[Entry, ...] = ()
