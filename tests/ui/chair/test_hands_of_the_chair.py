"""The chair's rarer ways: a drop that hovers, a cell's ground, the first screen."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QAbstractButton

from reviewer.assets import resource
from reviewer.errors import InputError
from reviewer.method.framework import load
from reviewer.records.cases import Case
from reviewer.records.ids import CaseId, DocumentId, MarkId, MemberId
from reviewer.records.judgement import Anchor, Confidence, Mark, Rating, Reason
from reviewer.records.panel import Member
from reviewer.summary.ground import Cited, Ground, Said
from ui.rooms.agreement.ground import GroundPage
from ui.rooms.merge.drop import DropPlace, returns_in
from ui.rooms.opening.welcome import Choice, WelcomeRoom
from ui.widgets.text import Label

FRAMEWORK = load(resource("frameworks/commission.toml"))


def dropped(*paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def hover(place, data):
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, buttons, keys)
    event.ignore()
    place.dragEnterEvent(event)
    return event.isAccepted()


@pytest.fixture
def place(qtbot, light):
    made = DropPlace()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_the_place_lights_up_while_files_hover_and_goes_dark_when_they_leave(place, tmp_path):
    plain = place.grab().toImage()
    data = dropped(tmp_path / "a.return")
    assert hover(place, data)
    assert place.grab().toImage() != plain
    place.dragLeaveEvent(QDragLeaveEvent())
    assert place.grab().toImage() == plain


def test_what_is_no_file_is_not_taken(place):
    words = QMimeData()
    words.setText("a.return")
    assert not hover(place, words)
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        words,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.ignore()
    given = []
    place.given.connect(given.append)
    place.dropEvent(event)
    assert not given
    assert not event.isAccepted()


def test_what_is_dropped_is_given_as_paths(qtbot, place, tmp_path):
    files = [tmp_path / "a.return", tmp_path / "b.return"]
    for one in files:
        one.write_bytes(b"x")
    data = dropped(*files)  # Qt does not hold it
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    with qtbot.waitSignal(place.given) as told:
        place.dropEvent(event)
    assert told.args == [files]


def test_a_folder_stands_for_the_returns_in_it(tmp_path):
    for name in ("a.return", "b.RETURN", "notes.txt"):
        (tmp_path / name).write_bytes(b"x")
    assert sorted(p.name for p in returns_in([tmp_path])) == ["a.return", "b.RETURN"]
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no return in that folder"):
        returns_in([tmp_path / "empty"])


def test_the_first_screen_offers_the_casebooks_of_late_and_forgets_them(qtbot, light, tmp_path):
    room = WelcomeRoom([str(tmp_path / "northmoor.casebook")])
    qtbot.addWidget(room)
    with qtbot.waitExposed(room):
        room.show()
    buttons = room.findChildren(QAbstractButton)
    (recent,) = [one for one in buttons if one.text() == "northmoor.casebook"]
    assert str(tmp_path) in recent.toolTip()
    with qtbot.waitSignal(room.chosen) as told:
        recent.click()
    assert told.args == [tmp_path / "northmoor.casebook"]
    room.show_recent([])
    qtbot.waitUntil(
        lambda: (
            "northmoor.casebook" not in [one.text() for one in room.findChildren(QAbstractButton)]
        )
    )


def test_a_large_choice_is_made_by_enter(qtbot, light):
    choice = Choice("cases", "Open a casebook", "One that is on this computer.")
    qtbot.addWidget(choice)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        with qtbot.waitSignal(choice.clicked):
            qtbot.keyClick(choice, key)


MEMBER = Member(id=MemberId("m"), name="Ada Vale")
CASE = Case(id=CaseId("c"), reference="INV-014", title="Hatch")
CODE = FRAMEWORK.factors[0].code


def ground(*said):
    return Ground(case=CASE, factor=CODE, said=said)


def words(page):
    return [one.text() for one in page.findChildren(Label)]


@pytest.fixture
def page(qtbot, light):
    made = GroundPage(FRAMEWORK)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_a_cell_that_nobody_rated_says_so_and_leads_back(qtbot, page):
    page.show_ground(ground())
    assert page.back.hasFocus()
    with qtbot.waitSignal(page.left):
        qtbot.keyClick(page, Qt.Key.Key_Escape)


def test_a_cell_shows_reasons_lateness_records_and_pages_and_enter_opens_one(qtbot, page):
    mark = Mark(
        id=MarkId("k"),
        member=MEMBER.id,
        document=DocumentId("d"),
        page=3,
        anchor=Anchor(kind="text", quote="held  face\ndown"),
        note="seven minutes",
    )
    page.show_ground(
        ground(
            Said(
                round=1,
                member=MEMBER,
                rating=Rating(factor=CODE, reason=Reason.MISSING, record="Custody CCTV"),
                late=True,
            ),
            Said(round=2, member=MEMBER, rating=Rating(factor=CODE, value=2)),
            Said(
                round=2,
                member=MEMBER,
                rating=Rating(factor=CODE, value=3, confidence=Confidence.HIGH, comment="Clear."),
                cited=(Cited(mark=mark, title="Custody record"),),
            ),
        )
    )
    told = words(page)
    assert "Missing: Custody CCTV" in told
    assert "confidence high" in told
    assert "\u201cheld face down\u201d" in told
    assert "seven minutes" in told
    assert page.take_focus() is None
    with qtbot.waitSignal(page.shown) as opened:
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Return)
    assert opened.args == [mark]
    page.forget()
    assert "seven minutes" not in [one.text() for one in page._area.widget().findChildren(Label)]
