"""One Function per op, forward beside backward."""

from gradlab.tensors.functions.elementwise import (
    Add,
    Div,
    Exp,
    Inv,
    Log,
    Mul,
    Neg,
    ReLU,
    Sigmoid,
    Sub,
)
from gradlab.tensors.functions.join import Cat, Stack
from gradlab.tensors.functions.reduce import Mean, Sum
from gradlab.tensors.functions.views import Contiguous, GetItem, Permute, View

__all__ = [
    "Add",
    "Cat",
    "Contiguous",
    "Div",
    "Exp",
    "GetItem",
    "Inv",
    "Log",
    "Mean",
    "Mul",
    "Neg",
    "Permute",
    "ReLU",
    "Sigmoid",
    "Stack",
    "Sub",
    "Sum",
    "View",
]
