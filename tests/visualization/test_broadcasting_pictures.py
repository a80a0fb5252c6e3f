"""broadcast_ghosts and rule_table: what each frame must show."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gradlab.indexing import broadcast_index, indices
from gradlab.visualization import (
    Picture,
    alignment_board,
    broadcast_ghosts,
    index_board,
    rule_table,
    zip_flow,
)
from gradlab.visualization.scene import Box, Text
from gradlab.visualization.signs import zip_op
from gradlab.visualization.values import as_shape, read


def boxes(picture: Any, step: int, look: str) -> list[Box]:
    return [
        item
        for item in picture.scene(picture.at(step)).items
        if isinstance(item, Box) and item.look == look
    ]


def test_the_frames_follow_the_rules_one_by_one() -> None:
    picture = broadcast_ghosts([[1], [2], [3]], [10, 20])
    stages = [stage for stage, _ in picture.stages]
    assert stages == ["left", "right", "pad", "dim", "dim", "ghosts", "cell"]
    assert picture.heading(6) == "a[2,0] + b[1] = 3 + 20 = 23"
    assert "b has no dim -2, so that index falls away" in picture.alt()


def test_cards_slide_to_the_right() -> None:
    picture = broadcast_ghosts((3, 2), (2,))
    first, second = (boxes(picture, k, "card")[2].x for k in (0, 1))
    assert second > first


def test_ghosts_repeat_the_number_of_the_real_cell() -> None:
    picture = broadcast_ghosts([[1], [2], [3]], [[10, 20]])
    ghosts = [box.text for box in boxes(picture, -2, "ghost")]
    assert sorted(ghosts) == sorted(["1", "2", "3", "10", "20", "10", "20"])


def test_wires_lead_to_real_cells_never_to_ghosts() -> None:
    picture = broadcast_ghosts((2, 1, 3), (4, 1), cell=(1, 2, 2))
    for k, spot in enumerate(picture.zip.spots((1, 2, 2))):
        start = picture.trio.wire(k, spot, (1, 2, 2)).points[0]
        real = picture.trio.grids[k].box(spot)
        assert real.x <= start[0] <= real.x + real.w
        assert real.y <= start[1] <= real.y + real.h
        assert (
            broadcast_index(spot, picture.zip.shapes[k])
            == (picture.zip.sources((1, 2, 2))[k])
        )


def test_a_clash_stops_the_comparison_and_greys_the_rest() -> None:
    picture = broadcast_ghosts((5, 4, 3), (5, 2, 3))
    assert picture.stages[-1] == ("dim", 2)
    assert "4 meets 2 and neither is 1" in picture.alt()
    assert not picture.results
    assert [box.text for box in boxes(picture, -1, "muted") if box.text] == ["5", "5"]
    assert len([b for b in boxes(picture, -1, "wrong") if b.marks]) == 2


@pytest.mark.parametrize("op", ["+", "-", "*", "/", "mul", "×", "÷", "−"])
def test_every_result_cell_is_the_op_of_its_sources(op: str) -> None:
    a, b = [[1.0, -2.0], [0.0, 4.0]], [3.0, 0.0]
    picture = broadcast_ghosts(a, b, op)
    for i, j in indices((2, 2)):
        x, y = a[i][j], b[j]
        with_python = {
            "add": x + y,
            "sub": x - y,
            "mul": x * y,
            "div": x / y if y else math.copysign(math.inf, x) if x else math.nan,
        }[zip_op(op).name]
        assert picture.results[i, j] == pytest.approx(with_python, nan_ok=True)


def test_dividing_by_minus_zero_is_drawn_as_the_engine_has_it() -> None:
    from gradlab import tensor

    picture = broadcast_ghosts([1.0, -1.0, 0.0], [-0.0], "/")
    engine = (tensor([1.0, -1.0, 0.0]) / tensor([-0.0])).tolist()
    assert list(picture.results.values()) == pytest.approx(engine, nan_ok=True)
    assert picture.results[0,] == -math.inf


def test_a_large_tensor_is_folded_and_counted() -> None:
    picture = broadcast_ghosts((1000, 1), (1, 1000))
    assert len(picture.results) <= 400
    assert "1,000,000 cells" in picture.alt()
    assert (999, 999) in picture.results


def test_dots_stand_for_numbers_until_ghosts_appear() -> None:
    picture = broadcast_ghosts((1000, 1), (1, 1000))
    texts = [str(i.text) for i in picture.scene(0).items if isinstance(i, Text)]
    assert (texts.count("…"), texts.count("⋮")) == (1, 1)
    assert "(1000, 1) has 1,000 cells; 5 of them are drawn." in picture.alt(0)
    row = broadcast_ghosts((50,), (30, 40, 50))
    low = row.trio.grids[0].bounds().bottom
    dots = [i for i in row.scene(0).items if isinstance(i, Text) and i.text == "…"]
    assert len([dot for dot in dots if dot.y < low]) == 1


def test_a_chosen_cell_is_traced() -> None:
    assert broadcast_ghosts((3, 1), (1, 2), cell=(1, 0)).heading(5).startswith("a[1,0]")
    with pytest.raises(IndexError, match=r"\(3, 0\) is not drawn"):
        broadcast_ghosts((3, 1), (1, 2), cell=(3, 0))


def test_nothing_to_compute_is_said() -> None:
    assert "no cells" in broadcast_ghosts((3, 1), (1, 0)).alt()


@pytest.mark.parametrize(
    ("bad", "error", "words"),
    [
        ([[1, 2], [3]], ValueError, "lengths|length"),
        ((3, -1), ValueError, "negative"),
        ("3 1", TypeError, "str"),
        ([1, "x"], TypeError, "str"),
        (None, TypeError, "NoneType"),
        ([[1], 2], TypeError, "list"),
    ],
)
def test_bad_input_gets_a_sentence(
    bad: Any, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        broadcast_ghosts(bad, (1,))


def column() -> Picture:
    return broadcast_ghosts((3, 1), (1, 2))


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: rule_table(4, (3,)), TypeError, r"a_shape .*got 4\..*\(4,\), with a"),
        (lambda: rule_table((3,), "(3,)"), TypeError, "b_shape .*quotation marks"),
        (lambda: rule_table([[4, 3]], (3,)), TypeError, r"give tensor\(\.\.\.\)"),
        (lambda: rule_table((3, 1.5), (3,)), TypeError, r"got \(3, 1.5\)"),
        (lambda: rule_table((3, -1), (3,)), ValueError, "negative"),
        (lambda: index_board(3, (1,), tuple), TypeError, "out_shape .*got 3"),
        (lambda: index_board((3,), None, tuple), TypeError, "in_shape .*got None"),
        (lambda: broadcast_ghosts(1, 2, names=("a",)), TypeError, "two names"),  # type: ignore[arg-type]
        (lambda: broadcast_ghosts(1, 2, names="ab"), TypeError, "two names"),  # type: ignore[arg-type]
        (lambda: zip_flow("+", 1, 2, names=("a", "b", "c")), TypeError, "two names"),
        (lambda: broadcast_ghosts("+", 1, 2), TypeError, r"first.*\(a, b, '\+'\)"),  # type: ignore[arg-type]
        (lambda: broadcast_ghosts(1, 2, []), ValueError, r"no op \[\] on two"),  # type: ignore[arg-type]
        (lambda: broadcast_ghosts((3,), 1, cell="x"), TypeError, "index.*got 'x'"),
        (lambda: zip_flow("+", (3,), 1, cell=1.5), TypeError, "index.*got 1.5"),  # type: ignore[arg-type]
        (lambda: column().compare(5), TypeError, r"one.compare\(two\); got a int"),  # type: ignore[arg-type]
        (lambda: column().svg("last"), IndexError, "no frame 'last'"),  # type: ignore[arg-type]
    ],
)
def test_misuse_gets_a_sentence_with_a_next_step(
    call: Callable[[], Any], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        call()


def test_a_shape_is_read_in_one_way_everywhere() -> None:
    import numpy as np

    from gradlab import tensor

    shapes = ((2, 1), [2, 1], (np.int64(2), 1), tensor([[1], [2]]), np.ones((2, 1)))
    for shape in shapes:
        assert as_shape(shape) == (2, 1)
        title = "Do (2, 1) and (3,) broadcast?"
        assert rule_table(shape, [3]).title == title
        assert alignment_board(shape, (3,), (2, 3)).a == (2, 1)
        assert index_board(shape, shape, lambda o, s: o).passed


def test_numbers_of_numpy_are_written_as_numbers() -> None:
    import numpy as np

    def answer(out_index: Any, shape: Any) -> Any:
        return (np.int64(0), *np.array(out_index)[1:])

    board = index_board((2, 2), (1, 2), answer)
    assert board.passed
    said = board.alt() + board.table() + board.svg()
    said += alignment_board((2,), (2,), [np.int64(2), np.float64(0.5)]).alt()
    said += broadcast_ghosts((2,), (2,), cell=np.array([1])[:1].tolist()).alt()
    with pytest.raises(IndexError, match=r"\(5,\) is not drawn") as caught:
        broadcast_ghosts((2,), (2,), cell=(np.int64(5),))
    assert "np." not in said + str(caught.value)
    assert "(0, 1)" in said
    assert "[2, 0.5]" in said


@pytest.mark.parametrize(
    "shapes", [((2, 1, 4), (3, 1)), ((1, 4, 4), (3, 1, 5)), ((), ()), ((9,), (1,))]
)
def test_the_words_of_a_rule_table_can_be_read_in_a_narrow_notebook(
    shapes: tuple[tuple[int, ...], tuple[int, ...]],
) -> None:
    room = 401  # of an output in JupyterLab at 150 % zoom, in a window of 853 x 480
    picture = rule_table(*shapes)
    for step in range(picture.steps):
        drawn = picture.scene(step)
        scale = min(1.0, room / drawn.bounds().width)
        sizes = [item.size for item in drawn.items if isinstance(item, (Box, Text))]
        assert min(sizes) * scale >= 9


def test_an_unknown_op_and_frame_are_named() -> None:
    with pytest.raises(ValueError, match="no op '@'"):
        broadcast_ghosts(1, 2, "@")
    with pytest.raises(IndexError, match="no frame 9"):
        broadcast_ghosts(1, 2).svg(9)
    with pytest.raises(ValueError, match="no theme"):
        broadcast_ghosts(1, 2).svg(theme="pink")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="not as"):
        broadcast_ghosts(1, 2).save("p.gif")


def test_values_are_read_from_anything_with_a_shape() -> None:
    import numpy as np

    from gradlab import tensor

    rows = [[1.0, 2.0], [3.0, 4.0]]
    for thing in (rows, np.array(rows), tensor(rows)):
        values = read(thing)
        assert values.shape == (2, 2)
        assert [values.get(i) for i in indices((2, 2))] == [1, 2, 3, 4]
    assert read([[], []]).shape == (2, 0)


def test_rule_table_gives_a_verdict_per_dim_from_the_right() -> None:
    picture = rule_table((3, 4, 1), (1, 5))
    assert picture.steps == 4
    assert "Dim -1: 1 meets 5, so the 1 of a becomes 5." in picture.alt(1)
    assert "Dim -2" not in picture.alt(1)
    assert picture.alt().endswith("Yes: the result has shape (3, 4, 5).")
    assert rule_table((2,), (3,)).alt().endswith("The comparison stops there.")


def test_a_png_has_two_pixels_per_unit_and_replaces_the_old_file(
    tmp_path: Path,
) -> None:
    picture, path = rule_table((3,), (3,)), tmp_path / "p.PNG"
    path.write_bytes(b"old")
    content = picture.save(path).read_bytes()
    wide = int.from_bytes(content[16:20], "big")
    assert wide == pytest.approx(2 * picture.scene(1).bounds().width, abs=2)
    assert [file.name for file in tmp_path.iterdir()] == ["p.PNG"]


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "p.svg").mkdir()
    with pytest.raises(OSError, match="svg"):
        rule_table((3,), (3,)).save(tmp_path / "p.svg")
    assert [file.name for file in tmp_path.iterdir()] == ["p.svg"]
    with pytest.raises(FileNotFoundError, match="no folder"):
        rule_table((3,), (3,)).save(tmp_path / "nowhere" / "p.svg")
