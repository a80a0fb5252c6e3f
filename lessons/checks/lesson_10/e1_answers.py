"""Answers to 10.E1 as learners write them: right ways, wrong rules, other slips.

Each stands alone, imports included, so that it can be put into a notebook as it is.
"""

# -------------------- right ways --------------------


def dim_by_dim(grad, shape):
    """Sum the added dims away; then sum each stretched dim and keep it."""
    while grad.ndim > len(shape):
        grad = grad.sum(0)
    for dim, size in enumerate(shape):
        if grad.shape[dim] != size:
            grad = grad.sum(dim, keepdim=True)
    return grad


def all_at_once(grad, shape):
    """Collect the dims first, sum over all of them, then drop the added ones."""
    extra = grad.ndim - len(shape)
    added = list(range(extra))
    stretched = [extra + d for d, size in enumerate(shape) if size == 1]
    return grad.sum(tuple(added + stretched), keepdim=True).view(*shape)


def padded(grad, shape):
    """Give the shape the missing dims as ones, as rule 3 does; sum at every 1."""
    full = (1,) * (grad.ndim - len(shape)) + tuple(shape)
    for dim, size in enumerate(full):
        if size == 1:
            grad = grad.sum(dim, keepdim=True)
    return grad.view(*shape)


def cell_by_cell(grad, shape):
    """Bring every number to the cell that was read there, and add."""
    from gradlab import broadcast_index, indices, zeros

    out = zeros(shape)
    for index in indices(grad.shape):
        cell = broadcast_index(index, shape)
        out.set(cell, out.get(cell) + grad.get(index))
    return out


# -------------------- wrong rules --------------------


def nothing_summed(grad, shape):
    """Pass the gradient on as it came."""
    return grad


def drops_stretched(grad, shape):
    """Sum the stretched dims away."""
    while grad.ndim > len(shape):
        grad = grad.sum(0)
    for dim, size in enumerate(shape):
        if grad.shape[dim] != size:
            grad = grad.sum(dim)
    return grad


def drops_all_at_once(grad, shape):
    """Sum all repeated dims away in one go."""
    extra = grad.ndim - len(shape)
    repeated = [extra + d for d, n in enumerate(shape) if grad.shape[extra + d] != n]
    return grad.sum((*range(extra), *repeated))


def compared_from_the_left(grad, shape):
    """Compare and sum from the left; never drop a dim."""
    for dim, size in enumerate(shape):
        if grad.shape[dim] != size:
            grad = grad.sum(dim, keepdim=True)
    return grad


def means(grad, shape):
    """Take the mean where a sum is meant."""
    while grad.ndim > len(shape):
        grad = grad.mean(0)
    for dim, size in enumerate(shape):
        if grad.shape[dim] != size:
            grad = grad.mean(dim, keepdim=True)
    return grad


def mean_over_added(grad, shape):
    """Take the mean over the added dims, the sum over the stretched ones."""
    while grad.ndim > len(shape):
        grad = grad.mean(0)
    for dim, size in enumerate(shape):
        if grad.shape[dim] != size:
            grad = grad.sum(dim, keepdim=True)
    return grad


def from_the_right(grad, shape):
    """Sum the dims on the right away until the ranks agree."""
    while grad.ndim > len(shape):
        grad = grad.sum(-1)
    for dim, size in enumerate(shape):
        if grad.shape[dim] != size:
            grad = grad.sum(dim, keepdim=True)
    return grad


def ones_from_the_right(grad, shape):
    """Sum the dims on the right away; then sum where the shape has a 1."""
    while grad.ndim > len(shape):
        grad = grad.sum(-1)
    for dim, size in enumerate(shape):
        if size == 1:
            grad = grad.sum(dim, keepdim=True)
    return grad


def one_added_dim(grad, shape):
    """Take it that rule 3 adds one dim at most."""
    if grad.ndim > len(shape):
        grad = grad.sum(0)
    for dim, size in enumerate(shape):
        if grad.shape[dim] != size:
            grad = grad.sum(dim, keepdim=True)
    return grad


def moving_places(grad, shape):
    """Count the added dims up while they are summed away."""
    for dim in range(grad.ndim - len(shape)):
        grad = grad.sum(dim)
    for dim, size in enumerate(shape):
        if grad.shape[dim] != size:
            grad = grad.sum(dim, keepdim=True)
    return grad


def only_added(grad, shape):
    """Sum over the added dims and stop."""
    while grad.ndim > len(shape):
        grad = grad.sum(0)
    return grad


def keeps_added(grad, shape):
    """Sum where it must be summed, and keep every dim."""
    full = (1,) * (grad.ndim - len(shape)) + tuple(shape)
    for dim, size in enumerate(full):
        if size == 1:
            grad = grad.sum(dim, keepdim=True)
    return grad


def only_stretched(grad, shape):
    """Sum over the stretched dims; the added ones stay."""
    extra = grad.ndim - len(shape)
    for dim, size in enumerate(shape):
        if grad.shape[extra + dim] != size:
            grad = grad.sum(extra + dim, keepdim=True)
    return grad


def counted_from_the_left(grad, shape):
    """Sum the stretched dims at the places that they have in the shape."""
    for dim, size in enumerate(shape):
        if size == 1 and dim < grad.ndim:
            grad = grad.sum(dim, keepdim=True)
    while grad.ndim > len(shape):
        grad = grad.sum(0)
    return grad


def everything(grad, shape):
    """Sum all numbers as soon as the shapes differ."""
    if grad.shape == tuple(shape):
        return grad
    return grad.sum().expand(*shape)


def last_one_wins(grad, shape):
    """Write every number into its cell, over the one that was there."""
    from gradlab import broadcast_index, indices, zeros

    out = zeros(shape)
    for index in indices(grad.shape):
        out.set(broadcast_index(index, shape), grad.get(index))
    return out


def first_one_only(grad, shape):
    """Take the first of the repeated numbers."""
    while grad.ndim > len(shape):
        grad = grad[0]
    return grad[tuple(slice(0, size) for size in shape)]


def more_than_one(grad, shape):
    """Sum only where the stretched dim has more than one cell."""
    while grad.ndim > len(shape):
        grad = grad.sum(0)
    for dim, size in enumerate(shape):
        if size == 1 and grad.shape[dim] > 1:
            grad = grad.sum(dim, keepdim=True)
    return grad


# -------------------- slips that need no rule --------------------


def a_list(grad, shape):
    """Return nested lists."""
    while grad.ndim > len(shape):
        grad = grad.sum(0)
    for dim, size in enumerate(shape):
        if grad.shape[dim] != size:
            grad = grad.sum(dim, keepdim=True)
    return grad.tolist()


def renamed_places(grad, shape):
    """Ask view for the other shape."""
    return grad.view(*shape)


def library(grad, shape):
    """Let gradlab do it."""
    import gradlab

    return gradlab.unbroadcast(grad, shape)
