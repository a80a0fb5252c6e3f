"""The questions of lesson 09: each answer computed, each wrong answer with its thought.

A wrong answer is written as a learner would write it. What it assumed is said in one
sentence; nothing here is graded.
"""

from __future__ import annotations

from gradlab.exercises.exercise import Prediction

from .reveals import (
    ROWS,
    Add,
    flow,
    gradient,
    home_order,
    inv_jacobian,
    local_times_d_out,
    permuted,
    printed_sum,
    shape_of_gradient,
    shape_of_sum,
    squared_rows,
    squares,
)

PREDICTIONS = (
    Prediction(
        id="09.P1",
        question="x has shape (3, 2): which shape does x.sum(1) have?",
        answer=shape_of_sum,
        reveal="Start from the output cell: out[0] reads a strip of row 0, x[0, 0] and "
        "x[0, 1]. Dim 1 is folded, (3, 1), and dropped, (3,). With keepdim=True the "
        "shape is (3, 1). In a cube it is the same: (2, 3, 2) summed over dim 2 gives "
        "(2, 3), or (2, 3, 1).",
        wrong={
            (3, 1): "That is the shape with keepdim=True. By default the folded dim is "
            "dropped.",
            (2,): "That is the sum over dim 0. Here dim 1 goes, and dim 0 stays.",
            3: "The size is right. A shape is a tuple, and with one dim it is written "
            "(3,).",
            (1, 2): "That is the sum over dim 0, with the folded dim kept.",
            (1, 3): "A dim stays in its place: folded and kept, this is (3, 1).",
            (): "That is x.sum(), over all dims. Here one dim is folded.",
            (3, 2): "Folding leaves fewer cells: each row becomes one.",
        },
        picture=flow("reduce", "sum", ROWS, 1),
    ),
    Prediction(
        id="09.P2",
        question="1 / x on a tensor of 3 cells: how many of its 9 derivatives can be "
        "other than 0?",
        answer=3,
        reveal="Cell i of the result is made of cell i alone. Move another cell, and "
        "it stays. So the Jacobian is diagonal: all else is 0, and nobody has to "
        "store it.",
        wrong={
            9: "You let every result depend on every cell. A map looks at one cell at "
            "a time.",
            6: "You counted the places that are 0. The diagonal is left: 3.",
            1: "Each cell has a slope of its own, so there are more.",
            0: "A cell that moves does move its own result.",
        },
        picture=inv_jacobian,
    ),
    Prediction(
        id="09.P3",
        question="g'(x) is a tensor, d_out is a tensor. Multiplying them cell by cell: "
        "map, zip or reduce?",
        answer="zip",
        reveal='Two tensors go in, one comes out: a zip. A course page calls it "a mul '
        'map"; its own code says it better, with the name inv_back_zip. The picture '
        "pairs the g'(x) of Inv at [[1, 2], [0.5, 5]] with a d_out.",
        wrong={
            "map": "A map takes one tensor. Here two meet, g'(x) and d_out.",
            "reduce": "Nothing is folded: as many numbers come out as each of the two "
            "has.",
        },
        picture=local_times_d_out,
    ),
    Prediction(
        id="09.P4",
        question="relu of [-4, 0, 3], and d_out = [2, 5, -7] arrives: what goes back?",
        answer=gradient(lambda x: x.relu(), [-4, 0, 3], d_out=[2, 5, -7]),
        reveal="Shut where x is negative, open where it is positive, for a negative "
        "d_out too. At 0 no slope is the right one; relu'(0) = 0 is chosen here, as in "
        "PyTorch.",
        wrong={
            (0, 5, -7): "You took the slope 1 at the kink. Here relu'(0) = 0.",
            (0, 2.5, -7): "You split the kink. A maximum of x and 0 that splits its "
            "ties does so; relu takes 0 there.",
            (2, 5, 0): "You asked whether d_out is positive. x sets the gates.",
            (0, 0, 1): "Those are the slopes. Each is multiplied by its d_out.",
            (2, 5, -7): "You let everything through. Where x is negative, nothing "
            "comes back.",
            (0, 0, -21): "You multiplied by the output as well. The slope of an open "
            "gate is 1.",
            (0, 0, 3): "Those are the outputs. The question is what goes back.",
        },
        picture=flow("map", "relu", [-4, 0, 3], [2, 5, -7]),
    ),
    Prediction(
        id="09.P5",
        question="x = [2, 5], y = [10, -3], z = x * y, and d_out = [4, 6] arrives: "
        "what goes back to x?",
        answer=gradient(lambda x, y: x * y, [2, 5], [10, -3], d_out=[4, 6]),
        reveal="In each cell the slope by x is y: 10 and -3. Times d_out that is 40 "
        "and -18. To y go 2 · 4 and 5 · 6, so [8, 30].",
        wrong={
            (8, 30): "That goes back to y. For x, y is the slope.",
            (10, -3): "Those are the slopes. Each is multiplied by its d_out.",
            (4, 6): "That is how a sum goes back. In a product, y is the slope of x.",
            (80, -90): "You multiplied d_out by the product. The slope by x is y.",
            (22,): "You added the cells up. A zip keeps them apart.",
            22: "You added the cells up. A zip keeps them apart.",
        },
        picture=flow("zip", "mul", [2, 5], [10, -3], [4, 6], names=("x", "y")),
    ),
    Prediction(
        id="09.P6",
        question="x = tensor([3]), z = x * x, and d_out = [5] arrives: which number is "
        "x.grad?",
        answer=lambda: gradient(lambda x: x * x, [3], d_out=[5])()[0],
        reveal="Mul returns two gradients, 3 · 5 for each of its inputs, and does not "
        "know that both are x. Both arrive there and are added: 30. So x² gets its "
        "slope 2x without a rule of its own.",
        wrong={
            15: "One of the two ways. x is both inputs, and what arrives adds up.",
            6: "That is the slope 2x. d_out multiplies it.",
            45: "You multiplied d_out by the value, 9. The slope is 6.",
            225: "You multiplied the two ways. Where wires meet, numbers add up.",
            10: "You used the slope 2. Each way has the slope 3.",
        },
        picture=squares,
    ),
    Prediction(
        id="09.P7",
        question="x has shape (3, 2), y = x.sum(1), d_out = [1, 10, 100]: which two "
        "numbers are in row 1 of x.grad?",
        answer=gradient(lambda x: x.sum(1), ROWS, d_out=[1, 10, 100], row=1),
        reveal="Row 1 was folded into y[1], so the d_out of y[1] comes back to both of "
        "its cells, in full. One course page draws this way back with one wire per "
        "cell; that is the picture of a map. Here one wire becomes several.",
        wrong={
            (
                5,
                5,
            ): "You shared the 10. Each cell moves the sum by all it moves itself; "
            "sharing is for a mean.",
            (1, 10): "You laid d_out along the rows. y[1] was made of row 1.",
            (1, 1): "Those are the slopes, or row 0. Row 1 has its own d_out: 10.",
            (30, 40): "You multiplied by the cells. A sum moves one for one.",
            (111, 111): "You sent all of d_out to each. Row 1 went into y[1] only.",
            (100, 100): "That is row 2. Rows are counted from 0.",
        },
        picture=flow("reduce", "sum", ROWS, 1, [1, 10, 100]),
    ),
    Prediction(
        id="09.P8",
        question="The printed Sum along dim 1, x of shape (3, 2): after backward, "
        'which shape does x.grad have, or "error"?',
        answer=shape_of_gradient(printed_sum, ROWS),
        reveal='"PrintedSum.backward returned shape (3, 1) for input 1 of shape '
        "(3, 2). A gradient has exactly its input's shape: if forward summed these "
        'cells, spread d_out over them again." MiniTorch runs it all the same: its '
        "engine spreads and sums behind your back. Here the rule is in the open. The "
        "picture shows how it should be.",
        wrong={
            (3, 2): "That is what it should be. backward returns what came, (3, 1), "
            "and nothing is spread behind your back.",
            (3, 1): "That is what backward returns, for an x of shape (3, 2). A "
            "gradient has exactly its input's shape, so this is refused.",
            (3,): "The dim stayed, with size 1. And x has shape (3, 2).",
        },
        picture=flow("reduce", "sum", ROWS, 1, [[2], [3], [4]], keepdim=True),
    ),
    Prediction(
        id="09.P9",
        question="The printed Add, t1 of shape (3, 2), t2 of shape (2,): after "
        'backward, which shape does t2.grad have, or "error"?',
        answer=shape_of_gradient(Add.apply, ROWS, [10, 20]),
        reveal='"Add.backward returned shape (3, 2) for input 2 of shape (2,). '
        "A gradient has exactly its input's shape: if forward stretched this input, "
        'sum back with unbroadcast(grad, shape)." How that is done is the whole of '
        "lesson 10.",
        wrong={
            (2,): "That is what it should be. backward returns d_out as it came, of "
            "shape (3, 2).",
            (3, 2): "That is what backward returns, for a t2 of shape (2,). The engine "
            "refuses it.",
        },
    ),
    Prediction(
        id="09.P10",
        question="x has shape (2, 3, 4). Which order brings x.permute(1, 2, 0) back to "
        "x?",
        answer=home_order,
        reveal="Dim 0 of x stands in place 2 now, dim 1 in place 0, dim 2 in place 1. "
        "Fetched in this order: permute(2, 0, 1). In the picture x holds 0 to 23: "
        "below its permuted self the storage still lies in x's own order.",
        wrong={
            (1, 2, 0): "That moves each dim one place further: shape (4, 2, 3). The "
            "same order brings back only where dims were swapped in pairs.",
            (0, 2, 1): "You read the order from its end. It gives shape (3, 2, 4).",
            (0, 1, 2): "That moves nothing.",
            (2, 1, 0): "That turns all dims round. It gives shape (2, 4, 3).",
            (2, 3, 4): "That is the shape of x. An order holds the numbers 0, 1, 2.",
        },
        picture=permuted,
    ),
    Prediction(
        id="09.P11",
        question="max of [2, 5, 5], and d_out = 6 arrives: what goes back?",
        answer=gradient(lambda x: x.max(), [2, 5, 5], d_out=6),
        reveal="At a tie there is no slope: up, one cell alone moves the maximum; "
        "down, neither does. So one is chosen: those that tie share evenly. PyTorch's "
        "amax does the same; its max along a dim picks one of them.",
        wrong={
            (0, 6, 6): "You gave all of it to each. 6 came, and 12 would go back.",
            (0, 6, 0): "You picked the first of the two. Here they share.",
            (0, 0, 6): "You picked the last of the two. Here they share.",
            (2, 2, 2): "You shared among all three. The 2 does not move the maximum.",
            (0, 0.5, 0.5): "Those are the slopes. d_out = 6 multiplies them.",
            (6, 6, 6): "That is how a sum goes back. The 2 does not move the maximum.",
            "error": "No slope exists there, that is true. But training would stop at "
            "the first tie, so one is chosen.",
        },
        picture=flow("reduce", "max", [2, 5, 5], None, 6),
    ),
    Prediction(
        id="09.P12",
        question="Before you leave: x = [[1, 2], [3, 4]], y = (x * x).sum(1), d_out = "
        "[10, 100]. Which two numbers are in row 1 of x.grad?",
        answer=gradient(
            lambda x: (x * x).sum(1), [[1, 2], [3, 4]], d_out=[10, 100], row=1
        ),
        reveal="Sum spreads the 100 over row 1. Mul sends it back twice, times 3 and "
        "times 4, and both parts are added: 2 · 3 · 100 and 2 · 4 · 100.",
        wrong={
            (300, 400): "You used one wire of the product. x is both of its inputs.",
            (6, 8): "Those are the slopes of x * x. The d_out of row 1 is 100.",
            (
                100,
                100,
            ): "That is what Sum sends back. It still has to pass the product.",
            (900, 1600): "You multiplied by the values of x * x. The slope is 2x.",
            (60, 80): "You used the d_out of row 0.",
            (60, 800): "You laid d_out along the rows. y[1] was made of row 1.",
            (300, 800): "Both cells have two wires of the product.",
        },
        picture=squared_rows,
    ),
)
