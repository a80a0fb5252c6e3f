"""The questions of lesson 08: each answer computed, each wrong answer with its thought.

A wrong answer is written as a learner would write it. What it assumed is said in one
sentence; nothing here is graded.
"""

from __future__ import annotations

from gradlab.exercises.exercise import Prediction

from .reveals import (
    THE_SLIDES_CLASS,
    derivatives,
    empty_table,
    first_row,
    fun,
    going_back,
    product,
    rows_and_columns,
    shape_of_grad,
    shapes_of_gradients,
    sum_and_product,
    sum_of,
    times_456,
    times_another,
    zip_and_sum,
)

PREDICTIONS = (
    Prediction(
        id="08.P1",
        question="x = [2, 3, 4] and G(x) = x1 x2 x3. What is the gradient of G?",
        answer=[12, 8, 6],
        reveal="One derivative for each cell: x2 x3 = 12, x1 x3 = 8, x1 x2 = 6. The "
        "smallest cell has the largest one: the other two are large. The picture lays "
        "them out in a row; J is the name of such a table.",
        wrong={
            24: "That is the product itself. The gradient says how it moves with each "
            "cell.",
            (24, 24, 24): "That is the product itself, three times. How fast it moves "
            "with a cell does not depend on that cell.",
            (1, 1, 1): "That is the gradient of a sum. A product moves with one cell "
            "as fast as the others make it.",
            (2, 3, 4): "Those are the cells. Each derivative is made of the other two.",
            (7, 6, 5): "You added the other two. The product multiplies them.",
            (6, 8, 12): "The right numbers, but each at another cell's place: x1 moves "
            "G by x2 x3.",
            26: "You added the three derivatives up. The gradient keeps them apart, "
            "one for each cell.",
            9: "That is the sum of the cells.",
        },
        picture=first_row(product, [2, 3, 4]),
    ),
    Prediction(
        id="08.P2",
        question="x = [2, 3, 4] again, and d_out = -2 arrives at the product. What is "
        "the gradient of x now?",
        answer=[-24, -16, -12],
        reveal="-2 · 12, -2 · 8, -2 · 6. One d, three derivatives: each is multiplied.",
        wrong={
            (12, 8, 6): "You left d out, as if nothing came after G.",
            (-2, -2, -2): "You sent d as it came. Each cell's own derivative "
            "multiplies it.",
            (10, 6, 4): "You added d. Along a path, derivatives multiply.",
            (-24, 8, 6): "You multiplied the first one only. z moves with every cell, "
            "and d with it.",
            (24, 16, 12): "Right sizes. The sign of d stays.",
            -48: "That is the product times d, one number. There are three cells.",
        },
        picture=going_back(product, [2, 3, 4], -2),
    ),
    Prediction(
        id="08.P3",
        question="x = [2, 0, 3], d_out = 1. What is the gradient of the product "
        'there, or "error"?',
        answer=[0, 6, 0],
        reveal=THE_SLIDES_CLASS,
        wrong={
            "error": "z/x2 is 0 / 0, and so the formula has no answer. The derivative "
            "has one: the product of the others.",
            (0, 0, 0): "You took 0 for a product that stands still. It stands at 0, "
            "but it moves when the second cell does.",
            (3, 6, 2): "You left the 0 out where it is one of the other two. It makes "
            "their product 0.",
            (0, 1, 0): "You took 0 / 0 for 1.",
            (3, 5, 2): "You added the other two. The product multiplies them.",
            (6, 6, 6): "You multiplied what is not 0, for every cell.",
        },
        picture=first_row(product, [2, 0, 3]),
    ),
    Prediction(
        id="08.P4",
        question="G([x1, x2]) = [x1, x1 x2]. How many derivatives does G have?",
        answer=derivatives((2,), (2,), fun),
        reveal="Two outputs, and each has one derivative for each of the two inputs: "
        "2 times 2. One of them is 0, wherever x is.",
        wrong={
            2: "You counted inputs, or outputs. Every pair has a derivative.",
            3: "You left out that x1 does not follow x2. A derivative of 0 is one, "
            "too: it says that nothing moves.",
            1: "That would be one number in and one number out.",
        },
        picture=empty_table(fun, [3, 5]),
    ),
    Prediction(
        id="08.P5",
        question="Fun at x = [3, 5]: what are the two derivatives of its second "
        "output, by x1 and by x2?",
        answer=[5, 3],
        reveal="Together with the first output, [1, 0], that makes a table, the "
        "Jacobian J. Each output is a row, each input a column: step through it.",
        wrong={
            (3, 5): "Swapped: x1 x2 moves with x1 as fast as x2 is large.",
            (1, 0): "Those belong to the first output, which is x1 itself.",
            (0, 3): "x1 stands in the product as well.",
            (1, 1): "Those are the derivatives of a sum.",
            (15, 15): "That is the output itself. Its derivatives say how it moves.",
            (1, 3): "You looked at the derivative of each output by the input of its "
            "own place.",
        },
        picture=rows_and_columns(fun, [3, 5]),
    ),
    Prediction(
        id="08.P6",
        question="Fun at x = [3, 5], d_out = [1, 2]. What is the gradient of x?",
        answer=[11, 6],
        reveal="x1 moves both outputs: d1 · 1 + d2 · x2 = 1 + 10. x2 moves the second "
        "one only: d2 · x1 = 6. In the table: d_out at the left, one sum per column.",
        wrong={
            (1, 11): "You added along the rows, J times d_out. A gradient collects "
            "what one input moved: a column.",
            (6, 3): "You left d out: those are the sums of the columns.",
            (1, 6): "You gave each input its own output's d only. x1 moves both.",
            (10, 6): "You went back through the product only. x1 is an output by "
            "itself, too.",
            (7, 10): "Swapped: x1 x2 moves with x1 as fast as x2 is large.",
            (1, 2): "You sent d_out as it came.",
            (
                3,
                30,
            ): "You multiplied by the outputs. The derivatives say how they move.",
            17: "You added the two up. Each input cell has its own number.",
        },
        picture=going_back(fun, [3, 5], [1, 2]),
    ),
    Prediction(
        id="08.P7",
        question="Fun at x = [3, 5] with d_out = [0, 1]. What is the gradient of x?",
        answer=[5, 3],
        reveal="The 0 covers the first row of J; the second comes through as it is. "
        "Any other d_out is a mixture of rows. J stands still, d_out multiplies from "
        "the left: the vector-Jacobian product, vjp for short.",
        wrong={
            (0, 3): "That is column x2, or the path to x1 is missing. A d covers rows.",
            (1, 0): "That is the row that was covered.",
            (6, 3): "Both rows came through. The first d is 0.",
            (0, 1): "You sent d_out as it came.",
            (3, 5): "Swapped: x1 x2 moves with x1 as fast as x2 is large.",
        },
        picture=going_back(fun, [3, 5], [0, 1]),
    ),
    Prediction(
        id="08.P8",
        question="x = [1, 2, 3], y = [4, 5, 6], z = x * y, then z.sum().backward(). "
        "What is x.grad?",
        answer=[4, 5, 6],
        reveal="The sum sends 1 to each cell of z, and z[i] = x[i] y[i] moves with "
        "x[i] by y[i]. So x.grad is y, and y.grad is x. (A course page prints a zip as "
        "[x1 x2, y1 y2]; it means [x1 y1, x2 y2].)",
        wrong={
            (1, 1, 1): "That is what the sum sends back. The zip comes before it.",
            (1, 2, 3): "Swapped: that is y.grad. x[i] moves z[i] by y[i].",
            (
                4,
                10,
                18,
            ): "That is z itself. The gradient says how its sum moves with x.",
            32: "That is the sum itself. x has three cells, and so has x.grad.",
            15: "You added the derivatives up. Each cell keeps its own.",
            (15, 15, 15): "You let every cell of x move every cell of z. A zip pairs "
            "equal places.",
        },
        picture=zip_and_sum,
    ),
    Prediction(
        id="08.P9",
        question="x has shape (4, 5). How many derivatives does x.sum() have?",
        answer=derivatives((4, 5), (), sum_of),
        reveal="One output, 20 inputs: a Jacobian of 1 row and 20 columns, and every "
        "derivative in it is 1.",
        wrong={
            1: "One number comes out, but 20 can be moved.",
            2: "You counted dims.",
            9: "You added 4 and 5. There are 4 rows of 5 cells.",
            400: "That would be 20 numbers out. A sum is one.",
            4: "You counted rows of x.",
            5: "You counted columns of x.",
        },
        picture=first_row(sum_of, [[1.0, 2.0, 3.0, 4.0, 5.0]] * 4),
    ),
    Prediction(
        id="08.P10",
        question="x and y have shape (4, 5). How many derivatives by x does x * y "
        "have?",
        answer=derivatives((4, 5), (4, 5), times_another),
        reveal="20 outputs, 20 inputs: 20 rows and 20 columns. Only 20 of the 400 are "
        "not 0, those on the diagonal: x[i, j] moves no other cell. So nobody builds "
        "the table: backward multiplies 20 pairs of numbers. The picture has 3 cells "
        "for the 20.",
        wrong={
            20: "Those are the ones that are not 0. The others are derivatives, too.",
            40: "You counted the cells of x and y. Derivatives belong to pairs: one "
            "output, one input.",
            16: "You counted pairs of rows.",
            800: "By x and by y, there are so many. The question is about those by x.",
            25: "You counted pairs of columns.",
        },
        picture=rows_and_columns(times_456, [1, 2, 3]),
    ),
    Prediction(
        id="08.P11",
        question="z = x * y, both of shape (4, 5), then z.sum().backward(). What "
        "is the shape of x.grad?",
        answer=shape_of_grad,
        reveal="A gradient has the shape of its input, always: each cell holds its "
        "own derivative, and `x - 0.1 * x.grad` makes sense. Move x by a small dx: the "
        "sum moves by x.grad times dx, cell by cell, added up. Books often lay the "
        "derivative of one number out as a row, (1, 20) here, and call the gradient "
        "its transpose; the recitation says so of all derivatives. Those are habits of "
        "writing. In the picture what arrives below x and y has their shape.",
        wrong={
            (5, 4): "You turned it round, as some books do with derivatives. Then a "
            "step `x - 0.1 * x.grad` would clash.",
            (1, 20): "That is the Jacobian of the sum as a table. `.grad` puts its 20 "
            "numbers in x's shape.",
            (20,): "The number of cells is right. They stand as in x.",
            (20, 20): "That is the Jacobian of the zip, with a row for each output.",
            (): "That is the shape of the sum.",
        },
        picture=shapes_of_gradients,
    ),
    Prediction(
        id="08.P12",
        question="Before you leave: G([x1, x2]) = [x1 + x2, x1 x2] at x = [2, 7], with "
        "d_out = [3, 10]. What is the gradient of x?",
        answer=[73, 23],
        reveal="Rows [1, 1] and [7, 2]. Column by column: 3 · 1 + 10 · 7 = 73 and "
        "3 · 1 + 10 · 2 = 23.",
        wrong={
            (13, 41): "You added along the rows, J times d_out.",
            (8, 3): "You left d out: those are the sums of the columns.",
            (23, 73): "Swapped: x1 x2 moves with x1 as fast as x2 is large.",
            (3, 20): "You gave each input its own output's d only.",
            (70, 20): "You went back through the product only.",
            (27, 140): "You multiplied by the outputs, 9 and 14.",
        },
        picture=going_back(sum_and_product, [2, 7], [3, 10]),
    ),
)
