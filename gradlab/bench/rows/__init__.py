"""ROWS: everything the bench measures, family by family.

Examples
--------
>>> len({row.name for row in ROWS}) == len(ROWS)
True
"""

from __future__ import annotations

from gradlab.bench.row import Row
from gradlab.bench.rows.fused import FUSED
from gradlab.bench.rows.graph import GRAPH
from gradlab.bench.rows.learner import LEARNER
from gradlab.bench.rows.maps import MAPS
from gradlab.bench.rows.matmul import MATMUL
from gradlab.bench.rows.pictures import PICTURES
from gradlab.bench.rows.safety import SAFETY
from gradlab.bench.rows.starting import STARTING
from gradlab.bench.rows.sums import SUMS
from gradlab.bench.rows.training import TRAINING
from gradlab.bench.rows.unbroadcasting import UNBROADCASTING
from gradlab.bench.rows.zips import ZIPS

ROWS: tuple[Row, ...] = (
    *STARTING,
    *LEARNER,
    *ZIPS,
    *SUMS,
    *MAPS,
    *FUSED,
    *GRAPH,
    *TRAINING,
    *UNBROADCASTING,
    *MATMUL,
    *SAFETY,
    *PICTURES,
)
