"""Tensors: storage seen through a shape and strides, with a record for backward."""
