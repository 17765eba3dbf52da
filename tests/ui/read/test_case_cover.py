"""The cover of a case: what is known of it, in one place, opened and closed with V."""

from dataclasses import replace

from PySide6.QtCore import Qt

from reviewer.records.cases import Case, Document
from reviewer.records.ids import CaseId, DocumentId
from tests.ui.read.steps import open_document, open_reference
from tests.ui.read.test_lacking import register
from ui.rooms.read.pages.case_cover import parts_of
from ui.rooms.read.queries import CaseMaterial
from ui.widgets.text import Label

CASE = Case(
    id=CaseId("c"),
    reference="2010-07",
    title="Restraint",
    attributes={"Summary": "Held down by four.", "Age": "34", "Ward": " "},
    content_notes=("restraint",),
)
PAPER = Document(
    id=DocumentId("d"), case=CASE.id, title="Log", media="", sha256="", size=1, page_count=2
)


def told(*documents, case=CASE):
    parts = parts_of(CaseMaterial(case=case, documents=documents, places={}))
    return {part.heading: part.lines for part in parts}


def test_it_says_what_the_register_says_and_leaves_out_what_is_empty():
    assert told(PAPER)["What the register says"] == ("Summary: Held down by four.", "Age: 34")
    assert told(PAPER)["Content notes"] == ("restraint",)
    assert "Not in the file" not in told(PAPER)


def test_it_says_how_much_there_is_of_whom_and_from_when():
    one = replace(PAPER, agency="Police", date="2010-03-11", content_note="a death")
    other = replace(PAPER, id=DocumentId("e"), agency="Ambulance", date="2010-03-14")
    assert told(one, other, PAPER)["In the file"] == (
        "3 documents, 6 pages",
        "From: Ambulance, Police",
        "Dated 2010-03-11 to 2010-03-14",
        "1 document has no date in this casebook",
    )
    assert told(one)["In the file"] == (
        "1 document, 2 pages",
        "From: Police",
        "Dated 2010-03-11",
    )
    assert told(one)["Content notes"] == ("restraint", "Log: a death")


def test_a_case_without_anything_says_that_nothing_has_come():
    bare = Case(id=CaseId("c"), reference="1", title="")
    assert told(case=bare) == {"In the file": ("Nothing has come for this case.",)}


def test_v_opens_it_on_the_pages_and_v_or_escape_gives_the_keys_back(qtbot, room):
    register(qtbot, room, "Ward log")
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "999 call")
    view, cover = room.reader.view, room.listing.cover
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_V)
    assert cover.isVisible()
    assert cover.area.hasFocus()
    words = [label.text() for label in cover.area.widget().findChildren(Label)]
    assert "3 documents, 9 pages" in words
    assert any(line.startswith("Ward log, Trust, record R-0001") for line in words)
    assert "Ward log, Trust" in cover.area.accessibleDescription()
    qtbot.keyClick(cover.area, Qt.Key.Key_V)
    assert not cover.isVisible()
    assert view.hasFocus()
    room._centre.head.cover.click()
    assert cover.isVisible()
    qtbot.keyClick(cover.area, Qt.Key.Key_Escape)
    assert not cover.isVisible()
    assert view.hasFocus()


def test_v_on_a_factors_row_and_in_a_field_opens_nothing_and_another_case_closes_it(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    room.sheet.open_factor("SYS-CALL")
    qtbot.keyClick(room.sheet.rows["SYS-CALL"], "v")
    assert not room.listing.cover.isVisible()
    room.listing.turn_cover()
    open_reference(qtbot, room, "2010-08")
    assert not room.listing.cover.isVisible()
    room._find_everywhere("")
    qtbot.keyClicks(room.results.field, "seven")
    assert room.results.field.text() == "seven"
    assert not room.listing.cover.isVisible()
    room.listing.turn_cover()
    room.listing.close()
    assert not room.listing.cover.title.text()
