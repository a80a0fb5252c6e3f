"""Training a network: products of matrices, losses, loops, boundaries, gradients."""

from __future__ import annotations

from gradlab.visualization.gallery.entry import Entry

ENTRIES: tuple[Entry, ...] = ()
