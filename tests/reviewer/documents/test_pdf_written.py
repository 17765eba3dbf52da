"""What is written on a PDF and not in it: told in a note, and counted by the second reading."""

import io
import zlib

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from reviewer.documents.formats import pdf_written
from reviewer.documents.inside.ledger import pdf as second
from reviewer.documents.notes import named
from tests.reviewer.documents.counting import ledger

XMP = (
    "<?xpacket begin='' id='W5M0'?><x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF"
    " xmlns:rdf='r' xmlns:dc='d' xmlns:pdf='p' xmlns:e='e'>"
    "<rdf:Description pdf:Keywords='custody, ward'>{}</rdf:Description></rdf:RDF></x:xmpmeta>"
)


def title(words):
    return f"<dc:title><rdf:Alt><rdf:li>{words}</rdf:li></rdf:Alt></dc:title>"


def made(info="", xmp=None, *, packed=False, more=""):
    """Return a PDF of a page without words, with what is written on it."""
    raw = b"" if xmp is None else XMP.format(xmp).encode()
    kind = "/Filter/FlateDecode" if packed else ""
    raw = zlib.compress(raw) if packed else raw
    head = f"<</Type/Metadata/Subtype/XML{kind}/Length {len(raw)}{more}>>"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R" + (b"/Metadata 4 0 R>>" if raw else b">>"),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>",
        head.encode() + b"\nstream\n" + raw + b"\nendstream",
        b"<<" + info.encode("latin-1") + b">>",
    ]
    body = b"".join(b"%d 0 obj" % at + part + b" endobj\n" for at, part in enumerate(parts, 1))
    return b"%PDF-1.7\n" + body + b"trailer<</Root 1 0 R/Info 5 0 R/Size 6>>\n%%EOF"


def told(raw):
    document = pypdfium2.PdfDocument(raw)
    try:
        return list(pdf_written.sentences(document, raw))
    finally:
        document.close()


def held(raw):
    return [" ".join(piece) for piece in second.hold(raw).pieces]


@pytest.mark.parametrize("packed", [False, True])
def test_it_is_told_once_and_counted(monkeypatch, packed):
    info = "/Title(Ward log)/Author(A. Clerk)/Subject(Night of 3 May)/Creator(Some program)"
    raw = made(info, title("Ward log") + "<dc:creator>B. Nurse</dc:creator>", packed=packed)
    (note,) = told(raw)
    assert note == (
        "Written on the file: Title: Ward log; Author: A. Clerk; Subject: Night of 3 May;"
        " Keywords: custody, ward; Author: B. Nurse"
    )
    assert held(raw) == ["ward log", "a clerk", "night of 3 may", "custody ward", "b nurse"]
    line = ledger(monkeypatch, raw, "a.pdf")["words"]
    assert (line["held"], line["named"], line["missing"]) == (12, 12, [])


def test_what_is_not_told_is_found_missing(monkeypatch):
    monkeypatch.setattr(pdf_written, "_of_info", lambda _: iter(()))
    line = ledger(monkeypatch, made("/Title(Ward log)"), "a.pdf")["words"]
    assert (line["held"], line["named"], line["missing"]) == (2, 0, ["ward", "log"])


def test_what_a_library_writes_says_nothing():
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.showPage()
    canvas.save()
    assert told(out.getvalue()) == []
    assert held(out.getvalue()) == []


def test_what_pdf_a_explains_is_no_word_of_the_file():
    explained = "<e:schemas><e:x><dc:description v='1'>A name</dc:description></e:x></e:schemas>"
    raw = made("", explained + title("Log"))
    assert told(raw) == ["Written on the file: Keywords: custody, ward; Title: Log"]
    assert held(raw) == ["custody ward", "log"]


@pytest.mark.parametrize("xmp", ["<dc:title>Log</dc:title><broken", "<!DOCTYPE x>"])
def test_of_broken_xmp_what_stands_before_the_fault_is_told(xmp):
    raw = made("/Title(Ward)", xmp)
    assert told(raw)[0].startswith("Written on the file: Title: Ward; Keywords: custody, ward")
    assert held(raw)[:2] == ["ward", "custody ward"]


def test_what_cannot_be_unpacked_is_passed_over():
    raw = made("/Title(Ward)", title("Log"), packed=True)
    at = raw.index(b"stream\n") + 9
    spoiled = raw[:at] + bytes(6) + raw[at + 6 :]
    assert told(spoiled) == ["Written on the file: Title: Ward"]
    assert held(spoiled) == ["ward"]
    odd = made("/Title(Ward)", title("Log")).replace(b"/Metadata/Sub", b"/Filter/LZW/Sub")
    assert held(odd) == ["ward"]
    assert held(made("").replace(b"/Pages 2 0 R", b"/Pages 2 0 R/Metadata 3 0 R")) == []
    assert held(made("").replace(b"/Pages 2 0 R", b"/Pages 2 0 R/Metadata 77 0 R")) == []


def test_more_than_two_notes_hold_is_counted(monkeypatch):
    words = " ".join(f"word{at}" for at in range(200))
    notes = told(made(f"/Keywords({words})"))
    assert len(notes) == 3
    assert all(len(note) < 400 for note in notes)
    assert notes[2].startswith("More words are written on the file, which are not told here: ")
    line = ledger(monkeypatch, made(f"/Keywords({words})"), "a.pdf")["words"]
    assert (line["held"], line["named"]) == (200, 200)
    assert named(notes)["words"] < 200


def test_pieces_of_xmp_are_looked_at_up_to_a_number(monkeypatch):
    monkeypatch.setattr(pdf_written, "_PIECES", 0)
    assert told(made("", title("Log"))) == []
