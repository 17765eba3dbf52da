"""A folder or ZIP that somebody delivered: looked at as a table before any of it joins a case."""
