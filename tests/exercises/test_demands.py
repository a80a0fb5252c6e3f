"""Demands that lessons share."""

import numpy as np

from gradlab.exercises.demands import in_little_memory, keeps_the_graph
from gradlab.exercises.probes import Outcome, TensorSpec


def test_a_result_without_a_way_back_is_named():
    kept = Outcome("returned", TensorSpec(np.ones(2), requires_grad=True))
    lost = Outcome("returned", TensorSpec(np.ones(2)))
    assert keeps_the_graph(kept) is None
    assert "copying numbers loses it" in keeps_the_graph(lost)


def test_memory_is_counted_in_numbers_and_whole_copies_show():
    demand = in_little_memory(10_000, held=200)
    assert demand(Outcome("returned", facts={"peak_bytes": 8 * 2_500})) is None
    assert demand(Outcome("returned", facts={"peak_bytes": 8 * 2_500 + 4096})) is None
    assert demand(Outcome("returned", facts={"peak_bytes": 8 * 2_500 + 4097}))
    assert "40,000 extra numbers" in demand(
        Outcome("returned", facts={"peak_bytes": 8 * 40_300})
    )
    assert "25,500 extra" in demand(
        Outcome("returned", facts={"peak_bytes": 8 * 25_500})
    )
