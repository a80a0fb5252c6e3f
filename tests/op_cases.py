"""Cases for a row of OPS: shapes and strides of all sorts, values from its samples."""

import contextlib
import math
import warnings
from dataclasses import dataclass

import numpy as np

LAYOUTS = ("packed", "permuted", "stepped", "backwards", "broadcast", "mixed")


@dataclass(frozen=True)
class Case:
    """Arguments for one op; equal keys mean equal (op, shapes, strides, dtype)."""

    name: str
    arrays: tuple[np.ndarray, ...]

    @property
    def key(self):
        shapes = tuple(a.shape for a in self.arrays)
        return self.name, shapes, self.steps, self.arrays[0].dtype.name

    @property
    def steps(self):
        """Strides in elements, as a tensor tells them."""
        return tuple(tuple(s // a.itemsize for s in a.strides) for a in self.arrays)

    def __str__(self):
        _, shapes, steps, dtype = self.key
        return f"{self.name} on shapes {shapes}, strides {steps}, {dtype}"


def draw_case(op, random, dtype="float64", layouts=LAYOUTS):
    """Draw a case; its shapes are likely, but not certain, to suit the op."""
    rng = np.random.default_rng(random.randrange(2**32))
    arrays = [
        laid_out(shape, _values(op, k, rng, dtype), random, layouts)
        for k, shape in enumerate(draw_shapes(op, random, rng))
    ]
    return Case(op.name, tuple(arrays))


@contextlib.contextmanager
def quietly():
    """Let 0 / 0 and the like pass without a word, as they do in gradlab."""
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def in_numpy(op, arrays):
    """Return the op's result in NumPy as an array."""
    with quietly():
        return np.asarray(op.numpy(*arrays))


def suits(op, case):
    """Say whether NumPy takes the case, and it is not at a kink: a choice of equals."""
    try:
        return not _at_a_kink(op, [a.astype(np.float64) for a in case.arrays])
    except (IndexError, ValueError, TypeError):
        return False


def _at_a_kink(op, arrays, step=1e-5):
    """Say whether results move otherwise one way than the other.

    Whole numbers are not moved: they may be labels.
    """
    rng = np.random.default_rng(0)
    moves = [step * rng.normal(size=a.shape) * (a != a.round()).any() for a in arrays]
    up, here, down = (
        in_numpy(op, [np.asarray(a + sign * m) for a, m in zip(arrays, moves)]) * 1.0
        for sign in (1, 0, -1)
    )
    with quietly():
        bend = up - 2 * here + down
    return bool(np.abs(bend).max(initial=0.0) > 1e-2 * step)


# -------------------------------------- shapes --------------------------------------


def draw_shapes(op, random, rng):
    """Draw a shape for each argument of the op."""
    samples = op.samples(rng)
    arguments = len(samples[0])
    if op.kind == "map" and arguments == 1:
        return [_any_shape(random)]
    if op.kind == "zip":
        return _broadcastable(arguments, random)
    if arguments == 1 and random.random() < 0.4:
        return [_any_shape(random)]
    return _resized([a.shape for a in random.choice(samples)], random)


def _any_shape(random, ranks=4):
    return tuple(
        random.choice((0, 1, 2, 3, 4)) for _ in range(random.randint(0, ranks))
    )


def _broadcastable(arguments, random):
    """Draw shapes that broadcast: some dims stretched, some ranks raised."""
    full = _any_shape(random)
    shapes = []
    for _ in range(arguments):
        tail = full[random.randint(0, len(full)) :] if random.random() < 0.5 else full
        shapes.append(tuple(n if random.random() < 0.7 else 1 for n in tail))
    return shapes


def _resized(shapes, random):
    """Give every size another value, the same one wherever it stands."""
    sizes = sorted({size for shape in shapes for size in shape})
    new = {size: random.choice((size, size, 0, 1, 2, 3, 4, 5)) for size in sizes}
    return [tuple(new[size] for size in shape) for shape in shapes]


# ------------------------------------- strides -------------------------------------


def laid_out(shape, fill, random, layouts=LAYOUTS):
    """Return an array of this shape whose cells lie in storage in some drawn way.

    `fill(shape)` makes the storage. Where a cell is repeated ("broadcast"), so is its
    value.
    """
    layout = random.choice(layouts)
    order = list(range(len(shape)))
    if layout in ("permuted", "mixed"):
        random.shuffle(order)
    step = {d: _step(layout, random) for d in order}
    once = _repeated(shape, layout, random)
    kept = [1 if d in once else shape[d] for d in order]
    stored = fill(tuple(size * abs(step[d]) for d, size in zip(order, kept)))
    view = stored[(..., *(slice(None, None, step[d]) for d in order))]
    view = view.transpose(np.argsort(order))
    return np.broadcast_to(view, shape) if once else view


def _step(layout, random):
    choices = {"stepped": (1, 2, 3), "backwards": (1, -1), "mixed": (1, 2, -1, -2)}
    return random.choice(choices.get(layout, (1,)))


def _repeated(shape, layout, random):
    """Return the dims whose cells are one cell read again and again."""
    if layout != "broadcast" or not shape:
        return ()
    return {d for d in range(len(shape)) if random.random() < 0.5}


# -------------------------------------- values --------------------------------------


def _values(op, position, rng, dtype):
    """Return a maker of arrays with values that the op's samples have there."""

    def fill(shape):
        count = math.prod(shape)
        found = np.zeros(0)
        while found.size < count:
            drawn = [args[position] for args in op.samples(rng) if position < len(args)]
            found = np.concatenate(
                [found, *(rng.permutation(a.ravel()) for a in drawn)]
            )
        return rng.permutation(found)[:count].reshape(shape).astype(dtype)

    return fill
