"""What checks remember while a kernel runs: what passed, what was checked last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import CodeType, FunctionType, ModuleType
from typing import Any

from gradlab.exercises.values import PLAIN

ATOMS = (*PLAIN, bytes, complex)


@dataclass(frozen=True)
class Passed:
    """A learner's function whose check passed in this kernel."""

    fn: Any
    moment: datetime
    exercise: str = ""


@dataclass(frozen=True)
class Checked:
    """The function checked last, what it stood on then, and the card it got."""

    fn: Any
    stood_on: Mapping[str, Any] | None
    body: str
    text: str


@dataclass
class Memory:
    """One kernel's memory."""

    passed: dict[str, Passed] = field(default_factory=dict)
    checked: dict[str, Checked] = field(default_factory=dict)
    said: dict[str, Any] = field(default_factory=dict)

    def say_once(self, what: str, how: Any = True) -> bool:
        """Return True the first time, and again when `how` has changed."""
        if self.said.get(what) == how:
            return False
        self.said[what] = how
        return True

    def unchanged(self, id: str, fn: Any) -> Checked | None:
        """Return the last check of `id` if it was of this very function.

        It counts only if nothing that the function uses has changed either.
        """
        last = self.checked.get(id)
        if last is None or last.fn is not fn or last.stood_on is None:
            return None
        return last if same_ground(last.stood_on, self.ground_of(fn)) else None

    def ground_of(self, fn: Any) -> Mapping[str, Any] | None:
        """Return what `fn` uses, by name; None if that may change unseen."""
        if not isinstance(fn, (FunctionType, type)):
            return None  # an object that can be called: its attributes may change
        ground = dict(uses(fn))
        if "yours" in ground:
            ground |= {f"yours {name}": each.fn for name, each in self.passed.items()}
        return None if any(map(_may_change, ground.values())) else ground


memory = Memory()


def uses(fn: Any, seen: set[int] | None = None) -> Iterator[tuple[str, Any]]:
    """Yield the global names that `fn` and the functions it calls use, with values."""
    seen = set() if seen is None else seen
    if id(fn) in seen:
        return
    seen.add(id(fn))
    if isinstance(fn, type):
        for name, held in vars(fn).items():
            method = getattr(held, "__func__", held)
            if not name.startswith("__") and not isinstance(method, FunctionType):
                yield f"{fn.__qualname__}.{name}", held
            yield from uses(method, seen)
    if not isinstance(fn, FunctionType):
        return
    for name, value in _kept_in(fn):
        yield f"{fn.__qualname__} {name}", value
    for cell, value in zip(fn.__code__.co_freevars, fn.__closure__ or ()):
        yield f"{fn.__qualname__} {cell}", value.cell_contents
    for name in names_in(fn.__code__):
        if name in fn.__globals__:
            value = fn.__globals__[name]
            yield name, value
            if getattr(value, "__globals__", None) is fn.__globals__:
                yield from uses(value, seen)


def _kept_in(fn: FunctionType) -> Iterator[tuple[str, Any]]:
    """Yield what a function carries along: default values and attributes."""
    for place, value in enumerate(fn.__defaults__ or ()):
        yield f"default {place}", value
    yield from (fn.__kwdefaults__ or {}).items()
    yield from vars(fn).items()


def names_in(code: CodeType) -> set[str]:
    """Return the names that code looks up, nested functions included."""
    inner = (names_in(each) for each in code.co_consts if isinstance(each, CodeType))
    return set(code.co_names).union(*inner)


def _may_change(value: Any) -> bool:
    fixed = (*ATOMS, FunctionType, ModuleType, type, type(len))
    return not isinstance(value, fixed)


def same_ground(old: Mapping[str, Any], new: Mapping[str, Any] | None) -> bool:
    """Say whether two grounds hold the same things."""
    if new is None or old.keys() != new.keys():
        return False
    return all(_same_thing(old[name], new[name]) for name in old)


def _same_thing(one: Any, other: Any) -> bool:
    plain = type(one) is type(other) and type(one) in ATOMS
    return one is other or (plain and bool(one == other))
