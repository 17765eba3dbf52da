"""The thread that draws: the page in sight first, what is stale never, failures in words."""

import threading

import pytest
from shiboken6 import delete

from reviewer.errors import DocumentError
from reviewer.records.contents import Contents
from tests.ui.reader.pages import Engine, make_pdf
from ui.reader.page import renderer as module
from ui.reader.page.cache import Wanted
from ui.reader.page.renderer import KEEP_OPEN, Renderer


@pytest.fixture
def engine():
    return Engine()


@pytest.fixture
def renderer(qtbot, engine):
    made = Renderer(lambda: engine)
    yield made
    made.close()
    assert not [t for t in threading.enumerate() if t.name == "pages"]


def test_a_page_comes_as_a_picture_of_the_wanted_width(qtbot, renderer):
    renderer.open("d", make_pdf(1))
    with qtbot.waitSignal(renderer.ready) as told:
        renderer.want("1 view", [Wanted(key="d", page=1, width=300)])
    wanted, image = told.args
    assert (wanted.page, image.width()) == (1, 300)
    assert image.pixelColor(2, 2).name() == "#ffffff"


def test_pages_are_turned_and_lie_on_their_paper(qtbot, renderer):
    renderer.open("d", make_pdf(1))
    with qtbot.waitSignal(renderer.ready) as told:
        renderer.want("1 view", [Wanted(key="d", page=1, width=300, turn=90, paper="#f3f0e8")])
    assert told.args[1].height() == 300
    assert told.args[1].pixelColor(2, 2).name() == "#f3f0e8"


def test_stale_requests_are_never_drawn(qtbot, renderer, engine):
    engine.gate = threading.Event()
    renderer.open("d", make_pdf(3))
    renderer.want("1 view", [Wanted(key="d", page=1, width=50)])
    qtbot.waitUntil(lambda: renderer.pending() == 0)  # the first is being drawn
    renderer.want("1 view", [Wanted(key="d", page=2, width=50)])
    renderer.want("1 view", [Wanted(key="d", page=3, width=50)])
    with qtbot.waitSignals([renderer.ready] * 2):
        engine.gate.set()
    assert [page for _, page, _ in engine.drawn] == [1, 3]


def test_pages_come_before_small_pages(qtbot, renderer, engine):
    engine.gate = threading.Event()
    renderer.open("d", make_pdf(3))
    renderer.want("2 small", [Wanted(key="d", page=1, width=40)])
    qtbot.waitUntil(lambda: renderer.pending() == 0)
    renderer.want("2 small", [Wanted(key="d", page=2, width=40)])
    renderer.want("1 view", [Wanted(key="d", page=3, width=200)])
    with qtbot.waitSignals([renderer.ready] * 3):
        engine.gate.set()
    assert [page for _, page, _ in engine.drawn] == [1, 3, 2]


def test_what_cannot_be_shown_is_told_once_in_a_sentence(qtbot, renderer):
    renderer.open("d", b"no pdf")
    with qtbot.waitSignal(renderer.failed) as told:
        renderer.want("1 view", [Wanted(key="d", page=n, width=50) for n in (1, 2)])
    assert told.args == ["d", 0, "This is not a PDF, so it cannot be shown."]
    assert renderer.pending() == 0  # nobody waits for the second page


def test_only_the_last_documents_stay_open(qtbot, renderer, engine):
    pdf = make_pdf(1)
    for number in range(KEEP_OPEN + 2):
        renderer.open(str(number), pdf)
        with qtbot.waitSignal(renderer.ready):
            renderer.want("1 view", [Wanted(key=str(number), page=1, width=20)])
    assert len(engine.open_documents) == KEEP_OPEN
    assert not renderer.has("0")


def test_a_document_that_is_let_go_of_while_it_opens_is_drawn_to_the_end(
    qtbot, renderer, engine, monkeypatch
):
    opens = engine.open

    def let_go(key, pdf):
        opens(key, pdf)
        renderer._papers.clear()  # as a lock does, at just this moment

    monkeypatch.setattr(engine, "open", let_go)
    renderer.open("d", make_pdf(1))
    with qtbot.waitSignal(renderer.ready):
        renderer.want("1 view", [Wanted(key="d", page=1, width=50)])


class Slow(Engine):
    """Takes its time to open a document."""

    def __init__(self):
        super().__init__()
        self.begun, self.may_open = threading.Event(), threading.Event()

    def open(self, key, pdf):
        self.begun.set()
        assert self.may_open.wait(60)
        return super().open(key, pdf)


@pytest.mark.parametrize("pdf", [make_pdf(1), b"no document"], ids=["drawn", "damaged"])
def test_a_window_that_goes_while_a_page_is_drawn_ends_the_thread(qtbot, pdf):
    """The page comes back to nobody: no error of ours, no thread and no engine left behind."""
    engine = Slow()
    failed = []
    held, threading.excepthook = threading.excepthook, failed.append
    try:
        gone = Renderer(lambda: engine)
        gone.open("d", pdf)
        gone.want("1 view", [Wanted(key="d", page=1, width=50)])
        qtbot.waitUntil(engine.begun.is_set)
        delete(gone)
        engine.may_open.set()
        qtbot.waitUntil(lambda: not [t for t in threading.enumerate() if t.name == "pages"])
    finally:
        threading.excepthook = held
    assert not failed


def in_pieces(engine):
    """Let ``engine`` open documents in pieces too; return how each was opened."""
    opened = []
    whole = engine.open
    engine.open = lambda key, pdf: opened.append("whole") or whole(key, pdf)
    engine.open_in_pieces = lambda key, pdf: opened.append("pieces") or whole(key, pdf)
    return opened


def test_a_large_document_is_read_in_pieces_and_whole_where_pages_lack(
    qtbot, renderer, engine, monkeypatch
):
    monkeypatch.setattr(module, "WHOLE", 10)
    opened = in_pieces(engine)
    renderer.open("d", make_pdf(2), 2)
    with qtbot.waitSignal(renderer.ready):
        renderer.want("1 view", [Wanted(key="d", page=1, width=50)])
    assert opened == ["pieces"]
    engine.open_in_pieces = lambda *_: opened.append("pieces") or 1
    renderer.open("e", make_pdf(2), 2)
    with qtbot.waitSignal(renderer.ready):
        renderer.want("1 view", [Wanted(key="e", page=2, width=50)])
    assert opened == ["pieces", "pieces", "whole"]


def test_a_small_document_is_read_whole(qtbot, renderer, engine):
    opened = in_pieces(engine)
    renderer.open("d", make_pdf(2), 2)
    with qtbot.waitSignal(renderer.ready):
        renderer.want("1 view", [Wanted(key="d", page=1, width=50)])
    assert opened == ["whole"]


def test_large_documents_do_not_stay_open_beside_each_other(renderer, monkeypatch):
    monkeypatch.setattr(module, "KEEP_BYTES", 100)
    renderer.open("a", bytes(60))
    renderer.open("b", bytes(60))
    renderer.open("c", bytes(30))
    assert [renderer.has(key) for key in "abc"] == [False, True, True]


def test_what_a_document_says_of_its_order_is_read_after_its_pages(qtbot, renderer, engine):
    renderer.open("d", make_pdf(3))
    engine.said["d"] = Contents(labels=("i", "ii", "1"))
    engine.gate = threading.Event()
    renderer.want("1 view", [Wanted(key="d", page=1, width=300)])
    renderer.describe("d")
    assert renderer.pending() >= 1
    with qtbot.waitSignal(renderer.described, timeout=10_000) as told:
        engine.gate.set()
    assert told.args == ["d", Contents(labels=("i", "ii", "1"))]
    assert [page for _key, page, _width in engine.drawn] == [1]


def test_an_order_that_cannot_be_read_is_none(qtbot, renderer, engine):
    def fail(_key):
        raise DocumentError("It cannot be read.")

    engine.contents = fail
    renderer.open("d", make_pdf(3))
    with qtbot.waitSignal(renderer.described, timeout=10_000) as told:
        renderer.describe("d")
    assert told.args == ["d", Contents()]
    with qtbot.waitSignal(renderer.ready, timeout=10_000):
        renderer.want("1 view", [Wanted(key="d", page=2, width=300)])
    renderer.describe("")
    assert renderer.pending() == 0
