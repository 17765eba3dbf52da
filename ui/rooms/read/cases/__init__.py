"""The list of cases at the left."""
