"""Read an answer to a question, however a learner writes it."""

from __future__ import annotations

import ast
import re
from typing import Any

ERROR = "error"
ERROR_WORDS = {
    *("error", "an error", "x", "err", "errors", "exception", "valueerror", "fails"),
    *("it fails", "clash", "it raises", "raises", "raise", "crash", "none of them"),
}
YES_NO = {"yes": "yes", "y": "yes", "true": "yes", "no": "no", "n": "no", "false": "no"}
HOW = 'Write a shape like (3, 2), numbers like [1, 2, 3], or "error".'


class UnreadableError(ValueError):
    """The answer cannot be read; says what was written and how to write it."""


def read_answer(answer: Any, like: Any = ()) -> Any:
    """Return an answer in its one normal form: "error", a number, or nested tuples.

    Parameters
    ----------
    answer : what the learner gave.
    like : the right answer's normal form; a number there lets "2,000" be read as one.

    Raises
    ------
    UnreadableError
        If it is none of these.

    Examples
    --------
    >>> read_answer("4, 3"), read_answer("[11, 12, 13]"), read_answer("X")
    ((4, 3), (11, 12, 13), 'error')
    >>> read_answer("a[2,0], b[0,1]"), read_answer("2,000", like=2000)
    (((2, 0), (0, 1)), 2000)
    >>> read_answer(True, like="no"), read_answer("A zip.", like="map")
    ('yes', 'zip')
    """
    if isinstance(answer, type) and issubclass(answer, BaseException):
        return ERROR
    if isinstance(answer, BaseException):
        return ERROR
    if isinstance(answer, str):
        return _read_text(answer, like)
    if type(answer).__module__.partition(".")[0] in ("numpy", "gradlab"):
        answer = answer.tolist() if hasattr(answer, "tolist") else answer
    if isinstance(answer, bool) and like in ("yes", "no"):
        return YES_NO[str(answer).lower()]
    return _one_if_one_is_asked(answer, like)


def _one_if_one_is_asked(answer: Any, like: Any) -> Any:
    found = _numbers(answer)
    if found is None:
        raise UnreadableError(f"I cannot read {_short(answer)}. {HOW}")
    if isinstance(like, (int, float)) and isinstance(found, tuple) and len(found) > 1:
        raise UnreadableError(
            f"{_short(answer)} is {len(found)} numbers to Python. Write one number, "
            "without a comma."
        )
    return found


def _numbers(answer: Any) -> Any:
    if isinstance(answer, (list, tuple)):
        items = [_numbers(each) for each in answer]
        return None if any(each is None for each in items) else tuple(items)
    if isinstance(answer, bool) or not isinstance(answer, (int, float)):
        return None
    whole = isinstance(answer, float) and answer.is_integer()
    return int(answer) if whole else answer


def _read_text(text: str, like: Any) -> Any:
    plain = text.strip().strip(".!").strip().lower()
    if plain in ERROR_WORDS:
        return ERROR
    if not plain:
        raise UnreadableError(f"I cannot read an empty answer. {HOW}")
    if isinstance(like, str) and like != ERROR:
        word = re.sub(r"^(an?|the) ", "", plain)
        return YES_NO.get(word, word) if like in ("yes", "no") else word
    if isinstance(like, (int, float)):
        if plain in ("none", "zero", "nothing"):
            return 0
        plain = re.sub(r"(?<=\d)[,_ ](?=\d{3}\b)", "", plain)
    plain = re.sub(r"\b[a-z_]\w*\s*(?=[\[(])", "", plain)  # the a of a[2, 0]
    plain = re.sub(r"(?<=[\d)\]])\s+(and\s+|by\s+|x\s*)?(?=[-\d(\[])", ", ", plain)
    plain = re.sub(r"(?<=\d)[x×](?=\d)", ", ", plain)
    for wrapped in (plain, f"({plain})"):
        try:
            found = _numbers(ast.literal_eval(wrapped))
        except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
            continue
        if found is not None:
            return found
    raise UnreadableError(f"I cannot read {_short(text)}. {HOW}")


def _short(answer: Any) -> str:
    from gradlab.exercises.values import safe_repr

    text = safe_repr(answer)
    return text if len(text) < 60 else text[:56] + " ..."


def write_answer(answer: Any, brackets: bool = False) -> str:
    """Return a normal answer as text; numbers of a list in square brackets.

    Examples
    --------
    >>> write_answer((4, 3)), write_answer(2000), write_answer(((2, 0), (0, 1)))
    ('(4, 3)', '2,000', '(2, 0) and (0, 1)')
    >>> write_answer((11, 12), brackets=True), write_answer("error")
    ('[11, 12]', 'an error')
    """
    if answer == ERROR:
        return "an error"
    if isinstance(answer, int):
        return f"{answer:,}"
    if brackets and isinstance(answer, tuple):
        return str(answer).replace("(", "[").replace(",)", "]").replace(")", "]")
    if isinstance(answer, tuple) and answer and isinstance(answer[0], tuple):
        return " and ".join(map(str, answer))
    return str(answer)
