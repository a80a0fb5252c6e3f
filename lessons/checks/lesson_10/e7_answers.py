"""Answers to 10.E7 as learners write them: right ways, wrong rules, other slips."""

# -------------------- right ways --------------------


def compared_first(grad, shape, to_keep):
    """Compare the kept dims, then sum in front of them."""
    front = len(shape) - to_keep
    if grad.shape[grad.ndim - to_keep :] != tuple(shape)[front:]:
        raise ValueError(f"{grad.shape} and {shape} differ in the kept dims")
    while grad.ndim > len(shape):
        grad = grad.sum(0)
    for dim in range(front):
        if grad.shape[dim] != shape[dim]:
            grad = grad.sum(dim, keepdim=True)
    return grad


def compared_last(grad, shape, to_keep):
    """Sum in front of the kept dims, then see whether it fits."""
    while grad.ndim > len(shape):
        grad = grad.sum(0)
    for dim in range(len(shape) - to_keep):
        if grad.shape[dim] != shape[dim]:
            grad = grad.sum(dim, keepdim=True)
    if grad.shape != tuple(shape):
        raise ValueError(f"{grad.shape} is left, {shape} was asked")
    return grad


def one_sum(grad, shape, to_keep):
    """Collect the dims in front, sum once; view refuses what does not fit."""
    extra = grad.ndim - len(shape)
    ones = [extra + d for d in range(len(shape) - to_keep) if shape[d] == 1]
    summed = grad.sum((*range(extra), *ones), keepdim=True)
    if summed.shape[extra:] != tuple(shape):
        raise ValueError(f"{grad.shape} does not come from {shape}")
    return summed.view(*shape)


# -------------------- wrong rules --------------------


def ignores_to_keep(grad, shape, to_keep):
    """Sum every stretched dim."""
    while grad.ndim > len(shape):
        grad = grad.sum(0)
    for dim, size in enumerate(shape):
        if grad.shape[dim] != size:
            grad = grad.sum(dim, keepdim=True)
    return grad


def not_compared(grad, shape, to_keep):
    """Leave the kept dims alone, and do not look at them."""
    while grad.ndim > len(shape):
        grad = grad.sum(0)
    for dim in range(len(shape) - to_keep):
        if grad.shape[dim] != shape[dim]:
            grad = grad.sum(dim, keepdim=True)
    return grad


def keeps_the_first(grad, shape, to_keep):
    """Leave the first dims of the shape alone."""
    while grad.ndim > len(shape):
        grad = grad.sum(0)
    for dim in range(to_keep, len(shape)):
        if grad.shape[dim] != shape[dim]:
            grad = grad.sum(dim, keepdim=True)
    return grad


def always_two(grad, shape, to_keep):
    """Keep two dims, whatever was asked."""
    if grad.shape[-to_keep:] != tuple(shape)[-to_keep:] and to_keep:
        raise ValueError("the kept dims differ")
    while grad.ndim > len(shape):
        grad = grad.sum(0)
    for dim in range(len(shape) - 2):
        if grad.shape[dim] != shape[dim]:
            grad = grad.sum(dim, keepdim=True)
    return grad


def minus_zero(grad, shape, to_keep):
    """Cut with [-to_keep:], also where to_keep is 0."""
    if grad.shape[-to_keep:] != tuple(shape)[-to_keep:]:
        raise ValueError("the kept dims differ")
    while grad.ndim > len(shape):
        grad = grad.sum(0)
    for dim in range(len(shape) - to_keep):
        if grad.shape[dim] != shape[dim]:
            grad = grad.sum(dim, keepdim=True)
    return grad


def minus_zero_sums_nothing(grad, shape, to_keep):
    """Sum in front of [:-to_keep], also where to_keep is 0."""
    if to_keep and grad.shape[-to_keep:] != tuple(shape)[-to_keep:]:
        raise ValueError("the kept dims differ")
    while grad.ndim > len(shape):
        grad = grad.sum(0)
    for dim, size in enumerate(shape[:-to_keep]):
        if grad.shape[dim] != size:
            grad = grad.sum(dim, keepdim=True)
    return grad


def only_added(grad, shape, to_keep):
    """Sum over the added dims and stop."""
    kept = grad.shape[grad.ndim - to_keep :]
    if kept != tuple(shape)[len(shape) - to_keep :]:
        raise ValueError("the kept dims differ")
    while grad.ndim > len(shape):
        grad = grad.sum(0)
    return grad


def means(grad, shape, to_keep):
    """Take means."""
    kept = grad.shape[grad.ndim - to_keep :]
    if kept != tuple(shape)[len(shape) - to_keep :]:
        raise ValueError("the kept dims differ")
    while grad.ndim > len(shape):
        grad = grad.mean(0)
    for dim in range(len(shape) - to_keep):
        if grad.shape[dim] != shape[dim]:
            grad = grad.mean(dim, keepdim=True)
    return grad


# -------------------- slips that need no rule --------------------


def library(grad, shape, to_keep):
    """Let gradlab do it."""
    import gradlab

    return gradlab.unbroadcast(grad, shape, to_keep)
