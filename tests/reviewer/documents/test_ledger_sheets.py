"""Spreadsheets are counted: every cell by one of the ways in which its number may be shown."""

import datetime as dt
import io
import struct
from dataclasses import replace

import pytest
import xlsxwriter

from reviewer.documents.formats.typeset_table import Table
from reviewer.documents.inside.ledger import numbers
from reviewer.documents.inside.ledger.held import Held
from reviewer.documents.inside.ledger.old_workbook import Cells
from tests.reviewer.documents import old_excel as xls
from tests.reviewer.documents.counting import as_it_is, ledger, lost, no_notes, without
from tests.reviewer.documents.test_ledger import png
from tests.reviewer.documents.test_ods import cell as tablecell
from tests.reviewer.documents.test_ods import packed as ods
from tests.reviewer.documents.test_ods import row, sheet
from tests.reviewer.documents.test_slides import p, part, pic, picture, sp
from tests.reviewer.documents.test_slides import packed as slides


def workbook():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet, hidden = book.add_worksheet("Custody"), book.add_worksheet("Lists")
    formats = ["0000", "#,##0.00", "0.0%", "d mmm yyyy", "hh:mm", "0.00E+00", '0 "men"', "General"]
    values = [12, 5234.5, 0.375, dt.date(2021, 6, 17), 0.4375, 123456, 7, 98.6]
    for at, (code, value) in enumerate(zip(formats, values, strict=True)):
        style = book.add_format({"num_format": code})
        sheet.write(at, 0, f"celltext{at}")
        if isinstance(value, dt.date):
            sheet.write_datetime(at, 1, dt.datetime.combine(value, dt.time()), style)
        else:
            sheet.write_number(at, 1, value, style)
    sheet.write_boolean(9, 0, True)
    sheet.write_formula(10, 0, '="a"&"b"', value="workedout")
    sheet.write_comment("A1", "remarked upon")
    sheet.write_url("A12", "https://example.org/far", string="here")
    sheet.set_header('&L&"Arial,Bold"Headline &D')
    sheet.insert_image("D1", "a.png", {"image_data": io.BytesIO(png())})
    hidden.write("A1", "hiddenword")
    hidden.hide()
    book.close()
    return out.getvalue()


def cell(value):
    """Return what drops one cell of a table, wherever it stands."""

    def spoil(blocks, notes):
        return [
            _dropped(block, value) if isinstance(block, Table) else block for block in blocks
        ], notes

    return spoil


def _dropped(table, value):
    rows = [["" if text == value else text for text in row] for row in table.rows]
    return replace(table, rows=rows, text="\n".join("\t".join(row) for row in rows))


def test_an_honest_sheet_leaves_nothing_out(monkeypatch):
    found = ledger(monkeypatch, workbook(), "a.xlsx")
    assert [line for line in found.values() if lost(line)] == []
    assert found["cells"]["held"] == 8


@pytest.mark.parametrize(
    "value", ["0012", "5,234.50", "37.5%", "17 Jun 2021", "10:30", "1.23E+05", "98.6"]
)
def test_a_number_that_is_dropped_is_told(monkeypatch, value):
    line = ledger(monkeypatch, workbook(), "a.xlsx", cell(value))["cells"]
    assert lost(line) == 1
    assert len(line["missing"]) == 1


@pytest.mark.parametrize("value", ["celltext3", "TRUE", "workedout"])
def test_a_cell_with_words_that_is_dropped_is_told(monkeypatch, value):
    line = ledger(monkeypatch, workbook(), "a.xlsx", cell(value))["words"]
    assert line["missing"] == [value.lower()]


@pytest.mark.parametrize(
    ("dropped", "told"),
    [("remarked", "remarked"), ("Headline", "headline"), ("hiddenword", "hiddenword")],
)
def test_what_stands_beside_the_cells_or_is_hidden_is_counted(monkeypatch, dropped, told):
    assert told in ledger(monkeypatch, workbook(), "a.xlsx", without(dropped))["words"]["missing"]


def test_what_a_chart_and_its_rows_are_called_is_counted(monkeypatch):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    chart, sheet = book.add_chart({"type": "bar"}), book.add_worksheet("Custody")
    sheet.write(0, 0, 12)
    chart.add_series({"values": "=Custody!$A$1:$A$1", "name": "Bedseven"})
    chart.set_title({"name": "Pulserate"})
    sheet.insert_chart("C1", chart)
    book.close()
    honest = ledger(monkeypatch, out.getvalue(), "a.xlsx")
    assert [line for line in honest.values() if lost(line)] == []
    spoiled = ledger(monkeypatch, out.getvalue(), "a.xlsx", without("Pulserate"))
    assert spoiled["words"]["missing"] == ["pulserate", "bedseven"]


def test_pictures_and_links_of_a_sheet_are_counted(monkeypatch):
    found = ledger(monkeypatch, workbook(), "a.xlsx", no_notes)
    assert lost(found["pictures"]) == 1
    found = ledger(monkeypatch, workbook(), "a.xlsx", without("example.org"))
    assert found["links"]["missing"] == ["https://example.org/far"]


def open_sheet():
    """Return an OpenDocument spreadsheet with an embedded file and a list of changes."""
    drawn = '<draw:frame><draw:object-ole xlink:href="Object 1"/></draw:frame>'
    table = sheet(
        f"<table:shapes>{drawn}</table:shapes>",
        row(tablecell("0012", "float", office__value=12), tablecell("moved at noon")),
    )
    gone = "<table:tracked-changes><text:p>gone</text:p></table:tracked-changes>"
    return ods(gone, table, more=[("Object 1", b"x")])


def test_an_open_document_sheet_is_counted_with_what_is_embedded(monkeypatch):
    found = ledger(monkeypatch, open_sheet(), "a.ods")
    assert [line for line in found.values() if lost(line)] == []
    assert {"attachments", "changes"} <= found.keys()
    spoiled = ledger(monkeypatch, open_sheet(), "a.ods", cell("0012"))
    assert spoiled["words"]["missing"] == ["0012"]
    bare = ledger(monkeypatch, open_sheet(), "a.ods", no_notes)
    assert {thing for thing, line in bare.items() if lost(line)} == {"attachments", "changes"}


def old_workbook():
    remark, author = xls.remark(1, 1, "who wrote this?", author="Marsh")
    records = (
        xls.header("&LHeadline &P")
        + xls.text(0, 0, 0)
        + xls.number(0, 1, 12, xls.NOUGHTS)
        + xls.number(1, 1, 44364, xls.DAY)
        + xls.number(2, 1, 98.6)
        + xls.formula(3, 1, 0.25)
        + xls.truth(4, 0, 1)
        + xls.text(5, 0, 1)
        + remark
        + author
    )
    strings = ["reference", "long words " * 2]
    return xls.workbook(("Log", 0, records), ("Kept", 1, xls.text(0, 0, 0)), strings=strings)


def test_an_old_workbook_is_counted(monkeypatch):
    found = ledger(monkeypatch, old_workbook(), "a.xls")
    assert [line for line in found.values() if lost(line)] == []
    assert found["cells"]["held"] == 4


@pytest.mark.parametrize("value", ["0012", "17/06/2021", "98.6", "0.25"])
def test_a_number_dropped_of_an_old_workbook_is_told(monkeypatch, value):
    assert lost(ledger(monkeypatch, old_workbook(), "a.xls", cell(value))["cells"]) == 1


@pytest.mark.parametrize(
    ("spoil", "told"),
    [(cell("reference"), "reference"), (without("who wrote"), "marsh"), (cell("TRUE"), "true")],
)
def test_words_dropped_of_an_old_workbook_are_told(monkeypatch, spoil, told):
    words = ledger(monkeypatch, old_workbook(), "a.xls", spoil)["words"]
    assert told in words["missing"]


def test_texts_that_go_on_in_another_record_are_read_whole():
    """A text may change from wide letters to narrow ones where its record ends."""
    table = struct.pack("<II", 2, 2) + struct.pack("<HB", 10, 1) + "Łódź, Ñu".encode("utf-16-le")
    more = b"\0" + b"ab" + struct.pack("<HBH", 3, 8, 1) + b"end" + bytes(4)
    held = Held()
    book = Cells(held)
    book.read(xls.begin(xls.WORKBOOK) + xls.record(0xFC, table) + xls.record(0x3C, more)
              + xls.text(0, 0, 0) + xls.text(0, 1, 1) + xls.text(0, 2, 9))  # fmt: skip
    assert held.pieces == [["łódź", "ñuab"], ["end"]]


def presentation():
    shape = sp(p("Bruise on the arm"), p("0915"))
    return slides(
        shape + pic("a", 'descr="A drawn hand"') + pic("b"),
        sp(p("Second slide")),
        pointed={
            0: [
                ("a", "image", "../media/a.png"),
                ("b", "image", "../media/b.wmf"),
                ("n", "notesSlide", "../notesSlides/n.xml"),
                ("l", "hyperlink", "https://example.org/far", 'TargetMode="External"'),
            ]
        },
        more={
            "ppt/media/a.png": picture(),
            "ppt/media/b.wmf": b"no",
            "ppt/notesSlides/n.xml": part(sp(p("Spoken beside it"), place="body"), root="notes"),
        },
    )


def test_slides_are_counted_with_their_notes_and_pictures(monkeypatch):
    found = ledger(monkeypatch, presentation(), "a.pptx")
    lines = {thing: (line["held"], lost(line)) for thing, line in found.items()}
    assert lines["words"] == (13, 0)
    assert (found["pictures"]["shown"], found["pictures"]["named"]) == (1, 1)


@pytest.mark.parametrize(
    ("dropped", "told"), [("Bruise", "bruise"), ("Spoken", "spoken"), ("drawn hand", "hand")]
)
def test_what_is_dropped_of_a_slide_is_told(monkeypatch, dropped, told):
    words = ledger(monkeypatch, presentation(), "a.pptx", without(dropped))["words"]
    assert told in words["missing"]


def test_rows_of_a_delimited_file_are_counted(monkeypatch):
    raw = b"reference,name\n0012,Ann Drew\n0013,Eve Marsh\n"
    assert lost(ledger(monkeypatch, raw, "a.csv", as_it_is)["words"]) == 0
    assert ledger(monkeypatch, raw, "a.csv", cell("Eve Marsh"))["words"]["missing"] == [
        "eve",
        "marsh",
    ]


@pytest.mark.parametrize(
    ("text", "code", "shown"),
    [
        ("12", "0000", "0012"),
        ("0.1", "0%", "10%"),
        ("1234567.891", "#,##0.0", "1,234,567.9"),
        ("1234567.891", "0.0,,", "1.2"),
        ("0.30000000000000004", "", "0.3"),
        ("1E-07", "0E+00", "1e-07"),
        ("2010007", "0000-000", "2010-007"),
        ("123456789", "000-00-0000", "123-45-6789"),
        ("-5", "", "5"),
        ("not a number", "", "not a number"),
    ],
)
def test_a_number_is_found_however_its_format_writes_it(text, code, shown):
    assert numbers.words_of(shown) in set(numbers.ways(text, code))


@pytest.mark.parametrize(
    ("text", "code", "shown"), [("12", "0000", "12"), ("5234.5", "0.00", "5"), ("0.5", "0", "50")]
)
def test_another_number_is_not_taken_for_it(text, code, shown):
    assert numbers.words_of(shown) not in set(numbers.ways(text, code))


@pytest.mark.parametrize(
    ("text", "shown"),
    [("44364", "17 2021"), ("0.5", "12 00"), ("1.5", "36 00"), ("44364.9", "9pm")],
)
def test_a_moment_is_found_by_its_day_or_its_hour(text, shown):
    assert numbers.words_of(shown) in set(numbers.moments(text, since_1904=False))


@pytest.mark.parametrize("text", ["1E+308", "9" * 400, "nan", "inf", "", "1_000", "٣"])
def test_what_is_no_number_of_a_sheet_ends_soon(text):
    assert len(list(numbers.ways(text))) < 500
    assert len(list(numbers.moments(text, since_1904=True))) < 500


@pytest.mark.parametrize(
    ("code", "timed", "unseen"),
    [
        ("General", False, False),
        ("0000", False, False),
        ("yyyy-mm-dd", True, False),
        ('[Red]"day" 0', False, False),
        ("[h]:mm", True, False),
        ('"yes";"no"', False, True),
        ("# ?/?", False, True),
        ("", False, False),
    ],
)
def test_what_a_format_shows_is_told_from_its_code(code, timed, unseen):
    assert numbers.is_date(164, code) is timed
    assert numbers.unseen(code) is unseen


def test_what_says_how_columns_are_parted_is_no_word_of_a_table(monkeypatch):
    rows = b"alpha;beta\ngamma;delta\n"
    bare, said, read = (
        ledger(monkeypatch, first + rows, "a.csv")["words"]
        for first in (b"", b"sep=;\r\n", b"sep=west;word\n")
    )
    assert (lost(said), said["held"]) == (0, bare["held"])
    assert (lost(read), read["held"]) == (0, bare["held"] + 3)
