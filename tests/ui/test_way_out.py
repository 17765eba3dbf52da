"""The unlock screen shows the way out: a backup for what is damaged, a copy for what is away."""

import pytest

from reviewer.casebook.book import Casebook
from reviewer.casebook.file import location
from reviewer.records.judgement import Rating
from tests.ui.sample import PASSPHRASE, panellist_casebook
from ui.rooms.opening import rescue
from ui.widgets.rows import RowRole

WAIT = 15_000


@pytest.fixture
def own(tmp_path, monkeypatch):
    folder = tmp_path / "own"
    folder.mkdir()
    monkeypatch.setattr(rescue, "own_folder", lambda: folder)
    return folder


@pytest.fixture
def path(tmp_path):
    return panellist_casebook(tmp_path)


def rate(path, value):
    with Casebook.open(path, PASSPHRASE) as book:
        about = book.about
        case = book.cases.all()[0].id
        book.ratings.put(
            about.member, case, 1, Rating(factor=about.framework.codes[0], value=value)
        )
        return book.journal.tail(1)[0].seq


def backed_up(path):
    with Casebook.open(path, PASSPHRASE) as book:
        return book.backup()


def damage(path):
    broken = bytearray(path.read_bytes())
    broken[5 * 4096 + 40] ^= 1
    path.write_bytes(broken)
    return bytes(broken)


def type_in(window, path):
    window.show_unlock(path)
    window._unlock._field.setText(PASSPHRASE)
    window._unlock.start()


def test_a_damaged_casebook_is_restored_from_the_unlock_screen(qtbot, window, path):
    made = backed_up(path)
    rate(path, 3)
    rate(path, 2)
    broken = damage(path)
    type_in(window, path)
    room = window._unlock
    qtbot.waitUntil(room.way_out.isVisible, timeout=WAIT)
    assert "is damaged" in room._problem.sentence
    assert room._unlock.text() == "Restore and open"
    assert room.way_out.backups.chosen.path == made.path
    row = room.way_out.backups.item(0).data(int(RowRole.ROW))
    assert "the last 2 changes are not in it" in row.second
    assert path.read_bytes() == broken
    room._field.setText(PASSPHRASE)
    with qtbot.waitSignal(window.desk.opened, timeout=WAIT):
        room.start()
    (aside,) = path.parent.glob("*.before-restore-*.casebook")
    assert aside.read_bytes() == broken
    assert window.desk.older is None, "restoring is knowing"


def test_a_damaged_first_page_looks_like_a_wrong_passphrase_and_has_a_way_out(qtbot, window, path):
    made = backed_up(path)
    broken = bytearray(path.read_bytes())
    broken[300] ^= 1
    path.write_bytes(broken)
    type_in(window, path)
    room = window._unlock
    qtbot.waitUntil(lambda: "look alike" in room._problem.sentence, timeout=WAIT)
    assert not room.way_out.isVisible()
    room._problem._action.click()
    qtbot.waitUntil(room.way_out.isVisible, timeout=WAIT)
    assert room.way_out.backups.chosen.path == made.path
    room._field.setText(PASSPHRASE)
    with qtbot.waitSignal(window.desk.opened, timeout=WAIT):
        room.start()


@pytest.mark.parametrize("content", [b"", b"x" * 5000, b"\x07" + bytes(4095)])
def test_what_is_no_casebook_any_more_has_the_same_way_out(qtbot, window, path, content):
    backed_up(path)
    path.write_bytes(content)
    type_in(window, path)
    qtbot.waitUntil(window._unlock.way_out.isVisible, timeout=WAIT)
    assert window._unlock._unlock.text() == "Restore and open"
    assert path.read_bytes() == content


def test_without_a_good_backup_it_says_so(qtbot, window, path):
    made = backed_up(path)
    made.path.write_bytes(b"gone")
    broken = damage(path)
    type_in(window, path)
    qtbot.waitUntil(window._unlock.way_out.isVisible, timeout=WAIT)
    assert "no good backup" in window._unlock.way_out.sentence.text()
    assert window._unlock._unlock.text() == "Unlock"
    assert path.read_bytes() == broken


def test_another_file_is_asked_for_without_the_way_out_of_the_last(qtbot, window, path, tmp_path):
    backed_up(path)
    damage(path)
    type_in(window, path)
    qtbot.waitUntil(window._unlock.way_out.isVisible, timeout=WAIT)
    (tmp_path / "two").mkdir()
    window.show_unlock(panellist_casebook(tmp_path / "two"))
    assert not window._unlock.way_out.isVisible()
    assert window._unlock._unlock.text() == "Unlock"


@pytest.fixture
def away(path, monkeypatch):
    place = location.Place(kind=location.Kind.REMOVABLE, system="vfat")
    monkeypatch.setattr(location, "place_of", lambda one: place if one == path else None)
    return path


def test_a_casebook_on_a_stick_is_copied_to_this_computer_and_opened_there(
    qtbot, window, away, own
):
    before = away.read_bytes()
    (own / away.name).write_bytes(b"another file of that name")
    window.show_unlock(away)
    room = window._unlock
    qtbot.waitUntil(room.way_out.isVisible, timeout=WAIT)
    assert "a stick or disk that can be taken out" in room.way_out.place.sentence
    assert str(own) in room.way_out.place._details.text()
    assert room._unlock.text() == "Copy and open"
    room._field.setText(PASSPHRASE)
    with qtbot.waitSignal(window.desk.opened, timeout=WAIT):
        room.start()
    assert window.desk.path == own / "case-file-4 2.casebook"
    assert away.read_bytes() == before
    assert (own / away.name).read_bytes() == b"another file of that name"


def test_work_on_the_stick_is_possible_for_who_insists(qtbot, window, away, own):
    window.show_unlock(away)
    room = window._unlock
    qtbot.waitUntil(room.way_out.isVisible, timeout=WAIT)
    room.way_out.place._action.click()
    assert room._unlock.text() == "Unlock"
    room._field.setText(PASSPHRASE)
    with qtbot.waitSignal(window.desk.opened, timeout=WAIT):
        room.start()
    assert window.desk.path == away
    assert list(own.iterdir()) == []


def test_closing_the_window_over_an_open_casebook_asks_for_nothing_more(qtbot, window, path):
    with qtbot.waitSignal(window.desk.opened, timeout=WAIT):
        window.desk.open(path, PASSPHRASE).run()
    with qtbot.captureExceptions() as raised, qtbot.waitSignal(window.desk.locked, timeout=WAIT):
        window.close()
    assert raised == []
