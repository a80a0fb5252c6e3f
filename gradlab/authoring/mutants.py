"""Small changes to a solution, one at a time, as a slip of the hand would make them.

Only what stands between the solution marks is changed. The words of an error are not:
they are for people to read.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

SHORT = 4  # characters; what is shorter may stand on its line more than once
Container = dict[str, Any] | list[Any]

OPERATORS: dict[type[ast.operator], ast.operator] = {
    ast.Add: ast.Sub(),
    ast.Sub: ast.Add(),
    ast.Mult: ast.Div(),
    ast.Div: ast.Mult(),
    ast.FloorDiv: ast.Mod(),
    ast.Mod: ast.FloorDiv(),
    ast.Pow: ast.Mult(),
    ast.MatMult: ast.Mult(),
}
COMPARISONS: dict[type[ast.cmpop], tuple[ast.cmpop, ...]] = {
    ast.Lt: (ast.LtE(), ast.GtE()),
    ast.LtE: (ast.Lt(), ast.Gt()),
    ast.Gt: (ast.GtE(), ast.LtE()),
    ast.GtE: (ast.Gt(), ast.Lt()),
    ast.Eq: (ast.NotEq(),),
    ast.NotEq: (ast.Eq(),),
    ast.Is: (ast.IsNot(),),
    ast.IsNot: (ast.Is(),),
    ast.In: (ast.NotIn(),),
    ast.NotIn: (ast.In(),),
}
DROPPED = (
    ast.AugAssign,
    ast.Break,
    ast.Continue,
    ast.Delete,
    ast.For,
    ast.If,
    ast.Raise,
    ast.Return,
    ast.While,
)


@dataclass(frozen=True)
class Mutant:
    """One changed solution: the kind of change, its line in the cell, what it says."""

    kind: str
    line: int
    change: str
    source: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.change}"


@dataclass(frozen=True)
class _Place:
    """Where a node stands in the tree, so that another can stand there."""

    container: Container
    key: Any
    node: ast.AST

    def put(self, node: ast.AST) -> None:
        self.container[self.key] = node


def mutants_of(source: str) -> list[Mutant]:
    r"""Return every small change to the solution in an answer cell, each once.

    Examples
    --------
    >>> marks = "    ### BEGIN SOLUTION\n    {}\n    ### END SOLUTION"
    >>> for mutant in mutants_of("def f(x):\n" + marks.format("return x + 1")):
    ...     print(mutant)
    line 3: dropped `return x + 1`
    line 3: `x + 1` -> `x - 1`
    line 3: `1` -> `2` in `return x + 2`
    line 3: `1` -> `0` in `return x + 0`
    """
    tree = ast.parse(source)
    first, last = solution_lines(source)
    found: dict[str, Mutant] = {}
    seen = ast.unparse(tree)
    for place in _places(tree, set(_untouched(tree))):
        node = place.node
        line = getattr(node, "lineno", 0)
        if not first < line < last:
            continue
        for kind, other in _changes(node, tree):
            place.put(ast.copy_location(other, node))
            changed = ast.unparse(ast.fix_missing_locations(tree))
            place.put(node)
            if changed != seen and changed not in found:
                said = _said(node, other, _line_that_differs(seen, changed))
                found[changed] = Mutant(kind, line, said, changed)
    return sorted(found.values(), key=lambda each: each.line)


def solution_lines(source: str) -> tuple[int, int]:
    """Return the lines of the solution's marks; around the cell if it has none."""
    lines = source.split("\n")
    marks = [k for k, line in enumerate(lines, 1) if " SOLUTION" in line]
    return (marks[0], marks[-1]) if len(marks) >= 2 else (0, len(lines) + 1)


def _untouched(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield what is no behaviour: words of errors, annotations, decorators."""
    for node in ast.walk(tree):
        match node:
            case ast.Raise(exc=inner) if inner is not None:
                yield from ast.walk(inner)
            case ast.Assert(msg=inner) if inner is not None:
                yield from ast.walk(inner)
            case ast.JoinedStr():
                yield from ast.walk(node)
            case ast.AnnAssign(annotation=inner):
                yield from ast.walk(inner)
            case ast.arg(annotation=inner) if inner is not None:
                yield from ast.walk(inner)
            case ast.FunctionDef(returns=inner, decorator_list=marks):
                for each in (*marks, *([inner] if inner else [])):
                    yield from ast.walk(each)


def _places(tree: ast.AST, untouched: set[ast.AST]) -> Iterator[_Place]:
    for parent in list(ast.walk(tree)):
        for name, value in list(ast.iter_fields(parent)):
            if isinstance(value, ast.AST):
                held: list[_Place] = [_Place(vars(parent), name, value)]
            elif isinstance(value, list):
                held = [_Place(value, k, each) for k, each in enumerate(value)]
            else:
                continue
            for place in held:
                if isinstance(place.node, ast.AST) and place.node not in untouched:
                    yield place


def _said(node: ast.AST, other: ast.AST, line: str) -> str:
    old, new = ast.unparse(node).split("\n")[0], ast.unparse(other)
    if isinstance(other, ast.Pass):
        return f"dropped `{old}`"
    where = f" in `{line}`" if len(new) < SHORT and line != new else ""
    return f"`{old}` -> `{new}`{where}"


def _line_that_differs(old: str, new: str) -> str:
    pairs = zip(old.split("\n"), new.split("\n"))
    return next((b.strip() for a, b in pairs if a != b), "")


# -------------------- the changes --------------------


def _changes(node: ast.AST, tree: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(node, ast.stmt) and _is_droppable(node, tree):
        yield "dropped", ast.Pass()
    yield from (("operator", other) for other in _operators(node))
    yield from (("comparison", other) for other in _comparisons(node))
    yield from (("constant", other) for other in _constants(node))
    yield from (("index", other) for other in _indices(node))


def _operators(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.BinOp(left, op, right) if type(op) in OPERATORS:
            yield ast.BinOp(left, OPERATORS[type(op)], right)
        case ast.AugAssign(target, op, value):
            if type(op) in OPERATORS:
                yield ast.AugAssign(target, OPERATORS[type(op)], value)
            yield ast.Assign([target], value)
        case ast.UnaryOp(ast.USub() | ast.Not(), operand):
            yield operand
        case ast.BoolOp(ast.And(), values):
            yield ast.BoolOp(ast.Or(), values)
        case ast.BoolOp(ast.Or(), values):
            yield ast.BoolOp(ast.And(), values)


def _comparisons(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Compare):
        for k, op in enumerate(node.ops):
            for other in COMPARISONS[type(op)]:
                ops = [*node.ops[:k], other, *node.ops[k + 1 :]]
                yield ast.Compare(node.left, ops, node.comparators)


def _constants(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Constant(bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(int() | float() as value):
            yield ast.Constant(value + 1)
            yield ast.Constant(value - 1)


def _indices(node: ast.AST) -> Iterator[ast.AST]:
    if not isinstance(node, ast.Subscript):
        return
    value, index, ctx = node.value, node.slice, node.ctx
    match index:
        case ast.Slice(lower, upper, step):
            parts = (lower, upper, step)
            for k, part in enumerate(parts):
                if part is not None:
                    left = [*parts[:k], None, *parts[k + 1 :]]
                    yield ast.Subscript(value, ast.Slice(*left), ctx)
        case ast.Tuple(items, inner) if len(items) > 1:
            yield ast.Subscript(value, ast.Tuple(items[::-1], inner), ctx)
        case ast.Constant() | ast.UnaryOp() | ast.Tuple():
            return
        case _:
            yield ast.Subscript(value, ast.BinOp(index, ast.Sub(), _one()), ctx)


def _one() -> ast.Constant:
    return ast.Constant(1)


def _is_droppable(node: ast.stmt, tree: ast.AST) -> bool:
    """Say whether leaving a statement out is more than a NameError."""
    match node:
        case ast.Expr(value=ast.Constant()):
            return False
        case ast.If(body=[ast.Raise()], orelse=[]):
            return False  # the same as leaving out its raise
        case ast.Expr():
            return True
        case ast.Assign(targets=[ast.Name(id=name)]):
            return name in _bound_before(node, tree)
        case ast.Assign():
            return any(isinstance(each, ast.Subscript) for each in node.targets)
    return isinstance(node, DROPPED)


def _bound_before(node: ast.stmt, tree: ast.AST) -> set[str]:
    nodes = sorted(
        (each for each in ast.walk(tree) if isinstance(each, ast.Name | ast.arg)),
        key=lambda each: each.lineno,
    )
    above = takewhile(lambda each: each.lineno < node.lineno, nodes)
    return {
        each.arg if isinstance(each, ast.arg) else each.id
        for each in above
        if isinstance(each, ast.arg) or isinstance(each.ctx, ast.Store)
    }
