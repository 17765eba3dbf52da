"""The meeting: the agenda, one cell on the wall, and what the panel decides of it."""
