"""The cells of every spreadsheet and CSV file of ours, so that no program runs one (SECURITY 18).

Quoting does not stop a formula; an apostrophe before it does. Half of Europe's spreadsheets split
a CSV file at ``;``, a pasted one splits at TAB, and a line end inside a cell begins a new row
there: so the apostrophe stands at the start of a cell and after each of these, wherever a program
could then read a formula. ``plain_cell`` takes every one off again.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

_SHORT = 64  # characters of a text that is kept
MOST_UNITS = 32_767  # UTF-16 units; what Excel keeps of one cell

Value = str | int | float | bool | None

# = + - @ with their full-width and small twins.
_BEGIN = r"=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b"
_BREAK = r";\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029"  # where some program begins a new cell
# What is not seen, or is ours or a quotation mark: a formula may stand behind any run of these.
_SKIPPED = (
    r"'\"\s\x00-\x1f\x7f-\xa0\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2"
    r"\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    r"\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f"
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_START = re.compile(rf"'*+[\x00-\x1f]|[{_SKIPPED}]*+[{_BEGIN}]")
_RUN = re.compile(rf"(?<![;{_SKIPPED}])[;{_SKIPPED}]++(?=[{_BEGIN}])")
_AFTER = re.compile(rf"[{_BREAK}]")
_GUARDED = re.compile(rf"([{_BREAK}])'")


def safe_cell(text: str) -> str:
    """Return ``text`` with an apostrophe wherever a program could begin to read a formula.

    An apostrophe that was typed there gets another, so that ``plain_cell(safe_cell(text)) ==
    text`` for every text.

    >>> safe_cell("=1+1"), safe_cell("  @x"), safe_cell("a; -1"), safe_cell("'=1")
    ("'=1+1", "'  @x", "a;' -1", "''=1")
    >>> safe_cell("2 of 3"), safe_cell("'tis"), safe_cell("a-b; c")
    ('2 of 3', "'tis", 'a-b; c')
    """
    text = _RUN.sub(lambda run: _AFTER.sub(r"\g<0>'", run[0]), text)
    return "'" + text if _START.match(text) else text


def plain_cell(text: str) -> str:
    """Return what ``safe_cell`` was given. An apostrophe before harmless text stays.

    >>> plain_cell("'=1+1"), plain_cell("a;' -1"), plain_cell("''=1"), plain_cell("'tis")
    ('=1+1', 'a; -1', "'=1", "'tis")
    """
    text = text[1:] if text[:1] == "'" and _START.match(text, 1) else text
    return _RUN.sub(lambda run: _GUARDED.sub(r"\1", run[0]), text)


def as_csv(rows: Iterable[Sequence[Value]]) -> bytes:
    """Return rows as CSV (RFC 4180): every cell quoted and safe, numbers as they are.

    UTF-8 with a byte-order mark, without which Excel reads it as something else.
    """
    return "".join(csv_lines(rows)).encode("utf-8", "replace")


def csv_lines(rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    """Yield what ``as_csv`` returns, a row at once, for a table that is too long for memory."""
    yield "\ufeff"
    writer = csv.writer(_Line, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    for row in rows:
        yield writer.writerow([_spelt(value) for value in row])


class _Line:
    """What a writer of CSV writes to, which only hands each line back."""

    @staticmethod
    def write(line: str) -> str:
        return line


def units(text: str) -> int:
    """Return the length of ``text`` as Excel counts it: in UTF-16 units, an emoji being two.

    >>> units("abc"), units("\N{OWL}")
    (3, 2)
    """
    return len(text) + sum(c > "\uffff" for c in text)


def _spelt(value: Value) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, str):
        return value
    return _known(value) if len(value) <= _SHORT else safe_cell(value)


_known = lru_cache(maxsize=1 << 14)(safe_cell)  # names and codes come again in every row
