"""computation_graph: turns, numbers, folding, and broken backwards."""

from __future__ import annotations

import numpy as np
import pytest

import gradlab.visualization as viz
from gradlab import Scalar, backward_steps, tensor
from gradlab.visualization.pictures.graphs.graph import ComputationGraph
from gradlab.visualization.scene import Arrow, Box, Group, Item, Text

from .flow_examples import (
    FLOW_EXAMPLES,
    chain,
    first_graph,
    joined,
    layer,
    leaf,
    mixed,
    softmax_loss,
)


def words(picture: ComputationGraph, step: int) -> list[str]:
    items = picture.scene(step % picture.steps).items
    return [str(i.text) for i in items if isinstance(i, (Box, Text)) and i.text]


def moments(picture: ComputationGraph) -> list[str]:
    return [moment.name for moment in picture.moments]


def test_the_first_example_is_right_in_every_frame() -> None:
    picture = viz.computation_graph(first_graph())
    assert moments(picture) == [
        "leaves",
        *["forward"] * 4,
        "made",
        "seed",
        *["backward"] * 4,
        "end",
    ]
    heads = [words(picture, step)[0] for step in range(picture.steps)]
    assert heads[1:6] == [
        "Mul: a · b = 1 · 2 = 2",
        "Add: 1 + 2 = 3",
        "Add: d + c = 3 + 3 = 6",
        "Add: 6 + 3 = 9",
        "Forward: the result is 9",
    ]
    assert heads[10:] == [
        "Turn 4. Mul.backward gets d_out = 1",
        "The gradients: a 3, b 1, c 1",
    ]


def test_a_leaf_used_twice_lists_its_addends_when_they_arrive() -> None:
    picture = viz.computation_graph(first_graph())
    assert "1 + 2 = 3" not in words(picture, 9)
    assert "1 + 2 = 3" in words(picture, 10)
    assert "a gets d_out · local derivative = 1 · 2 = 2." in words(picture, 10)
    assert {"×2", "×1"} <= set(words(picture, 10))


@pytest.mark.parametrize("make", [first_graph, layer, softmax_loss, mixed])
def test_turns_and_gradients_are_those_of_backward(make: object) -> None:
    result = make()  # type: ignore[operator]
    d_out = 1.0 if isinstance(result, Scalar) else tensor(1.0)
    picture = viz.computation_graph(result)
    steps = list(backward_steps(result, d_out))
    assert [node.variable for node in picture.graph.turns] == [s.node for s in steps]
    for node, step in zip(picture.graph.turns, steps):
        assert np.all(np.equal(as_list(node.d), as_list(step.d_out)))
    assert [node.turn for node in picture.graph.turns] == [*range(1, len(steps) + 1)]


def as_list(d: object) -> object:
    return d.tolist() if hasattr(d, "tolist") else d


def test_no_gradient_is_touched() -> None:
    a = Scalar(2.0, "a")
    x = leaf([1.0, 2.0])
    viz.computation_graph(a * a).play().html()
    viz.computation_graph((x * x).sum()).play().html()
    assert a.derivative is None
    assert x.grad is None


def test_constants_are_square_and_get_nothing_leaves_have_a_tray() -> None:
    picture = viz.computation_graph(Scalar(2.0, "a") * 3)
    boxes = [i for i in picture.scene(picture.steps - 1).items if isinstance(i, Box)]
    looks = {box.look: box for box in boxes}
    assert "tray" in looks["leaf"].marks
    assert "saved" in looks["op"].marks
    assert not looks["constant"].marks
    assert "The constant 3 gets nothing." in words(picture, -2)


def test_backward_arrows_run_back_and_only_where_something_is_sent() -> None:
    picture = viz.computation_graph(first_graph())
    arrows = [i for i in picture.scene(11).items if isinstance(i, Arrow)]
    back = [a for a in arrows if a.look == "gradient"]
    assert all(a.points[0][0] > a.points[-1][0] for a in back)
    assert len(back) == 7
    assert [a.look for a in arrows if a not in back] == ["muted"]


def test_tensors_show_shapes_and_few_cells() -> None:
    picture = viz.computation_graph(layer())
    assert {"(3, 2)", "[30, 60]", "x"} <= set(words(picture, 4))
    assert "x gets d_out ×w, summed to (3, 1): [[30], [30], [30]]." in picture.alt(8)
    large = viz.computation_graph(leaf(np.ones((5, 5)), "m").sum())
    assert {"(5, 5)", "…"} <= set(words(large, -1))


def test_several_numbers_need_d_out() -> None:
    forward_only = viz.computation_graph(joined())
    assert "Give d_out, of shape (2, 3), to see backward." in forward_only.alt()
    both = viz.computation_graph(joined(), np.ones((2, 3)))
    assert "u [2, 1, 1]" in both.alt()


def test_a_broken_backward_stops_the_picture_not_the_learner() -> None:
    picture = FLOW_EXAMPLES["graph: error"]()
    said = picture.alt()
    assert "Backward stopped at TooLarge." in said
    assert "sum back with unbroadcast(grad, shape)" in said
    boxes = [i for i in picture.scene(picture.steps - 1).items if isinstance(i, Box)]
    assert sum("wrong" in box.marks for box in boxes) == 1


@pytest.mark.parametrize("length", [24, 400, 5_000])
def test_a_long_chain_is_folded_and_its_gradients_are_still_right(length: int) -> None:
    result = chain(length)
    picture = viz.computation_graph(result)
    nodes = 2 + 3 * length
    assert len(picture.graph.nodes) < 20
    assert f"This graph has {nodes:,} nodes" in picture.alt()
    (x,) = (n for n in picture.graph.nodes.values() if n.name == "x")
    assert x.d == pytest.approx(0.99**length, rel=1e-9)


@pytest.mark.parametrize("name", [n for n in FLOW_EXAMPLES if "hostile" not in n])
def test_no_words_stand_on_others(name: str) -> None:
    picture = FLOW_EXAMPLES[name]()
    for step in range(picture.steps):
        places = list(areas(picture.scene(step).items))
        for n, (text, one) in enumerate(places):
            for other, two in places[:n]:
                assert not overlap(one, two), (step, text, other)


Area = tuple[float, float, float, float]


def areas(items: tuple[Item, ...]) -> list[tuple[str, Area]]:
    """Return where each piece of text stands, without the room around its letters."""
    found = []
    for item in items:
        assert not isinstance(item, Group)
        if isinstance(item, Box) and item.text:
            item = Text(*item.center, item.text, item.size, bold=item.bold)
        if isinstance(item, Text):
            left, top, right, bottom = item.bounds()
            area = (
                left + 1,
                top + 0.2 * item.size,
                right - 1,
                bottom - 0.2 * item.size,
            )
            found.append((str(item.text), area))
    return found


def overlap(one: Area, two: Area) -> bool:
    across = one[0] < two[2] and two[0] < one[2]
    return across and one[1] < two[3] and two[1] < one[3]


def test_errors_say_what_to_do() -> None:
    with pytest.raises(TypeError, match=r"got \[1.0\]"):
        viz.computation_graph([1.0])
    with pytest.raises(ValueError, match="requires_grad=True"):
        viz.computation_graph(tensor(1.0) * 2, d_out=1.0)
    with pytest.raises(ValueError, match="shapes must be equal"):
        viz.computation_graph(joined(), [1.0])
