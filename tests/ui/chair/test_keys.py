"""Keys compared by telephone, and returns that conflict, in the chair's window."""

from PySide6.QtWidgets import QPushButton

from reviewer.casebook.book import Casebook
from reviewer.crypto.words import fingerprint_words
from reviewer.exchange.merge import receive
from reviewer.exchange.pinning import confirm, key_words
from reviewer.records.panel import KeyState
from tests.books import PASSPHRASE
from tests.ui.chair.panel import NAMES, forked_panel, issued_panel, second_return
from ui.rooms.merge.fork import ForkRow
from ui.rooms.merge.room import MergeRoom
from ui.rooms.panel.room import PanelRoom

WAIT = 10_000


def _told(room):
    return {p.member.name: p.key_words for p in room._people if p.member.rates}


def _select(room, name):
    rows = [p.member.name for p in room._people]
    room.table.selectRow(rows.index(name))


def test_a_tick_keeps_the_comparison_and_taking_it_off_takes_it_back(qtbot, tmp_path, enter):
    path, returns = issued_panel(tmp_path, names=NAMES[:2], cases=2)
    with Casebook.open(path, PASSPHRASE) as book:
        receive(book, returns[:1])
        words = key_words(book)[0].words
    room = enter(PanelRoom, path)
    _select(room, NAMES[1])
    assert room._card._heard.isHidden()
    _select(room, NAMES[0])
    card = room._card
    assert card._parts["Key words"].text() == words
    assert "Telephone A. One" in card._help.text()
    card._heard.click()
    qtbot.waitUntil(lambda: _told(room)[NAMES[0]].startswith("\u2713 compared"), timeout=WAIT)
    assert card._heard.isChecked()
    assert card._help.text().startswith("Compared on ")
    card._heard.click()
    qtbot.waitUntil(lambda: _told(room)[NAMES[0]] == "to compare by telephone", timeout=WAIT)
    assert not card._heard.isChecked()


def test_a_changed_key_is_not_ticked_and_says_so(tmp_path, enter):
    path, returns = issued_panel(tmp_path, names=NAMES[:2], cases=2)
    with Casebook.open(path, PASSPHRASE) as book:
        receive(book, returns)
        confirm(book, NAMES[0])
        receive(book, [second_return(book, NAMES[0], tmp_path)])
    room = enter(PanelRoom, path)
    _select(room, NAMES[0])
    assert _told(room)[NAMES[0]] == "! changed"
    assert not room._card._heard.isChecked()
    assert "not the key that you compared" in room._card._help.text()


def test_a_key_that_changed_while_its_words_were_read_is_not_kept(qtbot, tmp_path, enter):
    path, returns = issued_panel(tmp_path, names=NAMES[:1], cases=2)
    with Casebook.open(path, PASSPHRASE) as book:
        receive(book, returns)
    room = enter(PanelRoom, path)
    _select(room, NAMES[0])
    shown = room._card.person
    again = tmp_path / "again"
    again.mkdir()
    room.desk.do(lambda book: receive(book, [second_return(book, NAMES[0], again)]) and None).run()
    room.compare(shown, True)
    qtbot.waitUntil(lambda: "has changed since" in room.outcome.text, timeout=WAIT)


def test_two_keys_stand_out_with_their_words_and_one_is_chosen(qtbot, tmp_path, enter):
    path, returns = forked_panel(tmp_path)
    room = enter(MergeRoom, path)
    room.take(returns)
    qtbot.waitUntil(lambda: room.findChildren(ForkRow) != [], timeout=WAIT)
    qtbot.waitUntil(lambda: room.desk.idle, timeout=WAIT)
    (row,) = room.findChildren(ForkRow)
    assert row.accessibleName() == "A. One: returns conflict"
    row.findChild(QPushButton).click()
    form = room._fork
    assert room._side.currentWidget().isAncestorOf(form)
    assert "Two keys signed" in form._said.text()
    texts = {child.text() for child in form.findChildren(object) if hasattr(child, "text")}
    fork = room._stands.out[0].fork
    assert {fingerprint_words(one.public_key) for one in fork} <= texts
    form.send()
    assert "Choose one" in form.problem
    assert room._stands.out != (), "one press chooses nothing"
    form._buttons[0][0].click()
    form._buttons[1][0].click()
    assert [made.isChecked() for made, _ in form._buttons] == [False, True]
    form.send()
    qtbot.waitUntil(lambda: room._stands.out == (), timeout=WAIT)
    qtbot.waitUntil(lambda: room.desk.idle, timeout=WAIT)
    assert room._side.currentIndex() == 0
    (told,) = [one for one in room._panel._model.rows if one.first == "A. One"]
    assert told.second == "Return 1, chosen by you of 2"
    said = "A. One: return 1, chosen by you of 2 that conflict"
    shown = room._panel._forks
    qtbot.waitUntil(lambda: shown.itemAt(0).widget().accessibleName() == said, timeout=WAIT)
    shown.itemAt(0).widget().findChild(QPushButton).click()
    qtbot.waitUntil(lambda: room._stands.out != (), timeout=WAIT)
    assert room._stands.received == 2


def test_release_warns_of_keys_that_were_not_compared_and_goes_on(qtbot, tmp_path, enter):
    path, returns = issued_panel(tmp_path, names=NAMES[:2], cases=2)
    with Casebook.open(path, PASSPHRASE) as book:
        receive(book, returns)
        confirm(book, NAMES[0])
        assert key_words(book)[0].state is KeyState.COMPARED
    room = enter(MergeRoom, path)
    room._ask_release()
    form = room.form
    assert "key words of B. Two." in form._unheard.text()
    assert not form._unheard.isHidden()
    form._sure.setChecked(True)
    form.send()
    qtbot.waitUntil(lambda: bool(room.desk.about.released), timeout=WAIT)
