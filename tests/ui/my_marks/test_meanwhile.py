"""My marks: what is typed, asked for or on its way meets other marks, another round, a lock."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from reviewer.records.updates import AgendaCell
from tests.books import PASSPHRASE
from tests.ui.my_marks.marks import (
    CALL,
    FORCE,
    QUOTES,
    at,
    everything,
    names,
    offered,
    rest,
    stored,
    told,
)
from tests.ui.waiting import WAIT
from ui.rooms.my_marks import material


def test_a_mark_whose_note_is_written_stays_in_hand_though_it_no_longer_fits(qtbot, room):
    qtbot.keyClicks(room.side.field, "cafe")
    qtbot.waitUntil(lambda: QUOTES[0] not in told(room), timeout=WAIT)
    at(room, QUOTES[1])
    qtbot.keyClick(room.list, Qt.Key.Key_N)
    room.detail.note.setPlainText("So wrote the owner")
    room.settle()
    rest(qtbot, room)
    qtbot.keyClicks(room.detail.note, "Who? ")
    assert room.detail.mark.quote == QUOTES[1]
    room.settle()
    rest(qtbot, room)
    assert stored(room, QUOTES[1]).note == "Who? So wrote the owner"
    assert [mark.note for mark in everything(room)].count("") == 3
    room.list.setFocus()
    room._show()
    assert QUOTES[1] not in told(room)


def test_a_mark_whose_note_is_written_stays_in_hand_though_its_head_is_folded(qtbot, room):
    room._folded = {FORCE}
    room._show()
    at(room, QUOTES[2])
    qtbot.keyClick(room.list, Qt.Key.Key_N)
    room._attach(room.list.mark, FORCE, on=True)
    qtbot.waitUntil(lambda: stored(room, QUOTES[2]).factors == (FORCE,), timeout=WAIT)
    rest(qtbot, room)
    assert room.detail.mark.quote == QUOTES[2]
    assert room.window().focusWidget() is room.detail.note


def test_where_the_mark_of_a_note_is_gone_the_next_letter_goes_into_no_other(qtbot, room):
    at(room, QUOTES[0])
    qtbot.keyClick(room.list, Qt.Key.Key_N)
    mark = room.detail.mark
    room.desk.do(lambda book: book.marks.delete(mark.id, round_number=1)).run()
    rest(qtbot, room)
    assert room.detail.mark != mark
    assert room.window().focusWidget() is room.list


def test_in_a_later_round_what_it_asks_for_is_offered_and_ticked_by_its_own_ratings(qtbot, room):
    first = room.list.mark.case
    asks = (AgendaCell(case=first, factor=FORCE),)
    room.desk.do(lambda book: book.agenda.begin(2, asks)).run()
    rest(qtbot, room)
    name = names(room)
    at(room, QUOTES[1])
    assert set(room.list.mark.factors) == {CALL, FORCE}
    qtbot.keyClick(room.list, Qt.Key.Key_E)
    menu, acts = offered(qtbot, room)
    assert [text for text, act in acts.items() if act.isEnabled()] == [name[FORCE]]
    assert [text for text, act in acts.items() if act.isChecked()] == [name[CALL]]
    assert "Round 2 asks for some of these only" in [act.text() for act in menu.actions()]
    menu.close()
    acts[name[FORCE]].trigger()
    rest(qtbot, room)
    held = room.desk.call(lambda book: book.ratings.of(book.about.member, first, 2))
    assert held[FORCE].evidence == (room.list.mark.id,)


def test_factors_are_offered_for_the_mark_in_hand_alone(qtbot, room):
    at(room, QUOTES[0])
    qtbot.keyClick(room.list, Qt.Key.Key_E)
    at(room, QUOTES[2])
    rest(qtbot, room)
    assert not room.findChildren(QMenu)


def test_a_note_that_is_set_back_before_it_was_read_again_is_set_back(qtbot, room):
    at(room, QUOTES[1])
    for words in ("Something else", "So wrote the caf\u00e9 owner"):
        room.detail.note.setPlainText(words)
        room.settle()
    rest(qtbot, room)
    assert stored(room, QUOTES[1]).note == "So wrote the caf\u00e9 owner"
    assert room.detail.note.toPlainText() == "So wrote the caf\u00e9 owner"


def test_marks_that_were_read_before_a_note_was_stored_do_not_take_it_back(qtbot, room):
    before = room._material
    at(room, QUOTES[2])
    room.detail.note.setPlainText("Ask her")
    room.settle()
    room._take(before)
    assert room.detail.note.toPlainText() == "Ask her"
    at(room, QUOTES[0])
    at(room, QUOTES[2])
    assert room.detail.note.toPlainText() == "Ask her"
    rest(qtbot, room)
    room.desk.do(lambda book: note_of(book, room.list.mark, "Asked, by another hand")).run()
    rest(qtbot, room)
    assert room.detail.note.toPlainText() == "Asked, by another hand"


def test_a_note_that_the_disk_did_not_take_is_shown_until_it_does(qtbot, room, monkeypatch):
    told_ = []
    monkeypatch.setattr("ui.errors.show", lambda _room, error: told_.append(error))
    at(room, QUOTES[2])
    with monkeypatch.context() as full:
        full.setattr(material, "note", fail)
        room.detail.note.setPlainText("Ask her")
        room.settle()
        rest(qtbot, room)
    assert len(told_) == 1
    assert room.desk.unkept
    assert (room.list.mark.note, room.detail.note.toPlainText()) == ("Ask her", "Ask her")
    room._read()
    rest(qtbot, room)
    assert room.detail.note.toPlainText() == "Ask her"
    room._attach(room.list.mark, FORCE, on=True)  # the disk is there again
    rest(qtbot, room)
    assert not room.desk.unkept
    assert stored(room, QUOTES[2]).note == "Ask her"
    assert room.detail.note.toPlainText() == "Ask her"


def fail(*_what):
    raise OSError(28, "No space left on device")


def note_of(book, mark, words):
    return material.note(book, mark, words, book.about)


def test_del_twice_before_the_list_is_read_again_removes_one_mark(qtbot, room, monkeypatch):
    shown_, told_ = [], []
    monkeypatch.setattr("ui.errors.show", lambda _room, error: shown_.append(str(error)))
    room.tells.connect(told_.append)
    at(room, QUOTES[2])
    qtbot.keyClick(room.list, Qt.Key.Key_Delete)
    qtbot.keyClick(room.list, Qt.Key.Key_Delete)
    rest(qtbot, room)
    assert len(everything(room)) == 4
    assert told_ == ["Removed. Ctrl+Z brings it back."]
    assert not shown_


def test_after_a_lock_nothing_is_held_and_nothing_that_comes_back_is_shown(qtbot, room, file):
    found = room._material
    room.side.field.setText("for")
    room.side._tell()
    room.side.clear_filters()
    assert room._plain.cache_info().currsize == 5
    at(room, QUOTES[0])
    room.detail.note.setPlainText("The last words")
    room.side.field.setText("minutes")  # the list waits for a pause
    room._read()
    with qtbot.waitSignal(room.desk.locked, timeout=WAIT):
        room.desk.lock()
    room._take(found)
    room.side._tell()
    assert room.list.marks.rows == ()
    assert not room._material.marks
    assert not room._plain.cache_info().currsize
    assert room.detail.isHidden()
    with qtbot.waitSignal(room.desk.opened, timeout=WAIT):
        room.desk.open(file, PASSPHRASE).run()
    assert stored(room, QUOTES[0]).note == "The last words"
