"""Excel workbooks (.xlsx, .xlsm) in the worker: every sheet, with what it hides.

The parts are read as a stream, found by what points at them; nothing is computed: a formula
counts by the result that was kept beside it.
"""

import re

from reviewer.documents.formats import xlsx_parts
from reviewer.documents.formats.sheet_cells import (
    HIDDEN,
    SHOWN,
    VERY_HIDDEN,
    Book,
    Budget,
    Sheet,
)
from reviewer.documents.formats.word_package import Package
from reviewer.documents.formats.xlsx_parts import Look, Strings
from reviewer.documents.formats.xlsx_sheet import read_sheet
from reviewer.documents.formats.xml import OFF, Attributes, walk
from reviewer.documents.refusals import Refused

MAIN = "xl/workbook.xml"
CODES = {"broken": "sheet-broken", "dtd": "sheet-bomb"}
_STATES = {"hidden": HIDDEN, "veryhidden": VERY_HIDDEN}
_NO_CELLS = {"chartsheet": "a chart", "dialogsheet": "a dialog", "xlMacrosheet": "macros"}
_MOST = 500  # sheets


def book(untrusted: bytes) -> Book:
    """Return a workbook as values. Raises ``Refused``."""
    package = Package(untrusted, code="sheet", main=MAIN)
    if package.main.endswith(".bin"):
        raise Refused("xlsb")
    if package.main not in package.names:
        raise Refused("sheet-broken")
    named, from_1904 = _sheets(package.read(package.main))
    if len(named) > _MOST:
        raise Refused("sheet-bomb")
    look = _look(package, from_1904=from_1904)
    budget = Budget()
    found = Book()
    for sheet, pointer in named:
        relation = package.of_main.get(pointer)
        if relation is None or relation.target not in package.names:
            raise Refused("sheet-broken")
        found.sheets.append(sheet)
        if said := _NO_CELLS.get(relation.kind):
            found.notes.append(f"The sheet “{sheet.name}” is {said}, which is not shown.")
        if not said or relation.kind == "chartsheet":  # which has what is printed around it
            read_sheet(package.read(relation.target), sheet, look, budget)
        xlsx_parts.beside(package, relation.target, sheet, budget)
    found.notes += _unshown(package)
    return found


def _unshown(package: Package) -> list[str]:
    """Return sentences about parts of the workbook that stand on no sheet."""
    notes = []
    if any(name.endswith("vbaProject.bin") for name in package.names):
        notes.append("The workbook holds macros, which were not run and are not shown.")
    if any(one.kind == "externalLink" for one in package.of_main.values()):
        notes.append("Some formulas take values from other files; the last ones are shown.")
    return notes


def _sheets(untrusted: bytes) -> tuple[list[tuple[Sheet, str]], bool]:
    """Return the sheets in order, each with its pointer, and whether days count from 1904."""
    found: list[tuple[Sheet, str]] = []
    from_1904 = False

    def start(name: str, attributes: Attributes) -> None:
        nonlocal from_1904
        if name == "sheet":
            state = _STATES.get(attributes.get("state", "").lower(), SHOWN)
            title = xlsx_parts.unescaped(attributes.get("name", ""))[:200]
            found.append((Sheet(name=title, state=state), attributes.get("id", "")))
        elif name == "workbookPr":
            from_1904 = attributes.get("date1904", "0").lower() not in OFF

    walk(untrusted, start, lambda _: None, lambda _: None, **CODES)
    return found, from_1904


def _look(package: Package, *, from_1904: bool) -> Look:
    """Return what the cells point at: texts and formats."""
    parts: dict[str, bytes] = {}
    for relation in package.of_main.values():
        if relation.kind in {"sharedStrings", "styles"} and relation.target in package.names:
            parts[relation.kind] = package.read(relation.target)
    for kind in ("sharedStrings", "styles"):
        named = [n for n in package.names if re.fullmatch(rf"xl/{kind}\.xml", n, re.IGNORECASE)]
        if kind not in parts and named:
            parts[kind] = package.read(named[0])
    strings = Strings()
    if "sharedStrings" in parts:
        strings.read(parts["sharedStrings"])
    codes, struck = xlsx_parts.formats(parts["styles"]) if "styles" in parts else ([], [])
    return Look(strings=strings.found, codes=codes, struck=struck, from_1904=from_1904)
