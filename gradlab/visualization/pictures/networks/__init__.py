"""Training a network: products, losses, loops, boundaries, gradients."""
