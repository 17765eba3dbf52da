"""A mark whose document was replaced: what the room offers, and what becomes of it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from reviewer.records.judgement import Anchor
from tests.books import document
from tests.ui.my_marks.marks import QUOTES, at, everything, rest, stored, told
from ui.rooms.my_marks.grouping import counted
from ui.rooms.my_marks.moved import MovedPart

NEW = ("Something before.", f"{QUOTES[0]}, and then {QUOTES[1]}.", "Sister telephone the ward")
WAIT = 10_000


@pytest.fixture
def replaced(qtbot, room):
    """The first case's document is replaced while the room is open."""

    def correct(book):
        one = book.cases.all()[0]
        new, original, reading = document(one, pages=NEW)
        (old,) = book.documents.of(one.id)
        return book.documents.replace(old.id, new, original, reading, "a page was missing")

    room.desk.do(correct).run()
    rest(qtbot, room)
    return room


def shown(qtbot, room, quote):
    at(room, quote)
    part = room.detail.moved

    def told_of():
        return part.isVisible() and "Looking" not in part.told.text()

    qtbot.waitUntil(told_of, timeout=WAIT)
    return part


def test_a_mark_on_a_page_that_stands_says_nothing_of_it(qtbot, room):
    at(room, QUOTES[0])
    rest(qtbot, room)
    assert room.detail.moved.isHidden()
    assert room.side.moved.isHidden()


def test_those_that_wait_are_counted_and_can_be_shown_alone(qtbot, replaced):
    assert replaced.head.note.endswith("(3 wait for you)")
    assert replaced.side.moved.count.text() == "3"
    replaced.side.moved.tick.setChecked(True)
    assert not {"area", "page"} & set(told(replaced))
    replaced.side.clear_filters()
    assert {"area", "page"} <= set(told(replaced))


def test_that_filter_goes_with_the_last_of_them_and_does_not_come_back_by_itself(replaced):
    side = replaced.side
    side.moved.tick.setChecked(True)
    found = counted(everything(replaced), "", replaced.framework)
    side.show_counts(replace(found, moved=0), 5)
    side.show_counts(found, 5)
    assert not side.moved.isHidden()
    assert not side.chosen.moved


def test_marks_that_are_passed_by_are_not_looked_for(qtbot, replaced):
    part = replaced.detail.moved
    asked = []
    part.look_asked.connect(lambda mark: asked.append(mark.quote))
    for quote in (*QUOTES, *QUOTES[:1]):
        at(replaced, quote)
    qtbot.waitUntil(part.take.isVisible, timeout=WAIT)
    assert asked == [QUOTES[0]]


def test_one_mark_at_a_time_is_looked_for(qtbot, replaced):
    part = MovedPart()
    qtbot.addWidget(part)
    asked = []
    part.look_asked.connect(lambda mark: asked.append(mark.quote))
    first, second = (stored(replaced, quote) for quote in QUOTES[:2])
    part.show_mark(first, read_only=False)
    qtbot.waitUntil(lambda: asked == [QUOTES[0]], timeout=WAIT)
    for mark in (second, first, second):
        part.show_mark(mark, read_only=False)
    qtbot.wait(400)
    assert asked == [QUOTES[0]], "the first is still being looked for"
    part.show_found(None)
    qtbot.waitUntil(lambda: asked == list(QUOTES[:2]), timeout=WAIT)
    part.show_found(None)
    qtbot.wait(400)
    assert asked == list(QUOTES[:2]), "what came to nothing is not asked for again by itself"


def test_a_mark_is_taken_along_when_its_maker_says_so_and_not_before(qtbot, replaced):
    before = stored(replaced, QUOTES[0])
    part = shown(qtbot, replaced, QUOTES[0])
    assert part.told.text().startswith("Found word for word on page 2")
    assert QUOTES[0] in part.strip.accessibleName()
    assert stored(replaced, QUOTES[0]) == before
    qtbot.mouseClick(part.take, Qt.MouseButton.LeftButton)
    rest(qtbot, replaced)
    after = stored(replaced, QUOTES[0])
    assert (after.id, after.page, after.factors) == (before.id, 2, before.factors)
    assert after.document == before.newer
    assert part.isHidden()


def test_a_doubtful_place_says_how_alike_it_is(qtbot, replaced):
    part = shown(qtbot, replaced, QUOTES[2])
    assert "% alike" in part.told.text()
    assert part.take.isVisible()


def test_a_mark_that_is_left_can_be_asked_about_again(qtbot, replaced):
    part = shown(qtbot, replaced, QUOTES[0])
    qtbot.mouseClick(part.leave, Qt.MouseButton.LeftButton)
    rest(qtbot, replaced)
    assert stored(replaced, QUOTES[0]).left
    at(replaced, QUOTES[0])
    assert part.told.text() == "You left this mark on the document as it was."
    assert part.take.isHidden()
    qtbot.mouseClick(part.again, Qt.MouseButton.LeftButton)
    rest(qtbot, replaced)
    assert stored(replaced, QUOTES[0]).newer
    shown(qtbot, replaced, QUOTES[0])
    assert part.take.isVisible()


def test_what_is_not_found_offers_no_place(qtbot, replaced):
    def add(book):
        one = book.cases.all()[0]
        old = next(each for each in book.documents.of(one.id) if not each.current)
        mark = next(m for m in book.marks.of_member(book.about.member) if m.document == old.id)
        anchor = Anchor(kind="text", start=0, end=4, quote="Quite other words")
        return book.marks.put(replace(mark, anchor=anchor), round_number=1)

    replaced.desk.do(add).run()
    rest(qtbot, replaced)
    part = shown(qtbot, replaced, "Quite other words")
    assert part.told.text().startswith("Not found in")
    assert part.take.isHidden()
    assert part.leave.isVisible()


def test_nothing_of_a_mark_is_held_after_the_lock(qtbot, replaced):
    part = shown(qtbot, replaced, QUOTES[0])
    assert len(everything(replaced)) == 5
    replaced._let_go()
    assert not part.told.text()
    assert QUOTES[0] not in part.strip.accessibleName()
