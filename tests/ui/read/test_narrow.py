"""Two documents in a window of 1366 pixels: nothing scrolls sideways, no reference is cut."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from tests.ui.read.steps import calm, open_document, open_reference
from tests.ui.read.test_beside import both, open_beside, select
from tests.ui.waiting import WAIT
from ui import theme
from ui.rooms.read.terms.columns import counts_kept
from ui.rooms.read.terms.page import TermsPage
from ui.settings import CASES_HIDDEN
from ui.theme import Scheme, Theme
from ui.widgets.rows import SideRow, Sign, shares

NARROW = 1366


@pytest.fixture
def two(qtbot, room):
    room.resize(NARROW, 700)
    both(qtbot, room)
    open_beside(qtbot, room, "999 call")
    return room


def test_beside_two_documents_the_list_of_cases_makes_way_by_itself(qtbot, two):
    assert two.cases.isHidden()
    assert not two.settings.get(CASES_HIDDEN), "it comes back by itself"
    assert two.minimumSizeHint().width() <= NARROW
    two.commands["hide-cases"]()
    qtbot.waitUntil(lambda: two.minimumSizeHint().width() > two._split.widget(1).width())
    assert two.cases.isVisible()
    assert two.minimumSizeHint().width() <= NARROW
    assert not two.settings.get(CASES_HIDDEN)
    two.beside.leave()
    assert two.cases.isVisible()


def test_the_list_comes_back_where_the_sheet_gives_its_room(qtbot, two):
    two.commands["hide-sheet"]()
    assert two.cases.isVisible()
    two.lists.show_sheet()
    assert two.cases.isHidden()
    two.beside.leave()
    assert two.cases.isVisible()


def test_the_foot_gives_its_words_room_before_its_tools(qtbot, two):
    foot = two.beside.pane.reader.foot
    foot.about.set_text("1 mark on this page")
    assert foot._named.isHidden()
    foot.number.setText("")
    foot._share_out()
    qtbot.waitUntil(lambda: foot.about.width() >= foot.about.sizeHint().width(), timeout=WAIT)
    two.resize(2200, 700)
    qtbot.waitUntil(foot._named.isVisible, timeout=WAIT)


def test_the_sheets_head_shows_the_reference_whole(qtbot, two):
    sheet = two.sheet
    case, buttons = sheet.case, sheet.defer
    sheet.resize(sheet.minimumSizeHint().width(), sheet.height())
    case.set_text("INV-2024-000123-A")
    qtbot.waitUntil(lambda: buttons.mapTo(sheet, buttons.rect().topLeft()).y() > case.y() + 4)
    qtbot.waitUntil(lambda: case.width() >= case.sizeHint().width(), timeout=WAIT)
    sheet.resize(700, sheet.height())
    qtbot.waitUntil(lambda: abs(buttons.parent().y() - case.y()) < case.height(), timeout=WAIT)


def test_a_reference_is_never_cut_for_the_state_beside_it(qapp):
    Theme(qapp, scheme=Scheme.LIGHT, text_scale=1.0)
    sign = Sign(text="!", words="a note")
    row = SideRow(first="2018-04", second="A title", state="Not begun yet", signs=(sign,))
    roomy = shares(row, 400)
    assert roomy.beside_first
    assert roomy.first < 400 - roomy.state
    narrow = shares(row, 130)
    assert not narrow.beside_first
    strong = QFontMetrics(theme.font("body", theme.font().Weight.DemiBold))
    assert narrow.first >= strong.horizontalAdvance(row.first)
    assert narrow.second == 130 - narrow.state
    alone = shares(SideRow(first="2018-04", state="Not begun yet"), 130)
    assert (alone.first, alone.state) == (130, 0)


@pytest.mark.parametrize(
    ("wide", "places"),
    [(1000, ("left", "middle", "right")), (640, ("left", "right", "left")), (440, ("left",) * 3)],
)
def test_lists_of_words_stand_under_each_other_where_columns_are_narrow(qtbot, wide, places):
    Theme(QApplication.instance(), scheme=Scheme.LIGHT, text_scale=1.0)
    page = TermsPage()
    qtbot.addWidget(page)
    page.resize(wide, 600)
    page.show()
    parts = (page.lists, page.words, page.where)
    assert page._columns._count == len(set(places))
    qtbot.waitUntil(lambda: page.lists.width() > page.width() // (len(set(places)) + 1))
    lefts = sorted({part.x() for part in parts})
    assert len(lefts) == len(set(places))
    assert page.where.y() > page.lists.geometry().bottom() or len(lefts) == 3


def test_of_a_place_of_words_the_counts_are_never_cut(qapp):
    Theme(qapp, scheme=Scheme.LIGHT, text_scale=1.0)
    metrics = QFontMetrics(theme.font())
    words = "A very long name of a document that nobody can read: 12 pages"
    shown = counts_kept(words, metrics, 200)
    assert shown.endswith(": 12 pages")
    assert metrics.horizontalAdvance(shown) <= 200
    assert shown.startswith("A ver")
    assert counts_kept("Short: 1 page", metrics, 200) == "Short: 1 page"
    assert counts_kept("No counts here at all", metrics, 20) == "No counts here at all"


def test_the_name_of_a_factor_is_not_cut_in_the_card_of_a_mark(qtbot, room):
    open_reference(qtbot, room, "2010-07")
    open_document(qtbot, room, "999 call")
    select(room.reader.view, "four officers")
    room.reader.view.mark_asked.emit()
    calm(qtbot, room)
    mark = room.judging.material.marks[0]
    room.acts.show_card(mark.id, QRect(200, 200, 4, 4))
    attach = room.card.attach
    assert attach.text() == "Attach to Call handling"
    qtbot.waitUntil(lambda: attach.width() >= attach.sizeHint().width(), timeout=WAIT)
