"""Checks and receipts in the window: a verdict a line, and pages that prove a state."""

import json
import shutil

import pytest
from PySide6.QtWidgets import QLineEdit

from reviewer.casebook.book import Casebook, Check
from reviewer.records.reading import ReadingPlace
from tests.ui.sample import PASSPHRASE, chair_casebook, panellist_casebook
from ui.rooms.safekeeping.checks import ChecksCard

WAIT = 10_000


@pytest.fixture(params=[chair_casebook, panellist_casebook], ids=["chair", "panellist"])
def path(request, tmp_path):
    return request.param(tmp_path)


@pytest.fixture
def card(qtbot, window, path):
    with qtbot.waitSignal(window.desk.opened, timeout=WAIT):
        window.desk.open(path, PASSPHRASE).run()
    window.show_room("safekeeping")
    return next(card for card in window.room.cards if isinstance(card, ChecksCard))


def told(qtbot, card):
    qtbot.waitUntil(lambda: bool(card.outcome.text), timeout=WAIT)
    return card.outcome.text


def test_check_now_shows_a_verdict_a_line(qtbot, card, path):
    card.check.click()
    assert "checks passed" in told(qtbot, card)
    lines = [label.text() for label in card.verdicts.sentences]
    assert "Every page is authentic." in lines
    assert any("seal" in line or "return" in line for line in lines)
    assert card.verdicts.isVisibleTo(card)


def test_what_failed_stands_first_and_is_said_to_a_screen_reader(card):
    card._checked(
        [
            Check(name="pages", passed=True, sentence="Good."),
            Check(name="times", passed=True, remark=True, sentence="A clock ran backwards."),
            Check(name="returns", passed=False, sentence="<b>Not</b> what arrived."),
        ]
    )
    first, second, _ = card.verdicts.sentences
    assert first.text() == "<b>Not</b> what arrived."
    assert first.accessibleName().startswith("Returns: Failed.")
    assert second.accessibleName().startswith("Times: Look at this.")
    assert "1 of 3 checks failed" in card.outcome.text


def test_a_receipt_is_printed_and_a_later_state_still_fits_it(qtbot, card, window, tmp_path):
    folder = tmp_path / "paper"
    folder.mkdir()
    card.print_to(folder)
    lines = told(qtbot, card).splitlines()[2:]
    assert [path.suffix for path in folder.iterdir()] == [".pdf"]
    done = []
    window.desk.do(_read).succeeded(done.append).run()
    qtbot.waitUntil(lambda: bool(done), timeout=WAIT)
    compare(qtbot, card, lines)
    assert "1 entry came after it" in card.outcome.text


def _read(book):
    case = book.cases.all()[0]
    return book.reading.put(book.documents.of(case.id)[0].id, ReadingPlace(uncovered=True))


def compare(qtbot, card, lines):
    card.outcome.clear()
    card.compare.click()
    assert not card.go.isEnabled()
    for field, line in zip(card.entry.findChildren(QLineEdit), lines, strict=True):
        field.setText(line)
    assert card.go.isEnabled()
    card.go.click()
    told(qtbot, card)
    assert not card.entry.isVisibleTo(card)
    assert not any(field.text() for field in card.entry.findChildren(QLineEdit))


def test_an_older_file_does_not_fit_a_receipt(qtbot, card, window, path):
    with qtbot.waitSignal(window.desk.locked, timeout=WAIT):
        window.desk.lock()
    older = shutil.copyfile(path, path.with_name("older.casebook"))
    with Casebook.open(path, PASSPHRASE) as book:
        _read(book)
        lines = book.receipt.lines
    with qtbot.waitSignal(window.desk.opened, timeout=WAIT):
        window.desk.open(older, PASSPHRASE).run()
    window.show_room("safekeeping")
    again = next(card for card in window.room.cards if isinstance(card, ChecksCard))
    compare(qtbot, again, lines)
    assert "older than the receipt" in again.outcome.text


def test_the_journal_is_saved_with_the_program_that_checks_it(qtbot, card, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    card.save_to(folder)
    told(qtbot, card)
    journal, program = sorted(folder.iterdir())
    assert program.name == "verify_export.py"
    assert json.loads(journal.read_text())["format"] == "reviewer-journal"
