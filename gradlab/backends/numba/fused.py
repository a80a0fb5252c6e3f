"""The text of a fused loop: a whole chain of ops, and its backward, per cell.

`cell` computes one cell of the result, `slopes` one cell of each gradient; what lies
between two ops is a local variable, which never goes to memory. Both are written from
the functions in SCALARS, and a loop goes once through the cells.
"""

from __future__ import annotations

import ast
import copy
import math
from collections.abc import Callable, Sequence
from types import FunctionType
from typing import NamedTuple

from gradlab.backends.chains import Chain, Node
from gradlab.backends.numba.sources import definition, parsed, pasted, with_helpers
from gradlab.backends.numba.templates import HEADER, KERNEL, REGROUP
from gradlab.operators import ScalarFn

BLOCK = 1024  # cells that are added up in any order
# In exp and tanh, which no other bits bind, a product and a sum may be one instruction.
ONE = ', fastmath={"contract"}'
FLAGS = {"fold": REGROUP, "exp_parts": ONE, "fast_tanh": ONE}
FOLD = "def fold(total, x):\n    return total + x"
WHEN = "gradlab.fuse made it of {ops} ops; nothing between them goes to memory."


class Cells(NamedTuple):
    """How the inner loop goes through an array.

    Parameters
    ----------
    name : what the loop calls it
    mode : "each" for a cell at every step, "one" for the same cell at all steps of a
        row; of an array that is written, "row" if all rows are added up in one
    """

    name: str
    mode: str


def forward_text(chain: Chain, dtype: str, modes: Sequence[str]) -> str:
    """Return the source file of the loop that computes the result.

    Parameters
    ----------
    modes : how the loop goes through the inputs, then through the result
    """
    *reads, write = modes
    inputs = [Cells(x.name, mode) for x, mode in zip(chain.inputs, reads)]
    body = Body()
    result = body.values(chain)[chain.result]
    cell = body.function("cell", [x.name for x in chain.inputs], [result])
    loop = loop_text("forward", "cell", inputs, [Cells("out", write)])
    return _file(f"{chain.name} forward", chain, dtype, body, cell, loop)


def backward_text(chain: Chain, dtype: str, modes: Sequence[str]) -> str:
    """Return the source file of the loop that computes the gradients.

    Parameters
    ----------
    modes : how it goes through the inputs, d_out and the gradients; "" for none
    """
    n = len(chain.inputs)
    inputs = [Cells(x.name, mode) for x, mode in zip(chain.inputs, modes)]
    pairs = list(zip(chain.inputs, modes[n + 1 :]))
    wanted = [x for x, mode in pairs if mode]
    body = Body()
    slopes = body.slopes(chain, wanted)
    names = [*(x.name for x in chain.inputs), "d_out"]
    function = body.function("slopes", names, [slopes[x] for x in wanted])
    writes = [Cells(f"{x.name}_grad", mode) for x, mode in pairs if mode]
    reads = [*inputs, Cells("d_out", modes[n])]
    loop = loop_text("backward", "slopes", reads, writes)
    return _file(f"{chain.name} backward", chain, dtype, body, function, loop)


def _file(
    name: str, chain: Chain, dtype: str, body: Body, cell: ast.FunctionDef, loop: str
) -> str:
    ops = sum(node.op is not None for node in chain.nodes())
    header = HEADER.format(name=name, dtype=dtype, when=WHEN.format(ops=ops))
    trees = [*body.helpers.values(), cell]
    trees += [parsed(FOLD)] if "fold(" in loop else []
    return f"{header}\n{pasted(trees, dtype, FLAGS)}\n\n{loop}"


# ------------------------------ one cell, as a function ------------------------------


class Body:
    """The statements of a function that is being written, each value named once."""

    def __init__(self) -> None:
        self.helpers: dict[str, ast.FunctionDef] = {}
        self._names: dict[str, str] = {}  # the text of a value: its name

    def values(self, chain: Chain) -> dict[Node, ast.expr]:
        """Write down every value of a chain; return how to refer to it."""
        known: dict[Node, ast.expr] = {}
        for node in chain.nodes():
            if node.op is None:
                known[node] = _name(node.name)
            else:
                known[node] = self._applied(node.op.fn, _arguments(node, known))
        return known

    def slopes(self, chain: Chain, wanted: Sequence[Node]) -> dict[Node, ast.expr]:
        """Write down the chain rule from the result back to each wanted input."""
        known = self.values(chain)
        reached = chain.reached(wanted)
        gathered: dict[Node, list[ast.expr]] = {chain.result: [_name("d_out")]}
        total: dict[Node, ast.expr] = {}
        for node in reversed(chain.nodes()):
            if node not in gathered:
                continue
            d = total[node] = self._named("d", _sum(gathered[node]))
            for k, arg in enumerate(node.args):
                if isinstance(arg, Node) and arg in reached and node.op is not None:
                    local = self._applied(node.op.local[k], _arguments(node, known))
                    gathered.setdefault(arg, []).append(_times(d, local))
        return total

    def function(
        self, name: str, arguments: Sequence[str], results: Sequence[ast.expr]
    ) -> ast.FunctionDef:
        """Return the function with the statements that its results need."""
        used = {n for each in results for n in _names_in(each)}
        lines: list[str] = []
        for text, value in reversed(self._names.items()):
            if value in used:
                lines.append(f"{value} = {text}")
                used |= set(_names_in(ast.parse(text)))
        returned = ", ".join(map(ast.unparse, results))
        lines = [*reversed(lines), f"return {returned}"]
        head = f"def {name}({', '.join(arguments)}):"
        return parsed("\n    ".join([head, *lines]))

    def _applied(self, fn: ScalarFn, arguments: list[ast.expr]) -> ast.expr:
        """Return a function of values: its formula, or a call where it has several."""
        *helpers, plain = with_helpers(fn)
        for helper in helpers:
            self._paste(helper)
        tree = definition(plain, plain.__name__)
        (*steps, last) = tree.body
        if not steps and isinstance(last, ast.Return) and last.value is not None:
            names = (argument.arg for argument in tree.args.args)
            formula = _Filled(dict(zip(names, arguments))).visit(last.value)
            return self._named("t", formula)
        self._paste(plain)
        return self._named("t", ast.Call(_name(plain.__name__), arguments, []))

    def _paste(self, fn: FunctionType) -> None:
        self.helpers.setdefault(fn.__name__, definition(fn, fn.__name__))

    def _named(self, prefix: str, value: ast.expr) -> ast.expr:
        """Return the name of a value, given to it now unless it has one."""
        inner = value.operand if isinstance(value, ast.UnaryOp) else value
        if isinstance(value, ast.Name) or isinstance(inner, ast.Constant):
            return value
        text = ast.unparse(value)
        count = sum(name.startswith(prefix) for name in self._names.values())
        return _name(self._names.setdefault(text, f"{prefix}{count + 1}"))


class _Filled(ast.NodeTransformer):
    """Write values for the arguments of a formula."""

    def __init__(self, values: dict[str, ast.expr]) -> None:
        self._values = values

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return copy.deepcopy(self._values.get(node.id, node))


def _arguments(node: Node, known: dict[Node, ast.expr]) -> list[ast.expr]:
    return [known[a] if isinstance(a, Node) else _number(a) for a in node.args]


def _number(value: float) -> ast.expr:
    if math.isnan(value):
        return ast.parse("NUMBER(math.nan)", mode="eval").body
    return ast.Constant(value)


def _name(name: str) -> ast.expr:
    return ast.Name(name, ast.Load())


def _names_in(tree: ast.AST) -> list[str]:
    return [node.id for node in ast.walk(tree) if isinstance(node, ast.Name)]


def _sum(parts: list[ast.expr]) -> ast.expr:
    total = parts[0]
    for part in parts[1:]:
        total = ast.BinOp(total, ast.Add(), part)
    return total


def _times(d: ast.expr, local: ast.expr) -> ast.expr:
    is_one = isinstance(local, ast.Constant) and local.value == 1.0
    return d if is_one else ast.BinOp(d, ast.Mult(), local)


# ----------------------------------- all the cells -----------------------------------

_START: dict[str, Callable[[str], str]] = {
    "each": "{0}_row = {0}[h * {0}_steps[0] + i * {0}_steps[1] :]".format,
    "row": "{0}_row = {0}[h * {0}_steps[0] + i * {0}_steps[1] :]".format,
    "one": "{0}_cell = {0}[h * {0}_steps[0] + i * {0}_steps[1]]".format,
}


def loop_text(
    name: str, call: str, reads: Sequence[Cells], writes: Sequence[Cells]
) -> str:
    """Return a loop that writes what a function makes of the cells it reads."""
    totals = [w.name for w in writes if w.mode == "one"]
    results = [_target(w) for w in writes]
    arguments = ", ".join(
        f"{r.name}_row[j]" if r.mode == "each" else f"{r.name}_cell" for r in reads
    )
    called = f"{call}({arguments})"
    lines = [_START[c.mode](c.name) for c in reads]
    lines += [_START[w.mode](w.name) for w in writes if w.mode != "one"]
    inner = _stored(writes, results, called)
    if totals:
        lines += _in_blocks(totals, inner)
    else:
        lines += ["for j in range(shape[2]):", *_indented(inner)]
    return "\n".join([*_head(name, reads, writes), *_indented(lines, 3), ""])


def _head(name: str, reads: Sequence[Cells], writes: Sequence[Cells]) -> list[str]:
    names = [cells.name for cells in (*reads, *writes)]
    types = ["LINE"] * len(reads)
    types += ["LINE_OUT" if w.mode == "each" else "SUMS" for w in writes]
    signature = [*(f"{each}, STEPS" for each in types), "STEPS"]
    arguments = [*(f"{each}, {each}_steps" for each in names), "shape"]
    return [
        'SUMS = types.Array(types.float64, 1, "C")\n\n',
        KERNEL.format(signature=_one_per_line("", signature)).rstrip(),
        f"{_one_per_line(f'def {name}', arguments)}:",
        '    """Go once through all cells, in rows."""',
        "    for h in range(shape[0]):",
        "        for i in range(shape[1]):",
    ]


def _one_per_line(name: str, arguments: Sequence[str]) -> str:
    return f"{name}(\n{''.join(f'    {each},{chr(10)}' for each in arguments)})"


def _target(write: Cells) -> str:
    return f"{write.name}_now"


def _stored(writes: Sequence[Cells], results: list[str], called: str) -> list[str]:
    """Return the statements that put one cell of each result where it belongs."""
    if len(writes) == 1:
        return [_put(writes[0], called)]
    lines = [f"{', '.join(results)} = {called}"]
    return lines + [_put(w, result) for w, result in zip(writes, results)]


def _put(write: Cells, value: str) -> str:
    name = write.name
    if write.mode == "one":
        return f"{name}_total = fold({name}_total, {value})"
    return f"{name}_row[j] {'=' if write.mode == 'each' else '+='} {value}"


def _in_blocks(totals: list[str], inner: list[str]) -> list[str]:
    """Return a loop over blocks of cells, each added up on its own."""
    place = "{0}[h * {0}_steps[0] + i * {0}_steps[1]] += {0}_total".format
    return [
        f"for start in range(0, shape[2], {BLOCK}):",
        *(f"    {name}_total = 0.0" for name in totals),
        f"    for j in range(start, min(start + {BLOCK}, shape[2])):",
        *_indented(inner, 2),
        *(f"    {place(name)}" for name in totals),
    ]


def _indented(lines: Sequence[str], times: int = 1) -> list[str]:
    return [f"{'    ' * times}{line}" for line in lines]
