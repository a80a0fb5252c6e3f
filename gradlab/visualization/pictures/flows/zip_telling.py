"""What each frame of a zip picture says."""

from __future__ import annotations

import math

from gradlab.indexing import Index, broadcast_index
from gradlab.visualization.flow import FlowRow
from gradlab.visualization.flow_nodes import cell
from gradlab.visualization.pictures.flows.zip_story import Moment, Story
from gradlab.visualization.pictures.parts.cells import opening, sentence
from gradlab.visualization.pictures.parts.words import (
    addends,
    filled,
    product,
    reason,
    times,
)
from gradlab.visualization.sheet import Line
from gradlab.visualization.text import (
    cell_name,
    counted,
    factor,
    number,
    size_names,
    table_text,
)


class Telling:
    """A story in words."""

    def __init__(self, story: Story) -> None:
        self.story, self.flow, self.names = story, story.flow, story.names
        named = zip(self.names, story.shapes)
        self.title = self.formula(*(f"{name} {size_names(s)}" for name, s in named))

    def name(self, row: FlowRow) -> str:
        """Return the name of a row's input cell: a[2,0]."""
        return cell_name(self.names[row.input], row.in_index)

    def formula(self, first: str, second: str) -> str:
        """Return the op with something put in for both inputs."""
        if self.story.op is None:
            return f"{self.flow.name}({first}, {second})"
        return filled(self.story.op.formula, first, second)

    # ---------------------------------- heading ----------------------------------

    def heading(self, moment: Moment) -> str:
        """Return the line above a frame."""
        out = cell_name("out", moment.cell)
        if moment.name == "read":
            return self._read(moment.cell)
        if moment.name == "back":
            d = number(self.story.d(moment.cell))
            return f"{cell_name('d_out', moment.cell)} = {d} goes back along its wires."
        if moment.name == "collect":
            receiver = cell_name(self.names[moment.input], moment.cell)
            n = len(self.story.arrived(moment, moment.input, moment.cell))
            return f"{receiver} was read {times(n)}: {counted(n, 'addend')}."
        if not self.story.cells and moment.name in ("done", "turn", "sums"):
            return f"out {size_names(self.flow.shape)} has no cells: nothing is read."
        return {
            "start": f"{self.title} gives out {size_names(self.flow.shape)}",
            "ask": f"Which cells does {out} read?",
            "done": "Every output cell has read its cells.",
            "turn": "Backward: d_out brings one number per output cell.",
            "sums": "The gradients: each cell holds the sum of what arrived.",
        }[moment.name]

    def _read(self, index: Index) -> str:
        rows = self.story.rows(index)
        names, out = [self.name(row) for row in rows], cell_name("out", index)
        result = number(cell(self.flow.node, index))
        if len(rows) != 2:
            read = ", ".join(names[:4]) + (", …" if len(names) > 4 else "")
            return f"{out} = {result} depends on {read or 'no input cell'}"
        values = [cell(self.flow.inputs[row.input], row.in_index) for row in rows]
        filled_in = self.formula(number(values[0]), factor(values[1]))
        return f"{out} = {self.formula(*names)} = {filled_in} = {result}"

    # ------------------------------------ foot ------------------------------------

    def foot(self, moment: Moment) -> list[Line]:
        """Return the lines below a frame."""
        if moment.name == "read":
            return [(line, "ink") for line in self._reasons(moment)]
        if moment.name == "turn":
            return [(line, "ink") for line in self._turning()]
        if moment.name == "back":
            rows = self.story.rows(moment.cell)[:4]
            return [line for row in rows for line in self._receives(moment, row)]
        if moment.name == "collect":
            return [self._adding(moment, moment.input, moment.cell)]
        if moment.name in ("done", "sums"):
            return self._end(moment)
        return []

    def _reasons(self, moment: Moment) -> list[str]:
        if self.story.op is None:
            return []
        wrong = [self._plugged(row) for row in self.story.rows(moment.cell)]
        if any(wrong):
            return [line for line in wrong if line]
        named = zip(self.names, self.story.shapes)
        said = [reason(n, shape, moment.cell) for n, shape in named]
        same = "Both cells stand at the same index as the output cell."
        return [line for line in said if line] or [same]

    def _plugged(self, row: FlowRow) -> str:
        """Say where a plugged-in piece reads another cell than broadcasting does."""
        own = broadcast_index(row.out_index, self.story.shapes[row.input])
        if own == row.in_index:
            return ""
        right = cell_name(self.names[row.input], own)
        return (
            f"The plugged-in code reads {self.name(row)}; broadcasting reads {right}."
        )

    def _turning(self) -> list[str]:
        lines = ["Walk each wire back: multiply d_out by the wire's local derivative."]
        if self.story.op is not None:
            each = [
                f"by {name} it is {filled(formula, *self.names)}"
                for name, formula in zip(self.names, self.story.op.local_formulas)
            ]
            of = f"The local derivative of {self.formula(*self.names)}: "
            lines.append(of + ", ".join(each) + ".")
        return lines

    def _receives(self, moment: Moment, row: FlowRow) -> list[Line]:
        d = self.story.d(moment.cell)
        result = number(d * row.local)
        line = f"{self.name(row)} receives {product(d, row.local)} = {result}"
        lines: list[Line] = [(f"{line}. {self._local(row)}", "ink")]
        several = self.story.all and len(self.story.addends(row)) > 1
        if several and self.story.tell_sums:
            lines.append(self._adding(moment, row.input, row.in_index))
        return lines

    def _local(self, row: FlowRow) -> str:
        """Return the local derivative of a row, with its formula where there is one."""
        name, shown = self.names[row.input], number(row.local)
        rows = self.story.rows(row.out_index)
        if self.story.op is not None and len(rows) == 2:
            formula = self.story.op.local_formulas[self.story.argument(row)]
            filled_in = filled(formula, *map(self.name, rows))
            shown = shown if filled_in == shown else f"{filled_in} = {shown}"
        return f"Local derivative by {name}: {shown}."

    def _adding(self, moment: Moment, k: int, index: Index) -> Line:
        """Return the addends of a cell so far, and their sum."""
        rows = self.story.arrived(moment, k, index)
        missing = len(self.story.book[k, index]) - len(rows)
        more = f" so far; {missing} more to come" if missing else ""
        sum_of = f"{addends(self.story.pairs(rows))} = {number(self.story.total(rows))}"
        name = cell_name(self.names[k], index)
        return (f"{name} adds up {sum_of}{more}.", "gradient-ink")

    def _end(self, moment: Moment) -> list[Line]:
        story, plan = self.story, self.story.plan
        lines: list[str] = []
        sums = moment.name == "sums"
        if sums:
            lines += self._longest_sum()
        elif story.told:
            lines.append(self._reading())
        if story.told and not story.few:
            last = cell_name("d_out" if sums else "out", story.told[-1])
            lines.append(f"Only the wires of {last} are drawn.")
        grids = [grid for grid in (*plan.inputs, plan.out) if grid.folded]
        lines += dict.fromkeys(grid.note() for grid in grids)
        ends: list[Line] = [(line, "soft") for line in lines]
        if self.flow.warning:
            ends.append((self.flow.warning, "wrong-ink"))
        return ends

    def _reading(self) -> str:
        """Say how few cells all output cells read."""
        sizes = [math.prod(shape) for shape in self.story.shapes]
        counts = [f"{counted(n, 'cell')} of {s}" for n, s in zip(sizes, self.names)]
        each = " and ".join(counts)
        outs = counted(math.prod(self.flow.shape), "output cell")
        if self.flow.inputs[0] is self.flow.inputs[1]:
            each = f"{counts[0]}, each twice"
        return f"{outs} read {each}. Nothing is copied."

    def _longest_sum(self) -> list[str]:
        """Return the addends of the cell that was read most, if any was read twice."""
        lines = []
        book = self.story.book
        (k, index), rows = max(
            book.items(), key=lambda item: len(item[1]), default=((0, ()), [])
        )
        if len(rows) > 1:
            name, result = cell_name(self.names[k], index), self.story.total(rows)
            sum_of = f"{addends(self.story.pairs(rows))} = {number(result)}"
            lines.append(f"{name} was read {times(len(rows))}: {sum_of}.")
        if self.flow.inputs[0] is self.flow.inputs[1]:
            lines.append(
                f"{self.names[0]} is both inputs: its gradient is the sum of the two."
            )
        return lines

    # ----------------------------------- in words -----------------------------------

    def alt(self, moment: Moment) -> str:
        """Return a frame in words, with its numbers."""
        said = opening(self.title, self.heading(moment))
        if moment.name == "start":
            said += [self._holds(k) for k in (0, 1)]
        elif moment.name in ("done", "sums"):
            said.append(self._cells("out", self.flow.node))
        if moment.name in ("turn", "sums"):
            said.append(self._cells("d_out", self.story.d_out))
        if moment.name in ("back", "collect", "sums"):
            said += self._gradients(moment)
        return " ".join([*said, *(line for line, _ in self.foot(moment))])

    def _gradients(self, moment: Moment) -> list[str]:
        """Return what the gradients hold in a frame."""
        if moment.name == "back" and not self.story.tell_sums:
            return self._received(moment)
        said = []
        for k, name in enumerate(self.names):
            sums = self.story.sums(moment, k)
            if sums or moment.name == "sums":
                said.append(sentence(f"gradient of {name}", sums))
        return said

    def _received(self, moment: Moment) -> list[str]:
        """Return what has arrived in each cell, without adding it up."""
        said = []
        for k, index in self.story.book if self.story.all else ():
            pairs = self.story.pairs(self.story.arrived(moment, k, index))
            numbers = [number(d * local) for d, local in pairs]
            name = cell_name(self.names[k], index)
            said += [f"{name} has received {' and '.join(numbers)}."] * bool(numbers)
        return said

    def _cells(self, name: str, thing: object) -> str:
        texts = {i: number(cell(thing, i)) for i in self.story.cells}
        return sentence(name, texts)

    def _holds(self, k: int) -> str:
        grid, source = self.story.plan.inputs[k], self.flow.inputs[k]
        shown = [] if grid.empty else grid.shown()
        texts = {i: number(cell(source, i)) for i in shown}
        return sentence(self.names[k], texts)

    def table(self) -> str:
        """Return the rows of the drawn output cells as a plain-text table."""
        back = self.story.d_out is not None
        head = ["from", "value", "to", "value", "local"]
        head += ["d_out", "arrives"] if back else []
        lines = []
        for row in (r for index in self.story.cells for r in self.story.rows(index)):
            source, out = self.flow.inputs[row.input], self.flow.node
            line = [self.name(row), number(cell(source, row.in_index))]
            line += [cell_name("out", row.out_index), number(cell(out, row.out_index))]
            line.append(number(row.local))
            if back:
                d = self.story.d(row.out_index)
                line += [number(d), number(d * row.local)]
            lines.append(line)
        return f"{self._all_cells()}\n{table_text(head, lines)}"

    def _all_cells(self) -> str:
        held = [self._holds(k) for k in (0, 1)]
        if self.story.gradients:
            held += self._gradients(Moment("sums"))
        return "\n".join(held)
