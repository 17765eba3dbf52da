"""Excel files of the old kind: cells as they are shown, and what stands beside them."""

import struct

import pytest

from reviewer.documents.formats import xls
from reviewer.documents.refusals import Refused
from reviewer.errors import DocumentError
from reviewer.intake.register import read_register
from tests.reviewer.documents import old_excel as made
from tests.reviewer.documents.compound import compound
from tests.reviewer.documents.test_sheet_pages import shown


def only(records, *strings):
    (sheet,) = xls.book(made.workbook(("Log", 0, records), strings=strings)).sheets
    return sheet


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (made.number(0, 0, 12, made.NOUGHTS), "0012"),
        (made.number(0, 0, 40360, made.MONTH), "2010-07"),
        (made.number(0, 0, 43526, made.DAY), "02/03/2019"),
        (made.number(0, 0, 0.1 + 0.2), "0.3"),
        (made.truth(0, 0, 1), "TRUE"),
        (made.text(0, 0, 0), "not"),
        (made.text(0, 0, 0, made.STRUCK), "[struck out: not]"),
        (made.formula(0, 0, 3.0), "3"),
    ],
)
def test_a_cell_is_what_the_sheet_shows(cell, text):
    assert only(cell, "not").rows[0][0].text == text


def test_what_a_cell_is_besides_is_known():
    sheet = only(
        made.formula(0, 0, 3.0)
        + made.number(1, 0, 7, made.VEILED)
        + made.number(2, 0, 43526, made.DAY)
        + made.merged((0, 1, 0, 0))
    )
    assert sheet.rows[0][0].formula
    assert sheet.rows[1][0].veiled
    assert sheet.rows[2][0].exact == "2019-03-02"
    assert sheet.merged == [(0, 0, 1, 0)]


def test_everything_stands_on_the_pages_or_in_a_note(worker):
    box, note = made.remark(1, 1, "who wrote this?")
    records = made.text(0, 0, 0) + made.text(1, 0, 1) + made.text(1, 1, 1)
    records += made.hidden_row(1) + made.hidden_column(1) + made.header("&LWard 7&RPage &P")
    records += box + made.drawn(8, 2) + made.drawn(5, 3) + made.drawn(6, 4, "in a box") + note
    untrusted = made.workbook(
        ("Log", 0, records), ("Old", 2, made.text(0, 0, 0)), strings=["time", "pulse"]
    )
    text, notes = shown(worker, untrusted, "a.xls")
    assert "Sheet 1: Log A B hidden 1 time 2 hidden pulse pulse" in text
    assert "B2: Clerk: who wrote this?" in text
    assert "Header or footer: Ward 7 Page" in text
    assert "in a box" in text
    assert text.count("who wrote this?") == 1
    assert "Sheet 2: Old (very hidden) A 1 time" in text
    said = " ".join(notes)
    for told in ("“Old”", "2 of “Log”", "B of “Log”", "Pictures that are not shown: 1.", "Charts"):
        assert told in said


def test_a_sheet_that_is_no_table_is_told():
    book = xls.book(made.workbook(("Plan", 0, b""), kind=2))
    assert "The sheet “Plan” is a chart, which is not shown." in book.notes


def test_macros_and_files_within_are_told():
    whole = made.workbook(("Log", 0, b""))
    at = whole.index(b"\x09\x08")
    packed = compound({
        "Workbook": whole[at : at + 4096], "_VBA_PROJECT_CUR": {"x": b"y"}, "MBD01": {"x": b"y"},
    })  # fmt: skip
    notes = xls.book(packed).notes
    assert any("macros" in note for note in notes)
    assert "Files within the spreadsheet that are not shown: 1." in notes


def test_one_that_opens_only_with_a_password_is_refused_for_that(worker):
    whole = made.workbook(("Log", 0, b""))
    start = whole.index(b"\x09\x08") + 20
    locked = made.record(0x002F, b"\0\0" + bytes(4))
    with pytest.raises(DocumentError, match="password"):
        worker.read(whole[:start] + locked + whole[start + len(locked) :], "a.xls")


def test_one_that_holds_no_workbook_is_refused():
    with pytest.raises(Refused) as told:
        xls.book(compound({"Workbook": b"nothing of the kind"}))
    assert told.value.code == "sheet-broken"


def test_one_whose_sectors_lead_back_ends_soon():
    whole = made.workbook(("Log", 0, made.text(0, 0, 0)), strings=["time"])
    chain = struct.pack("<4I", 1, 2, 3, 4)
    assert whole.count(chain) == 1
    with pytest.raises(Refused):
        xls.book(whole.replace(chain, struct.pack("<4I", 1, 0, 3, 4)))


def test_one_that_says_it_is_longer_than_its_file_is_refused(monkeypatch):
    whole = bytearray(made.workbook(("Log", 0, made.text(0, 0, 0)), strings=["time"]))
    at = whole.index("Workbook".encode("utf-16-le"))
    whole[at + 120 : at + 124] = b"\xff\xff\xff\x7f"
    asked = []
    monkeypatch.setattr("olefile.OleFileIO.openstream", lambda _, name: asked.append(name))
    with pytest.raises(Refused):
        xls.book(bytes(whole))
    assert asked == []


def test_a_register_may_be_of_the_old_kind(tmp_path, worker):
    records = made.text(0, 0, 0) + made.number(1, 0, 12, made.NOUGHTS) + made.hidden_row(1)
    path = tmp_path / "register.xls"
    path.write_bytes(made.workbook(("Log", 0, records), strings=["reference"]))
    register = read_register(path, worker)
    assert [row.reference for row in register.rows] == ["0012"]
    assert any("Row 2 is hidden" in note for note in register.notes)
