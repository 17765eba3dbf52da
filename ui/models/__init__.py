"""Rows as Qt sees them: handed in, shown, sorted; no model asks a casebook."""
