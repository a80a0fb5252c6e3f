"""MiniTorch's Module and Parameter: a box for a value, found by the module it is in."""

from __future__ import annotations

from typing import Any


class Parameter:
    """A value that a module learns: a tensor, a Scalar, or anything else.

    Parameters
    ----------
    x : the value; it is made to require a gradient where it can
    name : what to call it

    Examples
    --------
    >>> from gradlab.minitorch import tensor
    >>> p = Parameter(tensor([1, 2]))
    >>> p.value.requires_grad()
    True
    """

    def __init__(self, x: Any, name: str | None = None) -> None:
        self.name = name
        self.update(x)

    def update(self, x: Any) -> None:
        """Put another value in, which starts without a gradient."""
        self.value = x
        if hasattr(x, "requires_grad_"):
            x.requires_grad_(True)
        if self.name and hasattr(x, "history"):
            x.name = self.name

    def __repr__(self) -> str:
        return repr(self.value)


class Module:
    """A part of a network: subclass, set parameters and modules, write `forward`.

    Examples
    --------
    >>> class Line(Module):
    ...     def __init__(self):
    ...         super().__init__()
    ...         self.slope = Parameter(2.0)
    ...
    ...     def forward(self, x):
    ...         return self.slope.value * x
    >>> Line()(3.0), Line().named_parameters()
    (6.0, [('slope', 2.0)])
    """

    training: bool
    _modules: dict[str, Module]
    _parameters: dict[str, Parameter]

    def __init__(self) -> None:
        self._modules = {}
        self._parameters = {}
        self.training = True

    def modules(self) -> list[Module]:
        """Return the modules set on this one."""
        return list(self._modules.values())

    def train(self) -> None:
        """Switch this module and all below it to training."""
        self._switch(True)

    def eval(self) -> None:
        """Switch this module and all below it to use."""
        self._switch(False)

    def _switch(self, training: bool) -> None:
        self.training = training
        for module in self.modules():
            module._switch(training)

    def named_parameters(self) -> list[tuple[str, Parameter]]:
        """Return all parameters with their names, such as "layer1.weights"."""
        named = list(self._parameters.items())
        for path, module in self._modules.items():
            named += [(f"{path}.{name}", p) for name, p in module.named_parameters()]
        return named

    def parameters(self) -> list[Parameter]:
        """Return all parameters: what an optimizer takes."""
        return [parameter for _, parameter in self.named_parameters()]

    def add_parameter(self, k: str, v: Any) -> Parameter:
        """Return a new parameter of a value, set on this module under a name."""
        parameter = self._parameters[k] = Parameter(v, k)
        return parameter

    def __setattr__(self, key: str, value: Any) -> None:
        for kind, place in ((Parameter, "_parameters"), (Module, "_modules")):
            if isinstance(value, kind):
                self._place(place)[key] = value
                return
        super().__setattr__(key, value)

    def _place(self, name: str) -> dict[str, Any]:
        """Return the dict of parameters or of modules.

        Raises
        ------
        AttributeError
            If `__init__` of a subclass has not called `super().__init__()` yet.
        """
        if name not in vars(self):
            raise AttributeError(
                f"{type(self).__name__}.__init__ has to call super().__init__() before "
                "it sets parameters and modules."
            )
        return vars(self)[name]

    def __getattr__(self, key: str) -> Any:
        for place in ("_parameters", "_modules"):
            if key in vars(self).get(place, ()):
                return vars(self)[place][key]
        raise AttributeError(f"{type(self).__name__} has no {key!r}.")

    def forward(self, *inputs: Any, **options: Any) -> Any:
        """Return the output for some inputs; every subclass writes its own."""
        raise NotImplementedError(f"{type(self).__name__} has no forward; write one.")

    def __call__(self, *inputs: Any, **options: Any) -> Any:
        """Return what `forward` makes of the inputs."""
        return self.forward(*inputs, **options)

    def __repr__(self) -> str:
        lines = [
            f"  ({name}): {line}" if k == 0 else f"  {line}"
            for name, module in self._modules.items()
            for k, line in enumerate(repr(module).split("\n"))
        ]
        inside = "\n" + "\n".join(lines) + "\n" if lines else ""
        return f"{type(self).__name__}({inside})"
