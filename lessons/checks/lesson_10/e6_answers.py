"""Answers to 10.E6 as learners write them: right ways, wrong rules, other slips."""

# -------------------- right ways --------------------


def detached_first(grad, shape):
    """Take the numbers of grad without its history."""
    from gradlab import unbroadcast

    return unbroadcast(grad.detach(), shape)


def recording_off(grad, shape):
    """Sum while nothing is recorded."""
    from gradlab import no_grad

    with no_grad():
        while grad.ndim > len(shape):
            grad = grad.sum(0)
        for dim, size in enumerate(shape):
            if grad.shape[dim] != size:
                grad = grad.sum(dim, keepdim=True)
        return grad.detach()


def detached_last(grad, shape):
    """Sum as always, and drop the history at the end."""
    while grad.ndim > len(shape):
        grad = grad.sum(0)
    for dim, size in enumerate(shape):
        if grad.shape[dim] != size:
            grad = grad.sum(dim, keepdim=True)
    return grad.detach()


# -------------------- wrong rules --------------------


def only_detached(grad, shape):
    """Drop the history, and forget to sum."""
    return grad.detach()


def means(grad, shape):
    """Take means."""
    grad = grad.detach()
    while grad.ndim > len(shape):
        grad = grad.mean(0)
    for dim, size in enumerate(shape):
        if grad.shape[dim] != size:
            grad = grad.mean(dim, keepdim=True)
    return grad


# -------------------- slips that need no rule --------------------


def recorded(grad, shape):
    """Sum as always."""
    while grad.ndim > len(shape):
        grad = grad.sum(0)
    for dim, size in enumerate(shape):
        if grad.shape[dim] != size:
            grad = grad.sum(dim, keepdim=True)
    return grad


def switches_the_input_off(grad, shape):
    """Tell grad that it needs no gradient any more."""
    from gradlab import unbroadcast

    grad.requires_grad = False
    return unbroadcast(grad, shape)


def passes_it_on(grad, shape):
    """Return grad itself where nothing has to be summed."""
    from gradlab import unbroadcast

    if grad.shape == tuple(shape):
        return grad
    return unbroadcast(grad.detach(), shape)
