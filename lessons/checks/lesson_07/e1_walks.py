"""Wrong rules of 07.E1 about the dims that are looked at, and their sentences.

Each answer stands alone, imports included, so that it can be put into a notebook.
"""

from __future__ import annotations

from gradlab.exercises.exercise import WrongRule as Rule

# -------------------- wrong rules --------------------


def last_dim_skipped(a, b):
    """Count from the end, and start one dim too late."""
    out = []
    for dim in range(2, max(len(a), len(b)) + 1):
        m = a[-dim] if dim <= len(a) else 1
        n = b[-dim] if dim <= len(b) else 1
        if m != n and 1 not in (m, n):
            raise ValueError(f"{a} and {b} clash in dim {-dim}: {m} is not {n}")
        out.append(n if m == 1 else m)
    return tuple(reversed(out))


def first_two_skipped(a, b):
    """Count from the end, and stop two dims before the beginning."""
    out = []
    for dim in range(1, max(len(a), len(b)) - 1):
        m = a[-dim] if dim <= len(a) else 1
        n = b[-dim] if dim <= len(b) else 1
        if m != n and 1 not in (m, n):
            raise ValueError(f"{a} and {b} clash in dim {-dim}: {m} is not {n}")
        out.append(n if m == 1 else m)
    return tuple(reversed(out))


def one_dim_too_many(a, b):
    """Count from the end, and go on for one dim after the beginning."""
    out = []
    for dim in range(1, max(len(a), len(b)) + 2):
        m = a[-dim] if dim <= len(a) else 1
        n = b[-dim] if dim <= len(b) else 1
        if m != n and 1 not in (m, n):
            raise ValueError(f"{a} and {b} clash in dim {-dim}: {m} is not {n}")
        out.append(n if m == 1 else m)
    return tuple(reversed(out))


def every_second_dim(a, b):
    """Count from the end in steps of two."""
    out = []
    for dim in range(1, max(len(a), len(b)) + 1, 2):
        m = a[-dim] if dim <= len(a) else 1
        n = b[-dim] if dim <= len(b) else 1
        if m != n and 1 not in (m, n):
            raise ValueError(f"{a} and {b} clash in dim {-dim}: {m} is not {n}")
        out.append(n if m == 1 else m)
    return tuple(reversed(out))


def from_dim_0_on(a, b):
    """Count from the end, and call the last dim 0: but -0 is the first dim."""
    out = []
    for dim in range(max(len(a), len(b)) + 1):
        m = a[-dim] if dim <= len(a) else 1
        n = b[-dim] if dim <= len(b) else 1
        if m != n and 1 not in (m, n):
            raise ValueError(f"{a} and {b} clash in dim {-dim}: {m} is not {n}")
        out.append(n if m == 1 else m)
    return tuple(reversed(out))


def dim_0_for_the_last(a, b):
    """Go through the right number of dims, but from -0 on: the first, not the last."""
    out = []
    for dim in range(max(len(a), len(b))):
        m = a[-dim] if dim < len(a) else 1
        n = b[-dim] if dim < len(b) else 1
        if m != n and 1 not in (m, n):
            raise ValueError(f"{a} and {b} clash in dim {-dim}: {m} is not {n}")
        out.append(n if m == 1 else m)
    return tuple(reversed(out))


def from_dim_1_down(a, b):
    """Lose a minus sign: go down from 1, over 0, to the negative dims."""
    out = []
    for dim in range(1, -max(len(a), len(b)) - 1, -1):
        m = a[dim] if -dim <= len(a) else 1
        n = b[dim] if -dim <= len(b) else 1
        if m != n and 1 not in (m, n):
            raise ValueError(f"{a} and {b} clash in dim {dim}: {m} is not {n}")
        out.append(n if m == 1 else m)
    return tuple(reversed(out))


def answers_after_the_last_dim(a, b):  # noqa: RET503 - its slip
    """Count from the end, and return within the loop."""
    out = []
    for dim in range(1, max(len(a), len(b)) + 1):
        m = a[-dim] if dim <= len(a) else 1
        n = b[-dim] if dim <= len(b) else 1
        if m != n and 1 not in (m, n):
            raise ValueError(f"{a} and {b} clash in dim {-dim}: {m} is not {n}")
        out.append(n if m == 1 else m)
        return tuple(reversed(out))


def answers_after_the_first_dim(a, b):  # noqa: RET503 - its slip
    """Fill up with 1s, go through the dims, and return within the loop."""
    rank = max(len(a), len(b))
    left = (1,) * (rank - len(a)) + tuple(a)
    right = (1,) * (rank - len(b)) + tuple(b)
    out = []
    for m, n in zip(left, right):
        if m != n and 1 not in (m, n):
            raise ValueError(f"{a} and {b}: {m} is not {n}")
        out.append(n if m == 1 else m)
        return tuple(out)


def never_collected(a, b):
    """Find every size, and put none of them into the result."""
    from itertools import zip_longest

    out = []
    for m, n in zip_longest(reversed(a), reversed(b), fillvalue=1):
        if m != n and 1 not in (m, n):
            raise ValueError(f"{a} and {b}: {m} is not {n}")
        size = n if m == 1 else m  # noqa: F841 - its slip
    return tuple(reversed(out))


# -------------------- their sentences --------------------

RULES = (
    Rule(
        "the last dim skipped",
        last_dim_skipped,
        "Your code never looks at the last dim: {a} with {b} gave {got}.",
        at="(3, 4, 5), (3, 1, 5)",
    ),
    Rule(
        "the first two skipped",
        first_two_skipped,
        "Your code never looks at the first two dims: {a} with {b} gave {got}.",
        at="(3, 4, 5), (3, 1, 5)",
    ),
    Rule(
        "one dim too many",
        one_dim_too_many,
        "Your code goes one dim too far: {a} with {b} gave {got}, with a 1 in front "
        "that stands in neither of them.",
        at="(3, 4, 5), (3, 1, 5)",
    ),
    Rule(
        "every second dim",
        every_second_dim,
        "Your code leaves out every second dim, counted from the right: {a} with {b} "
        "gave {got}.",
        at="(3, 4, 5), (3, 1, 5)",
    ),
    Rule(
        "from dim 0 on",
        from_dim_0_on,
        "Your code looks at dim 0, which is the first one, before it comes to the "
        "last: {a} with {b} gave {got}.",
        at="(3, 4, 5), (3, 1, 5)",
    ),
    Rule(
        "dim 0 for the last",
        dim_0_for_the_last,
        "Your code starts at dim 0, which is the first one, and puts its size last: "
        "{a} with {b} gave {got}.",
        at="(3, 4, 5), (3, 1, 5)",
    ),
    Rule(
        "from dim 1 down",
        from_dim_1_down,
        "Your code looks at dims 1 and 0 before it comes to dim -1: {a} with {b} gave "
        "{got}.",
        at="(3, 4, 5), (3, 1, 5)",
    ),
    Rule(
        "the last dim only",
        answers_after_the_last_dim,
        "Your result holds the size of the last dim only: {a} with {b} gave {got}. "
        "A clash in another dim goes through.",
        at="(3, 4, 5), (3, 1, 5)",
    ),
    Rule(
        "the first dim only",
        answers_after_the_first_dim,
        "Your result holds the size of the first dim only: {a} with {b} gave {got}. "
        "A clash in another dim goes through.",
        at="(3, 4, 5), (3, 1, 5)",
    ),
    Rule(
        "never collected",
        never_collected,
        "Your code refuses shapes that clash, and where they fit its result holds no "
        "size at all: {a} with {b} gave {got}.",
        at="(3, 4, 5), (3, 1, 5)",
    ),
)
