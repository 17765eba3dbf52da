"""The chapters of the paper, in the order in which they are read."""
