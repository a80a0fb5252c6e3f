"""The questions of lesson 07: each answer computed, each wrong answer with its thought.

A wrong answer is written as a learner would write it. What it assumed is said in one
sentence; nothing here is graded.
"""

from __future__ import annotations

from gradlab.exercises.exercise import Prediction

from .reveals import (
    COLUMN_OF_A,
    GRID,
    GRID_4X3,
    TWO_OLD_WAYS,
    columns,
    ghosts,
    p5_table,
    p10_wires,
    p12_table,
    shapes,
)

PREDICTIONS = (
    Prediction(
        id="07.P1",
        question="What does tensor([1, 2, 3]) + 10 give?",
        answer=[11, 12, 13],
        reveal=TWO_OLD_WAYS,
        wrong={
            "error": "You expected the shapes to clash. A number has no dims, so "
            "nothing can clash.",
            (11, 2, 3): "You added 10 to the first cell only. The number has no place "
            "of its own, so it meets every cell.",
            (1, 2, 3, 10): "That is what + does to Python lists: it joins them. "
            "Tensors add number by number.",
            16: "You added everything up. + keeps the cells apart; sum() adds them up.",
        },
        picture=ghosts([1, 2, 3], 10, names=("vector", "number")),
    ),
    Prediction(
        id="07.P2",
        question="(3, 2) + (3, 1): which shape comes out?",
        answer=shapes((3, 2), (3, 1)),
        reveal="The column stretches to the right. A dotted cell is a ghost: it shows "
        "the number of its row again and takes no memory.",
        wrong={
            (3, 3): "You added the sizes 2 and 1. Sizes are compared, never added.",
            (6, 3): "You added the sizes dim by dim. Sizes are compared, never added.",
            (2, 3): "Right sizes, other order: the dims keep their places.",
            (3, 1): "You took the smaller size. Every number of the larger one must "
            "appear in the result.",
            "error": "You asked for equal shapes. 2 and 1 differ, but a 1 may stretch.",
        },
        picture=ghosts(GRID, [[10], [20], [30]], names=("grid", "column")),
    ),
    Prediction(
        id="07.P3",
        question="(4, 3) + tensor([1, 2, 3]): which shape comes out?",
        answer=shapes((4, 3), (3,)),
        reveal="Rule 3 reads (3,) as (1, 3); then the 1 becomes 4. Each of the 4 rows "
        "gets the same three numbers.",
        wrong={
            "error": "You lined the shapes up on the left, 4 above 3, or asked for "
            "equal ranks. Shapes meet on the right: 3 and 3.",
            (4, 4): "You compared 4 with 3 and filled up. On the right, 3 meets 3.",
            (3, 4): "Right sizes, other order: the dims keep their places.",
            (1, 3): "You stopped after rule 3. The missing dim counts as 1, and a 1 "
            "becomes the other size, 4.",
            (4, 3, 3): "You set the dims side by side. They meet in columns: 3 with 3.",
        },
        picture=ghosts(GRID_4X3, [1, 2, 3], names=("matrix", "vector")),
    ),
    Prediction(
        id="07.P4",
        question='(4, 3) + tensor([1, 2, 3, 5]): which shape, or "error"?',
        answer=shapes((4, 3), (4,)),
        reveal="In the last dim 3 meets 4, and neither is 1. `view(4, 1)` would turn "
        "the four numbers into a column that fits.",
        wrong={
            (4, 3): "4 matches the 4, but only by lining up on the left.",
            (4, 4): "You took the larger size, 4. Only a 1 stretches; 3 does not.",
            (3, 4): "You let the shape turn round. Dims keep their places.",
            (4, 3, 4): "You set the dims side by side. They meet in columns: 3 with 4.",
        },
        picture=ghosts(GRID_4X3, [1, 2, 3, 5], names=("matrix", "vector")),
    ),
    Prediction(
        id="07.P5",
        question="a = tensor([1, 2, 3]), b = tensor([10, 20]): which shape does "
        'a + b have, or "error"?',
        answer=shapes((3,), (2,)),
        reveal=COLUMN_OF_A,
        wrong={
            (3, 2): "That is what the double loop makes; + never adds a dim on the "
            "right.",
            (2, 3): "That is a table of all pairs; + never adds a dim on the right.",
            (3,): "You filled b up to three numbers. Nothing is filled up; 3 meets 2, "
            "and neither is 1.",
            (2,): "You stopped where b ends, as Python's zip does. A tensor's zip "
            "wants a partner for every cell.",
            (5,): "That is what + does to Python lists: it joins them.",
            (6,): "You made every pair, in one long row. + never makes all pairs by "
            "itself.",
        },
        picture=p5_table,
    ),
    Prediction(
        id="07.P6",
        question='(3, 4, 1) with (1, 5): which shape, or "error"?',
        answer=shapes((3, 4, 1), (1, 5)),
        reveal="Both stretch: the first along the last dim, the second along the other "
        "two.",
        wrong={
            "error": "You asked for equal ranks, or lined the shapes up on the left. "
            "On the right, 1 meets 5 and 4 meets 1.",
            (3, 4, 1): "You kept the first shape. Its last 1 becomes 5.",
            (3, 5, 1): "You lined the shapes up on the left and took the larger size.",
            (4, 5): "You let the first dim fall away. The result has as many dims as "
            "the longer shape.",
        },
        picture=columns((3, 4, 1), (1, 5)),
    ),
    Prediction(
        id="07.P7",
        question='(3, 4, 1) with (3, 5): which shape, or "error"?',
        answer=shapes((3, 4, 1), (3, 5)),
        reveal="The columns from the right: 1 becomes 5, then 4 meets 3, and neither "
        "is 1. The 3 on the left of the first shape never meets the other 3.",
        wrong={
            (3, 4, 5): "You lined 3 up with 3 on the left, or took the larger size. On "
            "the right, 4 meets 3.",
            (
                3,
                5,
                1,
            ): "You lined the shapes up on the left: 4 met 5, and neither is 1.",
            (3, 3, 4, 5): "You made room for every size. Dims meet in columns.",
        },
        picture=columns((3, 4, 1), (3, 5)),
    ),
    Prediction(
        id="07.P8",
        question='(1, 4, 4) with (3, 1, 5): which shape, or "error"?',
        answer=shapes((1, 4, 4), (3, 1, 5)),
        reveal="Two columns are good, 1 with 3 and 4 with 1. One bad column is enough: "
        "4 meets 5.",
        wrong={
            (3, 4, 5): "You took the larger size in the last dim. Only a 1 stretches; "
            "4 meets 5.",
            (3, 4, 4): "You kept the first shape's 4. It meets a 5, and neither is 1.",
        },
        picture=columns((1, 4, 4), (3, 1, 5)),
    ),
    Prediction(
        id="07.P9",
        question='(3, 4, 1) with (1,): which shape, or "error"?',
        answer=shapes((3, 4, 1), (1,)),
        reveal="1 meets 1 and stays 1; the missing dims count as 1. And why the comma? "
        "(1) is the number 1 in Python; a shape is (1,).",
        wrong={
            "error": "You asked for equal ranks. Missing dims on the left count as 1.",
            (1,): "You took the shorter shape. Every number of the longer one must "
            "appear in the result.",
            (3, 4): "You let the last dim fall away. A dim of size 1 is a dim.",
            (3, 4, 1, 1): "You set the dims side by side. 1 meets 1, in one column.",
            (4, 4, 1): "You lined up on the left and added. Sizes are compared, never "
            "added.",
        },
        picture=columns((3, 4, 1), (1,)),
    ),
    Prediction(
        id="07.P10",
        question="out = a + b with a of shape (3, 1), b of shape (1, 2). Which cell of "
        "a and which cell of b does out[2, 1] read?",
        answer=((2, 0), (0, 1)),
        reveal="out[2, 1] reads a[2, 0] and b[0, 1]: 3 + 20 = 23. In a dim of size 1 "
        "there is only cell 0. Both wires end in real cells; no ghost is ever read.",
        wrong={
            (
                (2, 1),
                (2, 1),
            ): "You kept the output's index. a has no cell [2, 1], and b "
            "has none either: those are ghosts.",
            ((2, 0), (1, 0)): "Right cell of a. b is a row: its first index is always "
            "0, and its second one follows the output.",
            (
                (2, 0),
                (2, 0),
            ): "You gave both the same cell. b is a row: its second index "
            "follows the output.",
            ((0, 1), (2, 0)): "Right cells, other order: a is the column, b the row.",
            ((2, 1), (0, 1)): "Right cell of b. a has one column only, number 0.",
            (
                (2, 0),
                (0, 2),
            ): "Right cell of a. b has the columns 0 and 1; out[2, 1] is in column 1.",
            (
                (2,),
                (1,),
            ): "You have the right places, as numbers of a list. A cell of a "
            "(3, 1) has two indices: [2, 0].",
            (3, 20): "Those are the two numbers that meet there. Which cells hold "
            "them?",
            (2, 1): "That is the output's own index. Which cell of a does it read, and "
            "which of b?",
        },
        picture=p10_wires,
    ),
    Prediction(
        id="07.P11",
        question="tensor of shape (1000, 1) + tensor of shape (1, 1000): how many "
        "different stored numbers are read?",
        answer=2000,
        reveal="1,000 and 1,000. Each number is read 1,000 times, once for each "
        "output cell that it feeds. Inside, a stretched dim has the stride 0: one step "
        "along it skips 0 places of storage, so it finds the same number again.",
        wrong={
            1000000: "You counted the output cells. They are new; what is read lies in "
            "the two inputs.",
            2000000: "You counted the readings: two for each output cell. Most of them "
            "find a number that was read before.",
            1000: "You counted one input. There are two.",
            1001000: "You stretched one of them. Ghosts are not stored.",
            1: "There are 1,000 numbers in each input, and each is needed.",
        },
    ),
    Prediction(
        id="07.P12",
        question="pred has shape (5, 1), target has shape (5,). Which shape does "
        'pred - target have, or "error"?',
        answer=shapes((5, 1), (5,)),
        reveal="Nothing is raised: rule 3 reads (5,) as (1, 5), and a column meets a "
        "row. That is every prediction with every target, 25 differences. Perfect "
        "predictions 1, 2, 3, 4, 5 get the mean squared error 4.0 this way, not 0.",
        wrong={
            (
                5,
                1,
            ): "You paired prediction i with target i, as it was meant. The shapes "
            "say something else: 1 meets 5.",
            (5,): "You paired prediction i with target i, as it was meant. The shapes "
            "say something else: 1 meets 5.",
            "error": "You expected the shapes to clash. They do not: in the last dim "
            "1 meets 5 and stretches, and the missing dim counts as 1.",
            (5, 2): "You set the two side by side. Sizes are compared: 1 with 5.",
        },
        picture=p12_table,
    ),
    Prediction(
        id="07.P13",
        question='Before you leave: (8, 1, 6) with (7, 1): which shape, or "error"?',
        answer=shapes((8, 1, 6), (7, 1)),
        reveal="From the right: 6 with 1 is 6, 1 with 7 is 7, 8 with nothing is 8.",
        wrong={
            "error": "You lined the shapes up on the left: 8 met 7. On the right, 6 "
            "meets 1 and 1 meets 7.",
            (8, 1, 6): "You kept the first shape. Its 1 meets 7 and becomes 7.",
            (8, 7, 1): "You kept the second shape's last 1. It meets 6 and becomes 6.",
            (7, 6): "You let the first dim fall away. The result has as many dims as "
            "the longer shape.",
            (8, 8, 6): "You let the 1 take a neighbour's size. It takes the size below "
            "it, 7.",
        },
        picture=columns((8, 1, 6), (7, 1)),
    ),
)
