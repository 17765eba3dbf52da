"""A large PDF is read in pieces: what is drawn is the same, and little of the file is sent."""

import io
import os
import random
import signal
import sys

import pytest
from PIL import Image
from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from reviewer.documents import limits
from reviewer.documents.frames import pack, read_frame
from reviewer.documents.inside import service
from reviewer.documents.inside.pieces import Pieces
from reviewer.documents.outside.worker import Worker
from reviewer.errors import DocumentError
from tests.reviewer.documents.test_lies import START

SIZE = 3 * limits.PIECE + 17


def content(size=SIZE):
    return random.Random(2).randbytes(size)  # noqa: S311 - noise


def file(data, asked):
    def piece(number):
        asked.append(number)
        return data[number * limits.PIECE : (number + 1) * limits.PIECE]

    return Pieces(len(data), piece)


def test_it_is_read_from_any_place_like_a_file():
    data, asked = content(), []
    there, here = io.BufferedReader(file(data, asked)), io.BytesIO(data)
    for place, whence, length in (
        (0, io.SEEK_SET, 10),
        (-20, io.SEEK_END, 50),
        (limits.PIECE - 5, io.SEEK_SET, 10),
        (3, io.SEEK_CUR, 2 * limits.PIECE),
        (SIZE + 9, io.SEEK_SET, 4),
    ):
        assert there.seek(place, whence) == here.seek(place, whence)
        assert there.read(length) == here.read(length)
        assert there.tell() == here.tell()
    assert there.seekable()
    assert sorted(set(asked)) == [0, 1, 2, 3]


def test_what_was_just_read_is_not_asked_for_again():
    asked = []
    there = file(content(), asked)
    for _ in range(3):
        there.seek(0)
        there.read(10)
    assert asked == [0]


def test_the_pieces_that_are_kept_are_few():
    asked = []
    data = bytes(80 * limits.PIECE)
    there = file(data, asked)
    for number in (*range(80), 0):
        there.seek(number * limits.PIECE)
        assert there.read(1) == b"\0"
    assert asked == [*range(80), 0]


def test_a_file_that_ends_early_is_read_as_far_as_it_goes():
    there = Pieces(100, lambda _: b"")
    assert there.read(10) == b""


def pdf(pages=12):
    """Return a PDF of a few megabytes: pictures of noise, each page its own."""
    rl_config.useA85 = 0
    out, chance = io.BytesIO(), random.Random(1)  # noqa: S311 - noise
    canvas = Canvas(out, pagesize=(300, 300), invariant=1, pageCompression=0)
    for _ in range(pages):
        picture = Image.frombytes("L", (480, 480), chance.randbytes(480 * 480))
        canvas.drawImage(ImageReader(picture), 0, 0, 300, 300)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.fixture(scope="module")
def large():
    return pdf()


@pytest.fixture
def worker():
    with Worker() as made:
        made.numbers = []
        piece = made._piece

        def noted(untrusted):
            made.numbers.append(untrusted["number"])
            return piece(untrusted)

        made._piece = noted
        yield made


def test_a_page_is_the_same_and_most_of_the_file_is_not_sent(worker, large):
    assert worker.open_in_pieces("d", large) == 12
    drawn = worker.render("d", 7, 200)
    assert 0 < len(worker.numbers) < len(large) / limits.PIECE / 2
    worker.open("w", large)
    assert drawn == worker.render("w", 7, 200)
    assert worker.text("d", 7).text == worker.text("w", 7).text


def test_a_process_that_died_is_given_what_it_asks_for_again(worker, large):
    worker.open_in_pieces("d", large)
    drawn = worker.render("d", 2, 100)
    os.kill(worker.process_id, signal.SIGKILL)
    assert worker.render("d", 2, 100) == drawn


def test_one_that_is_opened_whole_afterwards_is_sent_whole(worker, large):
    worker.open_in_pieces("d", large)
    worker.numbers.clear()
    worker.open("d", large)
    worker.render("d", 3, 100)
    assert worker.numbers == []


@pytest.mark.parametrize("kept", [0.5, 0.0], ids=["half", "none"])
def test_one_that_cannot_be_opened_is_refused_and_not_held(worker, large, kept):
    spoiled = large[: int(len(large) * kept)] if kept else b"%PDF-" + bytes(limits.PIECE)
    if kept:
        spoiled = spoiled.replace(b"endobj", b"endxxx").replace(b"trailer", b"xxxxxxx")
    with pytest.raises(DocumentError):
        worker.open_in_pieces("d", spoiled)
    assert not worker._files
    assert not worker._in_pieces
    assert worker.open_in_pieces("d", large) == 12


LIES = {
    "of a document that is not open": {"piece": "other", "number": 0},
    "of one that was sent whole": {"piece": "w", "number": 0},
    "before the first": {"piece": "d", "number": -1},
    "behind the last": {"piece": "d", "number": 1},
    "of no number": {"piece": "d", "number": True},
    "of no document": {"piece": 7, "number": 0},
}


@pytest.mark.parametrize("name", LIES)
def test_a_process_that_asks_for_what_is_not_there_is_ended(name):
    with Worker([sys.executable, "-c", f"{START}hear(); say({LIES[name]!r}); hear()"]) as worker:
        worker._files["w"] = b"%PDF-"
        with pytest.raises(DocumentError):
            worker.open_in_pieces("d", b"%PDF-1.4")
        assert worker.process_id is None


def test_a_process_that_asks_for_ever_is_stopped(monkeypatch):
    monkeypatch.setattr(limits, "DOCUMENT_SECONDS", 1.0)
    ask = "hear()\nwhile True: say({'piece': 'd', 'number': 0}); hear()"
    with Worker([sys.executable, "-c", f"{START}\n{ask}"]) as worker:
        with pytest.raises(DocumentError, match="longer"):
            worker.open_in_pieces("d", b"%PDF-1.4")
        assert worker.process_id is None


class Parent:
    """Both pipes of a process in memory: what it asks for of ``data`` is what it reads next."""

    def __init__(self, data, *requests):
        self.data, self.answers = data, []
        self.left = list(requests)
        self.unread = b""
        self.written = b""

    def read(self, length):
        if length and not self.unread and self.left:
            head = self.left.pop(0)
            self.unread = pack(head, 0)
        part, self.unread = self.unread[:length], self.unread[length:]
        return part

    def write(self, part):
        self.written += part

    def writelines(self, parts):
        self.written += b"".join(parts)

    def flush(self):
        head, _ = read_frame(io.BytesIO(self.written))
        self.written = b""
        if "piece" in head:
            start = head["number"] * limits.PIECE
            piece = self.data[start : start + limits.PIECE]
            self.unread = (pack({}, len(piece)) + piece) if piece else b""
        else:
            self.answers.append(head)


def test_the_loop_of_the_process_asks_while_it_answers(large, monkeypatch):
    monkeypatch.setattr(service, "spend", lambda _: None)
    asked = (
        {"do": "open", "key": "d", "size": len(large)},
        {"do": "text", "key": "d", "page": 12},
    )
    parent = Parent(large, *asked)
    service.serve(parent, parent, None, ())
    _, opened, text = parent.answers
    assert opened == {"pages": 12}
    assert text["width"] == 300


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_pieces_that_do_not_come_are_a_document_that_cannot_be_opened(monkeypatch):
    monkeypatch.setattr(service, "spend", lambda _: None)
    parent = Parent(b"", {"do": "open", "key": "d", "size": 1_000})
    service.serve(parent, parent, None, ())
    assert parent.answers[1]["refused"] == "pdf-broken"
    answer, _ = service.Service(None).answer({"do": "open", "key": "d", "size": 1_000}, b"")
    assert answer["refused"] == "pdf-broken"
