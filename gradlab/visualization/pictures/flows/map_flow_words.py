"""What each frame of a map picture says."""

from __future__ import annotations

import math

from gradlab.indexing import Index
from gradlab.visualization.flow_nodes import cell
from gradlab.visualization.flow_rules import Elementwise
from gradlab.visualization.pictures.flows.map_flow_story import Moment, Story
from gradlab.visualization.pictures.parts.cells import opening, sentence
from gradlab.visualization.pictures.parts.words import filled
from gradlab.visualization.sheet import Line
from gradlab.visualization.text import (
    cell_name,
    factor,
    number,
    size_names,
    table_text,
)


class Words:
    """A story in words."""

    def __init__(self, story: Story, name: str) -> None:
        self.story, self.flow, self.name = story, story.flow, name
        rule = story.flow.rule
        self.op = rule.told if isinstance(rule, Elementwise) else None
        self.title = f"{self.formula(name)}, cell by cell: {self.input}"

    @property
    def input(self) -> str:
        """The name of x with its shape."""
        return f"{self.name} {size_names(self.flow.shape)}"

    def formula(self, inside: str) -> str:
        """Return the op with something put in for x."""
        if self.op is None:
            return f"{self.flow.name}({inside})"
        return filled(self.op.formula, inside)

    def slope(self, inside: str) -> str:
        """Return the formula of g' with something put in for x; "" if unknown."""
        return "" if self.op is None else filled(self.op.local_formulas[0], inside)

    def heading(self, moment: Moment) -> str:
        """Return the line above a frame."""
        own = cell_name(self.name, moment.cell)
        if not self.story.cells and moment.name != "start":
            return f"{self.input} has no cells: nothing is read."
        if moment.name == "read":
            return f"{cell_name('out', moment.cell)} = {self._worked_out(moment.cell)}"
        if moment.name == "back":
            return f"{own}: {self._product(moment.cell)}"
        return {
            "start": f"out = {self.formula(self.name)}: one function for every cell",
            "ask": f"Which cell does {cell_name('out', moment.cell)} read?",
            "done": "Every output cell has read one cell: its own place in "
            f"{self.name}.",
            "turn": "Backward: one local derivative and one d_out per cell.",
            "end": f"gradient of {self.name} = g'({self.name}) · d_out: a zip, cell "
            "by cell",
        }[moment.name]

    def _worked_out(self, index: Index) -> str:
        put = self._put(self.op.formula if self.op else "(x)", index)
        named = self.formula(cell_name(self.name, index))
        return f"{named} = {self.formula(put)} = {self.story.texts['out'][index]}"

    def _put(self, formula: str, index: Index) -> str:
        """Return the number of a cell as it stands in a formula."""
        enclosed = "(x)" in formula or "|x|" in formula
        return (number if enclosed else factor)(cell(self.story.x, index))

    def _product(self, index: Index) -> str:
        local, d = self.story.texts["local"][index], self.story.texts["d_out"][index]
        return f"{local} times d_out {d} = {self.story.texts['gradient'][index]}"

    def foot(self, moment: Moment, note: str) -> list[Line]:
        """Return the lines below a frame; `note` says what is not drawn."""
        if not self.story.cells:
            return []
        if moment.name == "turn":
            return [(line, "ink") for line in self._turning()]
        if moment.name == "back":
            return [(self._local(moment.cell), "local-ink")]
        if moment.name in ("done", "end"):
            return self._end(moment, note)
        return []

    def _turning(self) -> list[str]:
        slope = self.slope(self.name)
        how = f"g'({self.name}) = {slope}. " if slope else ""
        return [f"{how}g'({self.name}) is a map of {self.name}, so it has its shape."]

    def _local(self, index: Index) -> str:
        own, local = cell_name(self.name, index), self.story.texts["local"][index]
        named = self.slope(own)
        parts = [f"g'({own})"]
        if self.op is not None and named != local:
            put = self.slope(self._put(self.op.local_formulas[0], index))
            parts += [named, put] if put != named else [named]
        parts += [] if parts[-1] == local else [local]
        return f"Local derivative: {' = '.join(parts)}."

    def _end(self, moment: Moment, note: str) -> list[Line]:
        end = moment.name == "end"
        lines = [self._jacobian()] if end else []
        if self.story.wired != self.story.cells:
            last = cell_name("d_out" if end else "out", self.story.wired[-1])
            lines.append(f"Only the wires of {last} are drawn.")
        lines += [note] if note else []
        ends: list[Line] = [(line, "soft") for line in lines]
        warned = end and self.flow.warning
        return [*ends, (self.flow.warning, "wrong-ink")] if warned else ends

    def _jacobian(self) -> str:
        n = math.prod(self.flow.shape)
        own = "The Jacobian is one number."
        if n > 1:
            own = f"The Jacobian is diagonal: at most {n:,} of its {n * n:,} numbers "
            own += "differ from 0."
        return (
            f"Every wire ends at its own place: nothing meets, nothing is added. {own}"
        )

    def alt(self, moment: Moment, note: str) -> str:
        """Return a frame in words, with its numbers."""
        said = opening(self.title, self.heading(moment))
        if moment.name == "start":
            said.append(sentence(self.name, self.story.texts["x"]))
        elif moment.name == "done":
            said.append(sentence("out", self.story.texts["out"]))
        elif moment.name == "turn":
            said.append(sentence(f"g' of {self.name}", self.story.texts["local"]))
            said.append(sentence("d_out", self.story.texts["d_out"]))
        elif moment.name == "end":
            said.append(
                sentence(f"gradient of {self.name}", self.story.texts["gradient"])
            )
        return " ".join([*said, *(line for line, _ in self.foot(moment, note))])

    def table(self) -> str:
        """Return one row per cell drawn, forward and backward."""
        head = ["cell", self.name, "out"]
        columns = [self.story.texts["x"], self.story.texts["out"]]
        if self.story.backward:
            head += ["local", "d_out", f"gradient of {self.name}"]
            columns += [self.story.texts[key] for key in ("local", "d_out", "gradient")]
        rows = [[size_names(i), *(c[i] for c in columns)] for i in self.story.cells]
        return table_text(head, rows)
