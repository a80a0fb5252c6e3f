"""A toy lesson about gradients: a Function, a ScalarFunction, and a walk back."""

from gradlab.exercises.exercise import Exercise, Lesson
from gradlab.exercises.exercise import WrongRule as Rule
from gradlab.exercises.gradients import own_gradient
from gradlab.exercises.probes import Formula, Probe, ScalarSpec, TensorSpec, call
from gradlab.tensors.function import Function


class Forgets(Function):
    """Return the other input alone."""

    @staticmethod
    def forward(ctx, x, y):
        """Save both."""
        ctx.save_for_backward(x, y)
        return x * y

    @staticmethod
    def backward(ctx, d_out):
        """Leave d_out out."""
        x, y = ctx.saved_values
        return y, x


def leaf(numbers):
    """Return a tensor that gets a gradient."""
    return TensorSpec(numbers, requires_grad=True)


PAIR = call(leaf([3.0, 2.0]), leaf([5.0, 1.0])).back([2.0, 0.5])
STRETCHED = call(leaf([[3.0], [2.0]]), leaf([5.0, 1.0]))
EXAMPLE = Formula("d = a + a * b; e = d + c + 3", {"a": 1, "b": 2, "c": 3})

MUL = Exercise(
    id="97.E1",
    name="Mul",
    title="Times",
    task="Write Mul: times, with its gradient.",
    truth="tensors.functions.Mul",
    points=2,
    probes=(
        Probe("two of each", PAIR),
        Probe("stretched", STRETCHED.back([[2.0, 0.5], [-1.0, 3.0]])),
    ),
    rules=(Rule("forgot d_out", Forgets, "At {x} your dx is {grad_x}, {out} is out."),),
    picture=own_gradient,
    show=PAIR,
)

SQUARE = Exercise(
    id="97.E2",
    name="Square",
    title="Squared",
    task="Write Square, of Scalars.",
    truth=lambda x: x * x,
    points=1,
    probes=(
        Probe("three", call(ScalarSpec(3.0)).back(2.0)),
        Probe("its graph", call(ScalarSpec(3.0, name="x"))),
    ),
    picture=own_gradient,
)

WALK = Exercise(
    id="97.E3",
    name="backprop",
    title="Back",
    task="Write backprop(result, d_out).",
    truth="backpropagate",
    points=1,
    probes=(Probe("the example", call(EXAMPLE, 1.0).derivatives()),),
)

LESSON = Lesson(id="97", title="Gradients", exercises=(MUL, SQUARE, WALK))
