"""Chronology: what happened in a case and when, as a table; entered, disputed, taken out."""
