"""Pictures of what is shown when a casebook is damaged, away or older."""

from reviewer.casebook.book import Casebook
from reviewer.casebook.file import location
from reviewer.errors import StorageError
from tests.ui.sample import PASSPHRASE, chair_casebook, panellist_casebook
from ui.rooms.safekeeping.backups import BackupsCard


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
    real = location.place_of
    away = location.Place(kind=location.Kind.REMOVABLE, system="vfat")
    location.place_of = lambda one: away if one == path else real(one)
    stage.window.show_unlock(path)
    stage.settle()
    location.place_of = real


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


def unlock_damaged_alone(stage):
    """A damaged file without any backup beside it."""
    path = panellist_casebook(stage.folder)
    broken = bytearray(path.read_bytes())
    broken[5 * 4096 + 40] ^= 1
    path.write_bytes(broken)
    stage.window.show_unlock(path)
    stage.window._unlock._field.setText(PASSPHRASE)
    stage.window._unlock.start()


def unlock_restored(stage):
    """A backup put in the place of a damaged file, and what is told of it."""
    unlock_damaged(stage)
    stage.settle()
    stage.window._unlock._field.setText(PASSPHRASE)
    stage.window._unlock.start()


def backups_restore(stage):
    """The question before an older backup takes the casebook's place."""
    return _restoring(stage)


def backups_restored(stage):
    """After it: what the file holds now."""
    card = _restoring(stage)
    card._passphrase.setText(PASSPHRASE)
    card.restore()


def _restoring(stage):
    path = panellist_casebook(stage.folder)
    for _ in range(3):
        with Casebook.open(path, PASSPHRASE) as book:
            book.backup()
        _changed(path, 3)
    stage.open(path)
    stage.window.show_room("safekeeping")
    stage.settle()
    card = next(c for c in stage.window.room.cards if isinstance(c, BackupsCard))
    card.list.setCurrentRow(1)
    card.ask.click()
    return card


def checking(stage):
    """A large casebook is read while its pages are still checked: what the window says."""
    stage.open(panellist_casebook(stage.folder))
    stage.window.header.status.checking()


def unbacked(stage):
    """Backups fail; the work does not."""
    stage.open(panellist_casebook(stage.folder))
    stage.window._unbacked.tell_failure(
        StorageError("The disk is full. Free some space, then try again.")
    )


def idle(stage):
    """The half minute before the casebook locks by itself."""
    stage.open(panellist_casebook(stage.folder))
    stage.window._warn(28)


OPENING_SCREENS = {
    "unlock-damaged": unlock_damaged,
    "unlock-stick": unlock_stick,
    "older": older,
    "backups": backups,
    "backups-restore": backups_restore,
    "backups-restored": backups_restored,
    "unlock-damaged-alone": unlock_damaged_alone,
    "unlock-restored": unlock_restored,
    "unbacked": unbacked,
    "idle": idle,
    "checking": checking,
}
