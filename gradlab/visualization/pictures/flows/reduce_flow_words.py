"""What each frame of a reduce picture says."""

from __future__ import annotations

import math

from gradlab.indexing import Index
from gradlab.visualization.flow_nodes import cell
from gradlab.visualization.pictures.flows.reduce_flow_story import Moment, Own, Story
from gradlab.visualization.pictures.parts.cells import numbers, opening, sentence
from gradlab.visualization.pictures.parts.words import product
from gradlab.visualization.sheet import Line
from gradlab.visualization.text import (
    cell_name,
    counted,
    number,
    size_names,
    table_text,
)

WHY = {
    "Sum": "A cell moves its sum one for one, so every local derivative is 1.",
    "Mean": "A cell moves its mean by 1 / n, where n counts the cells of its strip.",
    "Prod": "The local derivative of a cell is the product of the others in its strip.",
    "Max": "Only the largest cell moves its max: local derivative 1, and 0 for the "
    "others. Equal largest cells share the 1.",
    "Min": "Only the smallest cell moves its min: local derivative 1, and 0 for the "
    "others. Equal smallest cells share the 1.",
}
LISTED = 4  # more sums or products than this are not written out


class Words:
    """A story in words."""

    def __init__(self, story: Story, name: str) -> None:
        self.story, self.name = story, name
        self.flow, self.rule = story.flow, story.rule
        self.op = self.flow.name.lower()
        shape = size_names(self.rule.shape)
        self.title = f"{self.flow.name} of {name} {shape} {self.along}"

    @property
    def along(self) -> str:
        """The folded dims: "over dim 1"."""
        dims = self.rule.dims
        if len(dims) == len(self.rule.shape):
            return "over all dims"
        names = " and ".join(map(str, dims))
        return f"over dim{'s' * (len(dims) != 1)} {names or 'none'}"

    @property
    def kept(self) -> tuple[int, ...]:
        """The shape of the result with the folded dims at size 1."""
        dims = self.rule.dims
        return tuple(1 if d in dims else n for d, n in enumerate(self.rule.shape))

    # ---------------------------------- heading ----------------------------------

    def heading(self, moment: Moment) -> str:
        """Return the line above a frame."""
        out = cell_name("out", moment.cell)
        if not self.story.cells and moment.name != "start":
            shape = size_names(self.flow.shape)
            return f"out {shape} has no cells: nothing is folded."
        if moment.name in ("sweep", "fold"):
            return self._folding(moment)
        if moment.name == "back":
            return self._fans(moment.cell)
        return {
            "start": f"{self.title}: each strip becomes one cell",
            "ask": f"Start from the output: which cells fold into {out}?",
            "done": f"Every cell of {self.name} was folded once, into one output cell.",
            "turn": "Backward: d_out brings one number per strip.",
            "end": f"The gradient of {self.name} has the shape of {self.name}: "
            f"{size_names(self.rule.shape)}.",
        }[moment.name]

    def _folding(self, moment: Moment) -> str:
        out, index = cell_name("out", moment.cell), moment.cell
        if moment.name == "sweep":
            what = "starts at" if moment.n == 0 else "so far:"
            return f"{out} {what} {self.story.step(index, moment.n)}"
        return f"{out} = {self._whole(index)}{self._result(index)}"

    def _whole(self, index: Index) -> str:
        """Return a strip written out: "1 + 2 = ", or nothing where it is long."""
        values = [number(v) for v in self.story.values(index)]
        if not values and self.story.fold is not None and self.flow.name != "Mean":
            return "the start value, "
        if not 1 < len(values) <= 2 * LISTED:
            return f"{self.op} of {self._count(index)} = "
        if self.flow.name in ("Sum", "Mean", "Prod"):
            terms = [
                v if k == 0 or v[0] != "-" else f"({v})" for k, v in enumerate(values)
            ]
            text = (" · " if self.flow.name == "Prod" else " + ").join(terms)
            mean = self.flow.name == "Mean"
            return f"({text}) / {len(values)} = " if mean else f"{text} = "
        return f"{self.op}({', '.join(values)}) = "

    def _result(self, index: Index) -> str:
        return number(cell(self.flow.node, index))

    def _count(self, index: Index) -> str:
        return counted(len(self.story.strip(index)), "cell")

    def _fans(self, index: Index) -> str:
        d = f"{cell_name('d_out', index)} = {number(self.story.d(index))}"
        if not self.story.strip(index):
            return f"{d} has nowhere to go: its strip has no cells."
        verb = "is copied" if self.flow.name == "Sum" else "fans out"
        return f"{d} {verb} to the {self._count(index)} of its strip."

    # ------------------------------------ foot ------------------------------------

    def foot(self, moment: Moment, notes: list[str]) -> list[Line]:
        """Return the lines below a frame; `notes` say what is not drawn."""
        if moment.name == "sweep":
            return [(self._sweeping(moment), "ink")]
        if moment.name == "back":
            return self._receives(moment.cell)
        if moment.name == "done":
            return [(line, "soft") for line in [*self._shapes(), *notes]]
        if moment.name == "end":
            return self._end(notes)
        if moment.name == "turn" and self.story.cells:
            line = "Each number of d_out goes back along the wires of its strip, times "
            return [(line + "the local derivative of each cell.", "ink")]
        return []

    def _sweeping(self, moment: Moment) -> str:
        if moment.n == 0:
            start = "The start value is the number that changes nothing."
            return f"The strip is {self._strip(moment.cell)}. {start}"
        read = self.story.strip(moment.cell)[moment.n - 1]
        left = len(self.story.strip(moment.cell)) - moment.n
        more = f"{left:,} more to come." if left else "The strip is complete."
        mean = self.flow.name == "Mean" and not left
        divided = f" Divide by {moment.n:,} to get the mean." if mean else ""
        return f"Folded in: {cell_name(self.name, read)}. {more}{divided}"

    def _strip(self, index: Index) -> str:
        """Return the cells of a strip by name."""
        names = [cell_name(self.name, i) for i in self.story.strip(index)]
        most = 2 * LISTED
        return (", ".join(names[:most]) + ", …" * (len(names) > most)) or "empty"

    def _receives(self, index: Index) -> list[Line]:
        why = "" if isinstance(self.rule, Own) else WHY.get(self.flow.name, "")
        d, lines = self.story.d(index), list[str]()
        for k, (i, local) in enumerate(self.story.locals(index).items()):
            if k < LISTED:
                sent = f"{product(d, local)} = {number(d * local)}"
                lines.append(f"{cell_name(self.name, i)} receives {sent}")
        more = len(self.story.strip(index)) - len(lines)
        said = "; ".join(lines) + (f"; and {more:,} more" if more else "")
        told: list[Line] = [(f"{said}.", "gradient-ink")] if lines else []
        return [*told, (why, "local-ink")] if why else told

    def _shapes(self) -> list[str]:
        """Say what became of the folded dims."""
        out = size_names(self.flow.shape)
        if not self.rule.dims:
            return []
        if self.flow.shape == self.kept:
            return [f"Folded dims stay, with size 1: out has shape {out}."]
        kept = size_names(self.kept)
        return [f"A folded dim has size 1, {kept}, and is then dropped: {out}."]

    def _end(self, notes: list[str]) -> list[Line]:
        many, few = math.prod(self.rule.shape), math.prod(self.flow.shape)
        lines: list[Line] = []
        if many and few:
            fan = f"d_out has {counted(few, 'number')}, the gradient {many:,}: "
            fan += "each number of d_out fans out over one strip."
            lines.append((fan, "soft"))
        lines += [(note, "soft") for note in notes]
        warning = self.flow.warning
        return [*lines, (warning, "wrong-ink")] if warning else lines

    def ask(self, moment: Moment) -> str:
        """Return what to ask a class before a frame."""
        out = cell_name("out", moment.cell)
        return {
            "ask": "Where do we start: at the input, or at the output?",
            "sweep": f"What does {out} hold next?",
            "fold": f"What is {out}?",
            "done": "What shape has the result?",
            "turn": "How many numbers come back, and how many are needed?",
            "back": f"Which cells does {cell_name('d_out', moment.cell)} go to?",
            "end": "What shape has the gradient?",
        }.get(moment.name, "What comes next? Say it first.")

    # ----------------------------------- in words -----------------------------------

    def alt(self, moment: Moment, shown: list[Index], notes: list[str]) -> str:
        """Return a frame in words; `shown` are the cells of x that are drawn."""
        said = opening(self.title, self.heading(moment))
        if moment.name == "start":
            said.append(sentence(self.name, numbers(self.story.x, shown)))
        elif moment.name in ("done", "turn"):
            back = moment.name == "turn"
            thing = self.story.d_out if back else self.flow.node
            texts = numbers(thing, self.story.cells)
            said.append(sentence("d_out" if back else "out", texts))
        elif moment.name == "end":
            said.append(sentence(f"gradient of {self.name}", self.gradient(shown)))
        return " ".join([*said, *(line for line, _ in self.foot(moment, notes))])

    def gradient(self, shown: list[Index]) -> dict[Index, str]:
        """Return the gradient in the cells of x that are drawn."""
        found = {i: t for out in self.story.cells for i, t in self._sent(out).items()}
        return {i: found[i] for i in shown if i in found}

    def _sent(self, index: Index) -> dict[Index, str]:
        d = self.story.d(index)
        return {i: number(d * v) for i, v in self.story.locals(index).items()}

    def table(self, shown: list[Index]) -> str:
        """Return one row per drawn cell of x, with the cell it is folded into."""
        back = self.story.d_out is not None
        head = ["from", "value", "into", "value", "local"]
        rows, drawn = [], set(shown)
        for out in self.story.cells:
            for i, local in self.story.locals(out).items():
                row = [cell_name(self.name, i), number(cell(self.story.x, i))]
                row += [cell_name("out", out), self._result(out), number(local)]
                if back:
                    d = self.story.d(out)
                    row += [number(d), number(d * local)]
                rows += [row] if i in drawn else []
        head += ["d_out", "arrives"] if back else []
        lines = [sentence("out", numbers(self.flow.node, self.story.cells))]
        if back:
            lines.append(sentence("d_out", numbers(self.story.d_out, self.story.cells)))
        return "\n".join([*lines, table_text(head, rows)])
