"""A training script as MiniTorch courses have it.

python -m tests.minitorch.training_script FastOps
"""

import random
import sys

import gradlab.minitorch as minitorch


def RParam(*shape, backend):
    return minitorch.Parameter(2 * (minitorch.rand(shape, backend=backend) - 0.5))


class Linear(minitorch.Module):
    def __init__(self, in_size, out_size, backend):
        super().__init__()
        self.weights = RParam(in_size, out_size, backend=backend)
        self.bias = RParam(out_size, backend=backend)
        self.out_size = out_size

    def forward(self, x):
        batch, in_size = x.shape
        product = self.weights.value.view(1, in_size, self.out_size) * x.view(
            batch, in_size, 1
        )
        return product.sum(1).view(batch, self.out_size) + self.bias.value


class Network(minitorch.Module):
    def __init__(self, hidden, backend):
        super().__init__()
        self.layer1 = Linear(2, hidden, backend)
        self.layer2 = Linear(hidden, hidden, backend)
        self.layer3 = Linear(hidden, 1, backend)

    def forward(self, x):
        h = self.layer1.forward(x).relu()
        h = self.layer2.forward(h).relu()
        return self.layer3.forward(h).sigmoid()


def train(backend, name="Xor", points=50, hidden=10, rate=0.2, epochs=400, seed=3):
    random.seed(seed)
    data = minitorch.datasets[name](points)
    model = Network(hidden, backend)
    optim = minitorch.SGD(model.parameters(), rate)
    for _ in range(epochs):
        for i in range(0, data.N, 10):
            optim.zero_grad()
            X = minitorch.tensor(data.X[i : i + 10], backend=backend)
            y = minitorch.tensor(data.y[i : i + 10], backend=backend)
            X.requires_grad_(True)
            out = model.forward(X).view(y.shape[0])
            prob = (out * y) + (out - 1.0) * (y - 1.0)
            loss = -prob.log()
            (loss / y.shape[0]).sum().view(1).backward()
            optim.step()
    X = minitorch.tensor(data.X, backend=backend)
    out = model.forward(X).view(data.N)
    right = ((out.detach() > 0.5) == minitorch.tensor(data.y)).sum()[0]
    return right / data.N


if __name__ == "__main__":
    ops = getattr(minitorch, sys.argv[1])
    print(f"{100 * train(minitorch.TensorBackend(ops)):g} % right")
