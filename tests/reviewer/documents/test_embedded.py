"""Files within texts and slides are taken out, to be documents below them."""

import struct

import pytest

from reviewer.documents.formats import doc, embedded, opendocument, rtf, slides
from tests.reviewer.documents.compound import compound
from tests.reviewer.documents.old_word import doc as old
from tests.reviewer.documents.old_word import para, run
from tests.reviewer.documents.test_opendocument import p as line
from tests.reviewer.documents.test_opendocument import packed as opened
from tests.reviewer.documents.test_slides import p as words
from tests.reviewer.documents.test_slides import packed, sp

NATIVE = "\x01Ole10Native"
DATA = b"what was kept within"


def native(name, data):
    """Return a file as "Insert object from file" keeps it, without its length before it."""
    path = name.encode() + b"\0"
    return (
        b"\2\0" + path + path + bytes(4) + struct.pack("<I", len(path)) + path
        + struct.pack("<I", len(data)) + data
    )  # fmt: skip


def counted(data):
    return struct.pack("<I", len(data)) + data


def object_of(name, data, form=2):
    names = counted(name + b"\0") + counted(b"") + counted(b"")
    return struct.pack("<II", 0x501, form) + names + counted(data)


def rich(data):
    return rb"{\rtf1 a{\object\objemb{\*\objclass X}{\*\objdata " + data.hex().encode() + b"}}}"


def word(**parts):
    pool = {"ObjectPool": {"_1": parts}} if parts else {}
    return old([para("\x13 EMBED X \x14", run("\1", (0x0855, b"\1")), "\x15")], folders=pool)


WHOLE = compound({NATIVE: counted(native("a.txt", DATA))})
TAKEN = [
    (rtf.blocks, embedded.of_rich_text, rich(object_of(b"Package", native("a.txt", DATA)))),
    (rtf.blocks, embedded.of_rich_text, rich(object_of(b"Other", WHOLE))),
    (doc.blocks, embedded.of_old_word, word(**{NATIVE: counted(native("a.txt", DATA))})),
    (opendocument.blocks, embedded.of_open_document, opened(
        line("<draw:frame><draw:object-ole xlink:href='./Object 1'/></draw:frame>"),
        more=[("Object 1", WHOLE)],
    )),
    (slides.blocks, embedded.of_slides, packed(
        sp(words("x")), pointed={0: [("o", "oleObject", "../embeddings/o.bin")]},
        more={"ppt/embeddings/o.bin": WHOLE},
    )),
]  # fmt: skip


@pytest.mark.parametrize("at", range(len(TAKEN)))
def test_a_file_within_is_taken_out_with_its_name(at):
    blocks, came_with, made = TAKEN[at]
    (one,) = came_with(made)[1]
    assert (one.name, one.read()) == ("a.txt", DATA)
    assert "Embedded files, each a document of its own: 1." in blocks(made)[1]


@pytest.mark.parametrize(
    ("blocks", "came_with", "made"),
    [
        (rtf.blocks, embedded.of_rich_text, rich(object_of(b"Package", b"broken"))),
        (rtf.blocks, embedded.of_rich_text, rich(object_of(b"Package", b"x", form=1))),
        (rtf.blocks, embedded.of_rich_text, rich(b"x")),
        (doc.blocks, embedded.of_old_word, word(Workbook=b"cells")),
        (doc.blocks, embedded.of_old_word, word(**{NATIVE: b"broken"})),
        (doc.blocks, embedded.of_old_word, word()),
    ],
)
def test_what_cannot_be_taken_out_is_told(blocks, came_with, made):
    assert came_with(made)[1] == []
    assert blocks(made)[1][0].startswith(
        "Embedded files that could not be taken out, not shown: 1"
    )
