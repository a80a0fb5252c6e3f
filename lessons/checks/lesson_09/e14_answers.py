"""Answers to 09.E14 as learners write them: finding the cells that are wrong.

Each stands alone, so that it can be put into a notebook as it is.
"""

from __future__ import annotations

from gradlab import indices, tensor

# -------------------- right ways --------------------


def two_steps_each(fn, x, d_out, grad):
    """Step to both sides in each cell, and weigh the difference with d_out."""
    step, wrong = 1e-6, []
    for index in indices(x.shape):
        up, down = tensor(x.tolist()), tensor(x.tolist())
        up.set(index, x.get(index) + step)
        down.set(index, x.get(index) - step)
        difference = (fn.apply(up) - fn.apply(down)) * d_out
        slope = difference.sum().item() / (2 * step)
        if abs(slope - grad.get(index)) > 1e-4:
            wrong.append(index)
    return wrong


def one_number_first(fn, x, d_out, grad):
    """Make one number of the result first, then measure how it moves."""

    def total(index, step):
        moved = tensor(x.tolist())
        moved.set(index, x.get(index) + step)
        return (fn.apply(moved) * d_out).sum().item()

    wrong = []
    for index in indices(x.shape):
        slope = (total(index, 1e-5) - total(index, -1e-5)) / 2e-5
        if not abs(slope - grad.get(index)) <= 1e-4:
            wrong.append(index)
    return wrong


def with_arrays(fn, x, d_out, grad):
    """Move cells of a NumPy array."""
    wrong = []
    for index in indices(x.shape):
        ends = []
        for step in (1e-6, -1e-6):
            moved = x.to_numpy().copy()
            moved[index] += step
            ends.append((fn.apply(tensor(moved)).to_numpy() * d_out.to_numpy()).sum())
        slope = (ends[0] - ends[1]) / 2e-6
        if abs(slope - grad.get(index)) > 1e-4 * max(1.0, abs(slope)):
            wrong.append(index)
    return wrong


# -------------------- wrong rules --------------------


def without_d_out(fn, x, d_out, grad):
    """Add the results up without weighing them."""
    wrong = []
    for index in indices(x.shape):
        up, down = tensor(x.tolist()), tensor(x.tolist())
        up.set(index, x.get(index) + 1e-6)
        down.set(index, x.get(index) - 1e-6)
        slope = (fn.apply(up) - fn.apply(down)).sum().item() / 2e-6
        if abs(slope - grad.get(index)) > 1e-4:
            wrong.append(index)
    return wrong


def first_cell_only(fn, x, d_out, grad):
    """Look at one cell."""
    for index in indices(x.shape):
        up, down = tensor(x.tolist()), tensor(x.tolist())
        up.set(index, x.get(index) + 1e-6)
        down.set(index, x.get(index) - 1e-6)
        slope = ((fn.apply(up) - fn.apply(down)) * d_out).sum().item() / 2e-6
        return [index] if abs(slope - grad.get(index)) > 1e-4 else []
    return []


def stops_at_the_first(fn, x, d_out, grad):
    """Return as soon as one cell is wrong."""
    for index in indices(x.shape):
        up, down = tensor(x.tolist()), tensor(x.tolist())
        up.set(index, x.get(index) + 1e-6)
        down.set(index, x.get(index) - 1e-6)
        slope = ((fn.apply(up) - fn.apply(down)) * d_out).sum().item() / 2e-6
        if abs(slope - grad.get(index)) > 1e-4:
            return [index]
    return []


def too_large_only(fn, x, d_out, grad):
    """Forget that a difference has a sign."""
    wrong = []
    for index in indices(x.shape):
        up, down = tensor(x.tolist()), tensor(x.tolist())
        up.set(index, x.get(index) + 1e-6)
        down.set(index, x.get(index) - 1e-6)
        slope = ((fn.apply(up) - fn.apply(down)) * d_out).sum().item() / 2e-6
        if grad.get(index) - slope > 1e-4:
            wrong.append(index)
    return wrong


def not_halved(fn, x, d_out, grad):
    """Divide by one step where two were made."""
    wrong = []
    for index in indices(x.shape):
        up, down = tensor(x.tolist()), tensor(x.tolist())
        up.set(index, x.get(index) + 1e-6)
        down.set(index, x.get(index) - 1e-6)
        slope = ((fn.apply(up) - fn.apply(down)) * d_out).sum().item() / 1e-6
        if abs(slope - grad.get(index)) > 1e-4:
            wrong.append(index)
    return wrong


def the_right_ones(fn, x, d_out, grad):
    """Name the cells that agree."""
    right = []
    for index in indices(x.shape):
        up, down = tensor(x.tolist()), tensor(x.tolist())
        up.set(index, x.get(index) + 1e-6)
        down.set(index, x.get(index) - 1e-6)
        slope = ((fn.apply(up) - fn.apply(down)) * d_out).sum().item() / 2e-6
        if abs(slope - grad.get(index)) < 1e-4:
            right.append(index)
    return right


def exactly_equal(fn, x, d_out, grad):
    """Ask for equal numbers, down to the last digit."""
    wrong = []
    for index in indices(x.shape):
        up, down = tensor(x.tolist()), tensor(x.tolist())
        up.set(index, x.get(index) + 1e-6)
        down.set(index, x.get(index) - 1e-6)
        slope = ((fn.apply(up) - fn.apply(down)) * d_out).sum().item() / 2e-6
        if slope != grad.get(index):
            wrong.append(index)
    return wrong


def own_cell_only(fn, x, d_out, grad):
    """Look at the cell of the result that has x's own index."""
    wrong = []
    for index in indices(x.shape):
        up, down = tensor(x.tolist()), tensor(x.tolist())
        up.set(index, x.get(index) + 1e-6)
        down.set(index, x.get(index) - 1e-6)
        slope = (fn.apply(up).get(index) - fn.apply(down).get(index)) / 2e-6
        if abs(slope * d_out.get(index) - grad.get(index)) > 1e-4:
            wrong.append(index)
    return wrong


def x_twice(fn, x, d_out, grad):
    """Move one tensor under two names, and find that nothing moved."""
    wrong = []
    moved = tensor(x.tolist())
    for index in indices(x.shape):
        up = down = moved
        up.set(index, x.get(index) + 1e-6)
        down.set(index, x.get(index) - 1e-6)
        slope = ((fn.apply(up) - fn.apply(down)) * d_out).sum().item() / 2e-6
        if abs(slope - grad.get(index)) > 1e-4:
            wrong.append(index)
    return wrong


def down_minus_up(fn, x, d_out, grad):
    """Take the two results from each other the wrong way round."""
    wrong = []
    for index in indices(x.shape):
        up, down = tensor(x.tolist()), tensor(x.tolist())
        up.set(index, x.get(index) + 1e-6)
        down.set(index, x.get(index) - 1e-6)
        slope = ((fn.apply(down) - fn.apply(up)) * d_out).sum().item() / 2e-6
        if abs(slope - grad.get(index)) > 1e-4:
            wrong.append(index)
    return wrong


def coarse_step(fn, x, d_out, grad):
    """Take wide steps, with the tolerance that suits small ones."""
    step, wrong = 0.01, []
    for index in indices(x.shape):
        up, down = tensor(x.tolist()), tensor(x.tolist())
        up.set(index, x.get(index) + step)
        down.set(index, x.get(index) - step)
        difference = (fn.apply(up) - fn.apply(down)) * d_out
        slope = difference.sum().item() / (2 * step)
        if abs(slope - grad.get(index)) > 1e-4:
            wrong.append(index)
    return wrong


def coarse_step_fine_tolerance(fn, x, d_out, grad):
    """Take wide steps, and allow next to nothing."""
    step, wrong = 0.01, []
    for index in indices(x.shape):
        up, down = tensor(x.tolist()), tensor(x.tolist())
        up.set(index, x.get(index) + step)
        down.set(index, x.get(index) - step)
        difference = (fn.apply(up) - fn.apply(down)) * d_out
        slope = difference.sum().item() / (2 * step)
        if abs(slope - grad.get(index)) > 1e-6:
            wrong.append(index)
    return wrong


def never_put_back(fn, x, d_out, grad):
    """Make one copy for all cells: what was moved stays moved."""
    step, wrong = 1e-6, []
    moved = tensor(x.tolist())
    start = (fn.apply(x) * d_out).sum().item()
    for index in indices(x.shape):
        moved.set(index, x.get(index) + step)
        slope = ((fn.apply(moved) * d_out).sum().item() - start) / step
        if abs(slope - grad.get(index)) > 1e-3:
            wrong.append(index)
    return wrong


# -------------------- slips that need no rule --------------------


def moves_x(fn, x, d_out, grad):
    """Move the caller's own tensor."""
    wrong = []
    for index in indices(x.shape):
        old = (fn.apply(x) * d_out).sum().item()
        x.set(index, x.get(index) + 1e-3)
        slope = ((fn.apply(x) * d_out).sum().item() - old) / 1e-3
        if abs(slope - grad.get(index)) > 0.2:
            wrong.append(index)
    return wrong


def asks_backward(fn, x, d_out, grad):
    """Hold one backward against another."""
    leaf = tensor(x.tolist(), requires_grad=True)
    fn.apply(leaf).backward(d_out)
    pairs = ((index, leaf.grad.get(index)) for index in indices(x.shape))
    return [index for index, d in pairs if abs(d - grad.get(index)) > 1e-4]
