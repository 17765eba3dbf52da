"""Figures, drawn once for the paper and the window."""
