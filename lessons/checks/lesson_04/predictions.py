"""The questions of lesson 04: each answer computed, each wrong answer with its thought.

A wrong answer is written as a learner would write it. What it assumed is said in one
sentence; nothing here is graded.
"""

from __future__ import annotations

from gradlab.exercises.exercise import Prediction

from .calls import EXAMPLE
from .reveals import (
    derivatives,
    doublings,
    example_forward,
    example_paths,
    gate,
    graph,
    kept_by_results,
    trays,
    twice,
    visits,
)

PREDICTIONS = (
    Prediction(
        id="04.P1",
        question="out = a + b + c at a = 1, b = 2, c = 3: which derivatives do a, b "
        "and c have after out.backward()?",
        answer=derivatives("out = a + b + c", a=1, b=2, c=3),
        reveal="Move any one of the three by a little, and out moves by just as much. "
        "How large the numbers are does not matter for a sum.",
        wrong={
            (1, 2, 3): "Those are the numbers themselves. A derivative says how fast "
            "out moves with each of them.",
            (6, 6, 6): "6 is the value of out. The question is how fast it moves.",
            (0, 0, 0): "A plain number has the derivative 0; these three may move.",
            (2, 1, 1): "You gave a a share for each plus sign. a is used once.",
            (1, 1, 0): "c counts as well: it is added last, and out moves with it.",
        },
        picture=graph("out = a + b + c", a=1, b=2, c=3),
    ),
    Prediction(
        id="04.P2",
        question="y = Neg.apply(x) at x = 2, then y.backward(5.0): what is "
        "x.derivative?",
        answer=derivatives("y = -x", 5.0, x=2),
        reveal="d_out = 5 arrived, and backward returned -d_out. The x = 2 has no part "
        "in it: the slope of -x is -1 everywhere.",
        wrong={
            -1: "That is the slope of -x. It is multiplied by what arrives: 5.",
            -2: "That is the value of y. The question is what goes back.",
            5: "You passed d_out on as it came. backward turns its sign.",
            -10: "You multiplied by x as well. The slope of -x is -1 at every x.",
            2: "That is x itself. The question is what comes back to it.",
        },
        picture=graph("y = -x", 5.0, x=2),
    ),
    Prediction(
        id="04.P3",
        question="z = x * y at x = 3, y = 4, and d_out = 2 arrives: which two numbers "
        "go back, to x and to y?",
        answer=derivatives("z = x * y", 2.0, x=3, y=4),
        reveal="Move x by 0.1, and z moves by 0.4: four times as fast. So the slope by "
        "x is the other number, 4, and 2 · 4 = 8 goes back. For y it is 2 · 3 = 6.",
        wrong={
            (4, 3): "Those are the two slopes. Each is multiplied by what arrives: 2.",
            (6, 8): "You gave each its own number back. z moves with x as fast as y is "
            "large.",
            (3, 4): "Those are x and y themselves. z moves with x as fast as y is "
            "large, and d_out comes on top.",
            (2, 2): "That is how a sum goes back. In a product, each number makes the "
            "other one's slope.",
            (24, 24): "You multiplied d_out by the product. The slope by x is y.",
            (12, 12): "12 is the value of z. The question is what goes back.",
        },
        picture=graph("z = x * y", 2.0, x=3, y=4),
    ),
    Prediction(
        id="04.P4",
        question="relu at x = 0, and d_out = 3 arrives: what goes back?",
        answer=derivatives("y = relu(x)", 3.0, x=0),
        reveal="At a kink there is no slope, so one has to be chosen, said, and "
        "tested. gradlab takes relu'(0) = 0, as PyTorch does. Written as a maximum of "
        "x and 0, the same function passes half, 1.5, where a library splits ties.",
        wrong={
            3: "You took the slope on the right of the kink, 1. At 0 itself there is "
            "none; 0 was chosen.",
            1.5: "You split the tie: half for x. Some libraries do so for a maximum; "
            "relu takes 0.",
            "error": "No slope exists there, that is true. But training would stop at "
            "the first 0, so a slope is chosen.",
            1: "You took the slope on the right of the kink, and forgot d_out.",
        },
        picture=gate,
    ),
    Prediction(
        id="04.P5",
        question="a = 1, b = 2, c = 3; d = a + a * b, e = d + c + 3: which values do d "
        "and e have?",
        answer=(3, 9),
        reveal="a * b is 2, so d = 1 + 2 = 3, and e = 3 + 3 + 3 = 9.",
        wrong={
            (4, 10): "You added a and a first, and then multiplied by b: (a + a) * b.",
            (3, 6): "You stopped before the constant: 3 more comes on top.",
            (2, 8): "You left the first a out: d = a + a * b.",
        },
        picture=example_forward,
    ),
    Prediction(
        id="04.P6",
        question="e.backward() with the same numbers: which derivatives do a, b and c "
        "get?",
        answer=derivatives(EXAMPLE, a=1, b=2, c=3),
        reveal="Two paths lead from a to e. With z1 held still, d moves just as fast "
        "as a: that partial derivative is 1. By way of z1 it is b = 2. The total is "
        "1 + 2 = 3. The recitation writes such a total as y_x + y_z · dz/dx; its last "
        "factor is a partial derivative, too.",
        wrong={
            (1, 1, 1): "You counted one path from a, the short one. The other goes by "
            "way of a * b.",
            (2, 1, 1): "You counted one path from a, by way of a * b. The other goes "
            "straight into d.",
            (3, 2, 1): "Right for a and c. For b, the other factor counts: a = 1.",
            (3, 1, 3): "Right for a and b. c is added, so e moves with it as fast: 1.",
            (2, 2, 1): "The product sends each number the other one: 2 to a, 1 to b. "
            "And a has a second path.",
            (3, 1, 2): "Right for a and b. The constant 3 is not c; c is added once.",
        },
        picture=example_paths,
    ),
    Prediction(
        id="04.P7",
        question="After e.backward(): how many of the four results z1 = a * b, d, z2 = "
        "d + c and e keep a derivative?",
        answer=kept_by_results,
        reveal="A result hands its gradient on to its inputs and forgets it. Only "
        "leaves keep one: they are what one wants to improve. The constant 3 gets none "
        "at all; nothing is sent to it. In the picture a tray hangs below each leaf; "
        "the d in a result is what passed through on its turn.",
        wrong={
            4: "Each of them has a gradient for a moment, while it has its turn. None "
            "keeps it.",
            1: "You let e keep its d_out. It hands it on like the others.",
            3: "You let z1, d and z2 keep what they got. They hand it on.",
            2: "Results are all treated alike: each hands its gradient on.",
        },
        picture=trays,
    ),
    Prediction(
        id="04.P8",
        question="x = x + x, 10 times. A walk that goes down every path by itself: how "
        "many visits does it make, the result included?",
        answer=visits,
        reveal="Each of the 11 numbers is visited twice as often as the one that it "
        "went into: 1 + 2 + 4 + ... + 1,024. After 20 doublings it is 2,097,151. In "
        "topological order it is 11 and 21.",
        wrong={
            11: "That is the number of nodes, and the visits of a good walk. Every "
            "path by itself comes back to the same nodes again and again.",
            10: "That is how often x was doubled. Each doubling has two wires, and "
            "each wire leads to all that lies below.",
            20: "That is the number of wires. Every path by itself walks the lower "
            "ones many times.",
            21: "You visited both ends of each wire once. Every path by itself walks "
            "the lower wires many times.",
            1024: "That is the number of paths, so the visits of the leaf alone. The "
            "nodes on the way come on top.",
            2048: "Nearly: 1 + 2 + 4 + ... + 1,024 is one less.",
            1023: "You stopped one level too early: the leaf is visited 1,024 times.",
        },
        picture=doublings,
    ),
    Prediction(
        id="04.P9",
        question="e.backward() runs a second time, and nothing else happened in "
        "between: what is a.derivative now?",
        answer=lambda: derivatives(EXAMPLE, times=2, a=1, b=2, c=3)()[0],
        reveal="A leaf adds whatever arrives, also in the next backward. That is of "
        "use where several results share a leaf. In a training loop it is a trap: "
        "empty the trays before each backward.",
        wrong={
            3: "You expected the second to replace the first. A leaf adds, always.",
            9: "You multiplied. A leaf adds: 3 + 3.",
            0: "Nothing is emptied by itself.",
            4: "You added 1. The second backward brings all of it once more: 3.",
            5: "You added what came by way of a * b. The second backward brings both "
            "parts once more.",
        },
        picture=twice,
    ),
    Prediction(
        id="04.P10",
        question="Before you leave: y = x * x + x at x = 3, then y.backward(2.0). What "
        "is x.derivative?",
        answer=derivatives("y = x * x + x", 2.0, x=3),
        reveal="Three wires end at x: two from the product with 2 · 3 each, one from "
        "the sum with 2. Together 6 + 6 + 2 = 14.",
        wrong={
            7: "Right slope; d_out = 2 doubles it.",
            8: "You used one wire of the product. x is both of its inputs.",
            12: "You left out the wire from the sum.",
            2: "You kept one part only. What arrives at x adds up.",
            6: "You kept one part only. What arrives at x adds up.",
            24: "That is d_out times the value of y. The question is how fast y moves.",
        },
        picture=graph("p = x * x; y = p + x", 2.0, x=3),
    ),
)
