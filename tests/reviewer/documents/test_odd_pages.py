"""Pages, archives, slides and mails that are odd in one way each, and what is made of them."""

import ctypes
import io
import zipfile

import pypdfium2 as pdfium
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from reviewer.documents import counted, limits
from reviewer.documents.formats import archive, mapi
from reviewer.documents.formats.pdf import Pdf
from reviewer.documents.formats.pdf_pictured import pictured
from reviewer.documents.refusals import Refused
from reviewer.records.cases import LedgerLine
from tests.reviewer.documents.test_slides import p, read, sp


def pictures(*places, size=(200, 100)):
    """Return a PDF of one page with pictures of 100 by 50 dots: left, bottom, width, height."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size)
    for at, place in enumerate(places):
        canvas.drawImage(ImageReader(Image.new("RGB", (100, 50), (at, 0, 0))), *place)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize(
    ("places", "found"),
    [
        ([], (0, 0)),
        ([(0, 0, 200, 100)], (36, 1000)),
        ([(0, 0, 100, 50)], (72, 250)),
        ([(0, 0, 50, 25), (100, 0, 100, 50)], (72, 312)),  # the larger one tells how fine it is
        ([(150, 50, 100, 50)], (72, 125)),  # half of it lies beside the page
        ([(0, 0, 200, 100), (0, 0, 200, 100)], (36, 1000)),
    ],
)
def test_how_much_of_a_page_is_picture_and_how_fine_that_is(places, found):
    with pdfium.PdfDocument(pictures(*places)) as document:
        assert pictured(document, 1) == found


class Torn:
    """A document of which no page can be loaded."""

    def __getitem__(self, _):
        raise pdfium.PdfiumError("torn")


def test_a_page_that_cannot_be_loaded_is_white_and_has_no_words(make_pdf):
    assert pictured(Torn(), 1) == (0, 0)
    pdf = Pdf(make_pdf("words"))
    whole, pdf._document = pdf._document, Torn()
    assert (pdf.words(1).text, pdf.words(1).boxes) == ("", b"")
    pixels = (ctypes.c_char * 400_000)()
    across, down, stride = pdf.render(1, 60, pixels)
    assert set(bytes(pixels)[: stride * down]) == {0xFF}
    assert (across, stride) == (60, 240)
    with pytest.raises(Refused) as refused:
        pdf.words(2)
    assert (refused.value.code, refused.value.page) == ("page", 2)
    whole.close()


def test_more_pages_than_a_document_has_are_refused(monkeypatch, make_pdf):
    monkeypatch.setattr(limits, "MAX_PAGES", 1)
    assert Pdf(make_pdf("one")).pages == 1
    with pytest.raises(Refused) as refused:
        Pdf(make_pdf("one", "two"))
    assert refused.value.code == "pages"


def test_a_page_with_more_letters_or_points_than_any_is_refused(monkeypatch, make_pdf):
    pdf = Pdf(make_pdf("words"))
    for name, most, code in (
        ("MAX_PAGE_CHARACTERS", 3, "page-text"),
        ("MAX_POINTS", 150, "page-size"),
    ):
        with monkeypatch.context() as patched:
            patched.setattr(limits, name, most)
            with pytest.raises(Refused) as refused:
                pdf.words(1)
        assert (refused.value.code, refused.value.page) == (code, 1)
    assert pdf.words(1).text.strip() == "words"
    pdf.close()


# ---------------------------------------------------------------- archives


def zipped(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return out.getvalue()


def opened(raw):
    return archive.Archive(raw, broken="docx-broken", bomb="docx-bomb")


def refusal(raw, name="a"):
    with pytest.raises(Refused) as refused:
        opened(raw).read(name)
    return refused.value.code


def test_members_are_found_by_plain_names_and_the_first_of_two_alike_is_read():
    raw = zipped(**{"b\\c": "one", "/b/c": "two"})
    assert opened(raw).names == {"b/c"}
    assert opened(raw).read("b/c") == b"one"


def test_a_member_that_cannot_be_read_says_why(monkeypatch):
    raw = zipped(a="words " * 50)
    at = raw.index(b"PK\x01\x02")

    def changed(offset, value):
        made = bytearray(raw)
        made[at + offset] = value
        return bytes(made)

    assert refusal(raw, "none") == "docx-broken"
    assert refusal(changed(8, 1)) == "package-locked"
    assert refusal(changed(10, 99)) == "docx-broken"
    assert refusal(raw[:5] + b"\xff" * 60 + raw[65:]) == "docx-broken"
    assert refusal(b"PK\x03\x04 and no more") == "docx-broken"
    with monkeypatch.context() as patched:
        patched.setattr(limits, "UNPACKED", 100)
        assert refusal(raw) == "docx-bomb"
    monkeypatch.setattr(limits, "PARTS", 0)
    assert refusal(raw) == "docx-bomb"


# ---------------------------------------------------------------- ledgers in words


@pytest.mark.parametrize(
    ("thing", "one", "many"),
    [
        ("words", "1 word of this file is not shown: a.", "2 words of this file are not shown"),
        ("links", "Where 1 link of this file leads to", "Where 2 links of this file lead to"),
        ("headers", "1 header of this mail is not shown", "2 headers of this mail are not"),
        ("cells", "1 cell of this file is not shown: a.", "2 cells of this file are not shown"),
        ("pictures", "1 picture in this file is not", "2 pictures in this file are not shown."),
        ("attachments", "1 file within this file is", "2 files within this file are not shown."),
        ("macros", "1 part of this file is not shown.", "2 parts of this file are not shown."),
    ],
)
def test_what_is_missing_is_said_with_how_much(thing, one, many):
    for count, words in ((1, one), (2, many)):
        assert counted._sentence(thing, count, "a").startswith(words)


def test_where_no_example_is_known_the_original_is_named():
    line = LedgerLine(thing="words", held=2, shown=1, named=0)
    assert counted._some(line) == "see the original"


# ---------------------------------------------------------------- slides


def many_kinds():
    frame = '<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="5" name="f"/></p:nvGraphicFramePr>'
    return (
        frame + '<c:chart r:id="c1"/></p:graphicFrame>'
        + frame + '<dgm:relIds r:dm="none"/></p:graphicFrame>'
        + frame + '<p:oleObj r:id="o1" progId="Excel.Sheet.12"/></p:graphicFrame>'
        + frame + '<p:oleObj r:id="far"/></p:graphicFrame>'
        + '<p:pic><p:nvPicPr><p:cNvPr id="3" name="v" hidden="1"/></p:nvPicPr>'
        '<a:videoFile r:link="v1"/><p:blipFill><a:blip r:embed="nowhere"/></p:blipFill></p:pic>'
    )  # fmt: skip


def test_charts_diagrams_objects_and_films_of_a_slide_are_named():
    pointed = {
        0: [
            ("c1", "chart", "../charts/c.xml"),
            ("o1", "package", "../embeddings/o.xlsx"),
            ("far", "oleObject", "https://example.org/o", 'TargetMode="External"'),
        ]
    }
    words = "<a:p><a:r><a:t>Pulse</a:t></a:r></a:p>"
    chart = f"<c:chart xmlns:a='urn:a' xmlns:c='urn:c'>{words}</c:chart>"
    texts, notes = read(
        sp(p("Words")) + many_kinds(),
        pointed=pointed,
        more={"ppt/charts/c.xml": chart, "ppt/embeddings/o.xlsx": "x"},
    )
    said = "\n".join(texts)
    assert "[chart]" in said
    assert "Pulse" in said
    assert "[diagram]" in said
    assert "[embedded file: Excel.Sheet.12]" in said
    assert "film or sound, not played" in said
    assert notes


def numbered(kind, start=1):
    look = f'<a:pPr><a:buAutoNum type="{kind}" startAt="{start}"/></a:pPr>'
    return f"<a:p>{look}<a:r><a:t>x</a:t></a:r></a:p>"


@pytest.mark.parametrize(
    ("kind", "mark"),
    [
        ("arabicPeriod", "3."),
        ("arabicParenR", "3)"),
        ("alphaLcParenBoth", "(c)"),
        ("alphaUcPeriod", "C."),
        ("romanLcPeriod", "iii."),
        ("romanUcPeriod", "III."),
        ("other", "3."),
    ],
)
def test_the_number_of_a_paragraph_is_written_as_it_was(kind, mark):
    assert read(sp(numbered(kind, 3)))[0][-1].split() == [mark, "x"]


# ---------------------------------------------------------------- properties of mails


def test_numbers_and_moments_of_a_mail_are_those_that_there_are():
    own = mapi.Properties()
    own.numbers = {
        1: (116444736000000000).to_bytes(8, "little"),
        2: b"\xff" * 8,
        3: b"\1\0\0\0",
        4: b"\xff\xff\xff\xff",
    }
    assert own.time(1) == "Thu, 01 Jan 1970 00:00:00 +0000"
    assert own.time(2) == own.time(3) == own.time(9) == ""
    assert (own.number(3), own.number(4), own.number(9)) == (1, -1, None)
    assert own.data(1) == b""


@pytest.mark.parametrize(
    ("raw", "letters", "text"),
    [
        (b"\xea\xee\xf2", "cp1251", "кот"),
        ("été".encode(), "ascii", "été"),
        (b"caf\xe9", "ascii", "café"),
        (b"caf\xe9", "no such letters", "café"),
    ],
)
def test_a_text_that_does_not_fit_its_letters_is_read_by_those_it_does_fit(raw, letters, text):
    assert mapi.decode(raw, letters) == text


def test_the_letters_of_a_mail_are_those_that_it_names():
    own = mapi.Properties()
    assert mapi.code_page(own) == "cp1252"
    own.numbers[0x3FFD] = (1251).to_bytes(8, "little")
    assert mapi.code_page(own) == "cp1251"
    own.numbers[0x3FFD] = (99_999).to_bytes(8, "little")
    assert mapi.code_page(own) == "cp1252"
