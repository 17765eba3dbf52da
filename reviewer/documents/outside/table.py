"""The rows of a table from outside, CSV or XLSX, as text: a register, a rating sheet, a list.

CSV is decoded and split here: there is nothing in it to unpack, nest or follow. XLSX is a ZIP of
XML and is opened only in the worker. Nothing in a cell is ever evaluated.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from reviewer.documents import encoding, limits
from reviewer.documents.outside.worker import Worker
from reviewer.documents.refusals import Refused
from reviewer.errors import DocumentError, InputError
from reviewer.files.read import NotAFileError, open_file

_XLS = b"\xd0\xcf\x11\xe0"
_MAX_PARTS = 100_000  # commas in one line: more than any text in a cell has
_DELIMITERS = ",;\t"
_LINE_END = re.compile(r"[\r\n]")  # either alone ends a line of a CSV file


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """What is taken for a table of one kind.

    ``error`` is what a refusal raises, ``key`` a column that the head has: it tells the delimiter.
    """

    error: type[InputError]
    key: str
    max_bytes: int
    max_rows: int


class Table(NamedTuple):
    """The rows, the head first; ``guessed`` where the file does not state its encoding."""

    rows: list[list[str]]
    guessed: bool


def read_table(path: Path, kind: Kind, *, worker: Worker | None = None) -> Table:
    """Return the rows of ``path``; without a ``worker``, one is started for XLSX.

    Raises ``kind.error`` for what is no such table, ``InputError`` where there is no such file.
    """
    untrusted = _bytes(path, kind)
    if untrusted.startswith(b"PK"):
        table = Table(_unpacked(untrusted, kind, worker), guessed=False)
    elif untrusted.startswith(_XLS):
        raise kind.error(
            f"{path.name} is an Excel file of the old kind (.xls). Save it as CSV (UTF-8) or XLSX"
            " and import that."
        )
    else:
        table = _split(path, untrusted, kind)
    if not any(cell.strip() for row in table.rows for cell in row):
        raise kind.error(f"{path.name} is empty.")
    return table


def _bytes(path: Path, kind: Kind) -> bytes:
    try:
        with open_file(path) as stream:
            untrusted = stream.read(kind.max_bytes + 1)
    except (FileNotFoundError, NotADirectoryError, NotAFileError):
        raise InputError(f"There is no file {path.name} there.") from None
    except OSError as error:
        raise InputError(f"{path.name} could not be read ({error.strerror}).") from error
    if len(untrusted) > kind.max_bytes:
        raise kind.error(
            f"{path.name} is larger than {kind.max_bytes >> 20} MiB. Split it and import the"
            " parts."
        )
    return untrusted


def _unpacked(untrusted: bytes, kind: Kind, worker: Worker | None) -> list[list[str]]:
    try:
        if worker is not None:
            return worker.rows(untrusted)
        with Worker() as own:
            return own.rows(untrusted)
    except DocumentError as error:
        raise kind.error(str(error)) from error


def _split(path: Path, untrusted: bytes, kind: Kind) -> Table:
    try:
        text, guessed = encoding.decode(untrusted)
    except Refused as refused:
        raise kind.error(
            f"The letters of {path.name} could not be made out, so nothing was changed. Save it as"
            " CSV (UTF-8)."
        ) from refused
    delimiter = _delimiter(text, kind.key)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(
            _lines(path, text, delimiter, kind), delimiter=delimiter, strict=True
        ):
            rows.append(_within(path, row, len(rows) + 1, kind))
            if len(rows) > kind.max_rows + 1:
                raise kind.error(
                    f"{path.name} has more than {kind.max_rows:,} rows. Split it and import the"
                    " parts."
                )
    except csv.Error as error:
        raise kind.error(
            f"Row {len(rows) + 1} of {path.name} cannot be read: a quotation mark is not closed,"
            " or a cell is too long. Nothing was changed."
        ) from error
    return Table(rows, guessed)


def _lines(path: Path, text: str, delimiter: str, kind: Kind) -> Iterator[str]:
    """Yield the lines of ``text``, before any is split into so many cells that it costs."""
    for number, line in enumerate(io.StringIO(text, newline=""), 1):
        if line.count(delimiter) > _MAX_PARTS:
            raise kind.error(_too_wide("Line", number, path))
        yield line


def _within(path: Path, row: list[str], number: int, kind: Kind) -> list[str]:
    """Return a row without the blank cells beyond the last column there may be."""
    if any(cell.strip() for cell in row[limits.MAX_COLUMNS + 1 :]):
        raise kind.error(_too_wide("Row", number, path))
    return row[: limits.MAX_COLUMNS + 1]


def _too_wide(what: str, number: int, path: Path) -> str:
    return f"{what} {number} of {path.name} has more than {limits.MAX_COLUMNS} columns."


def _delimiter(text: str, key: str) -> str:
    """Return the delimiter with which the first row holds the column ``key``."""
    first = _LINE_END.split(text, maxsplit=1)[0][: 1 << 16]
    for delimiter in _DELIMITERS:
        cells = next(csv.reader([first], delimiter=delimiter), [])
        if any(cell.strip().casefold() == key for cell in cells):
            return delimiter
    return max(_DELIMITERS, key=first.count)
