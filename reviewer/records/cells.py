"""Text in the cells of spreadsheets and CSV files, so that no program runs it (SECURITY 4c).

Quoting does not stop a formula; a leading apostrophe does. ``plain_cell`` takes it off again.
"""

# = + - @ and their full-width twins, and the controls that programs skip or split at.
_STARTS = frozenset("=+-@\t\r\n\0\uff1d\uff0b\uff0d\uff20")
_INVISIBLE = frozenset("\ufeff\u200b\u200c\u200d\u2060")  # byte-order mark, zero-width signs


def safe_cell(text: str) -> str:
    """Return ``text`` with an apostrophe before it where a program could take it for a formula.

    Spaces and byte-order marks in front hide nothing. A leading apostrophe of the text's own gets
    another, so that ``plain_cell(safe_cell(text)) == text`` for every text.

    >>> safe_cell("=1+1"), safe_cell("  @x"), safe_cell("2 of 3"), safe_cell("'tis")
    ("'=1+1", "'  @x", '2 of 3', "''tis")
    """
    return "'" + text if _risky(text) else text


def plain_cell(text: str) -> str:
    """Return what ``safe_cell`` was given. A lone apostrophe before harmless text stays.

    >>> plain_cell("'=1+1"), plain_cell("''tis"), plain_cell("'tis")
    ('=1+1', "'tis", "'tis")
    """
    return text[1:] if text[:1] == "'" and _risky(text[1:]) else text


def _risky(text: str) -> bool:
    return text[:1] == "'" or text[:1] in _STARTS or _first_seen(text) in _STARTS


def _first_seen(text: str) -> str:
    """Return the first character that is not a space, a control or invisible; or ""."""
    seen = (c for c in text if not (c.isspace() or c < " " or c in _INVISIBLE))
    return next(seen, "")
