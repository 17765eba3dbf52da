"""Reviewer: encrypted casebooks for inquiry panels that work offline."""

__version__ = "0.1.0"
