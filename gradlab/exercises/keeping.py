"""keep: write what you have solved to `my_engine.py`; my_engine: run on it later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from inspect import Parameter, signature
from typing import Any

from gradlab.exercises import notebook
from gradlab.exercises.engine_file import (
    NAME,
    BrokenEngineError,
    engine_file,
    names_in,
)
from gradlab.exercises.engine_source import (
    CannotKeepError,
    is_scalar_function,
    kept_name,
    pieces_for,
)
from gradlab.exercises.memory import memory
from gradlab.exercises.sources import source_of_live

LOOPS = {
    "broadcast_index": "broadcast_index",
    "map_into": "map",
    "zip_into": "zip",
    "reduce_into": "reduce",
    "backpropagate": "backpropagate",
    "backprop": "backpropagate",
}
"""What `plug` calls the pieces that are no Functions."""


def keep(*pieces: Any, anyway: bool = False) -> None:
    """Keep functions and classes of yours in `my_engine.py`, and say so.

    Own functions that a piece uses are kept with it. A piece of the same name is
    replaced; what you wrote into the file yourself stays.

    Parameters
    ----------
    pieces : what you solved, such as Mul or unbroadcast
    anyway : keep it even if its check has not passed in this kernel

    Raises
    ------
    TypeError
        If a piece is neither a function nor a class.

    Examples
    --------
    >>> def half(x):
    ...     return x / 2
    >>> keep(half)
    half is not kept: its check has not passed in this kernel. keep(half, ...
    """
    for piece in pieces:
        if not hasattr(piece, "__name__") or not callable(piece):
            raise TypeError(
                f"keep takes functions and classes of yours; got {piece!r}."
            )
        print(_kept(piece, anyway))  # noqa: T201 - the learner asked for this line


def _kept(fn: Any, anyway: bool) -> str:
    """Keep one piece; return the sentence that says what happened."""
    name = fn.__name__
    if notebook.grading():
        return f"{name} is not kept: nothing is while a notebook is graded."
    if not anyway and not has_passed(fn):
        return (
            f"{name} is not kept: its check has not passed in this kernel. "
            f"keep({name}, anyway=True) keeps it all the same."
        )
    file = engine_file()
    try:
        pieces = pieces_for(fn)
        why = file.add(pieces)
        count = len(names_in(file.text()))
    except CannotKeepError as error:
        return f"{name} is not kept: {error}."
    except BrokenEngineError as error:
        return f"{name} is not kept, as the file must be mended first: {error}"
    more = " and ".join(each.name for each in pieces[:-1])
    told = name + (f" as {kept_name(fn)}" if kept_name(fn) != name else "")
    told += f" with {more}" if more else ""
    end = f"{count} piece{'' if count == 1 else 's'} now."
    if why:
        return f"Kept {told} until this kernel stops, not in a file: {why}. {end}"
    return f"Kept {told} in {NAME}: {end}"


def has_passed(fn: Any) -> bool:
    """Say whether the check of this very code has passed in this kernel."""
    passed = memory.passed.get(fn.__name__)
    if passed is None:
        return False
    source = source_of_live(fn)
    return passed.fn is fn or bool(source and source == source_of_live(passed.fn))


# ------------------------------------- loading -------------------------------------


def pieces() -> dict[str, Any]:
    """Return the pieces that were kept, by their names in `my_engine.py`.

    Raises
    ------
    BrokenEngineError
        If the file does not run; says in which line.
    """
    kept = engine_file().load()
    for fn in filter(is_scalar_function, kept.values()):
        fn.__name__ = fn.__name__.removeprefix("Scalar")  # as pictures call it
    return kept


@dataclass(frozen=True, repr=False)
class Engine(Mapping[str, Any]):
    """Functions of tensors by name, yours where you kept one: for plug(functions=...).

    Attributes
    ----------
    own : the names of those that are yours
    loops : your other pieces, by what `plug` calls them
    scalars : your ScalarFunctions, by the names that you gave them
    said : which are yours, in a sentence
    """

    functions: Mapping[str, Any]
    own: tuple[str, ...] = ()
    loops: Mapping[str, Any] = field(default_factory=dict)
    scalars: Mapping[str, Any] = field(default_factory=dict)
    said: str = ""

    def __getitem__(self, name: str) -> Any:
        return self.functions[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.functions)

    def __len__(self) -> int:
        return len(self.functions)

    def __repr__(self) -> str:
        return self.said

    def plug(self) -> Any:
        """Make every tensor op run on these pieces: see `gradlab.plug`."""
        from gradlab.tensors.plugging import plug

        own = {name: fitted(fn) for name, fn in self.items() if name in self.own}
        return plug(**self.loops, functions=own)


def my_engine(*names: str) -> Engine:
    """Return the pieces that you kept, and say which are yours.

    Parameters
    ----------
    names : the Functions to have, gradlab's own where yours is missing; by default
        all that you kept

    Raises
    ------
    ValueError
        If neither you nor gradlab have a Function of that name.

    Examples
    --------
    >>> engine = my_engine("Mul", "Sum")
    yours: none; gradlab's: Mul, Sum.
    >>> from gradlab import tensor
    >>> with engine.plug():
    ...     (tensor([1, 2]) * tensor([3, 4])).tolist()
    [3.0, 8.0]
    """
    trouble = ""
    try:
        kept = pieces()
    except BrokenEngineError as error:
        kept, trouble = {}, f"{error} So gradlab's own pieces run. "
    engine = _engine(kept, names, trouble)
    print(engine.said)  # noqa: T201 - the learner must know whose pieces run
    return engine


def _engine(kept: Mapping[str, Any], names: tuple[str, ...], trouble: str) -> Engine:
    from gradlab.tensors import functions
    from gradlab.tensors.function import Function

    own = {n: fn for n, fn in kept.items() if _is_a(fn, Function)}
    known = {name: getattr(functions, name) for name in functions.__all__}
    unknown = [name for name in names if name not in own and name not in known]
    if unknown:
        raise ValueError(f"Neither you nor gradlab have a Function {unknown[0]!r}.")
    loops = {LOOPS[n]: fn for n, fn in kept.items() if n in LOOPS}
    if "backpropagate" in loops and is_for_scalars(loops["backpropagate"]):
        del loops["backpropagate"]
    scalars = {
        n.removeprefix("Scalar"): fn for n, fn in kept.items() if is_scalar_function(fn)
    }
    picked = {n: own.get(n, known.get(n)) for n in names or own}
    ours = [n for n in picked if n not in own]
    mine = [n for n in kept if n in picked or n in LOOPS or not names]
    said = f"{trouble}yours: {', '.join(mine) or 'none'}"
    said += f"; gradlab's: {', '.join(ours)}." if ours else "."
    return Engine(picked, tuple(n for n in picked if n in own), loops, scalars, said)


def is_for_scalars(walk: Any) -> bool:
    """Say whether a walk back does not run on tensors, as one for Scalars need not.

    Examples
    --------
    >>> def walk(root, d_out):
    ...     root.derivative = d_out
    >>> is_for_scalars(walk), is_for_scalars(lambda root, d_out: None)
    (True, False)
    """
    from gradlab.tensors.creation import tensor

    x = tensor(3.0, requires_grad=True)
    try:
        walk(x * x, tensor(2.0))
    except Exception:
        return True
    return False


def _is_a(fn: Any, base: type) -> bool:
    return isinstance(fn, type) and issubclass(fn, base)


def fitted(own: Any) -> Any:
    """Return a Function that is not bothered with options it does not know.

    gradlab calls Sum with dim and keepdim; where forward takes no keepdim, a keepdim
    of False is left out, and one of True is for gradlab's own: a backward may ask so.
    """
    from gradlab.tensors import functions

    known: Any = getattr(functions, own.__name__, None)
    takes = signature(own.forward).parameters
    if any(each.kind is Parameter.VAR_KEYWORD for each in takes.values()):
        return own

    class Fitted(own):  # type: ignore[misc]
        @classmethod
        def apply(cls, *inputs: Any, **options: Any) -> Any:
            asked = {
                name: value
                for name, value in options.items()
                if name in takes or (value is not None and value is not False)
            }
            beyond = "keepdim" in asked and "keepdim" not in takes
            return (known if beyond and known else own).apply(*inputs, **asked)

    Fitted.__name__ = own.__name__
    return Fitted
