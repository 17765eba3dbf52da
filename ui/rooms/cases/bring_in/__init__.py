"""Bring in: what was delivered, as a table, before any of it joins a case."""
