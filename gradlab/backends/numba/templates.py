"""The loops that get compiled, as text: `fn` is pasted in above them.

Rules, each of them measured:

- Loops take three dims; `layout` merges the dims of a call until they fit.
- One slice per row, indexed by the loop variable alone: `x[start + j]` would keep
  Python's negative-index rule in the inner loop and stop it from being vectorised.
  No more slices than that: they are most of what the compiler has to do.
- Inner steps 1 and 0 have loops of their own. A step of 0 is a broadcast.
- No fastmath in map and zip: results stay equal to NumPy's to the last bit.
- A reduction's order is free, so there the compiler may regroup within a block;
  such blocks are joined pair by pair. It adds in float64, also for float32.
- No `parallel=True`: it costs compile time, and it aborts forked processes.
"""

from __future__ import annotations

HEADER = '''"""{name} on {dtype}: the loop gradlab compiles with Numba.

{when}
"""

import math

import numpy as np
from numba import njit, types

NUMBER = np.{dtype}
TYPE = types.{dtype}
LINE = types.Array(TYPE, 1, "C", readonly=True)
GRID = types.Array(TYPE, 2, "C", readonly=True)
BLOCK = types.Array(TYPE, 3, "C", readonly=True)
ANY = types.Array(TYPE, 3, "A", readonly=True)
LINE_OUT = types.Array(TYPE, 1, "C")
BLOCK_OUT = types.Array(TYPE, 3, "C")
TOTALS = types.Array(types.float64, 2, "C")
BLOCK_TOTALS = types.Array(types.float64, 3, "C")
STEPS = types.UniTuple(types.intp, 3)
'''

SCALAR = """
@njit(forceinline=True, error_model="numpy"{flags})
{source}
"""

REGROUP = ', fastmath={"reassoc"}'

KERNEL = '@njit({signature}, cache=True, nogil=True, error_model="numpy")\n'

MAP = (
    KERNEL.format(signature="(LINE, LINE_OUT)")
    + '''def flat(x, out):
    """Cells that lie side by side in storage."""
    for j in range(out.shape[0]):
        out[j] = fn(x[j])
'''
)

ZIP = (
    KERNEL.format(signature="(LINE, STEPS, LINE, STEPS, BLOCK_OUT)")
    + '''def rows(x, x_steps, y, y_steps, out):
    """Rows whose cells lie side by side; in one of them, one cell may be repeated."""
    n = out.shape[2]
    for h in range(out.shape[0]):
        for i in range(out.shape[1]):
            line = out[h, i]
            xs = x[h * x_steps[0] + i * x_steps[1] :]
            ys = y[h * y_steps[0] + i * y_steps[1] :]
            if x_steps[2] == y_steps[2] == 1:
                for j in range(n):
                    line[j] = fn(xs[j], ys[j])
            elif x_steps[2] == 1:
                b = ys[0]
                for j in range(n):
                    line[j] = fn(xs[j], b)
            else:
                a = xs[0]
                for j in range(n):
                    line[j] = fn(a, ys[j])
'''
)

STRIDED = (
    KERNEL.format(signature="(ANY, LINE, STEPS, types.boolean, BLOCK_OUT)")
    + '''def strided(x, y, y_steps, x_first, out):
    """One array at any strides, one whose rows lie side by side; 512 columns at a time.

    A column that is read across takes a cache line per cell; 512 of them stay close at
    hand until the next rows have used all of each line.
    """
    for h in range(out.shape[0]):
        for left in range(0, out.shape[2], 512):
            n = min(512, out.shape[2] - left)
            for i in range(out.shape[1]):
                line = out[h, i, left : left + 512]
                xs = x[h, i, left : left + 512]
                ys = y[h * y_steps[0] + i * y_steps[1] + left :]
                if x_first:
                    for j in range(n):
                        line[j] = fn(xs[j], ys[j])
                else:
                    for j in range(n):
                        line[j] = fn(ys[j], xs[j])
'''
)

REDUCE = (
    KERNEL.format(signature="(GRID, types.float64, TOTALS)")
    + '''def rows(x, start, out):
    """Fold every 128 cells of each row to one, then these pair by pair."""
    for i in range(x.shape[0]):
        blocks = out[i]
        m = len(blocks)
        for block in range(m):
            cells = x[i, block * 128 : (block + 1) * 128]
            total = start
            for j in range(len(cells)):
                total = fn(total, cells[j])
            blocks[block] = total
        while m > 1:
            half = (m + 1) // 2
            for block in range(m // 2):
                blocks[block] = fn(blocks[block], blocks[half + block])
            m = half
'''
)

COLUMNS = (
    KERNEL.format(signature="(BLOCK, types.float64, TOTALS)")
    + '''def columns(x, start, out):
    """Fold all rows into one, four at a time."""
    n = x.shape[1]
    m = x.shape[2]
    for h in range(x.shape[0]):
        total = out[h]
        for j in range(m):
            total[j] = start
        for i in range(0, n - 3, 4):
            a = x[h, i]
            b = x[h, i + 1]
            c = x[h, i + 2]
            d = x[h, i + 3]
            for j in range(m):
                total[j] = fn(fn(fn(fn(total[j], a[j]), b[j]), c[j]), d[j])
        for i in range(n - n % 4, n):
            a = x[h, i]
            for j in range(m):
                total[j] = fn(total[j], a[j])
'''
)

_ZIPPED = "(LINE, STEPS, LINE, STEPS, types.intp, types.float64, {totals})"

ZIP_REDUCE = (
    KERNEL.format(signature=_ZIPPED.format(totals="BLOCK_TOTALS"))
    + '''def rows(x, x_steps, y, y_steps, n, start, out):
    """Fold the zip of every 1024 cells of each pair of rows to one."""
    for h in range(out.shape[0]):
        for i in range(out.shape[1]):
            xs = x[h * x_steps[0] + i * x_steps[1] :]
            ys = y[h * y_steps[0] + i * y_steps[1] :]
            for block in range(out.shape[2]):
                total = start
                cells = range(block * 1024, min((block + 1) * 1024, n))
                if x_steps[2] == y_steps[2] == 1:
                    for j in cells:
                        total = fn(total, zip_fn(xs[j], ys[j]))
                elif x_steps[2] == 1:
                    b = ys[0]
                    for j in cells:
                        total = fn(total, zip_fn(xs[j], b))
                else:
                    a = xs[0]
                    for j in cells:
                        total = fn(total, zip_fn(a, ys[j]))
                out[h, i, block] = total
'''
)

ZIP_COLUMNS = (
    KERNEL.format(signature=_ZIPPED.format(totals="TOTALS"))
    + '''def columns(x, x_steps, y, y_steps, n, start, out):
    """Fold the zips of all rows into one row."""
    m = out.shape[1]
    for h in range(out.shape[0]):
        total = out[h]
        for j in range(m):
            total[j] = start
        for i in range(n):
            xs = x[h * x_steps[0] + i * x_steps[1] :]
            ys = y[h * y_steps[0] + i * y_steps[1] :]
            if x_steps[2] == y_steps[2] == 1:
                for j in range(m):
                    total[j] = fn(total[j], zip_fn(xs[j], ys[j]))
            elif x_steps[2] == 1:
                b = ys[0]
                for j in range(m):
                    total[j] = fn(total[j], zip_fn(xs[j], b))
            else:
                a = xs[0]
                for j in range(m):
                    total[j] = fn(total[j], zip_fn(a, ys[j]))
'''
)

# A learner's function may depend on the order, so its cells are folded one by one.
IN_ORDER = (
    KERNEL.format(signature="(BLOCK, types.float64, TOTALS)")
    + '''def in_order(x, start, out):
    """Fold dim 1, first cell first."""
    for h in range(x.shape[0]):
        for j in range(x.shape[2]):
            total = start
            for i in range(x.shape[1]):
                total = fn(total, x[h, i, j])
            out[h, j] = total
'''
)

LOOPS = {
    "map": MAP,
    "zip": ZIP,
    "strided": STRIDED,
    "reduce": REDUCE,
    "columns": COLUMNS,
    "zip_reduce": ZIP_REDUCE,
    "zip_columns": ZIP_COLUMNS,
    "in_order": IN_ORDER,
}
FREE_ORDER = ("reduce", "columns", "zip_reduce", "zip_columns")
