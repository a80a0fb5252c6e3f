"""A notebook with every player and every explorer, one cell each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from gradlab.visualization.gallery.catalogue import CATALOGUE

HEAD = """\
import gradlab.visualization as viz
from gradlab.visualization.gallery.catalogue import CATALOGUE
from gradlab.visualization.gallery.samples import network
medium = {entry.key: entry.medium for entry in CATALOGUE}"""


class Explorer(NamedTuple):
    """How an explorer is made, a control of it, and keys that move it to and fro."""

    made: str
    control: str = "[role=slider]"
    key: str = "ArrowLeft"
    back: str = "ArrowRight"


BOX = ".widget-text input"
EXPLORERS = {
    "broadcasting": Explorer(
        'viz.broadcasting_explorer("(3, 1)", "(1, 2)")', BOX, "2", "Backspace"
    ),
    "stride": Explorer("viz.stride_explorer((3, 4))"),
    "flow": Explorer('viz.flow_explorer("mul")'),
    "expression": Explorer('viz.expression_explorer("x * y + sin(x)", x=2, y=3)'),
    "graph": Explorer("viz.graph_explorer(network().loss)"),
    "learning-rate": Explorer(
        "viz.learning_rate_explorer()", key="ArrowRight", back="ArrowLeft"
    ),
    "decision-boundary": Explorer(
        "viz.decision_boundary_explorer()", key="ArrowRight", back="ArrowLeft"
    ),
}


def players() -> dict[str, str]:
    """The cell of every picture's player, by its key."""
    return {entry.key: f'medium["{entry.key}"]().play()' for entry in CATALOGUE}


def write(path: Path) -> None:
    """Write the notebook."""
    sources = {"head": HEAD, **players()}
    sources |= {name: each.made for name, each in EXPLORERS.items()}
    write_cells(path, sources)


def write_cells(path: Path, sources: dict[str, str]) -> None:
    """Write a notebook of code cells, by their ids."""
    cells = [
        {
            "cell_type": "code",
            "id": name,
            "metadata": {},
            "execution_count": None,
            "outputs": [],
            "source": source,
        }
        for name, source in sources.items()
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = {
        "cells": cells,
        "metadata": {"kernelspec": kernel},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path.write_text(json.dumps(notebook), encoding="utf-8")
