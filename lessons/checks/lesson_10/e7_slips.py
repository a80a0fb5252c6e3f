"""Answers to 10.E7 with one slip in the dims compared or summed; each has its rule."""

# -------------------- the comparison of the kept dims --------------------


def refuses_other_shapes(grad, shape, to_keep):
    """Refuse as soon as the shapes differ anywhere."""
    if grad.shape != tuple(shape):
        raise ValueError("the shapes differ")
    while grad.ndim > len(shape):
        grad = grad.sum(0)
    for dim in range(len(shape) - to_keep):
        if grad.shape[dim] != shape[dim]:
            grad = grad.sum(dim, keepdim=True)
    return grad


def kept_with_the_whole(grad, shape, to_keep):
    """Compare the kept dims of the gradient with all of the shape."""
    kept = grad.shape[grad.ndim - to_keep :]
    if kept != tuple(shape):
        raise ValueError(f"{kept} is not {shape}")
    while grad.ndim > len(shape):
        grad = grad.sum(0)
    for dim in range(len(shape) - to_keep):
        if grad.shape[dim] != shape[dim]:
            grad = grad.sum(dim, keepdim=True)
    return grad


def kept_with_nothing(grad, shape, to_keep):
    """Start the kept dims of the gradient behind its end: none are left to compare."""
    kept = grad.shape[grad.ndim + to_keep :]
    if kept != tuple(shape)[len(shape) - to_keep :]:
        raise ValueError("the kept dims differ")
    while grad.ndim > len(shape):
        grad = grad.sum(0)
    for dim in range(len(shape) - to_keep):
        if grad.shape[dim] != shape[dim]:
            grad = grad.sum(dim, keepdim=True)
    return grad


def turned_round(grad, shape, to_keep):
    """Refuse the kept dims that are the same."""
    kept = grad.shape[grad.ndim - to_keep :]
    if kept == tuple(shape)[len(shape) - to_keep :]:
        raise ValueError("the kept dims differ")
    while grad.ndim > len(shape):
        grad = grad.sum(0)
    for dim in range(len(shape) - to_keep):
        if grad.shape[dim] != shape[dim]:
            grad = grad.sum(dim, keepdim=True)
    return grad


def first_compared(grad, shape, to_keep):
    """Compare the first to_keep dims."""
    if grad.shape[:to_keep] != tuple(shape)[:to_keep]:
        raise ValueError("the kept dims differ")
    while grad.ndim > len(shape):
        grad = grad.sum(0)
    for dim in range(len(shape) - to_keep):
        if grad.shape[dim] != shape[dim]:
            grad = grad.sum(dim, keepdim=True)
    return grad


def one_kept_too_many(grad, shape, to_keep):
    """Compare one dim more than is kept."""
    if grad.shape[-to_keep - 1 :] != tuple(shape)[-to_keep - 1 :]:
        raise ValueError("the kept dims differ")
    while grad.ndim > len(shape):
        grad = grad.sum(0)
    for dim in range(len(shape) - to_keep):
        if grad.shape[dim] != shape[dim]:
            grad = grad.sum(dim, keepdim=True)
    return grad


# -------------------- the sums in front of them --------------------


def never_drops(grad, shape, to_keep):
    """Compare and sum from the left; never drop a dim."""
    kept = grad.shape[grad.ndim - to_keep :]
    if kept != tuple(shape)[len(shape) - to_keep :]:
        raise ValueError("the kept dims differ")
    for dim in range(len(shape) - to_keep):
        if grad.shape[dim] != shape[dim]:
            grad = grad.sum(dim, keepdim=True)
    return grad


def one_sum_more(grad, shape, to_keep):
    """Sum one dim more away than rule 3 added."""
    kept = grad.shape[grad.ndim - to_keep :]
    if kept != tuple(shape)[len(shape) - to_keep :]:
        raise ValueError("the kept dims differ")
    for _ in range(grad.ndim - len(shape) + 1):
        grad = grad.sum(0)
    for dim in range(len(shape) - to_keep):
        if grad.shape[dim] != shape[dim]:
            grad = grad.sum(dim, keepdim=True)
    return grad


def sums_dim_one(grad, shape, to_keep):
    """Count dims from 1: the first of them is taken to be dim 1."""
    kept = grad.shape[grad.ndim - to_keep :]
    if kept != tuple(shape)[len(shape) - to_keep :]:
        raise ValueError("the kept dims differ")
    while grad.ndim > len(shape):
        grad = grad.sum(1)
    for dim in range(len(shape) - to_keep):
        if grad.shape[dim] != shape[dim]:
            grad = grad.sum(dim, keepdim=True)
    return grad


def from_the_right(grad, shape, to_keep):
    """Sum the dims on the right away until the ranks agree."""
    kept = grad.shape[grad.ndim - to_keep :]
    if kept != tuple(shape)[len(shape) - to_keep :]:
        raise ValueError("the kept dims differ")
    while grad.ndim > len(shape):
        grad = grad.sum(-1)
    for dim in range(len(shape) - to_keep):
        if grad.shape[dim] != shape[dim]:
            grad = grad.sum(dim, keepdim=True)
    return grad


def where_it_is_not_one(grad, shape, to_keep):
    """Sum where the shape has no 1."""
    kept = grad.shape[grad.ndim - to_keep :]
    if kept != tuple(shape)[len(shape) - to_keep :]:
        raise ValueError("the kept dims differ")
    while grad.ndim > len(shape):
        grad = grad.sum(0)
    for dim in range(len(shape) - to_keep):
        if shape[dim] != 1:
            grad = grad.sum(dim, keepdim=True)
    return grad


def beside_in_the_gradient(grad, shape, to_keep):
    """Look one place too far left in the gradient."""
    kept = grad.shape[grad.ndim - to_keep :]
    if kept != tuple(shape)[len(shape) - to_keep :]:
        raise ValueError("the kept dims differ")
    while grad.ndim > len(shape):
        grad = grad.sum(0)
    for dim in range(len(shape) - to_keep):
        if grad.shape[dim - 1] != shape[dim]:
            grad = grad.sum(dim, keepdim=True)
    return grad


def beside_in_the_shape(grad, shape, to_keep):
    """Look one place too far left in the shape."""
    kept = grad.shape[grad.ndim - to_keep :]
    if kept != tuple(shape)[len(shape) - to_keep :]:
        raise ValueError("the kept dims differ")
    while grad.ndim > len(shape):
        grad = grad.sum(0)
    for dim in range(len(shape) - to_keep):
        if grad.shape[dim] != shape[dim - 1]:
            grad = grad.sum(dim, keepdim=True)
    return grad


def starts_at_dim_one(grad, shape, to_keep):
    """Look for stretched dims from dim 1 on."""
    kept = grad.shape[grad.ndim - to_keep :]
    if kept != tuple(shape)[len(shape) - to_keep :]:
        raise ValueError("the kept dims differ")
    while grad.ndim > len(shape):
        grad = grad.sum(0)
    for dim in range(1, len(shape) - to_keep):
        if grad.shape[dim] != shape[dim]:
            grad = grad.sum(dim, keepdim=True)
    return grad


def one_place_too_far(grad, shape, to_keep):
    """Look for stretched dims one place into the kept ones."""
    kept = grad.shape[grad.ndim - to_keep :]
    if kept != tuple(shape)[len(shape) - to_keep :]:
        raise ValueError("the kept dims differ")
    while grad.ndim > len(shape):
        grad = grad.sum(0)
    for dim in range(len(shape) - to_keep + 1):
        if grad.shape[dim] != shape[dim]:
            grad = grad.sum(dim, keepdim=True)
    return grad


def drops_stretched(grad, shape, to_keep):
    """Sum the stretched dims away."""
    kept = grad.shape[grad.ndim - to_keep :]
    if kept != tuple(shape)[len(shape) - to_keep :]:
        raise ValueError("the kept dims differ")
    while grad.ndim > len(shape):
        grad = grad.sum(0)
    for dim in range(len(shape) - to_keep):
        if grad.shape[dim] != shape[dim]:
            grad = grad.sum(dim)
    return grad
