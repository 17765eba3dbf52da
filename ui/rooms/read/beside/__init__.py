"""A second document beside the first."""
