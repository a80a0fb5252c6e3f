"""Answers to 08.E5 as learners write them: right ways, wrong rules, other slips."""

from __future__ import annotations

import numpy as np

from gradlab import tensor

# -------------------- right ways --------------------


def emptied_each_time(f, x):
    """Go back over one graph, and empty the leaf each time."""
    out = f(x)
    J = np.zeros((out.size, x.size))
    for i in range(out.size):
        d_out = np.zeros(out.size)
        d_out[i] = 1
        x.zero_grad()
        out.backward(tensor(d_out))
        J[i] = x.grad.to_numpy()
    return J


def a_fresh_leaf(f, x):
    """Make a fresh leaf and a fresh graph for each row."""
    rows = []
    for i in range(f(x).size):
        leaf = tensor(x.tolist(), requires_grad=True)
        out = f(leaf)
        out[i].backward()
        rows.append(leaf.grad.tolist())
    return np.array(rows)


def with_grad(f, x):
    """Let gradlab's grad hand the rows out."""
    from gradlab import grad

    out = f(x)
    one_at_a_time = np.eye(out.size)
    return np.stack([grad(out, x, tensor(d)).to_numpy() for d in one_at_a_time])


# -------------------- wrong rules --------------------


def never_emptied(f, x):
    """Never empty the leaf."""
    out = f(x)
    J = np.zeros((out.size, x.size))
    for i in range(out.size):
        d_out = np.zeros(out.size)
        d_out[i] = 1
        out.backward(tensor(d_out))
        J[i] = x.grad.to_numpy()
    return J


def ones_every_time(f, x):
    """Use a d_out of ones for every row."""
    out = f(x)
    J = np.zeros((out.size, x.size))
    for i in range(out.size):
        x.zero_grad()
        out.backward(tensor(np.ones(out.size)))
        J[i] = x.grad.to_numpy()
    return J


def one_backward(f, x):
    """Run one backward, on the sum."""
    x.zero_grad()
    f(x).sum().backward()
    return x.grad.to_numpy().copy()


def turned_round(f, x):
    """Put what a backward brings into a column."""
    out = f(x)
    J = np.zeros((x.size, out.size))
    for i in range(out.size):
        d_out = np.zeros(out.size)
        d_out[i] = 1
        x.zero_grad()
        out.backward(tensor(d_out))
        J[:, i] = x.grad.to_numpy()
    return J


def only_the_first(f, x):
    """Leave the 1 at the first output."""
    out = f(x)
    d_out = np.zeros(out.size)
    d_out[0] = 1
    J = np.zeros((out.size, x.size))
    for i in range(out.size):
        x.zero_grad()
        out.backward(tensor(d_out))
        J[i] = x.grad.to_numpy()
    return J


def a_row_for_each_input(f, x):
    """Run one backward for each input."""
    out = f(x)
    J = np.zeros((out.size, x.size))
    for i in range(x.size):
        d_out = np.zeros(out.size)
        d_out[i] = 1
        x.zero_grad()
        out.backward(tensor(d_out))
        J[i] = x.grad.to_numpy()
    return J


def into_columns(f, x):
    """Put what a backward brings into a column of a table of the right shape."""
    out = f(x)
    J = np.zeros((out.size, x.size))
    for i in range(out.size):
        d_out = np.zeros(out.size)
        d_out[i] = 1
        x.zero_grad()
        out.backward(tensor(d_out))
        J[:, i] = x.grad.to_numpy()
    return J


def returns_too_early(f, x):  # noqa: RET503 - the slip
    """Return from inside the loop."""
    out = f(x)
    J = np.zeros((out.size, x.size))
    for i in range(out.size):
        d_out = np.zeros(out.size)
        d_out[i] = 1
        x.zero_grad()
        out.backward(tensor(d_out))
        J[i] = x.grad.to_numpy()
        return J


def no_one_in_d_out(f, x):
    """Go back with a d_out of zeros, every time."""
    out = f(x)
    J = np.zeros((out.size, x.size))
    for i in range(out.size):
        d_out = np.zeros(out.size)
        x.zero_grad()
        out.backward(tensor(d_out))
        J[i] = x.grad.to_numpy()
    return J


def nothing_emptied(f, x):
    """Keep the last gradient in x.grad, and the last 1 in d_out."""
    out = f(x)
    J = np.zeros((out.size, x.size))
    d_out = np.zeros(out.size)
    for i in range(out.size):
        d_out[i] = 1
        out.backward(tensor(d_out))
        J[i] = x.grad.to_numpy()
    return J


def without_the_last_row(f, x):
    """End the loop one too early."""
    out = f(x)
    J = np.zeros((out.size, x.size))
    for i in range(out.size - 1):
        d_out = np.zeros(out.size)
        d_out[i] = 1
        x.zero_grad()
        out.backward(tensor(d_out))
        J[i] = x.grad.to_numpy()
    return J


def without_the_first_row(f, x):
    """Count the outputs from 1."""
    out = f(x)
    J = np.zeros((out.size, x.size))
    for i in range(1, out.size):
        d_out = np.zeros(out.size)
        d_out[i] = 1
        x.zero_grad()
        out.backward(tensor(d_out))
        J[i] = x.grad.to_numpy()
    return J


# -------------------- slips that need no rule --------------------


def no_d_out(f, x):
    """Call backward without d_out on a tensor of several cells."""
    out = f(x)
    J = np.zeros((out.size, x.size))
    for i in range(out.size):
        x.zero_grad()
        out.backward()
        J[i] = x.grad.to_numpy()
    return J


def d_out_like_x(f, x):
    """Give d_out the shape of x."""
    out = f(x)
    J = np.zeros((out.size, x.size))
    for i in range(out.size):
        d_out = np.zeros(x.size + 1)
        d_out[i] = 1
        x.zero_grad()
        out.backward(tensor(d_out))
        J[i] = x.grad.to_numpy()
    return J


def a_list(f, x):
    """Return a list of lists."""
    out = f(x)
    rows = []
    for i in range(out.size):
        x.zero_grad()
        out.backward(tensor(np.eye(out.size)[i]))
        rows.append(x.grad.tolist())
    return rows
