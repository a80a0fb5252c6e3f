"""Until the first result: imports, the first kernel, a whole lesson of ops."""

from __future__ import annotations

from gradlab.bench.row import Row
from gradlab.bench.rows.fresh import cold_and_warm, least

CPU = "CPU s"

STARTING: tuple[Row, ...] = (
    Row(
        "start.first_op",
        "import gradlab, then an op on 10 cells",
        0.25,
        measure=lambda: least("first_op")["seconds"],
        unit=CPU,
    ),
    Row(
        "start.numba",
        "imports of numba by that first op",
        0,
        measure=lambda: least("first_op", of=1)["numba"],
        unit="imports",
    ),
    Row(
        "start.first_kernel",
        "first compiled loop from a warm cache, numba's import in it, numpy's not",
        0.35,
        measure=lambda: cold_and_warm("first_kernel")["warm.seconds"],
        unit=CPU,
    ),
    Row(
        "start.all_with_kernel",
        "import gradlab and numpy, an op on 10 cells, then that first compiled loop",
        0.35,
        measure=lambda: cold_and_warm("first_kernel")["warm.all"],
        unit=CPU,
    ),
    Row(
        "lesson.cold",
        "a lesson's 20 ops on 10,000 cells, forward and backward, empty kernel cache",
        8.0,
        measure=lambda: cold_and_warm("lesson")["cold.seconds"],
        unit=CPU,
        long=True,
    ),
    Row(
        "lesson.warm",
        "the same in a second process, numba's import in it, numpy's not",
        0.5,
        measure=lambda: cold_and_warm("lesson")["warm.seconds"],
        unit=CPU,
        long=True,
    ),
    Row(
        "lesson.further_kernel",
        "the slowest first call of one of the 20 ops there, once numba is loaded",
        10.0,
        measure=lambda: cold_and_warm("lesson")["warm.further"] * 1e3,
        unit="CPU ms",
        long=True,
    ),
    Row(
        "lesson.compilations",
        "compilations in a later process",
        0,
        measure=lambda: cold_and_warm("lesson")["watched.compilations"],
        unit="compilations",
        long=True,
    ),
    Row(
        "lesson.growth",
        "new files in the kernel cache after the second to fifth process",
        0,
        measure=lambda: cold_and_warm("lesson")["growth"],
        unit="files",
        long=True,
    ),
)
