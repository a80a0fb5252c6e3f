"""Answers to 07.E5 as learners write them: right ways, wrong rules, other slips.

Each stands alone, imports included, so that it can be put into a notebook as it is.
"""

# -------------------- right ways --------------------


def target_as_a_column(pred, target):
    """Give target the shape of pred."""
    error = pred - target.view(target.size, 1)
    return (error * error).mean()


def pred_as_a_vector(pred, target):
    """Give pred the shape of target."""
    error = pred.view(target.size) - target
    return (error * error).sum() / target.size


def pred_as_a_row(pred, target):
    """Make pred a row; target becomes one by rule 3."""
    error = pred.view(1, target.size) - target
    return (error * error).mean()


# -------------------- wrong rules --------------------


def table_mean(pred, target):
    """Subtract the shapes as they come: a table of all pairs."""
    error = pred - target
    return (error * error).mean()


def table_sum(pred, target):
    """Sum over the table of all pairs, then divide by n."""
    error = pred - target
    return (error * error).sum() / target.size


def sum_for_mean(pred, target):
    """Add the squares up and stop."""
    error = pred - target.view(target.size, 1)
    return (error * error).sum()


def mean_difference(pred, target):
    """Forget to square."""
    return (pred - target.view(target.size, 1)).mean()


def size_of_the_mean_difference(pred, target):
    """Take the size of the mean difference."""
    mean = (pred - target.view(target.size, 1)).mean()
    return mean if mean.item() >= 0 else -mean


def square_of_the_mean_difference(pred, target):
    """Square after the mean, not before."""
    mean = (pred - target.view(target.size, 1)).mean()
    return mean * mean


def mean_size(pred, target):
    """Take sizes where squares were asked."""
    error = pred - target.view(target.size, 1)
    return (error.relu() + (-error).relu()).mean()


def one_number_in_a_row(pred, target):
    """Take the mean over dim 0 of a column: a dim of size 1 stays."""
    error = pred - target.view(target.size, 1)
    return (error * error).mean(0)


def one_number_in_a_table(pred, target):
    """Keep both dims."""
    error = pred - target.view(target.size, 1)
    return (error * error).mean(0, keepdim=True)


def sums_squared(pred, target):
    """Add prediction and target."""
    total = pred + target.view(target.size, 1)
    return (total * total).mean()


def table_columns(pred, target):
    """Take the mean over dim 0 of the table of all pairs."""
    error = pred - target
    return (error * error).mean(0)


def table_squares(pred, target):
    """Keep the squares of the table of all pairs."""
    error = pred - target
    return error * error


def squares_in_a_row(pred, target):
    """Keep the squares apart, in one dim."""
    error = pred.view(target.size) - target
    return error * error


def squares(pred, target):
    """Keep the squares apart."""
    error = pred - target.view(target.size, 1)
    return error * error


# -------------------- slips that need no rule --------------------


def target_as_a_row(pred, target):
    """Add the dim of size 1 on the left, where rule 3 would add it anyway."""
    error = pred - target.view(1, target.size)
    return (error * error).mean()


def a_float(pred, target):
    """Leave the graph with item()."""
    error = pred - target.view(target.size, 1)
    return (error * error).mean().item()


def half_a_square(pred, target):
    """Keep one of the two errors out of the graph."""
    error = pred - target.view(target.size, 1)
    return (error * error.detach()).mean()


def pred_detached(pred, target):
    """Take pred out of the graph first."""
    error = pred.detach() - target.view(target.size, 1)
    return (error * error).mean()


def library_loss(pred, target):
    """Let gradlab's own loss do all of it."""
    import gradlab

    return gradlab.mse(pred.view(target.size), target)
