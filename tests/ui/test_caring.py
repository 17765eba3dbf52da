"""Care for whoever reads: breaks, somebody to talk to, an end for today, stepping back."""

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QLabel

from reviewer.casebook.book import Casebook
from reviewer.exchange.merge import receive
from reviewer.exchange.release import release
from reviewer.exchange.returns import write_return
from reviewer.exchange.seal import seal
from reviewer.records.judgement import Reason
from reviewer.records.reading import ReadingPlace
from tests.formats.contents import contents
from tests.reviewer.exchange.panel import PASSPHRASE as PANEL
from tests.reviewer.exchange.panel import issue_to, make_chair, rate_something
from tests.ui.read.inquiry import PASSPHRASE, make_inquiry
from tests.ui.waiting import calm, shown
from ui.actions.breaks import Breaks
from ui.dialogs.care import LONGEST, MINUTES, CareDialog
from ui.dialogs.help import HelpDialog
from ui.dialogs.recuse import RecuseDialog
from ui.settings import BREAK_MINUTES, SUPPORT, Settings

WAIT = 10_000


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def counted(qapp, tmp_path):
    clock = Clock()
    settings = Settings(tmp_path / "settings.ini")
    made = Breaks(settings, clock=clock)
    told = []
    made.due.connect(told.append)
    made.begin()
    yield made, clock, settings, told
    made.stop()


def test_nobody_is_reminded_who_did_not_ask_for_it(counted):
    breaks, clock, settings, told = counted
    assert not settings.get(BREAK_MINUTES)
    clock.now += 24 * 3600
    breaks.look()
    assert told == []


def test_a_reminder_comes_after_as_long_as_was_asked_for_and_again_after_as_long(counted):
    breaks, clock, settings, told = counted
    settings.put(BREAK_MINUTES, 30.0)
    clock.now += 29 * 60
    breaks.look()
    assert told == []
    clock.now += 60
    breaks.look()
    breaks.look()
    assert len(told) == 1
    assert told[0].startswith("You have been here for 30 minutes.")
    assert "saved" not in told[0], "a clock does not know that"
    clock.now += 30 * 60
    breaks.look()
    assert told[1].startswith("You have been here for 60 minutes.")
    breaks.begin()
    assert breaks.minutes == 0
    clock.now += 29 * 60
    breaks.look()
    assert len(told) == 2


@pytest.fixture
def reading(qtbot, window, tmp_path):
    with qtbot.waitSignal(window.desk.opened, timeout=WAIT):
        window.desk.open(make_inquiry(tmp_path), PASSPHRASE).run()
    window.show_room("read")
    calm(qtbot, window)
    return window.room


def test_a_reminder_is_a_line_over_the_foot_of_the_window(qtbot, window, reading):
    assert window.actions_.breaks._timer.isActive()
    window.actions_.breaks.due.emit("A break now.")
    assert window._said.sentence == "A break now."
    with qtbot.waitSignal(window.desk.locked, timeout=WAIT):
        window.desk.lock()
    assert not window.actions_.breaks._timer.isActive()
    window.actions_.breaks.due.emit("Nobody is there to be told.")
    assert window._said.sentence == ""


def test_what_is_chosen_is_kept_on_this_computer_and_shown_in_help(qtbot, window):
    window.actions_.run("care")
    dialog = window.findChild(CareDialog)
    assert not hasattr(dialog, "finish")  # nothing is open
    dialog.breaks.setCurrentIndex(MINUTES.index(45))
    qtbot.keyClicks(dialog.support, "Ada, 555 0100")
    dialog.close()
    assert window._settings.get(BREAK_MINUTES) == 45
    assert window._settings.get(SUPPORT) == "Ada, 555 0100"
    window.actions_.run("help")
    told = {label.text() for label in window.findChild(HelpDialog).findChildren(QLabel)}
    assert "Ada, 555 0100" in told


def test_help_says_where_to_name_somebody_where_nobody_is_named(qtbot, window):
    window.actions_.run("help")
    told = [label.text() for label in window.findChild(HelpDialog).findChildren(QLabel)]
    assert any(words.startswith("Nobody to talk to is named") for words in told)


def test_what_does_not_fit_is_refused_and_said_and_never_cut(qtbot, window):
    window.actions_.run("care")
    dialog = window.findChild(CareDialog)
    field, most = dialog.support, LONGEST
    longest = "x" * (most - 1)
    data = QMimeData()
    data.setText(longest)
    field.insertFromMimeData(data)
    qtbot.keyClicks(field, "y")
    assert not dialog.problem.sentence
    qtbot.keyClicks(field, "z")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.toPlainText() == longest + "y"
    assert dialog.problem.sentence == "There is room for 2,000 characters here: that did not fit."
    field.insertFromMimeData(data)
    assert field.toPlainText() == longest + "y"
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    field.flush()
    assert not dialog.problem.sentence
    field.selectAll()
    field.insertFromMimeData(data)
    field.setPlainText(longest + " call 0800")  # past the ways that are bounded: kept whole
    dialog.close()
    assert window._settings.get(SUPPORT) == longest + " call 0800"


def test_finishing_does_not_promise_what_a_form_would_lose(qtbot, window, reading):
    window.actions_.run("care")
    dialog = window.findChild(CareDialog)
    told = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "a form that was not sent is not" in told
    assert "saves what you typed" not in told


def test_finishing_for_today_locks(qtbot, window, reading):
    window.actions_.run("care")
    dialog = window.findChild(CareDialog)
    assert any("has been open for 0 minutes" in x.text() for x in dialog.findChildren(QLabel))
    with qtbot.waitSignal(window.desk.locked, timeout=WAIT):
        qtbot.mouseClick(dialog.finish, Qt.MouseButton.LeftButton)
    assert window.desk.about is None


def test_a_case_is_stepped_back_from_in_one_step(qtbot, window, reading):
    calm(qtbot, window)
    case = reading.judging.material.case
    window.actions_.run("recuse")
    dialog = shown(qtbot, window, RecuseDialog)
    assert dialog.windowTitle() == f"Step back from case {case.reference}?"
    dialog.accept()
    assert dialog.problem.sentence == "Say why in a few words."
    qtbot.keyClicks(dialog.why, "I know the family")
    dialog.accept()
    qtbot.waitUntil(lambda: "You stepped back from" in window._said.sentence, timeout=WAIT)
    calm(qtbot, window)
    shown_now = reading.judging.material.ratings
    assert {one.reason for one in shown_now.values()} == {Reason.RECUSED}
    assert set(shown_now) == set(reading.framework.codes)


def test_what_was_said_before_is_counted_and_what_is_refused_stays_in_the_dialog(
    qtbot, window, reading
):
    calm(qtbot, window)
    reading.sheet.open_factor("IND-FORCE")
    qtbot.keyClick(reading.sheet.rows["IND-FORCE"], "3")
    calm(qtbot, window)
    window.actions_.run("recuse")
    dialog = shown(qtbot, window, RecuseDialog)
    assert "What you said of 1 factor is replaced." in dialog.lead.text()
    qtbot.keyClicks(dialog.why, "I know the family")
    window.desk.call(seal_all)
    dialog.accept()
    qtbot.waitUntil(lambda: bool(dialog.problem.sentence), timeout=WAIT)
    assert dialog.isVisible()


def seal_all(book):
    """Give the one rating its comment, and seal."""
    about = book.about
    for member, case, rating in list(book.ratings.everyone(about.round)):
        assert member == about.member
        book.ratings.put(member, case, about.round, rating.__class__(factor=rating.factor))
    seal(book)


def test_where_no_case_is_open_it_is_said(qtbot, window, reading):
    window.show_room("my-marks")
    calm(qtbot, window)
    window.actions_.run("recuse")
    assert window._said.sentence == "Open the case in Read first, then press the key again."


def test_nothing_of_it_is_in_a_casebook_a_return_or_what_the_chair_gets(qapp, tmp_path):
    """A name to call, a cover that was lifted, a mark that was left: none of it travels."""
    canary = "okapicanary"
    with make_chair(tmp_path, cases=1) as chair:
        pack = issue_to(chair, "Bea", tmp_path)
    settings = Settings(tmp_path / "settings.ini")
    settings.put(SUPPORT, canary)
    settings.put(BREAK_MINUTES, 45.0)
    with Casebook.open(pack, PANEL) as own:
        rate_something(own, 0)
        about, (case,) = own.about, own.cases.all()
        document = own.documents.of(case.id)[0]
        own.reading.put(document.id, ReadingPlace(page=2, uncovered=True))
        mark = own.marks.of_member(about.member)[0]
        own.marks.leave(mark.id, document.id)
        seal(own)
        sealed = write_return(own, tmp_path)
    assert canary not in repr(contents(pack, PANEL))
    with Casebook.open(tmp_path / "chair.casebook", PANEL) as chair:
        receive(chair, [sealed])
        release(chair)
    held = contents(tmp_path / "chair.casebook", PANEL)
    assert canary not in repr(held)
    assert [held[name]["rows"] for name in ("reading", "reading_place", "mark_left")] == [[]] * 3
