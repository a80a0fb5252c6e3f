"""Answers to 04.E9 as learners write them: right ways, wrong rules, other slips.

Each stands alone, imports included, so that it can be put into a notebook as it is.
"""

# -------------------- right ways --------------------


def one_dict(root, d_out):
    """Keep one sum for each node, and pass it on when the node has its turn."""
    from gradlab import chain_rule, topological_order

    gradients = {root: d_out}
    for node in topological_order(root):
        d = gradients[node]
        if node.is_leaf:
            node.derivative = (node.derivative or 0.0) + d
        for source, part in chain_rule(node, d):
            gradients[source] = gradients.get(source, 0.0) + part


def collects_at_once(root, d_out):
    """Add to a leaf as soon as something arrives there."""
    from collections import defaultdict

    from gradlab import chain_rule, topological_order

    waiting = defaultdict(float)
    waiting[root] += d_out
    for node in topological_order(root):
        if node.is_leaf:
            node.accumulate(waiting[node])
            continue
        for source, part in chain_rule(node, waiting[node]):
            waiting[source] += part


def asks_all_that_use_it(root, d_out):
    """At each node, add up what the nodes before it have handed to it."""
    from gradlab import chain_rule, topological_order

    handed = [(root, d_out)]
    for node in topological_order(root):
        total = sum(part for source, part in handed if source is node)
        handed = [pair for pair in handed if pair[0] is not node]
        if node.history is None:
            node.derivative = total + (node.derivative or 0.0)
        else:
            handed += chain_rule(node, total)


# -------------------- wrong rules --------------------


def last_wins(root, d_out):
    """Let each part replace the one before."""
    from gradlab import chain_rule, topological_order

    gradients = {root: d_out}
    for node in topological_order(root):
        d = gradients[node]
        if node.is_leaf:
            node.derivative = (node.derivative or 0.0) + d
        for source, part in chain_rule(node, d):
            gradients[source] = part


def first_wins(root, d_out):
    """Keep the first part that arrives."""
    from gradlab import chain_rule, topological_order

    gradients = {root: d_out}
    for node in topological_order(root):
        d = gradients[node]
        if node.is_leaf:
            node.derivative = (node.derivative or 0.0) + d
        for source, part in chain_rule(node, d):
            gradients.setdefault(source, part)


def leaf_overwritten(root, d_out):
    """Write over what a leaf holds from before."""
    from gradlab import chain_rule, topological_order

    gradients = {root: d_out}
    for node in topological_order(root):
        d = gradients[node]
        if node.is_leaf:
            node.derivative = d
        for source, part in chain_rule(node, d):
            gradients[source] = gradients.get(source, 0.0) + part


def nothing_added(root, d_out):
    """Replace on the way and at the leaf."""
    from gradlab import chain_rule, topological_order

    gradients = {root: d_out}
    for node in topological_order(root):
        d = gradients[node]
        if node.is_leaf:
            node.derivative = d
        for source, part in chain_rule(node, d):
            gradients[source] = part


def kept_everywhere(root, d_out):
    """Keep a derivative at every node."""
    from gradlab import chain_rule, topological_order

    gradients = {root: d_out}
    for node in topological_order(root):
        d = gradients[node]
        node.derivative = (node.derivative or 0.0) + d
        for source, part in chain_rule(node, d):
            gradients[source] = gradients.get(source, 0.0) + part


def starts_with_1(root, d_out):
    """Begin with 1, whatever came in."""
    from gradlab import chain_rule, topological_order

    gradients = {root: 1.0}
    for node in topological_order(root):
        d = gradients[node]
        if node.is_leaf:
            node.derivative = (node.derivative or 0.0) + d
        for source, part in chain_rule(node, d):
            gradients[source] = gradients.get(source, 0.0) + part


def along_every_path(root, d_out):
    """Go down every path by itself, with a stack of one's own."""
    from gradlab import chain_rule

    stack = [(root, d_out)]
    while stack:
        node, d = stack.pop()
        if node.is_leaf:
            node.derivative = (node.derivative or 0.0) + d
        stack += chain_rule(node, d)


def along_every_path_by_recursion(root, d_out):
    """Go down every path by itself, the function calling itself."""
    from gradlab import chain_rule

    def visit(node, d):
        if node.is_leaf:
            node.derivative = (node.derivative or 0.0) + d
        for source, part in chain_rule(node, d):
            visit(source, part)

    visit(root, d_out)


def too_early(root, d_out):
    """Visit each node as soon as it is seen; what comes later stays there."""
    from gradlab import chain_rule

    gradients, seen, queue = {root: d_out}, {root}, [root]
    while queue:
        node = queue.pop(0)
        for source, part in chain_rule(node, gradients[node]):
            gradients[source] = gradients.get(source, 0.0) + part
            if source not in seen:
                seen.add(source)
                queue.append(source)
    for node, d in gradients.items():
        if node.is_leaf:
            node.derivative = (node.derivative or 0.0) + d


def one_step(root, d_out):
    """Go back through the last function only."""
    from gradlab import chain_rule

    for source, part in chain_rule(root, d_out):
        if source.is_leaf:
            source.derivative = (source.derivative or 0.0) + part


def recursive_order(root, d_out):
    """Sort by a function that calls itself; each node once, but no deep graph."""
    from gradlab import chain_rule

    order, seen = [], set()

    def visit(node):
        if node in seen or not node.requires_grad:
            return
        seen.add(node)
        for source in node.history.inputs if node.history else ():
            visit(source)
        order.append(node)

    visit(root)
    gradients = {root: d_out}
    for node in reversed(order):
        d = gradients[node]
        if node.is_leaf:
            node.derivative = (node.derivative or 0.0) + d
        for source, part in chain_rule(node, d):
            gradients[source] = gradients.get(source, 0.0) + part


def returns_only(root, d_out):
    """Return the gradients and leave the leaves as they are."""
    from gradlab import chain_rule, topological_order

    gradients = {root: d_out}
    for node in topological_order(root):
        for source, part in chain_rule(node, gradients[node]):
            gradients[source] = gradients.get(source, 0.0) + part
    return gradients


def running_sums(root, d_out):
    """Add the sum so far to a leaf, each time a part arrives."""
    from gradlab import chain_rule, topological_order

    gradients = {root: d_out}
    for node in topological_order(root):
        for source, part in chain_rule(node, gradients[node]):
            gradients[source] = gradients.get(source, 0.0) + part
            if source.is_leaf:
                source.derivative = (source.derivative or 0.0) + gradients[source]


def written_everywhere(root, d_out):
    """Write every sum into its node, over what it held."""
    from gradlab import chain_rule, topological_order

    gradients = {root: d_out}
    for node in topological_order(root):
        node.derivative = gradients[node]
        for source, part in chain_rule(node, gradients[node]):
            gradients[source] = gradients.get(source, 0.0) + part


def same_d_out(root, d_out):
    """Call chain_rule with the d_out of the start, at every node."""
    from gradlab import chain_rule, topological_order

    for node in topological_order(root):
        for source, part in chain_rule(node, d_out):
            if source.is_leaf:
                source.derivative = (source.derivative or 0.0) + part


def stops_at_a_leaf(root, d_out):
    """Take the first leaf of the order for the end of the walk."""
    from gradlab import chain_rule, topological_order

    gradients = {root: d_out}
    for node in topological_order(root):
        if node.is_leaf:
            break
        for source, part in chain_rule(node, gradients[node]):
            gradients[source] = gradients.get(source, 0.0) + part
    for node, d in gradients.items():
        if node.is_leaf:
            node.accumulate(d)


# -------------------- slips that need no rule --------------------


def adds_to_none(root, d_out):
    """Forget that a derivative is None at first."""
    from gradlab import chain_rule, topological_order

    gradients = {root: d_out}
    for node in topological_order(root):
        d = gradients[node]
        if node.is_leaf:
            node.derivative += d
        for source, part in chain_rule(node, d):
            gradients[source] = gradients.get(source, 0.0) + part


def no_first_part(root, d_out):
    """Add to a node that has no sum yet."""
    from gradlab import chain_rule, topological_order

    gradients = {root: d_out}
    for node in topological_order(root):
        d = gradients[node]
        if node.is_leaf:
            node.derivative = (node.derivative or 0.0) + d
        for source, part in chain_rule(node, d):
            gradients[source] += part


def gradlabs_own(root, d_out):
    """Let gradlab do it."""
    root.backward(d_out)
