"""One number, then many: slopes, Jacobians, fields of gradients."""
