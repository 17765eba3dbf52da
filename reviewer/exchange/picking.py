"""Which cells of the agenda a round asks for, as a spreadsheet names them."""

from pathlib import Path

from reviewer.casebook.book import Casebook
from reviewer.errors import SheetError
from reviewer.exchange.cells import read_rows
from reviewer.rounds.allocation import Cell

_COLUMNS = ("case", "factor")


def read_cells(book: Casebook, path: Path) -> frozenset[Cell]:
    """Return the cells that a CSV or XLSX file names: columns ``case`` and ``factor``, others not.

    Raises ``SheetError`` that names the row where a case or factor is not there, ``InputError``
    where there is no such file.
    """
    rows = read_rows(path)
    heads = [head.strip().casefold() for head in rows[0]]
    if not set(_COLUMNS) <= set(heads):
        raise SheetError(f"{path.name} needs the columns case and factor, with these heads.")
    at = [heads.index(name) for name in _COLUMNS]
    cases = {case.reference: case.id for case in book.cases.all()}
    codes = set(book.about.framework.codes)
    found = set()
    for number, row in enumerate(rows[1:], start=2):
        reference, factor = (row[n].strip() if n < len(row) else "" for n in at)
        if not reference and not factor:
            continue
        if reference not in cases or factor not in codes:
            what = f"case {reference!r}" if reference not in cases else f"factor {factor!r}"
            raise SheetError(f"Row {number} of {path.name}: there is no {what}.")
        found.add((cases[reference], factor))
    return frozenset(found)
