"""The room that keeps a casebook safe is there for everybody and says what the file is."""

from reviewer.casebook.book import Casebook
from reviewer.exchange.keyring import enrol
from tests.ui.sample import PASSPHRASE, chair_casebook, panellist_casebook
from ui.rooms.catalogue import rooms_for
from ui.rooms.safekeeping.about import AboutCard
from ui.rooms.safekeeping.backups import BackupsCard
from ui.rooms.safekeeping.key import KeyCard

WAIT = 10_000


def test_chair_and_panellist_both_have_it_last(qtbot, window, tmp_path):
    for path in (chair_casebook(tmp_path), panellist_casebook(tmp_path)):
        with qtbot.waitSignal(window.desk.opened, timeout=WAIT):
            window.desk.open(path, PASSPHRASE).run()
        assert rooms_for(window.desk.about)[-1].id == "safekeeping"


def test_it_counts_what_the_journal_holds(qtbot, window, tmp_path):
    path = chair_casebook(tmp_path)
    with qtbot.waitSignal(window.desk.opened, timeout=WAIT):
        window.desk.open(path, PASSPHRASE).run()
    window.show_room("safekeeping")
    card = next(c for c in window.room.cards if isinstance(c, AboutCard))
    newest = []
    window.desk.ask(lambda book: book.journal.tail(1)[0]).succeeded(newest.append).run()
    qtbot.waitUntil(lambda: bool(newest) and bool(card._values["Journal"].whole), timeout=WAIT)
    assert card._values["Journal"].whole.startswith(f"{newest[0].seq:,} change")
    assert path.name in card._values["File"].whole


def test_a_panellist_reads_the_words_of_the_key(qtbot, window, tmp_path):
    path = panellist_casebook(tmp_path)
    with qtbot.waitSignal(window.desk.opened, timeout=WAIT):
        window.desk.open(path, PASSPHRASE).run()
    window.show_room("safekeeping")
    card = next(c for c in window.room.cards if isinstance(c, KeyCard))
    qtbot.waitUntil(lambda: "first seal" in card.help.text(), timeout=WAIT)
    assert card.words.isHidden()
    made = []
    window.desk.ask(enrol).succeeded(made.append).run()
    card.enter()
    qtbot.waitUntil(lambda: bool(made) and card.words.text() == made[0], timeout=WAIT)
    assert "by telephone" in card.help.text()


def test_the_question_before_a_restore_comes_into_sight(qtbot, window, tmp_path):
    path = panellist_casebook(tmp_path)
    for _ in range(4):
        with Casebook.open(path, PASSPHRASE) as book:
            book.backup()
    with qtbot.waitSignal(window.desk.opened):
        window.desk.open(path, PASSPHRASE).run()
    window.resize(1366, 620)
    window.show_room("safekeeping")
    card = next(one for one in window.room.cards if isinstance(one, BackupsCard))
    qtbot.waitUntil(lambda: card.list.count() == 4)
    card.ask.click()
    seen = window.room._area.viewport()

    def in_sight():
        low = card._do.mapTo(seen, card._do.rect().bottomLeft()).y()
        assert 0 < low < seen.height()

    qtbot.waitUntil(in_sight)
