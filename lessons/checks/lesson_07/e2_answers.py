"""Answers to 07.E2 as learners write them: right ways, wrong rules, other slips.

Each stands alone, so that it can be put into a notebook as it is.
"""

# -------------------- right ways --------------------


def choose(out_index, shape):
    """Read cell 0 where the size is 1, else keep the index."""
    extra = len(out_index) - len(shape)
    return tuple(0 if n == 1 else i for i, n in zip(out_index[extra:], shape))


def remainder(out_index, shape):
    """Divide by the size and keep the remainder: i % 1 is 0, else i % n is i."""
    extra = len(out_index) - len(shape)
    return tuple(i % n for i, n in zip(out_index[extra:], shape))


def smaller(out_index, shape):
    """Stop at the last cell: min(i, 0) is 0, else min(i, n - 1) is i."""
    index = []
    for dim in range(-len(shape), 0):
        index.append(min(out_index[dim], shape[dim] - 1))
    return tuple(index)


# -------------------- wrong rules --------------------


def left_aligned(out_index, shape):
    """Use the first indices."""
    return tuple(0 if n == 1 else i for i, n in zip(out_index, shape))


def first_indices_kept(out_index, shape):
    """Use the first indices as they are."""
    return tuple(out_index[: len(shape)])


def keeps_index(out_index, shape):
    """Keep the index even where the size is 1."""
    return tuple(out_index[len(out_index) - len(shape) :])


def keeps_all_dims(out_index, shape):
    """Return as many indices as the output has."""
    padded = (1,) * (len(out_index) - len(shape)) + tuple(shape)
    return tuple(0 if n == 1 else i for i, n in zip(out_index, padded))


def slice_from_minus_zero(out_index, shape):
    """Slice from -len(shape), which is the whole index when shape is ()."""
    index = list(out_index[-len(shape) :])
    for dim, n in enumerate(shape):
        if n == 1:
            index[dim] = 0
    return tuple(index)


def never_turned_back(out_index, shape):
    """Collect from the right and leave it in that order."""
    pairs = zip(reversed(out_index), reversed(shape))
    return tuple(0 if n == 1 else i for i, n in pairs)


def always_zero(out_index, shape):
    """Read the first cell for every output."""
    return (0,) * len(shape)


def one_for_one(out_index, shape):
    """Write the size 1 itself where the index 0 belongs."""
    extra = len(out_index) - len(shape)
    return tuple(1 if n == 1 else i for i, n in zip(out_index[extra:], shape))


def choice_turned_round(out_index, shape):
    """Swap the two ends of the choice: keep the index where the size is 1."""
    extra = len(out_index) - len(shape)
    return tuple(i if n == 1 else 0 for i, n in zip(out_index[extra:], shape))


def last_cell_from_the_end(out_index, shape):
    """Call the only cell of a dim of size 1 by its number from the end."""
    extra = len(out_index) - len(shape)
    return tuple(-1 if n == 1 else i for i, n in zip(out_index[extra:], shape))


def zero_beside_a_two(out_index, shape):
    """Ask whether the size is 2 where 1 is the question."""
    index = list(out_index[len(out_index) - len(shape) :])
    for dim, n in enumerate(shape):
        if n == 2:
            index[dim] = 0
    return tuple(index)


def from_the_rank_on(out_index, shape):
    """Leave out as many indices as the input has dims."""
    own = out_index[len(shape) :]
    return tuple(0 if n == 1 else i for i, n in zip(own, shape))


def a_size_for_every_index(out_index, shape):
    """Go through the output's dims, and ask the input for a size in each."""
    index = []
    for dim in range(len(out_index)):
        index.append(0 if shape[dim] == 1 else out_index[dim])
    return tuple(index)


def first_index_only(out_index, shape):  # noqa: RET503 - its slip
    """Return within the loop, from the left."""
    extra = len(out_index) - len(shape)
    index = []
    for i, n in zip(out_index[extra:], shape):
        index.append(0 if n == 1 else i)
        return tuple(index)


def last_index_only(out_index, shape):  # noqa: RET503 - its slip
    """Return within the loop, from the right."""
    index = []
    for i, n in zip(reversed(out_index), reversed(shape)):
        index.append(0 if n == 1 else i)
        return tuple(reversed(index))


def first_dim_only(out_index, shape):  # noqa: RET503 - its slip
    """Return within the loop that puts the 0s, after the first dim."""
    index = list(out_index[len(out_index) - len(shape) :])
    for dim, n in enumerate(shape):
        if n == 1:
            index[dim] = 0
        return tuple(index)


# -------------------- slips that need no rule --------------------


def changes_out_index(out_index, shape):
    """Shorten the list that belongs to the caller."""
    index = out_index if isinstance(out_index, list) else list(out_index)
    while len(index) > len(shape):
        del index[0]
    for dim, n in enumerate(shape):
        if n == 1:
            index[dim] = 0
    return tuple(index)


def a_list(out_index, shape):
    """Return the indices in a list."""
    extra = len(out_index) - len(shape)
    return [0 if n == 1 else i for i, n in zip(out_index[extra:], shape)]
