"""Every name of MiniTorch's surface is there, and `import gradlab` stays light."""

import subprocess
import sys

import pytest

import gradlab.minitorch as minitorch

NAMES = [
    "central_difference",
    "topological_sort",
    "backpropagate",
    "Context",
    "Scalar",
    "ScalarHistory",
    "ScalarFunction",
    "derivative_check",
    "TensorData",
    "IndexingError",
    "index_to_position",
    "to_index",
    "broadcast_index",
    "shape_broadcast",
    "strides_from_shape",
    "UserShape",
    "UserIndex",
    "UserStrides",
    "prod",
    "Tensor",
    "tensor",
    "rand",
    "zeros",
    "Function",
    "grad_check",
    "grad_central_difference",
    "TensorOps",
    "SimpleOps",
    "FastOps",
    "TensorBackend",
    "SimpleBackend",
    "tensor_map",
    "tensor_zip",
    "tensor_reduce",
    "Module",
    "Parameter",
    "SGD",
    "datasets",
    "MathTest",
    "MathTestVariable",
    "Conv1dFun",
    "Conv2dFun",
    "conv1d",
    "conv2d",
    "tile",
    "avgpool2d",
    "maxpool2d",
    "argmax",
    "max",
    "softmax",
    "logsoftmax",
    "dropout",
    "where",
    "cat",
    "stack",
]
MODULES = [
    "operators",
    "autodiff",
    "scalar",
    "scalar_functions",
    "tensor",
    "tensor_data",
    "tensor_functions",
    "tensor_ops",
    "fast_ops",
    "fast_conv",
    "module",
    "nn",
    "optim",
    "datasets",
    "testing",
]
OPERATORS = [
    "mul",
    "id",
    "add",
    "neg",
    "lt",
    "eq",
    "max",
    "is_close",
    "sigmoid",
    "relu",
    "log",
    "exp",
    "log_back",
    "inv",
    "inv_back",
    "relu_back",
    "map",
    "zipWith",
    "reduce",
    "negList",
    "addLists",
    "sum",
    "prod",
]
MAPS = ["neg", "sigmoid", "relu", "log", "exp", "id", "inv"]
ZIPS = ["add", "mul", "lt", "eq", "is_close", "relu_back", "log_back", "inv_back"]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_there(name):
    assert name in minitorch.__all__
    assert getattr(minitorch, name) is not None


@pytest.mark.parametrize("name", OPERATORS)
def test_an_operator_is_there(name):
    assert callable(getattr(minitorch.operators, name))


@pytest.mark.parametrize("ops", [minitorch.SimpleOps, minitorch.FastOps])
def test_a_backend_has_its_functions(ops):
    backend = minitorch.TensorBackend(ops)
    for name in [f"{m}_map" for m in MAPS] + [f"{z}_zip" for z in ZIPS]:
        assert callable(getattr(backend, name))
    assert callable(backend.add_reduce)
    assert callable(backend.mul_reduce)
    assert callable(backend.matrix_multiply)
    assert callable(backend.id_cmap)
    assert backend.cuda is False
    assert minitorch.TensorBackend(ops) is backend


def test_modules_have_minitorchs_names():
    imports = "".join(f"import gradlab.minitorch.{name}\n" for name in MODULES)
    subprocess.run([sys.executable, "-c", imports], check=True, timeout=60)


def test_import_gradlab_does_not_load_it():
    heavy = ("numpy", "gradlab.minitorch")
    code = f"import sys, gradlab; print([m for m in {heavy} if m in sys.modules])"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60
    )
    assert run.stdout.strip() == "[]"


def test_tensors_are_gradlabs():
    import gradlab

    assert issubclass(minitorch.Tensor, gradlab.Tensor)
    x = minitorch.tensor([1.0, 2.0])
    assert type(x * 2 + x) is minitorch.Tensor
    assert type(gradlab.tensor([1.0]) * 2) is gradlab.Tensor


def test_code_that_imports_minitorch_gets_this():
    code = """
import gradlab.minitorch
gradlab.minitorch.install_as_minitorch()
import minitorch
import minitorch.fast_ops
from minitorch.operators import mul
from minitorch import FastOps, TensorBackend
from minitorch.datasets import xor
assert minitorch is gradlab.minitorch
assert minitorch.fast_ops.FastOps is FastOps is gradlab.minitorch.FastOps
assert mul is gradlab.minitorch.operators.mul
"""
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
