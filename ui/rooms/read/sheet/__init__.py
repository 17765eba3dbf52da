"""The score sheet: factors, one open in place, and every key at hand."""
