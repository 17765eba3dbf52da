"""Presentations: a page a slide, and what of it is not words is shown or named."""

import io
import zipfile

import pytest
from PIL import Image

from reviewer.documents.formats import slides
from reviewer.documents.formats.inset import Inset
from reviewer.documents.refusals import Refused

SPACES = " ".join(f'xmlns:{short}="urn:{short}"' for short in ("a", "p", "r", "c", "dgm", "mc"))
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def picture():
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(out, "PNG")
    return out.getvalue()


def relations(*rows):
    made = "".join(
        f'<Relationship Id="{name}" Type="{KIND}{kind}" Target="{target}" {more}/>'
        for name, kind, target, more in (row if len(row) == 4 else (*row, "") for row in rows)
    )
    return f"<Relationships>{made}</Relationships>"


def part(body, *, show="", root="sld"):
    return f"<p:{root} {SPACES} {show}><p:cSld><p:spTree>{body}</p:spTree></p:cSld></p:{root}>"


def packed(*bodies, pointed=None, more=None, shows=()):
    """Return a presentation: ``pointed`` is what each slide points at."""
    main = [(f"r{at}", "slide", f"slides/slide{at}.xml") for at in range(len(bodies))]
    parts = {
        "_rels/.rels": relations(("r1", "officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": f"<p:presentation {SPACES}><p:sldIdLst>"
        + "".join(f'<p:sldId id="{at}" r:id="r{at}"/>' for at in reversed(range(len(bodies))))
        + "</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": relations(
            *main, ("a", "commentAuthors", "commentAuthors.xml")
        ),
    }
    for at, body in enumerate(bodies):
        show = shows[at] if at < len(shows) else ""
        parts[f"ppt/slides/slide{at}.xml"] = part(body, show=show)
        parts[f"ppt/slides/_rels/slide{at}.xml.rels"] = relations(*(pointed or {}).get(at, ()))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in (parts | (more or {})).items():
            made.writestr(name, data)
    return out.getvalue()


def p(text, look="", words=""):
    return f"<a:p><a:pPr {look}/><a:r>{words}<a:t>{text}</a:t></a:r></a:p>"


def sp(*paragraphs, place=None, called=""):
    ph = "" if place is None else f'<p:ph type="{place}"/>'
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="2" name="x" {called}/><p:nvPr>{ph}</p:nvPr></p:nvSpPr>'
        f"<p:txBody>{''.join(paragraphs)}</p:txBody></p:sp>"
    )


def read(*bodies, **parts):
    blocks, notes = slides.blocks(packed(*bodies, **parts))
    return [block.text for block in blocks], notes


def test_slides_stand_in_their_order_each_on_its_page():
    blocks, _ = slides.blocks(packed(sp(p("last")), sp(p("First"), place="title")))
    assert [(block.text, block.style, block.fresh) for block in blocks] == [
        ("Slide 1", "minor", True), ("First", "title", False),
        ("Slide 2", "minor", True), ("last", "body", False),
    ]  # fmt: skip


def test_a_slide_that_the_list_does_not_name_is_shown_behind_the_others():
    blocks, _ = slides.blocks(packed(sp(p("one")), sp(p("two"))))
    lost = packed(sp(p("one")), sp(p("two")), more={
        "ppt/presentation.xml": f"<p:presentation {SPACES}><p:sldIdLst/></p:presentation>"
    })  # fmt: skip
    assert len(slides.blocks(lost)[0]) == len(blocks)


def test_a_hidden_slide_is_shown_and_said_to_be_hidden():
    texts, notes = read(sp(p("secret")), shows=['show="0"'])
    assert texts == ["Slide 1 (hidden: not shown when the slides are)", "secret"]
    assert "Slides that are hidden in the presentation: 1." in notes


def test_words_carry_what_is_to_be_said_of_them():
    hidden = "[hidden: unseen]"
    link = '<a:rPr><a:hlinkClick r:id="l"/></a:rPr>'
    texts, _ = read(
        sp(
            p("gone", words='<a:rPr strike="sngStrike"/>'),
            p("here", words=link),
            "<a:p><a:r><a:t>a</a:t></a:r><a:br/><a:fld><a:t>7</a:t></a:fld></a:p>",
        )
        + sp(p("unseen"), called='hidden="1"'),
        pointed={0: [("l", "hyperlink", "http://a.example/", 'TargetMode="External"')]},
    )
    assert texts[1:] == ["[struck out: gone]", "here <http://a.example/>", "a\n7", hidden]


def test_lists_are_numbered_as_they_are_shown():
    def numbered(text, kind, level=0):
        return (
            f'<a:p><a:pPr lvl="{level}"><a:buAutoNum type="{kind}"/></a:pPr>'
            f"<a:r><a:t>{text}</a:t></a:r></a:p>"
        )

    texts, _ = read(
        sp(
            numbered("a", "arabicPeriod"), numbered("x", "alphaLcParenR", 1),
            numbered("b", "arabicPeriod"), p("deep", 'lvl="1"'),
            "<a:p><a:pPr><a:buChar char='-'/></a:pPr><a:r><a:t>c</a:t></a:r></a:p>",
        )
    )  # fmt: skip
    assert texts[1:] == ["1. a", "   a) x", "2. b", "   • deep", "• c"]


def test_tables_keep_their_rows_and_cells():
    def cell(text):
        return f"<a:tc><a:txBody>{p(text)}</a:txBody></a:tc>"

    table = f"<a:tbl><a:tr>{cell('A')}{cell('B')}</a:tr><a:tr>{cell('')}{cell('C')}</a:tr></a:tbl>"
    texts, _ = read(f"<p:graphicFrame><a:graphic>{table}</a:graphic></p:graphicFrame>")
    assert texts[1:] == ["A  |  B", "  |  C"]


def test_notes_and_comments_stand_below_their_slide():
    notes = sp(p("Say this slowly"), place="body") + sp(p("7"), place="sldNum")
    texts, _ = read(
        sp(p("one")),
        pointed={0: [("n", "notesSlide", "../notes.xml"), ("c", "comments", "../comments.xml")]},
        more={
            "ppt/notes.xml": part(notes, root="notes"),
            "ppt/commentAuthors.xml": f'<p:l {SPACES}><p:cmAuthor id="3" name="Jane Doe"/></p:l>',
            "ppt/comments.xml": f'<p:l {SPACES}><p:cm authorId="3" dt="2021-03-14T10:00:00">'
            "<p:text>Says who?</p:text></p:cm></p:l>",
        },
    )
    assert texts == [
        "Slide 1", "one", "Notes of the speaker", "Say this slowly",
        "Comments", "Jane Doe, 2021-03-14: Says who?",
    ]  # fmt: skip


def pic(name, called=""):
    return (
        f'<p:pic><p:nvPicPr><p:cNvPr id="3" {called}/></p:nvPicPr><p:blipFill>'
        f'<a:blip r:embed="{name}"/></p:blipFill></p:pic>'
    )


def test_pictures_are_drawn_and_those_that_cannot_be_are_told():
    blocks, notes = slides.blocks(
        packed(
            pic("a", 'descr="A hand"') + pic("b"),
            pointed={0: [("a", "image", "../media/a.png"), ("b", "image", "../media/b.emf")]},
            more={"ppt/media/a.png": picture(), "ppt/media/b.emf": b"no"},
        )
    )
    assert [block.text for block in blocks] == [
        "Slide 1", "[picture: A hand]", "", "[picture: not shown]",
    ]  # fmt: skip
    assert isinstance(blocks[2], Inset)
    assert "Pictures of the slides that are not shown: 1." in notes


def test_charts_are_their_words_and_of_two_forms_one_is_read():
    texts, notes = read(
        '<p:graphicFrame><c:chart r:id="c"/></p:graphicFrame>'
        f"<mc:AlternateContent><mc:Choice>{sp(p('new'))}</mc:Choice>"
        f"<mc:Fallback>{sp(p('old'))}</mc:Fallback></mc:AlternateContent>",
        pointed={0: [("c", "chart", "../charts/c.xml")]},
        more={"ppt/charts/c.xml": f"<c:x {SPACES}><c:pt><c:v>Deaths</c:v></c:pt></c:x>"},
    )
    assert texts[1:] == ["[chart]\nDeaths", "new"]
    assert "Diagrams and charts are shown by their words and numbers only." in notes


def test_what_stands_on_every_slide_is_shown_once():
    texts, _ = read(
        sp(p("one")), sp(p("two")),
        pointed={at: [("l", "slideLayout", "../l.xml")] for at in (0, 1)},
        more={"ppt/l.xml": part(sp(p("CONFIDENTIAL")) + sp(p("Click to add"), place="title"))},
    )  # fmt: skip
    assert texts == ["Slide 1", "two", "Slide 2", "one", "On several slides", "CONFIDENTIAL"]


@pytest.mark.parametrize(
    ("made", "code"),
    [(packed(), "pptx-broken"), (packed("<p:sp>"), "pptx-broken")],
)
def test_what_cannot_be_read_is_refused_by_its_name(made, code):
    with pytest.raises(Refused, match=code):
        slides.blocks(made)
