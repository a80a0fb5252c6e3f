"""Answers to 07.E1 that are nearly right: slips that need no wrong rule.

Each stands alone, imports included, so that it can be put into a notebook as it is.
"""


def a_list(a, b):
    """Return the sizes in a list."""
    from itertools import zip_longest

    out = []
    for m, n in zip_longest(reversed(a), reversed(b), fillvalue=1):
        if m != n and 1 not in (m, n):
            raise ValueError(f"{a} and {b}: {m} is not {n}")
        out.append(n if m == 1 else m)
    return out[::-1]


def assertion_error(a, b):
    """Leave the clash to an assert."""
    from itertools import zip_longest

    out = []
    for m, n in zip_longest(reversed(a), reversed(b), fillvalue=1):
        assert m == n or 1 in (m, n)
        out.append(n if m == 1 else m)
    return tuple(reversed(out))


def silent_error(a, b):
    """Raise the right error without a word."""
    from itertools import zip_longest

    out = []
    for m, n in zip_longest(reversed(a), reversed(b), fillvalue=1):
        if m != n and 1 not in (m, n):
            raise ValueError("shapes do not fit")
        out.append(n if m == 1 else m)
    return tuple(reversed(out))


def bare_error(a, b):
    """Raise the right error without a message."""
    from itertools import zip_longest

    out = []
    for m, n in zip_longest(reversed(a), reversed(b), fillvalue=1):
        if m != n and 1 not in (m, n):
            raise ValueError()
        out.append(n if m == 1 else m)
    return tuple(reversed(out))


def no_dim_named(a, b):
    """Raise an error that names the shapes but not the place."""
    from itertools import zip_longest

    out = []
    for m, n in zip_longest(reversed(a), reversed(b), fillvalue=1):
        if m != n and 1 not in (m, n):
            raise ValueError(f"{a} and {b} do not broadcast")
        out.append(n if m == 1 else m)
    return tuple(reversed(out))


def prints_it(a, b):
    """Print the shape in the place of returning it."""
    from itertools import zip_longest

    out = []
    for m, n in zip_longest(reversed(a), reversed(b), fillvalue=1):
        if m != n and 1 not in (m, n):
            raise ValueError(f"{a} and {b}: {m} is not {n}")
        out.append(n if m == 1 else m)
    print(tuple(reversed(out)))  # noqa: T201 - that is the slip


def returns_the_error(a, b):
    """Return an error where it should be raised."""
    from itertools import zip_longest

    out = []
    for m, n in zip_longest(reversed(a), reversed(b), fillvalue=1):
        if m != n and 1 not in (m, n):
            return ValueError(f"{a} and {b}: {m} is not {n}")
        out.append(n if m == 1 else m)
    return tuple(reversed(out))
