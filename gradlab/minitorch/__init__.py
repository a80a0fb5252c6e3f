"""MiniTorch's names, modules and conventions on gradlab's engine.

`import gradlab.minitorch as minitorch` runs what was written for MiniTorch: reductions
keep the dim, `sum()` has shape (1,), `t[i, j]` is a float, `requires_grad()` a method.

Examples
--------
>>> import gradlab.minitorch as minitorch
>>> fast = minitorch.TensorBackend(minitorch.FastOps)
>>> x = minitorch.tensor([[1, 2], [3, 4]], backend=fast, requires_grad=True)
>>> (x * x).sum().backward()
>>> x.grad[1, 0]
6.0
"""

from gradlab.minitorch import fast_ops, operators, scalar_functions
from gradlab.minitorch.alias import install_as_minitorch
from gradlab.minitorch.autodiff import (
    Context,
    History,
    backpropagate,
    central_difference,
    topological_sort,
)
from gradlab.minitorch.datasets import datasets
from gradlab.minitorch.fast_conv import Conv1dFun, Conv2dFun, conv1d, conv2d
from gradlab.minitorch.fast_ops import FastOps
from gradlab.minitorch.module import Module, Parameter
from gradlab.minitorch.nn import (
    argmax,
    avgpool2d,
    dropout,
    logsoftmax,
    max,
    maxpool2d,
    softmax,
    tile,
)
from gradlab.minitorch.operators import prod
from gradlab.minitorch.optim import SGD, Optimizer
from gradlab.minitorch.scalar import (
    Scalar,
    ScalarFunction,
    ScalarHistory,
    derivative_check,
)
from gradlab.minitorch.tensor import Tensor
from gradlab.minitorch.tensor_data import (
    IndexingError,
    TensorData,
    UserIndex,
    UserShape,
    UserStrides,
    broadcast_index,
    index_to_position,
    shape_broadcast,
    strides_from_shape,
    to_index,
)
from gradlab.minitorch.tensor_functions import (
    Function,
    cat,
    grad_central_difference,
    grad_check,
    rand,
    stack,
    tensor,
    where,
    zeros,
)
from gradlab.minitorch.tensor_ops import (
    SimpleBackend,
    SimpleOps,
    TensorBackend,
    TensorOps,
    tensor_map,
    tensor_reduce,
    tensor_zip,
)
from gradlab.minitorch.testing import MathTest, MathTestVariable

__all__ = [
    "SGD",
    "Context",
    "Conv1dFun",
    "Conv2dFun",
    "FastOps",
    "Function",
    "History",
    "IndexingError",
    "MathTest",
    "MathTestVariable",
    "Module",
    "Optimizer",
    "Parameter",
    "Scalar",
    "ScalarFunction",
    "ScalarHistory",
    "SimpleBackend",
    "SimpleOps",
    "Tensor",
    "TensorBackend",
    "TensorData",
    "TensorOps",
    "UserIndex",
    "UserShape",
    "UserStrides",
    "argmax",
    "avgpool2d",
    "backpropagate",
    "broadcast_index",
    "cat",
    "central_difference",
    "conv1d",
    "conv2d",
    "datasets",
    "derivative_check",
    "dropout",
    "fast_ops",
    "grad_central_difference",
    "grad_check",
    "index_to_position",
    "install_as_minitorch",
    "logsoftmax",
    "max",
    "maxpool2d",
    "operators",
    "prod",
    "rand",
    "scalar_functions",
    "shape_broadcast",
    "softmax",
    "stack",
    "strides_from_shape",
    "tensor",
    "tensor_map",
    "tensor_reduce",
    "tensor_zip",
    "tile",
    "to_index",
    "topological_sort",
    "where",
    "zeros",
]
