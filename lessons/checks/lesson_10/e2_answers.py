"""Answers to 10.E2 as learners write them: right ways, wrong rules, other slips."""

# -------------------- right ways --------------------


def d_everywhere(a, b, d):
    """Put d into every cell of the result, then sum back."""
    from gradlab import shape_broadcast, unbroadcast, zeros

    d_out = zeros(shape_broadcast(a.shape, b.shape)) + d
    return unbroadcast(d_out, a.shape), unbroadcast(d_out, b.shape)


def by_counting(a, b, d):
    """Count how often each cell was read: every time brings d."""
    from gradlab import zeros

    cells = (a + b).size
    return (
        zeros(a.shape) + d * (cells // a.size),
        zeros(b.shape) + d * (cells // b.size),
    )


def from_the_sum(a, b, d):
    """Take the result itself for its shape."""
    from gradlab import unbroadcast

    d_out = (a + b) * 0 + d
    return tuple(unbroadcast(d_out, each.shape) for each in (a, b))


# -------------------- wrong rules --------------------


def each_cell_once(a, b, d):
    """Give every cell d, however often it was read."""
    from gradlab import zeros

    return zeros(a.shape) + d, zeros(b.shape) + d


def forgets_d(a, b, d):
    """Count the readings, and leave d out."""
    from gradlab import ones, shape_broadcast, unbroadcast

    readings = ones(shape_broadcast(a.shape, b.shape))
    return unbroadcast(readings, a.shape), unbroadcast(readings, b.shape)


def on_the_result(a, b, d):
    """Return both gradients on the shape of the result."""
    from gradlab import shape_broadcast, zeros

    d_out = zeros(shape_broadcast(a.shape, b.shape)) + d
    return d_out, d_out


def only_b(a, b, d):
    """Take it that only b was stretched."""
    from gradlab import shape_broadcast, unbroadcast, zeros

    d_out = zeros(shape_broadcast(a.shape, b.shape)) + d
    return zeros(a.shape) + d, unbroadcast(d_out, b.shape)


def times_the_values(a, b, d):
    """Send the numbers of the result back."""
    from gradlab import unbroadcast

    back = (a + b) * d
    return unbroadcast(back, a.shape), unbroadcast(back, b.shape)


def as_of_a_mean(a, b, d):
    """Share d among the cells of the result."""
    from gradlab import unbroadcast

    total = a + b
    d_out = total * 0 + d / total.size
    return unbroadcast(d_out, a.shape), unbroadcast(d_out, b.shape)


def turned_round(a, b, d):
    """Return the gradient of b first."""
    from gradlab import shape_broadcast, unbroadcast, zeros

    d_out = zeros(shape_broadcast(a.shape, b.shape)) + d
    return unbroadcast(d_out, b.shape), unbroadcast(d_out, a.shape)


# -------------------- slips that need no rule --------------------


def only_one(a, b, d):
    """Return one gradient."""
    from gradlab import zeros

    return zeros(a.shape) + d


def by_the_engine(a, b, d):
    """Let backward do it."""
    from gradlab import tensor

    a = tensor(a.tolist(), requires_grad=True)
    b = tensor(b.tolist(), requires_grad=True)
    (a + b).sum().backward(tensor(d))
    return a.grad, b.grad
