"""The rows of a register file, as text.

CSV is decoded and split here: there is nothing in it to unpack, nest or follow, and the file may
not exceed 64 MiB. XLSX is a ZIP of XML and is opened only in the worker.
"""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from reviewer.documents import limits
from reviewer.documents.formats import encoding
from reviewer.documents.outside.worker import Worker
from reviewer.documents.refusals import Refused
from reviewer.errors import DocumentError, InputError, RegisterError
from reviewer.files.read import NotAFileError, open_file

MAX_BYTES = 64 << 20
_MAX_PARTS = 100_000  # commas in one line: more than any text in a cell has
_DELIMITERS = ",;\t"
_LINE_END = re.compile(r"[\r\n]")  # either alone ends a line of a CSV file
_KEY = "reference"
_SAVE = "Save it as CSV (UTF-8) or XLSX and import that."


def read_table(path: Path, worker: Worker) -> tuple[list[list[str]], list[str]]:
    """Return a register's rows and notes about how it was read.

    Raises ``RegisterError`` for a file that is no register, ``InputError`` where it is not there.
    """
    untrusted = _bytes(path)
    if untrusted.startswith(b"PK"):
        try:
            return worker.rows(untrusted), []
        except DocumentError as error:
            raise RegisterError(str(error)) from error
    if untrusted.startswith(b"\xd0\xcf\x11\xe0"):
        raise RegisterError(f"This is an Excel file of the old kind (.xls). {_SAVE}")
    try:
        text, guessed = encoding.decode(untrusted)
    except Refused as refused:
        raise RegisterError(
            f"The letters of {path.name} could not be made out, so nothing was imported."
            " Save it as CSV (UTF-8)."
        ) from refused
    notes = ["The register does not state its encoding; it was read as Windows-1252."]
    return _rows(text), notes if guessed else []


def _bytes(path: Path) -> bytes:
    try:
        with open_file(path) as stream:
            untrusted = stream.read(MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError, NotAFileError):
        raise InputError(f"There is no file {path.name} there.") from None
    except OSError as error:
        raise InputError(f"{path.name} could not be read ({error.strerror}).") from error
    if not untrusted.strip():
        raise RegisterError(f"{path.name} is empty. A register has a row a case.")
    if len(untrusted) > MAX_BYTES:
        raise RegisterError(f"{path.name} is larger than 64 MiB. Split it and import the parts.")
    return untrusted


def _rows(text: str) -> list[list[str]]:
    delimiter = _delimiter(text)
    reader = csv.reader(_lines(text, delimiter), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    try:
        for row in reader:
            rows.append(_within(row, len(rows) + 1))
            if len(rows) > limits.MAX_ROWS + 1:
                raise RegisterError(
                    "The register has more than 20,000 rows. Split it and import the parts."
                )
    except csv.Error as error:
        raise RegisterError(
            f"Row {len(rows) + 1} of the register cannot be read: a quotation mark is not closed,"
            " or a cell is too long. Nothing was imported."
        ) from error
    return rows


def _lines(text: str, delimiter: str) -> Iterator[str]:
    """Yield the lines of ``text``, before any is split into so many cells that it costs."""
    for number, line in enumerate(io.StringIO(text, newline=""), 1):
        if line.count(delimiter) > _MAX_PARTS:
            raise RegisterError(f"Line {number} of the register has more than 200 columns.")
        yield line


def _within(row: list[str], number: int) -> list[str]:
    """Return a row without the blank cells beyond the last column there may be."""
    if any(cell.strip() for cell in row[limits.MAX_COLUMNS + 1 :]):
        raise RegisterError(f"Row {number} of the register has more than 200 columns.")
    return row[: limits.MAX_COLUMNS + 1]


def _delimiter(text: str) -> str:
    """Return the delimiter with which the first row holds the column ``reference``."""
    first = _LINE_END.split(text, maxsplit=1)[0][: 1 << 16]
    for delimiter in _DELIMITERS:
        cells = next(csv.reader([first], delimiter=delimiter), [])
        if any(cell.strip().casefold() == _KEY for cell in cells):
            return delimiter
    return max(_DELIMITERS, key=first.count)
