"""Both backends of MiniTorch."""

import random

import pytest

import gradlab.minitorch as minitorch


@pytest.fixture(params=["SimpleOps", "FastOps"])
def backend(request):
    random.seed(7)
    return minitorch.TensorBackend(getattr(minitorch, request.param))
