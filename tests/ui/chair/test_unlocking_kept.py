"""A PDF that came with a mail and is locked: its password is typed where it stands."""

import pytest

from reviewer.documents.outside.worker import Worker
from reviewer.intake import import_documents
from reviewer.progress import Quiet
from tests.books import PASSPHRASE, chair_book
from tests.reviewer.documents.locking import office
from tests.reviewer.documents.test_locked_files import word_file
from tests.reviewer.intake.test_unlock import mail_with
from tests.ui.waiting import calm
from ui.rooms.cases.room import CasesRoom

WAIT = 30_000


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "inquiry.casebook"
    with chair_book(path, rates=False, cases=1) as book, Worker() as worker:
        minutes = ("minutes.docx", office(word_file(), "x-ray"))
        mail, _ = mail_with(tmp_path, minutes, ("odd.bin", bytes(range(256))))
        import_documents(book, worker, "2010-01", [mail], Quiet())
    return path


@pytest.fixture
def room(path, enter):
    return enter(CasesRoom, path)


def chosen(qtbot, room, name):
    calm(qtbot, room)
    names = [one.file_name for one in room.detail.shown.documents if one.current]
    room.detail.choose(
        [one.file_name if one.current else "" for one in room.detail.shown.documents].index(name)
    )
    assert name in names
    return room.detail.acts.password


def test_what_was_kept_locked_is_read_with_the_password_that_is_typed(qtbot, room):
    assert not chosen(qtbot, room, "mail.eml").isVisible()
    part = chosen(qtbot, room, "ward.pdf")
    assert part.isVisible()
    part.unlock.click()  # nothing is typed yet
    part.password.setText("wrong")
    part.unlock.click()
    qtbot.waitUntil(lambda: "None of the passwords" in room.outcome.text, timeout=WAIT)
    part = chosen(qtbot, room, "ward.pdf")
    assert part.password.text() == ""
    part.password.setText("x-ray")
    with qtbot.waitSignal(room.tells, timeout=WAIT) as told:
        part.unlock.click()
    assert "is read" in told.args[0]
    assert not chosen(qtbot, room, "ward.pdf").isVisible()


def test_of_an_office_file_too_and_not_of_what_no_password_opens(qtbot, room):
    assert not chosen(qtbot, room, "odd.bin").isVisible()
    part = chosen(qtbot, room, "minutes.docx")
    assert part.isVisible()
    part.password.setText("x-ray")
    with qtbot.waitSignal(room.tells, timeout=WAIT) as told:
        part.unlock.click()
    assert "is read" in told.args[0]
    assert not chosen(qtbot, room, "minutes.docx").isVisible()


def test_a_password_that_is_typed_beside_other_work_stays_and_a_stop_is_told_as_one(qtbot, room):
    part = chosen(qtbot, room, "ward.pdf")
    part.password.setText("x-ray")
    part.unlock.click()
    assert part.password.text() == "", "it was taken"
    part.password.setText("another")
    with qtbot.waitSignal(room.tells, timeout=WAIT) as told:
        part.unlock.click()
    assert told.args[0].startswith("Other work on a document goes on.")
    assert part.password.text() == "another"
    room._strip.cancel()
    qtbot.waitUntil(lambda: "was stopped" in room.outcome.text, timeout=WAIT)
    assert room.outcome.text == "The reading was stopped. The document is as it was."


def test_its_words_are_not_cut_in_a_small_window(qtbot, window, path):
    window.resize(1280, 720)
    window.show()
    with qtbot.waitSignal(window.desk.opened, timeout=WAIT):
        window.desk.open(path, PASSPHRASE).run()
    qtbot.waitUntil(lambda: window.room.chosen_case is not None, timeout=WAIT)
    part = chosen(qtbot, window.room, "ward.pdf")
    qtbot.waitUntil(
        lambda: part.unlock.width() >= part.unlock.sizeHint().width() > 0, timeout=WAIT
    )
    room_for_words = part.password.width() - part.password.show_button.width()
    assert room_for_words > part.password.fontMetrics().horizontalAdvance("Password of this")
