import codecs
import datetime as dt
import importlib
import io
import json

import openpyxl
import pytest

from reviewer.documents import encoding
from reviewer.documents.formats import spreadsheet
from reviewer.documents.formats.pdf import Pdf
from reviewer.documents.frames import parse_head, read_frame, write_frame
from reviewer.documents.inside.prepare import pdf_notes, prepare
from reviewer.documents.inside.service import Service
from reviewer.documents.inside.sniff import kind
from reviewer.documents.refusals import SENTENCES, Refused, refusal


@pytest.mark.parametrize(
    ("start", "name", "what"),
    [
        (b"noise%PDF-1.7\n1 0 obj", "a.doc", "pdf"),
        (b"A note about %PDF-1.7 and its head", "a.pdf", "text"),
        (b"II*\0", "a.tif", "tiff"),
        (b"MM\0*", "a.tif", "tiff"),
        (b"<!DOCTYPE html><p>", "a.txt", "html"),
        (b"\xef\xbb\xbf <HTML>", "a", "html"),
        (b"<!-- saved from url=(0014)about:internet -->\n<html>", "a.txt", "html"),
        (b"<div><p>a piece", "a.htm", "html"),
        (b"<div><p>a piece", "a.txt", "text"),
        (b"1 < 2 and 3 > 2", "a.html", "text"),
        (b"\x89PNG\r\n\x1a\n", "a.pdf", "png"),
        (b"\xff\xd8\xff\xe0", "a", "jpeg"),
        (b"Plain words", "a.pdf", "text"),
        (b"From: A\nTo: B\n\nA memo on paper", "memo.txt", "text"),
        (b"From: A\nMessage-ID: <x>\n\nA mail", "memo.txt", "mail"),
        (b"Subject: only this\n\nwords", "x.eml", "mail"),
        (b"not a mail at all", "x.eml", "text"),
        (b"From x Mon\nReceived: y\nFrom: z\n folded\n\n", "mbox", "mail"),
        (b"\0\0\0\x18ftypheic", "a.heic", "heic"),
        (b"\0\0\0\x18ftyphevc\0\0\0\0mif1", "a.heic", "heic"),
        (b"\0\0\0\x18ftypmif1", "a.heif", "heic"),
        (b"MZ is how this note begins", "a.txt", "text"),
        (b"<?xml version='1.0'?><x/>", "a.xml", "text"),
    ],
)
def test_what_a_file_is_comes_from_its_bytes(start, name, what):
    assert kind(start, name) == what


@pytest.mark.parametrize(
    ("start", "code"),
    [
        (b"II+\0", "tiff"),
        (b"RIFF\0\0\0\0CDXA", "sound"),
        (b"#!AMR\n", "sound"),
        (b"!BDN\0\0", "pst"),
        (b"MZ\0", "program"),
        (b"\xffWPC\x10\0\0\0", "wordperfect"),
        (b"\xdb\xa5\x2d\0", "doc-old"),
        (b"\x31\xbe\0\0", "doc-old"),
        (b"\x09\x04\x06\0", "xls-old"),
        (b"\0\0\x1a\0", "lotus"),
        (b"SQLite format 3\0", "database"),
        (b"\0\x01\0\0Standard Jet DB", "database"),
        (b"AT&TFORM", "djvu"),
        (b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d", "onenote"),
        (b"7z\xbc\xaf\x27\x1c", "archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    ],
)
def test_what_cannot_be_shown_is_named(start, code):
    with pytest.raises(Refused) as caught:
        kind(start, "x.pdf")
    assert caught.value.code == code
    assert SENTENCES[code] != SENTENCES["unknown"]


def test_every_code_that_is_used_has_its_sentence():
    assert all(text.endswith(".") for text in SENTENCES.values())
    assert str(refusal("page", 7)).startswith("Page 7 ")
    assert str(refusal("<made up>")) == SENTENCES["unknown"]


@pytest.mark.parametrize(
    ("data", "text", "guessed"),
    [
        (b"caf\xc3\xa9", "café", False),
        (b"caf\xe9", "café", True),
        (codecs.BOM_UTF8 + b"x", "x", False),
        (codecs.BOM_UTF16_BE + "é".encode("utf-16-be"), "é", False),
        ("Ab é".encode("utf-16-le"), "Ab é", False),
        ("Ab é".encode("utf-16-be"), "Ab é", False),
        (codecs.BOM_UTF32_LE + "é".encode("utf-32-le"), "é", False),
    ],
)
def test_letters_are_made_out(data, text, guessed):
    assert encoding.decode(data) == (text, guessed)


@pytest.mark.parametrize(
    "data", [b"a\0b", b"\x81\x8d", b"\x01\x02\x03", codecs.BOM_UTF16_LE + b"\x00\xd8\x00"]
)
def test_what_is_no_text_is_refused(data):
    with pytest.raises(Refused):
        encoding.decode(data)


def test_a_text_is_set_and_what_was_guessed_is_said_on_the_page():
    prepared = prepare("Straße\fnext".encode("cp1252"), "a.txt")
    assert prepared.media == "text/plain"
    pages = Pdf(prepared.rendition)
    assert pages.words(1).text == "Straße"
    assert pages.words(2).text.splitlines()[-1] == prepared.notes[0]
    assert prepare("שלום".encode(), "a.txt").notes == ()
    assert "U+13A0" in prepare("\u13a0".encode(), "a.txt").notes[0]


def test_a_pdf_is_shown_as_it_is(make_pdf):
    prepared = prepare(make_pdf("x"), "x")
    assert (prepared.media, prepared.rendition) == ("application/pdf", b"")
    assert pdf_notes(Pdf(make_pdf("x")), make_pdf("x")) == []


def test_a_form_of_adobes_own_kind_is_not_said_to_be_shown():
    parts = [
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</XFA(x)/Fields[]>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>",
    ]
    body = b"".join(b"%d 0 obj%b endobj\n" % (at, part) for at, part in enumerate(parts, 1))
    raw = b"%PDF-1.7\n" + body + b"trailer<</Root 1 0 R/Size 4>>\n%%EOF"
    (note,) = pdf_notes(Pdf(raw), raw)
    assert "XFA" in note
    assert "is shown but not searched" not in note


def test_cells_come_as_a_person_would_type_them():
    book = openpyxl.Workbook()
    day = dt.datetime(2021, 6, 1)  # noqa: DTZ001 - a cell has no zone
    book.active.append([1.0, 1.5, True, day, day.replace(hour=4), None, " x "])
    book.active.append([])
    out = io.BytesIO()
    book.save(out)
    (grid,) = json.loads(spreadsheet.grids(out.getvalue()))
    assert grid["rows"] == [["1", "1.5", "TRUE", "2021-06-01", "2021-06-01 04:00:00", "", " x "]]


@pytest.mark.parametrize("text", ["[1]", "nonsense", '{"a": NaN}', "[" * 10_000])
def test_a_head_is_one_object(text):
    with pytest.raises(ValueError, match=r"."):
        parse_head(text.encode())


def test_the_service_answers_every_request(make_pdf):
    """The worker's own loop, run here over memory: what it says of each request."""
    requests = io.BytesIO()
    pdf = make_pdf("hello")
    for head, body in [
        ({"do": "open", "key": "a"}, pdf),
        ({"do": "open", "key": "a"}, pdf),
        ({"do": "text", "key": "a", "page": 1}, b""),
        ({"do": "render", "key": "a", "page": 1, "width": 20}, b""),
        ({"do": "prepare", "key": "b", "name": "x.txt", "passwords": []}, b"words"),
        ({"do": "prepare", "key": "b", "name": "x.pdf", "passwords": []}, pdf),
        ({"do": "open", "key": "c"}, b"%PDF-"),
        ({"do": "forget", "key": "a"}, b""),
        ({"do": "text", "key": "a", "page": 1}, b""),
        ({"do": "sheets"}, b"PK"),
    ]:
        write_frame(requests, head, body)
    requests.seek(0)
    service = Service(None)
    said = []
    while (frame := read_frame(requests)) is not None:
        said.append(service.answer(*frame))
    bare = {"picture": 0, "opened": 0}
    assert [head for head, _ in said] == [
        {"pages": 1},
        {"pages": 1},
        {"width": 200.0, "height": 100.0, "text": 5, "costly": False},
        {"width": 20, "height": 10, "stride": 80},
        {"pages": 1, "media": "text/plain", "notes": [], "named": {}, **bare},
        {"pages": 1, "media": "application/pdf", "notes": [], "named": {}, **bare},
        {"refused": "pdf-broken", "page": 0},
        {},
        {"refused": "unknown", "page": 0},
        {"refused": "sheet-broken", "page": 0},
    ]
    assert len(said[2][1]) == 5 + 40
    assert len(said[3][1]) == 800


@pytest.mark.parametrize(
    "raw",
    [
        b"22:10 restrained face down\n" + bytes(4096),
        b"22:10 restrained" + bytes(512) + b" face down by two officers\n",
        "22:10 caf\u00e9, restrained face down".encode() + bytes(3),
    ],
)
def test_a_text_in_which_a_lost_block_left_zeros_is_read(worker, raw):
    reading = worker.read(raw, "log.txt")
    assert reading.pages[0].text.split() == raw.replace(b"\0", b"").decode().split()
    assert [line.lost for line in reading.ledger] == [0] * len(reading.ledger)


def test_a_web_page_in_letters_of_two_bytes_is_one_by_its_name(worker):
    reading = worker.read("<p>restrained <b>face</b> down".encode("utf-16"), "a.html")
    assert reading.media == "text/html"
    assert reading.pages[0].text.startswith("restrained face down")


def test_a_part_of_ours_that_is_missing_is_not_the_documents_fault(monkeypatch):
    def missing(_name):
        raise ModuleNotFoundError("No module named 'olefile'")

    monkeypatch.setattr(importlib, "import_module", missing)
    head = {"do": "prepare", "key": "k", "name": "letter.doc"}
    answer, _ = Service(None).answer(head, b"Dear Sirs")
    assert answer == {"refused": "incomplete", "page": 0}
    assert "Nothing is wrong with the document" in str(refusal("incomplete"))
