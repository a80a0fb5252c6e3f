"""What each frame of a fold-back picture says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gradlab.indexing import Index
from gradlab.visualization.flow_nodes import cell
from gradlab.visualization.pictures.flows.fold_back_story import Folding, Moment, Story
from gradlab.visualization.pictures.parts.cells import opening, sentence
from gradlab.visualization.pictures.parts.words import filled, times
from gradlab.visualization.sheet import Line
from gradlab.visualization.text import cell_name, number, size_names, table_text

Texts = Mapping[Index, str]


class Words:
    """A story in words, with the texts that its cells print."""

    def __init__(self, story: Story, names: Sequence[str]) -> None:
        self.story, self.flow, self.names = story, story.flow, names
        named = zip(names, story.sides)
        self.title = self.formula(*(f"{n} {size_names(s.shape)}" for n, s in named))
        self.out = size_names(self.flow.shape)

    def formula(self, first: str, second: str) -> str:
        """Return the op with something put in for both inputs."""
        if self.story.op is None:
            return f"{self.flow.name}({first}, {second})"
        return filled(self.story.op.formula, first, second)

    def side(self, moment: Moment) -> tuple[str, Folding]:
        """Return the input that a frame is about, by name."""
        return self.names[moment.input], self.story.sides[moment.input]

    # ---------------------------------- heading ----------------------------------

    def heading(self, moment: Moment) -> str:
        """Return the line above a frame."""
        name, side = self.side(moment)
        if moment.name == "fold":
            return self._received(side, cell_name(name, moment.cell), moment.cell)
        return {
            "forward": f"{self.title} gives out {self.out}",
            "turn": f"Backward: d_out has the shape of out, {self.out}.",
            "local": f"For {name}: d_out · local, on the shape of out, {self.out}",
            "steps": f"The gradient of {name}: {self.out} summed to "
            f"{size_names(side.shape)}",
            "end": "Each gradient has the shape of its own input.",
        }[moment.name]

    def _received(self, side: Folding, name: str, index: Index) -> str:
        if side.gradient is None:
            return f"{name} receives no gradient."
        total = number(cell(side.gradient, index))
        return f"{name} receives {side.addends(index) or 'nothing'} = {total}"

    # ------------------------------------ foot ------------------------------------

    def foot(self, moment: Moment, notes: Sequence[str]) -> list[Line]:
        """Return the lines below a frame; `notes` say what is not drawn."""
        name, side = self.side(moment)
        if moment.name == "forward":
            said = (
                self._read(name, side),
                self._read(self.names[1], self.story.sides[1]),
            )
            return [(" ".join(said), "ink"), *((note, "soft") for note in notes)]
        if moment.name == "turn":
            line = "Every output cell sends d_out · local to the cells it has read."
            return [(f"{line} What goes to a ghost, its real cell gets.", "ink")]
        if moment.name == "local":
            return [(line, "ink") for line in self._local(moment.input)]
        if moment.name == "fold":
            own = cell_name(name, moment.cell)
            line = f"out has read {own} {times(side.count())}, so it adds up "
            return [(f"{line}{side.count():,} addends.", "gradient-ink")]
        if moment.name == "steps":
            return [(line, "ink") for line in side.steps(name)]
        warning = self.flow.warning
        ends: list[Line] = [(note, "soft") for note in notes]
        return [*ends, (warning, "wrong-ink")] if warning else ends

    def _read(self, name: str, side: Folding) -> str:
        return f"Each cell of {name} is read {times(side.count())}."

    def _local(self, k: int) -> list[str]:
        name, side, op = self.names[k], self.story.sides[k], self.story.op
        lines = []
        if op is not None:
            formula = filled(op.local_formulas[k], *self.names)
            lines.append(
                f"Local derivative of {self.formula(*self.names)} by {name}: {formula}."
            )
        if side.folds:
            lines.append("Dotted cells were ghosts: they fold into the real ones.")
        elif not side.dims:
            lines.append(f"{name} was not stretched: this is its gradient.")
        return lines

    # ----------------------------------- in words -----------------------------------

    def alt(
        self, moment: Moment, notes: Sequence[str], held: Mapping[str, Texts]
    ) -> str:
        """Return a frame in words; `held` are the texts of the grids that count."""
        said = opening(self.title, self.heading(moment))
        said += [sentence(name, dict(texts)) for name, texts in held.items()]
        return " ".join([*said, *(line for line, _ in self.foot(moment, notes))])

    def table(self, outs: Sequence[Index]) -> str:
        """Return one row per input and drawn output cell."""
        rows = []
        for name, side in zip(self.names, self.story.sides):
            for index in outs:
                local, d = side.local(index), cell(self.story.d_out, index)
                row = [cell_name("out", index), number(d), number(local)]
                target = cell_name(name, side.target(index))
                rows.append([*row, number(side.product(index)), target])
        head = ["from", "d_out", "local", "d_out · local", "folds into"]
        return table_text(head, rows)
