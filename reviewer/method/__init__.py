"""The method as data and rules: frameworks, the scale, what may be sealed. Pure values."""
