"""Module: parameters and a forward, nested as deep as you like."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from reprlib import recursive_repr
from typing import Any, ClassVar, Self
from weakref import ref

import numpy as np

from gradlab.autodiff import recording
from gradlab.backends.base import Array
from gradlab.nn.parameter import is_parameter
from gradlab.nn.state import check_state
from gradlab.tensors.creation import flag
from gradlab.tensors.tensor import Tensor


class Module:
    """A part of a network: subclass, set parameters and modules, write `forward`.

    Whatever is set as an attribute counts: a Parameter, another Module, or a list,
    tuple or dict of them. `super().__init__()` is not needed.

    Examples
    --------
    >>> from gradlab import tensor
    >>> from gradlab.nn import Parameter
    >>> class Scale(Module):
    ...     def __init__(self):
    ...         self.factor = Parameter([2.0])
    ...
    ...     def forward(self, x):
    ...         return x * self.factor
    >>> Scale()(tensor([1.0, 3.0])).tolist()
    [2.0, 6.0]
    >>> [name for name, _ in Scale().named_parameters()]
    ['factor']
    """

    training: bool = True
    buffers: ClassVar[tuple[str, ...]] = ()  # tensors that are saved but not trained

    def forward(self, *inputs: Any) -> Any:
        """Return the output for some inputs; every subclass writes its own."""
        raise NotImplementedError(
            f"{type(self).__name__} has no forward. Write `def forward(self, x):` in "
            "the class; calling the module calls it."
        )

    def __call__(self, *inputs: Any) -> Any:
        """Return what `forward` makes of the inputs."""
        result = self.forward(*inputs)
        if recording.on:
            _note(result, self, inputs)
        return result

    # ------------------------------ what is inside ------------------------------

    def children(self) -> Iterator[tuple[str, Module]]:
        """Yield the modules set on this one, with their names."""
        for name, thing in _things(vars(self).items()):
            if isinstance(thing, Module):
                yield name, thing

    def modules(self) -> Iterator[tuple[str, Module]]:
        """Yield this module, named "", and all below it, each once.

        Examples
        --------
        >>> from gradlab.nn import Linear, Sequential
        >>> [name for name, _ in Sequential(Linear(2, 3), Linear(3, 1)).modules()]
        ['', '0', '1']
        """
        seen: set[int] = set()
        pending: list[tuple[str, Module]] = [("", self)]
        while pending:
            name, module = pending.pop(0)
            if id(module) not in seen:
                seen.add(id(module))
                yield name, module
                below = [(_join(name, key), child) for key, child in module.children()]
                pending[:0] = below

    def named_parameters(self) -> Iterator[tuple[str, Tensor]]:
        """Yield every parameter with its name, such as "layers.0.weight"; each once."""
        seen: set[int] = set()
        for path, module in self.modules():
            for name, thing in _things(vars(module).items()):
                if is_parameter(thing) and id(thing) not in seen:
                    seen.add(id(thing))
                    yield _join(path, name), thing

    def parameters(self) -> Iterator[Tensor]:
        """Yield every parameter, each once: what an optimizer takes.

        Examples
        --------
        >>> from gradlab.nn import Linear
        >>> [p.shape for p in Linear(2, 3).parameters()]
        [(3, 2), (3,)]
        """
        return (parameter for _, parameter in self.named_parameters())

    # ------------------------------ modes ------------------------------

    def train(self, mode: bool = True) -> Self:
        """Switch to training: dropout drops, batch norm follows the batch."""
        on = flag(mode, "train(mode): mode")
        for _, module in self.modules():
            module.training = on
        return self

    def eval(self) -> Self:
        """Switch to use: dropout rests, batch norm takes what it has learnt."""
        return self.train(False)

    def zero_grad(self) -> None:
        """Forget the gradients of all parameters."""
        for parameter in self.parameters():
            parameter.grad = None

    # ------------------------------ state ------------------------------

    def state_dict(self) -> dict[str, Array]:
        """Return copies of all parameters and buffers by name, as arrays.

        Examples
        --------
        >>> from gradlab.nn import Linear
        >>> sorted(Linear(2, 3).state_dict())
        ['bias', 'weight']
        """
        return {name: np.array(t._array) for name, t in self._state()}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Write arrays by name into the parameters and buffers; all of them, or none.

        Raises
        ------
        ValueError
            If names are missing or unexpected, or shapes differ.
        TypeError
            If a value is no array of numbers.
        """
        own = dict(self._state())
        arrays = check_state(state, {name: t.shape for name, t in own.items()})
        for name, t in own.items():
            t.update_(arrays[name])

    def _state(self) -> Iterator[tuple[str, Tensor]]:
        yield from self.named_parameters()
        for path, module in self.modules():
            for name in module.buffers:
                yield _join(path, name), getattr(module, name)

    # ------------------------------ reading it ------------------------------

    def _options(self) -> str:
        """Return what stands in the parentheses of the repr."""
        return ""

    @recursive_repr("...")
    def __repr__(self) -> str:
        children = list(self.children())
        options = self._options()
        head = f"({options})" if options or not children else ""
        lines = [f"{type(self).__name__}{head}"]
        for name, child in children:
            lines += (f"  {line}" for line in f"{name}: {child!r}".split("\n"))
        return "\n".join(lines)


# A note on a call: the module, its class, and the ids of what it was given. The module
# is held weakly and its inputs not at all, so a note keeps nothing alive. What the
# result depends on does live, so nothing else behind it can have one of these ids.
Call = tuple[ref["Module"], type["Module"], list[int]]


def _note(result: Any, module: Module, inputs: tuple[Any, ...]) -> None:
    """Note on a result, or on each of several, which call of a module it is from."""
    history = getattr(result, "history", None)
    if history:
        call: Call = (ref(module), type(module), _ids(inputs))
        history.scopes += (call,)
    elif type(result) in (tuple, list):
        call = (ref(module), type(module), _ids(inputs))
        for each in result:
            if getattr(each, "history", None):
                each.history.scopes += (call,)


def _ids(inputs: tuple[Any, ...]) -> list[int]:
    ids = [*map(id, inputs)]
    for each in inputs:
        if type(each) in (tuple, list):
            ids += map(id, each)
    return ids


def _things(members: Iterable[tuple[Any, Any]]) -> Iterator[tuple[str, Any]]:
    """Yield what is set on a module, also within lists, tuples and dicts."""
    for name, thing in members:
        yield str(name), thing
        for key, each in _things(_members(thing)):
            yield f"{name}.{key}", each


def _members(thing: Any) -> Iterable[tuple[Any, Any]]:
    if isinstance(thing, (list, tuple)):
        return enumerate(thing)
    return thing.items() if isinstance(thing, dict) else ()


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
