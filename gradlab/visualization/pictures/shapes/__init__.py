"""Shapes that meet, and where cells lie in storage."""
