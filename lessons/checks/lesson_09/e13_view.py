"""09.E13 View: the cells get their old names back."""

from __future__ import annotations

import numpy as np

from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.probes import Probe, TensorSpec

from . import e13_answers as answers
from .calls import AT_OTHERS, ENGINE, anywhere, back
from .pictures import both_ways

ROWS = [[1, 2, 3], [4, 5, 6]]
SMALL, TURNED = "two rows seen as three", "a d_out that was turned"
SMALL_CALL = back(ROWS, shape=(3, 2), d_out=[[2, 3], [4, 5], [6, 7]])
LYING = TensorSpec(np.array([[2.0, 3.0], [4.0, 5.0], [6.0, 7.0]]), order=(1, 0))

RULES = (
    Rule(
        "view at once",
        answers.ViewsAtOnce,
        "view renames cells as they lie in storage. This d_out came from a permute, so "
        "its cells do not lie row by row, and view refuses.",
        at=TURNED,
    ),
    Rule(
        "turned",
        answers.Turns,
        "Right shape, wrong places: your backward turns d_out. view turns nothing; the "
        "cells keep their order, row by row.",
        at=SMALL,
    ),
    Rule(
        "forgot d_out",
        answers.ForgetsDOut,
        "Every cell got 1, whatever d_out is.",
        at=SMALL,
    ),
)

PROBES = (
    Probe("one row", back([[1, 2, 3]], shape=(3,), d_out=[5, 6, 7])),
    Probe(SMALL, SMALL_CALL),
    Probe(TURNED, back(ROWS, shape=(3, 2), d_out=LYING)),
    Probe("random numbers", anywhere((2, 3, 4), shape=(6, 4))),
    Probe(
        "dims of size 1",
        anywhere((4, 3), shape=(1, 4, 1, 3)),
        hidden=True,
        says=AT_OTHERS,
    ),
    Probe(
        "all in one dim", anywhere((2, 3, 2), shape=(12,)), hidden=True, says=AT_OTHERS
    ),
)

HINTS = Hints(
    symptom=(
        "Number the cells of d_out row by row, in your head, and those of x as well. "
        "Cell number 4 of d_out must end in cell number 4 of x. Where does your code "
        "put it? And in which order do the cells of a permuted d_out lie?"
    ),
    concept=(
        "A view renames and moves nothing, so the way back is a renaming too: x's own "
        "shape. Only, view needs cells that lie row by row in storage. After a "
        "permute they do not. `contiguous()` lays them out; `reshape` does so by "
        "itself where it must."
    ),
    neighbour=(
        "flatten makes one row of all cells, unsqueeze adds a dim of size 1. Both are "
        "renamings:\n"
        "    u.flatten()            # (4, 3) seen as (12,)\n"
        "    u.unsqueeze(0)         # (4, 3) seen as (1, 4, 3)"
    ),
)

EXERCISE = Exercise(
    id="09.E13",
    name="View",
    title="Old names back",
    task="Write backward of View: give the cells of d_out their old names back.",
    truth="tensors.functions.View",
    points=2,
    hidden_points=0.5,
    minutes=3,
    core=False,
    probes=PROBES,
    rules=RULES,
    wrong_answers=(
        WrongAnswer(answers.ReturnsNothing, "Your backward gave None"),
        WrongAnswer(answers.AsItCame, "A gradient has exactly its input's shape"),
        WrongAnswer(
            answers.SavesTheNewShape, "A gradient has exactly its input's shape"
        ),
    ),
    borrowed=ENGINE,
    own_work="Write the way back yourself, in a class View(Function).",
    hints=HINTS,
    variants=(
        Variant(answers.Reshapes, "reshape moves only what it must"),
        Variant(answers.MovesThenViews, "lay out first, then view"),
        Variant(answers.Copies, "from the plain numbers"),
    ),
    ways="All three read d_out row by row, and write it into the shape of x.",
    picture=both_ways(answers.Reshapes),
    show=SMALL_CALL,
    next="E14",
)
