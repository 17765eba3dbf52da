"""A scan in the reading room: its pages have a picture before its bytes are there."""

import io

import pytest
from PIL import Image, ImageDraw

from reviewer.documents.outside.worker import Worker
from reviewer.intake import import_documents
from reviewer.progress import Quiet

PAGES = 30


def scan():
    """Return a TIFF of pages that take long to draw, each with a block of its own height."""
    pages = []
    for number in range(PAGES):
        page = Image.new("L", (900, 1_200), 255)
        ImageDraw.Draw(page).rectangle((100, 100, 500, 140 + 30 * number), fill=0)
        pages.append(page)
    out = io.BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], compression="tiff_lzw")
    return out.getvalue()


@pytest.fixture
def scanned(qtbot, room, desk, tmp_path):
    """Bring a scan into the first case, and return its document, not opened yet."""
    (tmp_path / "scan.tiff").write_bytes(scan())
    case = room.judging.material.case

    def bring(book):
        with Worker() as worker:
            import_documents(book, worker, case.reference, [tmp_path / "scan.tiff"], Quiet())
        return book.documents.of(case.id)[-1]

    found = []
    desk.ask(bring).owner(room).succeeded(found.append).run()
    qtbot.waitUntil(lambda: bool(found), timeout=60_000)
    return found[0]


def pictures(room):
    return [parts.image for parts in room.reader.view.parts()]


def test_pages_are_seen_before_their_document_is_there(qtbot, room, scanned, monkeypatch):
    monkeypatch.setattr(room.renderer, "open", lambda *_: None)  # its bytes never come
    with qtbot.waitSignal(room.reading.opened):
        room.reading.open(scanned)
    qtbot.waitUntil(lambda: None not in pictures(room))
    assert pictures(room)[0].width() == 620
    previews = room.renderer.previews
    qtbot.waitUntil(lambda: all(page in previews._files for page in range(1, PAGES + 1)))
    view = room.reader.view
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    assert view.parts()[-1].number == PAGES
    qtbot.waitUntil(lambda: None not in pictures(room))
    assert room.renderer.pending() > 0  # nothing was drawn


def test_the_sharp_page_takes_the_place_of_its_preview(qtbot, room, scanned):
    with qtbot.waitSignal(room.reading.opened):
        room.reading.open(scanned)
    view = room.reader.view

    def sharp():
        return [
            one.image is not None and one.image.width() == one.rect.width() for one in view.parts()
        ]

    qtbot.waitUntil(lambda: all(sharp()))
    assert view.parts()[0].image.width() != 620


def test_locking_lets_go_of_previews_too(qtbot, room, scanned):
    with qtbot.waitSignal(room.reading.opened):
        room.reading.open(scanned)
    qtbot.waitUntil(lambda: None not in pictures(room))
    room._let_go()
    previews = room.renderer.previews
    assert previews._thread is None
    assert (previews._files.size, previews._pictures.size, previews._smalls.held.size) == (0, 0, 0)
    assert not previews._finished
