"""The same network, weights and data in several libraries; results must agree."""
