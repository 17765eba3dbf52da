"""A large document is drawn from its casebook, a MiB at a time, and a lock does not hang on it."""

import hashlib

import pytest

from reviewer.casebook.steps import by_steps
from reviewer.documents.outside.worker import Worker
from reviewer.records.cases import Document, PageText, Reading
from reviewer.records.ids import DocumentId, new_id
from reviewer.records.large import PIECE, LargeFile
from tests.reviewer.documents.test_pieces import pdf
from tests.reviewer.exchange.panel import PASSPHRASE, make_chair
from ui.reader.page.cache import Wanted
from ui.reader.page.renderer import Renderer

DATA = pdf(12)


@pytest.fixture
def kept(tmp_path):
    """Return a casebook and its one large document."""
    with make_chair(tmp_path, cases=1) as book:
        made = Document(
            id=DocumentId(new_id()),
            case=book.cases.all()[0].id,
            title="Scan",
            media="application/pdf",
            sha256=hashlib.sha256(DATA).hexdigest(),
            size=len(DATA),
            page_count=12,
        )
        file = LargeFile(len(DATA), lambda at: DATA[at * PIECE : (at + 1) * PIECE])
        pages = tuple(
            PageText(number=n, text="", boxes=b"", width=300.0, height=300.0) for n in range(1, 13)
        )
        book.documents.add(made, file, Reading(media="application/pdf", pages=pages))
    return tmp_path / "chair.casebook", made


def test_it_is_drawn_out_of_the_open_casebook_and_told_once_that_is_locked(qtbot, desk, kept):
    path, made = kept
    renderer = Renderer(Worker)
    try:
        with qtbot.waitSignal(desk.opened):
            desk.open(path, PASSPHRASE).run()
        found = []
        desk.ask(lambda book: book.documents.shown(made.id)).succeeded(found.append).run()
        qtbot.waitUntil(lambda: bool(found))
        (file,) = found
        assert isinstance(file, LargeFile)
        renderer.open(made.id, by_steps(desk.call, file), 12)
        with qtbot.waitSignal(renderer.ready) as told:
            renderer.want("1 view", [Wanted(key=made.id, page=9, width=120)])
        assert (told.args[0].page, told.args[1].width()) == (9, 120)
        with qtbot.waitSignal(desk.locked):
            desk.lock()
        renderer.open("again", by_steps(desk.call, file), 12)
        with qtbot.waitSignal(renderer.failed) as told:
            renderer.want("1 view", [Wanted(key="again", page=1, width=120)])
        assert told.args[0] == "again"
    finally:
        renderer.close()
