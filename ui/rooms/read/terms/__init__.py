"""The lists of words that are lit on every page that is read."""
