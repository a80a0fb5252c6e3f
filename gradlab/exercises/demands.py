"""Demands that many probes make of an outcome, for `Probe(..., also=...)`."""

from __future__ import annotations

from gradlab.exercises.probes import Demand, Outcome, TensorSpec

BYTES = 8  # of a float64
SPARE = 4096  # bytes that a plain Python loop may take for itself, whatever it does


def keeps_the_graph(outcome: Outcome) -> str | None:
    """Ask that the result can send a gradient back to the tensors it was made from."""
    if isinstance(outcome.value, TensorSpec) and outcome.value.requires_grad:
        return None
    return (
        "Right numbers, but no gradient can flow from your result back to the "
        "inputs. Tensor operations keep the way back; copying numbers loses it."
    )


def in_little_memory(cells: int, held: int, share: float = 0.25) -> Demand:
    """Allow memory for `share` of the output's `cells` beside the output itself.

    The call must be measured: `call(...).measured("peak_bytes")`. `held` is how many
    numbers the inputs hold; the complaint says it.
    """

    def demand(outcome: Outcome) -> str | None:
        peak = outcome.facts.get("peak_bytes", 0)
        if peak <= share * cells * BYTES + SPARE:
            return None
        extra = round(peak / BYTES)
        return (
            f"Your code took room for about {_about(extra, cells):,} extra numbers; "
            f"the inputs hold {held}."
        )

    return demand


def _about(extra: int, cells: int) -> int:
    """Round to whole outputs where it is near to that, so that the cause shows."""
    times = round(extra / cells)
    return times * cells if times and abs(extra / cells - times) < 0.2 else extra
