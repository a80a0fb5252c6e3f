"""Answers to 10.E1 with one slip in the dims that they walk; each has its wrong rule.

Each stands alone, imports included, so that it can be put into a notebook as it is.
"""


def sums_dim_one(grad, shape):
    """Count dims from 1: the first of them is taken to be dim 1."""
    while grad.ndim > len(shape):
        grad = grad.sum(1)
    for dim, size in enumerate(shape):
        if grad.shape[dim] != size:
            grad = grad.sum(dim, keepdim=True)
    return grad


def one_sum_more(grad, shape):
    """Sum one dim more away than rule 3 added."""
    for _ in range(grad.ndim - len(shape) + 1):
        grad = grad.sum(0)
    for dim, size in enumerate(shape):
        if grad.shape[dim] != size:
            grad = grad.sum(dim, keepdim=True)
    return grad


def where_it_is_not_one(grad, shape):
    """Sum where the shape has no 1."""
    while grad.ndim > len(shape):
        grad = grad.sum(0)
    for dim, size in enumerate(shape):
        if size != 1:
            grad = grad.sum(dim, keepdim=True)
    return grad


def beside(grad, shape):
    """Compare each size with the one to the left of its place."""
    while grad.ndim > len(shape):
        grad = grad.sum(0)
    for dim, size in enumerate(shape):
        if grad.shape[dim - 1] != size:
            grad = grad.sum(dim, keepdim=True)
    return grad


def starts_at_dim_one(grad, shape):
    """Look for stretched dims from dim 1 on."""
    while grad.ndim > len(shape):
        grad = grad.sum(0)
    for dim in range(1, len(shape)):
        if grad.shape[dim] != shape[dim]:
            grad = grad.sum(dim, keepdim=True)
    return grad


def stops_before_the_last(grad, shape):
    """Look for stretched dims up to the last but one."""
    while grad.ndim > len(shape):
        grad = grad.sum(0)
    for dim in range(len(shape) - 1):
        if grad.shape[dim] != shape[dim]:
            grad = grad.sum(dim, keepdim=True)
    return grad
