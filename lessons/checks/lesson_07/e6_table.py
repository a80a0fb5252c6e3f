"""07.E6 table: every row with every row, by view, * and sum."""

from __future__ import annotations

import numpy as np

from gradlab.exercises.demands import keeps_the_graph
from gradlab.exercises.exercise import Exercise, Hints, Variant, WrongAnswer
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.probes import Call, Probe, TensorSpec, call

# -------------------- right ways --------------------


def y_spread_out(x, y):
    """Give y a dim of size 1 in the middle: (n, d) with (m, 1, d)."""
    m, d = y.shape
    return (x * y.view(m, 1, d)).sum(2)


def both_spread_out(x, y):
    """Give each its own 1: (1, n, d) with (m, 1, d)."""
    n, d = x.shape
    return (x.view(1, n, d) * y.view(len(y), 1, d)).sum(-1)


def turned_at_the_end(x, y):
    """Build the table with x in front, then turn it."""
    n, d = x.shape
    return (x.view(n, 1, d) * y).sum(2).permute(1, 0)


# -------------------- wrong rules --------------------


def rows_and_columns_swapped(x, y):
    """Build the table with x in front and leave it so."""
    n, d = x.shape
    return (x.view(n, 1, d) * y).sum(2)


def one_dim_left(x, y):
    """Keep the dim that was added up."""
    m, d = y.shape
    return (x * y.view(m, 1, d)).sum(2, keepdim=True)


def never_added(x, y):
    """Multiply and stop."""
    m, d = y.shape
    return x * y.view(m, 1, d)


def added_over_rows(x, y):
    """Add over the rows of x, not along them."""
    m, d = y.shape
    return (x * y.view(m, 1, d)).sum(1)


def added_over_everything(x, y):
    """Add everything."""
    m, d = y.shape
    return (x * y.view(m, 1, d)).sum()


def row_by_row(x, y):
    """Multiply row i with row i."""
    return x * y


def row_by_row_added(x, y):
    """Multiply row i with row i, and add along the rows."""
    return (x * y).sum(1)


def dims_counted_from_1(x, y):
    """Count dims from 1, so that the third is called 3."""
    m, d = y.shape
    return (x * y.view(m, 1, d)).sum(3)


def view_of_the_whole_table(x, y):
    """Ask view to make y as large as the table of all products."""
    n, d = x.shape
    return (x * y.view(len(y), n, d)).sum(2)


PAIRED = (
    "`x * y` pairs row i of `x` with row i of `y`: it works only if n = m, and row 0 "
    "never meets row 1."
)
FIRST = "3 rows and 2 rows"

RULES = (
    Rule(
        "rows and columns swapped",
        rows_and_columns_swapped,
        "Rows and columns are swapped: your result has shape (n, m), here (3, 2).",
        at=FIRST,
    ),
    Rule(
        "one dim left",
        one_dim_left,
        "Right numbers, but one dim of size 1 is left: (m, n, 1), here (2, 3, 1).",
        at=FIRST,
    ),
    Rule(
        "never added",
        never_added,
        "Your result still holds every product, shape (m, n, d); the d products of a "
        "pair were to be added.",
    ),
    Rule(
        "added over the rows",
        added_over_rows,
        "Your code added over the rows of `x`, so the rows are gone and d is still "
        "there: (m, d), here (2, 2).",
        at=FIRST,
    ),
    Rule(
        "added over everything",
        added_over_everything,
        "Your code added all products of all pairs; each pair of rows has a sum of its "
        "own.",
    ),
    Rule("row by row", row_by_row, PAIRED),
    Rule("row by row, added", row_by_row_added, PAIRED),
    Rule(
        "dims counted from 1",
        dims_counted_from_1,
        "Your code asks for a dim that is not there, on every call. Dims are counted "
        "from 0; the third is dim 2.",
        raising="^dim=.* does not exist",
    ),
    Rule(
        "view of the whole table",
        view_of_the_whole_table,
        "Your code asks `view` for a shape of another size, on every call. `y` holds m "
        "times d numbers, and `view` neither adds nor drops any; broadcasting "
        "stretches.",
        raising="^view cannot turn",
    ),
)

# -------------------- slips that need no rule --------------------


def with_loops(x, y):
    """Copy number by number: the values are right and the graph is lost."""
    from gradlab import tensor

    (n, d), m = x.shape, len(y)
    return tensor(
        [
            [sum(x.get((j, k)) * y.get((i, k)) for k in range(d)) for j in range(n)]
            for i in range(m)
        ]
    )


def x_detached(x, y):
    """Take x out of the graph first."""
    m, d = y.shape
    return (x.detach() * y.view(m, 1, d)).sum(2)


def y_detached(x, y):
    """Take y out of the graph first."""
    m, d = y.shape
    return (x * y.detach().view(m, 1, d)).sum(2)


def by_matmul(x, y):
    """Let the matrix product do all of it."""
    return y @ x.permute(1, 0)


# -------------------- probes --------------------


def rows(n: int, m: int, d: int, grad: bool = False):
    """Return the maker of a call with n and m random rows of d whole numbers."""

    def make(rng: np.random.Generator) -> Call:
        x = TensorSpec(rng.integers(1, 6, (n, d)), requires_grad=grad)
        return call(x, TensorSpec(rng.integers(1, 6, (m, d)), requires_grad=grad))

    return make


def back(n: int, m: int, d: int):
    """Return the maker of a call with n and m rows, and of a random d_out."""

    def make(rng: np.random.Generator) -> Call:
        return rows(n, m, d, grad=True)(rng).back(rng.normal(size=(m, n)))

    return make


OTHER_GRADIENTS = "The gradients of x and y are not both those of this table."

PROBES = (
    Probe(FIRST, rows(3, 2, 2)),
    Probe("2 rows and 4 rows", rows(2, 4, 3)),
    Probe("3 rows and 3 rows", rows(3, 3, 2)),
    Probe("rows of one number", rows(3, 2, 1)),
    Probe(
        "rows that need a gradient",
        rows(2, 3, 2, grad=True),
        also=keeps_the_graph,
    ),
    Probe("the way back", back(2, 3, 2), says=OTHER_GRADIENTS),
    Probe(
        "5 rows and 2 rows of four numbers",
        rows(5, 2, 4),
        hidden=True,
        says="With other sizes of n, m and d the table is wrong.",
    ),
    Probe("another way back", back(3, 2, 4), hidden=True, says=OTHER_GRADIENTS),
)

HINTS = Hints(
    symptom=(
        "Name the dims of your result in order, then those of `x` and `y`: m, n, d. "
        "Write the shapes of `x` and `y` under each other as they meet in your code. "
        "Do m, n and d stand in three columns of their own?"
    ),
    concept=(
        "A column meets a row and makes a table: the picture under question P10. A "
        "table of rows works the same way, with one more dim, d, which both share. "
        "Multiplying gives every product; what a pair of rows shares is then added up "
        "and disappears."
    ),
    neighbour=(
        "All differences of 3 numbers a and 2 numbers b, as a (2, 3) table with "
        "out[i, j] = a[j] - b[i]:\n"
        "    a             (3,)\n"
        "    b.view(2, 1)  (2, 1)\n"
        "    difference    (2, 3)\n"
        "b stands in front, so its dim comes first in the result."
    ),
)

EXERCISE = Exercise(
    id="07.E6",
    name="table",
    title="Every row with every row",
    task="Write table(x, y): out[i, j] is row i of y times row j of x, added up.",
    truth=y_spread_out,
    points=4,
    hidden_points=1,
    minutes=15,
    core=False,
    probes=PROBES,
    rules=RULES,
    wrong_answers=(
        WrongAnswer(with_loops, "copying numbers loses it"),
        WrongAnswer(x_detached, "The gradient of x is not right: it is None"),
        WrongAnswer(y_detached, "The gradient of y is not right: it is None"),
        WrongAnswer(by_matmul, "gradlab's `@` did the work"),
    ),
    borrowed=("gradlab.matmul", "gradlab.Tensor.__matmul__"),
    own_work="Build it from `view`, `*` and `sum`.",
    hints=HINTS,
    variants=(
        Variant(y_spread_out, "(n, d) with (m, 1, d)"),
        Variant(both_spread_out, "(1, n, d) with (m, 1, d)"),
        Variant(turned_at_the_end, "(n, 1, d) with (m, d), turned at the end"),
    ),
    ways=(
        "You have just multiplied two matrices with view, * and sum. A later lesson "
        "does it again, faster."
    ),
)
