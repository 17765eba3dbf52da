"""Files within a PDF or a Word file: each a document of its own below it."""

import io
import struct

import pypdfium2 as pdfium
import pytest

from reviewer.intake import import_documents
from reviewer.progress import Quiet
from reviewer.records.cases import Case
from reviewer.records.ids import CaseId, new_id
from tests.reviewer.documents.compound import compound
from tests.reviewer.documents.test_pdf_unseen import drawn, name, of_objects
from tests.reviewer.documents.test_word import paragraph
from tests.reviewer.documents.test_word_kept import whole

CASE = Case(id=CaseId(new_id()), reference="C-1", title="First")
LOG = b"22:10 restrained"


@pytest.fixture
def book(book):
    book.cases.add([CASE])
    return book


def brought(book, worker, folder, file, data):
    (folder / file).write_bytes(data)
    report = import_documents(book, worker, "C-1", [folder / file], Quiet())
    assert report.refused == ()
    parent, *others = book.documents.of(CASE.id)
    assert all(one.origin.parent == parent.id for one in others)
    return parent, {one.file_name: book.documents.original(one.id) for one in others}


def test_a_file_attached_to_a_pdf_is_a_document_below_it(book, worker, folder):
    document = pdfium.PdfDocument(drawn(name))
    document.new_attachment("evidence\\log.txt").set_data(LOG)
    out = io.BytesIO()
    document.save(out)
    parent, files = brought(book, worker, folder, "a.pdf", out.getvalue())
    assert files == {"log.txt": LOG}
    assert book.documents.notes(parent.id)[0] == (
        "Files attached to the PDF, each a document of its own: log.txt."
    )


def test_a_file_pinned_to_a_page_is_a_document_below_it(book, worker, folder):
    made = of_objects(
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Annots[4 0 R]>>",
        "<</Type/Annot/Subtype/FileAttachment/Rect[10 10 30 30]/FS 5 0 R>>",
        "<</Type/Filespec/F(log.txt)/UF(log.txt)/EF<</F 6 0 R>>>>",
        f"<</Type/EmbeddedFile/Length {len(LOG)}>>stream\n{LOG.decode()}\nendstream",
    )
    assert brought(book, worker, folder, "a.pdf", made)[1] == {"log.txt": LOG}


def native(file, data):
    path = f"C:\\Users\\a\\{file}\0".encode("cp1252")
    body = struct.pack("<H", 2) + f"{file}\0".encode("cp1252") + path + struct.pack("<I", 3)
    body += struct.pack("<I", len(path)) + path + struct.pack("<I", len(data)) + data
    return struct.pack("<I", len(body)) + body


def word_file(part, kind, data):
    return whole(
        paragraph("See the log."), [("r1", kind, f"embeddings/{part}")],
        **{f"word/embeddings/{part}": data},
    )  # fmt: skip


EMBEDDED = {
    "a file": ("log.txt", "package", LOG, "log.txt"),
    "an object": (
        "o.bin",
        "oleObject",
        compound({"\x01Ole10Native": native("log.txt", LOG)}),
        "log.txt",
    ),
    "a package": ("o.bin", "oleObject", compound({"Package": LOG}), "o.bin"),
}


@pytest.mark.parametrize("how", EMBEDDED)
def test_a_file_embedded_in_a_word_file_is_a_document_below_it(book, worker, folder, how):
    part, kind, data, file = EMBEDDED[how]
    parent, files = brought(book, worker, folder, "a.docx", word_file(part, kind, data))
    assert files == {file: LOG}
    assert book.documents.notes(parent.id)[0] == (
        "Files embedded in the Word file, each a document of its own: 1."
    )


@pytest.mark.parametrize("cut", [5, 20, 60, -1])
def test_an_object_that_is_cut_short_is_kept_as_it_is(book, worker, folder, cut):
    data = compound({"\x01Ole10Native": native("log.txt", LOG)[:cut]})
    _, files = brought(book, worker, folder, "a.docx", word_file("o.bin", "oleObject", data))
    assert files == {"o.bin": data}
