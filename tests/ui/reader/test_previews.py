"""Previews: painted at once, brought in lots, decoded beside; where there are none, no harm."""

import contextlib
import threading

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QImage, QPainter

from reviewer.documents.outside.untrusted import Bitmap
from reviewer.errors import DocumentError, EngineError
from tests.ui.waiting import WAIT
from ui.reader.page import previews as module
from ui.reader.page.bitmaps import on_paper, picture_of
from ui.reader.page.cache import Wanted
from ui.reader.page.previews import AT_ONCE, Previews
from ui.reader.page.smalls import WIDEST
from ui.reader.page.wishes import onward
from ui.reader.side.thumbnails import Thumbnails

WIDE, HIGH = 620, 877


class Decoder(contextlib.AbstractContextManager):
    """Decodes a "JPEG" of two bytes, its page; one of none is broken."""

    def __init__(self):
        self.decoded = []  # pages, whole
        self.smaller = []  # pages, read smaller
        self.gate = None
        self.coloured = False

    def __exit__(self, *_):
        return None

    def picture(self, preview, across=0):
        if self.gate is not None:
            assert self.gate.wait(5)
        page = int.from_bytes(preview, "big")
        (self.smaller if across else self.decoded).append(page)
        if not preview:
            raise DocumentError("broken")
        wide, high = (WIDE // 4, HIGH // 4) if across else (WIDE, HIGH)
        if self.coloured:
            data = bytes([0, 0, page % 256, 0]) * (wide * high)
            return Bitmap(width=wide, height=high, stride=4 * wide, data=data)
        return Bitmap(
            width=wide, height=high, stride=wide, data=bytes([page % 256]) * (wide * high)
        )


def file(page):
    return page.to_bytes(2, "big")


def wanted(page, turn=0, paper="#ffffff", key="d"):
    return Wanted(key=key, page=page, width=900, turn=turn, paper=paper)


@pytest.fixture
def decoder():
    return Decoder()


@pytest.fixture
def held(qtbot, decoder):
    before = set(threading.enumerate())  # rooms of other tests may still be closing
    made = Previews(lambda: decoder)
    yield made
    made.close()
    assert not [t for t in set(threading.enumerate()) - before if t.name == "previews"]


def answered(held):
    """Let whatever is asked for be brought at once."""
    asked = []

    def bring(key, pages):
        asked.append(pages)
        held.take(key, pages, {page: file(page) for page in pages})

    held.wanted.connect(bring)
    return asked


def test_what_came_with_the_document_is_painted_and_the_rest_is_brought_in_lots(qtbot, held):
    asked = answered(held)
    held.open("d", range(1, 101), {1: file(1), 2: file(2)})
    held.want("1 view", "d", [1, 2])
    qtbot.waitUntil(lambda: held.picture(wanted(1)) is not None)
    assert held.picture(wanted(1)).pixelColor(3, 3).red() == 1
    qtbot.waitUntil(lambda: sum(map(len, asked)) == 98)
    assert [page for lot in asked for page in lot] == list(range(3, 101))
    assert max(map(len, asked)) == AT_ONCE


def test_what_is_in_sight_is_brought_before_the_rest(held):
    lots = []
    held.wanted.connect(lambda _, pages: lots.append(pages))
    held.open("d", range(1, 101), {})
    held.want("1 view", "d", [77, 78, 76])
    held.take("d", lots[0], {page: file(page) for page in lots[0]})
    assert lots[0] == list(range(1, AT_ONCE + 1))  # was on its way
    assert lots[1] == [77, 78, 76]


def test_a_jump_anywhere_has_its_picture_in_the_same_painting(qtbot, held, decoder, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE", 5.0)
    answered(held)
    held.open("d", range(1, 101), {1: file(1)})
    held.want("1 view", "d", [1])
    qtbot.waitUntil(lambda: 90 in held._files)
    assert held.picture(wanted(90)) is not None
    assert decoder.decoded[-1] == 90


def test_nothing_is_waited_for_longer_than_a_frame_has(qtbot, held, decoder, monkeypatch):
    answered(held)
    held.open("d", [1, 2], {1: file(1)})
    held.want("1 view", "d", [1])
    qtbot.waitUntil(lambda: held.picture(wanted(1)) is not None)
    decoder.gate = threading.Event()
    held._smalls.held.clear()
    assert held.picture(wanted(2)) is None
    decoder.gate.set()
    qtbot.waitUntil(lambda: held.picture(wanted(2)) is not None)


def test_every_page_has_a_small_picture_before_anything_far_is_decoded_whole(
    qtbot, held, decoder, monkeypatch
):
    monkeypatch.setattr(module, "PATIENCE", 0.0)
    lots = []
    held.wanted.connect(lambda key, pages: lots.append((key, pages)))
    held.open("d", range(1, 101), {1: file(1)})
    held.want("1 view", "d", range(1, 21))
    while lots:
        key, pages = lots.pop(0)
        held.take(key, pages, {page: file(page) for page in pages})
        qtbot.waitUntil(lambda: bool(lots) or len(decoder.smaller) + len(decoder.decoded) > 100)
    qtbot.waitUntil(lambda: all(held.small(wanted(page)) is not None for page in range(1, 101)))
    assert not [page for page in decoder.decoded if page > 20]
    assert held.picture(wanted(99)).width() == WIDEST
    assert len(decoder.smaller) == len(set(decoder.smaller))


def test_no_more_files_are_held_than_their_limit_and_all_pages_have_a_picture(
    qtbot, held, decoder
):
    held._files.most = 2 * AT_ONCE * len(file(1))
    answered(held)
    held.open("d", range(1, 301), {1: file(1)})
    held.want("1 view", "d", [1])
    qtbot.waitUntil(
        lambda: all(held.small(wanted(page)) is not None for page in range(1, 301)), timeout=WAIT
    )
    assert held._files.size <= held._files.most
    assert len(decoder.smaller) + len(decoder.decoded) < 310


def test_a_preview_is_turned_and_lies_on_the_paper_of_the_page(qtbot, held):
    held.open("d", [1], {1: file(255)})
    held.want("1 view", "d", [1])
    qtbot.waitUntil(lambda: held.picture(wanted(1)) is not None)
    image = held.picture(wanted(1, turn=90, paper="#f3f0e8"))
    assert (image.width(), image.height()) == (HIGH, WIDE)
    assert image.pixelColor(4, 4).name() == "#f3f0e8"
    assert image.sizeInBytes() < 1.1 * WIDE * HIGH  # still a byte a pixel
    assert held.picture(wanted(1, turn=90, paper="#f3f0e8")) is image


def test_small_pages_are_made_of_them(qtbot, held):
    answered(held)
    held.open("d", [1, 2], {1: file(9)})
    held.show_small("d", [1])
    qtbot.waitUntil(lambda: held.small(wanted(1)) is not None)
    assert held.small(wanted(1)).width() == WIDEST
    assert held.covers("d", 2)
    assert not held.covers("d", 3)
    assert not held.covers("other", 1)


def test_the_oldest_pictures_go_and_their_small_ones_stand_in(qtbot, held, monkeypatch):
    answered(held)
    held._pictures.most = 2 * WIDE * HIGH
    monkeypatch.setattr(module, "PATIENCE", 0.0)
    held.open("d", [1, 2, 3], {n: file(n) for n in (1, 2, 3)})
    for page in (1, 2, 3):
        held.want("1 view", "d", [page])
        qtbot.waitUntil(lambda page=page: page in held._pictures)
    held.want("1 view", "d", [])
    assert 1 not in held._pictures
    held._finished.clear()
    assert held.picture(wanted(1)).width() == WIDEST


def test_more_coloured_pages_than_can_be_held_are_not_decoded_over_and_over(qtbot, held, decoder):
    decoder.coloured = True
    fit = module.MOST_PIXELS // (4 * WIDE * HIGH)
    pages = list(range(1, 23))
    assert fit < len(pages)
    held.open("d", pages, {page: file(page) for page in pages})
    held.want("1 view", "d", pages)
    qtbot.waitUntil(lambda: len(decoder.decoded) >= fit)
    qtbot.wait(200)
    assert sorted(decoder.decoded) == sorted(set(decoder.decoded))
    assert all(page in held._pictures for page in (1, 2, 3)), "thrown out for what is far ahead"
    held.want("1 view", "d", pages[3:])
    qtbot.waitUntil(lambda: 18 in held._pictures)
    qtbot.wait(100)
    assert all(page in held._pictures for page in (4, 5, 6))
    assert len(decoder.decoded) <= len(pages)


def test_what_cannot_be_decoded_or_is_not_there_is_not_asked_for_again(qtbot, held, decoder):
    lots = []
    held.wanted.connect(lambda _, pages: lots.append(pages))
    held.open("d", [1, 2], {1: b""})
    held.want("1 view", "d", [1, 2])
    qtbot.waitUntil(lambda: not held.covers("d", 1))
    held.take("d", [2], {})
    held.want("1 view", "d", [1, 2])
    assert held.picture(wanted(1)) is held.picture(wanted(2)) is None
    assert not held.covers("d", 2)
    assert (lots, decoder.smaller + decoder.decoded) == ([[2]], [0])


def test_another_document_takes_the_place_and_late_answers_are_nobodys(qtbot, held):
    held.open("d", [1, 2], {})
    held.open("e", [1], {1: file(7)})
    held.take("d", [1, 2], {1: file(1)})
    held.want("1 view", "e", [1])
    qtbot.waitUntil(lambda: held.picture(wanted(1, key="e")) is not None)
    assert held.picture(wanted(1, key="e")).pixelColor(1, 1).red() == 7
    assert held.picture(wanted(1)) is None
    held.want("1 view", "d", [1])
    assert held._queues["1 view"] == []


def test_a_document_without_previews_starts_nothing(held):
    held.open("d", [], {})
    held.want("1 view", "d", [1])
    assert held._thread is None


class Broken(contextlib.AbstractContextManager):
    """A decoder that cannot begin."""

    def __enter__(self):
        raise EngineError("no")

    def __exit__(self, *_):
        return None


class Drawing(QObject):
    """Takes down the small pages that are to be drawn, and draws none."""

    ready = Signal(object, QImage)

    def __init__(self, decoder):
        super().__init__()
        self.previews = Previews(decoder)
        self.asked = set()

    def want(self, _who, pages):
        self.asked |= {(one.key, one.page) for one in pages}


@pytest.mark.parametrize("what", ["no decoder", "no picture", "not there"])
def test_a_small_page_without_a_preview_after_all_is_drawn(qtbot, what):
    drawing = Drawing(Broken if what == "no decoder" else Decoder)
    strip = Thumbnails(drawing)
    qtbot.addWidget(strip)
    strip.resize(200, 400)
    strip.show()
    for key in ("d", "e"):  # what failed with one document is tried with the next
        drawing.previews.open(key, [1, 2], {} if what == "not there" else {1: b""})
        strip.set_document(key, [(100.0, 100.0)] * 2)
        if what == "not there":
            drawing.previews.take(key, [1], {2: file(2)})
        qtbot.waitUntil(lambda key=key: (key, 1) in drawing.asked, timeout=WAIT)
        assert drawing.previews.picture(wanted(1, key=key)) is None
        assert drawing.previews.covers(key, 2) is (what != "no decoder")
    drawing.previews.close()


def test_after_closing_it_begins_anew(qtbot, held):
    for _ in range(2):
        held.open("d", [1], {1: file(1)})
        held.want("1 view", "d", [1])
        qtbot.waitUntil(lambda: held.picture(wanted(1)) is not None)
        held.close()
        assert held.picture(wanted(1)) is None


def test_a_page_without_colour_takes_a_quarter_of_the_memory():
    grey = Bitmap(width=40, height=2, stride=160, data=bytes([90, 90, 90, 0]) * 80)
    red = Bitmap(width=40, height=2, stride=160, data=bytes([0, 0, 90, 0]) * 80)
    assert picture_of(grey).sizeInBytes() * 4 == picture_of(red).sizeInBytes()
    assert picture_of(grey).pixelColor(1, 1) == QColor(90, 90, 90)
    assert picture_of(red).pixelColor(1, 1) == QColor(90, 0, 0)


@pytest.mark.parametrize("colour", ["#ffffff", "#808080", "#d04020"])
def test_paper_is_the_same_under_grey_pages_and_under_coloured_ones(colour):
    coloured = QImage(8, 8, QImage.Format.Format_RGB32)
    coloured.fill(QColor(colour))
    tinted = on_paper(coloured, 0, "#f3f0e8").pixelColor(2, 2)
    painted = QImage(8, 8, QImage.Format.Format_RGB32)
    painter = QPainter(painted)
    kept = coloured
    if coloured.allGray():
        kept = coloured.convertToFormat(QImage.Format.Format_Grayscale8)
    painter.drawImage(0, 0, on_paper(kept, 0, "#f3f0e8"))
    painter.end()
    found = painted.pixelColor(2, 2)
    assert max(abs(found.red() - tinted.red()), abs(found.blue() - tinted.blue())) <= 1
    assert coloured.pixelColor(2, 2).name() == colour  # the page itself is as it was


@pytest.mark.parametrize("down", [True, False], ids=["down", "up"])
def test_pages_are_wanted_the_way_the_reader_goes_and_within_the_document(down):
    pages = onward([1, 2], 3, down=down, ahead=4, behind=1)
    assert pages == [1, 2, 3]
    assert onward([], 0, down=down, ahead=2, behind=1) == []
    middle = onward([50], 99, down=down, ahead=2, behind=1)
    assert middle == ([50, 51, 52, 49] if down else [50, 49, 48, 51])
