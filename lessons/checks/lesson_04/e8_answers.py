"""Answers to 04.E8 as learners write them: right ways, wrong rules, other slips.

Each stands alone, imports included, so that it can be put into a notebook as it is.
"""

# -------------------- right ways --------------------


def pairs_then_filter(node, d_out):
    """Pair inputs with gradients, and leave the constants out."""
    if node.history is None:
        return []
    gradients = node.history.fn.backward(node.history, d_out)
    if not isinstance(gradients, tuple):
        gradients = (gradients,)
    pairs = zip(node.history.inputs, gradients)
    return [(source, d) for source, d in pairs if source.requires_grad]


def in_a_loop(node, d_out):
    """Count through the inputs."""
    pairs = []
    history = node.history
    if history is not None:
        back = history.fn.backward(history.ctx, d_out)
        back = back if isinstance(back, tuple) else (back,)
        for k in range(len(history.inputs)):
            if not history.inputs[k].is_constant:
                pairs.append((history.inputs[k], back[k]))
    return pairs


def as_a_generator(node, d_out):
    """Hand out one pair after the other."""
    if node.history is not None:
        back = node.history.fn.backward(node.history, d_out)
        if len(node.history.inputs) == 1:
            back = (back,)
        for source, d in zip(node.history.inputs, back):
            if source.requires_grad:
                yield source, d


# -------------------- wrong rules --------------------


def constants_too(node, d_out):
    """Give the constants their gradient as well."""
    if node.history is None:
        return []
    back = node.history.fn.backward(node.history, d_out)
    back = back if isinstance(back, tuple) else (back,)
    return list(zip(node.history.inputs, back))


def filter_then_pair(node, d_out):
    """Leave the constants out first, so that pairs slip by one."""
    if node.history is None:
        return []
    back = node.history.fn.backward(node.history, d_out)
    back = back if isinstance(back, tuple) else (back,)
    needed = [each for each in node.history.inputs if each.requires_grad]
    return list(zip(needed, back))


def none_for_constants(node, d_out):
    """Keep the constants, with None."""
    if node.history is None:
        return []
    back = node.history.fn.backward(node.history, d_out)
    back = back if isinstance(back, tuple) else (back,)
    pairs = zip(node.history.inputs, back)
    return [(source, d if source.requires_grad else None) for source, d in pairs]


def forgets_d_out(node, d_out):
    """Call backward with 1, whatever came in."""
    if node.history is None:
        return []
    back = node.history.fn.backward(node.history, 1.0)
    back = back if isinstance(back, tuple) else (back,)
    pairs = zip(node.history.inputs, back)
    return [(source, d) for source, d in pairs if source.requires_grad]


def d_out_twice(node, d_out):
    """Multiply by d_out although backward has done so."""
    if node.history is None:
        return []
    back = node.history.fn.backward(node.history, d_out)
    back = back if isinstance(back, tuple) else (back,)
    pairs = zip(node.history.inputs, back)
    return [(source, d * d_out) for source, d in pairs if source.requires_grad]


def d_out_to_all(node, d_out):
    """Hand d_out to every input as it came."""
    if node.history is None:
        return []
    return [(each, d_out) for each in node.history.inputs if each.requires_grad]


def leaves_only(node, d_out):
    """Hand gradients to leaves, and to no result on the way."""
    if node.history is None:
        return []
    back = node.history.fn.backward(node.history, d_out)
    back = back if isinstance(back, tuple) else (back,)
    pairs = zip(node.history.inputs, back)
    return [
        (source, d) for source, d in pairs if source.is_leaf and source.requires_grad
    ]


def first_input_only(node, d_out):
    """Stop after the first pair."""
    if node.history is None:
        return []
    back = node.history.fn.backward(node.history, d_out)
    back = back if isinstance(back, tuple) else (back,)
    pairs = zip(node.history.inputs, back)
    return [(source, d) for source, d in pairs if source.requires_grad][:1]


def one_per_scalar(node, d_out):
    """Keep one gradient for each Scalar, in a dict."""
    if node.history is None:
        return []
    back = node.history.fn.backward(node.history, d_out)
    back = back if isinstance(back, tuple) else (back,)
    pairs = zip(node.history.inputs, back)
    return list({source: d for source, d in pairs if source.requires_grad}.items())


def always_a_tuple(node, d_out):
    """Take what backward returns for a tuple, always."""
    if node.history is None:
        return []
    back = node.history.fn.backward(node.history, d_out)
    pairs = zip(node.history.inputs, back)
    return [(source, d) for source, d in pairs if source.requires_grad]


def no_case_for_leaves(node, d_out):
    """Forget that a leaf has no history."""
    back = node.history.fn.backward(node.history, d_out)
    back = back if isinstance(back, tuple) else (back,)
    pairs = zip(node.history.inputs, back)
    return [(source, d) for source, d in pairs if source.requires_grad]


def turned_pairs(node, d_out):
    """Put the gradient first."""
    if node.history is None:
        return []
    back = node.history.fn.backward(node.history, d_out)
    back = back if isinstance(back, tuple) else (back,)
    pairs = zip(node.history.inputs, back)
    return [(d, source) for source, d in pairs if source.requires_grad]


def in_reverse(node, d_out):
    """Begin with the last pair."""
    if node.history is None:
        return []
    back = node.history.fn.backward(node.history, d_out)
    back = back if isinstance(back, tuple) else (back,)
    pairs = zip(node.history.inputs, back)
    return [(source, d) for source, d in pairs if source.requires_grad][::-1]


def gradients_alone(node, d_out):
    """List the gradients, and not whose they are."""
    if node.history is None:
        return []
    back = node.history.fn.backward(node.history, d_out)
    back = back if isinstance(back, tuple) else (back,)
    pairs = zip(node.history.inputs, back)
    return [d for source, d in pairs if source.requires_grad]


def written_into_the_inputs(node, d_out):
    """Write each gradient into its input, too."""
    if node.history is None:
        return []
    back = node.history.fn.backward(node.history, d_out)
    back = back if isinstance(back, tuple) else (back,)
    pairs = [(s, d) for s, d in zip(node.history.inputs, back) if s.requires_grad]
    for source, d in pairs:
        source.derivative = d
    return pairs


# -------------------- slips that need no rule --------------------


def added_to_the_inputs(node, d_out):
    """Add each gradient to what its input holds, too."""
    if node.history is None:
        return []
    back = node.history.fn.backward(node.history, d_out)
    back = back if isinstance(back, tuple) else (back,)
    pairs = [(s, d) for s, d in zip(node.history.inputs, back) if s.requires_grad]
    for source, d in pairs:
        source.accumulate(d)
    return pairs


def takes_what_append_returns(node, d_out):
    """Put what append returns in place of the list."""
    out = []
    if node.history is None:
        return out
    back = node.history.fn.backward(node.history, d_out)
    back = back if isinstance(back, tuple) else (back,)
    for source, d in zip(node.history.inputs, back):
        if source.requires_grad:
            out = out.append((source, d))
    return out


def forgets_the_context(node, d_out):
    """Call backward without the context."""
    if node.history is None:
        return []
    back = node.history.fn.backward(d_out)
    back = back if isinstance(back, tuple) else (back,)
    pairs = zip(node.history.inputs, back)
    return [(source, d) for source, d in pairs if source.requires_grad]


def none_at_a_leaf(node, d_out):
    """Return None at a leaf."""
    if node.history is None:
        return None
    back = node.history.fn.backward(node.history, d_out)
    back = back if isinstance(back, tuple) else (back,)
    pairs = zip(node.history.inputs, back)
    return [(source, d) for source, d in pairs if source.requires_grad]


def gradlabs_own(node, d_out):
    """Let gradlab do it."""
    return [(source, d) for _, source, d in node.chain_rule(d_out)]
