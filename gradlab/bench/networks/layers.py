"""Weights and layers that several libraries start from."""

from __future__ import annotations

import importlib
import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np

from gradlab.backends.base import Array
from gradlab.bench.sides import torch_with_one_thread

Weights = list[tuple[Array, Array]]


def weights(sizes: Sequence[int], dtype: str) -> Weights:
    """Return (matrix of shape (in, out), bias) of each layer; the same each time."""
    rng = np.random.default_rng(1)
    layers = []
    for before, after in itertools.pairwise(sizes):
        matrix = rng.normal(0.0, before**-0.5, (before, after))
        layers.append((matrix.astype(dtype), np.zeros(after, dtype)))
    return layers


def in_gradlab(start: Weights) -> tuple[Any, Any]:
    """Return the network as gradlab.nn modules, and its module `nn`."""
    nn = importlib.import_module("gradlab.nn")
    layers = []
    for matrix, bias in start:
        linear = nn.Linear(*matrix.shape, dtype=matrix.dtype.name)
        linear.weight.update_(matrix.T)
        linear.bias.update_(bias)
        layers += [linear, nn.ReLU()]
    return nn.Sequential(*layers[:-1]), nn


def in_torch(start: Weights) -> tuple[Any, Any]:
    """Return the network as torch.nn modules, and torch."""
    torch = torch_with_one_thread()
    layers = []
    for matrix, bias in start:
        linear = torch.nn.Linear(*matrix.shape)
        linear.weight = torch.nn.Parameter(torch.from_numpy(matrix.T.copy()))
        linear.bias = torch.nn.Parameter(torch.from_numpy(bias.copy()))
        layers += [linear, torch.nn.ReLU()]
    return torch.nn.Sequential(*layers[:-1]), torch
