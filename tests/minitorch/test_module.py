"""Module, Parameter, SGD, datasets."""

import random

import numpy as np
import pytest

import gradlab.minitorch as minitorch
from gradlab.minitorch import Module, Parameter, Scalar


class Inner(Module):
    def __init__(self):
        super().__init__()
        self.a = Parameter(15)


class Outer(Module):
    def __init__(self):
        super().__init__()
        self.p = Parameter(1, name="p")
        self.inner = Inner()
        self.plain = 10

    def forward(self, x, twice=False):
        return x * self.p.value * (2 if twice else 1)


def test_a_module_finds_what_is_in_it():
    module = Outer()
    assert [name for name, _ in module.named_parameters()] == ["p", "inner.a"]
    assert [p.value for p in module.parameters()] == [1, 15]
    assert module.modules() == [module.inner]
    assert module.inner.a.value == 15
    assert module.plain == 10
    assert module(3) == 3
    assert module(3, twice=True) == 6
    assert "(inner): Inner()" in repr(module)
    added = module.add_parameter("q", 5)
    assert module.q is added
    assert dict(module.named_parameters())["q"].value == 5


def test_modes_reach_everything_below():
    module = Outer()
    assert module.training
    assert module.inner.training
    module.eval()
    assert not module.training
    assert not module.inner.training
    module.train()
    assert module.training
    assert module.inner.training


def test_what_is_missing_is_named():
    with pytest.raises(AttributeError, match="nothing"):
        _ = Outer().nothing
    with pytest.raises(NotImplementedError, match="forward"):
        Inner()(1)

    class Early(Module):
        def __init__(self):
            self.p = Parameter(1)

    with pytest.raises(AttributeError, match="super"):
        Early()


def test_parameters_need_gradients(backend):
    p = Parameter(minitorch.zeros((2,), backend=backend), name="w")
    assert p.value.requires_grad()
    assert p.value.name == "w"
    p.update(p.value * 2)
    assert p.value.requires_grad()
    assert p.value.is_leaf()


def test_sgd_on_tensors(backend):
    p, rest = Parameter(minitorch.tensor([3.0], backend=backend)), Parameter(1)
    optim = minitorch.SGD([p, rest], lr=0.25)
    (p.value * p.value).sum().backward()
    optim.step()
    assert p.value[0] == 1.5
    assert p.value.grad is None
    assert rest.value == 1
    (p.value * p.value).sum().backward()
    optim.zero_grad()
    optim.step()
    assert p.value[0] == 1.5


def test_sgd_on_scalars():
    p = Parameter(Scalar(3.0))
    optim = minitorch.SGD([p])
    (p.value * 2).backward()
    optim.step()
    assert p.value.data == 1.0
    (p.value * 2).backward()
    optim.zero_grad()
    assert p.value.derivative is None


RULES = {
    "Simple": lambda a, b: a < 0.5,
    "Diag": lambda a, b: a + b < 0.5,
    "Split": lambda a, b: a < 0.2 or a > 0.8,
    "Xor": lambda a, b: (a < 0.5) != (b < 0.5),
    "Circle": lambda a, b: (a - 0.5) ** 2 + (b - 0.5) ** 2 > 0.1,
}


@pytest.mark.parametrize("name", RULES)
def test_datasets(name):
    random.seed(5)
    data = minitorch.datasets[name](40)
    assert (data.N, len(data.X), len(data.y)) == (40, 40, 40)
    assert data.y == [int(RULES[name](a, b)) for a, b in data.X]
    assert set(data.y) == {0, 1}


def test_spiral():
    data = minitorch.datasets["Spiral"](20)
    assert data.y == [0] * 10 + [1] * 10
    a, b = np.array(data.X).T - 0.5
    angles = 10.0 * (np.arange(10) + 5) / 10
    assert np.allclose(np.hypot(a, b), np.tile(angles / 20, 2))
