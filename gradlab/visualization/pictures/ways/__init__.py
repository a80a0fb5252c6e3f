"""Gradients on their whole way: films, one chosen cell, its paths."""
