"""Pieces that several pictures are made of: grids of cells, wires, webs of nodes."""
