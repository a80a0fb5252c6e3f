"""gradlab: tensors, broadcasting and automatic differentiation, to see and to build.

Names are loaded when they are first used, so `import gradlab` itself is instant and
needs nothing but Python.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_HOME = {
    "SCALARS": "operators",
    "Context": "autodiff",
    "backpropagate": "autodiff",
    "backward_steps": "autodiff",
    "central_difference": "autodiff",
    "no_grad": "autodiff",
    "topological_order": "autodiff",
    "Scalar": "scalar",
    "ScalarFunction": "scalar",
    "chain_rule": "scalar",
    "broadcast_index": "indexing",
    "index_to_position": "indexing",
    "indices": "indexing",
    "shape_broadcast": "indexing",
    "strides_from_shape": "indexing",
    "to_index": "indexing",
    "kernel_source": "backends.numba",
    "Tensor": "tensors.tensor",
    "Function": "tensors.function",
    "tensor": "tensors.creation",
    "from_numpy": "tensors.creation",
    "zeros": "tensors.creation",
    "ones": "tensors.creation",
    "rand": "tensors.creation",
    "cat": "tensors.creation",
    "stack": "tensors.creation",
    "map_into": "tensors.loops",
    "zip_into": "tensors.loops",
    "reduce_into": "tensors.loops",
    "plug": "tensors.plugging",
    "fuse": "tensors.fusing",
    "unbroadcast": "tensors.unbroadcast",
    "gradcheck": "tensors.gradcheck",
    "where": "tensors.choosing",
    "matmul": "tensors.products",
    "conv1d": "tensors.layers",
    "conv2d": "tensors.layers",
    "max_pool2d": "tensors.layers",
    "avg_pool2d": "tensors.layers",
    "dropout": "tensors.layers",
    "batch_norm": "tensors.layers",
    "flip": "tensors.shaping",
    "tile": "tensors.shaping",
    "manual_seed": "tensors.randomness",
    "tensor_map": "tensors.own",
    "tensor_zip": "tensors.own",
    "tensor_reduce": "tensors.own",
    "mse": "tensors.losses",
    "bce": "tensors.losses",
    "bce_with_logits": "tensors.losses",
    "nll": "tensors.losses",
    "cross_entropy": "tensors.losses",
    "grad": "tensors.derivatives",
    "vjp": "tensors.derivatives",
    "jacobian": "tensors.derivatives",
    "detect_anomaly": "tensors.anomaly",
    "OPS": "tensors.ops",
    "check": "exercises",
    "keep": "exercises",
    "my_engine": "exercises",
    "predict": "exercises",
    "progress": "exercises",
    "yours": "exercises",
}

_MODULES = ("nn", "optim", "datasets", "minitorch", "visualization")

__all__ = ["__version__", *_HOME, *_MODULES]

if TYPE_CHECKING:
    from gradlab import datasets, minitorch, nn, optim, visualization
    from gradlab.autodiff import (
        Context,
        backpropagate,
        backward_steps,
        central_difference,
        no_grad,
        topological_order,
    )
    from gradlab.backends.numba import kernel_source
    from gradlab.exercises.checking import check
    from gradlab.exercises.keeping import keep, my_engine
    from gradlab.exercises.predictions import predict
    from gradlab.exercises.progress import progress
    from gradlab.exercises.yours import yours
    from gradlab.indexing import (
        broadcast_index,
        index_to_position,
        indices,
        shape_broadcast,
        strides_from_shape,
        to_index,
    )
    from gradlab.operators import SCALARS
    from gradlab.scalar import Scalar, ScalarFunction, chain_rule
    from gradlab.tensors.anomaly import detect_anomaly
    from gradlab.tensors.choosing import where
    from gradlab.tensors.creation import (
        cat,
        from_numpy,
        ones,
        rand,
        stack,
        tensor,
        zeros,
    )
    from gradlab.tensors.derivatives import grad, jacobian, vjp
    from gradlab.tensors.function import Function
    from gradlab.tensors.fusing import fuse
    from gradlab.tensors.gradcheck import gradcheck
    from gradlab.tensors.layers import (
        avg_pool2d,
        batch_norm,
        conv1d,
        conv2d,
        dropout,
        max_pool2d,
    )
    from gradlab.tensors.loops import map_into, reduce_into, zip_into
    from gradlab.tensors.losses import bce, bce_with_logits, cross_entropy, mse, nll
    from gradlab.tensors.ops import OPS
    from gradlab.tensors.own import tensor_map, tensor_reduce, tensor_zip
    from gradlab.tensors.plugging import plug
    from gradlab.tensors.products import matmul
    from gradlab.tensors.randomness import manual_seed
    from gradlab.tensors.shaping import flip, tile
    from gradlab.tensors.tensor import Tensor
    from gradlab.tensors.unbroadcast import unbroadcast


def __getattr__(name: str) -> Any:
    """Load a public name from its home on first use."""
    if name in _MODULES:
        return importlib.import_module(f"gradlab.{name}")
    if name not in _HOME:
        raise AttributeError(f"module 'gradlab' has no attribute {name!r}")
    module = importlib.import_module(f"gradlab.{_HOME[name]}")
    value = globals()[name] = getattr(module, name)
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
