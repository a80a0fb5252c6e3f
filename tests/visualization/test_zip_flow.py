"""zip_flow: the numbers of every frame, and where they come from."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

import gradlab.visualization as viz
from gradlab import OPS, tensor
from gradlab.visualization.pictures.flows.zip_flow import ZipFlow
from gradlab.visualization.scene import Arrow, Box, Text

from .flow_examples import COLUMN, FLOW_EXAMPLES, ROW, D, HalfSquare, leaf

ZIPS = {name: make for name, make in FLOW_EXAMPLES.items() if name.startswith("zip")}


def check_case() -> ZipFlow:
    return viz.zip_flow("mul", COLUMN, ROW, D)


def frames(picture: ZipFlow, name: str) -> list[int]:
    return [k for k, moment in enumerate(picture.moments) if moment.name == name]


def drawn(picture: ZipFlow, step: int) -> list[str]:
    """Return the words of a frame, cells and labels included."""
    items = picture.scene(step).items
    return [str(i.text) for i in items if isinstance(i, (Box, Text)) and i.text]


def arrows(picture: ZipFlow, step: int, look: str) -> list[Arrow]:
    items = picture.scene(step).items
    return [item for item in items if isinstance(item, Arrow) and item.look == look]


def test_the_check_case_has_the_known_gradients() -> None:
    picture = check_case()
    a, b = picture.story.gradients
    assert a.tolist() == [[50.0], [110.0], [170.0]]
    assert b.tolist() == [[22.0, 28.0]]
    said = picture.alt()
    for text in ("a[0,0] = 50", "a[1,0] = 110", "a[2,0] = 170"):
        assert f"gradient of {text}" in said.replace("G", "g")
    assert "Gradient of b[0,0] = 22, gradient of b[0,1] = 28" in said
    assert {"50", "110", "170", "22", "28"} <= set(drawn(picture, picture.steps - 1))


def test_forward_shows_the_output_cell_first_then_its_two_sources() -> None:
    picture = check_case()
    ask, read = frames(picture, "ask")[-1], frames(picture, "read")[-1]
    assert not arrows(picture, ask, "forward")
    assert "?" in drawn(picture, ask)
    assert len(arrows(picture, read, "forward")) == 2
    words = drawn(picture, read)
    assert "out[2,1] = a[2,0] · b[0,1] = 3 · 20 = 60" in words
    assert "a: index 1 in dim -1 becomes 0, because a has size 1 there." in words


def test_backward_multiplies_on_the_wire_and_adds_up_in_the_cell() -> None:
    picture = check_case()
    first, last = frames(picture, "back")[0], frames(picture, "back")[-2]
    assert len(arrows(picture, first, "gradient")) == 2
    assert {"×10", "10", "×1", "1"} <= set(drawn(picture, first))
    assert "b[0,0] adds up 1·1 = 1 so far; 2 more to come." in drawn(picture, first)
    assert "b[0,0] adds up 1·1 + 3·2 + 5·3 = 22." in drawn(picture, last)


def test_sums_can_stay_unsaid_until_the_last_frame() -> None:
    quiet = viz.zip_flow("mul", COLUMN, ROW, D, tell_sums=False)
    assert quiet.moments == check_case().moments
    for step in range(quiet.steps - 1):
        said = " ".join([*drawn(quiet, step), quiet.alt(step)])
        assert "adds up" not in said
        assert "so far" not in said
        assert not {"110", "170", "22", "28"} & set(re.findall(r"\d+", said))
    first, second = frames(quiet, "back")[:2]
    assert "a[0,0] has received 10." in quiet.alt(first)
    assert "a[0,0] has received 10 and 40." in quiet.alt(second)
    assert "?" in drawn(quiet, second)
    assert "?" not in drawn(quiet, first)
    assert quiet.alt() == check_case().alt()
    folded = viz.zip_flow("*", (30, 1), (30,), np.ones((30, 30)), tell_sums=False)
    assert not frames(folded, "collect")


def test_the_last_frame_holds_sums_and_no_products() -> None:
    picture = check_case()
    looks = {
        i.look for i in picture.scene(picture.steps - 1).items if isinstance(i, Box)
    }
    assert looks == {"cell", "gradient"}
    assert len(arrows(picture, picture.steps - 1, "gradient")) == 12


def test_without_d_out_it_is_forward_only() -> None:
    picture = viz.zip_flow("add", D, D)
    assert not frames(picture, "back")
    assert "out[2,1] = 12" in picture.alt()
    assert len(arrows(picture, picture.steps - 1, "forward")) == 12


@pytest.mark.parametrize("name", ZIPS)
def test_no_frame_draws_more_than_24_wires_or_800_cells(name: str) -> None:
    picture = ZIPS[name]()
    for step in range(picture.steps):
        items = picture.scene(step).items
        assert sum(isinstance(item, Arrow) for item in items) <= 24
        assert sum(isinstance(item, Box) for item in items) <= 800


def test_a_large_zip_is_folded_and_says_so() -> None:
    picture = viz.zip_flow("*", (30, 1), (30,), np.ones((30, 30)))
    words = drawn(picture, picture.steps - 1)
    assert any("(30, 30) has 900 cells; 25 of them are drawn" in word for word in words)
    assert "Only the wires of d_out[29,29] are drawn." in words
    collected = drawn(picture, frames(picture, "collect")[-1])
    assert "b[29] adds up 1·1 + 1·2 + … 26 more … + 1·29 + 1·30 = 465." in collected


@pytest.mark.parametrize("name", ZIPS)
def test_wires_end_at_the_cells_they_join(name: str) -> None:
    picture = ZIPS[name]()
    assert isinstance(picture, ZipFlow)
    for step in frames(picture, "read"):
        boxes = [i for i in picture.scene(step).items if isinstance(i, Box)]
        lit = [box for box in boxes if "selected" in box.marks]
        for arrow in arrows(picture, step, "forward"):
            for x, y in (arrow.points[0], arrow.points[-1]):
                assert any(
                    b.x - 1 <= x <= b.x + b.w + 1 and b.y - 1 <= y <= b.y + b.h + 1
                    for b in lit
                )


@pytest.mark.parametrize(
    ("fn", "result"),
    [("mul", 12.0), ("*", 12.0), ("·", 12.0), ("-", -1.0), (lambda x, y: x / y, 0.75)],
)
def test_an_op_can_be_named_in_many_ways(fn: Any, result: float) -> None:
    assert viz.zip_flow(fn, 3, 4).flow.node.item() == result


ALL_ZIPS = {op.function.scalar: op.function for op in OPS if op.kind == "zip"}


@pytest.mark.parametrize("name", ALL_ZIPS)
def test_every_zip_there_is_can_be_drawn(name: str) -> None:
    function = ALL_ZIPS[name]
    forward = viz.broadcast_ghosts([[2.0], [3.0]], [1.5, 2.5], name)
    engine = function.apply(tensor([[2.0], [3.0]]), tensor([1.5, 2.5]))
    assert list(forward.results.values()) == pytest.approx(engine.to_numpy().ravel())
    assert "a[1,0]" in forward.alt()
    if function.differentiable:
        back = viz.zip_flow(name, [[2.0], [3.0]], [1.5, 2.5], [[1, 2], [3, 4]])
        assert all(back.svg(step) for step in range(back.steps))
        assert "gradient of b[1] = " in back.alt()
    else:
        with pytest.raises(ValueError, match=r"no gradient|found no function"):
            viz.zip_flow(name, 2, 3)


def test_a_result_knows_its_inputs_and_nothing_of_it_changes() -> None:
    price, count = leaf([1.0, 2.0], "price"), leaf(3.0, "count")
    picture = viz.zip_flow(price * count, d_out=[1, 10])
    assert "Gradient of count = 21." in picture.alt()
    assert price.grad is None
    assert count.grad is None


def test_tensors_are_copied_and_keep_their_names() -> None:
    x = tensor([1.0, 2.0], name="x")
    picture = viz.zip_flow("add", x, 1)
    x.set((0,), 99.0)
    assert "x[0] = 1," in picture.alt(0)


def test_an_own_function_is_drawn_and_judged() -> None:
    picture = viz.zip_flow(HalfSquare, [1, 2], [3, 4], [1, 10])
    assert "1 by backward, 2 by central differences" in picture.alt()
    assert "HalfSquare(a[1], b[1])" in picture.alt(frames(picture, "read")[-1])


def test_plugged_in_code_is_drawn_as_it_ran() -> None:
    picture = ZIPS["zip: plugged in"]()
    assert isinstance(picture, ZipFlow)
    said = picture.alt(frames(picture, "read")[1])
    assert "out[0,1] = a[0,1] · b[0] = 2 · 10 = 20" in said
    assert "The plugged-in code reads b[0]; broadcasting reads b[1]." in said


def test_errors_say_what_to_do() -> None:
    with pytest.raises(ValueError, match=r"no op 'plus'.*add, sub, mul, div"):
        viz.zip_flow("plus", 1, 2)
    with pytest.raises(ValueError, match="Add is only the last"):
        viz.zip_flow(lambda x, y: x * y + x, 1, 2)
    with pytest.raises(
        TypeError, match=r"\(tensor, tensor\), but <lambda> takes \(x\)"
    ):
        viz.zip_flow(lambda x: x, 1, 2)
    with pytest.raises(TypeError, match="an op and two inputs"):
        viz.zip_flow("mul", 1)
    with pytest.raises(TypeError, match="knows its inputs"):
        viz.zip_flow(leaf(1.0) * 2, 1, 2)
    with pytest.raises(ValueError, match="computation_graph draws any result"):
        viz.zip_flow(leaf([1.0]).sum())
    with pytest.raises(ValueError, match="found no function"):
        viz.zip_flow(tensor(1.0) * 2)
    with pytest.raises(ValueError, match="do not broadcast"):
        viz.zip_flow("add", (3,), (2,))
    with pytest.raises(ValueError, match="shapes must be equal"):
        viz.zip_flow("add", (3,), (3,), [1, 2])
    with pytest.raises(IndexError, match=r"\(5, 5\) is not drawn"):
        viz.zip_flow("mul", COLUMN, ROW, cell=(5, 5))
