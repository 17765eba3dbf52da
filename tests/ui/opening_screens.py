"""Pictures of what is shown when a casebook is damaged, away or older."""

from reviewer.casebook import places
from reviewer.casebook.book import Casebook
from tests.ui.sample import PASSPHRASE, chair_casebook, panellist_casebook


def _changed(path, times):
    with Casebook.open(path, PASSPHRASE) as book:
        for time in range(times):
            book.reviews.set_text(
                book.about.member, book.cases.all()[0].id, 1, narrative=f"Text {time}"
            )


def unlock_damaged(stage):
    path = panellist_casebook(stage.folder)
    for _ in range(3):
        with Casebook.open(path, PASSPHRASE) as book:
            book.backup()
        _changed(path, 3)
    broken = bytearray(path.read_bytes())
    broken[5 * 4096 + 40] ^= 1
    path.write_bytes(broken)
    stage.window.show_unlock(path)
    stage.window._unlock._field.setText(PASSPHRASE)
    stage.window._unlock.start()


def unlock_stick(stage):
    path = panellist_casebook(stage.folder)
    real = places.place_of
    away = places.Place(kind=places.Kind.REMOVABLE, system="vfat")
    places.place_of = lambda one: away if one == path else real(one)
    stage.window.show_unlock(path)
    stage.settle()
    places.place_of = real


def older(stage):
    path = panellist_casebook(stage.folder)
    old = path.read_bytes()
    _changed(path, 4)
    path.write_bytes(old)
    stage.open(path)


def backups(stage):
    path = chair_casebook(stage.folder)
    for _ in range(3):
        with Casebook.open(path, PASSPHRASE) as book:
            book.backup()
    stage.open(path)
    stage.window.show_room("safekeeping")


OPENING_SCREENS = {
    "unlock-damaged": unlock_damaged,
    "unlock-stick": unlock_stick,
    "older": older,
    "backups": backups,
}
