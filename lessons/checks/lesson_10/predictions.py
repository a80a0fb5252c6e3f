"""The questions of lesson 10: each answer computed, each wrong answer with its thought.

A wrong answer is written as a learner would write it. What it assumed is said in one
sentence; nothing here is graded.
"""

from __future__ import annotations

from gradlab.exercises.exercise import Prediction

from .reveals import (
    COLUMN,
    D_OUT,
    ROW,
    A,
    B,
    example_shape,
    first_of_the_column,
    fold,
    is_recorded,
    printed_add,
    recorded,
    stopped,
    summed_dims,
    wires,
)

ONES = [[1, 1], [1, 1], [1, 1]]

PREDICTIONS = (
    Prediction(
        id="10.P1",
        question="a[0, 0] was read twice, and 10 and 40 come back to it. What is its "
        "gradient?",
        answer=first_of_the_column,
        reveal="10 + 40. If a[0, 0] grows by a little, the result moves in two cells, "
        "and both count. Play the picture: what comes to the ghosts folds into the "
        "real cells.",
        wrong={
            25: "You took the mean. A cell that is read twice moves the result in two "
            "places, twice as much as one reading.",
            40: "You kept the last number that came. It is `=` where `+=` is meant.",
            10: "You kept the first number that came. The second reading counts too.",
            30: "You added the local derivatives, 10 and 20. Each is multiplied by its "
            "own d_out first.",
            400: "You multiplied. Along one path derivatives multiply; where paths "
            "meet, they add up.",
        },
        picture=fold("mul", COLUMN, ROW, D_OUT),
    ),
    Prediction(
        id="10.P2",
        question="The recitation: a is (3, 2), b is [-1, 1], c = (a + b).sum(), then "
        "c.backward(). What is b.grad?",
        answer=[3, 3],
        reveal="Each number of b stands in 3 cells of a + b. The recitation's page "
        "prints one bracket too many; the numbers are these. And because every d_out "
        "is 1 here, a backward that forgets d_out would give the same.",
        wrong={
            (1, 1): "You counted each number of b once. It stands in 3 cells of a + b.",
            (6, 6): "You counted all 6 cells for both. Each number of b stands in one "
            "column, so in 3 of them.",
            (-3, 3): "You multiplied by b. How fast a sum moves does not depend on "
            "where it stands.",
            (9, 12): "You added up the columns of a. That is what a product would send "
            "back; the local derivative of + is 1.",
            ((1, 1), (1, 1), (1, 1)): "That is a.grad. b has 2 numbers, so its "
            "gradient has 2.",
            ((3, 3),): "Right numbers. The dim that rule 3 added is summed away, so "
            "b.grad has one dim, as b has.",
            6: "You added everything up. b has 2 numbers, so its gradient has 2.",
            3: "Right number. b has two cells, so it comes twice.",
        },
        picture=fold("add", A, B, ONES),
    ),
    Prediction(
        id="10.P3",
        question="A gradient of shape (2, 3, 4) goes back to an input of shape (3, 1). "
        "Over which dims of the gradient do you sum?",
        answer=summed_dims((2, 3, 4), (3, 1)),
        reveal="Dim 0 was added on the left: summed away. Dim 2 stands above the 1 of "
        "(3, 1): summed and kept. (2, 3, 4) becomes (3, 4), then (3, 1).",
        wrong={
            (2, 0): "The right dims. It does not matter which is summed first.",
            (0, -1): "The right dims: -1 is another name of dim 2 here.",
            (0, 1): "You took the 1 of (3, 1) at its own place, dim 1. In the gradient "
            "it stands under dim 2.",
            (1, 2): "You lined the shapes up on the left. Dim 0 was added, and 3 meets "
            "3.",
            (0,): "The added dim is one of them. There is also a 1 that became 4.",
            (
                2,
            ): "The stretched dim is one of them. There is also a dim that was added "
            "on the left.",
            0: "The added dim is one of them. There is also a 1 that became 4.",
            2: "The stretched dim is one of them. There is also a dim that was added "
            "on the left.",
            1: "In the gradient, dim 1 has size 3, as in the input: nothing was "
            "repeated there.",
            (0, 1, 2): "Dim 1 has size 3 in both shapes: nothing was repeated there.",
        },
        picture=fold(
            "add",
            [[[1, 2, 3, 4]] * 3, [[5, 6, 7, 8]] * 3],
            [[10], [20], [30]],
            [[[1, 2, 3, 4]] * 3, [[5, 6, 7, 8]] * 3],
            ("x", "y"),
        ),
    ),
    Prediction(
        id="10.P4",
        question="The slide's Add meets a (3, 2) and a (2,), and you call backward. "
        'Which shape does b.grad get, or is it an "error"?',
        answer=printed_add,
        reveal="d_out has shape (3, 2), and that is what Add returns for b as well. "
        "The engine holds it to the shape law: `Add.backward returned shape (3, 2) for "
        "input 2 of shape (2,). A gradient has exactly its input's shape`. In the "
        "picture nothing has reached a or b. (The recitation's ones are what each cell "
        "moves its own output by; as a Jacobian, ∂out/∂A is the identity.)",
        wrong={
            (2,): "In MiniTorch you would be right: it sums without a word, in "
            "`Tensor.chain_rule`, by a call of `expand`. Here nothing is summed "
            "unless a backward says so.",
            (3, 2): "You expected the engine to store what comes. Then b - 0.1 * "
            "b.grad would have shape (3, 2), and b would grow.",
            (1, 2): "You thought of the dim that rule 3 adds. Nobody sums it here.",
        },
        picture=stopped,
    ),
    Prediction(
        id="10.P5",
        question="g needs a gradient, and s = g.sum(0). Does s need one too: yes or "
        "no?",
        answer=is_recorded,
        reveal="A sum is an op like any other: s has a history, and g stays alive as "
        "long as s does. The picture sends a d_out from s back to g: that way was "
        "recorded. Inside a Function's backward gradlab does not record; in a plain "
        "function of yours it does.",
        wrong={
            "no": "You expected a sum to leave no trace. An op on a tensor that needs "
            "a gradient is recorded.",
        },
        picture=recorded,
    ),
    Prediction(
        id="10.P6",
        question="(3, 2) * (2, 1, 2), summed over dim 2 with the dim kept, is "
        "(2, 3, 1). Which shape is left when the last dim is dropped?",
        answer=example_shape,
        reveal="Six numbers, two rows of three. The slides end their Example in other "
        "shapes, and no view turns 6 cells into 4. Back goes the same way: to the "
        "(3, 2) the stack, dim 0, is summed away; to the (2, 1, 2) dim 1 is summed "
        "and kept.",
        wrong={
            (2, 2): "So the older slides label it. (2, 3, 1) holds 6 numbers, (2, 2) "
            "only 4.",
            (3, 2): "So the newer slides draw it. Dropping a dim does not turn the "
            "table: the stack of 2 comes first.",
            (3, 1): "You dropped the first dim. It has size 2; only a dim of size 1 "
            "can be dropped.",
            (2, 3, 2): "That is the shape before the sum.",
            (2, 3, 1): "That is the shape with the dim still there.",
        },
        picture=fold(
            "mul",
            [[1, 2], [3, 4], [5, 6]],
            [[[1, 10]], [[2, 20]]],
            [[[1, 1], [2, 2], [3, 3]], [[4, 4], [5, 5], [6, 6]]],
            ("x", "y"),
        ),
    ),
    Prediction(
        id="10.P7",
        question="Before you leave: out = a + b with a (3, 1) and b (2,), d_out = "
        "[[1, 2], [3, 4], [5, 6]]. What is the gradient of b?",
        answer=[9, 12],
        reveal="1 + 3 + 5 and 2 + 4 + 6: b has no dim 0, so the table is summed over "
        "dim 0 and the dim disappears.",
        wrong={
            (3, 7, 11): "You summed over dim 1. That is the gradient of a, up to its "
            "shape.",
            ((3,), (7,), (11,)): "That is the gradient of a, which is a column.",
            (3, 4): "You took means. The three readings add up.",
            (3, 3): "You counted the readings. Each brings its own d_out.",
            ((9, 12),): "The right sums. The dim that rule 3 added is summed away, so "
            "b's gradient has one dim, as b has.",
            (5, 6): "You kept the last row. All three count.",
            (1, 2): "You kept the first row. All three count.",
            21: "You added everything up. b has 2 numbers.",
            (22, 28): "You multiplied by a, as a product does. The local derivative of "
            "+ is 1.",
        },
        picture=wires,
    ),
)
