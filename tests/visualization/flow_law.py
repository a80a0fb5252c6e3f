"""The law of the flow table, and random ops of every kind to hold it against."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

import gradlab
from gradlab import Tensor, tensor
from gradlab.tensors import functions as F
from gradlab.tensors.layers import avg_pool2d, conv1d, conv2d, max_pool2d
from gradlab.tensors.products import linear
from gradlab.visualization.flow import flow_table

Rng = np.random.Generator
Shape = tuple[int, ...]


def assert_law(out: Any, d_out: np.ndarray) -> None:
    """|sum over rows of local * d_out - backward| <= 1e-12 * sum of |local * d_out|."""
    table = flow_table(out)
    pushed = table.push(d_out)
    sizes = [np.zeros(x.shape) for x in table.inputs]
    for k, in_index, out_index, local in table:
        sizes[k][in_index] += abs(local * d_out[out_index])
    for k, _, gradient in out.chain_rule(tensor(d_out)):
        assert pushed[k].shape == gradient.shape
        error = np.abs(pushed[k].to_numpy() - gradient.to_numpy())
        assert (error <= 1e-12 * sizes[k]).all(), (table.name, k, error.max())
    assert len(table) == sum(1 for _ in table) <= table.most
    assert not table.warning


def strided(rng: Rng, array: Any) -> Tensor:
    """Return a leaf of these cells, its dims in any order and direction in storage."""
    order = rng.permutation(np.ndim(array))
    back = tuple(np.flatnonzero(rng.random(np.ndim(array)) < 0.3).tolist())
    stored = np.array(np.flip(array, back).transpose(order), order="C")
    t = tensor(0.0)._like(np.flip(stored.transpose(np.argsort(order)), back))
    t.requires_grad = True
    return t


def drawn(rng: Rng, shape: Shape) -> Tensor:
    return strided(rng, rng.normal(size=shape))


def with_ties(rng: Rng, shape: Shape) -> Tensor:
    """Return a leaf of a few whole numbers, 0 among them."""
    return strided(rng, rng.integers(-2, 3, size=shape).astype(float))


def any_shape(rng: Rng, least: int = 0, *, cells: bool = False) -> Shape:
    """Return a shape of rank `least` to 3, some sizes 1, few 0 unless it has cells."""
    rank = max(least, rng.choice(4, p=[0.05, 0.25, 0.4, 0.3]))
    sizes = rng.choice(5, p=[0.04, 0.16, 0.3, 0.3, 0.2], size=rank)
    return tuple(np.maximum(sizes, int(cells)).tolist())


def broadcasting(rng: Rng, n: int, out: Shape | None = None) -> list[Shape]:
    """Return n shapes that broadcast: dims missing on the left, dims of size 1."""
    out = any_shape(rng) if out is None else out
    shapes = []
    for _ in range(n):
        own = out[rng.integers(len(out) + 1) :] if rng.random() < 0.4 else out
        shapes.append(tuple(1 if rng.random() < 0.3 else size for size in own))
    return shapes


def some_dims(rng: Rng, rank: int) -> tuple[int, ...] | None:
    """Return dims from the left or right, in any order; None for all."""
    if rng.random() < 0.3:
        return None
    chosen = rng.permutation(rank)[: rng.integers(rank + 1)]
    return tuple(int(d) - rank * int(rng.integers(2)) for d in chosen)


# --------------------------------- one of each kind ---------------------------------


def a_map(rng: Rng) -> Tensor:
    names = ("neg", "inv", "log", "exp", "sqrt", "abs", "sin", "cos", "tanh")
    name = rng.choice([*names, "sigmoid", "relu"])
    numbers = rng.uniform(0.2, 2.0, size=any_shape(rng))
    x = strided(rng, numbers if name in ("log", "sqrt") else numbers - 1.1)
    ops = {"neg": F.Neg, "inv": F.Inv, "abs": F.Abs}
    return ops[name].apply(x) if name in ops else getattr(x, name)()


def a_zip(rng: Rng) -> Tensor:
    op = rng.choice([F.Add, F.Sub, F.Mul, F.Div, F.Pow, F.Maximum, F.Minimum])
    draw = with_ties if op in (F.Maximum, F.Minimum) else positive
    return op.apply(*(draw(rng, shape) for shape in broadcasting(rng, 2)))


def positive(rng: Rng, shape: Shape) -> Tensor:
    return strided(rng, rng.uniform(0.2, 3.0, size=shape))


def a_choice(rng: Rng) -> Tensor:
    if rng.random() < 0.2:
        return gradlab.tensors.layers.dropout(drawn(rng, any_shape(rng)), 0.4)
    x, y, z = (with_ties(rng, shape) for shape in broadcasting(rng, 3))
    return gradlab.where(x > 0, y, z) if rng.random() < 0.5 else x.clip(y, z)


def a_reduce(rng: Rng) -> Tensor:
    name = rng.choice(["sum", "mean", "prod", "max", "min", "var", "logsumexp"])
    free = name in ("sum", "prod")
    shape = any_shape(rng, cells=not free)
    options: dict[str, Any] = {"correction": 0} if name == "var" else {}
    x = drawn(rng, shape) if name in ("mean", "logsumexp") else with_ties(rng, shape)
    dims, keep = some_dims(rng, len(shape)), bool(rng.integers(2))
    return getattr(x, name)(dims, keepdim=keep, **options)


def a_view(rng: Rng) -> Tensor:
    x = drawn(rng, any_shape(rng, 1))
    order = rng.permutation(x.ndim).tolist()
    views: list[Callable[[], Tensor]] = [
        lambda: x.permute(*order),
        lambda: x.permute(*order).contiguous(),
        lambda: x.reshape(*[x.shape[d] for d in order], 1),
        lambda: x.contiguous().view(x.size),
        lambda: x.flip(*order[: rng.integers(1, x.ndim + 1)]),
        lambda: x.squeeze(),
        lambda: x.unsqueeze(order[0]),
        lambda: x[..., None].expand(2, *x.shape, 3),
        lambda: x.tile(*rng.integers(1, 3, size=x.ndim).tolist(), 2),
        lambda: gradlab.stack([x, x * 2, x], dim=order[0]),
        lambda: gradlab.cat([x, x, x * 2], dim=order[0]),
    ]
    return views[rng.integers(len(views))]()


def an_index(rng: Rng) -> Tensor:
    shape = tuple(rng.integers(1, 6, size=rng.integers(1, 4)).tolist())
    parts: list[Any] = [one_part(rng, size) for size in shape]
    at = int(rng.integers(len(parts) + 1))
    if rng.random() < 0.3:
        parts[at : at + 1] = [...]
    if rng.random() < 0.3:
        parts.insert(at, None)
    return drawn(rng, shape)[tuple(parts)]


def one_part(rng: Rng, size: int) -> Any:
    if rng.random() < 0.4:
        return int(rng.integers(-size, size))
    ends = [None if rng.random() < 0.6 else int(rng.integers(-5, 6)) for _ in range(2)]
    return slice(*ends, int(rng.choice([-2, -1, 1, 2])))


def a_matmul(rng: Rng) -> Tensor:
    i, j, k = rng.choice([0, 1, 2, 3], p=[0.05, 0.2, 0.4, 0.35], size=3).tolist()
    kind = rng.random()
    if kind < 0.2:
        return linear(*(drawn(rng, shape) for shape in ((i, j), (k, j), (k,))))
    left, right = broadcasting(rng, 2)
    a = (j,) if kind < 0.35 else (*left, i, j)
    b = (j,) if 0.3 < kind < 0.45 else (*right, j, k)
    return drawn(rng, a) @ drawn(rng, b)


def a_conv(rng: Rng) -> Tensor:
    dims = int(rng.integers(1, 3))
    samples, channels, outputs = rng.integers(1, 3, size=3).tolist()
    kernel = rng.integers(1, 4, size=dims)
    padding, stride = rng.integers(0, 4, size=dims), rng.integers(1, 4, size=dims)
    if dims == 1:
        padding, stride = padding[0], stride[0]
    sizes = np.maximum(kernel - 2 * padding, 1) + rng.integers(0, 4, size=dims)
    x = drawn(rng, (samples, channels, *sizes.tolist()))
    weight = drawn(rng, (outputs, channels, *kernel.tolist()))
    conv = conv1d if dims == 1 else conv2d
    return conv(x, weight, stride=stride.tolist(), padding=padding.tolist())


def a_pool(rng: Rng) -> Tensor:
    kernel, stride = (rng.integers(1, 4, size=2) for _ in "ks")
    padding = rng.integers(0, kernel // 2 + 1)
    sizes = np.maximum(kernel - 2 * padding, 1) + rng.integers(0, 4, size=2)
    x = with_ties(rng, (*rng.integers(1, 3, size=2).tolist(), *sizes.tolist()))
    pool = rng.choice([avg_pool2d, max_pool2d])
    return pool(x, *(tuple(each.tolist()) for each in (kernel, stride, padding)))


def a_softmax(rng: Rng) -> Tensor:
    x = drawn(rng, any_shape(rng, cells=True))
    method = rng.choice(["softmax", "log_softmax"])
    return getattr(x, method)(some_dims(rng, x.ndim) or 0)


KINDS: dict[str, Callable[[Rng], Tensor]] = {
    "map": a_map,
    "zip": a_zip,
    "choice": a_choice,
    "reduce": a_reduce,
    "view": a_view,
    "index": an_index,
    "matmul": a_matmul,
    "conv": a_conv,
    "pool": a_pool,
    "softmax": a_softmax,
}
