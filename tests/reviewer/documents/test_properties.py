"""What is written on an Office file and not in it is shown below its text, and counted."""

import io
import zipfile

import olefile
import openpyxl
import pytest

from reviewer.documents.formats import properties
from tests.reviewer.documents import test_ods, test_opendocument, test_slides
from tests.reviewer.documents.counting import ledger, lost
from tests.reviewer.documents.old_word import doc, para
from tests.reviewer.documents.test_word import packed, paragraph

CORE = (
    '<cp:coreProperties xmlns:cp="urn:cp" xmlns:dc="urn:dc" xmlns:dcterms="urn:dcterms">'
    "<dc:title>Custody log</dc:title><dc:creator>M. Hale</dc:creator>"
    "<dc:description>Typed up later from memory</dc:description>"
    "<dcterms:created>2010-05-03T10:00:00Z</dcterms:created><cp:revision>4</cp:revision>"
    "</cp:coreProperties>"
)
APP = (
    '<Properties xmlns="urn:app"><Application>Word</Application><Company>Ward</Company>'
    "</Properties>"
)
CUSTOM = (
    '<Properties xmlns="urn:custom" xmlns:vt="urn:vt"><property name="Checked by">'
    "<vt:lpwstr>Duty sergeant</vt:lpwstr></property></Properties>"
)
META = (
    '<office:document-meta xmlns:office="urn:o" xmlns:dc="urn:dc" xmlns:meta="urn:meta">'
    "<office:meta><dc:title>Custody log</dc:title><meta:initial-creator>M. Hale"
    '</meta:initial-creator><meta:user-defined meta:name="Checked by">Duty sergeant'
    "</meta:user-defined><meta:generator>Writer</meta:generator></office:meta>"
    "</office:document-meta>"
)
LINES = [
    "Title: Custody log", "Author: M. Hale", "Comments: Typed up later from memory",
    "Created: 2010-05-03T10:00:00Z", "Company: Ward", "Checked by: Duty sergeant",
]  # fmt: skip


def with_parts(raw, *parts):
    out = io.BytesIO(raw)
    with zipfile.ZipFile(out, "a") as whole:
        for name, text in parts:
            whole.writestr(name, text)
    return out.getvalue()


def office(raw):
    parts = zip(("core", "app", "custom"), (CORE, APP, CUSTOM), strict=True)
    return with_parts(raw, *((f"docProps/{name}.xml", text) for name, text in parts))


def sheet(creator="openpyxl"):
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"] = "x"
    book.properties.creator = creator
    book.save(out)
    return out.getvalue()


def said(raw, kind):
    return [block.text for block in properties.blocks(raw, kind)]


FILES = {
    "docx": (office(packed(paragraph("x"))), LINES),
    "pptx": (office(test_slides.packed(test_slides.sp(test_slides.p("x")))), LINES),
    "odt": (with_parts(test_opendocument.packed("<text:p>x</text:p>"), ("meta.xml", META)),
            ["Title: Custody log", "First author: M. Hale", "Checked by: Duty sergeant"]),
    "ods": (with_parts(test_ods.packed(test_ods.sheet(test_ods.row(test_ods.cell("x")))),
                       ("meta.xml", META)),
            ["Title: Custody log", "First author: M. Hale", "Checked by: Duty sergeant"]),
}  # fmt: skip


@pytest.mark.parametrize("kind", FILES)
def test_it_stands_below_the_text_and_is_missed_where_it_does_not(kind, monkeypatch):
    raw, lines = FILES[kind]
    assert said(raw, kind) == ["Written on the file", *lines]
    assert lost(ledger(monkeypatch, raw, f"a.{kind}")["words"]) == 0
    monkeypatch.setattr(properties, "blocks", lambda *_: [])
    words = sum(len(line.partition(": ")[2].split()) for line in lines if "20" not in line)
    assert lost(ledger(monkeypatch, raw, f"a.{kind}")["words"]) == words + len(["Checked", "by"])


def test_what_a_spreadsheet_says_of_itself_is_shown_and_no_library_is_its_author(monkeypatch):
    assert said(sheet(), "xlsx") == []
    raw = sheet("M. Hale")
    assert said(raw, "xlsx")[:2] == ["Written on the file", "Author: M. Hale"]
    assert lost(ledger(monkeypatch, raw, "a.xlsx")["words"]) == 0
    monkeypatch.setattr(properties, "blocks", lambda *_: [])
    assert lost(ledger(monkeypatch, raw, "a.xlsx")["words"]) == 2
    assert lost(ledger(monkeypatch, sheet(), "a.xlsx")["words"]) == 0


@pytest.mark.parametrize(
    ("page", "written"), [(1252, b"caf\xe9\0"), (65001, b"caf\xc3\xa9"), (99_999, b"caf\xe9")]
)
def test_of_an_old_file_too(monkeypatch, page, written):
    def told(_):
        made = olefile.OleMetadata()
        made.codepage, made.title, made.author = page, written, "no bytes"
        return made

    monkeypatch.setattr(olefile.OleFileIO, "get_metadata", told)
    assert said(doc([para("x")]), "doc") == ["Written on the file", "Title: caf\xe9"]


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"no compound file", "doc"),
        (b"no archive", "docx"),
        (with_parts(packed(""), ("docProps/core.xml", "<a><b></a>")), "docx"),
        (
            with_parts(packed(""), ("docProps/core.xml", CORE[:90] + "</cp:coreProperties>")),
            "docx",
        ),
        (b"text", "text"),
    ],
)
def test_what_is_broken_there_is_no_reason_to_refuse_the_file(raw, kind):
    assert said(raw, kind) == []


def test_dates_alone_are_not_shown_and_there_is_an_end():
    dates = (
        CORE.replace("Custody log", "")
        .replace("M. Hale", "")
        .replace("Typed up later from memory", "")
    )
    assert said(with_parts(packed(""), ("docProps/core.xml", dates)), "docx") == []
    many = "".join(f'<property name="p{at}"><v>x</v></property>' for at in range(200))
    raw = with_parts(packed(""), ("docProps/custom.xml", f"<Properties>{many}</Properties>"))
    assert len(said(raw, "docx")) == 61
