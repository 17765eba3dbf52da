"""A register as values: a case each, every fault found before anything is changed.

Nothing in a cell is ever evaluated: text that begins with = + - or @ stays that text.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from reviewer.documents import limits
from reviewer.documents.notes import listed
from reviewer.documents.outside.table import Kind, Table, read_table
from reviewer.documents.outside.worker import Worker
from reviewer.errors import RegisterError
from reviewer.intake import places
from reviewer.intake.sheet_rows import meant
from reviewer.messages import say
from reviewer.records.text import clean, clean_line, look_alike, one_alphabet

KNOWN = ("reference", "title", "document", "kind", "agency", "content_note")
_KIND = Kind(
    error=RegisterError,
    key="reference",
    max_bytes=64 << 20,
    max_rows=limits.MAX_ROWS,
    above=20,
)
_GUESSED = "The register does not state its encoding; it was read as Windows-1252."
_MISSING = "has no reference."
LONGEST = 300  # characters of a reference or a title
_MADE = re.compile(
    r"(?:\d{1,2}-)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)-\d{2,4}|\d\.\d+E\+\d+",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One case of a register; ``number`` is the row as a spreadsheet counts it.

    ``more`` are further rows of the same case, for their documents.
    """

    number: int
    reference: str
    title: str
    documents: tuple[str, ...] = ()
    kind: str = ""
    agency: str = ""
    content_notes: tuple[str, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    more: tuple["Row", ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Register:
    """Every row of a register, the columns that became attributes, and those it is known by."""

    rows: tuple[Row, ...]
    attributes: tuple[str, ...]
    known: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()


def read_register(
    path: Path, worker: Worker, *, number_missing: bool = False, dates_as_shown: bool = False
) -> Register:
    """Read and check a register (CSV or a spreadsheet).

    A row without a reference is a fault, since nothing else could tell its case from another at
    the next import; with ``number_missing`` it is called after its row instead (``row-30``). So
    is a reference that the spreadsheet holds as a date, unless ``dates_as_shown`` takes what it
    shows. Raises ``RegisterError`` with one line a fault in ``details``.
    """
    table = read_table(path, _KIND, worker=worker)
    notes = [*([_GUESSED] if table.guessed else []), *table.notes]
    names, faults = _header(table.rows[0] if table.rows else [])
    rows, found, said = _rows(table, names, path.parent, dates_as_shown=dates_as_shown)
    faults, notes = faults + found, notes + said
    rows, named = _named_after_documents(rows)
    notes += named
    if number_missing:
        notes += [
            f"Row {row.number} has no reference; it is now row-{row.number}."
            for row in rows
            if not row.reference
        ]
        rows = [_numbered(row) for row in rows]
    if "reference" in names:  # without it every row has the same fault
        faults += _row_faults(rows)
    if not rows and not faults:
        faults.append("It has a row of column names and no cases below it.")
    if faults:
        raise RegisterError(_summary(path.name, faults), details=faults)
    extra = tuple(name for name in names if name not in KNOWN)
    return Register(
        rows=tuple(rows),
        attributes=extra,
        known=frozenset(names) & frozenset(KNOWN),
        notes=(*notes, *doubts(rows)),
    )


def _rows(
    table: Table, names: list[str], folder: Path, *, dates_as_shown: bool
) -> tuple[list[Row], list[str], list[str]]:
    """Return the rows with a case each, what is wrong with them, and what to know of them."""
    sheet = meant(table, names, dates_as_shown=dates_as_shown)
    faults, rows = sheet.faults, dict[int, Row]()
    for at, cells in enumerate(sheet.rows[1:], 1):
        number = at + table.top + 1
        if at in sheet.unread or not any(cell.strip() for cell in cells):
            continue
        found = _shape_faults(number, cells, names)
        faults += found
        if found:
            continue
        row = _row(number, dict(zip(names, cells, strict=False)), folder)
        first = rows.get(sheet.joined.get(at, -1))
        if first is None:
            rows[at] = row
        else:
            faults += _apart(first, row)
            rows[sheet.joined[at]] = replace(first, more=(*first.more, row))
    return [*rows.values()], faults, sheet.notes


def _apart(first: Row, row: Row) -> list[str]:
    """Return where a further row of one case says other than its first."""
    titled = row.title not in {row.reference, first.title}
    other = [name for name, said in row.attributes.items() if first.attributes.get(name) != said]
    return [
        say(
            "Row {row} belongs to the case of row {first}, whose reference is one merged cell, and"
            " says otherwise in the column {column}. Say it in one way, or part the cell.",
            row=row.number,
            first=first.number,
            column=name[:60],
        )
        for name in [*(["title"] if titled else []), *other]
    ]


def _summary(name: str, faults: list[str]) -> str:
    way_out = ""
    if any(fault.endswith(_MISSING) for fault in faults):
        way_out = " Give every row a reference, or let such rows be numbered (--number-missing)."
    if len(faults) == 1:
        return f"{name} was not imported. {faults[0]}{way_out}"
    return (
        f"{name} was not imported: {len(faults)} faults. Nothing was changed. The first:"
        f" {faults[0]}{way_out}"
    )


def _named_after_documents(rows: list[Row]) -> tuple[list[Row], list[str]]:
    """Call a row without a reference after its first document, and say so.

    The document's name stays the same wherever the row stands, so importing again adds nothing. A
    row that has neither stays without, and is refused.
    """
    named, notes = [], []
    for row in rows:
        stem = PurePosixPath(row.documents[0].replace("\\", "/")).stem if row.documents else ""
        if row.reference or not stem:
            named.append(row)
            continue
        notes.append(f"Row {row.number} has no reference; it is called {stem} after its document.")
        named.append(replace(row, reference=stem, title=row.title or stem))
    return named, notes


def _numbered(row: Row) -> Row:
    if row.reference:
        return row
    name = f"row-{row.number}"
    return replace(row, reference=name, title=row.title or name)


def _header(cells: list[str]) -> tuple[list[str], list[str]]:
    """Return the columns' names (the known ones in lower case) and what is wrong with them."""
    names = [clean_line(cell) for cell in cells]
    while names and not names[-1]:
        names.pop()
    if len(names) > limits.MAX_COLUMNS:
        return names, ["It has more than 200 columns."]
    names = [look_alike(name) if look_alike(name) in KNOWN else name for name in names]
    names = [name or f"column {at}" for at, name in enumerate(names, 1)]
    typed = {look_alike(name): name for name in reversed(names)}
    faults = [
        f"Two columns are called “{typed[name]}”."
        for name, count in Counter(map(look_alike, names)).items()
        if count > 1
    ]
    faults += [
        f"The name of column {at} has more than {LONGEST} characters."
        for at, name in enumerate(names, 1)
        if len(name) > LONGEST
    ]
    if "reference" not in names:
        seen = ", ".join(name[:40] for name in names[:12]) or "none"
        faults.insert(
            0,
            f"It has no column “reference” in its first rows. The first row holds: {seen}.",
        )
    return names, faults


def _shape_faults(number: int, cells: list[str], names: list[str]) -> list[str]:
    faults = []
    if any(cell.strip() for cell in cells[len(names) :]):
        faults.append(f"Row {number} has more cells than there are columns.")
    if any(len(cell) > limits.MAX_CELL for cell in cells):
        faults.append(f"Row {number} has a cell of more than 65,536 characters.")
    return faults


def _row(number: int, cells: Mapping[str, str], folder: Path) -> Row:
    reference = clean_line(cells.get("reference", ""))
    attributes = {
        name: clean(value).strip()
        for name, value in cells.items()
        if name not in KNOWN and value.strip()
    }
    return Row(
        number=number,
        reference=reference,
        title=clean_line(cells.get("title", "")) or reference,
        documents=places.named(folder, cells.get("document", "")),
        kind=clean_line(cells.get("kind", "")),
        agency=clean_line(cells.get("agency", "")),
        content_notes=_several(cells.get("content_note", "")),
        attributes=attributes,
    )


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _row_faults(rows: list[Row]) -> list[str]:
    faults = []
    first: dict[str, Row] = {}
    for row in rows:
        if not row.reference:
            faults.append(f"Row {row.number} {_MISSING}")
        elif (seen := look_alike(row.reference)) in first:
            other = first[seen]
            faults.append(
                f"Row {row.number} has the reference {row.reference[:60]} of row {other.number}."
                if other.reference == row.reference
                else f"Row {row.number} has the reference {row.reference[:60]}, which looks like"
                f" {other.reference[:60]} of row {other.number}: nobody could tell them apart."
            )
        else:
            first[seen] = row
        if max(len(row.reference), len(row.title)) > LONGEST:
            faults.append(f"Row {row.number} has a reference or title of over 300 characters.")
        faults += [
            f"Row {row.number}: the document “{name[:80]}” {why}."
            for one in (row, *row.more)
            for name in one.documents
            if (why := places.fault(name))
        ]
    return faults


def doubts(rows: list[Row]) -> list[str]:
    """Return sentences about references that a spreadsheet may have made, or that look alike."""
    return [*_made(rows), *_twins(rows)]


def _twins(rows: list[Row]) -> list[str]:
    """Return a sentence about references that differ in letters that look the same."""
    alike: dict[str, list[str]] = {}
    for row in rows:
        alike.setdefault(one_alphabet(row.reference), []).append(row.reference[:40])
    pairs = [
        say("{one} and {other}", one=group[0], other=other)
        for group in alike.values()
        for other in group[1:]
    ]
    if not pairs:
        return []
    return [
        say(
            "These references look alike, and differ in a letter of another alphabet, O and 0, or"
            " l, I and 1: {references}. Make sure that each is a case of its own.",
            references=listed(pairs, 6, "; "),
        )
    ]


def _made(rows: list[Row]) -> list[str]:
    made = [row.reference[:40] for row in rows if _MADE.fullmatch(row.reference)]
    if not made:
        return []
    return [
        say(
            "A spreadsheet may have made these references of others (of 2010-07 it makes Jul-10,"
            " of 12E4 1.20E+05); compare them with the papers: {references}.",
            references=listed(made, 6),
        )
    ]
