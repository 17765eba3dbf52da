"""The rows of a table from outside, CSV or a spreadsheet, as text: a register, a rating sheet.

CSV is decoded and split here: there is nothing in it to unpack, nest or follow. A spreadsheet is
opened only in the worker. Nothing in a cell is ever evaluated.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from reviewer.documents import encoding
from reviewer.documents.grid import STATES, Grid, cell_name
from reviewer.documents.notes import listed
from reviewer.documents.outside import separated
from reviewer.documents.outside.worker import Worker
from reviewer.documents.refusals import SENTENCES, Refused
from reviewer.errors import DocumentError, InputError
from reviewer.files.read import NotAFileError, open_file
from reviewer.messages import plural, say
from reviewer.records.text import look_alike

_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0"
_MARKS = b"urn:schemas-microsoft-com:office:spreadsheet", b"oasis.opendocument.spreadsheet"
_HEAD, _BEFORE = 1 << 16, b"\xef\xbb\xbf\xff\xfe \t\r\n"
_LISTED = 8  # sheets named in a sentence
_LOOKED = 100  # rows, blank ones too, in which the head is looked for


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """What is taken for a table of one kind.

    ``error`` is what a refusal raises, ``key`` a column that the head has: it tells the sheet, the
    head's row, of which at most ``above`` may stand before it, and the delimiter.
    """

    error: type[InputError]
    key: str
    max_bytes: int
    max_rows: int
    above: int = 0


class Table(NamedTuple):
    """The rows, the head first; ``guessed`` where the file does not state its encoding.

    ``top`` rows stand above the head. ``grid`` is the sheet that they are of, where it is one;
    ``notes`` are sentences about what was not read.
    """

    rows: list[list[str]]
    guessed: bool
    top: int = 0
    grid: Grid | None = None
    notes: tuple[str, ...] = ()


def read_table(path: Path, kind: Kind, *, worker: Worker | None = None) -> Table:
    """Return the rows of ``path``; without a ``worker``, one is started for a spreadsheet.

    Raises ``kind.error`` for what is no such table, ``InputError`` where there is no such file.
    """
    untrusted = _bytes(path, kind)
    if untrusted.startswith((_ZIP, _OLE)) or _is_xml(untrusted):
        table = _of_sheets(path, _sheets(untrusted, kind, worker), kind)
    else:
        table = _of_text(path, untrusted, kind)
    if not any(cell.strip() for row in table.rows for cell in row):
        raise kind.error(say("{name} is empty.", name=path.name))
    return table


def unread_formulas(table: Table) -> list[str]:
    """Return what of a sheet cannot be read: formulas whose result the file does not keep."""
    bare = table.grid.bare if table.grid is not None else ()
    return [
        say(
            "Row {number}: {cell} holds a formula without its result. Save the sheet once with the"
            " program that made it.",
            number=row + 1,
            cell=cell_name(row, column),
        )
        for row, column in bare
        if row > table.top
    ]


def hidden_rows(table: Table) -> list[str]:
    """Return the sentence on rows that the sheet hides, which are read too; none for none."""
    hidden = [row for row in (table.grid.hidden_rows if table.grid else ()) if row > table.top]
    if not hidden:
        return []
    return [
        plural(
            "{count} row that the sheet hides was read too.",
            "{count} rows that the sheet hides were read too.",
            count=len(hidden),
        )
    ]


def _is_xml(untrusted: bytes) -> bool:
    """Whether a file is a spreadsheet in one piece of XML: Excel's of 2003, or .fods."""
    start = untrusted[:_HEAD].replace(b"\0", b"")
    return start.lstrip(_BEFORE).startswith(b"<") and any(mark in start for mark in _MARKS)


def head_at(rows: list[list[str]], kind: Kind) -> int | None:
    """Return which row is the head: the first that has the column ``key``; None where none is."""
    above = 0
    for at, row in enumerate(rows[:_LOOKED]):
        if any(look_alike(cell) == kind.key for cell in row):
            return at
        above += any(cell.strip() for cell in row)
        if above > kind.above:
            break
    return None


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


# ---------------------------------------------------------------- text


def _of_text(path: Path, untrusted: bytes, kind: Kind) -> Table:
    try:
        text, guessed = encoding.decode(untrusted)
    except Refused as refused:
        raise kind.error(
            f"The letters of {path.name} could not be made out, so nothing was changed. Save it as"
            " CSV (UTF-8)."
        ) from refused
    try:
        rows = separated.rows(text, kind.key, above=kind.above, most=kind.max_rows)
    except separated.Unreadable as fault:
        raise kind.error(_unreadable(path, fault, kind)) from fault
    top = head_at(rows, kind) or 0
    return Table(rows[top:], guessed, top, None, _above(rows[:top]))


def _unreadable(path: Path, fault: separated.Unreadable, kind: Kind) -> str:
    if fault.what == "rows":
        most = kind.max_rows
        return f"{path.name} has more than {most:,} rows. Split it and import the parts."
    if fault.what == "wide":
        return f"Row {fault.row} of {path.name} has more than {separated.COLUMNS} columns."
    return (
        f"Row {fault.row} of {path.name} cannot be read: a quotation mark is not closed, or text"
        " follows one, or a cell is too long. Nothing was changed. Open it in a spreadsheet"
        " program, put the row right and save it again."
    )


# ---------------------------------------------------------------- spreadsheets


def _sheets(untrusted: bytes, kind: Kind, worker: Worker | None) -> list[Grid]:
    try:
        if worker is not None:
            return worker.sheets(untrusted)
        with Worker() as own:
            return own.sheets(untrusted)
    except DocumentError as error:
        raise kind.error(str(error)) from error


def _of_sheets(path: Path, grids: list[Grid], kind: Kind) -> Table:
    fit = [grid for grid in grids if head_at(grid.rows, kind) is not None]
    shown = [grid for grid in fit if grid.state == STATES[0]]
    if fit and not shown:
        raise kind.error(
            say(
                "{name} was not read: its only sheet with the column “{column}” is the hidden"
                " sheet “{sheet}”. If that is the right one, let the spreadsheet program show it"
                " and save the file again.",
                name=path.name,
                column=kind.key,
                sheet=fit[0].name,
            )
        )
    if not fit and sum(any(grid.rows) for grid in grids) > 1:
        names = listed([f"“{grid.name}”" for grid in grids], _LISTED)
        raise kind.error(
            say(
                "{name} was not read: none of its sheets ({sheets}) has a column “{column}”.",
                name=path.name,
                sheets=names,
                column=kind.key,
            )
        )
    grid = shown[0] if shown else max(grids, key=lambda one: any(one.rows))
    top = head_at(grid.rows, kind) or 0
    if grid.cut or len(grid.rows) - top > kind.max_rows + 1:
        raise kind.error(SENTENCES["sheet-rows"])
    notes = (*_above(grid.rows[:top]), *_unread(grid, shown, grids))
    return Table(grid.rows[top:], guessed=False, top=top, grid=grid, notes=notes)


def _above(rows: list[list[str]]) -> tuple[str, ...]:
    words = [" ".join(cell.split()) for row in rows for cell in row if cell.strip()]
    if not words:
        return ()
    said = listed([f"“{one[:60]}”" for one in words], _LISTED)
    return (say("What stands above the column names was passed over: {words}.", words=said),)


def _unread(taken: Grid, alike: list[Grid], grids: list[Grid]) -> list[str]:
    """Return sentences about the sheets that were not read."""
    notes = [
        say(
            "The sheet “{sheet}” has such a column too, and was not read. If it holds cases, save"
            " it as a file of its own and import that as well.",
            sheet=grid.name,
        )
        for grid in alike
        if grid is not taken
    ]
    others = [grid for grid in grids if grid not in alike and any(grid.rows)]
    if others:
        names = listed([_called(grid) for grid in others], _LISTED)
        notes.append(
            plural(
                "The sheet {sheets} was not read.",
                "The sheets {sheets} were not read.",
                count=len(others),
                sheets=names,
            )
        )
    return notes


def _called(grid: Grid) -> str:
    return f"“{grid.name}”" + ("" if grid.state == STATES[0] else " (hidden)")
