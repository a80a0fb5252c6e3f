"""Answers to 07.E3 as learners write them: right ways, wrong rules, other slips.

Each stands alone, imports included, so that it can be put into a notebook as it is.
"""

# -------------------- right ways --------------------


def index_by_index(fn, a, b, out):
    """Walk the output's indices; ask broadcast_index for each source."""
    from gradlab import broadcast_index, indices

    for index in indices(out.shape):
        x = a.get(broadcast_index(index, a.shape))
        y = b.get(broadcast_index(index, b.shape))
        out.set(index, fn(x, y))


def number_by_number(fn, a, b, out):
    """Count the output's cells 0, 1, 2, ... and turn each number into an index."""
    from gradlab import broadcast_index, to_index

    for ordinal in range(out.size):
        index = to_index(ordinal, out.shape)
        sources = (t.get(broadcast_index(index, t.shape)) for t in (a, b))
        out.set(index, fn(*sources))


def with_stride_zero(fn, a, b, out):
    """Give a stretched dim the stride 0, then walk both storages."""
    from gradlab import index_to_position, indices

    def stretched(t):
        missing = out.ndim - t.ndim
        own = (0 if n == 1 else s for n, s in zip(t.shape, t.strides))
        return (0,) * missing + tuple(own)

    places = [(t.storage, t.offset, stretched(t)) for t in (a, b)]
    for index in indices(out.shape):
        x, y = (
            float(store[start + index_to_position(index, strides)])
            for store, start, strides in places
        )
        out.set(index, fn(x, y))


# -------------------- wrong rules --------------------


def flat_position(fn, a, b, out):
    """Walk the storages side by side."""
    from gradlab import to_index

    for position in range(out.size):
        x, y = float(a.storage[position]), float(b.storage[position])
        out.set(to_index(position, out.shape), fn(x, y))


def same_index(fn, a, b, out):
    """Ask both inputs for the output's own index."""
    from gradlab import indices

    for index in indices(out.shape):
        out.set(index, fn(a.get(index), b.get(index)))


def same_index_in_a(fn, a, b, out):
    """Ask the first input for the output's own index."""
    from gradlab import broadcast_index, indices

    for index in indices(out.shape):
        out.set(index, fn(a.get(index), b.get(broadcast_index(index, b.shape))))


def same_index_in_b(fn, a, b, out):
    """Ask the second input for the output's own index."""
    from gradlab import broadcast_index, indices

    for index in indices(out.shape):
        out.set(index, fn(a.get(broadcast_index(index, a.shape)), b.get(index)))


def one_index_for_both(fn, a, b, out):
    """Ask the second input for the index that was found for the first."""
    from gradlab import broadcast_index, indices

    for index in indices(out.shape):
        source = broadcast_index(index, a.shape)
        out.set(index, fn(a.get(source), b.get(source)))


def swapped(fn, a, b, out):
    """Hand the two numbers over in the wrong order."""
    from gradlab import broadcast_index, indices

    for index in indices(out.shape):
        x = a.get(broadcast_index(index, a.shape))
        y = b.get(broadcast_index(index, b.shape))
        out.set(index, fn(y, x))


def only_returns(fn, a, b, out):
    """Return the numbers and leave out as it came."""
    from gradlab import broadcast_index, indices

    return [
        fn(a.get(broadcast_index(i, a.shape)), b.get(broadcast_index(i, b.shape)))
        for i in indices(out.shape)
    ]


def first_cell_only(fn, a, b, out):
    """Return inside the loop."""
    from gradlab import broadcast_index, indices

    for index in indices(out.shape):
        x = a.get(broadcast_index(index, a.shape))
        y = b.get(broadcast_index(index, b.shape))
        out.set(index, fn(x, y))
        return  # after the first cell


def all_pairs(fn, a, b, out):
    """Go through every number of a and, inside, every number of b."""
    from gradlab import indices

    cells = indices(out.shape)
    for i in indices(a.shape):
        for j in indices(b.shape):
            index = next(cells, None)
            if index is not None:
                out.set(index, fn(a.get(i), b.get(j)))


# -------------------- slips that need no rule --------------------


def copies(fn, a, b, out):
    """Stretch both inputs to the output's shape before the loop."""
    from gradlab import broadcast_index, indices, zeros

    big_a, big_b = zeros(out.shape), zeros(out.shape)
    for index in indices(out.shape):
        big_a.set(index, a.get(broadcast_index(index, a.shape)))
        big_b.set(index, b.get(broadcast_index(index, b.shape)))
    for index in indices(out.shape):
        out.set(index, fn(big_a.get(index), big_b.get(index)))


def collects_first(fn, a, b, out):
    """Collect every result in a list before anything is written."""
    from gradlab import broadcast_index, indices

    results = []
    for i in indices(out.shape):
        x = a.get(broadcast_index(i, a.shape))
        y = b.get(broadcast_index(i, b.shape))
        results.append(fn(x, y))
    for index, result in zip(indices(out.shape), results):
        out.set(index, result)


def nones_first(fn, a, b, out):
    """Make a list of empty places as large as the result, and fill it."""
    from gradlab import broadcast_index, indices

    results = [None] * out.size
    for k, i in enumerate(indices(out.shape)):
        x = a.get(broadcast_index(i, a.shape))
        y = b.get(broadcast_index(i, b.shape))
        results[k] = fn(x, y)
    for index, result in zip(indices(out.shape), results):
        out.set(index, result)
