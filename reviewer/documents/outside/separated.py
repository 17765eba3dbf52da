"""Text of cells between commas, semicolons or tabs, as rows."""

import csv
import io
import re
from collections.abc import Iterator

from reviewer.documents import limits
from reviewer.records.text import look_alike

COLUMNS = limits.MAX_COLUMNS
_MAX_PARTS = 100_000  # commas in one line: more than any text in a cell has
_DELIMITERS = ",;\t|"
_START = 1 << 16  # characters in which the head is looked for
_SAID = re.compile(r'\A"?sep=([^\r\n"])"?[ \t]*(?:\r\n|\r|\n|\Z)', re.IGNORECASE)
_END = re.compile(r"\x1a[\x00\x1a\s]*\Z")  # how old programs end a text
_AS_TEXT = re.compile(r'="([^"]*)"')  # how programs keep another from taking a text for a number


class Unreadable(Exception):  # noqa: N818 - becomes an error of the kind of table
    """Why rows could not be read (``rows``, ``wide`` or ``quote``), and which."""

    def __init__(self, what: str, row: int) -> None:
        super().__init__(what)
        self.what = what
        self.row = row


def rows(text: str, key: str, *, above: int, most: int) -> list[list[str]]:
    """Return the cells of each row, as text. Raises ``Unreadable``.

    The head, in which the column ``key`` is looked for, is one of the first ``above`` + 1 rows.
    """
    text = _END.sub("", text)
    said = _SAID.match(text)
    found: list[list[str]] = [[]] if said else []  # rows are counted as a text editor shows them
    text = text[said.end() :] if said else text
    delimiter = said[1] if said else _delimiter(text, key, above)
    try:
        for row in csv.reader(_lines(text, delimiter), delimiter=delimiter, strict=True):
            found.append(_within(row, len(found) + 1))
            if len(found) > most + above + 1:
                raise Unreadable("rows", len(found))
    except csv.Error as error:
        raise Unreadable("quote", len(found) + 1) from error
    return found


def _lines(text: str, delimiter: str) -> Iterator[str]:
    """Yield the lines of ``text``, before any is split into so many cells that it costs."""
    for number, line in enumerate(io.StringIO(text, newline=""), 1):
        if line.count(delimiter) > _MAX_PARTS:
            raise Unreadable("wide", number)
        yield line


def _within(row: list[str], number: int) -> list[str]:
    """Return a row without the blank cells beyond the last column there may be."""
    if any(cell.strip() for cell in row[COLUMNS + 1 :]):
        raise Unreadable("wide", number)
    return [_told(cell) for cell in row[: COLUMNS + 1]]


def _told(cell: str) -> str:
    kept = _AS_TEXT.fullmatch(cell) if cell.startswith("=") else None
    return kept[1] if kept else cell


def _delimiter(text: str, key: str, above: int) -> str:
    """Return the delimiter with which a row at the start holds the column ``key``."""
    start = text[:_START]
    for delimiter in _DELIMITERS:
        passed = 0
        for row in csv.reader(io.StringIO(start, newline=""), delimiter=delimiter):
            if any(look_alike(cell) == key for cell in row):
                return delimiter
            passed += any(cell.strip() for cell in row)
            if passed > above:
                break
    first = re.split(r"[\r\n]", start, maxsplit=1)[0]
    return max(_DELIMITERS, key=first.count)
