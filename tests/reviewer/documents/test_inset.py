"""Pictures in a Word file are drawn where they stand; what cannot be drawn is told."""

import io

import pypdfium2 as pdfium
import pytest
from PIL import Image

from reviewer.documents import limits
from reviewer.documents.formats import inset, word
from reviewer.documents.formats.inset import Inset
from reviewer.documents.inside.prepare import prepare
from tests.reviewer.documents.test_word import NAMES, paragraph
from tests.reviewer.documents.test_word_kept import whole


def picture(color="red", size=(400, 200), kind="PNG", mode="RGB"):
    out = io.BytesIO()
    Image.new(mode, size, color).save(out, kind)
    return out.getvalue()


def held(name, descr="", size=(2540000, 1270000)):
    return (
        f"<w:r><wp:extent cx='{size[0]}' cy='{size[1]}'/><docPr descr='{descr}'/>"
        f"<blip r:embed='{name}'/></w:r>"
    )


def made(body, **pictures):
    rows = [(name, "image", f"media/{name}") for name in pictures]
    return whole(body, rows, **{f"word/media/{name}": data for name, data in pictures.items()})


def shown(untrusted):
    blocks, notes = word.blocks(untrusted)
    return ["#" if isinstance(block, Inset) else block.text for block in blocks], notes


def colour(pdf, at=0):
    """Return the colour of the first picture on a page, and its size in points."""
    with pdfium.PdfDocument(pdf) as document:
        page = document[at]
        (image,) = [one for one in page.get_objects() if one.type == pdfium.raw.FPDF_PAGEOBJ_IMAGE]
        left, bottom, right, top = image.get_bounds()
        seen = page.render(scale=1).to_pil().convert("RGB")
        middle = ((left + right) / 2, page.get_height() - (bottom + top) / 2)
        return seen.getpixel(tuple(map(round, middle))), (round(right - left), round(top - bottom))


def test_a_picture_is_drawn_below_the_words_it_stands_in():
    body = paragraph("before") + f"<w:p>{held('a.png')}</w:p>" + paragraph("after")
    file = made(body, **{"a.png": picture()})
    assert shown(file) == (["before", "#", "after"], [])
    seen, size = colour(prepare(file, "a.docx").rendition)
    assert seen == (255, 0, 0)
    assert size == (200, 100), "as large as the file says, in points"


def test_words_that_stand_for_a_picture_stay_with_it():
    file = made(f"<w:p>{held('a.png', 'body map')}</w:p>", **{"a.png": picture()})
    assert shown(file)[0] == ["[picture: body map]", "#"]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"])
def test_every_common_kind_is_drawn(kind):
    file = made(f"<w:p>{held('a')}</w:p>", a=picture("blue", (900, 600), kind))
    assert shown(file) == (["#"], [])
    assert prepare(file, "a.docx").rendition.count(b"/Subtype /Image") == 1


def test_a_large_picture_fits_the_page_and_a_tall_one_goes_to_the_next():
    body = paragraph("a") + f"<w:p>{held('a', size=(12700000, 25400000))}</w:p>"
    pdf = prepare(made(body, a=picture(size=(100, 200))), "a.docx").rendition
    with pdfium.PdfDocument(pdf) as document:
        assert len(document) == 2
    assert colour(pdf, 1)[1][1] < 720


def test_pictures_of_a_table_stand_below_their_row():
    row = (
        f"<w:tr><w:tc><w:p>{held('a', 'face')}</w:p></w:tc><w:tc>{paragraph('left')}</w:tc></w:tr>"
    )
    file = made(f"<w:tbl>{row}{row}</w:tbl>", a=picture())
    assert shown(file)[0] == ["[picture: face]  |  left", "#"] * 2


def test_a_picture_at_the_head_of_the_pages_is_drawn_once():
    head = f"<w:hdr {NAMES}><w:p>{held('a')}</w:p></w:hdr>"
    rows = [("h1", "header", "header1.xml"), ("h2", "header", "header2.xml")]
    pointing = (
        "<Relationships><Relationship Id='a' Type='x/image' Target='media/a.png'/></Relationships>"
    )
    parts = {
        f"word/{where}header{at}.xml{end}": text
        for at in (1, 2)
        for where, end, text in (("", "", head), ("_rels/", ".rels", pointing))
    }
    file = whole(paragraph("text"), rows, **parts, **{"word/media/a.png": picture()})
    found, notes = shown(file)
    assert found.count("#") == 1
    assert notes == []


@pytest.mark.parametrize("data", [b"x", b"", picture()[:60], b"\xd7\xcd\xc6\x9a" + bytes(60)])
def test_what_cannot_be_drawn_is_told(data):
    found, notes = shown(made(f"<w:p>{held('a')}</w:p>", a=data))
    assert found == ["[picture: not shown]"]
    assert notes == ["Pictures in the Word file that are not shown: 1."]


def test_more_than_there_is_room_for_is_told(monkeypatch):
    monkeypatch.setattr(inset, "_BYTES", 1)
    pictures = {f"p{at}": picture(at) for at in range(4)}
    body = "".join(f"<w:p>{held(name)}</w:p>" for name in pictures)
    found, notes = shown(made(body, **pictures))
    assert found == ["#", *["[picture: not shown]"] * 3]
    assert notes == ["Pictures in the Word file that are not shown: 3."]


def test_a_bomb_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(limits, "PICTURE_PIXELS", 1000)
    assert shown(made(f"<w:p>{held('a')}</w:p>", a=picture()))[0] == ["[picture: not shown]"]


def test_the_ledger_counts_the_pictures_that_were_drawn(worker):
    file = made(f"<w:p>{held('a')}</w:p><w:p>{held('b')}</w:p>", a=picture(), b=picture("blue"))
    reading = worker.read(file, "a.docx")
    (line,) = [line for line in reading.ledger if line.thing == "pictures"]
    assert (line.held, line.shown, line.named) == (2, 2, 0)
