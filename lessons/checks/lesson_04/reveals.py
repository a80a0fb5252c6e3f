"""What the questions of lesson 04 reveal: computed numbers, and pictures."""

from __future__ import annotations

from typing import Any

from .calls import AT, chain, example


def live(formula: Any) -> Any:
    """Return the Scalar that a formula makes."""
    from gradlab.exercises.values import make_live

    return make_live(formula)


def leaves_of(result: Any) -> list[Any]:
    """Return the leaves behind a result, by their names."""
    from gradlab.autodiff import topological_order

    found = [node for node in topological_order(result) if node.history is None]
    return sorted(found, key=lambda leaf: leaf.name)


def derivatives(text: str, d_out: float = 1.0, times: int = 1, **at: float) -> Any:
    """Return a function that computes the derivatives of a formula's leaves."""

    def answer() -> Any:
        from gradlab.exercises.formulas import built

        result = built(text, at)
        for _ in range(times):
            result.backward(d_out)
        found = tuple(leaf.derivative for leaf in leaves_of(result))
        return found if len(found) > 1 else found[0]

    return answer


def graph(text: str, d_out: float = 1.0, **at: float) -> Any:
    """Return a function that draws a formula's graph and the way back."""

    def picture() -> Any:
        from gradlab.exercises.formulas import built
        from gradlab.visualization import scalar_graph

        return scalar_graph(built(text, at), d_out)

    return picture


def kept_by_results() -> int:
    """Count the results of the example that keep a derivative."""
    from gradlab.autodiff import topological_order

    e = live(example())
    e.backward()
    results = [node for node in topological_order(e) if node.history]
    return sum(node.derivative is not None for node in results)


def trays() -> Any:
    """Draw the example after the way back: only leaves hold something."""
    from gradlab.visualization import scalar_graph

    return scalar_graph(live(example())).frame(-1)


def visits() -> int:
    """Count the visits of a walk along every path of 10 doublings."""
    from .pictures import paths

    return paths(live(chain("x + x", 10)))


def example_forward() -> Any:
    """Draw the example's graph, with no way back in it."""
    from gradlab.visualization import scalar_graph

    return scalar_graph(live(example())).frame(5)


def example_paths() -> Any:
    """Draw the two paths from a to e."""
    from gradlab.visualization import path_ledger

    e = live(example())
    a = next(leaf for leaf in leaves_of(e) if leaf.name == "a")
    return path_ledger(e, a)


def doublings() -> Any:
    """Draw the walk along every path of 3 doublings."""
    from gradlab.visualization import walk_film

    return walk_film(doubled(3), "naive")


def doubled(times: int) -> Any:
    """Return x0 doubled again and again, every step with its own name."""
    from gradlab.scalar import Scalar

    x = Scalar(2, "x0")
    for n in range(1, times + 1):
        x = x + x
        x.name = f"x{n}"
    return x


def twice() -> Any:
    """Draw what a collects in two backwards."""
    from gradlab.visualization import accumulator

    return accumulator(live(example(**AT)), "a", passes=2)


def gate() -> Any:
    """Draw relu and its slope at 0, from both sides."""
    from gradlab.visualization import slope_lens

    return slope_lens("relu", 0, d_out=3)
