import pytest

from gradlab.grading.markers import HIDDEN_TESTS, SOLUTION, replace_regions
from gradlab.grading.metadata import ReleaseError

STUB = ("# YOUR CODE HERE", "raise NotImplementedError()")


def test_the_stub_stands_where_the_solution_stood():
    source = (
        "class Mul:\n    def forward(x):\n        ### BEGIN SOLUTION\n"
        "        return 2\n\n        ### END SOLUTION\n\n    name = 'mul'"
    )
    assert replace_regions(source, SOLUTION, STUB) == (
        "class Mul:\n    def forward(x):\n        # YOUR CODE HERE\n"
        "        raise NotImplementedError()\n\n    name = 'mul'"
    )


def test_every_region_is_replaced():
    source = "### BEGIN SOLUTION\n1\n### END SOLUTION\n" * 2
    assert replace_regions(source, SOLUTION, ("#",)) == "#\n#\n"


def test_one_kind_leaves_the_other_alone():
    source = "### BEGIN SOLUTION\n1\n### END SOLUTION"
    assert replace_regions(source, HIDDEN_TESTS, ()) == source


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("### BEGIN SOLUTION\n1", "has no '### END SOLUTION'"),
        ("1\n### END SOLUTION", "comes before its BEGIN"),
        ("### BEGIN SOLUTION\n### BEGIN SOLUTION\n### END SOLUTION", "inside another"),
    ],
)
def test_unpaired_marks_are_named(source, words):
    with pytest.raises(ReleaseError, match=words):
        replace_regions(source, SOLUTION, ())
