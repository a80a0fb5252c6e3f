"""What students write in MiniTorch's assignments works on these variables."""

import numpy as np

import gradlab.minitorch as minitorch


def sort(variable):
    """Return the order of a depth-first walk, the last finished first."""
    order, seen = [], set()

    def visit(v):
        if v.is_constant() or v.unique_id in seen:
            return
        seen.add(v.unique_id)
        if not v.is_leaf():
            for parent in v.parents:
                visit(parent)
        order.append(v)

    visit(variable)
    return order[::-1]


def propagate(variable, deriv):
    """Walk the sorted graph by chain_rule and accumulate_derivative alone."""
    derivatives = {variable.unique_id: deriv}
    for v in sort(variable):
        d = derivatives[v.unique_id]
        if v.is_leaf():
            v.accumulate_derivative(d)
            continue
        for parent, part in v.chain_rule(d):
            key = parent.unique_id
            derivatives[key] = derivatives[key] + part if key in derivatives else part


def test_backpropagation_of_scalars():
    x, y = minitorch.Scalar(2.0), minitorch.Scalar(3.0)
    u, v = minitorch.Scalar(2.0), minitorch.Scalar(3.0)
    propagate((x * y + x).log() * x, 1.0)
    ((u * v + u).log() * u).backward()
    assert (x.derivative, y.derivative) == (u.derivative, v.derivative)


def test_backpropagation_of_tensors(backend):
    def leaves():
        numbers = ([[1.0, 2.0], [3.0, 4.0]], [0.5, 0.25])
        return [minitorch.tensor(n, backend, requires_grad=True) for n in numbers]

    (x, y), (u, v) = leaves(), leaves()
    propagate((x * y + x).sigmoid().sum(), minitorch.tensor([1.0], backend))
    (u * v + u).sigmoid().sum().backward()
    assert np.allclose(x.grad.to_numpy(), u.grad.to_numpy())
    assert np.allclose(y.grad.to_numpy(), v.grad.to_numpy())


def test_layers_with_parameters_of_scalars():
    class Line(minitorch.Module):
        def __init__(self):
            super().__init__()
            self.slope = self.add_parameter("slope", minitorch.Scalar(0.0))

        def forward(self, x):
            return self.slope.value * x

    model = Line()
    optim = minitorch.SGD(model.parameters(), lr=0.1)
    for _ in range(50):
        optim.zero_grad()
        miss = model(2.0) - 6.0
        (miss * miss).backward()
        optim.step()
    assert abs(model.slope.value.data - 3.0) < 1e-6
