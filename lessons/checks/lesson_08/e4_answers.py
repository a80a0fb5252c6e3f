"""Answers to 08.E4 as learners write them: right ways, wrong rules, other slips.

Each stands alone, imports included, so that it can be put into a notebook as it is.
"""

from __future__ import annotations

# -------------------- right ways --------------------


def with_prod(x_shape, out_shape):
    """Multiply the sizes with math.prod."""
    import math

    return math.prod(out_shape), math.prod(x_shape)


def with_a_loop(x_shape, out_shape):
    """Multiply the sizes in a loop."""

    def cells(shape):
        count = 1
        for size in shape:
            count *= size
        return count

    return cells(out_shape), cells(x_shape)


def with_indices(x_shape, out_shape):
    """Count all indices."""
    from gradlab import indices

    return len(list(indices(out_shape))), len(list(indices(x_shape)))


# -------------------- wrong rules --------------------


def turned_round(x_shape, out_shape):
    """Give the inputs the rows."""
    import math

    return math.prod(x_shape), math.prod(out_shape)


def numbers_of_dims(x_shape, out_shape):
    """Count dims."""
    return len(out_shape), len(x_shape)


def joined(x_shape, out_shape):
    """Set the shapes side by side."""
    return (*out_shape, *x_shape)


def sizes_added(x_shape, out_shape):
    """Add the sizes; no sizes count as 1."""
    return sum(out_shape) if out_shape else 1, sum(x_shape) if x_shape else 1


def no_dims_no_cells(x_shape, out_shape):
    """Multiply, and let a shape without dims have no cells."""
    import math

    rows = math.prod(out_shape) if out_shape else 0
    columns = math.prod(x_shape) if x_shape else 0
    return rows, columns


def one_number(x_shape, out_shape):
    """Multiply everything."""
    import math

    return math.prod(out_shape) * math.prod(x_shape)


def first_sizes(x_shape, out_shape):
    """Look at the first size of each."""
    return (*out_shape, 1)[0], (*x_shape, 1)[0]


def last_sizes(x_shape, out_shape):
    """Look at the last size of each."""
    return (1, *out_shape)[-1], (1, *x_shape)[-1]


def one_row(x_shape, out_shape):
    """Give one row, as for a function with one result."""
    import math

    return 1, math.prod(x_shape)


def joined_inputs_first(x_shape, out_shape):
    """Set the shapes side by side, the inputs first."""
    return x_shape + out_shape


def sizes_added_or_none(x_shape, out_shape):
    """Add the sizes; no sizes give 0."""
    return sum(out_shape), sum(x_shape)


def from_zero(x_shape, out_shape):
    """Multiply in a loop that starts at 0."""
    rows, columns = 0, 0
    for size in out_shape:
        rows *= size
    for size in x_shape:
        columns *= size
    return rows, columns


def first_sizes_or_none(x_shape, out_shape):
    """Look at the first size of each, where there is one."""
    return out_shape[0], x_shape[0]


def dims_turned_round(x_shape, out_shape):
    """Count dims, the inputs first."""
    return len(x_shape), len(out_shape)


def sizes_added_turned_round(x_shape, out_shape):
    """Add the sizes, the inputs first."""
    return sum(x_shape), sum(out_shape)


def only_the_outputs(x_shape, out_shape):
    """Give as many columns as rows."""
    import math

    return math.prod(out_shape), math.prod(out_shape)


# -------------------- slips that need no rule --------------------


def numpy_prod(x_shape, out_shape):
    """Let NumPy multiply: no sizes give the float 1.0."""
    import numpy as np

    return np.prod(out_shape), np.prod(x_shape)


def a_list(x_shape, out_shape):
    """Return a list."""
    import math

    return [math.prod(out_shape), math.prod(x_shape)]
