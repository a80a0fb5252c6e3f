"""Answers to 08.E6 as learners write them: right ways, wrong rules, other slips."""

from __future__ import annotations

import numpy as np

from gradlab import tensor

# -------------------- right ways --------------------


def one_copy_each(f, x, h):
    """Copy the cells, move one up and down, and fill a column."""
    cells = x.to_numpy()
    columns = []
    for j in range(x.size):
        up, down = cells.copy(), cells.copy()
        up[j] += h
        down[j] -= h
        change = f(tensor(up)).to_numpy() - f(tensor(down)).to_numpy()
        columns.append(change / (2 * h))
    return np.array(columns).T


def with_steps(f, x, h):
    """Add and take away a step that is h at one place."""
    J = np.zeros((f(x).size, x.size))
    for j in range(x.size):
        step = np.zeros(x.size)
        step[j] = h
        change = f(x + tensor(step)) - f(x - tensor(step))
        J[:, j] = (change / (2 * h)).to_numpy()
    return J


def cell_by_cell(f, x, h):
    """Fill the table number by number, from lists."""
    K, D = f(x).size, x.size
    J = np.zeros((K, D))
    for i in range(K):
        for j in range(D):
            up, down = x.tolist(), x.tolist()
            up[j] += h
            down[j] -= h
            J[i, j] = (f(tensor(up)).tolist()[i] - f(tensor(down)).tolist()[i]) / 2 / h
    return J


# -------------------- wrong rules --------------------


def forward_difference(f, x, h):
    """Move up only, and compare with where it started."""
    J = np.zeros((f(x).size, x.size))
    for j in range(x.size):
        step = np.zeros(x.size)
        step[j] = h
        J[:, j] = ((f(x + tensor(step)) - f(x)) / h).to_numpy()
    return J


def backward_difference(f, x, h):
    """Move down only, and compare with where it started."""
    J = np.zeros((f(x).size, x.size))
    for j in range(x.size):
        step = np.zeros(x.size)
        step[j] = h
        J[:, j] = ((f(x) - f(x - tensor(step))) / h).to_numpy()
    return J


def divides_by_h(f, x, h):
    """Move both ways, and divide by one h."""
    J = np.zeros((f(x).size, x.size))
    for j in range(x.size):
        step = np.zeros(x.size)
        step[j] = h
        J[:, j] = ((f(x + tensor(step)) - f(x - tensor(step))) / h).to_numpy()
    return J


def half_a_step(f, x, h):
    """Move up only, and divide by 2 h."""
    J = np.zeros((f(x).size, x.size))
    for j in range(x.size):
        step = np.zeros(x.size)
        step[j] = h
        J[:, j] = ((f(x + tensor(step)) - f(x)) / (2 * h)).to_numpy()
    return J


def never_divides(f, x, h):
    """Leave the change as it is."""
    J = np.zeros((f(x).size, x.size))
    for j in range(x.size):
        step = np.zeros(x.size)
        step[j] = h
        J[:, j] = (f(x + tensor(step)) - f(x - tensor(step))).to_numpy()
    return J


def turned_round(f, x, h):
    """Put the changes into rows."""
    J = np.zeros((x.size, f(x).size))
    for j in range(x.size):
        step = np.zeros(x.size)
        step[j] = h
        change = f(x + tensor(step)) - f(x - tensor(step))
        J[j] = (change / (2 * h)).to_numpy()
    return J


def moves_all(f, x, h):
    """Move all cells at once."""
    J = np.zeros((f(x).size, x.size))
    for j in range(x.size):
        J[:, j] = ((f(x + h) - f(x - h)) / (2 * h)).to_numpy()
    return J


def never_moves_back(f, x, h):
    """Leave the cells moved that were moved before."""
    J = np.zeros((f(x).size, x.size))
    step = np.zeros(x.size)
    for j in range(x.size):
        step[j] = h
        change = f(x + tensor(step)) - f(x - tensor(step))
        J[:, j] = (change / (2 * h)).to_numpy()
    return J


def outputs_added(f, x, h):
    """Add the outputs up before comparing."""
    gradient = np.zeros(x.size)
    for j in range(x.size):
        step = np.zeros(x.size)
        step[j] = h
        change = f(x + tensor(step)).sum() - f(x - tensor(step)).sum()
        gradient[j] = change.item() / (2 * h)
    return gradient


def moves_all_once(f, x, h):
    """Move all cells at once, and take what comes for the table."""
    return ((f(x + h) - f(x - h)) / (2 * h)).to_numpy()


def by_two_times_h(f, x, h):
    """Divide by 2, then multiply by h."""
    J = np.zeros((f(x).size, x.size))
    for j in range(x.size):
        step = np.zeros(x.size)
        step[j] = h
        J[:, j] = ((f(x + tensor(step)) - f(x - tensor(step))) / 2 * h).to_numpy()
    return J


def one_array_twice(f, x, h):
    """Give one array two names, and move it up and down again."""
    J = np.zeros((f(x).size, x.size))
    for j in range(x.size):
        up = down = x.to_numpy().copy()
        up[j] += h
        down[j] -= h
        J[:, j] = ((f(tensor(up)) - f(tensor(down))) / (2 * h)).to_numpy()
    return J


def down_minus_up(f, x, h):
    """Take away in the wrong order."""
    J = np.zeros((f(x).size, x.size))
    for j in range(x.size):
        step = np.zeros(x.size)
        step[j] = h
        change = f(x - tensor(step)) - f(x + tensor(step))
        J[:, j] = (change / (2 * h)).to_numpy()
    return J


def half_of_h_each_way(f, x, h):
    """Move up and down by half of h, and divide by h."""
    J = np.zeros((f(x).size, x.size))
    for j in range(x.size):
        step = np.zeros(x.size)
        step[j] = h / 2
        J[:, j] = ((f(x + tensor(step)) - f(x - tensor(step))) / h).to_numpy()
    return J


def half_of_h_over_2h(f, x, h):
    """Move up and down by half of h, and divide by 2 h."""
    J = np.zeros((f(x).size, x.size))
    for j in range(x.size):
        step = np.zeros(x.size)
        step[j] = h / 2
        J[:, j] = ((f(x + tensor(step)) - f(x - tensor(step))) / (2 * h)).to_numpy()
    return J


def a_step_of_its_own(f, x, h):
    """Measure with a small step, whatever h is."""
    small = 1e-5
    J = np.zeros((f(x).size, x.size))
    for j in range(x.size):
        step = np.zeros(x.size)
        step[j] = small
        J[:, j] = ((f(x + tensor(step)) - f(x - tensor(step))) / (2 * small)).to_numpy()
    return J


# -------------------- slips that need no rule --------------------


def moves_x_itself(f, x, h):
    """Move the learner's own x, and leave it there."""
    J = np.zeros((f(x).size, x.size))
    for j in range(x.size):
        x.set((j,), x.get((j,)) + h)
        up = f(x).to_numpy()
        x.set((j,), x.get((j,)) - 2 * h)
        J[:, j] = (up - f(x).to_numpy()) / (2 * h)
    return J


def a_tensor(f, x, h):
    """Return a tensor."""
    J = np.zeros((f(x).size, x.size))
    for j in range(x.size):
        step = np.zeros(x.size)
        step[j] = h
        change = f(x + tensor(step)) - f(x - tensor(step))
        J[:, j] = (change / (2 * h)).to_numpy()
    return tensor(J)


def exact(f, x, h):
    """Let gradlab differentiate."""
    from gradlab import jacobian

    return jacobian(f, x).to_numpy()
