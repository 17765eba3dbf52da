"""A round's own sheet in the window, a lost one, and actions that a role is not offered."""

import pytest
from PySide6.QtCore import Qt

from reviewer.casebook.book import Casebook
from reviewer.casebook.file import backup as backups
from reviewer.exchange.merge import receive
from reviewer.records.judgement import Rating
from tests.books import PASSPHRASE
from tests.reviewer.exchange import panel, test_sheets_of_rounds
from tests.reviewer.exchange.panel import issue_to, make_chair
from tests.reviewer.exchange.test_sheets_of_rounds import (
    CODE,
    Stick,
    after_round_1,
    make,
    one_return,
)
from tests.reviewer.reports import pdfs
from ui.rooms.safekeeping.custodian import CustodianCard

WAIT = 20_000


@pytest.fixture(autouse=True)
def _one_passphrase(monkeypatch):
    for module in (panel, test_sheets_of_rounds):
        monkeypatch.setattr(module, "PASSPHRASE", PASSPHRASE)


def test_the_next_round_asks_for_a_folder_and_writes_its_sheet(
    qtbot, window, enter_room, tmp_path, monkeypatch
):
    book, _stick, _packs = after_round_1(tmp_path)
    first = book.about.custodian
    book.close()
    room = enter_room(tmp_path / "chair.casebook", "merge")
    room.ask_next()
    form = room._opening
    qtbot.waitUntil(form.isVisible, timeout=WAIT)
    form._sure.setChecked(True)
    form.send()
    assert "Choose a folder for the sheet" in form.problem
    asked = []
    monkeypatch.setattr(
        "ui.rooms.merge.round_form.choose_folder", lambda _w, _what, then: asked.append(then)
    )
    form._choose.click()
    asked[0](tmp_path / "stick")
    assert form._keeper.text() == first.name
    form.send()
    qtbot.waitUntil(lambda: window.desk.idle and window.desk.about.round == 2, timeout=WAIT)
    second = window.desk.about.custodian
    assert second.mark != first.mark
    written = next(
        p for p in (tmp_path / "stick").iterdir() if second.mark.replace(" ", "") in p.name
    )
    assert len(pdfs.texts(written.read_bytes())) == 2
    assert str(written) in room.outcome.text
    assert "no other sheet opens it" in room.outcome.text
    path = tmp_path / "chair.casebook"
    (backup,) = backups.backups_in(backups.folder_of(path))
    with Casebook.open(backup.path, PASSPHRASE) as before:
        assert (before.about.round, bool(before.about.released)) == (1, True)


def test_a_lost_sheet_is_replaced_in_safekeeping(qtbot, window, enter_room, tmp_path):
    with make(tmp_path, Stick(tmp_path)) as book:
        pack = issue_to(book, "Bo", tmp_path / "out")
        receive(book, [one_return(pack, tmp_path, Rating(factor=CODE, value=0))])
        old = book.about.custodian.mark
    room = enter_room(tmp_path / "chair.casebook", "safekeeping")
    card = next(one for one in room.cards if isinstance(one, CustodianCard))
    qtbot.waitUntil(lambda: card.lost.isVisibleTo(card), timeout=WAIT)
    card.replace(tmp_path / "stick")
    qtbot.waitUntil(lambda: "Another sheet was written" in card.outcome.text, timeout=WAIT)
    assert "These must seal again: Bo." in card.outcome.text
    assert window.desk.about.custodian.mark != old


def test_what_a_role_may_not_do_is_not_offered(qtbot, window, tmp_path, monkeypatch):
    """Ctrl+Shift+I in a panellist's casebook: no chooser comes, and nothing could be imported."""
    with make_chair(tmp_path) as chair:
        path = issue_to(chair, "Bo", tmp_path / "out", must_change_passphrase=False)
    chosen = []
    monkeypatch.setattr("ui.actions.bringing.choose_file", lambda *_a, **_k: chosen.append(1))
    for file, offered in ((path, False), (tmp_path / "chair.casebook", True)):
        with qtbot.waitSignal(window.desk.opened, timeout=WAIT):
            window.desk.open(file, PASSPHRASE).run()
        qtbot.waitUntil(lambda: window.desk.idle, timeout=WAIT)
        made = window.actions_._made
        for ident in (
            "import-register",
            "import-documents",
            "correct-case",
            "rename-member",
            "remove-member",
        ):
            assert made[ident].isEnabled() is offered, ident
        assert made["apply-update"].isEnabled() is not offered
        window.activateWindow()
        qtbot.keyClick(
            window,
            Qt.Key.Key_I,
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
        )
        window.actions_.run("import-register")
        assert bool(chosen) is offered
        with qtbot.waitSignal(window.desk.locked, timeout=WAIT):
            window.actions_.run("lock")
    with Casebook.open(path, PASSPHRASE) as own:
        assert len(own.cases.all()) == 2
