"""Spreadsheets as pages: every sheet in its order, with what the program hides of it.

Cells stand as the sheet shows them, in set tables that keep their columns; below each stand its
remarks, links, and the words beside the cells. What is not there is in a note.
"""

from collections.abc import Callable, Iterator

from reviewer.documents.formats.sheet_cells import MOST_DIGITS, SHOWN, Book, Sheet
from reviewer.documents.formats.typeset import Block
from reviewer.documents.formats.typeset_table import Table, words_of
from reviewer.documents.grid import cell_name, column_name
from reviewer.documents.notes import listed, told
from reviewer.records.text import clean

_LISTED = 8


def reader(read: Callable[[bytes], Book]) -> Callable[[bytes], tuple[list[Block], list[str]]]:
    """Return the reader of documents that shows what ``read`` makes of a file."""

    def blocks(untrusted: bytes) -> tuple[list[Block], list[str]]:
        return pages_of(read(untrusted))

    return blocks


def pages_of(book: Book) -> tuple[list[Block], list[str]]:
    """Return a spreadsheet as blocks, and sentences about what is hidden or not shown."""
    blocks: list[Block] = []
    several = len(book.sheets) > 1
    for number, sheet in enumerate(book.sheets, 1):
        blocks += _sheet(sheet, f"Sheet {number}: {sheet.name}" if several else sheet.name)
    return blocks, [*_hidden(book), *_formulas(book), *_long(book), *_pictures(book), *book.notes]


def _sheet(sheet: Sheet, title: str) -> Iterator[Block]:
    state = "" if sheet.state == SHOWN else f" ({sheet.state})"
    title = clean(f"{title}{state}")
    if any(cell.text.strip() for row in sheet.rows.values() for cell in row.values()):
        yield _table(sheet, title)
    else:
        yield Block(text=title, style="heading", fresh=True)
        yield Block(text="This sheet holds no cells with content.", style="small")
    yield from _below("Notes at cells", _placed(sheet, sheet.remarks))
    yield from _below("Where links lead", _placed(sheet, sheet.links))
    yield from _below("Beside the cells", sheet.loose)
    yield from _below("Asked of who fills it in", [clean(line) for line in sheet.asked])


def _below(title: str, lines: list[str]) -> Iterator[Block]:
    if lines:
        yield Block(text=title, style="minor")
        for line in lines:
            yield Block(text=line, style="small")


def _placed(sheet: Sheet, found: dict[tuple[int, int], str]) -> list[str]:
    lines = []
    for place, words in sorted(found.items()):
        cell = sheet.rows.get(place[0], {}).get(place[1])
        if cell is None or cell.text != words:
            lines.append(f"{cell_name(*place)}: {clean(words)}")
    return lines


def _table(sheet: Sheet, title: str) -> Table:
    """Return the cells of a sheet as a table, without the blank rows and columns around them."""
    filled = {
        at: row
        for at, row in sheet.rows.items()
        if any(cell.text.strip() for cell in row.values())
    }
    top, bottom = min(filled), max(filled)
    columns = [at for row in filled.values() for at, cell in row.items() if cell.text.strip()]
    left, right = min(columns), max(columns)
    kept = [at for at in range(top, bottom + 1) if at in filled or at - 1 in filled]
    rows, numbers = [], set()
    for number, at in enumerate(kept):
        row = [""] * (right - left + 1)
        for column, cell in filled.get(at, {}).items():
            if left <= column <= right:
                row[column - left] = cell.text.strip("\n")
                if cell.number:
                    numbers.add((number, column - left))
        rows.append(row)
    places = {at: number for number, at in enumerate(kept)}
    return Table(
        text=words_of(rows),
        title=title,
        rows=rows,
        labels=[f"{at + 1} hidden" if at in sheet.hidden_rows else str(at + 1) for at in kept],
        heads=[
            column_name(at) + (" hidden" if sheet.is_hidden(at) else "")
            for at in range(left, right + 1)
        ],
        numbers=frozenset(numbers),
        spans={
            (places[first], start - left): end - start + 1
            for first, start, _, end in sheet.merged
            if first in places and start >= left
        },
        shaded=frozenset(places[at] for at in sheet.hidden_rows if at in places),
    )


# ---------------------------------------------------------------- what to know


def _hidden(book: Book) -> list[str]:
    notes = []
    sheets = [f"“{sheet.name}”" for sheet in book.sheets if sheet.state != SHOWN]
    if sheets:
        notes.append(
            f"Sheets that the spreadsheet hides are shown here too: {listed(sheets, _LISTED)}."
        )
    rows: list[str] = []
    columns: list[str] = []
    veiled: list[str] = []
    for sheet in book.sheets:
        within = f" of “{sheet.name}”" if len(book.sheets) > 1 else ""
        rows += [
            f"{at + 1}{within}" for at in sorted(sheet.hidden_rows) if _holds(sheet.rows.get(at))
        ]
        used = {column for row in sheet.rows.values() for column in row}
        columns += [f"{column_name(at)}{within}" for at in sorted(used) if sheet.is_hidden(at)]
        veiled += [
            cell_name(at, column) + within
            for at, row in sheet.rows.items()
            for column, cell in row.items()
            if cell.veiled
        ]
    for what, found in (("Rows", rows), ("Columns", columns), ("Cells", veiled)):
        if found:
            notes.append(
                f"{what} that the spreadsheet hides are shown here too: {listed(found, _LISTED)}."
            )
    return notes


def _holds(row: object) -> bool:
    return bool(row)


def _formulas(book: Book) -> list[str]:
    bare: list[str] = []
    results = 0
    for sheet in book.sheets:
        within = f" of “{sheet.name}”" if len(book.sheets) > 1 else ""
        for at, row in sheet.rows.items():
            for column, cell in row.items():
                results += cell.formula and not cell.bare
                if cell.bare:
                    bare.append(cell_name(at, column) + within)
    notes = []
    if results:
        notes.append(
            f"Formulas are shown by their last results, as the file keeps them: {results:,}."
        )
    if bare:
        notes.append(
            "Formulas whose results the file does not hold stand there themselves:"
            f" {listed(bare, _LISTED)}."
        )
    return notes


def _long(book: Book) -> list[str]:
    long = [
        cell_name(at, column) + (f" of “{sheet.name}”" if len(book.sheets) > 1 else "")
        for sheet in book.sheets
        for at, row in sheet.rows.items()
        for column, cell in row.items()
        if cell.long
    ]
    if not long:
        return []
    first = f"Numbers of more than {MOST_DIGITS} digits, of which spreadsheets keep the first"
    rest = "the others may not be those that were typed"
    return [f"{first} {MOST_DIGITS}; {rest}: {listed(long, _LISTED)}."]


def _pictures(book: Book) -> list[str]:
    notes: list[str] = []
    pictures = sum(sheet.pictures for sheet in book.sheets)
    charts = sum(sheet.charts for sheet in book.sheets)
    objects = sum(sheet.objects for sheet in book.sheets)
    if pictures:
        notes.append(told(f"Pictures that are not shown: {pictures:,}.", pictures=pictures))
    if charts:
        notes.append(
            told(
                f"Charts that are not drawn here: {charts:,}. Their cells are shown.",
                charts=charts,
            )
        )
    if objects:
        notes.append(
            told(
                f"Files within the spreadsheet that are not shown: {objects:,}.",
                attachments=objects,
            )
        )
    return notes
