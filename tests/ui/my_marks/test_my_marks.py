"""My marks: filtered, grouped, gone to, noted, attached, removed, copied, saved as files."""

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from reviewer.crypto.profiles import CHEAP
from reviewer.intake import withdraw_document
from reviewer.pagetext.characters import CONTEXT
from reviewer.records.own_marks import OwnMark
from tests.books import PASSPHRASE, chair_book
from tests.ui.my_marks.marks import (
    CALL,
    FORCE,
    QUOTES,
    at,
    names,
    offered,
    rest,
    stored,
    told,
)
from tests.ui.waiting import WAIT
from ui.desk.desk import Desk
from ui.rooms.my_marks.grouping import Head
from ui.rooms.my_marks.listing import spoken
from ui.rooms.my_marks.painting import Columns, shared, where_of
from ui.rooms.my_marks.room import MyMarksRoom
from ui.settings import Settings


def test_marks_stand_under_each_factor_they_support_and_the_loose_ones_last(room):
    name = names(room)
    assert told(room) == [
        name[CALL], QUOTES[1], name[FORCE], QUOTES[0], QUOTES[1],
        "Not attached to a factor", QUOTES[2], "area", "page",
    ]  # fmt: skip
    assert room.head.note == "5 marks: 2 attached, 3 not attached"
    heads = [row for row in room.list.marks.rows if isinstance(row, Head)]
    assert [head.value for head in heads] == [None, 3, None]
    assert heads[1].spoken == f"{name[FORCE]}, 2 marks, rated 3, 1 document"


@pytest.mark.parametrize(
    ("by", "heads"),
    [
        (1, ["2010-01", "2010-02"]),
        (2, ["Custody record \u00b7 2010-01", "Custody record \u00b7 2010-02"]),
    ],
)
def test_they_are_grouped_by_case_and_by_document(room, by, heads):
    room.by.setCurrentIndex(by)
    assert [row.title for row in room.list.marks.rows if isinstance(row, Head)] == heads


def test_by_day_the_newest_day_comes_first(room):
    room.by.setCurrentIndex(3)
    head, *marks = room.list.marks.rows
    assert (head.title, head.count) == (marks[0].made[:10], 5)


def test_every_column_of_counts_adds_up(qtbot, room):
    side = room.side
    for ticks in (side.groups, side.kinds):
        assert sum(int(row.count.text()) for row in ticks.values()) == 5
    states = [row.state for row in side._cases.rows]
    assert states == ["5", "3", "2"]
    side.cases.setCurrentIndex(side._cases.index(2, 0))
    assert [int(row.count.text()) for row in side.kinds.values()] == [0, 1, 1]
    assert room.head.note == "2010-02 \u00b7 2 marks: 0 attached, 2 not attached"
    assert told(room) == ["Not attached to a factor", "area", "page"]


def test_words_are_looked_for_without_accents_in_quotes_notes_and_titles(qtbot, room):
    qtbot.keyClicks(room.side.field, "CAFE minutes")
    qtbot.waitUntil(lambda: QUOTES[0] not in told(room), timeout=WAIT)
    assert {words for words in told(room) if words in QUOTES} == {QUOTES[1]}
    qtbot.keyClicks(room.side.field, " zebra")
    qtbot.waitUntil(lambda: room._layers.currentIndex() == 2, timeout=WAIT)
    assert room._beside.isHidden(), "nothing can be chosen"
    room.side.clear_filters()
    assert room._layers.currentIndex() == 0
    assert len(room.list.marks.rows) == 9


def test_what_is_not_ticked_is_left_out(room):
    room.side.groups[""].tick.setChecked(False)
    assert "page" not in told(room)
    room.side.groups[""].tick.setChecked(True)
    room.side.kinds["area"].tick.setChecked(False)
    assert told(room)[-2:] == [QUOTES[2], "page"]


def test_enter_folds_a_head_and_goes_to_the_page_of_a_mark(qtbot, room):
    room.list.setCurrentIndex(room.list.marks.index(2, 0))
    assert not room.go.isEnabled()
    assert room._beside.currentWidget().accessibleName().startswith("Choose a mark")
    assert room._beside.currentWidget().minimumSizeHint().width() <= room._beside.width()
    qtbot.keyClick(room.list, Qt.Key.Key_Return)
    assert QUOTES[0] not in told(room)
    assert room.list.row.folded
    assert "folded" in spoken(room.list.row)
    qtbot.keyClick(room.list, Qt.Key.Key_Return)
    at(room, QUOTES[0])
    assert room._beside.currentWidget() is room.detail
    with qtbot.waitSignal(room.reads, timeout=WAIT) as read:
        qtbot.keyClick(room.list, Qt.Key.Key_Return)
    case, mark = read.args
    assert (case, mark.anchor.quote) == (room.list.mark.case, QUOTES[0])


def test_a_mark_is_shown_with_its_words_note_factors_and_citation(qtbot, room):
    at(room, QUOTES[1])
    rest(qtbot, room)
    name, detail = names(room), room.detail
    assert detail.note.toPlainText() == "So wrote the café owner"
    assert set(detail.factors.text().splitlines()) == {name[FORCE], name[CALL]}
    assert detail.citation.text() == "Custody record p. 1, 2010-01"
    assert QUOTES[1] in detail.strip.accessibleName()
    detail.strip.show_words("a" * CONTEXT, "face down", "at last")
    assert detail.strip.accessibleName() == f"On the page: \u2026{'a' * CONTEXT}face downat last"
    assert room.side.cases.verticalScrollBar().maximum() == 0  # two rows need no bar


def test_a_note_is_written_by_n_and_kept_when_another_mark_is_chosen(qtbot, room):
    at(room, QUOTES[2])
    qtbot.keyClick(room.list, Qt.Key.Key_N)
    assert room.detail.note.hasFocus()
    qtbot.keyClicks(room.detail.note, "Ask her")
    at(room, QUOTES[0])
    rest(qtbot, room)
    assert stored(room, QUOTES[2]).note == "Ask her"
    at(room, QUOTES[2])
    assert room.detail.note.toPlainText() == "Ask her"


def test_over_a_head_no_note_is_written(qtbot, room):
    room.list.setCurrentIndex(room.list.marks.index(0, 0))
    qtbot.keyClick(room.list, Qt.Key.Key_N)
    at(room, QUOTES[0])
    assert room.window().focusWidget() is room.list


def test_one_goes_on_writing_at_the_end_of_each_note(qtbot, room):
    at(room, QUOTES[2])
    at(room, QUOTES[1])
    qtbot.keyClick(room.list, Qt.Key.Key_N)
    qtbot.keyClicks(room.detail.note, ", he says")
    room.settle()
    rest(qtbot, room)
    assert stored(room, QUOTES[1]).note == "So wrote the café owner, he says"


def test_e_offers_all_factors_and_those_it_supports_are_ticked(qtbot, room):
    at(room, QUOTES[0])
    qtbot.keyClick(room.list, Qt.Key.Key_E)
    menu, acts = offered(qtbot, room)
    name = names(room)
    assert [text for text, act in acts.items() if act.isChecked()] == [name[FORCE]]
    assert all(act.isEnabled() for act in acts.values())
    menu.close()
    acts[name[CALL]].trigger()
    qtbot.waitUntil(lambda: CALL in stored(room, QUOTES[0]).factors, timeout=WAIT)
    room._attach(stored(room, QUOTES[0]), FORCE, on=False)
    qtbot.waitUntil(lambda: stored(room, QUOTES[0]).factors == (CALL,), timeout=WAIT)
    rest(qtbot, room)
    assert told(room)[:3] == [name[CALL], QUOTES[0], QUOTES[1]]


def test_del_removes_a_mark_and_the_hand_stays_where_it_was(qtbot, room):
    at(room, QUOTES[2])
    place = room.list.currentIndex().row()
    with qtbot.waitSignal(room.tells, timeout=WAIT):
        qtbot.keyClick(room.list, Qt.Key.Key_Delete)
    rest(qtbot, room)
    assert stored(room, QUOTES[2]) is None
    assert room.list.currentIndex().row() == place
    assert room.list.mark.kind == "area"


def test_a_mark_is_copied_with_its_citation(qtbot, room):
    at(room, QUOTES[0])
    room.detail.copy.click()
    words = f"\u201c{QUOTES[0]}\u201d (Custody record p. 1, 2010-01)"
    assert QGuiApplication.clipboard().text() == words


def test_in_a_sealed_round_nothing_is_offered_that_would_be_refused(qtbot, room):
    room.desk._about = replace(room.desk.about, sealed="2026-01-01T00:00:00Z")
    room._on_about(None)
    at(room, QUOTES[0])
    detail = room.detail
    assert not detail.attach.isEnabled()
    assert not detail.remove.isEnabled()
    assert detail.note.isReadOnly()
    qtbot.keyClick(room.list, Qt.Key.Key_E)
    qtbot.keyClick(room.list, Qt.Key.Key_Delete)
    rest(qtbot, room)
    assert not room.findChildren(QMenu)
    assert stored(room, QUOTES[0]) is not None


def test_they_are_saved_as_files_and_never_over_others_without_asking(
    qtbot, room, tmp_path, monkeypatch
):
    out = tmp_path / "out"
    out.mkdir()
    monkeypatch.setattr(
        "ui.rooms.my_marks.saving.choose_folder", lambda _parent, _title, then: then(out)
    )
    room.save.click()
    qtbot.waitUntil(lambda: "Wrote 4 files into out." in room.outcome.text, timeout=WAIT)
    assert "left the protection" in room.outcome.text
    (out / "my-marks.html").write_text("mine", encoding="utf-8")
    room.save.click()
    qtbot.waitUntil(lambda: "already exists" in room.outcome.text, timeout=WAIT)
    assert (out / "my-marks.html").read_text(encoding="utf-8") == "mine"
    room._save(out, "", over=True)
    qtbot.waitUntil(lambda: "Wrote 4 files" in room.outcome.text, timeout=WAIT)
    assert (out / "my-marks.html").read_text(encoding="utf-8") != "mine"
    rest(qtbot, room)


def test_a_folder_that_is_gone_is_told(qtbot, room, tmp_path, monkeypatch):
    shown = []
    monkeypatch.setattr("ui.errors.show", lambda _room, error: shown.append(str(error)))
    room._save(tmp_path / "gone", "", over=False)
    qtbot.waitUntil(lambda: bool(shown), timeout=WAIT)
    assert "is not there" in shown[0]


def test_a_mark_on_a_withdrawn_document_says_so(qtbot, room):
    document = room.desk.call(lambda book: book.documents.all()[1])
    change = room.desk.do(lambda book: withdraw_document(book, document, "a child"))
    change.run()
    qtbot.waitUntil(lambda: "2 on pages that no longer stand" in room.head.note, timeout=WAIT)
    assert "document withdrawn" in spoken(room.list.marks.rows[-1])
    room.list.viewport().grab()  # its chip is drawn


def test_before_anything_is_marked_it_is_said_how(qtbot, qapp, tmp_path):
    path = tmp_path / "none.casebook"
    with chair_book(path, cases=1):
        pass
    desk = Desk(profile=CHEAP)
    with qtbot.waitSignal(desk.opened, timeout=WAIT):
        desk.open(path, PASSPHRASE).run()
    made = MyMarksRoom(desk, Settings(tmp_path / "settings.ini"))
    qtbot.addWidget(made)
    made.show()
    made.enter()
    rest(qtbot, made)
    assert made._layers.currentIndex() == 1
    assert made._beside.isHidden(), "nothing can be chosen"
    assert not made.save.isEnabled()
    desk.close()


def test_columns_never_stand_over_each_other():
    for wide in (400, 700, 1200):
        columns = Columns.of(wide)
        for (x, width), (after, _) in pairwise(columns):
            assert x + width <= after + 0.5
        assert columns.made[0] + columns.made[1] <= wide
        alone = shared(columns, note=False)
        assert alone.quote[0] + alone.quote[1] == columns.note[0] + columns.note[1]
        assert shared(columns, note=True) == columns


def test_a_row_names_its_case_where_no_head_does(room):
    mark = next(row for row in room.list.marks.rows if isinstance(row, OwnMark))
    assert where_of(mark, cases=True) == f"{mark.title} p. {mark.page}, {mark.reference}"
    assert where_of(mark, cases=False) == f"{mark.title} p. {mark.page}"
    assert room.list.itemDelegate().cases
    room.by.setCurrentIndex(1)
    assert not room.list.itemDelegate().cases
