"""The loops that get compiled, as text: `fn` is pasted in above them.

Rules, each of them measured:

- Loops take two dims, rows and columns; `layout` folds every call to that.
- One slice per row, indexed by the loop variable alone: `x[start + j]` would keep
  Python's negative-index rule in the inner loop and stop it from being vectorised.
- Inner strides 1 and 0 have loops of their own. A stride of 0 is a broadcast.
- No fastmath in map and zip: results stay equal to NumPy's to the last bit.
- Reductions add in float64, also for float32.
- No `parallel=True`: it costs compile time, and it aborts forked processes.
"""

from __future__ import annotations

HEADER = '''"""{name} on {dtype}: the loop gradlab compiles with Numba.

{when}
"""

import math

from numba import njit, types

NUMBER = types.{dtype}
FLAT = types.Array(NUMBER, 1, "C", readonly=True)
GRID = types.Array(NUMBER, 2, "A", readonly=True)
PACKED = types.Array(NUMBER, 2, "C", readonly=True)
LINE_OUT = types.Array(NUMBER, 1, "C")
SUM_OUT = types.Array(types.float64, 1, "C")
GRID_OUT = types.Array(NUMBER, 2, "C")
STEP = types.intp
'''

SCALAR = """
@njit(forceinline=True, error_model="numpy")
{source}
"""

_KERNEL = '@njit({signature}, cache=True, nogil=True, error_model="numpy")\n'

MAP = (
    _KERNEL.format(signature="(FLAT, LINE_OUT)")
    + '''def flat(x, out):
    """Cells that lie side by side in storage."""
    for j in range(out.shape[0]):
        out[j] = fn(x[j])


'''
    + _KERNEL.format(signature="(GRID, GRID_OUT)")
    + '''def strided(x, out):
    """Cells at any strides."""
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = fn(x[i, j])
'''
)

ZIP = (
    _KERNEL.format(signature="(FLAT, STEP, STEP, FLAT, STEP, STEP, GRID_OUT)")
    + '''def rows(x, x_row, x_col, y, y_row, y_col, out):
    """Rows whose cells lie side by side, or are one cell read again and again."""
    n = out.shape[1]
    for i in range(out.shape[0]):
        line = out[i]
        if x_col == 1 and y_col == 1:
            xs = x[i * x_row : i * x_row + n]
            ys = y[i * y_row : i * y_row + n]
            for j in range(n):
                line[j] = fn(xs[j], ys[j])
        elif x_col == 1:
            xs = x[i * x_row : i * x_row + n]
            b = y[i * y_row]
            for j in range(n):
                line[j] = fn(xs[j], b)
        elif y_col == 1:
            a = x[i * x_row]
            ys = y[i * y_row : i * y_row + n]
            for j in range(n):
                line[j] = fn(a, ys[j])
        else:
            line[:] = fn(x[i * x_row], y[i * y_row])


'''
    + _KERNEL.format(signature="(GRID, GRID, GRID_OUT)")
    + '''def strided(x, y, out):
    """Cells at any strides."""
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = fn(x[i, j], y[i, j])
'''
)

REDUCE = (
    _KERNEL.format(signature="(PACKED, types.float64, SUM_OUT)")
    + '''def along_rows(x, start, out):
    """Fold each row to one cell."""
    for i in range(x.shape[0]):
        row = x[i]
        total = start
        for j in range(x.shape[1]):
            total = fn(total, row[j])
        out[i] = total


'''
    + _KERNEL.format(signature="(PACKED, types.float64, SUM_OUT)")
    + '''def down_columns(x, start, out):
    """Fold all rows into one, a whole row at a time."""
    out[:] = start
    for i in range(x.shape[0]):
        row = x[i]
        for j in range(x.shape[1]):
            out[j] = fn(out[j], row[j])
'''
)

LOOPS = {"map": MAP, "zip": ZIP, "reduce": REDUCE}
