"""A PDF that came with a mail and is locked: its password is typed where it stands."""

import pytest

from reviewer.documents.outside.worker import Worker
from reviewer.intake import import_documents
from reviewer.progress import Quiet
from tests.books import chair_book
from tests.reviewer.intake.test_unlock import mail_with
from tests.ui.waiting import calm
from ui.rooms.cases.room import CasesRoom

WAIT = 30_000


@pytest.fixture
def room(tmp_path, enter):
    path = tmp_path / "inquiry.casebook"
    with chair_book(path, rates=False, cases=1) as book, Worker() as worker:
        mail, _ = mail_with(tmp_path)
        import_documents(book, worker, "2010-01", [mail], Quiet())
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
