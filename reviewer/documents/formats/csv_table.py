"""Tables between commas, semicolons or tabs (.csv, .tsv) as pages that keep their columns.

What does not part into columns in one way throughout is shown as the text that it is.
"""

import csv
import io
import re

from reviewer.documents import encoding, limits
from reviewer.documents.formats import plain
from reviewer.documents.formats.sheet_cells import Book, Budget, Cell, Sheet
from reviewer.documents.formats.sheet_pages import pages_of
from reviewer.documents.formats.typeset import Block
from reviewer.documents.refusals import Refused
from reviewer.records.text import clean

_DELIMITERS = ",;\t|"
_SAID = re.compile(r'\A"?sep=([^\r\n"])"?[ \t]*(?:\r\n|\r|\n|\Z)', re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?[\d.,]*\d%?")
_TRIED = 60  # rows by which the delimiter is told
_COLUMNS = 1_000
_AS_TEXT = "It does not part into columns in one way, so it is shown as the text that it is."


def blocks(untrusted: bytes) -> tuple[list[Block], list[str]]:
    """Return a table as pages, and sentences about what is not shown. Raises ``Refused``."""
    if len(untrusted) > 4 * limits.SET_CHARACTERS:
        raise Refused("text")
    text, guessed = encoding.decode(untrusted)
    notes = [encoding.GUESSED] if guessed else []
    said = _SAID.match(text)
    delimiter = said[1] if said else _delimiter(text)
    rows = _rows(text[said.end() :] if said else text, delimiter)
    if rows is None:
        found, told = plain.blocks(untrusted)
        return found, [*told, *([_AS_TEXT] if delimiter else [])]
    shown, more = pages_of(Book(sheets=[_sheet(rows)]))
    return shown, [*notes, *more]


def _delimiter(text: str) -> str:
    """Return what parts the rows at the start into the same number of cells most often."""
    best, most = "", 0.0
    for delimiter in _DELIMITERS:
        rows = _rows(text[: 1 << 16], delimiter, strict=False) or []
        counts = [len(row) for row in rows[:_TRIED] if any(row)]
        usual = max(set(counts), key=counts.count, default=0)
        alike = counts.count(usual) / len(counts) if counts else 0.0
        if usual > 1 and alike >= 0.6 and alike * usual > most:
            best, most = delimiter, alike * usual
    return best


def _rows(text: str, delimiter: str, *, strict: bool = True) -> list[list[str]] | None:
    """Return the cells of each row; None where they cannot be told apart."""
    if not delimiter:
        return None
    found: list[list[str]] = []
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
        for row in reader:
            if len(row) > _COLUMNS:
                return None
            found.append(row)
    except csv.Error:
        return None
    return found


def _sheet(rows: list[list[str]]) -> Sheet:
    sheet, budget = Sheet(name="Table"), Budget()
    for at, row in enumerate(rows):
        cells = {
            column: Cell(
                text=budget.take(clean(cell)), number=bool(_NUMBER.fullmatch(cell.strip()))
            )
            for column, cell in enumerate(row)
            if cell.strip()
        }
        if cells:
            sheet.rows[at] = cells
    return sheet
