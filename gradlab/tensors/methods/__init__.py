"""What a tensor can do, by family: each method names the Function it applies."""

from gradlab.tensors.methods.arithmetic import Arithmetic
from gradlab.tensors.methods.elementwise import Elementwise
from gradlab.tensors.methods.reductions import Reductions
from gradlab.tensors.methods.shapes import Shapes

__all__ = ["Arithmetic", "Elementwise", "Reductions", "Shapes"]
