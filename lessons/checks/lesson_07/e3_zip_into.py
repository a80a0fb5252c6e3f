"""07.E3 zip_into: the loop over the output that never copies an input."""

from __future__ import annotations

import numpy as np

from gradlab.exercises.demands import in_little_memory
from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.probes import Call, GradlabName, Probe, TensorSpec, call

from . import e3_answers as answers

RULES = (
    Rule(
        "flat position",
        answers.flat_position,
        "You walked both storages side by side; that works only for equal, contiguous "
        "inputs.",
    ),
    Rule(
        "the output's own index",
        answers.same_index,
        "You asked the inputs for an index that they do not have, as the output's own "
        "is; that works only where both have the output's shape.",
    ),
    Rule(
        "the output's own index in a",
        answers.same_index_in_a,
        "You asked `a` for the output's own index; that works only where `a` has the "
        "output's shape.",
    ),
    Rule(
        "the output's own index in b",
        answers.same_index_in_b,
        "You asked `b` for the output's own index; that works only where `b` has the "
        "output's shape.",
    ),
    Rule(
        "one index for both",
        answers.one_index_for_both,
        "You asked `b` for the index that belongs to `a`; each input has a shape of "
        "its own, and so an index of its own.",
    ),
    Rule(
        "the first cell only",
        answers.first_cell_only,
        "Your code fills the first cell of `out` and stops: the other cells still hold "
        "what they came with.",
    ),
    Rule(
        "swapped", answers.swapped, "`sub` came out negated: the arguments are swapped."
    ),
    Rule(
        "out left alone",
        answers.only_returns,
        "`out` still holds the numbers that it came with; what your code computed is "
        "not in it.",
    ),
    Rule(
        "every pair",
        answers.all_pairs,
        "Your code paired every number of `a` with every number of `b`, in that order. "
        "Each output cell has one pair only.",
    ),
)

# -------------------- probes --------------------


def zip_into(fn, a, b, out):
    """Let gradlab do it; the names of the parameters are those of the task."""
    from gradlab import zip_into

    zip_into(fn, a, b, out)


SUB, MUL = GradlabName("operators.sub"), GradlabName("operators.mul")
UNTOUCHED = 77.0


def fill(fn, a, b, shape) -> Call:
    """Return the call that fills an output of this shape, full of 77 before."""
    out = TensorSpec(np.full(shape, UNTOUCHED))
    return call(fn, a, b, out).writes(3)


def column_and_row(rng: np.random.Generator) -> Call:
    """Make (3, 1) with (1, 2): each output cell has sources of its own."""
    a = TensorSpec(rng.integers(1, 9, (3, 1)))
    return fill(SUB, a, TensorSpec(10 * rng.integers(1, 9, (1, 2))), (3, 2))


def higher_rank(rng: np.random.Generator) -> Call:
    """Make (2, 3, 2) with (3, 1): the second input lacks a dim and stretches one."""
    a = TensorSpec(rng.integers(1, 9, (2, 3, 2)))
    return fill(SUB, a, TensorSpec(10 * rng.integers(1, 9, (3, 1))), (2, 3, 2))


def only_a_stretches(rng: np.random.Generator) -> Call:
    """Make (2, 1) with (2, 3): the second input has the output's shape."""
    a = TensorSpec(rng.integers(1, 9, (2, 1)))
    return fill(SUB, a, TensorSpec(10 * rng.integers(1, 9, (2, 3))), (2, 3))


def only_b_stretches(rng: np.random.Generator) -> Call:
    """Make (3, 2) with (1, 2): the first input has the output's shape."""
    a = TensorSpec(rng.integers(1, 9, (3, 2)))
    return fill(SUB, a, TensorSpec(10 * rng.integers(1, 9, (1, 2))), (3, 2))


def turned(rng: np.random.Generator) -> Call:
    """Make a permuted (2, 3), out of order in storage, with a plain one."""
    a = TensorSpec(rng.permutation(6).reshape(2, 3), order=(1, 0))
    return fill(MUL, a, TensorSpec(rng.permutation(6).reshape(2, 3) + 1), (2, 3))


def any_shapes(rng: np.random.Generator) -> Call:
    """Make a permuted (4, 1, 3) with a (2, 1) of random numbers."""
    a = TensorSpec(rng.normal(size=(4, 1, 3)), order=(2, 0, 1))
    return fill(SUB, a, TensorSpec(rng.normal(size=(2, 1))), (4, 2, 3))


def large(n: int, k: int) -> Call:
    """Make (n, 1) with (1, k): n * k outputs from n + k numbers; memory is taken.

    Larger ones would bring a slow but honest loop near its time limit.
    """
    column = TensorSpec(np.arange(n).reshape(n, 1), order=(1, 0))
    row = TensorSpec(np.arange(k).reshape(1, k))
    return fill(SUB, column, row, (n, k)).measured("peak_bytes")


PROBES = (
    Probe(
        "equal shapes",
        lambda rng: fill(
            SUB,
            TensorSpec(rng.integers(1, 9, (2, 2))),
            TensorSpec(10 * rng.integers(1, 9, (2, 2))),
            (2, 2),
        ),
    ),
    Probe("only the first input stretches", only_a_stretches),
    Probe("only the second input stretches", only_b_stretches),
    Probe("a column and a row", column_and_row),
    Probe("a dim missing on the left", higher_rank),
    Probe("an input that was permuted", turned),
    Probe(
        "2,000 cells from 90 numbers",
        large(40, 50),
        also=in_little_memory(2_000, held=90),
        points=1,
    ),
    Probe(
        "3,000 cells from 110 numbers",
        large(60, 50),
        also=in_little_memory(3_000, held=110),
        points=0.5,
        hidden=True,
        says="The memory that it takes grows with the result.",
    ),
    Probe(
        "random numbers, permuted, three dims",
        any_shapes,
        hidden=True,
        says="With three dims and a permuted input, some cells get the wrong number.",
    ),
    Probe(
        "one number, no dims",
        lambda rng: fill(
            SUB, TensorSpec(rng.normal()), TensorSpec(rng.normal(size=(3,))), (3,)
        ),
        hidden=True,
        says="An input without dims feeds every output cell.",
    ),
)

HINTS = Hints(
    symptom=(
        "Take the first cell of `out` that is wrong. Which number of `a` and which "
        "number of `b` belong to it, by the rules? Which two did your code read? If "
        "every cell is right, and memory is the trouble: which line makes something as "
        "large as the result?"
    ),
    concept=(
        "Start from the output, as in the picture under question P10: one output cell, "
        "two wires, two real cells. Every output cell is visited once, and "
        "`broadcast_index` knows where its wires end. Nothing that is larger than one "
        "cell has to be made."
    ),
    neighbour=(
        "Here is another loop that starts from the output. It turns a matrix `a` "
        "of shape (n, k) round, into `out` of shape (k, n):\n"
        "    for i, j in indices(out.shape):\n"
        "        out.set((i, j), a.get((j, i)))\n"
        "Each output cell asks where its number lives, and reads only that."
    ),
)

EXERCISE = Exercise(
    id="07.E3",
    name="zip_into",
    title="Zip without a copy",
    task="Write zip_into(fn, a, b, out): fill out, cell by cell, without a copy.",
    truth=zip_into,
    points=4,
    hidden_points=1,
    minutes=20,
    core=False,
    probes=PROBES,
    rules=RULES,
    wrong_answers=(
        WrongAnswer(answers.copies, "extra numbers; the inputs hold 90"),
        WrongAnswer(answers.collects_first, "extra numbers; the inputs hold 90"),
        WrongAnswer(answers.nones_first, "extra numbers; the inputs hold 90"),
    ),
    borrowed=(
        "gradlab.zip_into",
        "numpy.broadcast_to",
        "numpy.broadcast_arrays",
        "numpy.vectorize",
        "numpy.frompyfunc",
    ),
    own_work="Write the loop yourself; `broadcast_index` is free to use.",
    hints=HINTS,
    variants=(
        Variant(answers.index_by_index, "walk the indices"),
        Variant(answers.number_by_number, "count the cells"),
        Variant(answers.with_stride_zero, "a stretched dim is a dim with stride 0"),
    ),
    ways=(
        "The last one shows what broadcasting is inside every tensor library: a "
        "stretched dim gets the stride 0, so walking along it does not move in storage."
    ),
    next="E4",
)
