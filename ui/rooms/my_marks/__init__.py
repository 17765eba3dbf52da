"""My marks: everything that one marked, what it supports, what hangs loose."""
