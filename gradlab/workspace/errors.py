"""What went wrong, said to the person at the keyboard."""

from __future__ import annotations


class WorkspaceError(Exception):
    """Something outside the code is in the way; says what, where and what to do."""


class DamagedNotebookError(WorkspaceError):
    """A file is no notebook that can be read."""
