"""Formulas as MathML, which browsers set by themselves: no script, no network."""

from __future__ import annotations

import re

_CODE = re.compile(r"(`+[^`]+`+)")
_FORMULA = re.compile(r"\$\$(?P<block>[^$]+)\$\$|\$(?P<inline>[^$\n]+)\$")


def with_mathml(markdown: str) -> str:
    r"""Return markdown with its $...$ and $$...$$ as MathML; code stays as it is.

    Examples
    --------
    >>> with_mathml("No formula, `$HOME` is code.")
    'No formula, `$HOME` is code.'
    >>> with_mathml(r"here $x_1$ is").count("<msub>")
    1
    """
    pieces = _CODE.split(markdown)
    pieces[::2] = [_FORMULA.sub(_set, piece) for piece in pieces[::2]]
    return "".join(pieces)


def _set(found: re.Match[str]) -> str:
    from latex2mathml.converter import convert

    if found["block"] is not None:
        return convert(found["block"].strip(), display="block")
    return convert(found["inline"])
