"""Answers to 08.E3 as learners write them: right ways, wrong rules, other slips."""

from __future__ import annotations

import numpy as np

# -------------------- right ways --------------------


def from_the_left(J, d_out):
    """Multiply with d_out at the left."""
    return d_out @ J


def transposed(J, d_out):
    """Turn J round, and multiply with d_out at the right."""
    return J.T @ d_out


def rows_added(J, d_out):
    """Multiply every row by its d, and add the rows."""
    return (d_out[:, None] * J).sum(axis=0)


def two_loops(J, d_out):
    """Add up what each output sends to each input."""
    K, D = J.shape
    gradient = np.zeros(D)
    for i in range(K):
        for j in range(D):
            gradient[j] += d_out[i] * J[i, j]
    return gradient


# -------------------- wrong rules --------------------


def from_the_right(J, d_out):
    """Multiply with d_out at the right."""
    return J @ d_out


def forgets_d_out(J, d_out):
    """Add the rows of J as they are."""
    return J.sum(axis=0)


def not_added(J, d_out):
    """Multiply the rows, and stop."""
    return d_out[:, None] * J


def added_along_rows(J, d_out):
    """Multiply the rows, then add along the wrong dim."""
    return (d_out[:, None] * J).sum(axis=1)


def all_added_up(J, d_out):
    """Multiply the rows, then add everything."""
    return (d_out[:, None] * J).sum()


def the_mean(J, d_out):
    """Take the mean over the outputs."""
    return (d_out[:, None] * J).mean(axis=0)


def d_out_on_the_columns(J, d_out):
    """Let NumPy line d_out up with the columns."""
    return (J * d_out).sum(axis=0)


def columns_not_added(J, d_out):
    """Let NumPy line d_out up with the columns, and stop."""
    return J * d_out


def sum_of_d_out(J, d_out):
    """Add d_out up first."""
    return d_out.sum() * J.sum(axis=0)


def one_row(J, d_out):
    """Make d_out a table of one row, and keep it."""
    return d_out[None, :] @ J


def one_column(J, d_out):
    """Make d_out a column, and keep it."""
    return J.T @ d_out[:, None]


def columns_added_along_rows(J, d_out):
    """Let NumPy line d_out up with the columns, and add along the rows."""
    return (J * d_out).sum(axis=1)


def the_last_row(J, d_out):
    """Put each product over the one before."""
    K, D = J.shape
    gradient = np.zeros(D)
    for i in range(K):
        for j in range(D):
            gradient[j] = d_out[i] * J[i, j]
    return gradient


def the_first_row(J, d_out):  # noqa: RET503 - the slip
    """Return from inside the loop."""
    gradient = np.zeros(J.shape[1])
    for i in range(len(d_out)):
        gradient += d_out[i] * J[i]
        return gradient


def a_place_for_each_output(J, d_out):
    """Make the sums in an array with a place for each output."""
    K, D = J.shape
    gradient = np.zeros(K)
    for i in range(K):
        for j in range(D):
            gradient[j] += d_out[i] * J[i, j]
    return gradient


def without_the_last_row(J, d_out):
    """End the loop over the rows one too early."""
    K, D = J.shape
    gradient = np.zeros(D)
    for i in range(K - 1):
        gradient += d_out[i] * J[i]
    return gradient


def without_the_first_row(J, d_out):
    """Count the rows from 1."""
    K, D = J.shape
    gradient = np.zeros(D)
    for i in range(1, K):
        gradient += d_out[i] * J[i]
    return gradient


def without_the_last_column(J, d_out):
    """End the loop over the columns one too early."""
    D = J.shape[1]
    gradient = np.zeros(D)
    for j in range(D - 1):
        gradient[j] = d_out @ J[:, j]
    return gradient


def without_the_first_column(J, d_out):
    """Count the columns from 1."""
    D = J.shape[1]
    gradient = np.zeros(D)
    for j in range(1, D):
        gradient[j] = d_out @ J[:, j]
    return gradient


# -------------------- slips that need no rule --------------------


def a_list(J, d_out):
    """Return a list."""
    return (d_out @ J).tolist()


def in_place(J, d_out):
    """Multiply the rows where they stand."""
    J *= d_out[:, None]
    return J.sum(axis=0)


def prints_it(J, d_out):
    """Print in place of return."""
    print(d_out @ J)  # noqa: T201 - as a learner would
