"""Answers to 07.E1 as learners write them: right ways and wrong rules.

Each stands alone, imports included, so that it can be put into a notebook as it is.
"""

# -------------------- right ways --------------------


def pad_then_zip(a, b):
    """Give both shapes the same number of dims, then go through them side by side."""
    rank = max(len(a), len(b))
    left = (1,) * (rank - len(a)) + tuple(a)
    right = (1,) * (rank - len(b)) + tuple(b)
    out = []
    for dim, (m, n) in enumerate(zip(left, right), start=-rank):
        if m != n and m != 1 and n != 1:
            raise ValueError(f"{a} and {b}: dim {dim} is {m} in one, {n} in the other")
        out.append(n if m == 1 else m)
    return tuple(out)


def count_from_the_end(a, b):
    """Ask for dim -1, -2, ... and read a missing dim as 1."""
    out = ()
    for dim in range(1, max(len(a), len(b)) + 1):
        m = a[-dim] if dim <= len(a) else 1
        n = b[-dim] if dim <= len(b) else 1
        if m == 1:
            out = (n, *out)
        elif n in (1, m):
            out = (m, *out)
        else:
            raise ValueError(f"{a} and {b} clash in dim {-dim}: {m} is not {n}")
    return out


def zip_longest_reversed(a, b):
    """Turn both shapes round; zip_longest fills in the missing 1s."""
    from itertools import zip_longest

    out = []
    for m, n in zip_longest(reversed(a), reversed(b), fillvalue=1):
        sizes = {m, n} - {1}
        if len(sizes) > 1:
            dim = -len(out) - 1
            raise ValueError(f"{a} and {b} clash in dim {dim}: {m} is not {n}")
        out.append(sizes.pop() if sizes else 1)
    return tuple(reversed(out))


# -------------------- wrong rules --------------------


def left_aligned(a, b):
    """Line the shapes up on the left."""
    from itertools import zip_longest

    out = []
    for m, n in zip_longest(a, b, fillvalue=1):
        if m != n and m != 1 and n != 1:
            raise ValueError(f"{a} and {b}: {m} is not {n}")
        out.append(n if m == 1 else m)
    return tuple(out)


def left_aligned_larger(a, b):
    """Line the shapes up on the left and take the larger size."""
    from itertools import zip_longest

    return tuple(max(m, n) for m, n in zip_longest(a, b, fillvalue=1))


def left_pairs(a, b):
    """Pair the sizes from the left, and stop where the shorter shape ends."""
    out = []
    for m, n in zip(a, b):
        if m != n and 1 not in (m, n):
            raise ValueError(f"{a} and {b}: {m} is not {n}")
        out.append(n if m == 1 else m)
    return tuple(out)


def left_pairs_larger(a, b):
    """Pair the sizes from the left, and take the larger of each pair."""
    return tuple(max(m, n) for m, n in zip(a, b))


def larger_size(a, b):
    """Take the larger size, whatever the other one is."""
    from itertools import zip_longest

    pairs = zip_longest(reversed(a), reversed(b), fillvalue=1)
    return tuple(max(m, n) for m, n in pairs)[::-1]


def divisible(a, b):
    """Let a size stretch to every multiple of itself."""
    from itertools import zip_longest

    out = []
    for m, n in zip_longest(reversed(a), reversed(b), fillvalue=1):
        small, large = sorted((m, n))
        if 1 in (m, n):
            out.append(n if m == 1 else m)
        elif m == n or (small and large % small == 0):
            out.append(large)
        else:
            raise ValueError(f"{a} and {b}: {large} is no multiple of {small}")
    return tuple(reversed(out))


def only_the_first_stretches(a, b):
    """Stretch a 1 of the first shape, never one of the second."""
    out = []
    for dim in range(1, max(len(a), len(b)) + 1):
        m = a[-dim] if dim <= len(a) else 1
        n = b[-dim] if dim <= len(b) else m
        if m not in (1, n):
            raise ValueError(f"{a} and {b}: {m} is not {n}")
        out.insert(0, n)
    return tuple(out)


def only_the_second_stretches(a, b):
    """Stretch a 1 of the second shape, never one of the first."""
    out = []
    for dim in range(1, max(len(a), len(b)) + 1):
        n = b[-dim] if dim <= len(b) else 1
        m = a[-dim] if dim <= len(a) else n
        if n not in (1, m):
            raise ValueError(f"{a} and {b}: {m} is not {n}")
        out.insert(0, m)
    return tuple(out)


def max_behind_a_guard(a, b):
    """Refuse a clash, then take the larger size: wrong beside a size of 0 only."""
    from itertools import zip_longest

    out = []
    for m, n in zip_longest(reversed(a), reversed(b), fillvalue=1):
        if m != n and 1 not in (m, n):
            raise ValueError(f"{a} and {b}: {m} is not {n}")
        out.append(max(m, n))
    return tuple(reversed(out))


def never_turned_back(a, b):
    """Collect the sizes from the right and leave them in that order."""
    from itertools import zip_longest

    out = []
    for m, n in zip_longest(reversed(a), reversed(b), fillvalue=1):
        if m != n and 1 not in (m, n):
            raise ValueError(f"{a} and {b}: {m} is not {n}")
        out.append(n if m == 1 else m)
    return tuple(out)


def shorter_wins(a, b):
    """Stop where the shorter shape ends."""
    out = []
    for m, n in zip(reversed(a), reversed(b)):
        if m != n and 1 not in (m, n):
            raise ValueError(f"{a} and {b}: {m} is not {n}")
        out.append(n if m == 1 else m)
    return tuple(reversed(out))


def shorter_wins_larger(a, b):
    """Stop where the shorter shape ends, and take the larger size."""
    pairs = zip(reversed(a), reversed(b))
    return tuple(max(m, n) for m, n in pairs)[::-1]


def missing_is_0(a, b):
    """Fill the missing dims with 0, not with 1."""
    from itertools import zip_longest

    out = []
    for m, n in zip_longest(reversed(a), reversed(b), fillvalue=0):
        if m != n and 1 not in (m, n):
            raise ValueError(f"{a} and {b}: {m} is not {n}")
        out.append(n if m == 1 else m)
    return tuple(reversed(out))


def leading_ones_lost(a, b):
    """Drop the 1s that stand first in the result."""
    from itertools import zip_longest

    out = []
    for m, n in zip_longest(reversed(a), reversed(b), fillvalue=1):
        if m != n and 1 not in (m, n):
            raise ValueError(f"{a} and {b}: {m} is not {n}")
        out.append(n if m == 1 else m)
    while out and out[-1] == 1:
        out.pop()
    return tuple(reversed(out))


def same_rank_only(a, b):
    """Refuse shapes with different numbers of dims."""
    if len(a) != len(b):
        raise ValueError(f"{a} has {len(a)} dims, {b} has {len(b)}")
    out = []
    for m, n in zip(a, b):
        if m != n and 1 not in (m, n):
            raise ValueError(f"{a} and {b}: {m} is not {n}")
        out.append(n if m == 1 else m)
    return tuple(out)


def none_for_an_error(a, b):
    """Give None where the shapes clash."""
    from itertools import zip_longest

    out = []
    for m, n in zip_longest(reversed(a), reversed(b), fillvalue=1):
        if m != n and 1 not in (m, n):
            return None
        out.append(n if m == 1 else m)
    return tuple(reversed(out))


def false_for_an_error(a, b):
    """Give False where the shapes clash."""
    from itertools import zip_longest

    out = []
    for m, n in zip_longest(reversed(a), reversed(b), fillvalue=1):
        if m != n and 1 not in (m, n):
            return False
        out.append(n if m == 1 else m)
    return tuple(reversed(out))


def first_size_on_a_clash(a, b):
    """Stretch 1s, and let the first shape decide about the rest."""
    from itertools import zip_longest

    pairs = zip_longest(reversed(a), reversed(b), fillvalue=1)
    return tuple(n if m == 1 else m for m, n in pairs)[::-1]


def one_dim_short(a, b):
    """Count from the end, and stop one dim before the beginning."""
    out = []
    for dim in range(-1, -max(len(a), len(b)), -1):
        m = a[dim] if -dim <= len(a) else 1
        n = b[dim] if -dim <= len(b) else 1
        if m != n and 1 not in (m, n):
            raise ValueError(f"{a} and {b} clash in dim {dim}: {m} and {n}")
        out.append(n if m == 1 else m)
    return tuple(reversed(out))


def two_arrays(a, b):
    """Make two arrays of these shapes, and let NumPy add them."""
    import numpy as np

    return (np.empty(a) + np.empty(b)).shape
