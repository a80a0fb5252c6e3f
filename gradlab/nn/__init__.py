"""nn: modules with parameters, to build networks of.

Examples
--------
>>> from gradlab import nn
>>> nn.Sequential(nn.Linear(2, 10), nn.ReLU(), nn.Linear(10, 1))
Sequential
  0: Linear(2, 10)
  1: ReLU()
  2: Linear(10, 1)
"""

from gradlab.nn.activations import CrossEntropyLoss, ReLU, Sigmoid, Tanh
from gradlab.nn.layers import (
    BatchNorm1d,
    Conv1d,
    Conv2d,
    Dropout,
    Flatten,
    Linear,
    Sequential,
)
from gradlab.nn.module import Module
from gradlab.nn.parameter import Parameter
from gradlab.nn.state import load, save

__all__ = [
    "BatchNorm1d",
    "Conv1d",
    "Conv2d",
    "CrossEntropyLoss",
    "Dropout",
    "Flatten",
    "Linear",
    "Module",
    "Parameter",
    "ReLU",
    "Sequential",
    "Sigmoid",
    "Tanh",
    "load",
    "save",
]
