"""Safekeeping says what the process that reads documents can still reach, and can refuse them."""

import platform
import threading

import pytest

from reviewer.documents.outside import worker as workers
from reviewer.documents.outside.worker import Worker
from tests.reviewer.documents.test_confined import WEAKER, weaker
from tests.ui.sample import PASSPHRASE, chair_casebook, panellist_casebook
from ui.dialogs.import_report import ImportReportDialog
from ui.dialogs.progress import ProgressDialog
from ui.rooms.safekeeping.documents import DocumentsCard
from ui.settings import CONFINED_ONLY, TOLD_WEAKNESS
from ui.widgets.text import Label

pytestmark = pytest.mark.skipif(platform.machine() != "x86_64", reason="numbers of that processor")


def card_of(qtbot, window, path):
    with qtbot.waitSignal(window.desk.opened):
        window.desk.open(path, PASSPHRASE).run()
    window.show_room("safekeeping")
    card = next(one for one in window.room.cards if isinstance(one, DocumentsCard))
    qtbot.waitUntil(lambda: bool(card.sentence.text()))
    return card


@pytest.fixture
def weak(monkeypatch):
    monkeypatch.setattr(workers, "worker_command", lambda: weaker(WEAKER["no Landlock"][0]))


def test_on_this_computer_it_is_shut_off(qtbot, window, tmp_path):
    card = card_of(qtbot, window, chair_casebook(tmp_path))
    assert "read nothing but the program itself and fonts" in card.sentence.text()


def test_a_weak_computer_is_told_of(qtbot, window, tmp_path, weak):
    card = card_of(qtbot, window, panellist_casebook(tmp_path))
    assert "could read your files" in card.sentence.text()
    assert not card.only.isVisibleTo(card), "a panellist brings no documents in"


def test_documents_are_refused_there_where_the_chair_chose_so(qtbot, window, tmp_path, weak):
    path = chair_casebook(tmp_path)
    card = card_of(qtbot, window, path)
    card.only.click()
    assert card.settings.get(CONFINED_ONLY) is True
    assert any("told to open none" in text for text in imported(qtbot, window, tmp_path))


def test_the_weakness_is_told_at_the_first_import_only(qtbot, window, tmp_path, weak):
    card = card_of(qtbot, window, chair_casebook(tmp_path))
    first, second = (imported(qtbot, window, tmp_path, word) for word in ("one", "two"))
    assert any("could read your files" in text for text in first)
    assert not any("could read your files" in text for text in second)
    assert "files" in card.settings.get(TOLD_WEAKNESS)


def test_reading_and_judging_go_on_while_documents_are_read(qtbot, window, tmp_path, monkeypatch):
    """The document is read beside the casebook's thread; its dialog stands beside the window."""
    path, reading, go = chair_casebook(tmp_path), threading.Event(), threading.Event()
    card_of(qtbot, window, path)
    real = Worker.read_whole

    def slow(worker, *given, **more):
        reading.set()
        go.wait(60)
        return real(worker, *given, **more)

    monkeypatch.setattr(Worker, "read_whole", slow)
    cases, before, found = [], [], []
    window.desk.ask(lambda book: book.cases.all()).succeeded(cases.extend).run()
    qtbot.waitUntil(lambda: bool(cases))
    late = tmp_path / "late.txt"
    late.write_text("late: what was said", encoding="utf-8")
    window.actions_.bringing.import_documents(cases[0].reference, [late])
    qtbot.waitUntil(reading.is_set)
    window.desk.ask(lambda book: len(book.documents.all())).succeeded(before.append).run()
    qtbot.waitUntil(lambda: bool(before))
    (dialog,) = window.findChildren(ProgressDialog)
    assert dialog.isVisible()
    assert not dialog.isModal()
    go.set()
    qtbot.waitUntil(lambda: bool(shown(window)))
    shown(window)[0].close()
    window.desk.ask(lambda book: len(book.documents.all())).succeeded(found.append).run()
    qtbot.waitUntil(lambda: bool(found))
    assert found[0] == before[0] + 1


def imported(qtbot, window, folder, word="one"):
    cases = []
    window.desk.ask(lambda book: book.cases.all()).succeeded(cases.extend).run()
    qtbot.waitUntil(lambda: bool(cases))
    path = folder / f"{word}.txt"
    path.write_text(f"{word}: what was said", encoding="utf-8")
    window.actions_.bringing.import_documents(cases[0].reference, [path])
    qtbot.waitUntil(lambda: bool(shown(window)))
    report = shown(window)[0]
    said = [label.text() for label in report.findChildren(Label)]
    report.close()
    return said


def shown(window):
    return [one for one in window.findChildren(ImportReportDialog) if one.isVisible()]
