"""Bench: gradlab beside NumPy, PyTorch and micrograd, every row with its goal.

`rows` holds what is measured, one small file per family; `timing` measures it,
`report` shows it. Both sides of a row run in one process with one thread, in turn.
"""
