"""What a person does in the room, as steps that tests read like a story."""

from PySide6.QtCore import QPoint, Qt

from reviewer.casebook.book import Casebook
from tests.ui.read.inquiry import PASSPHRASE


def calm(qtbot, room):
    """Wait until the desk and the drawing thread have nothing left to do, the last key stored."""
    room.sheet._act_now()
    room.sheet.body.send()
    for _ in range(2):
        qtbot.waitUntil(lambda: room.desk.idle and room.renderer.pending() == 0, timeout=10_000)


def open_reference(qtbot, room, reference):
    """Open a case by its reference, and wait for it."""
    case = next(row.id for row in room.cases._rows if row.row.first == reference)
    room.open_case(case)
    qtbot.waitUntil(
        lambda: room.judging.material is not None and room.judging.material.case.id == case
    )
    calm(qtbot, room)


def open_document(qtbot, room, title):
    """Press a document's tab, and wait for its text."""
    at = next(n for n in range(room.tabs.count()) if room.tabs.tabText(n).startswith(title))
    room.tabs.setCurrentIndex(at)
    qtbot.waitUntil(lambda: room.reading.document == room.tabs.document)
    qtbot.waitUntil(lambda: room.reader.covered or room.reader.view.characters(1) is not None)
    calm(qtbot, room)


def point_of(room, page, offset):
    view = room.reader.view
    box = view.characters(page).boxes(offset, offset + 1)[0]
    rect = view._layout.place(page, box).translated(-view.offset())
    return QPoint(round(rect.left() + 1), round(rect.center().y()))


def select_with_mouse(qtbot, room, words, page=1):
    """Drag over ``words`` on a page."""
    text = room.reader.view.characters(page).text
    start = text.index(words)
    one, two = point_of(room, page, start), point_of(room, page, start + len(words))
    port = room.reader.view.viewport()
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=one)
    qtbot.mouseMove(port, (one + two) / 2)
    qtbot.mouseMove(port, two)
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=two)


def stored(qtbot, room, read):
    """Return what the casebook holds, asked on its own thread."""
    found = []
    room.desk.ask(read).succeeded(found.append).run()
    qtbot.waitUntil(lambda: bool(found), timeout=10_000)
    return found[0]


def ratings(qtbot, room, reference="2010-07"):
    """Return the stored ratings of a case, by factor."""

    def read(book):
        about = book.about
        case = book.cases.by_reference(reference)
        return {"is": book.ratings.of(about.member, case.id, about.round)}

    return stored(qtbot, room, read)["is"]


def ratings_on_disk(path, reference):
    """Open a casebook that nobody has open, and return the ratings of a case."""
    with Casebook.open(path, PASSPHRASE) as book:
        about = book.about
        case = book.cases.by_reference(reference)
        return book.ratings.of(about.member, case.id, about.round)


def seal_it(qtbot, room):
    """Go through the page before a seal as a person does, and press its button."""
    qtbot.mouseClick(room.left.seal, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(room.before.isVisible, timeout=10_000)
    qtbot.keyClicks(room.before.word, "seal")
    qtbot.mouseClick(room.before.seal, Qt.MouseButton.LeftButton)
