"""Pictures: from numbers to SVG, and a film of a whole network as one page."""

from __future__ import annotations

from collections.abc import Callable

from gradlab.bench.row import Row
from gradlab.bench.timing import Plan, best_seconds


def _milliseconds(draw: Callable[[], object]) -> float:
    (seconds,) = best_seconds([draw], Plan())
    return seconds * 1e3


def _zip_svg() -> float:
    from gradlab.visualization import zip_flow

    column, row, d_out = [[1], [2], [3]], [10, 20], [[1, 2], [3, 4], [5, 6]]
    picture = zip_flow("mul", column, row, d_out)
    return _milliseconds(lambda: picture.svg())


def _graph_of_100() -> float:
    from gradlab.visualization import computation_graph
    from gradlab.visualization.gallery.samples import hundred_nodes

    result = hundred_nodes()
    return _milliseconds(lambda: computation_graph(result).svg())


def _graph_of_2000() -> float:
    from gradlab.visualization import computation_graph
    from gradlab.visualization.gallery.samples import chain

    result = chain(500)
    return _milliseconds(lambda: computation_graph(result).svg()) / 1e3


def _film() -> str:
    from gradlab.visualization import gradient_flow
    from gradlab.visualization.gallery.samples import network

    loss, weight = network()
    return gradient_flow(loss, to=weight).play().page()


PICTURES: tuple[Row, ...] = (
    Row("pictures.zip", "SVG of a 3 x 2 zip_flow", 1.0, measure=_zip_svg, unit="ms"),
    Row(
        "pictures.graph.100",
        "a graph of 100 nodes: layout and SVG",
        50.0,
        measure=_graph_of_100,
        unit="ms",
    ),
    Row(
        "pictures.graph.2000",
        "a graph of 2,000 nodes: layout and SVG",
        2.0,
        measure=_graph_of_2000,
        unit="s",
    ),
    Row(
        "pictures.film",
        "gradient_flow of a two-layer network's loss, as a page",
        1.0,
        measure=lambda: _milliseconds(_film) / 1e3,
        unit="s",
    ),
    Row(
        "pictures.film.size",
        "the size of that page",
        2.0,
        measure=lambda: len(_film().encode()) / 1e6,
        unit="MB",
    ),
)
