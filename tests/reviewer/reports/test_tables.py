"""Spreadsheet and CSV: strings as strings, numbers as numbers, nothing hidden, nothing run."""

import csv
import dataclasses
import io
import re
import zipfile
from collections import Counter

import openpyxl
import pytest

from reviewer.records.cells import MOST_UNITS, plain_cell, units
from reviewer.reports.tables import rows, xlsx
from reviewer.reports.tables.xlsx import CUT
from reviewer.summary import kinds
from reviewer.summary.register import RecordsHeld
from reviewer.summary.shapes import Code, Detail
from tests.reviewer.records.test_cells import FORMULAS
from tests.reviewer.reports.whole import check, csv_file, workbook
from tests.reviewer.summary.build import summarised
from tests.reviewer.summary.example import example_panel


@pytest.fixture(scope="module")
def book(small):
    return workbook(small)


@pytest.fixture(scope="module")
def hostile():
    """A summary with every formula in a comment, a record, a title and a piece of evidence."""
    panel = example_panel(members=1, cases=len(FORMULAS))
    details = {}
    for case, text in enumerate(FORMULAS):
        panel.votes[0, case, 0] = 3
        panel.votes[0, case, 1] = Code.MISSING
        details[0, case, 0] = Detail(comment=text, evidence=(text,))
        details[0, case, 1] = Detail(record=text)
    cases = tuple(
        dataclasses.replace(case, title=text)
        for case, text in zip(panel.cases, FORMULAS, strict=True)
    )
    records = tuple(
        dataclasses.replace(one, kind=text, what=text, agency=text)
        for one, text in zip(panel.register.records, FORMULAS, strict=False)
    )
    return summarised(
        dataclasses.replace(
            panel,
            details=details,
            cases=cases,
            title=FORMULAS[0],
            register=RecordsHeld(records=records),
        ),
        resamples=5,
    )


def sheets(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def read(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_workbook_holds_every_sheet_visible_and_frozen(book):
    opened = sheets(book)
    assert opened.sheetnames == [
        *("Summary", "Factors", "Groups", "Cells", "Ratings"),
        *("Agreement", "Agenda", "Returned", "Ledger", "Rounds"),
        *("Completeness", "Records", "Gaps", "Determinations", "Dissents"),
    ]
    for page in opened:
        assert page.sheet_state == "visible"
        assert page.freeze_panes == "A2"


def test_numbers_are_numbers_and_equal_the_summary(small, book):
    opened = sheets(book)
    head, *lines = opened["Factors"].iter_rows(values_only=True)
    for row, line in zip(small.factors, lines, strict=True):
        found = dict(zip(head, line, strict=True))
        assert (found["code"], found["counted"], found["possible"]) == (
            row.code,
            row.counted,
            row.possible,
        )
        assert (found["assessable"], found["low"], found["high"]) == (
            row.assessable,
            row.low,
            row.high,
        )
    _, *cells = opened["Cells"].iter_rows(values_only=True)
    assert [line[7] for line in cells] == [cell.median for cell in small.cells]


def test_the_eight_kinds_have_columns_that_add_up(small, book):
    names = {kind: f"cells_{kind.replace('-', '_')}" for kind in small.kinds}
    opened = sheets(book)
    for sheet in ("Factors", "Groups"):
        head, *lines = opened[sheet].iter_rows(values_only=True)
        for kind, name in names.items():
            assert sum(line[head.index(name)] for line in lines) == small.kinds[kind]
    told = dict(line[:2] for line in opened["Summary"].iter_rows(values_only=True))
    assert [told[f"Cells {word}"] for word in kinds.WORDS.values()] == list(small.kinds.values())
    head, *lines = read(csv_file(small, rows.CELLS))
    found = Counter(line[head.index("kind")] for line in lines)
    assert found == +Counter(dict(small.kinds))
    head, *lines = read(csv_file(small, rows.FACTORS))
    for line in lines:
        got = dict(zip(head, line, strict=True))
        out = ("not_relevant", "blank", "not_allocated")
        for first in ("", "possible_"):
            parts = (f"{first}assessable", f"{first}not_assessable", *out)
            assert sum(int(got[part]) for part in parts) == int(got["cases"])


def test_every_rating_stands_in_the_ratings(small, book):
    _, *lines = sheets(book)["Ratings"].iter_rows(values_only=True)
    assert len(lines) == small.panel.votes.size
    given = sorted(line[4] for line in lines if line[4] is not None)
    assert given == sorted(small.panel.votes[small.panel.votes >= 0].tolist())


def test_what_is_more_than_a_sheet_takes_goes_on_on_another_and_says_so(small, book, monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_ROWS", 20)
    data = workbook(small)
    check("summary.xlsx", io.BytesIO(data))
    read = sheets(data)
    names = [name for name in read.sheetnames if name.startswith("Ratings")]
    assert names == ["Ratings", *(f"Ratings {part}" for part in range(2, len(names) + 1))]
    assert len(names) > 2
    found = []
    for place, name in enumerate(names, 1):
        head, *lines = read[name].iter_rows(values_only=True)
        assert list(head) == [title for title, _ in rows.RATINGS.head]
        if place < len(names):
            assert lines.pop()[0] == f"Continued on the sheet \u201cRatings {place + 1}\u201d."
            assert len(lines) == 20
        found += lines
    _, *whole = sheets(book)["Ratings"].iter_rows(values_only=True)
    assert found == whole


def test_no_sheet_holds_a_formula_a_link_or_a_comment(hostile):
    with zipfile.ZipFile(io.BytesIO(workbook(hostile))) as archive:
        for name in archive.namelist():
            body = archive.read(name)
            assert not re.search(rb"<(f|hyperlink|comment|oleObject)[ >]", body), name
            assert "comment" not in name
            assert "external" not in name


@pytest.mark.parametrize(
    "text", ["<r>a & b</r>", "<r><t>gone</t></r>", "</t></is></c><f>1</f>", "_x000D_", " a\nb "]
)
def test_a_text_that_looks_like_markup_is_written_as_text(text):
    panel = example_panel(members=1, cases=1)
    panel.votes[0, 0, 0] = 3
    panel = dataclasses.replace(panel, details={(0, 0, 0): Detail(comment=text)}, title=text)
    data = workbook(summarised(panel, resamples=5))
    _, first, *_ = sheets(data)["Ratings"].iter_rows(values_only=True)
    assert first[7].replace("_x005F_", "_") == text
    assert sheets(data)["Summary"]["B2"].value.replace("_x005F_", "_") == text


def test_a_formula_comes_back_from_the_workbook_as_it_was_typed(hostile):
    _, *lines = sheets(workbook(hostile))["Ratings"].iter_rows(values_only=True)
    texts = [line[7] for line in lines if line[1] == hostile.panel.framework.codes[0]]
    assert all(text.startswith("'") for text in texts)
    for text, formula in zip(texts, FORMULAS, strict=True):
        # openpyxl leaves XLSX's escapes of controls as they stand.
        back = plain_cell(re.sub("_x([0-9A-F]{4})_", lambda m: chr(int(m[1], 16)), text))
        assert back == formula


def test_a_formula_comes_back_from_the_csv_as_it_was_typed(hostile):
    lines = read(csv_file(hostile, rows.RATINGS))[1:]
    code = hostile.panel.framework.codes[0]
    texts = [line[7] for line in lines if line[1] == code]
    assert [plain_cell(text) for text in texts] == list(FORMULAS)
    for line in (cell for row in lines for cell in row):
        assert line[:1] not in set("=+@\t\r\0") or line == ""


def test_the_workbook_says_only_what_is_allowed(small, book):
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        core, app = archive.read("docProps/core.xml"), archive.read("docProps/app.xml")
        stamps = {info.date_time for info in archive.infolist()}
    assert stamps == {(1980, 1, 1, 0, 0, 0)}
    assert re.findall(rb"<dc:title>(.*?)</dc:title>", core) == [b"Invented inquiry"]
    assert (
        re.findall(rb"<dc:creator>(.*?)</dc:creator>", core) == [b""] or b"<dc:creator/>" in core
    )
    assert set(re.findall(rb">(\d{4}-[^<]*)<", core)) == {b"2026-01-15T10:00:00Z"}
    assert b"Company></Company" in app or b"<Company/>" in app or b"Company" not in app


def test_the_same_summary_gives_the_same_bytes(small, book):
    assert workbook(small) == book


@pytest.mark.parametrize("sign", ["a", "\N{OWL}"])
def test_a_text_longer_than_a_cell_is_cut_visibly(sign):
    panel = example_panel(members=1, cases=1)
    panel.votes[0, 0, 0] = 3
    panel = dataclasses.replace(panel, details={(0, 0, 0): Detail(comment=sign * 40_000)})
    summary = summarised(panel, resamples=5)
    _, *lines = sheets(workbook(summary))["Ratings"].iter_rows(values_only=True)
    assert lines[0][7].endswith(CUT)
    assert units(lines[0][7]) in {MOST_UNITS, MOST_UNITS - 1}
    assert "\ufffd" not in lines[0][7]
    assert len(read(csv_file(summary, rows.RATINGS))[1][7]) == 40_000


def test_csv_opens_as_utf8_in_excel(small):
    data = csv_file(small, rows.RATINGS)
    assert data.startswith(b"\xef\xbb\xbf")
    assert any("Chloë Ashdown" in line for line in read(data))
    assert data.count(b"\r\n") >= small.panel.votes.size
