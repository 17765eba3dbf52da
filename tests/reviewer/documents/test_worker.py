import os
import signal
import struct

import pytest

from reviewer.documents.outside.untrusted import wordless
from reviewer.documents.outside.worker import Worker
from reviewer.errors import DocumentError, EngineError
from reviewer.records.cases import PageText
from reviewer.records.large import LargeFile


def test_a_pdf_opens_and_gives_text_with_a_box_a_character(worker, make_pdf):
    assert worker.open("a", make_pdf("Custody record", "Second page")) == 2
    page = worker.text("a", 1)
    assert page.text.strip() == "Custody record"
    assert len(page.boxes) == 8 * len(page.text)
    assert (page.number, page.width, page.height) == (1, 200, 100)
    left, top, right, bottom = struct.unpack_from("<4H", page.boxes)
    # 20 points from the left of 200, the base line 50 from the bottom of 100
    assert 0.09 < left / 65535 < 0.11
    assert left < right < 65535 * 0.16
    assert top < 65535 * 0.5 < bottom < 65535 * 0.56


@pytest.mark.parametrize(
    ("rotate", "near"), [(0, (0.1, 0.5)), (90, (0.5, 0.1)), (180, (0.9, 0.5)), (270, (0.5, 0.9))]
)
def test_boxes_lie_on_the_page_as_shown(worker, make_pdf, rotate, near):
    worker.open("r", make_pdf("Word", rotate=rotate))
    page = worker.text("r", 1)
    shown = (200, 100) if rotate in {0, 180} else (100, 200)
    assert (page.width, page.height) == shown
    left, top, right, bottom = (at / 65535 for at in struct.unpack_from("<4H", page.boxes))
    assert left - 0.07 < near[0] < right + 0.07
    assert top - 0.07 < near[1] < bottom + 0.07


def test_a_page_is_drawn_where_its_boxes_say(worker, make_pdf):
    worker.open("d", make_pdf("IIII"))
    bitmap = worker.render("d", 1, 400)
    assert (bitmap.width, bitmap.height, bitmap.stride) == (400, 200, 1600)
    assert len(bitmap.data) == 1600 * 200
    left, top, right, bottom = struct.unpack_from("<4H", worker.text("d", 1).boxes)

    def ink(x0, y0, x1, y1):
        return any(
            bitmap.data[y * 1600 + x * 4] < 128
            for y in range(int(y0 * 200 / 65535), int(y1 * 200 / 65535))
            for x in range(int(x0 * 400 / 65535), int(x1 * 400 / 65535) + 1)
        )

    assert ink(left, top, right, bottom)
    assert not ink(0, 0, left - 500, 65535)


def test_a_very_tall_page_is_drawn_within_the_limit(worker, make_pdf):
    worker.open("t", make_pdf("tall", size=(100, 2000)))
    bitmap = worker.render("t", 1, 4000)
    assert (bitmap.width, bitmap.height) == (250, 5000)


def test_a_worker_that_was_killed_is_started_again_with_what_was_open(worker, make_pdf):
    worker.open("k", make_pdf("Still here"))
    first = worker.process_id
    os.kill(first, signal.SIGKILL)
    assert worker.text("k", 1).text.strip() == "Still here"
    assert worker.process_id != first


def test_one_that_is_abandoned_ends_at_once_and_is_not_started_again(make_pdf):
    paper = make_pdf("Nobody waits for it")
    with Worker() as left:

        def piece(_number):
            left.abandon()
            return paper

        with pytest.raises(DocumentError):
            left.open_in_pieces("a", LargeFile(len(paper), piece))
        assert left.process_id is None
        with pytest.raises(EngineError, match="nobody waits for"):
            left.open("a", paper)
        assert left.process_id is None


def test_what_was_forgotten_is_not_open(worker, make_pdf):
    worker.open("f", make_pdf("x"))
    worker.forget("f")
    with pytest.raises(EngineError):
        worker.text("f", 1)


def test_a_page_that_is_not_there_is_refused(worker, make_pdf):
    worker.open("n", make_pdf("x"))
    with pytest.raises(DocumentError, match="Page 2"):
        worker.text("n", 2)


@pytest.mark.parametrize(
    ("lines", "waiting"),
    [
        (("typed", "", ""), [2, 3]),
        (("", ""), [1, 2]),
        (("typed", "typed"), []),
        (("typed", *[""] * 40), list(range(2, 42))),
    ],
)
def test_pages_without_words_wait_to_be_read_also_behind_a_typed_cover(
    worker, make_pdf, lines, waiting
):
    reading = worker.read(make_pdf(*lines), "a.pdf")
    assert [page.number for page in reading.scans] == waiting
    assert not any("without words" in note for note in reading.notes)


@pytest.mark.parametrize(
    ("bare", "note"),
    [
        ([2, 3], "Pages 2, 3 are without words (blank, damaged or scans)"),
        ([2], "Page 2 is without words (blank, damaged or a scan)"),
        (list(range(2, 42)), "29, 30, 31 and 10 more are without words"),
        ([], ""),
    ],
)
def test_pages_without_words_that_nobody_will_read_are_named(bare, note):
    pages = [
        PageText(number=n, text="" if n in bare else "x", boxes=b"", width=9, height=9)
        for n in range(1, 44)
    ]
    notes = wordless([*pages, PageText(number=44, text="", boxes=b"", width=9, height=9)], [44])
    assert len(notes) == bool(note)
    assert note in "".join(notes)
