"""Text read from scans behind all else: begun, told, paused, gone on with, and refused."""

import time
from dataclasses import replace

import pytest

from reviewer.casebook.book import Casebook
from reviewer.documents.outside.worker import Worker
from reviewer.errors import EngineError
from reviewer.intake import import_documents
from reviewer.intake.scans import ScanReport
from reviewer.progress import Quiet
from reviewer.records.scans import PageReading, PageState, Scans
from tests.books import PASSPHRASE, case, chair_book
from tests.reviewer.intake.test_scans import bundle
from tests.ui.waiting import WAIT, calm
from ui.rooms.cases import scans_strip
from ui.rooms.cases.detail import said_of_scans
from ui.rooms.cases.room import CasesRoom
from ui.settings import SCANS_PAUSED


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "inquiry.casebook"
    (tmp_path / "bundle.pdf").write_bytes(bundle(pages=5))
    with chair_book(made, rates=False) as book, Worker() as worker:
        book.cases.add([case("2010-01")])
        import_documents(book, worker, "2010-01", [tmp_path / "bundle.pdf"], Quiet())
    return made


def reads(monkeypatch, each):
    """Let pages be read in an instant by a stand-in; ``each`` is called before every page."""

    def read(steps, worker, progress, **_how):
        waiting = steps(lambda book: book.scans.waiting())
        for done, page in enumerate(waiting):
            each(done)
            progress.step(done, len(waiting), "page")
            reading = PageReading(number=page.number, state=PageState.EMPTY)
            steps(lambda book, p=page, r=reading: book.scans.keep(p.document, r, "", b""))
        return ScanReport(read=Scans(), seconds=1.0, engine="Tesseract 5.5")

    monkeypatch.setattr(scans_strip, "read_scans", read)


def waiting(room):
    return room.desk.call(lambda book: len(book.scans.waiting()))


def test_what_waits_is_read_by_tesseract_while_people_work(qtbot, path, enter, reads_scans):
    room = enter(CasesRoom, path)
    qtbot.waitUntil(lambda: not room.scans.isVisible() and waiting(room) == 0, timeout=5 * WAIT)
    hits = room.desk.call(lambda book: book.search("unsteady"))
    assert {hit.page for hit in hits} == {2, 3, 4, 5}


def test_it_says_how_far_it_is_and_is_paused(qtbot, path, enter, monkeypatch):
    """The room is entered paused, so that nothing has ended before it is looked at."""
    room = paused(enter, path)
    monkeypatch.undo()  # from here on scans are read
    reads(monkeypatch, lambda done: time.sleep(0.05 if done < 2 else 0.6))
    strip = room.scans
    assert strip._told.whole == "Paused. Pages that wait are not found by search."
    assert strip._pause.text() == "Go on"
    strip._pause.click()
    qtbot.waitUntil(lambda: strip._done >= 2, timeout=WAIT)
    assert strip._title.text() == "Reading text from scans: 2 of 4 pages"
    assert strip._told.whole.endswith("and after a restart once Cases is opened.")
    assert strip._job.told_locked.endswith("(it goes on by itself once Cases is opened again)")
    strip._pause.click()
    qtbot.waitUntil(lambda: not strip.reading, timeout=WAIT)
    calm(qtbot, room)
    assert 0 < waiting(room) < 4
    assert room.settings.get(SCANS_PAUSED)
    strip._pause.click()
    qtbot.waitUntil(lambda: waiting(room) == 0, timeout=WAIT)
    calm(qtbot, room)
    assert not strip.isVisible()


def paused(enter, path):
    """Enter the room over pages that wait, nothing being read."""
    room = enter(CasesRoom, path)
    room.settings.put(SCANS_PAUSED, True)
    room.scans._word()
    return room


def test_the_pace_and_what_is_left_are_told(qtbot, path, enter, monkeypatch):
    room = paused(enter, path)
    calm(qtbot, room)
    strip = room.scans
    strip._counts = Scans(pages=700, waiting=655, good=0)
    strip._job, strip._done = object(), 38
    monkeypatch.setattr(scans_strip.time, "monotonic", lambda: strip._begun + 120)
    strip._word()
    assert strip._told.whole.startswith("19 pages a minute, about 32 minutes left.")
    strip._job = None


def test_where_nothing_reads_scans_it_says_what_to_do(qtbot, path, enter, monkeypatch):
    monkeypatch.setattr(scans_strip, "find_engine", lambda: None)
    room = enter(CasesRoom, path)
    calm(qtbot, room)
    assert "Tesseract is not on this computer" in room.scans._told.whole
    assert not room.scans._pause.isVisible()
    assert room.scans.isVisible()


def test_what_fails_is_told_and_not_begun_again_and_again(
    qtbot, path, enter, reads_scans, monkeypatch
):
    begun = []

    def fail(steps, worker, progress, **_how):
        begun.append(1)
        raise EngineError("Nothing reads here.")

    monkeypatch.setattr(scans_strip, "read_scans", fail)
    room = enter(CasesRoom, path)
    qtbot.waitUntil(lambda: room.scans._told.whole == "Nothing reads here.", timeout=WAIT)
    calm(qtbot, room)
    assert len(begun) == 1


def test_a_lock_stops_it_and_what_was_read_is_kept(qtbot, path, enter, monkeypatch):
    room = paused(enter, path)
    monkeypatch.undo()
    reads(monkeypatch, lambda done: time.sleep(0.05 if done < 2 else 0.6))
    room.scans._pause.click()
    qtbot.waitUntil(lambda: room.scans._done >= 2, timeout=WAIT)
    with qtbot.waitSignal(room.desk.locked, timeout=WAIT):
        room.desk.lock()
    qtbot.waitUntil(lambda: room.desk.idle, timeout=WAIT)
    (told,) = room.desk.cut_short
    assert told.startswith("reading text from scans, after 2 of 4 (it goes on by itself")
    with Casebook.open(path, PASSPHRASE) as book:
        assert 0 < len(book.scans.waiting()) < 4


def test_where_no_page_is_a_scan_nothing_is_shown(qtbot, tmp_path, enter):
    with chair_book(tmp_path / "plain.casebook", rates=False, cases=2):
        pass
    room = enter(CasesRoom, tmp_path / "plain.casebook")
    calm(qtbot, room)
    assert not room.scans.isVisible()


def test_cases_says_of_each_document_how_its_scans_were_read(qtbot, path, enter):
    room = enter(CasesRoom, path)
    calm(qtbot, room)
    assert "4 pages wait to be read" in room.detail.documents[0].spoken
    made = room.detail.shown.documents[0]
    scans = Scans(pages=9, good=2, check=1, poor=3, empty=1, failed=1)
    assert said_of_scans(made, scans) == (
        "2 pages read well, 1 page read in part, 3 pages read badly: search misses words,"
        " 1 page without words, 1 page that could not be read"
    )
    assert said_of_scans(made, Scans(pages=9)) == ""
    assert said_of_scans(replace(made, text_source="none"), Scans()).startswith("a picture")
