"""Layers: modules with parameters, and those that only reshape or drop."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, ClassVar

from gradlab.indexing import is_whole
from gradlab.nn.module import Module
from gradlab.nn.parameter import Parameter
from gradlab.tensors.creation import flag, ones, zeros
from gradlab.tensors.functions.windows import as_sizes
from gradlab.tensors.layers import (
    batch_norm,
    check_probability,
    conv1d,
    conv2d,
    dropout,
)
from gradlab.tensors.products import check_tensors, linear
from gradlab.tensors.randomness import generator
from gradlab.tensors.tensor import Tensor


def _start(shape: tuple[int, ...], fan_in: int, **options: Any) -> Parameter:
    """Return first weights: uniform within 1 / sqrt(inputs of one output)."""
    bound = 1 / math.sqrt(max(fan_in, 1))
    return Parameter(generator().uniform(-bound, bound, shape), **options)


def _count(value: Any, what: str) -> int:
    if not is_whole(value) or value < 1:
        raise ValueError(f"{what} is a whole number from 1; got {value!r}.")
    return int(value)


def _without(bias: Parameter | None) -> str:
    return ", bias=False" if bias is None else ""


class Sequential(Module):
    """Modules one after another: the output of each is the input of the next.

    Examples
    --------
    >>> Sequential(Linear(2, 3), Flatten())
    Sequential
      0: Linear(2, 3)
      1: Flatten(1)
    """

    def __init__(self, *modules: Module) -> None:
        for k, module in enumerate(modules):
            if not isinstance(module, Module):
                raise TypeError(
                    f"Sequential takes modules; item {k} is {module!r}. Write "
                    "Sequential(Linear(2, 3), ReLU()), without a list."
                )
        self._all = modules

    def children(self) -> Iterator[tuple[str, Module]]:
        """Yield the modules, named by their place."""
        return ((str(k), module) for k, module in enumerate(self._all))

    def forward(self, x: Any) -> Any:
        """Run the modules in order."""
        for module in self._all:
            x = module(x)
        return x

    def __len__(self) -> int:
        return len(self._all)

    def __getitem__(self, k: int) -> Module:
        return self._all[k]


class Linear(Module):
    """x @ weight.T + bias: (batch, inputs) -> (batch, outputs).

    Parameters
    ----------
    inputs, outputs : how many numbers go in and come out per row
    bias : whether to add one
    options : as for `tensor`: dtype, backend

    Examples
    --------
    >>> from gradlab import ones
    >>> Linear(4, 3)(ones((2, 4))).shape
    (2, 3)
    """

    def __init__(
        self, inputs: int, outputs: int, bias: bool = True, **options: Any
    ) -> None:
        self.inputs = _count(inputs, "Linear: inputs")
        self.outputs = _count(outputs, "Linear: outputs")
        self.weight = _start((outputs, inputs), inputs, **options)
        has_bias = flag(bias, "bias")
        self.bias = _start((outputs,), inputs, **options) if has_bias else None

    def forward(self, x: Tensor) -> Tensor:
        """Return x @ weight.T + bias."""
        return linear(x, self.weight, self.bias)

    def _options(self) -> str:
        """Return what was asked for."""
        return f"{self.inputs}, {self.outputs}{_without(self.bias)}"


class _Convolution(Module):
    """What Conv1d and Conv2d share: all but the number of dims."""

    dims: ClassVar[int]

    def __init__(
        self,
        inputs: int,
        outputs: int,
        kernel: Any,
        *,
        stride: Any = 1,
        padding: Any = 0,
        bias: bool = True,
        **options: Any,
    ) -> None:
        name = type(self).__name__
        self.inputs = _count(inputs, f"{name}: inputs")
        self.outputs = _count(outputs, f"{name}: outputs")
        self.kernel = as_sizes(kernel, self.dims, f"{name}: kernel", 1)
        self.stride = as_sizes(stride, self.dims, f"{name}: stride", 1)
        self.padding = as_sizes(padding, self.dims, f"{name}: padding", 0)
        seen = self.inputs * math.prod(self.kernel)
        self.weight = _start((outputs, inputs, *self.kernel), seen, **options)
        has_bias = flag(bias, "bias")
        self.bias = _start((outputs,), seen, **options) if has_bias else None

    def _options(self) -> str:
        """Return what was asked for."""
        text = f"{self.inputs}, {self.outputs}, {self.kernel}"
        text += f", stride={self.stride}" if max(self.stride) > 1 else ""
        text += f", padding={self.padding}" if max(self.padding) else ""
        return text + _without(self.bias)


class Conv1d(_Convolution):
    """The same weights at every place of a line: (samples, channels, size).

    Examples
    --------
    >>> from gradlab import ones
    >>> Conv1d(2, 3, 2)(ones((1, 2, 5))).shape
    (1, 3, 4)
    """

    dims = 1

    def forward(self, x: Tensor) -> Tensor:
        """Return the convolution of x with the weights."""
        stride, padding = self.stride[0], self.padding[0]
        return conv1d(x, self.weight, self.bias, stride=stride, padding=padding)


class Conv2d(_Convolution):
    """The same weights at every place of images: (samples, channels, height, width).

    Examples
    --------
    >>> from gradlab import ones
    >>> Conv2d(1, 4, 3, padding=1)(ones((2, 1, 8, 8))).shape
    (2, 4, 8, 8)
    """

    dims = 2

    def forward(self, x: Tensor) -> Tensor:
        """Return the convolution of x with the weights."""
        return conv2d(
            x, self.weight, self.bias, stride=self.stride, padding=self.padding
        )


class Flatten(Module):
    """All dims from `start` on made one: (samples, ...) -> (samples, numbers).

    Examples
    --------
    >>> from gradlab import ones
    >>> Flatten()(ones((2, 3, 4))).shape
    (2, 12)
    """

    def __init__(self, start: int = 1) -> None:
        if not is_whole(start):
            raise TypeError(f"Flatten: start is a dim, such as 1; got {start!r}.")
        self.start = start

    def forward(self, x: Tensor) -> Tensor:
        """Return x.flatten(start)."""
        check_tensors("Flatten", x)
        return x.flatten(self.start)

    def _options(self) -> str:
        """Return the first dim that goes."""
        return str(self.start)


class Dropout(Module):
    """In training, cells set to 0 with probability p and the others scaled up.

    Examples
    --------
    >>> from gradlab import ones
    >>> Dropout(0.5).eval()(ones(3)).tolist()
    [1.0, 1.0, 1.0]
    """

    def __init__(self, p: float = 0.5) -> None:
        check_probability(p, "Dropout: p")
        self.p = p

    def forward(self, x: Tensor) -> Tensor:
        """Return x with cells dropped, or x itself outside training."""
        return dropout(x, self.p, self.training)

    def _options(self) -> str:
        """Return p."""
        return str(self.p)


class BatchNorm1d(Module):
    """Every channel with mean 0 and variance 1, then scaled and shifted.

    In training by the batch, whose statistics it follows; in use by what it has
    followed. x is (samples, channels) or (samples, channels, size).

    Examples
    --------
    >>> from gradlab import tensor
    >>> y = BatchNorm1d(1, eps=0)(tensor([[1], [3]]))
    >>> y.tolist()
    [[-1.0], [1.0]]
    """

    buffers = ("running_mean", "running_var")

    def __init__(
        self, channels: int, eps: float = 1e-5, momentum: float = 0.1, **options: Any
    ) -> None:
        self.channels = _count(channels, "BatchNorm1d: channels")
        check_probability(momentum, "BatchNorm1d: momentum")
        if isinstance(eps, bool) or not isinstance(eps, (int, float)) or not eps >= 0:
            raise ValueError(f"BatchNorm1d: eps is a number from 0; got {eps!r}.")
        self.eps, self.momentum = eps, momentum
        self.weight = Parameter(ones(channels, **options))
        self.bias = Parameter(zeros(channels, **options))
        self.running_mean = zeros(channels, **options)
        self.running_var = ones(channels, **options)

    def forward(self, x: Tensor) -> Tensor:
        """Return x normalized."""
        check_tensors("BatchNorm1d", x)
        if x.ndim not in (2, 3):
            raise ValueError(
                "BatchNorm1d takes x of shape (samples, channels) or (samples, "
                f"channels, size); got {x.shape}."
            )
        return batch_norm(
            x,
            self.weight,
            self.bias,
            running_mean=self.running_mean,
            running_var=self.running_var,
            training=self.training,
            momentum=self.momentum,
            eps=self.eps,
        )

    def _options(self) -> str:
        """Return the number of channels."""
        return str(self.channels)
