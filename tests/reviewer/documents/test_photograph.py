"""Photographs of telephones (HEIC): shown as they were held, or refused before any harm."""

import importlib
import io
import json
import subprocess
import sys
import threading

import pytest
from PIL import Image

from reviewer.documents.formats import mp4, photograph, picture
from reviewer.documents.formats.pdf import Pdf
from reviewer.documents.inside import sniff
from reviewer.documents.inside.ledger.picture import hold
from reviewer.documents.notes import named
from reviewer.documents.outside.spawn import environment
from reviewer.documents.outside.worker import Worker
from reviewer.documents.refusals import Refused
from reviewer.errors import DocumentError
from tests.reviewer.documents import photos
from tests.reviewer.documents.test_confined import ROOT, as_nobody, needs_threads
from tests.reviewer.documents.test_picture import drawn


def boxed(kind, content):
    return (8 + len(content)).to_bytes(4, "big") + kind + content


MOVING = photos.DEEP + boxed(
    b"moov",
    boxed(
        b"trak",
        boxed(
            b"mdia",
            boxed(
                b"minf",
                boxed(b"stbl", boxed(b"stsz", bytes(8) + (45).to_bytes(4, "big") + bytes(180))),
            ),
        ),
    ),
)


def test_a_photograph_is_a_page():
    pdf, notes = picture.page(photos.PLAIN, "heic")
    shown = drawn(pdf)
    left, right = shown.getpixel((20, 30)), shown.getpixel((80, 30))
    assert left[2] > 200 > left[0]
    assert right[0] > 200 > right[2]
    assert notes == []


def test_it_is_shown_as_it_was_held():
    pdf, _ = picture.page(photos.TURNED, "heic")
    shown = drawn(pdf)
    assert shown.height > shown.width
    assert shown.getpixel((50, 20))[2] > 200 > shown.getpixel((50, 110))[2]


def test_what_is_see_through_is_paper():
    pdf, notes = picture.page(photos.CLEAR, "heic")
    assert min(drawn(pdf).getpixel((20, 30))) > 100
    assert notes == []


def test_each_picture_of_a_file_is_a_page():
    pdf, notes = picture.page(photos.TWO, "heic")
    assert Pdf(pdf).pages == 2
    assert notes == []
    assert hold(photos.TWO, "heic").things == {"pictures": 2}


@pytest.mark.parametrize(
    ("data", "said", "count"),
    [
        (photos.DEEP, "1 for depth.", 1),
        (photos.BRIGHT, "1 for brighter screens and the like.", 1),
    ],
)
def test_pictures_that_are_no_page_are_told_and_counted(data, said, count):
    pdf, notes = picture.page(data, "heic")
    assert Pdf(pdf).pages == 1
    assert [note.partition(": ")[2] for note in notes] == [said]
    assert named(notes) == {"pictures": count}
    assert hold(data, "heic").things == {"pictures": 1 + count}


def test_pictures_that_move_are_told_and_counted():
    with Image.open(io.BytesIO(photos.DEEP), formats=["HEIF"]) as image:
        note = photograph.unseen(image, MOVING)
    assert note.endswith("not shown: 45 that move, 1 for depth.")
    assert named([note]) == {"pictures": 46}
    assert hold(MOVING, "heic").things == {"pictures": 47}


def test_tiles_and_smaller_copies_are_no_pictures_by_themselves():
    def item(number, kind):
        return boxed(b"infe", b"\2\0\0\0" + number.to_bytes(2, "big") + bytes(2) + kind + b"\0")

    def leads(kind, of, *to):
        numbers = (of, len(to), *to)
        return boxed(kind, b"".join(number.to_bytes(2, "big") for number in numbers))

    items = [item(1, b"grid"), item(2, b"hvc1"), item(3, b"hvc1"), item(4, b"hvc1")]
    data = b"".join([*items, item(5, b"Exif")])
    links = leads(b"dimg", 1, 2, 3) + leads(b"thmb", 4, 1) + leads(b"cdsc", 5, 1)
    assert hold(data + boxed(b"iref", bytes(4) + links), "heic").things == {"pictures": 1}
    assert hold(data, "heic").things == {"pictures": 4}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (photos.LARGE, "picture-large"),
        (photos.PLAIN[:300], "picture-broken"),
        (photos.PLAIN[:-20], "picture-broken"),
        (photos.PLAIN.replace(b"hvc1", b"av01").replace(b"hvcC", b"av1C"), "heic"),
        (photos.PLAIN.replace(b"hvc1", b"j2k1"), "picture-broken"),
        (b"\0\0\0\x18ftypheic" + bytes(40), "picture-broken"),
    ],
)
def test_what_cannot_be_shown_is_refused(data, code):
    with pytest.raises(Refused) as caught:
        picture.page(data, "heic")
    assert caught.value.code == code


@pytest.mark.parametrize("missing", ["library", "thread"])
def test_where_nothing_decodes_it_that_is_said(monkeypatch, missing):
    def fail(*_):
        raise {"library": ImportError, "thread": RuntimeError}[missing]

    if missing == "library":
        monkeypatch.setattr(importlib, "import_module", fail)
    else:
        monkeypatch.setattr(threading.Thread, "start", fail)
    with pytest.raises(Refused) as caught:
        photograph.ready()
    assert caught.value.code == "heic"


def test_a_file_that_says_to_be_a_photograph_is_one():
    assert sniff.kind(photos.PLAIN, "x.jpg") == "heic"
    assert mp4.pictures(photos.PLAIN) == 0


@needs_threads
def test_the_confined_worker_reads_it():
    with Worker() as worker:
        done = worker.read(photos.TWO, "IMG_0042.HEIC")
        assert len(done.pages) == 2
        assert done.media == "image/heic"
        with pytest.raises(DocumentError, match="50 million"):
            worker.read(photos.LARGE, "IMG_0043.HEIC")
        assert worker.read(b"What was said.", "a.txt").pages


# As on a system without name spaces of users, where the kernel counts all that a person runs.
CROWDED = """
import json, os
from reviewer.documents.inside import confine
confine._leave_network = lambda: False
confine.confine()
from reviewer.documents.inside.prepare import prepare
from reviewer.documents.refusals import Refused
from tests.reviewer.documents import photos
try:
    said = prepare(photos.PLAIN, "a.heic").media
except Refused as refused:
    said = refused.code
os.write(1, json.dumps(said).encode())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="counts of Linux")
def test_where_no_thread_may_be_started_it_is_refused_and_nothing_crashes():
    ended = subprocess.run(
        as_nobody(CROWDED), check=True, cwd=ROOT, capture_output=True, env=environment()
    )
    assert json.loads(ended.stdout) == "heic"
