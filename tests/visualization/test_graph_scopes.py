"""Modules in a computation graph: which ops are whose, frames, folding, and text."""

from __future__ import annotations

import gc
import re
import weakref
from typing import Any

import numpy as np
import pytest

import gradlab.visualization as viz
from gradlab import Scalar, nn, no_grad, tensor
from gradlab.visualization.pictures.graphs.graph import ComputationGraph
from gradlab.visualization.scene import Box, Text

from .test_graph import areas, overlap

HOSTILE = "</text><script>alert('x')</script>&\"];`\\ -->\n{|}"


class Block(nn.Module):
    def __init__(self, size: int) -> None:
        self.inner, self.act = nn.Linear(size, size), nn.ReLU()

    def forward(self, x: Any) -> Any:
        return self.act(self.inner(x)) + x


class Net(nn.Module):
    def __init__(self, blocks: int = 2) -> None:
        self.blocks = [Block(2) for _ in range(blocks)]
        self.last = nn.Linear(2, 1)

    def forward(self, x: Any) -> Any:
        for block in self.blocks:
            x = block(x)
        return self.last(x)


class Cell(nn.Module):
    """A step of a recurrent network that remembers its state itself."""

    def __init__(self) -> None:
        self.w = nn.Parameter([[0.5, -0.3], [0.2, 0.1]])
        self.h: Any = tensor([[1.0, 2.0]])

    def forward(self, x: Any) -> Any:
        self.h = (self.h @ self.w + x).tanh()
        return self.h


class Both(nn.Module):
    def forward(self, xs: list[Any]) -> list[Any]:
        return [xs[0] * xs[1], xs[0] + xs[1]]


X = tensor([[1.0, 2.0], [3.0, -1.0]], name="x")
NET = Net()


def picture(**options: Any) -> ComputationGraph:
    return viz.computation_graph(NET(X).sum(), **options)


def texts(drawn: ComputationGraph, step: int = -1) -> set[str]:
    items = drawn.scene(drawn.at(step)).items
    return {str(item.text) for item in items if isinstance(item, (Box, Text))}


def test_calls_within_calls_are_scopes_within_scopes() -> None:
    drawn = picture()
    assert drawn.scopes[:4] == ["Net", "blocks.0", "blocks.0.inner", "blocks.0.act"]
    by_name = {scope.name: scope for scope in drawn.graph.scopes}
    assert len(by_name["Net"].ops) == 7
    assert len(by_name["blocks.1"].ops) == 3
    assert by_name["blocks.1.act"].parent is by_name["blocks.1"]


def test_parameters_are_called_as_the_network_calls_them() -> None:
    leaves = {n.name for n in picture().graph.nodes.values() if n.kind == "leaf"}
    assert {"blocks.0.inner.weight", "last.bias"} <= leaves
    assert "last.bias" in picture().table()


def test_every_open_scope_of_this_net_has_a_frame_that_says_what_it_is() -> None:
    assert {"blocks.0: Block", "inner: Linear(2, 2)", "last: Linear(2, 1)"} <= texts(
        picture()
    )


def test_a_folded_scope_is_one_node_with_its_shape_and_gradient() -> None:
    drawn = picture(fold="blocks.0")
    (node,) = (n for n in drawn.graph.nodes.values() if n.kind == "scope")
    said = texts(drawn)
    assert {"blocks.0: Block", "3 ops inside", "(2, 2)"} <= said
    assert "blocks.0.inner.weight" not in drawn.table()
    result = NET.blocks[0](X)
    result.requires_grad, result.history = True, None
    NET.last(NET.blocks[1](result)).sum().backward()
    assert node.d.tolist() == result.grad.tolist()


@pytest.mark.parametrize("fold", [(), ("blocks.1",), ("last", "blocks.0"), "all"])
def test_folding_changes_no_gradient(fold: Any) -> None:
    x = tensor([[1.0, 2.0], [3.0, -1.0]], requires_grad=True, name="x")
    drawn = viz.computation_graph(NET(x).sum(), fold=fold)
    NET(x).sum().backward()
    (node,) = (n for n in drawn.graph.nodes.values() if n.name == "x")
    assert np.allclose(node.d.to_numpy(), x.grad.to_numpy(), rtol=1e-12)
    turns = [n.turn for n in drawn.graph.turns]
    assert turns == [*range(1, len(turns) + 1)]


def test_fold_and_unfold_give_new_pictures() -> None:
    first = picture()
    folded = first.fold("blocks.0", "last")
    assert len(folded.ops) == len(first.ops) - 2
    assert len(folded.unfold("last").ops) == len(first.ops) - 2
    assert folded.unfold().svg() == first.svg()
    assert len(first.fold().ops) == 2
    opened = first.fold().unfold("blocks.0.inner")
    assert next(n.name for n in opened.ops if n.kind == "scope") == "blocks.0.act"


def test_a_second_call_has_a_number_and_its_own_ops() -> None:
    cell = Cell()
    for _ in range(3):
        h = cell(tensor([[1.0, 1.0]]))
    drawn = viz.computation_graph(h.sum())
    assert drawn.scopes == ["Cell", "Cell (2)", "Cell (3)"]
    assert [len(scope.ops) for scope in drawn.graph.scopes] == [3, 3, 3]
    assert [n.name for n in drawn.fold("Cell").ops][:3] == drawn.scopes


def test_several_results_are_one_scope() -> None:
    a, b = Scalar(2.0, "a"), Scalar(3.0, "b")
    both = Both()
    product, total = both([a, b])
    drawn = viz.computation_graph(product * total, fold="all")
    (node,) = (n for n in drawn.graph.nodes.values() if n.kind == "scope")
    assert "6, 5" in texts(drawn)
    assert "a 21, b 16" in drawn.alt()
    assert len(node.scope.ops) == 2  # type: ignore[union-attr]


def test_scalars_and_modules_that_are_gone_keep_the_name_of_their_class() -> None:
    drawn = viz.computation_graph(nn.Sequential(nn.Linear(2, 1))(X).sum())
    gc.collect()
    assert drawn.scopes == ["Sequential", "Linear"]


def test_a_picture_keeps_the_names_of_a_module_that_is_gone() -> None:
    def drawn_inside() -> ComputationGraph:
        net = Net()
        return viz.computation_graph(net(X).sum())

    drawn = drawn_inside()
    gc.collect()
    assert drawn.fold("blocks.0").scopes == drawn.scopes


def test_a_note_keeps_nothing_alive_and_is_not_made_without_recording() -> None:
    net = Net(1)
    gone = weakref.ref(net)
    y = net(X)
    with no_grad():
        before = y.history.scopes
        nn.Flatten()(y)
    assert y.history.scopes is before
    gc.disable()
    del net
    assert gone() is None
    gc.enable()


def test_a_large_network_folds_from_the_inside() -> None:
    net = nn.Sequential(*(Block(2) for _ in range(8)))
    drawn = viz.computation_graph(net(X).sum())
    assert [n.op for n in drawn.ops[:2]] == ["0: Block", "1: Block"]
    assert "Folded: 0, 1, 2" in drawn.alt(drawn.steps // 2 - 1)
    huge = nn.Sequential(*(nn.Linear(2, 2) for _ in range(700)))
    folded = viz.computation_graph(huge(X).sum())
    assert "This graph has 2,102 nodes" in folded.alt()
    assert len(folded.graph.nodes) < 20


@pytest.mark.parametrize("fold", [None, ("blocks.0",), ("blocks.0.act", "last"), "all"])
def test_no_words_stand_on_others(fold: Any) -> None:
    drawn = picture(fold=fold)
    for step in range(drawn.steps):
        places = list(areas(drawn.scene(step).items))
        for n, (text, one) in enumerate(places):
            for other, two in places[:n]:
                assert not overlap(one, two), (step, text, other)


def test_frames_hold_their_own_nodes_and_no_others() -> None:
    for drawn in (picture(), viz.computation_graph(Net(4)(X).sum(), fold=())):
        plan, opened = drawn.drawing.plan, drawn.drawing.open
        for frame in drawn.drawing.frames:
            own, box = opened.nodes[frame.scope.name], frame.box.bounds()
            for node in drawn.ops:
                room = plan.room(node.key)
                across = box.left < room.left and room.right < box.right
                inside = across and box.top < room.top and room.bottom < box.bottom
                assert inside == (node.key in own)


def test_a_name_that_is_markup_stays_text() -> None:
    odd = type(HOSTILE, (Block,), {})(2)
    drawn = viz.computation_graph(odd(X).sum())
    assert "<script" not in drawn.svg()
    assert "<script" not in drawn.to_mermaid()
    assert drawn.fold(drawn.scopes[0]).scopes == drawn.scopes


def test_dot_has_clusters_escaped_labels_and_gradients() -> None:
    dot = picture(fold="blocks.0").to_dot()
    assert dot.count("subgraph cluster_") == 5
    assert 'label="blocks.0: Block\\n3 ops inside' in dot
    assert re.search(r'n\d+ -> n\d+ \[label="d \(2, 2\)"\];', dot)
    assert dot.count("{") == dot.count("}")
    hostile = viz.computation_graph(Scalar(1, 'a"\\') * 2).to_dot()
    assert 'label="a\\"\\\\\\n1' in hostile


def test_mermaid_has_subgraphs_and_numbers_for_what_it_reads_itself() -> None:
    text = picture().to_mermaid()
    assert text.startswith("flowchart LR\n")
    assert text.count("subgraph") == text.count("\n" + "end") + len(
        re.findall(r"\n +end", text)
    )
    hostile = viz.computation_graph(Scalar(1, HOSTILE) * 2).to_mermaid()
    inside = "".join(re.findall(r'"([^"]*)"', hostile)).replace("<br/>", "")
    assert not set(inside) & set('<>"`[]{}|')


def test_errors_say_which_scopes_there_are() -> None:
    with pytest.raises(ValueError, match=r"no scope 'layer9'.*It has Net, blocks\.0"):
        picture(fold="layer9")
    with pytest.raises(ValueError, match=r"no module of gradlab\.nn was called"):
        viz.computation_graph(Scalar(2.0) * 3).fold("layer1")
    with pytest.raises(TypeError, match="fold takes names of modules"):
        picture(fold=3)
    with pytest.raises(TypeError, match="named by a string; got 3"):
        picture(fold=[3])


def test_a_learners_repr_may_fail() -> None:
    class Silent(Block):
        def __repr__(self) -> str:
            raise RuntimeError("no words")

    silent = Silent(2)
    assert viz.computation_graph(silent(X).sum()).scopes[0] == "Silent"
