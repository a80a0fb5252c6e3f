"""`predict("07.P1", ...)`: asks; then shows the answer and what a wrong one assumed."""

from __future__ import annotations

import traceback
from typing import Any

import gradlab
from gradlab.exercises import notebook
from gradlab.exercises.answers import ERROR, UnreadableError, read_answer, write_answer
from gradlab.exercises.card import Card, Part, code, film, fold, prose, stamp
from gradlab.exercises.display import Shown, show_or_print
from gradlab.exercises.exercise import Prediction
from gradlab.exercises.lessons import NoSuchExerciseError, find_prediction
from gradlab.exercises.progress import new_notes, record_prediction


def predict(id: str, *answer: Any) -> Shown:
    """Ask a question of a lesson; with your answer in place of the dots, reveal it.

    Nothing is graded, and a wrong answer is worth as much as a right one: it shows what
    it assumed. Shapes, lists, numbers and "error" are understood, also as text.

    Examples
    --------
    >>> from gradlab.exercises.lessons import known_lessons
    >>> "no question" in str(predict("07.P99", (3, 2)).text)
    There is no question "07.P99". ...
    True
    """
    try:
        question = find_prediction(id)
        card = _ask(question) if _is_open(answer) else _reveal(question, answer)
    except NoSuchExerciseError as error:
        card = Card("info", str(error))
    except Exception:
        card = _broken(id)
    return show_or_print(Shown(card.html(), card.text()))


def _is_open(answer: tuple[Any, ...]) -> bool:
    return not answer or any(each is ... for each in answer)


def _ask(question: Prediction) -> Card:
    how = (
        f'Put your answer in place of the dots, `predict("{question.id}", ...)`, and '
        "run this cell again. Guess; nothing is graded."
    )
    line = f"{question.label}: {question.question}"
    return Card("wait", line, (prose(how),), data={"question": question.id})


def _reveal(question: Prediction, given: tuple[Any, ...]) -> Card:
    right = right_answer(question)
    try:
        said = read_answer(given[0] if len(given) == 1 else given, like=right)
    except UnreadableError as error:
        hint = prose("Nothing was stored.")
        return Card("info", str(error), (hint,), data={"question": question.id})
    record_prediction(question.id, write_answer(said))
    parts = (
        *_thought(question, said, right),
        prose(question.reveal),
        *_drawn(question),
    )
    notes = tuple(prose(note) for note in new_notes())
    return Card(
        "right" if said == right else "info",
        _first_line(question, said, right),
        (*parts, *notes),
        stamp(notebook.running_cell() or None).replace("checked", "answered"),
        data={"question": question.id},
    )


def _first_line(question: Prediction, said: Any, right: Any) -> str:
    listed = isinstance(question.answer, list)
    answer = write_answer(right, listed)
    if said == right:
        return f"{question.label}: {answer}, as you said."
    return f"{question.label}: it is {answer}. You said {write_answer(said, listed)}."


def _thought(question: Prediction, said: Any, right: Any) -> tuple[Part, ...]:
    """Return what the wrong answer assumed, if it is one that has a name."""
    if said == right:
        return ()
    for wrong, thought in question.wrong.items():
        if read_answer(wrong, like=right) == said:
            return (prose(thought, "gl-say"),)
    return ()


def _drawn(question: Prediction) -> tuple[Part, ...]:
    if question.picture is None:
        return ()
    try:
        return (film(question.picture()),)
    except Exception:
        return ()


def right_answer(question: Prediction) -> Any:
    """Return the answer in its normal form, computed if it is a function."""
    answer = question.answer
    if callable(answer):
        try:
            answer = answer()
        except (ValueError, TypeError, IndexError):
            return ERROR
    return read_answer(answer, like=answer if isinstance(answer, str) else ())


def _broken(id: str) -> Card:
    line = f"gradlab's question failed, not you: please report {id}, {_version()}."
    details = fold("Details for the report", code(traceback.format_exc(limit=-6)))
    return Card("off", line, (details,))


def _version() -> str:
    return gradlab.__version__
