"""What the register says is shown as it was typed, and whole."""

from PySide6.QtWidgets import QLabel

from reviewer.records.cases import Case
from reviewer.records.ids import CaseId
from tests.books import framework
from ui.rooms.cases.detail import CaseDetail, CaseMaterial
from ui.widgets.rating import SegmentedRating
from ui.widgets.whole import Whole

URL = "https://example.org/" + "averylongpathwithoutabreak" * 4 + "/again?x=1"


def test_headings_and_values_are_shown_as_typed_and_whole(qtbot, light):
    attributes = {
        "Date of Death": "12/03/2010",
        "Age (years)": "047",
        "A&E visits": "=SUM(A1:A3)",
        "<b>Bold</b>": "<i>x</i> & y",
        "Source": URL,
    }
    detail = CaseDetail()
    qtbot.addWidget(detail)
    detail.resize(330, 700)
    case = Case(id=CaseId("1"), reference="C-1", title="First", attributes=attributes)
    detail.show_case(CaseMaterial(case=case, documents=()))
    with qtbot.waitExposed(detail):
        detail.show()
    shown = [label.text() for label in detail.findChildren(QLabel)]
    assert set(attributes) <= set(shown)
    assert {"12/03/2010", "047", "=SUM(A1:A3)", "<i>x</i> & y"} <= set(shown)
    whole = next(w for w in detail.findChildren(Whole) if w.toPlainText() == URL)
    assert whole.lines >= 3
    assert whole.height() >= whole.lines * whole.fontMetrics().lineSpacing()
    assert whole.document().idealWidth() <= whole.viewport().width()


def test_beside_a_rating_no_reason_looks_chosen(qtbot, light):
    made = framework()
    rating = SegmentedRating(made.scale, made.reasons)
    qtbot.addWidget(rating)
    for value in (None, 3):
        rating.show_rating(value, None)
        assert rating.reason_field.text() == "or why not"
