"""Help pages that name what to type, without the names of Python's types."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from typer.core import TyperCommand


class PlainCommand(TyperCommand):
    """A command whose help says `PATH` where typer says `PATH <list[Path]>`."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Return the words of the usage line, without braces around them."""
        return [piece.strip("{}") for piece in super().collect_usage_pieces(ctx)]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the lists of arguments and options."""
        formatter.write_dl = _without_types(formatter.write_dl)
        super().format_options(ctx, formatter)


def _without_types(write: Callable[..., None]) -> Callable[..., None]:
    def write_plainly(rows: Sequence[tuple[str, str]], *rest: Any, **more: Any) -> None:
        plain = [(re.sub(r" <\S+>$", "", name), said) for name, said in rows]
        write(plain, *rest, **more)

    return write_plainly
