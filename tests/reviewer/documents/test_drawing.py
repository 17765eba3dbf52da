"""The words of drawings that nothing here draws, in Word files, slides and OpenDocument texts."""

import gzip
import random
import struct

import pytest

from reviewer.documents.formats import drawing, opendocument, rtf, slides, word
from reviewer.documents.inside.ledger import metafile, rich_text
from reviewer.documents.inside.ledger.held import Held
from reviewer.documents.refusals import Refused
from tests.reviewer.documents import test_opendocument, test_slides
from tests.reviewer.documents.counting import ledger, lost
from tests.reviewer.documents.test_word import packed, paragraph


def record(kind, content):
    return struct.pack("<II", kind, 8 + len(content)) + content


def wide(text, y=0, *, options=0, kind=84):
    letters = text.encode("utf-16-le" if kind == 84 else "cp1252")
    place = struct.pack("<iiIII", 0, y, len(text), 76, options)
    return record(kind, bytes(28) + place + bytes(20) + letters + bytes(-len(letters) % 4))


def small(text, y=0, *, options=0x300):
    letters = text.encode("cp1252" if options & 0x200 else "utf-16-le")
    frame = b"" if options & 0x100 else bytes(16)
    head = struct.pack("<iiII", 0, y, len(text), options) + bytes(12)
    return record(108, head + frame + letters + bytes(-len(letters) % 4))


def newer(*texts):
    made = b""
    for y, text in enumerate(texts):
        data = bytes(8) + struct.pack("<Iffff", len(text), 0, y, 9, 9) + text.encode("utf-16-le")
        made += struct.pack("<HHII", 0x401C, 0, 12 + len(data), len(data)) + data
    return record(70, struct.pack("<I", len(made) + 4) + b"EMF+" + made)


def emf(*records):
    return record(1, bytes(32) + b" EMF" + bytes(64)) + b"".join(records) + record(14, bytes(12))


def short_text(text, y=0):
    letters = text.encode("cp1252")
    content = struct.pack("<H", len(text)) + letters + bytes(len(letters) % 2)
    return _wmf_record(0x0521, content + struct.pack("<hh", y, 0))


def long_text(text, y=0, options=0):
    letters = text.encode("cp1252")
    frame = bytes(8) if options & 6 else b""
    head = struct.pack("<hhHH", y, 0, len(text), options)
    return _wmf_record(0x0A32, head + frame + letters + bytes(len(letters) % 2))


def _wmf_record(kind, content):
    return struct.pack("<IH", 3 + len(content) // 2, kind) + content


def wmf(*records, placed=True):
    head = b"\xd7\xcd\xc6\x9a" + bytes(18) if placed else b""
    return head + struct.pack("<HH", 1, 9) + bytes(14) + b"".join(records) + _wmf_record(0, b"")


def held(raw):
    found = Held()
    metafile.hold(raw, found)
    return [" ".join(piece) for piece in found.pieces]


DRAWN = emf(wide("Ward 4"), wide("bed", 20), wide("three", 20))


@pytest.mark.parametrize(
    ("raw", "lines"),
    [
        (DRAWN, ["Ward 4", "bed three"]),
        (emf(wide("Caf\xe9", kind=83)), ["Caf\xe9"]),
        (emf(small("Ward 5"), small("bed", 1, options=0)), ["Ward 5", "bed"]),
        (emf(wide("\x03\x04", options=0x10), small("x", options=0x310)), []),
        (emf(newer("Ward 6", "bed")), ["Ward 6", "bed"]),
        (emf(newer("Ward 6"), wide("Ward 7")), ["Ward 7"]),
        (wmf(short_text("Ward 8"), short_text("bed", 9)), ["Ward 8", "bed"]),
        (wmf(long_text("Ward 9"), long_text("bed", 9, 2), placed=False), ["Ward 9", "bed"]),
        (wmf(long_text("\x03", 0, 0x10)), []),
        (gzip.compress(DRAWN, mtime=0), ["Ward 4", "bed three"]),
        (gzip.compress(DRAWN, mtime=0)[:9], []),
        (b"\x1f\x8bnothing", []),
        (b"", []),
        (b"words that are no drawing at all, though they are long enough for one", []),
        (emf(record(70, b"\4\0\0\0EMF+" + bytes(16))), []),
        (emf(record(70, bytes(12))), []),
        (emf() + bytes(40), []),
        (wmf() + b"\3\0\0\0\x21\x05", []),
    ],
)
def test_the_words_of_a_drawing_are_read_twice_and_alike(raw, lines):
    assert drawing.words(raw) == lines
    assert " ".join(held(raw)) == " ".join(lines).lower()


def test_a_drawing_of_more_words_than_any_has_is_cut():
    text = "wide words " * 6_000
    assert len(drawing.words(emf(wide(text), wide(text, 1)))) == 1
    long = struct.pack("<iiIII", 0, 0, 1 << 30, 76, 0)
    assert drawing.words(emf(record(84, bytes(28) + long + bytes(20)))) == []
    assert held(emf(record(84, bytes(28) + long + bytes(20)))) == []


def test_each_wording_is_shown_once_and_what_cannot_be_unpacked_is_passed_over():
    def read(name):
        if "bad" in name:
            raise Refused("docx-broken")
        return DRAWN

    found = drawing.blocks(read, ["b.WMF", "a.emf", "bad.emf", "c.png"])
    assert [block.text for block in found[1:]] == ["Ward 4", "bed three"]
    assert drawing.blocks(read, ["c.png"]) == []


@pytest.mark.parametrize("whole", [DRAWN, wmf(short_text("Ward 8"), long_text("bed", 9, 2))])
def test_no_broken_drawing_does_more_than_say_nothing(whole):
    chance = random.Random(20261130)  # noqa: S311 - the same files each time
    for _ in range(1_500):
        raw = bytearray(whole[: chance.randrange(len(whole)) or None])
        for _ in range(chance.randrange(6)):
            raw[chance.randrange(len(raw))] = chance.randrange(256)
        assert isinstance(drawing.words(bytes(raw)), list)
        held(bytes(raw))


FILES = {
    "docx": (packed(paragraph("x"), **{"media__image1.emf": DRAWN}), word.blocks),
    "pptx": (
        test_slides.packed(
            test_slides.sp(test_slides.p("x")), more={"ppt/media/image1.emf": DRAWN}
        ),
        slides.blocks,
    ),
    "odt": (
        test_opendocument.packed("<text:p>x</text:p>", more=[("Pictures/1.emf", DRAWN)]),
        opendocument.blocks,
    ),
}


@pytest.mark.parametrize("kind", FILES)
def test_they_stand_below_the_text_and_are_missed_where_they_do_not(kind, monkeypatch):
    raw, blocks = FILES[kind]
    said = [block.text for block in blocks(raw)[0]]
    assert said[-3:] == ["Words in drawings that are not shown", "Ward 4", "bed three"]
    assert lost(ledger(monkeypatch, raw, f"a.{kind}")["words"]) == 0
    monkeypatch.setattr(drawing, "blocks", lambda *_: [])
    line = ledger(monkeypatch, raw, f"a.{kind}")["words"]
    assert sorted(line["missing"]) == ["4", "bed", "three", "ward"]


def rich(kind, data, around=b"%s"):
    picture = rb"{\pict\%s\picw100{\*\blipuid 12ab}%s}" % (kind, data.hex().encode())
    return rb"{\rtf1\ansi x" + around.replace(b"%s", picture) + b"}"


BARE = wmf(short_text("Ward 4 bed three"), placed=False)


@pytest.mark.parametrize(("kind", "data"), [(b"emfblip", DRAWN), (b"wmetafile8", BARE)])
def test_the_words_of_a_drawing_in_a_rich_text_stand_where_it_does(kind, data, monkeypatch):
    raw = rich(kind, data)
    (said,) = [block.text for block in rtf.blocks(raw)[0]]
    assert said.startswith("x[picture: not shown][words in the picture: Ward 4")
    assert lost(ledger(monkeypatch, raw, "a.rtf")["words"]) == 0
    monkeypatch.setattr(drawing, "words", lambda _: [])
    line = ledger(monkeypatch, raw, "a.rtf")["words"]
    assert sorted(line["missing"]) == ["4", "bed", "three", "ward"]


def test_a_drawing_that_stands_for_another_is_counted_once(monkeypatch):
    other = wmf(short_text("Told twice"), placed=False).hex().encode()
    twice = rb"{\*\shppict%s}{\nonshppict{\pict\wmetafile8 " + other + b"}}"
    line = ledger(monkeypatch, rich(b"emfblip", DRAWN, twice), "a.rtf")["words"]
    assert (line["held"], lost(line)) == (5, 0)


def test_a_picture_of_a_mac_is_named():
    (said,) = [block.text for block in rtf.blocks(rich(b"macpict", b"PICT"))[0]]
    assert said == "x[picture: not shown (PICT, of a Mac)]"


@pytest.mark.parametrize("end", [b"", b"{", b"00", b"{0"])
def test_a_drawing_that_does_not_end_is_counted_as_far_as_it_goes(end):
    found = rich_text.hold(rb"{\rtf1 x{\pict\emfblip 0100" + end)
    assert (found.pieces, found.things) == ([["x"]], {"pictures": 1})
