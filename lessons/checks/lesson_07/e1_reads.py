"""Wrong rules of 07.E1 about the sizes that are read, and their sentences.

Each answer stands alone, imports included, so that it can be put into a notebook.
"""

from __future__ import annotations

from gradlab.exercises.exercise import WrongRule as Rule

# -------------------- wrong rules --------------------


def first_of_a_unread(a, b):
    """Stop reading a before its first size."""
    out = []
    for dim in range(1, max(len(a), len(b)) + 1):
        m = a[-dim] if dim < len(a) else 1
        n = b[-dim] if dim <= len(b) else 1
        if m != n and 1 not in (m, n):
            raise ValueError(f"{a} and {b} clash in dim {-dim}: {m} is not {n}")
        out.append(n if m == 1 else m)
    return tuple(reversed(out))


def first_of_b_unread(a, b):
    """Stop reading b before its first size."""
    out = []
    for dim in range(1, max(len(a), len(b)) + 1):
        m = a[-dim] if dim <= len(a) else 1
        n = b[-dim] if dim < len(b) else 1
        if m != n and 1 not in (m, n):
            raise ValueError(f"{a} and {b} clash in dim {-dim}: {m} is not {n}")
        out.append(n if m == 1 else m)
    return tuple(reversed(out))


def first_of_both_unread(a, b):
    """Stop reading each shape before its first size."""
    out = []
    for dim in range(1, max(len(a), len(b)) + 1):
        m = a[-dim] if dim < len(a) else 1
        n = b[-dim] if dim < len(b) else 1
        if m != n and 1 not in (m, n):
            raise ValueError(f"{a} and {b} clash in dim {-dim}: {m} is not {n}")
        out.append(n if m == 1 else m)
    return tuple(reversed(out))


def ones_for_a(a, b):
    """Take 1 where a has a size, and read a where it has none."""
    out = []
    for dim in range(1, max(len(a), len(b)) + 1):
        m = 1 if dim <= len(a) else a[-dim]
        n = b[-dim] if dim <= len(b) else 1
        if m != n and 1 not in (m, n):
            raise ValueError(f"{a} and {b} clash in dim {-dim}: {m} is not {n}")
        out.append(n if m == 1 else m)
    return tuple(reversed(out))


def ones_for_b(a, b):
    """Take 1 where b has a size, and read b where it has none."""
    out = []
    for dim in range(1, max(len(a), len(b)) + 1):
        m = a[-dim] if dim <= len(a) else 1
        n = 1 if dim <= len(b) else b[-dim]
        if m != n and 1 not in (m, n):
            raise ValueError(f"{a} and {b} clash in dim {-dim}: {m} is not {n}")
        out.append(n if m == 1 else m)
    return tuple(reversed(out))


def ones_for_both(a, b):
    """Take 1 where a shape has a size, and read it where it has none."""
    out = []
    for dim in range(1, max(len(a), len(b)) + 1):
        m = 1 if dim <= len(a) else a[-dim]
        n = 1 if dim <= len(b) else b[-dim]
        if m != n and 1 not in (m, n):
            raise ValueError(f"{a} and {b} clash in dim {-dim}: {m} is not {n}")
        out.append(n if m == 1 else m)
    return tuple(reversed(out))


def a_one_to_the_left(a, b):
    """Read a one dim too far to the left."""
    out = []
    for dim in range(1, max(len(a), len(b)) + 1):
        m = a[-dim - 1] if dim <= len(a) else 1
        n = b[-dim] if dim <= len(b) else 1
        if m != n and 1 not in (m, n):
            raise ValueError(f"{a} and {b} clash in dim {-dim}: {m} is not {n}")
        out.append(n if m == 1 else m)
    return tuple(reversed(out))


def b_one_to_the_left(a, b):
    """Read b one dim too far to the left."""
    out = []
    for dim in range(1, max(len(a), len(b)) + 1):
        m = a[-dim] if dim <= len(a) else 1
        n = b[-dim - 1] if dim <= len(b) else 1
        if m != n and 1 not in (m, n):
            raise ValueError(f"{a} and {b} clash in dim {-dim}: {m} is not {n}")
        out.append(n if m == 1 else m)
    return tuple(reversed(out))


def missing_of_a_read(a, b):
    """Read a in every dim of the longer shape."""
    out = []
    for dim in range(1, max(len(a), len(b)) + 1):
        m = a[-dim]
        n = b[-dim] if dim <= len(b) else 1
        if m != n and 1 not in (m, n):
            raise ValueError(f"{a} and {b} clash in dim {-dim}: {m} is not {n}")
        out.append(n if m == 1 else m)
    return tuple(reversed(out))


def missing_of_b_read(a, b):
    """Read b in every dim of the longer shape."""
    out = []
    for dim in range(1, max(len(a), len(b)) + 1):
        m = a[-dim] if dim <= len(a) else 1
        n = b[-dim]
        if m != n and 1 not in (m, n):
            raise ValueError(f"{a} and {b} clash in dim {-dim}: {m} is not {n}")
        out.append(n if m == 1 else m)
    return tuple(reversed(out))


def missing_of_both_read(a, b):
    """Read both in every dim of the longer shape."""
    out = []
    for dim in range(1, max(len(a), len(b)) + 1):
        m = a[-dim]
        n = b[-dim]
        if m != n and 1 not in (m, n):
            raise ValueError(f"{a} and {b} clash in dim {-dim}: {m} is not {n}")
        out.append(n if m == 1 else m)
    return tuple(reversed(out))


def a_must_be_longer(a, b):
    """Refuse a first shape with fewer dims."""
    from itertools import zip_longest

    if len(a) < len(b):
        raise ValueError(f"{a} has fewer dims than {b}")
    out = []
    for m, n in zip_longest(reversed(a), reversed(b), fillvalue=1):
        if m != n and 1 not in (m, n):
            raise ValueError(f"{a} and {b}: {m} is not {n}")
        out.append(n if m == 1 else m)
    return tuple(reversed(out))


def b_must_be_longer(a, b):
    """Refuse a second shape with fewer dims."""
    from itertools import zip_longest

    if len(b) < len(a):
        raise ValueError(f"{b} has fewer dims than {a}")
    out = []
    for m, n in zip_longest(reversed(a), reversed(b), fillvalue=1):
        if m != n and 1 not in (m, n):
            raise ValueError(f"{a} and {b}: {m} is not {n}")
        out.append(n if m == 1 else m)
    return tuple(reversed(out))


def missing_of_b_is_0(a, b):
    """Count a missing dim of b as 0, one of a as 1."""
    out = []
    for dim in range(1, max(len(a), len(b)) + 1):
        m = a[-dim] if dim <= len(a) else 1
        n = b[-dim] if dim <= len(b) else 0
        if m != n and 1 not in (m, n):
            raise ValueError(f"{a} and {b} clash in dim {-dim}: {m} is not {n}")
        out.append(n if m == 1 else m)
    return tuple(reversed(out))


# -------------------- their sentences --------------------

RULES = (
    Rule(
        "the first size of a unread",
        first_of_a_unread,
        "Your code takes 1 for the first size of the first shape: {a} with {b} gave "
        "{got}.",
        at="(4, 3), (3,)",
    ),
    Rule(
        "the first size of b unread",
        first_of_b_unread,
        "Your code takes 1 for the first size of the second shape: {a} with {b} gave "
        "{got}.",
        at="(), (2, 3)",
    ),
    Rule(
        "the first sizes unread",
        first_of_both_unread,
        "Your code takes 1 for the first size of each shape: {a} with {b} gave {got}.",
        at="(3, 4, 5), (3, 1, 5)",
    ),
    Rule(
        "ones for a",
        ones_for_a,
        "Your code takes 1 for every size that the first shape has, and asks it for "
        "sizes that it does not have: {a} with {b} gave {got}.",
        at="(3, 4, 5), (3, 1, 5)",
    ),
    Rule(
        "ones for b",
        ones_for_b,
        "Your code takes 1 for every size that the second shape has, and asks it for "
        "sizes that it does not have: {a} with {b} gave {got}.",
        at="(3, 4, 1), (3, 1, 5)",
    ),
    Rule(
        "ones for both",
        ones_for_both,
        "Your code takes 1 for every size that a shape has, and asks the shorter "
        "shape for sizes that it does not have: {a} with {b} gave {got}.",
        at="(3, 4, 5), (3, 1, 5)",
    ),
    Rule(
        "a read one dim to the left",
        a_one_to_the_left,
        "Your code reads the first shape one dim too far to the left: for dim -1 of "
        "{a} it took 4, and so it refused {b}.",
        at="(3, 4, 5), (3, 1, 5)",
    ),
    Rule(
        "b read one dim to the left",
        b_one_to_the_left,
        "Your code reads the second shape one dim too far to the left: for dim -2 of "
        "{b} it took 3, and so it refused {a}.",
        at="(3, 4, 5), (3, 1, 5)",
    ),
    Rule(
        "a read where it ends",
        missing_of_a_read,
        "Your code asks the first shape for dims that only the second has: {a} with "
        "{b} raised an error.",
        at="(), (2, 3)",
    ),
    Rule(
        "b read where it ends",
        missing_of_b_read,
        "Your code asks the second shape for dims that only the first has: {a} with "
        "{b} raised an error.",
        at="(4, 3), (3,)",
    ),
    Rule(
        "both read where they end",
        missing_of_both_read,
        "Your code asks the shorter shape for dims that only the longer one has: {a} "
        "with {b} raised an error.",
        at="(4, 3), (3,)",
    ),
    Rule(
        "the first must be longer",
        a_must_be_longer,
        "Your code does not count a dim missing in the first shape as 1: {a} with {b} "
        "was refused.",
        at="(), (2, 3)",
    ),
    Rule(
        "the second must be longer",
        b_must_be_longer,
        "Your code refuses a second shape with fewer dims than the first: {a} with "
        "{b} was refused.",
        at="(4, 3), (3,)",
    ),
    Rule(
        "a missing dim of b counts as 0",
        missing_of_b_is_0,
        "Your code counts a dim missing in the second shape as 0: {a} with {b} gave "
        "{got}.",
        at="(1, 4), (4,)",
    ),
)
