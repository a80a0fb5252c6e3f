"""decision_boundary_explorer: change a network or its data, and it trains again."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from typing import Any

from gradlab.visualization.explorers.base import Explorer, StaticExplorer, explore
from gradlab.visualization.own_code import plain
from gradlab.visualization.pictures.networks.boundary_film import (
    BoundaryFilm,
    boundary_film,
)
from gradlab.visualization.text import number
from gradlab.visualization.training_history import History

DATA = ("simple", "diag", "split", "xor", "circle", "spiral")
POINTS = 80
SLICE = 0.015  # seconds of training between two looks at the controls
SEED = 0


class Run:
    """One training of a small network, in slices.

    Parameters
    ----------
    name : of the data set
    hidden : numbers in the hidden layer
    rate : learning rate of Adam
    epochs : how many there will be
    """

    def __init__(self, name: str, hidden: int, rate: float, epochs: int) -> None:
        from gradlab import datasets, nn
        from gradlab.optim import Adam

        make = getattr(datasets, name)
        self.data = make(POINTS) if name == "spiral" else make(POINTS, seed=SEED)
        self.model = nn.Sequential(
            nn.Linear(2, hidden), nn.Tanh(), nn.Linear(hidden, 1)
        )
        self._set_weights()
        self.optimizer = Adam(self.model.parameters(), lr=rate)
        self.epochs, self.history = epochs, History()
        self.epoch()

    def _set_weights(self) -> None:
        """Start from fixed weights, so that only the controls make a difference."""
        from gradlab.tensors.randomness import generator

        numbers, state = generator(SEED), self.model.state_dict()
        wide = {"0.weight": 4.0, "0.bias": 2.0, "2.weight": 0.5, "2.bias": 0.1}
        self.model.load_state_dict(
            {
                name: numbers.uniform(-wide[name], wide[name], array.shape)
                for name, array in sorted(state.items())
            }
        )

    @property
    def done(self) -> bool:
        """Whether all epochs are trained."""
        return self.history.count > self.epochs

    def epoch(self) -> None:
        """Look at the loss, keep it, and take one step."""
        from gradlab.tensors.losses import bce_with_logits

        self.optimizer.zero_grad()
        loss = bce_with_logits(self.model(self.data.x).view(-1), self.data.y)
        loss.backward()
        self.history.record(loss, model=self.model)
        self.optimizer.step()

    def advance(self, seconds: float) -> None:
        """Train until the epochs are done or the time is over."""
        end = time.monotonic() + seconds
        while not self.done and time.monotonic() < end:
            self.epoch()

    def film(self) -> BoundaryFilm:
        """Return the film of the training so far."""
        return boundary_film(self.model, self.data, history=self.history)

    def says(self) -> str:
        """Return how far it is."""
        last = self.history.kept[-1]
        state = "Trained" if self.done else "Training"
        return (
            f"{state}: epoch {last.epoch} of {self.epochs}, loss {number(last.loss)}."
        )


class DecisionBoundaryExplorer(Explorer):
    """Controls of a network's training over `boundary_film`.

    In a notebook it trains in short slices, so that the controls stay quick: a change
    ends the training that runs and begins another. Elsewhere it trains at once.

    Attributes
    ----------
    data, hidden, rate, epochs : the controls
    run : the training that belongs to the picture
    """

    called = "Decision boundary explorer"
    stays = False
    frames = "picture"  # a step is one of the training

    def __init__(self, widgets: Any, name: str, hidden: int) -> None:
        self._start = (name, hidden)
        self.run: Run | None = None
        self._task: asyncio.Task[None] | None = None
        super().__init__(widgets)

    def controls(self) -> Sequence[Any]:
        """Return the list of data sets and three sliders."""
        name, hidden = self._start
        self.data = self.choice("data", DATA, name)
        self.hidden = self.slider("hidden size", hidden, 1, max(24, hidden))
        self.rate = self.slider("learning rate", 0.05, 0.0, 0.5, by=0.01)
        self.epochs = self.slider("epochs", 150, 1, 400)
        return [self.row(self.data, self.hidden), self.row(self.rate, self.epochs)]

    def drawn(self) -> BoundaryFilm:
        """Return the film of a new training: of its beginning, where it goes on."""
        self.run = run = self._begun()
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            run.advance(float("inf"))
        else:
            self._task = loop.create_task(self._train(run))
        return run.film()

    def _begun(self) -> Run:
        controls = self.data, self.hidden, self.rate, self.epochs
        return Run(*(control.value for control in controls))

    def still(self) -> BoundaryFilm:
        """Return the film of the whole training; here it may have just begun."""
        return _whole(self._begun())

    async def _train(self, run: Run) -> None:
        """Train in slices, showing each; end where a later change began another."""
        await asyncio.sleep(0)
        while self.run is run and not run.done:
            run.advance(SLICE)
            self.show(run.film())
            self.tell()
            await asyncio.sleep(0.02)

    def said(self) -> str:
        """Return how far the training is."""
        return self.run.says() if self.run else ""


def decision_boundary_explorer(
    data: str = "xor", *, hidden: int = 6
) -> DecisionBoundaryExplorer | StaticExplorer:
    """Return controls over a small network that trains anew at every change.

    Without ipywidgets it is the film of one training, with a line that says so.

    Parameters
    ----------
    data : the data set to start with: simple, diag, split, xor, circle or spiral
    hidden : how many numbers its hidden layer has, 1 to 100

    Raises
    ------
    ValueError
        If there is no such data set, or the hidden size is out of range.

    Examples
    --------
    >>> explorer = decision_boundary_explorer("simple", hidden=2)
    >>> explorer.run.history.count
    151
    """
    from gradlab.indexing import is_whole

    if data not in DATA:
        raise ValueError(
            f"There is no data set {plain(data)} here: use one of {', '.join(DATA)}."
        )
    if not is_whole(hidden) or not 1 <= hidden <= 100:
        raise ValueError(
            f"The hidden size is a whole number from 1 to 100; got {plain(hidden)}."
        )
    return explore(
        lambda widgets: DecisionBoundaryExplorer(widgets, data, int(hidden)),
        lambda: _whole(Run(data, int(hidden), 0.05, 150)),
        "draw a model of your own: viz.boundary_film(model, datasets.xor(50))",
    )


def _whole(run: Run) -> BoundaryFilm:
    run.advance(float("inf"))
    return run.film()
