"""Wrong rules of 07.E1 about what two sizes make, and their sentences.

Each answer stands alone, imports included, so that it can be put into a notebook.
"""

from __future__ import annotations

from gradlab.exercises.exercise import WrongRule as Rule

# -------------------- wrong rules --------------------


def refuses_everything(a, b):
    """Refuse a pair as soon as one thing differs."""
    from itertools import zip_longest

    out = []
    for m, n in zip_longest(reversed(a), reversed(b), fillvalue=1):
        if m != n or m != 1 or n != 1:
            raise ValueError(f"{a} and {b}: {m} is not {n}")
        out.append(n if m == 1 else m)
    return tuple(reversed(out))


def no_1_stretches(a, b):
    """Refuse sizes that differ; a missing size is a 1."""
    from itertools import zip_longest

    out = []
    for m, n in zip_longest(reversed(a), reversed(b), fillvalue=1):
        if m != n:
            raise ValueError(f"{a} and {b}: {m} is not {n}")
        out.append(m)
    return tuple(reversed(out))


def no_1_stretches_shorter_wins(a, b):
    """Refuse sizes that differ, and stop where the shorter shape ends."""
    out = []
    for m, n in zip(reversed(a), reversed(b)):
        if m != n:
            raise ValueError(f"{a} and {b}: {m} is not {n}")
        out.append(m)
    return tuple(reversed(out))


def equal_shapes_only(a, b):
    """Compare the shapes whole."""
    if a != b:
        raise ValueError(f"{a} is not {b}")
    return a


def refuses_equal_sizes(a, b):
    """Turn the question round: refuse equal sizes, and let others through."""
    from itertools import zip_longest

    out = []
    for m, n in zip_longest(reversed(a), reversed(b), fillvalue=1):
        if m == n and m != 1:
            raise ValueError(f"{a} and {b}: {m} is not {n}")
        out.append(n if m == 1 else m)
    return tuple(reversed(out))


def refuses_the_1_of_a(a, b):
    """Turn the question about m round: refuse a 1 of a, not a clash."""
    from itertools import zip_longest

    out = []
    for m, n in zip_longest(reversed(a), reversed(b), fillvalue=1):
        if m == 1 and n != 1:
            raise ValueError(f"{a} and {b}: {m} is not {n}")
        out.append(n if m == 1 else m)
    return tuple(reversed(out))


def refuses_the_1_of_b(a, b):
    """Turn the question about n round: refuse a 1 of b, not a clash."""
    from itertools import zip_longest

    out = []
    for m, n in zip_longest(reversed(a), reversed(b), fillvalue=1):
        if n == 1 and m != 1:
            raise ValueError(f"{a} and {b}: {m} is not {n}")
        out.append(n if m == 1 else m)
    return tuple(reversed(out))


def never_asks_about_b(a, b):
    """Ask only whether the size of a is 1; a missing size is one of b."""
    from itertools import zip_longest

    out = []
    for m, n in zip_longest(reversed(a), reversed(b), fillvalue=1):
        if m != n and m != 1:
            raise ValueError(f"{a} and {b}: {m} is not {n}")
        out.append(n if m == 1 else m)
    return tuple(reversed(out))


def never_asks_about_a(a, b):
    """Ask only whether the size of b is 1; a missing size is one of a."""
    from itertools import zip_longest

    out = []
    for m, n in zip_longest(reversed(a), reversed(b), fillvalue=1):
        if m != n and n != 1:
            raise ValueError(f"{a} and {b}: {m} is not {n}")
        out.append(n if m == 1 else m)
    return tuple(reversed(out))


def one_wins(a, b):
    """Swap the two ends of the choice: a 1 of a stays."""
    from itertools import zip_longest

    out = []
    for m, n in zip_longest(reversed(a), reversed(b), fillvalue=1):
        if m != n and 1 not in (m, n):
            raise ValueError(f"{a} and {b}: {m} is not {n}")
        out.append(m if m == 1 else n)
    return tuple(reversed(out))


def always_the_size_of_a(a, b):
    """Refuse a clash, then take the size of a."""
    from itertools import zip_longest

    out = []
    for m, n in zip_longest(reversed(a), reversed(b), fillvalue=1):
        if m != n and 1 not in (m, n):
            raise ValueError(f"{a} and {b}: {m} is not {n}")
        out.append(m)
    return tuple(reversed(out))


def always_the_size_of_b(a, b):
    """Refuse a clash, then take the size of b."""
    from itertools import zip_longest

    out = []
    for m, n in zip_longest(reversed(a), reversed(b), fillvalue=1):
        if m != n and 1 not in (m, n):
            raise ValueError(f"{a} and {b}: {m} is not {n}")
        out.append(n)
    return tuple(reversed(out))


# -------------------- their sentences --------------------

RULES = (
    Rule(
        "everything refused",
        refuses_everything,
        "Your code raised an error at every probe, also for {a} with {b}, which fit.",
        at="(3, 4, 5), (3, 1, 5)",
    ),
    Rule(
        "no 1 stretches",
        no_1_stretches,
        "No 1 stretches in your code: {a} with {b} was refused. It lets equal sizes "
        "through, and a 1 where the other shape has no dim.",
        at="(3, 4, 5), (3, 1, 5)",
    ),
    Rule(
        "no 1 stretches, the shorter shape wins",
        no_1_stretches_shorter_wins,
        "Your result has only as many dims as the shorter shape, and no 1 stretches: "
        "{a} with {b} was refused.",
        at="(3, 4, 5), (3, 1, 5)",
    ),
    Rule(
        "equal shapes only",
        equal_shapes_only,
        "Your code lets equal shapes through and refuses all others: {a} with {b} was "
        "refused.",
        at="(3, 4, 5), (3, 1, 5)",
    ),
    Rule(
        "equal sizes refused",
        refuses_equal_sizes,
        "Your code refuses two equal sizes and lets different ones through: {a} with "
        "{b} was refused.",
        at="(3, 4, 5), (3, 1, 5)",
    ),
    Rule(
        "a 1 of the first refused",
        refuses_the_1_of_a,
        "Your code refuses a 1 of the first shape beside another size, and lets sizes "
        "that clash through: {a} with {b} was refused.",
        at="(3, 4, 1), (3, 1, 5)",
    ),
    Rule(
        "a 1 of the second refused",
        refuses_the_1_of_b,
        "Your code refuses a 1 of the second shape beside another size, and lets sizes "
        "that clash through: {a} with {b} was refused.",
        at="(3, 4, 5), (3, 1, 5)",
    ),
    Rule(
        "only the first stretches, gaps do not",
        never_asks_about_b,
        "Only the first shape's 1 stretches in your code; a 1 of the second, and a "
        "dim missing there, does not: {a} with {b} was refused.",
        at="(3, 4, 5), (3, 1, 5)",
    ),
    Rule(
        "only the second stretches, gaps do not",
        never_asks_about_a,
        "Only the second shape's 1 stretches in your code; a 1 of the first, and a "
        "dim missing there, does not: {a} with {b} was refused.",
        at="(3, 4, 1), (3, 1, 5)",
    ),
    Rule(
        "a 1 wins",
        one_wins,
        "Your code keeps the 1 and drops the size beside it: {a} with {b} gave {got}.",
        at="(3, 4, 5), (3, 1, 5)",
    ),
    Rule(
        "always the first shape's size",
        always_the_size_of_a,
        "Your code takes the first shape's size even where that is 1: {a} with {b} "
        "gave {got}.",
        at="(3, 4, 1), (3, 1, 5)",
    ),
    Rule(
        "always the second shape's size",
        always_the_size_of_b,
        "Your code takes the second shape's size even where that is 1: {a} with {b} "
        "gave {got}.",
        at="(3, 4, 5), (3, 1, 5)",
    ),
)
