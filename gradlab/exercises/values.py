"""Values of calls and outcomes: made live, frozen to plain copies, and shown as text.

Outside this file nobody needs to know what a tensor looks like.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from gradlab.exercises.exercise import find_in_gradlab
from gradlab.exercises.probes import (
    Call,
    Formula,
    GradlabName,
    Opaque,
    ScalarSpec,
    TensorSpec,
    WayBack,
    Yours,
)

DEEPEST = 12
LONGEST_TEXT = 200
MOST_SHOWN = 12
PLAIN = (type(None), bool, int, float, str)


def is_tensor(value: Any) -> bool:
    """Say whether `value` is a gradlab Tensor, without importing the engine."""
    return _is_a(type(value), "Tensor")


def is_scalar(value: Any) -> bool:
    """Say whether `value` is a gradlab Scalar."""
    return _is_a(type(value), "Scalar")


def is_function_class(value: Any) -> bool:
    """Say whether `value` is a Function or a ScalarFunction: a class with `apply`."""
    return isinstance(value, type) and hasattr(value, "apply")


def is_class_name(target: str) -> bool:
    """Say whether a call's target is a Function by its name, as `Mul` is."""
    return target[:1].isupper()


def _is_a(kind: type, name: str) -> bool:
    return any(
        base.__name__ == name and base.__module__.startswith("gradlab.")
        for base in kind.__mro__
    )


def is_array(value: Any) -> bool:
    """Say whether `value` is a NumPy array, without importing NumPy."""
    return type(value).__module__ == "numpy" and type(value).__name__ == "ndarray"


def _is_numpy_scalar(value: Any) -> bool:
    return type(value).__module__ == "numpy" and hasattr(value, "dtype")


# -------------------- plain -> live --------------------


def make_live(value: Any) -> Any:
    """Return what a call is given for `value`: fresh tensors, arrays, functions."""
    match value:
        case TensorSpec():
            return _make_tensor(value)
        case ScalarSpec(number, needed, name):
            from gradlab.scalar import Scalar

            return Scalar(number, name or None, requires_grad=needed)
        case Formula(text, at, held):
            from gradlab.exercises.formulas import built

            return built(text, at, held=held)
        case GradlabName(name):
            return find_in_gradlab(name)
        case Yours(name):
            from gradlab.exercises.yours import best_of

            return best_of(name)[0]
        case list() | tuple():
            return type(value)(make_live(each) for each in value)
        case dict():
            return {key: make_live(each) for key, each in value.items()}
    return value.copy() if is_array(value) else value


def as_tensor(d_out: Any) -> Any:
    """Return a d_out as a TensorSpec; a plain number, as Scalars have it, as it is."""
    plain = isinstance(d_out, (TensorSpec, int, float))
    return d_out if plain else TensorSpec(d_out)


def _make_tensor(spec: TensorSpec) -> Any:
    import numpy as np

    from gradlab.tensors.creation import tensor

    array = np.array(spec.array, dtype=float)
    if spec.order is None:
        made = tensor(array)
    else:
        made = tensor(array.transpose(np.argsort(spec.order)).copy())
        made = made.permute(*spec.order)
    made = made.detach()
    made.requires_grad = spec.requires_grad
    return made


# -------------------- live -> plain --------------------


def freeze(value: Any, depth: int = 0) -> Any:
    """Return a plain copy of `value`: tensors as `TensorSpec`, odd things `Opaque`."""
    if depth > DEEPEST:
        return Opaque(type(value).__name__, "...")
    if type(value) in PLAIN or isinstance(value, (TensorSpec, ScalarSpec, Opaque)):
        return value
    if is_tensor(value):
        return TensorSpec(value.to_numpy().copy(), requires_grad=value.requires_grad)
    if is_scalar(value):
        return ScalarSpec(value.data, value.requires_grad, value.name or "")
    if isinstance(value, WayBack):
        out, gradients = freeze(value.out), tuple(map(freeze, value.gradients))
        return WayBack(out, gradients, value.names)
    if is_array(value):
        real = value.dtype.kind in "biuf"
        kind = f"array of {value.dtype.name}"
        return value.copy() if real else Opaque(kind, _text_of(value))
    if _is_numpy_scalar(value):
        return value.item()
    if isinstance(value, (tuple, list)):
        items = [freeze(each, depth + 1) for each in value]
        return tuple(items) if isinstance(value, tuple) else items
    if isinstance(value, dict):
        return {key: freeze(each, depth + 1) for key, each in value.items()}
    return Opaque(type(value).__name__, _text_of(value))


def _text_of(value: Any) -> str:
    """Return repr(value); "a generator" where that would only tell an address."""
    text, kind = safe_repr(value), type(value).__name__
    text = re.sub(r"\bnp\.[a-z]+\d*_?\(([^()]*)\)", r"\1", text)  # {np.int64(3)} is {3}
    if re.search(r" at 0x[0-9a-fA-F]+>?$", text):
        return f"{'an' if kind[:1] in 'aeiou' else 'a'} {kind}"
    return text


def plainly(fn: Callable[..., Any]) -> Callable[..., Any]:
    """Return `fn` with plain results, for a picture that prints what code returned.

    Examples
    --------
    >>> plainly(lambda n: (i for i in range(n)))(3)
    a generator
    """

    def plain(*args: Any, **kwargs: Any) -> Any:
        return freeze(fn(*args, **kwargs))

    return plain


def safe_repr(value: Any) -> str:
    """Return repr(value), cut; a repr that raises gives the type's name."""
    try:
        text = repr(value)
    except Exception:
        text = f"<{type(value).__name__}>"
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 4] + " ..."


# -------------------- plain -> text --------------------


def show(value: Any, most: int = MOST_SHOWN) -> str:
    """Return `value` as a learner would write or print it.

    Tensors and arrays of more than `most` numbers are shown by their shape.

    Examples
    --------
    >>> show((4, 0)), show(TensorSpec([1.0, 2.5])), show(GradlabName("operators.sub"))
    ('(4, 0)', 'tensor([1, 2.5])', 'sub')
    """
    match value:
        case TensorSpec(array):
            return _show_array("tensor", array, most)
        case ScalarSpec(number, _, called):
            return f"Scalar({number:.6g}{f', name={called!r}' if called else ''})"
        case Formula(text):
            return text.rpartition(";")[2].partition("=")[0].strip()
        case WayBack(out, gradients, names):
            each = (f"of {n}: {show(g, most)}" for n, g in zip(names, gradients))
            return ", ".join([show(out, most), f"gradient {'; '.join(each)}"])
        case GradlabName(name) | Yours(name):
            return name.rpartition(".")[2]
        case Opaque(_, text):
            return text
        case list():
            return f"[{_joined(value, most)}]"
        case tuple():
            return f"({_joined(value, most)}{',' if len(value) == 1 else ''})"
        case dict():
            items = (f"{key!r}: {show(each, most)}" for key, each in value.items())
            return "{" + ", ".join(items) + "}"
    return _show_array("array", value, most) if is_array(value) else safe_repr(value)


def _joined(values: list[Any] | tuple[Any, ...], most: int) -> str:
    shown = [show(each, most) for each in values[:20]]
    return ", ".join(shown + ["..."] * (len(values) > 20))


def _show_array(kind: str, array: Any, most: int) -> str:
    import numpy as np

    array = np.asarray(array)
    if array.size > most or array.size == 0:
        of_shape = "of shape " if most >= MOST_SHOWN else ""
        return f"{kind} {of_shape}{array.shape}"
    return f"{kind}({show_numbers(array.tolist())})"


def show_numbers(numbers: Any, digits: int = 4) -> str:
    """Return nested lists of numbers, each with at most four significant digits.

    Examples
    --------
    >>> show_numbers([[1.0, 2.50001], [1 / 3, float("nan")]])
    '[[1, 2.5], [0.3333, nan]]'
    """
    if isinstance(numbers, list):
        return "[" + ", ".join(show_numbers(each, digits) for each in numbers) + "]"
    if isinstance(numbers, float):
        numbers += 0.0  # never -0
        return f"{numbers:.{digits if abs(numbers) < 1e4 else digits + 2}g}"
    return repr(numbers)


def digits_for(one: float, other: float) -> int:
    """Return how many digits it takes to show that two numbers differ.

    Examples
    --------
    >>> digits_for(2.0, 3.0), digits_for(0.333333, 0.333334)
    (4, 6)
    """
    for digits in range(4, 17):
        if show_numbers(one, digits) != show_numbers(other, digits):
            return digits
    return 4


def show_call(call: Call, most: int = 3) -> str:
    """Return a Call as the learner would type it; larger tensors by their shape.

    Examples
    --------
    >>> show_call(Call(((1, 2, 1), (3, 1)), target="broadcast_index"))
    'broadcast_index((1, 2, 1), (3, 1))'
    """
    args = [_argument(each, most) for each in call.args]
    args += [f"{name}={_argument(each, most)}" for name, each in call.kwargs.items()]
    listed = ", ".join(args)
    run = ".apply" if is_class_name(call.target) else ""
    match call.verb:
        case "apply":
            return f"{call.target}.apply({listed})"
        case "vjp":
            d_out = show(as_tensor(call.d_out), most)
            return f"{call.target}{run}({listed}).backward({d_out})"
        case "build_then_call":
            return f"{call.target}({_joined(call.build, most)})({listed})"
        case "iterate":
            return f"list({call.target}({listed}))"
    return f"{call.target}{run}({listed})"


def _argument(value: Any, most: int) -> str:
    """Return an argument as it is typed: a constant Scalar says that it is one."""
    text = show(value, most)
    constant = isinstance(value, ScalarSpec) and not value.requires_grad
    return f"{text[:-1]}, requires_grad=False)" if constant else text


def shape_of(value: Any) -> tuple[int, ...] | None:
    """Return the shape that `value` is or has: a tuple of ints, a tensor, an array."""
    if isinstance(value, TensorSpec):
        value = value.array
    if isinstance(value, tuple) and all(type(each) is int for each in value):
        return value
    shape = getattr(value, "shape", None)
    return tuple(shape) if isinstance(shape, tuple) else None
