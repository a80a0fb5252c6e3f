"""The text of a kernel file: a scalar function's own source, pasted above a loop.

The text is complete: whoever reads the file sees all that runs, and a hash of it says
whether a compiled loop is still the right one.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Collection, Iterable, Iterator, Mapping
from types import FunctionType

from gradlab.backends.numba.mathematics import IN_PLACE_OF, TEXTS, text_of
from gradlab.backends.numba.templates import FREE_ORDER, HEADER, LOOPS, REGROUP, SCALAR
from gradlab.operators import SCALARS, ScalarFn, ScalarOp


def kernel_text(
    name: str, kind: str, dtype: str, when: str, roles: dict[str, ScalarOp]
) -> str:
    """Return the whole source file of a kernel.

    Parameters
    ----------
    name : such as "add_zip", for the first line
    kind : which of the loops
    when : which calls it answers, for the lines below
    roles : the scalar functions, under the names that the loop calls them by
    """
    found = [tree for role, op in roles.items() for tree in _definitions(op, role)]
    trees = {tree.name: tree for tree in found}
    flags = {"fn": REGROUP} if kind in FREE_ORDER else {}
    header = HEADER.format(name=name, dtype=dtype, when=when)
    scalars = pasted(trees.values(), dtype, flags)
    return f"{header}\n{scalars}\n\n{LOOPS[kind]}"


def pasted(
    trees: Collection[ast.FunctionDef], dtype: str, flags: Mapping[str, str]
) -> str:
    """Return definitions as text, below those of `mathematics` that they call.

    Parameters
    ----------
    flags : for the name of a function, what else to tell the compiler about it
    """
    parts = [*_mathematics(trees, dtype), *trees]
    return "".join(
        SCALAR.format(flags=flags.get(tree.name, ""), source=_unparsed(tree, dtype))
        for tree in parts
    )


def _unparsed(tree: ast.FunctionDef, dtype: str) -> str:
    single = dtype == "float32"
    return ast.unparse(_InSinglePrecision().visit(tree) if single else tree)


class _InSinglePrecision(ast.NodeTransformer):
    """Write NUMBER(0.5) for 0.5, which would make the whole expression float64."""

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        if not isinstance(node.value, float):
            return node
        return ast.Call(ast.Name("NUMBER", ast.Load()), [node], [])


# --------------------------- the scalar functions of an op ---------------------------


def _definitions(op: ScalarOp, role: str) -> Iterator[ast.FunctionDef]:
    """Yield the definitions to paste, helpers first, the op itself as `role`."""
    if op.name.endswith("_back"):
        derivative = SCALARS[op.name.removesuffix("_back")].local[0]
        yield from (definition(f, f.__name__) for f in with_helpers(derivative))
        yield parsed(f"def {role}(x, d):\n    return d * {derivative.__name__}(x)")
        return
    *helpers, fn = with_helpers(op.fn)
    yield from (definition(f, f.__name__) for f in helpers)
    yield definition(fn, role)


def with_helpers(fn: ScalarFn) -> list[FunctionType]:
    """Return the functions of its module that `fn` calls by name, then `fn`."""
    if not isinstance(fn, FunctionType):
        raise TypeError(f"{fn!r} is not a plain function, so it cannot be compiled.")
    names = {node.id for node in ast.walk(tree_of(fn)) if isinstance(node, ast.Name)}
    called = [fn.__globals__.get(name) for name in sorted(names)]
    helpers = [f for f in called if isinstance(f, FunctionType) and f is not fn]
    return [g for helper in helpers for g in with_helpers(helper)] + [fn]


def tree_of(fn: FunctionType) -> ast.FunctionDef:
    """Return the definition of a function, also of the only lambda on its lines.

    Raises
    ------
    OSError or SyntaxError
        If there is no source, or not of this function alone.
    TypeError
        If it is neither a def nor a lambda.
    """
    text = textwrap.dedent(inspect.getsource(fn))
    if fn.__name__ != "<lambda>":
        return parsed(text)
    lambdas = [n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Lambda)]
    if len(lambdas) != 1:
        raise TypeError("There are several lambdas on a line; write them with def.")
    tree = parsed("def made():\n    return 0")
    tree.args = lambdas[0].args
    tree.body = [ast.Return(lambdas[0].body)]
    return tree


def parsed(text: str) -> ast.FunctionDef:
    """Return the definition that a text consists of."""
    tree = ast.parse(text).body[0]
    if not isinstance(tree, ast.FunctionDef):
        raise TypeError("Only a function that is written with def can be compiled.")
    return tree


def definition(fn: FunctionType, name: str) -> ast.FunctionDef:
    """Return the source of one of gradlab's functions, on fast mathematics."""
    if fn is SCALARS["sigmoid"].fn:
        return parsed(f"def {name}(x):\n    return fast_sigmoid(x)")
    tree: ast.FunctionDef = _FastMathematics().visit(tree_of(fn))
    return bare(tree, name)


def bare(tree: ast.FunctionDef, name: str) -> ast.FunctionDef:
    """Return a definition under a name, without annotations and docstring."""
    tree.name = name
    tree.returns = None
    tree.decorator_list = []
    for argument in tree.args.args:
        argument.annotation = None
    if ast.get_docstring(tree) is not None:
        del tree.body[0]
    return tree


class _FastMathematics(ast.NodeTransformer):
    """Write fast_exp for math.exp, and so on."""

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        fast = IN_PLACE_OF.get(ast.unparse(node))
        return ast.Name(fast, ast.Load()) if fast else node


def _mathematics(trees: Iterable[ast.FunctionDef], dtype: str) -> list[ast.FunctionDef]:
    """Return the functions of `mathematics` that the trees call."""
    nodes = [node for tree in trees for node in ast.walk(tree)]
    called = {node.id for node in nodes if isinstance(node, ast.Name)}
    called |= {"fast_exp"} if called & set(TEXTS) else set()
    texts = [text_of(name, dtype) for name in TEXTS if name in called]
    bodies = [node for text in texts for node in ast.parse(text).body]
    return [node for node in bodies if isinstance(node, ast.FunctionDef)]
