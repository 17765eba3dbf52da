"""Rating sheets: one member's ratings as CSV or XLSX, out and in.

Columns ``case,factor,value,confidence,comment,evidence,record,was``, one row a case and factor.
``value`` is a point of the scale, a reason word, or blank. A row with some content replaces that
rating as a whole. A row that was emptied clears it, which is named; one that was blank when the
sheet was written (``was`` says so) and is blank still leaves what has been rated since. Other
columns are ignored and named. All faults are listed and nothing is changed where there is one.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reviewer.casebook.book import About, Casebook
from reviewer.errors import InputError, SheetError, StateError
from reviewer.exchange.cells import Cell, as_xlsx, read_rows
from reviewer.exchange.pages import PageNames, marks_on
from reviewer.files.write import write_whole
from reviewer.method.framework import Framework
from reviewer.records.cases import Case
from reviewer.records.cells import MOST_UNITS, as_csv, safe_cell, units
from reviewer.records.ids import CaseId
from reviewer.records.judgement import Confidence, Mark, Rating, Reason
from reviewer.records.text import clean, clean_line, counted
from reviewer.rounds.allocation import allocated, asked
from reviewer.rounds.standing_ratings import own_before

COLUMNS = ("case", "factor", "value", "confidence", "comment", "evidence", "record", "was")
_REQUIRED, _CONTENT = COLUMNS[:6], COLUMNS[2:7]
_WIDTHS = (16, 12, 14, 12, 60, 40, 24, 12)  # characters
EARLIER = ("earlier", "earlier_comment", "earlier_evidence")  # to read in a later round
_EARLIER_WIDTHS = (14, 60, 40)
_BLANK = "blank"  # what ``was`` says where nothing stood
_REPORT = frozenset(("member", "reason"))  # columns of a report's ratings, which are no sheet
_WHOLE = re.compile(r"([0-9]+)[.,]0+")  # how some programs write a whole number
_MOST_FAULTS = 200  # lines; a wholly wrong file needs no more to be recognised


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetRead:
    """What an import did: ``rows`` with content, of which ``changed`` and ``unchanged`` ratings.

    ``untouched`` rows were empty and nothing stood there; ``marks`` page marks were made for
    evidence. ``cleared`` has a sentence for each rating that an emptied row took away (it is one
    of ``changed``), ``left`` one for each that was made after the sheet was written and stays;
    ``ignored`` are the columns that were not read.
    """

    rows: int
    changed: int
    unchanged: int
    untouched: int
    marks: int
    cleared: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()


def export_sheet(book: Casebook, path: Path, *, overwrite: bool = False) -> int:
    """Write the ratings of whoever rates in ``book`` to ``path`` (.csv or .xlsx).

    Every allocated case and factor has a row, blank ones too; in a later round, each cell of the
    agenda, beside it what the same person said of it before. Returns the number of rows. Raises
    ``InputError`` for another kind of file or a taken name, ``StateError`` where nobody rates.
    """
    book.finish_checks()
    about = _rater(book)
    kind = path.suffix.casefold()
    if kind not in {".csv", ".xlsx"}:
        raise InputError("A rating sheet is a .csv or an .xlsx file. Give it one of these names.")
    wanted = asked(book, about)
    rows: list[Sequence[Cell]] = [COLUMNS if wanted is None else (*COLUMNS, *EARLIER)]
    before = {} if wanted is None else own_before(book, about)
    for case in allocated(book, about):
        rows += _rows_of(book, about, case, wanted, before)
    data = as_csv(rows) if kind == ".csv" else as_xlsx(rows, (*_WIDTHS, *_EARLIER_WIDTHS))
    write_whole(path, data, overwrite=overwrite)
    return len(rows) - 1


def import_sheet(book: Casebook, path: Path) -> SheetRead:
    """Take the ratings in a sheet, all in one undoable step; the same sheet again changes nothing.

    Raises ``SheetError`` whose ``details`` list every fault with its row, ``StateError`` where the
    round is sealed or nobody rates.
    """
    about = _rater(book)
    book.ratings.require_open(about.round)
    lines, ignored = _lines(read_rows(path))
    reader = _Reader(book, about)
    for number, line in lines:
        reader.read(number, line)
    if reader.faults:
        left = len(reader.faults) - _MOST_FAULTS
        raise SheetError(
            f"Nothing was changed, because {path.name} has {counted(len(reader.faults), 'fault')}:"
            f" {reader.faults[0]}",
            details=[
                *reader.faults[:_MOST_FAULTS],
                *([f"... and {left} more."] if left > 0 else []),
            ],
        )
    if reader.changed:
        book.ratings.put_all(
            about.member, about.round, reader.changed, marks=reader.made, action="import sheet"
        )
    return SheetRead(
        rows=len(reader.changed) + reader.unchanged,
        changed=len(reader.changed),
        unchanged=reader.unchanged,
        untouched=reader.untouched,
        marks=len(reader.made),
        cleared=tuple(reader.cleared),
        left=tuple(reader.left),
        ignored=tuple(ignored),
    )


def _rater(book: Casebook) -> About:
    about = book.about
    if not about.member:
        raise StateError("Nobody rates in this casebook, so it has no rating sheet.")
    return about


def _rows_of(
    book: Casebook,
    about: About,
    case: Case,
    wanted: frozenset[tuple[CaseId, str]] | None,
    before: Mapping[tuple[CaseId, str], Rating],
) -> list[Sequence[Cell]]:
    ratings = book.ratings.of(about.member, case.id, about.round)
    names = PageNames(book.documents.of(case.id))
    marks = {mark.id: mark for mark in book.marks.of_case(about.member, case.id)}
    rows: list[Sequence[Cell]] = []
    for code in about.framework.codes:
        if wanted is not None and (case.id, code) not in wanted:
            continue
        rating = ratings.get(code, Rating(factor=code))
        value = _value(rating)
        old = before.get((case.id, code), Rating(factor=code))
        there = (_value(old), old.comment, names.spell(marks[mark] for mark in old.evidence))
        rows.append(
            (
                case.reference,
                code,
                value,
                rating.confidence.value if rating.confidence else "",
                rating.comment,
                names.spell(marks[mark] for mark in rating.evidence),
                rating.record,
                _was(rating),
                *(there if wanted is not None else ()),
            )
        )
    return rows


def _value(rating: Rating) -> Cell:
    if rating.reason is not None:
        return rating.reason.value
    return "" if rating.value is None else rating.value


def _lines(rows: Sequence[Sequence[str]]) -> tuple[list[tuple[int, dict[str, str]]], list[str]]:
    """Return (row number, cells by column) of all rows that are not empty, and columns ignored."""
    heads = [clean_line(cell).casefold() for cell in rows[0]] if rows else []
    while heads and not heads[-1]:
        heads.pop()
    missing = [name for name in _REQUIRED if name not in heads]
    if set(heads) >= _REPORT:
        raise SheetError(
            "This is the ratings file of a report, not a rating sheet, so nothing was changed."
        )
    ignored = [head or "(no name)" for head in heads if head not in {*COLUMNS, *EARLIER}]
    mistyped = [head for head in ignored if "record" not in heads and head.startswith("record")]
    twice = sorted({head for head in heads if head in COLUMNS and heads.count(head) > 1})
    for names, sentence in (
        (missing, "lacks the column"),
        (mistyped, "has no column record, but"),
        (twice, "has a column twice:"),
    ):
        if names:
            raise SheetError(
                f"The sheet {sentence} {', '.join(names)[:200]}. Its first row must read"
                f" {','.join(COLUMNS)}."
            )
    wide = [n for n, row in enumerate(rows[1:], 2) if any(c.strip() for c in row[len(heads) :])]
    if wide:
        raise SheetError(
            f"Row {wide[0]} of the sheet has more cells than the first row has names, so nothing"
            " was changed. A comma or quotation mark may be out of place.",
            details=[f"Row {number} has too many cells." for number in wide[:_MOST_FAULTS]],
        )
    lines = []
    for number, row in enumerate(rows[1:], 2):
        if any(cell.strip() for cell in row):
            cells = dict(zip(heads, row, strict=False))
            lines.append((number, dict.fromkeys(COLUMNS, "") | cells))
    return lines, ignored


@dataclass
class _Reader:
    """Reads line after line; nothing is written before all are read."""

    book: Casebook
    about: About
    faults: list[str] = field(default_factory=list)
    changed: list[tuple[CaseId, Rating]] = field(default_factory=list)
    made: list[Mark] = field(default_factory=list)
    cleared: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    unchanged: int = 0
    untouched: int = 0

    def __post_init__(self) -> None:
        self._cases = {case.reference: case for case in allocated(self.book, self.about)}
        self._values = _values(self.about.framework)
        self._codes = {code.casefold(): code for code in self.about.framework.codes}
        self._seen: dict[tuple[CaseId, str], int] = {}
        self._known: dict[CaseId, _Known] = {}

    def read(self, number: int, line: Mapping[str, str]) -> None:
        """Read one row; a row with a fault is told and left."""
        reference, factor = clean_line(line["case"]), clean_line(line["factor"])
        case, code = self._cases.get(reference), self._codes.get(factor.casefold())
        faults: list[str] = []
        if case is None:
            faults.append(
                f"there is no case {reference!r} here" if reference else "it names no case"
            )
        if code is None:
            faults.append(
                f"the framework has no factor {factor!r}" if factor else "it names no factor"
            )
        if case is None or code is None:
            self._tell(number, faults)
            return
        first = self._seen.setdefault((case.id, code), number)
        if first != number:
            self._tell(number, [f"{reference} and {code} stand in row {first} already"])
            return
        if not any(line[name].strip() for name in _CONTENT):
            self._clear(case, code, was=_word(line["was"]))
            return
        self._rate(number, case, code, line)

    def _clear(self, case: Case, code: str, *, was: str) -> None:
        """Take the rating of an emptied row away, and say what stood there."""
        old = self._of(case).ratings.get(code)
        if old is None:
            self.untouched += 1
            return
        cell = f"{case.reference} {code}"
        if was == _BLANK:
            self.left.append(f"{cell} was rated after the sheet was written: {_said(old)} stays.")
            return
        self.changed.append((case.id, Rating(factor=code)))
        earlier = self._earlier(case, code)
        again = f"; your rating of round {earlier} stands again" if earlier else ""
        self.cleared.append(f"{cell}: {_said(old)} was cleared{again}.")

    def _earlier(self, case: Case, code: str) -> str:
        """Return the newest earlier round in which the cell was rated, with the rating; or ""."""
        for number in range(self.about.round - 1, 0, -1):
            found = self.book.ratings.of(self.about.member, case.id, number).get(code)
            if found is not None:
                return f"{number} ({_said(found)})"
        return ""

    def _of(self, case: Case) -> "_Known":
        if case.id not in self._known:
            self._known[case.id] = _Known.of(self.book, self.about, case)
        return self._known[case.id]

    def _rate(self, number: int, case: Case, code: str, line: Mapping[str, str]) -> None:
        known = self._of(case)
        old = known.ratings.get(code, Rating(factor=code))
        word, sure = _word(line["value"]), _word(line["confidence"])
        places, faults = known.names.read(line["evidence"])
        faults += _cut(line, old)
        if word and word not in self._values:
            faults.append(f"{line['value'].strip()[:40]!r} is neither on the scale nor a reason")
        if sure and sure not in set(Confidence):
            faults.append(f"the confidence {line['confidence'].strip()[:40]!r} is not known")
        if line["record"].strip() and self._values.get(word, (None, None))[1] != Reason.MISSING:
            faults.append(f"a record is named, though the value is not {Reason.MISSING.value!r}")
        if faults:
            self._tell(number, faults)
            return
        cited = [known.marks[mark] for mark in old.evidence]
        evidence, made = marks_on(
            places, cited=cited, known=list(known.marks.values()), member=self.about.member
        )
        if set(evidence) == set(old.evidence):
            evidence = old.evidence
        value, reason = self._values[word]
        rating = Rating(
            factor=code,
            value=value,
            reason=reason,
            confidence=Confidence(sure) if sure else None,
            comment=clean(line["comment"]),
            record=clean(line["record"]),
            evidence=evidence,
        )
        if rating == old:
            self.unchanged += 1
            return
        self.changed.append((case.id, rating))
        self.made += made
        known.marks |= {mark.id: mark for mark in made}

    def _tell(self, number: int, faults: Sequence[str]) -> None:
        self.faults += [f"Row {number}: {fault}." for fault in faults]


@dataclass
class _Known:
    """What stands in one case before the import."""

    names: PageNames
    ratings: Mapping[str, Rating]
    marks: dict[str, Mark]

    @classmethod
    def of(cls, book: Casebook, about: About, case: Case) -> "_Known":
        return cls(
            names=PageNames(book.documents.of(case.id)),
            ratings=book.ratings.of(about.member, case.id, about.round),
            marks={mark.id: mark for mark in book.marks.of_case(about.member, case.id)},
        )


def _values(framework: Framework) -> dict[str, tuple[int | None, Reason | None]]:
    """Return what each word in the value column stands for."""
    found: dict[str, tuple[int | None, Reason | None]] = {"": (None, None)}
    for words in framework.reasons:
        for name in (words.reason.value, words.label):
            found[_word(name)] = (None, words.reason)
    found |= {str(value): (value, None) for value in framework.values}
    return found


def _word(cell: str) -> str:
    """Return a cell's word as it is looked up: small letters, hyphens for spaces, 3 for 3.0."""
    word = clean_line(cell).casefold().replace(" ", "-")
    whole = _WHOLE.fullmatch(word)
    return whole[1] if whole else word


def _was(rating: Rating) -> Cell:
    """Return what the sheet says stood there when it was written."""
    if rating == Rating(factor=rating.factor):
        return _BLANK
    value = _value(rating)
    return "no value" if value == "" else value


def _said(rating: Rating) -> str:
    """Return what stood in a cell, in a word or two."""
    if rating.reason is not None:
        return rating.reason.value
    return "what was written" if rating.value is None else str(rating.value)


def _cut(line: Mapping[str, str], old: Rating) -> list[str]:
    """Return a fault for each text that ends where Excel cuts, unless it stands there already."""
    return [
        f"the {name} is {MOST_UNITS:,} characters long, where spreadsheets cut a text: part of it"
        " may be lost, so type it in Reviewer"
        for name, text in (("comment", old.comment), ("record", old.record))
        if units(safe_cell(line[name])) == MOST_UNITS and clean(line[name]) != text
    ]
