"""07.E4 row_add: put the dim of size 1 where rule 3 does not."""

from __future__ import annotations

import numpy as np

from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.probes import Call, Probe, TensorSpec, call

# -------------------- right ways --------------------


def as_a_column(m, v):
    """Make v a column; it then stretches to the right."""
    return m + v.view(v.size, 1)


def by_index(m, v):
    """Ask for a new last dim in the index: None makes a dim of size 1."""
    return m + v[:, None]


def turn_and_turn_back(m, v):
    """Turn m, so that its rows lie along the last dim, add, and turn back."""
    return (m.permute(1, 0) + v).permute(1, 0)


# -------------------- wrong rules --------------------


def as_it_is(m, v):
    """Add v as it is: it meets the last dim."""
    return m + v


def turned_by_view(m, v):
    """Try to turn m with view."""
    n, k = m.shape
    return m.view(k, n) + v


def turned_by_view_and_back(m, v):
    """Try to turn m with view, and back."""
    n, k = m.shape
    return (m.view(k, n) + v).view(n, k)


def four_rows(m, v):
    """Write the number of rows of the example into the code."""
    return m + v.view(4, 1)


def lying_down(m, v):
    """Turn m and forget to turn back."""
    return m.permute(1, 0) + v


def subtracted(m, v):
    """Take v away in place of adding it."""
    return m - v.view(v.size, 1)


def shape_of_m(m, v):
    """Ask view to make v as large as m."""
    return m + v.view(*m.shape)


def v_left_out(m, v):
    """Give m back, without v."""
    return m


BY_VIEW = (
    "The numbers of `m` met the wrong numbers of `v`: `view` keeps the reading order, "
    "so it does not turn a matrix. `permute` does."
)

RULES = (
    Rule(
        "v meets the last dim",
        as_it_is,
        "`v` still meets the last dim of `m`: 3 vs 4. A 1 on the left of `v`, by rule "
        "3 or by `view(1, n)`, leaves it there.",
        at="4 rows, 3 columns",
    ),
    Rule("turned by view", turned_by_view, BY_VIEW),
    Rule("turned by view and back", turned_by_view_and_back, BY_VIEW),
    Rule(
        "four rows only",
        four_rows,
        "Your code works for 4 rows and fails at 5: the number of rows is written into "
        "it.",
        at="5 rows, 2 columns",
    ),
    Rule(
        "lying down",
        lying_down,
        "Right sums, lying down: your result has shape (k, n), and `m` has (n, k).",
    ),
    Rule(
        "v taken away",
        subtracted,
        "Your code takes `v[i]` away from row i; it was to be added.",
    ),
    Rule(
        "the shape of m",
        shape_of_m,
        "Your code asks `view` for a shape of another size, on every call. `v` holds n "
        "numbers, and `view` neither adds nor drops any; broadcasting stretches.",
        raising="^view cannot turn",
    ),
    Rule(
        "v left out",
        v_left_out,
        "Your result holds the numbers of `m` as they came; nothing of `v` is in it.",
    ),
)

# -------------------- slips that need no rule --------------------


def view_on_the_left(m, v):
    """Add the dim of size 1 on the wrong side of v."""
    return m + v.view(1, v.size)


# -------------------- probes --------------------


def matrix(n: int, k: int, order: tuple[int, ...] | None = None):
    """Return the maker of a call with a random (n, k) matrix and n tens."""

    def make(rng: np.random.Generator) -> Call:
        m = rng.integers(1, 10, (n, k))
        v = 10 * rng.permutation(9)[:n] + 10
        return call(TensorSpec(m, order=order), TensorSpec(v))

    return make


def backward_too(rng: np.random.Generator) -> Call:
    """Make a call whose result must carry a random gradient back to m and v."""
    m = TensorSpec(rng.normal(size=(3, 4)), requires_grad=True)
    v = TensorSpec(rng.normal(size=3), requires_grad=True)
    return call(m, v).back(rng.normal(size=(3, 4)))


PROBES = (
    Probe("4 rows, 3 columns", matrix(4, 3)),
    Probe("5 rows, 2 columns", matrix(5, 2)),
    Probe("3 rows, 3 columns", matrix(3, 3)),
    Probe("a matrix that was permuted", matrix(2, 4, order=(1, 0))),
    Probe(
        "the way back",
        backward_too,
        says="The gradients do not reach m and v alike: the result was not made from "
        "both with tensor operations.",
    ),
    Probe(
        "one row, six columns",
        matrix(1, 6),
        hidden=True,
        says="A single row has a single number to add.",
    ),
)

HINTS = Hints(
    symptom=(
        "Write the shapes of `m` and `v` under each other, last dim above last dim, "
        "for 4 rows and 3 columns. Which number of `m` does the 4 of `v` stand below, "
        "and which one should it stand below?"
    ),
    concept=(
        "Rule 3 puts missing dims on the left, never on the right. On the right you "
        "put them yourself: rule 2. The picture under question P2 shows the shape that "
        "stretches sideways. Remember what `view` does and what it does not do: it "
        "renames places and moves nothing."
    ),
    neighbour=(
        "A film `x` has shape (frames, height, width), and each row of the picture has "
        "its own brightness `b` of shape (height,). `x * b` meets the width. Seen as "
        "`b.view(1, height, 1)`, it meets the height:\n"
        "    x  (20, 48, 64)\n"
        "    b  ( 1, 48,  1)"
    ),
)

EXERCISE = Exercise(
    id="07.E4",
    name="row_add",
    title="One number for each row",
    task="Write row_add(m, v): add v[i] to every number in row i of m.",
    truth=as_a_column,
    points=2,
    hidden_points=0.5,
    minutes=5,
    probes=PROBES,
    rules=RULES,
    wrong_answers=(WrongAnswer(view_on_the_left, "`v` still meets the last dim"),),
    hints=HINTS,
    variants=(
        Variant(as_a_column, "a column stretches to the right"),
        Variant(by_index, "`None` in an index makes a dim of size 1, as `view` does"),
        Variant(turn_and_turn_back, "turn `m`, add, turn back"),
    ),
    ways="All of them give `v[i]` and row i the same place, counted from the right.",
    next="E5",
)
