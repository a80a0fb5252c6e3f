"""One Function per op, forward beside backward."""

from gradlab.tensors.functions.arithmetic import Add, Div, Mul, Pow, Sub
from gradlab.tensors.functions.compare import Eq, Ge, Gt, IsClose, Le, Lt, Ne
from gradlab.tensors.functions.convolution import Conv1d, Conv2d
from gradlab.tensors.functions.dropout import Dropout
from gradlab.tensors.functions.elementwise import (
    Abs,
    Cos,
    Exp,
    Inv,
    Log,
    Neg,
    ReLU,
    Sigmoid,
    Sign,
    Sin,
    Sqrt,
    Tanh,
)
from gradlab.tensors.functions.extrema import ArgMax, ArgMin, Max, Min
from gradlab.tensors.functions.indexing import GetItem
from gradlab.tensors.functions.join import Cat, Stack, Tile
from gradlab.tensors.functions.losses import (
    BCE,
    MSE,
    NLL,
    BCEWithLogits,
    CrossEntropy,
)
from gradlab.tensors.functions.matmul import Linear, MatMul
from gradlab.tensors.functions.normalization import BatchNorm
from gradlab.tensors.functions.pooling import AvgPool2d, MaxPool2d
from gradlab.tensors.functions.reduce import Mean, Prod, Sum
from gradlab.tensors.functions.select import Clip, Maximum, Minimum, Where
from gradlab.tensors.functions.softmax import LogSoftmax, LogSumExp, Softmax
from gradlab.tensors.functions.statistics import Var
from gradlab.tensors.functions.truth import All, Any
from gradlab.tensors.functions.views import (
    Contiguous,
    Expand,
    Flip,
    Permute,
    Reshape,
    View,
)

__all__ = [
    "BCE",
    "MSE",
    "NLL",
    "Abs",
    "Add",
    "All",
    "Any",
    "ArgMax",
    "ArgMin",
    "AvgPool2d",
    "BCEWithLogits",
    "BatchNorm",
    "Cat",
    "Clip",
    "Contiguous",
    "Conv1d",
    "Conv2d",
    "Cos",
    "CrossEntropy",
    "Div",
    "Dropout",
    "Eq",
    "Exp",
    "Expand",
    "Flip",
    "Ge",
    "GetItem",
    "Gt",
    "Inv",
    "IsClose",
    "Le",
    "Linear",
    "Log",
    "LogSoftmax",
    "LogSumExp",
    "Lt",
    "MatMul",
    "Max",
    "MaxPool2d",
    "Maximum",
    "Mean",
    "Min",
    "Minimum",
    "Mul",
    "Ne",
    "Neg",
    "Permute",
    "Pow",
    "Prod",
    "ReLU",
    "Reshape",
    "Sigmoid",
    "Sign",
    "Sin",
    "Softmax",
    "Sqrt",
    "Stack",
    "Sub",
    "Sum",
    "Tanh",
    "Tile",
    "Var",
    "View",
    "Where",
]
