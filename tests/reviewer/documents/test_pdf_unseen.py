"""What a PDF holds beside the words of its pages is told in its notes."""

import io

import pytest
from PIL import Image
from reportlab.lib.colors import Color, black, lightgrey
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from reviewer.documents import limits
from reviewer.documents.formats import pdf_unseen
from reviewer.documents.formats.pdf import Pdf
from reviewer.documents.inside.ledger.count import count
from reviewer.documents.inside.prepare import pdf_notes
from reviewer.documents.media import MEDIA

PAGE = (300, 200)


def drawn(draw):
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=PAGE, invariant=1)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def annotated(*notes):
    """Return a PDF of one page with these annotations, written out by hand."""
    numbers = " ".join(f"{at} 0 R" for at in range(4, 4 + len(notes)))
    parts = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Annots[{numbers}]>>",
        *(f"<</Type/Annot/Rect[10 10 30 30]{note}>>" for note in notes),
    ]
    return of_objects(*parts)


def of_objects(*parts):
    body = "".join(f"{at} 0 obj{part} endobj\n" for at, part in enumerate(parts, 1))
    end = f"trailer<</Root 1 0 R/Size {len(parts) + 1}>>\n%%EOF"
    return f"%PDF-1.7\n{body}{end}".encode("latin-1")


def notes_of(made):
    pdf = Pdf(made)
    try:
        return pdf_notes(pdf, made)
    finally:
        pdf.close()


def box(canvas, color=black, **more):
    canvas.setFillColor(color)
    canvas.rect(75, 95, 80, 20, stroke=0, fill=1, **more)


def name(canvas):
    canvas.setFillColor(black)
    canvas.drawString(20, 100, "Informant:")
    canvas.drawString(80, 100, "John Smith")


def black_box(canvas):
    name(canvas)
    box(canvas)


def clipped_to_the_name(canvas):
    name(canvas)
    path = canvas.beginPath()
    path.rect(75, 95, 80, 20)
    canvas.clipPath(path, stroke=0)
    canvas.rect(0, 0, *PAGE, stroke=0, fill=1)


@pytest.mark.parametrize("draw", [black_box, clipped_to_the_name])
def test_words_under_a_filled_box_are_told_and_not_quoted(draw):
    (note,) = notes_of(drawn(draw))
    assert note.startswith("Words that are covered by a filled box and cannot be seen (page 1: 2)")
    assert "Smith" not in note


FONTS = "/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
FILLED = "75 95 80 20 re f"
SQUARE = "/Type/Annot/Subtype/Square/Rect[75 95 155 115]"


@pytest.mark.parametrize(
    ("look", "told"),
    [
        ("/IC[0 0 0]", True),
        ("/IC[0 0 0]/CA 0.3", False),
        ("/C[1 0 0]", False),
        ("/AP<</N 6 0 R>>", True),
    ],
)
def test_a_box_laid_over_words_as_a_comment_covers_them_where_it_is_filled(look, told):
    content = "BT /F 12 Tf 80 100 Td (John Smith) Tj ET"
    parts = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Annots[5 0 R]{FONTS}>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        f"<<{SQUARE}{look}>>",
        f"<</Subtype/Form/BBox[75 95 155 115]/Length {len(FILLED)}>>stream\n{FILLED}\nendstream",
    ]
    made = of_objects(*parts)
    assert [note.split(" (")[1][:9] for note in notes_of(made)] == ["page 1: 2"] * told


def shaded_before(canvas):
    box(canvas, lightgrey)
    name(canvas)


def seen_through(canvas):
    name(canvas)
    box(canvas, Color(1, 1, 0, alpha=0.5))


def only_a_frame(canvas):
    name(canvas)
    canvas.rect(75, 95, 80, 20, stroke=1, fill=0)


def clipped_away(canvas):
    name(canvas)
    path = canvas.beginPath()
    path.rect(0, 0, 300, 50)
    canvas.clipPath(path, stroke=0)
    box(canvas)


def a_round_seal(canvas):
    name(canvas)
    canvas.circle(110, 105, 40, stroke=0, fill=1)


def a_triangle(canvas):
    name(canvas)
    path = canvas.beginPath()
    path.moveTo(75, 95)
    path.lineTo(75, 175)
    path.lineTo(155, 175)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)


@pytest.mark.parametrize(
    "draw", [shaded_before, seen_through, only_a_frame, clipped_away, a_round_seal, a_triangle]
)
def test_words_that_are_seen_are_not_said_to_be_covered(draw):
    assert notes_of(drawn(draw)) == []


def test_text_off_the_page_is_told():
    def off(canvas):
        name(canvas)
        canvas.drawString(20, 260, "above the edge")

    (note,) = notes_of(drawn(off))
    assert note == (
        "Words outside the edge of the page or of their place on it, which cannot be seen and"
        " which search does not find (page 1: 3)."
    )


def picture(canvas, color, sides, mask=None):
    canvas.drawImage(ImageReader(Image.new("RGB", (4, 4), color)), *sides, mask=mask)


def under_a_picture(canvas):
    canvas.drawString(80, 100, "Jane Doe")
    picture(canvas, "black", (75, 95, 80, 20))


def cut_by_its_cell(canvas):
    path = canvas.beginPath()
    path.rect(0, 0, 300, 50)
    canvas.clipPath(path, stroke=0)
    canvas.drawString(80, 100, "Jane Doe")


def white_on_paper(canvas):
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(80, 100, "Jane Doe")


def never_drawn(canvas):
    canvas.drawString(80, 150, "Jane Doe", mode=3)


@pytest.mark.parametrize(
    ("draw", "said"),
    [
        (under_a_picture, "covered by a filled box"),
        (cut_by_its_cell, "outside the edge"),
        (white_on_paper, "as pale as the paper"),
        (never_drawn, "not drawn, or as pale"),
    ],
)
def test_words_that_are_not_seen_are_told_and_no_part_of_the_text(draw, said):
    made = drawn(draw)
    (note,) = notes_of(made)
    assert said in note
    assert "(page 1: 2)" in note
    pdf = Pdf(made)
    assert "Doe" not in pdf.words(1).text
    pdf.close()


def white_on_a_dark_head(canvas):
    box(canvas)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(80, 100, "Jane Doe")


def beside_a_picture(canvas):
    canvas.drawString(80, 100, "Jane Doe")
    picture(canvas, "black", (75, 120, 80, 20))


def behind_a_scan(canvas):
    canvas.drawString(80, 150, "Jane Doe", mode=3)
    picture(canvas, "white", (0, 0, *PAGE))


def in_a_cell_of_its_own(canvas):
    path = canvas.beginPath()
    path.rect(10, 90, 200, 30)
    canvas.clipPath(path, stroke=0)
    canvas.drawString(80, 100, "Jane Doe")


@pytest.mark.parametrize(
    "draw", [white_on_a_dark_head, beside_a_picture, behind_a_scan, in_a_cell_of_its_own]
)
def test_words_that_are_seen_stay(draw):
    made = drawn(draw)
    assert notes_of(made) == []
    pdf = Pdf(made)
    assert "Doe" in pdf.words(1).text
    pdf.close()


def test_a_file_pinned_to_a_page_is_named():
    file = "/Subtype/FileAttachment/Contents(ward log.txt)/FS<</Type/Filespec/F(x)>>"
    notes = notes_of(annotated(file))
    assert notes[0].startswith("Files attached to the PDF, each a document of its own: ")
    assert notes_of(annotated("/Subtype/FileAttachment/Contents(ward log.txt)")) == [
        "Files attached to the PDF, each a document of its own: ward log.txt."
    ]


def test_comments_are_told_with_their_words_and_who_wrote_them():
    notes = notes_of(
        annotated(
            "/Subtype/Text/T(Dr Bell)/Contents(written the day after)",
            "/Subtype/Highlight/Contents(compare\nthe log)",
            "/Subtype/Popup/Contents(said twice)",
            "/Subtype/Link/Contents(a link)",
            "/Subtype/Square/Contents( )",
        )
    )
    assert notes == [
        "Comments on the pages, which are not part of their text and not searched: 2.",
        "Comment on page 1: Dr Bell: written the day after",
        "Comment on page 1: compare the log",
    ]


def test_the_words_of_many_comments_are_all_told():
    made = annotated(*[f"/Subtype/Text/T(Dr Bell)/Contents(remark{at})" for at in range(90)])
    notes = notes_of(made)
    assert len(notes) <= limits.MAX_NOTES
    assert max(map(len, notes)) <= limits.MAX_NOTE
    told = " ".join(notes)
    assert [at for at in range(90) if f"page 1: Dr Bell: remark{at}" not in told] == []
    assert "not all told" not in told


def test_many_and_long_comments_stay_within_what_notes_may_hold():
    made = annotated(*[f"/Subtype/Text/Contents({'word ' * 200})"] * 60)
    notes = notes_of(made)
    assert len(notes) <= limits.MAX_NOTES
    assert max(map(len, notes)) <= limits.MAX_NOTE
    assert notes[0].endswith(": 60.")
    assert notes[-1] == ("Comments whose words are not all told here, but in the file itself: 54.")


def test_a_long_comment_goes_on_in_the_next_note():
    words = [f"remark{at}" for at in range(90)]
    notes = notes_of(annotated(f"/Subtype/Text/Contents({' '.join(words)})"))
    assert notes[2].startswith("Comment on page 1, going on: remark")
    assert max(map(len, notes)) <= limits.MAX_NOTE
    assert [word for word in words if f" {word} " not in f"{' '.join(notes)} "] == []


def test_what_to_do_about_covered_words_is_said_however_many_pages_hold_some():
    everywhere = dict.fromkeys(range(1000, 2000), 9999)
    (note,) = pdf_unseen.Unseen(covered=everywhere).sentences()
    assert "page 1007: 9999 and 992 more)" in note
    assert note.endswith("ask for one without them.")
    assert len(note) <= limits.MAX_NOTE


def test_a_pdf_that_takes_too_long_says_how_far_it_was_looked_through(monkeypatch):
    monkeypatch.setattr(pdf_unseen, "SECONDS", -1.0)
    (note,) = notes_of(drawn(name))
    assert note.endswith("after page 0.")


def text_of(made):
    return Pdf(made).words(1).text


def test_words_under_a_box_are_no_part_of_the_text_of_a_page():
    def told(canvas):
        black_box(canvas)
        canvas.drawString(20, 60, "said nothing")

    text = text_of(drawn(told))
    assert "Smith" not in text
    assert "said nothing" in text


def test_a_scan_on_a_white_ground_keeps_the_words_that_were_recognised_on_it():
    def scanned(canvas):
        canvas.saveState()
        hidden = canvas.beginText(20, 100)
        hidden.setTextRenderMode(3)
        hidden.textLine("recognised words")
        canvas.drawText(hidden)
        canvas.setFillGray(1)
        canvas.rect(0, 0, *PAGE, stroke=0, fill=1)
        canvas.restoreState()
        canvas.drawImage(ImageReader(chequered()), 0, 0, *PAGE)

    assert "recognised words" in text_of(drawn(scanned))
    assert notes_of(drawn(scanned)) == []


def test_words_under_a_white_page_are_covered():
    def whited(canvas):
        canvas.drawString(20, 100, "under all")
        canvas.setFillGray(1)
        canvas.rect(0, 0, *PAGE, stroke=0, fill=1)

    assert "under" not in text_of(drawn(whited))
    (note,) = notes_of(drawn(whited))
    assert "(page 1: 2)" in note


def chequered():
    picture = Image.new("L", (60, 60))
    picture.putdata([255 * ((x // 2 + x // 120) % 2) for x in range(3600)])
    return picture


LAYERS = (
    "<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[6 0 R]/D<</BaseState/ON{state}[6 0 R]>>>>>>"
)


def layered(state):
    content = (
        "BT /F 12 Tf 20 100 Td (always here) Tj ET "
        "/OC /L BDC BT /F 12 Tf 20 60 Td (in a layer) Tj ET EMC"
    )
    return of_objects(
        LAYERS.format(state=state),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<<"
        "/Font<</F 5 0 R>>/Properties<</L 6 0 R>>>>>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        "<</Type/OCG/Name(L)>>",
    )


def test_words_of_a_layer_that_is_off_are_told_and_not_found():
    assert text_of(layered("/OFF")).split() == ["always", "here"]
    (note,) = notes_of(layered("/OFF"))
    assert note == (
        "Words in a layer that is not shown, which cannot be seen and which search does not find"
        " (page 1: 3)."
    )


def test_words_of_a_layer_that_is_on_are_there():
    assert text_of(layered("/ON")).split() == ["always", "here", "in", "a", "layer"]
    assert notes_of(layered("/ON")) == []


def test_a_file_that_only_goes_with_a_pdf_is_counted_and_told_as_missing():
    made = of_objects(
        "<</Type/Catalog/Pages 2 0 R/AF[4 0 R]>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/AF[4 0 R 6 0 R]>>",
        "<</Type/Filespec/F(a.txt)/EF<</F 5 0 R>>>>",
        "<</Type/EmbeddedFile/Length 1>>stream\na\nendstream",
        "<</Type/Filespec/F(b.txt)/EF<</F 5 0 R>>>>",
    )
    lines = {line["thing"]: line for line in count(made, MEDIA["pdf"], [""], [], {})}
    assert (lines["attachments"]["held"], lines["attachments"]["named"]) == (2, 0)
