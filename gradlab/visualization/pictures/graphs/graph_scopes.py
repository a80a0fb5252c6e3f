"""Which ops each call of a module ran, and what these calls are called.

A module notes every call on the history of its result. Walking back from there to what
the call was given finds its ops, and calls within calls are scopes within scopes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from gradlab.visualization.flow_nodes import is_variable
from gradlab.visualization.own_code import outcome, plain
from gradlab.visualization.pictures.graphs.graph_nodes import Key, Scope
from gradlab.visualization.text import clean

Things = Mapping[Key, Any]


class Calls:
    """The calls of modules behind a result.

    Parameters
    ----------
    things : everything behind the result by key, inputs before what reads them
    """

    def __init__(self, things: Things) -> None:
        self.things = things
        self.place = {key: n for n, key in enumerate(things)}
        self.scopes: list[Scope] = []
        self.given: set[Key] = set()  # what the calls were given
        found = [(self._ops(*one), one) for one in _notes(things)][::-1]
        inner_last = sorted(found, key=lambda one: -len(one[0]))
        owner: dict[Key, Scope | None] = {}
        for ops, (call, results) in inner_last:
            around = {id(owner.get(key)): owner.get(key) for key in ops}
            if len(around) == 1:  # else it is half inside another: no frame can show it
                (parent,) = around.values()
                self._add(call, ops, results, parent)
                owner.update(dict.fromkeys(ops, self.scopes[-1]))
        self.scopes.sort(key=self._when)
        self._name()

    def _add(
        self, call: Any, ops: list[Key], results: list[Key], parent: Scope | None
    ) -> None:
        module, kind, given = call
        name = clean(kind.__name__)
        self.scopes.append(Scope(name, name, name, ops, results, module(), parent))
        self.given.update(given)

    def _when(self, scope: Scope) -> list[int]:
        """Return the place of a scope among the others: in time, outer ones first."""
        return [self.place[one.results[-1]] for one in outwards(scope)][::-1]

    # ---------------------------- which ops a call ran ----------------------------

    def _ops(self, call: Any, results: list[Key]) -> list[Key]:
        """Return the ops between what a call was given and its results, in order."""
        given, module = set(call[2]), call[0]
        ops, met = set(), set()
        pending = list(results)
        while pending:
            key = pending.pop()
            history = getattr(self.things.get(key), "history", None)
            if not history or key in ops:
                continue
            if key in given or (key not in results and _from(module, history)):
                met.add(key)
                continue
            ops.add(key)
            pending += (id(x) for x in history.inputs if is_variable(x))
        return sorted(ops - self._before(met, ops), key=self.place.__getitem__)

    def _before(self, met: set[Key], ops: set[Key]) -> set[Key]:
        """Return what stands before the inputs of a call: no op of the call does."""
        first = min((self.place[key] for key in ops), default=0)
        pending, before = list(met), set()
        while pending:
            key = pending.pop()
            if key in before or self.place.get(key, -1) < first:
                continue
            before.add(key)
            history = getattr(self.things[key], "history", None)
            pending += (id(x) for x in history.inputs) if history else ()
        return before

    # --------------------------------- their names ---------------------------------

    def _name(self) -> None:
        """Name every scope: by its place in the outermost module, else by its class."""
        paths: dict[int, dict[int, str]] = {}
        taken: dict[str, Any] = {}  # which module has a name
        count: dict[str, int] = {}
        for scope in self.scopes:
            root, module = scope.root, scope.module
            if id(root) not in paths:
                paths[id(root)] = _paths(root.module)
            path = paths[id(root)].get(id(module), "")
            name = path or scope.name
            if path and taken.setdefault(path, module) is not module:
                name = f"{root.name}.{path}"
            count[name] = count.get(name, 0) + 1
            again = f" ({count[name]})" if count[name] > 1 else ""
            what = _head(module) or scope.label
            scope.label = f"{name}{again}: {what}" if path else what + again
            scope.base, scope.name = name, name + again

    def parameter_names(self) -> dict[Key, str]:
        """Return the names that parameters have in the outermost modules."""
        names: dict[Key, str] = {}
        for scope in self.scopes:
            if scope.parent is None and scope.module is not None:
                for name, parameter in scope.module.named_parameters():
                    names.setdefault(id(parameter), clean(name))
        return names


def _notes(things: Things) -> Iterable[tuple[Any, list[Key]]]:
    """Return each call once, with the keys of its results, inner calls first."""
    calls: dict[int, tuple[Any, list[Key]]] = {}
    for key, thing in things.items():
        history = getattr(thing, "history", None)
        for call in history.scopes if history else ():
            calls.setdefault(id(call), (call, []))[1].append(key)
    return calls.values()


def _from(module: Any, history: Any) -> bool:
    """Say whether a result is from an earlier call of the same module."""
    return any(call[0] is module for call in history.scopes)


def _paths(module: Any) -> dict[int, str]:
    if module is None:
        return {}
    return {id(each): clean(path) for path, each in module.modules()}


def _head(module: Any) -> str:
    """Return the first line of a module's repr; "" where there is none."""
    said = outcome(repr, module)
    text = said if module is not None and isinstance(said, str) else ""
    return clean(text.split("\n", 1)[0])


def folded_by(scopes: Iterable[Scope], names: Iterable[str]) -> Iterator[Scope]:
    """Yield the scopes to fold: those named that are in no other one folded."""
    wanted = set(names)
    for scope in scopes:
        around = {one.name for one in outwards(scope.parent)}
        if scope.name in wanted and not around & wanted:
            yield scope


def named(scopes: Sequence[Scope], names: Iterable[str]) -> list[Scope]:
    """Return the scopes with these names; one without a number means every call.

    Raises
    ------
    ValueError
        If there is no scope of that name.
    TypeError
        If a name is no string.
    """
    found = []
    for name in names:
        if not isinstance(name, str):
            raise TypeError(f"A scope is named by a string; got {plain(name)}.")
        own = [scope for scope in scopes if name in (scope.name, scope.base)]
        if not own:
            raise ValueError(_unknown(name, scopes))
        found += own
    return found


def _unknown(name: str, scopes: Sequence[Scope]) -> str:
    if not scopes:
        return (
            f"There is no scope {plain(name)}: no module of gradlab.nn was called on "
            "the way to this result. Calling a module, as in model(x), makes a scope."
        )
    names = [scope.name for scope in scopes]
    more = f" and {len(names) - 12} more" if len(names) > 12 else ""
    return (
        f"There is no scope {plain(name)} in this graph. It has "
        f"{', '.join(names[:12])}{more}."
    )


def outwards(scope: Scope | None) -> Iterator[Scope]:
    """Yield a scope and those around it, the inner ones first."""
    while scope is not None:
        yield scope
        scope = scope.parent
