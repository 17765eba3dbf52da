"""Small pictures of pages that take long to draw: made once, grey where the page is, believed."""

import io
import itertools
import sys
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from reviewer.documents import limits
from reviewer.documents.inside.previews import decoded
from reviewer.documents.outside import previewing
from reviewer.documents.outside import untrusted as checks
from reviewer.documents.outside.untrusted import Lie
from reviewer.documents.outside.worker import Worker
from reviewer.documents.refusals import Refused
from reviewer.errors import DocumentError

SIDES = (1_000, 1_400)
BY_WHAT_IT_IS_ASKED = """
import json, os, struct
def say(head, body=b''):
    text = json.dumps(head).encode()
    os.write(1, struct.pack('>IQ', len(text), len(body)) + text + body)
def take(length):
    data = b''
    while len(data) < length: data += os.read(0, length - len(data))
    return data
say({'ready': True})
while True:
    head, body = struct.unpack('>IQ', take(12))
    asked = json.loads(take(head)); take(body)
    do = asked['do']
    if do == 'prepare':
        say({'pages': 5, 'media': 'application/pdf', 'notes': [], 'picture': 0, 'opened': 0})
    elif do == 'within': say({'facts': {}, 'files': 0})
    elif do == 'open': say({'pages': 5})
    elif do == 'text':
        say({'width': 10, 'height': 10, 'text': 1, 'costly': True}, b'a' + bytes(8))
    elif do == 'scan': say({'dots': 300, 'covered': 1000})
    elif do == 'count': say({'ledger': []})
    elif do == 'preview':
        if ENDS: os._exit(1)
        say({}, PREVIEW)
    else: say({})
"""


def picture(colour="L", size=SIDES, ink=20):
    made = Image.new(colour, size, "white")
    made.paste(ink, (100, 100, 600, 700))
    return made


def pdf(*pictures, size=(300, 420)):
    """Return a PDF whose pages are pictures; None stands for one of text."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=1)
    for one in pictures:
        if one is None:
            canvas.drawString(40, 200, "Custody record")
        else:
            canvas.drawImage(ImageReader(one), 0, 0, *size)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def read(worker, *pictures):
    return worker.read_whole(pdf(*pictures), "scan.pdf")[0]


def taken_over(*, ends=False, preview=b""):
    settings = f"ENDS = {ends}; PREVIEW = {preview!r}"
    return Worker([sys.executable, "-c", settings + BY_WHAT_IT_IS_ASKED])


def test_pages_that_take_long_to_draw_have_a_preview_and_pages_of_text_none(worker):
    small = picture(size=(400, 560))
    reading = read(worker, picture(), None, small, picture("RGB", ink=(200, 30, 30)))
    assert sorted(reading.previews) == [1, 4]
    shown = {number: worker.picture(one) for number, one in reading.previews.items()}
    assert {(one.width, one.height) for one in shown.values()} == {(620, 868)}


def test_grey_stays_grey_and_a_colour_is_that_colour(worker):
    reading = read(
        worker, picture(), picture("RGB", ink=(200, 30, 30)), picture("RGB", ink=(20, 20, 20))
    )
    grey, red, also_grey = (worker.picture(reading.previews[at]) for at in (1, 2, 3))
    assert (grey.stride, also_grey.stride) == (620, 620)
    assert red.stride == 4 * 620
    rows = np.frombuffer(grey.data, np.uint8).reshape(868, 620)
    assert abs(int(rows[200, 200]) - 20) < 8
    assert rows[800, 500] > 247
    blue, green, crimson, _ = red.data[4 * (200 * 620 + 200) : 4 * (200 * 620 + 201)]
    assert abs(crimson - 200) < 12
    assert max(abs(blue - 30), abs(green - 30)) < 12


def test_a_drawing_of_very_many_strokes_has_one_too(worker):
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(300, 420), invariant=1)
    for at in range(16_000):
        canvas.line(at % 300, 0, (at * 7) % 300, 420)
    canvas.showPage()
    canvas.save()
    assert list(worker.read_whole(out.getvalue(), "map.pdf")[0].previews) == [1]


def test_a_file_that_is_only_looked_at_costs_no_previews(worker):
    assert worker.read(pdf(picture()), "scan.pdf").previews == {}


def test_a_photograph_has_a_preview_of_the_page_that_shows_it(worker):
    out = io.BytesIO()
    picture("RGB", ink=(10, 90, 10)).save(out, "JPEG")
    assert list(worker.read_whole(out.getvalue(), "photo.jpg")[0].previews) == [1]


def test_previews_end_where_they_would_be_too_many(worker, monkeypatch):
    monkeypatch.setattr(limits, "PREVIEWS", 1)
    reading = read(worker, picture(), picture())
    assert list(reading.previews) == [1]
    assert len(reading.pages) == 2


def test_pages_that_cannot_be_drawn_are_read_all_the_same():
    with taken_over(ends=True) as worker:
        reading = worker.read_whole(b"%PDF-", "a.pdf")[0]
    assert reading.previews == {}
    assert len(reading.pages) == 5
    assert len(reading.scans) == 5


def test_no_more_are_tried_where_they_keep_failing():
    class Failing:
        tried = 0

        def preview(self, *_):
            self.tried += 1
            raise DocumentError("no")

    failing = Failing()
    made = previewing.Made(failing, "k")
    for page in range(1, 10):
        made.add(page)
    assert failing.tried == limits.PREVIEW_FAILURES


def test_the_time_of_previews_is_not_the_time_of_reading(worker, monkeypatch):
    """A long scan on a slow computer is not refused for its previews."""
    clock = SimpleNamespace(monotonic=itertools.count(0, 100).__next__)
    monkeypatch.setattr(previewing, "time", clock)
    monkeypatch.setattr(limits, "READ_SECONDS", -1.0)
    assert len(read(worker, picture(), picture()).pages) == 2
    with pytest.raises(DocumentError, match="longer"):
        read(worker, None)


@pytest.mark.parametrize("body", [b"", b"\x89PNG\r\n", b"\xff\xd8\xff\xe0"], ids=str)
def test_what_is_no_jpeg_is_not_believed(body):
    with pytest.raises(Lie):
        checks.preview(body)
    with taken_over(preview=body) as worker:
        assert worker.read_whole(b"%PDF-", "a.pdf")[0].previews == {}


LIES = {
    "wider than a preview": {"width": 621, "height": 1, "stride": 621},
    "of no height": {"width": 1, "height": 0, "stride": 1},
    "two bytes a pixel": {"width": 10, "height": 1, "stride": 20},
}


@pytest.mark.parametrize("name", LIES)
def test_a_decoded_preview_is_of_its_size_and_has_one_or_four_bytes_a_pixel(name):
    with pytest.raises(Lie):
        checks.small(LIES[name])
    assert checks.small({"width": 2, "height": 3, "stride": 8}) == (2, 3, 8)


@pytest.mark.parametrize("value", [1, "yes", None], ids=str)
def test_whether_a_page_is_costly_is_yes_or_no(value):
    with pytest.raises(Lie):
        checks.costly({"costly": value})
    assert not checks.costly({})


def jpeg(size, colour="L"):
    out = io.BytesIO()
    Image.new(colour, size, "white").save(out, "JPEG")
    return out.getvalue()


def spoiled():
    whole = jpeg((620, 800))
    png = io.BytesIO()
    Image.new("L", (9, 9)).save(png, "PNG")
    return {
        "nothing": b"",
        "cut": whole[: len(whole) // 2],
        "wide": jpeg((621, 10)),
        "png": png.getvalue(),
        "noise": b"\xff\xd8\xff" + bytes(range(256)) * 8,
    }


@pytest.mark.parametrize("name", ["nothing", "cut", "wide", "png", "noise"])
def test_a_preview_that_is_not_what_we_made_is_refused_and_the_worker_lives(worker, name):
    with pytest.raises(Refused):
        decoded(spoiled()[name])
    with pytest.raises(DocumentError):
        worker.picture(spoiled()[name])
    alive = worker.process_id
    assert worker.picture(jpeg((30, 40))).width == 30
    assert worker.process_id == alive


def test_every_bit_that_is_turned_gives_pixels_or_a_refusal(worker):
    whole = jpeg((60, 80), "RGB")
    for at in range(0, len(whole), 7):
        changed = bytearray(whole)
        changed[at] ^= 1 << (at % 8)
        try:
            assert worker.picture(bytes(changed)).height > 0
        except DocumentError:
            assert worker.process_id


def test_without_shared_memory_pixels_come_through_the_pipe(monkeypatch):
    monkeypatch.setattr(sys, "platform", "pipes")
    with Worker() as worker:
        assert not worker._shared.used
        monkeypatch.undo()
        assert worker.picture(jpeg((30, 40))).data == b"\xff" * 1200


@pytest.mark.parametrize("colour", ["L", "RGB"])
def test_a_preview_is_read_smaller_where_few_pixels_are_enough(colour):
    ink = 20 if colour == "L" else (20, 90, 160)
    with Worker() as worker:
        preview = read(worker, picture(colour, ink=ink)).previews[1]
        whole, smaller = worker.picture(preview), worker.picture(preview, 112)
    assert (whole.width, smaller.width) == (limits.PREVIEW_WIDTH, limits.PREVIEW_WIDTH // 4)
    assert smaller.stride == smaller.width * (1 if colour == "L" else 4)
    assert len(smaller.data) == smaller.stride * smaller.height
    assert decoded(preview, limits.PREVIEW_WIDTH)[0] == limits.PREVIEW_WIDTH
