"""`my_engine.py`: the file in the workspace that holds the pieces a learner kept.

Each piece stands between two comment lines, the imports of all above them; what else
is in the file belongs to the learner and is left as it is.
"""

from __future__ import annotations

import ast
import linecache
import re
import traceback
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gradlab.exercises import notebook
from gradlab.exercises.limits import TimeLimitReached, run_limited
from gradlab.exercises.progress_file import locked, state_dir
from gradlab.files import write_whole

NAME = "my_engine.py"
LOAD_SECONDS = 5.0
HEADER = '''"""My engine: the pieces that I wrote in gradlab's lessons, kept by `keep`.

A piece stands between two comment lines. Keeping it again replaces what is between
them, and nothing else in this file.
"""
'''
_PIECE = re.compile(
    r"^# ---- (?P<name>\w+): (?P<note>[^\n]*) ----\n.*?^# ---- end of (?P=name) ----\n",
    re.MULTILINE | re.DOTALL,
)


class BrokenEngineError(ValueError):
    """my_engine.py cannot be read, or does not run; says where."""


@dataclass(frozen=True)
class Piece:
    """A definition to keep: its name, where it is from, its imports and its source."""

    name: str
    note: str
    source: str
    imports: tuple[str, ...] = ()

    def __str__(self) -> str:
        start = f"# ---- {self.name}: {self.note} ----"
        return f"{start}\n{self.source.strip()}\n# ---- end of {self.name} ----\n"


# -------------------------------- the text of the file --------------------------------


def names_in(text: str) -> list[str]:
    """Return the names of the pieces in the file, in order, each once."""
    return list(dict.fromkeys(found["name"] for found in _PIECE.finditer(text)))


def with_piece(text: str, piece: Piece) -> str:
    r"""Return the file's text with a piece in it, in place of one of the same name.

    Raises
    ------
    BrokenEngineError
        If the text is no Python.

    Examples
    --------
    >>> text = with_piece("LEFT = 1\n", Piece("half", "07.E9", "def half(x): ..."))
    >>> print(with_piece(text, Piece("half", "07.E9", "def half(x): return x / 2")))
    LEFT = 1
    <BLANKLINE>
    <BLANKLINE>
    # ---- half: 07.E9 ----
    def half(x): return x / 2
    # ---- end of half ----
    <BLANKLINE>
    """
    text = _with_imports(text or HEADER, piece.imports)
    old = [found for found in _PIECE.finditer(text) if found["name"] == piece.name]
    if not old:
        return f"{text.rstrip()}\n\n\n{piece}"
    for found in reversed(old[1:]):
        text = text[: found.start()] + text[found.end() :]
    return text[: old[0].start()] + str(piece) + text[old[0].end() :]


def _with_imports(text: str, imports: Iterable[str]) -> str:
    """Return the text with these import lines below the ones at its top."""
    body = parsed(text).body
    docstring = body[:1] if body and ast.get_docstring(ast.Module(body, [])) else []
    top = [n for n in body if isinstance(n, (ast.Import, ast.ImportFrom))]
    there = {alias for node in top for alias in _one_by_one(node)}
    new = sorted(line for line in dict.fromkeys(imports) if line not in there)
    if not new:
        return text
    last = max((n.end_lineno or 0 for n in _first(top, body) or docstring), default=0)
    lines = text.splitlines(keepends=True)
    gap = [] if _first(top, body) or not last else ["\n"]
    new_lines = [line + "\n" for line in new]
    return "".join([*lines[:last], *gap, *new_lines, *lines[last:]])


def _first(top: list[Any], body: list[ast.stmt]) -> list[Any]:
    """Return the imports that stand before anything else."""
    others = (
        n.lineno for n in body[1:] if not isinstance(n, (ast.Import, ast.ImportFrom))
    )
    end = min(others, default=10**9)
    return [node for node in top if node.lineno < end]


def _one_by_one(node: ast.Import | ast.ImportFrom) -> list[str]:
    """Return the lines of an import that takes several names, one for each."""
    if isinstance(node, ast.Import):
        return [ast.unparse(ast.Import([alias])) for alias in node.names]
    split = (ast.ImportFrom(node.module, [a], node.level) for a in node.names)
    return [ast.unparse(each) for each in split]


def parsed(text: str) -> ast.Module:
    """Return the tree of the file's text.

    Raises
    ------
    BrokenEngineError
        If the text is no Python; says in which line.
    """
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        said = getattr(error, "msg", None) or str(error)
        where = f", line {line}" if line else ""
        raise BrokenEngineError(
            f"{NAME}{where}: {type(error).__name__}, {said}."
        ) from None


# ---------------------------------- the file itself ----------------------------------


@dataclass
class EngineFile:
    """The file of one workspace; in memory where there is none, or it is read-only."""

    path: Path | None
    unsaved: list[Piece] = field(default_factory=list)

    def text(self) -> str:
        """Return what the file holds, with what could not be written.

        Raises
        ------
        BrokenEngineError
            If it cannot be read.
        """
        text = self._stored()
        for piece in self.unsaved:
            text = with_piece(text, piece)
        return text

    def _stored(self) -> str:
        if self.path is None or not self.path.exists():
            return ""
        try:
            return self.path.read_text(encoding="utf-8")
        except (OSError, ValueError) as error:
            raise BrokenEngineError(f"{NAME} cannot be read: {error}.") from None

    def add(self, pieces: Iterable[Piece]) -> str:
        """Keep pieces; return why they are not in the file, "" if they are.

        Raises
        ------
        BrokenEngineError
            If the file is no Python: then nothing is written.
        """
        before, why = list(self.unsaved), "this notebook is in no gradlab workspace"
        self.unsaved += pieces
        try:
            self.text()
        except BrokenEngineError:
            self.unsaved = before
            raise
        if self.path is None:
            return why
        try:
            folder = self.path.parent / ".gradlab"
            folder.mkdir(parents=True, exist_ok=True)
            with locked(folder / "my_engine.lock"):
                write_whole(self.path, self.text().encode())
        except OSError as error:
            why = error.strerror or type(error).__name__
            return f"{self.path} cannot be written ({why})"
        self.unsaved.clear()
        return ""

    def load(self) -> dict[str, Any]:
        """Run the file; return the names of the pieces and what they stand for.

        Raises
        ------
        BrokenEngineError
            If it cannot be read or does not run; says in which line.
        """
        text = self.text()
        parsed(text)
        file = str(self.path or f"<{NAME}>")
        linecache.cache[file] = (len(text), None, text.splitlines(True), file)
        names: dict[str, Any] = {"__name__": "my_engine"}
        try:
            # The learner's own file, run as `import` would run it.
            code = compile(text, file, "exec")
            run_limited(lambda: exec(code, names), LOAD_SECONDS)  # noqa: S102
        except (Exception, SystemExit, TimeLimitReached) as error:
            raise BrokenEngineError(_stopped(error, file)) from None
        return {name: names[name] for name in names_in(text) if name in names}


def _stopped(error: BaseException, file: str) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == file]
    where = f", line {lines[-1]}" if lines else ""
    if isinstance(error, TimeLimitReached):
        return f"{NAME}{where}: it ran for {LOAD_SECONDS:g} seconds and was stopped."
    return f"{NAME}{where}: {type(error).__name__}, {error}."


engines: dict[Path | None, EngineFile] = {}


def engine_file() -> EngineFile:
    """Return the file of the workspace around this process; none while grading."""
    folder = None if notebook.grading() else state_dir()
    path = folder.parent / NAME if folder else None
    return engines.setdefault(path, EngineFile(path))
