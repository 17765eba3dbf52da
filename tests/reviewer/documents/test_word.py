import io
import zipfile

import pytest

from reviewer.documents.formats import numbering, word
from reviewer.documents.refusals import Refused

NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def packed(body, **parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "word/document.xml", f"<w:document {NAMES}><w:body>{body}</w:body></w:document>"
        )
        for name, text in parts.items():
            archive.writestr(f"word/{name.replace('__', '/').replace('_xml', '.xml')}", text)
    return out.getvalue()


def paragraph(text, before="", run=""):
    return f"<w:p>{before}<w:r>{run}<w:t>{text}</w:t></w:r></w:p>"


def texts(body, **parts):
    return [block.text for block in word.blocks(packed(body, **parts))[0]]


def test_paragraphs_and_headings_keep_their_order():
    style = '<w:pPr><w:pStyle w:val="{}"/></w:pPr>'
    body = (
        paragraph("Review", style.format("Title"))
        + paragraph("Events", style.format("Heading2"))
        + paragraph("At 22:10 &amp; later")
        + paragraph("More", style.format("Heading4"))
    )
    blocks, notes = word.blocks(packed(body))
    assert [(block.style, block.text) for block in blocks] == [
        ("title", "Review"),
        ("heading", "Events"),
        ("body", "At 22:10 & later"),
        ("minor", "More"),
    ]
    assert notes == []


def test_what_was_struck_out_deleted_or_hidden_is_shown_and_marked():
    body = (
        paragraph("a", run="<w:rPr><w:strike/></w:rPr>")
        + paragraph("b", run='<w:rPr><w:strike w:val="0"/></w:rPr>')
        + paragraph("c", run="<w:rPr><w:vanish/></w:rPr>")
        + "<w:p><w:del><w:r><w:delText>one</w:delText></w:r><w:r><w:delText> two</w:delText></w:r>"
        "</w:del><w:ins><w:r><w:t>three</w:t></w:r></w:ins></w:p>"
    )
    blocks, notes = word.blocks(packed(body))
    assert [block.text for block in blocks] == [
        "[struck out: a]",
        "b",
        "[hidden: c]",
        "[deleted: one two][inserted: three]",
    ]
    assert notes == ["Tracked changes: what was put in and taken out is shown in brackets."]


def test_tables_keep_their_rows_even_one_in_another():
    inner = (
        f"<w:tbl><w:tr><w:tc>{paragraph('x')}</w:tc><w:tc>{paragraph('y')}</w:tc></w:tr></w:tbl>"
    )
    body = (
        f"<w:tbl><w:tr><w:tc>{paragraph('a')}{paragraph('b')}</w:tc><w:tc>{inner}</w:tc></w:tr>"
        f"<w:tr><w:tc>{paragraph('')}</w:tc></w:tr></w:tbl>{paragraph('after')}"
    )
    assert texts(body) == ["a / b  |  x  |  y", "after"]


def test_breaks_tabs_symbols_and_references_are_text():
    body = (
        "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/>"
        '<w:sym w:char="F0FE"/><w:footnoteReference w:id="2"/></w:r></w:p>'
    )
    notes = (
        f'<w:footnotes {NAMES}><w:footnote w:id="0" w:type="separator">{paragraph("")}'
        f'</w:footnote><w:footnote w:id="2">{paragraph("the note")}</w:footnote></w:footnotes>'
    )
    assert texts(body, footnotes_xml=notes) == [
        "a\tb\nc-☑[1]",
        "Footnotes",
        "[1] the note",
    ]


def test_comments_heads_and_feet_come_once_at_the_end():
    comments = (
        f'<w:comments {NAMES}><w:comment w:id="1" w:author="Sgt A">{paragraph("check")}'
        "</w:comment></w:comments>"
    )
    head = f"<w:hdr {NAMES}>{paragraph('RESTRICTED')}</w:hdr>"
    found = texts(paragraph("body"), comments_xml=comments, header1_xml=head, header2_xml=head)
    assert found == [
        "body",
        "Comments",
        "[not referred to] Sgt A: check",
        "At the head of the pages",
        "RESTRICTED",
    ]


def test_only_one_form_of_alternate_content_is_read():
    body = (
        "<w:p><mc:AlternateContent xmlns:mc='m'><mc:Choice><w:txbxContent>"
        f"{paragraph('box')}</w:txbxContent></mc:Choice><mc:Fallback>{paragraph('box')}"
        "</mc:Fallback></mc:AlternateContent></w:p>"
    )
    assert texts(body) == ["box"]


def test_what_is_not_shown_is_said():
    blocks, notes = word.blocks(
        packed("<w:altChunk/>", media__a="x", embeddings__b="x", charts__c="x", vbaProject="x")
    )
    assert [block.text for block in blocks] == ["[another document belongs here: without a name]"]
    assert len(notes) == 5
    assert word.blocks(packed(""))[1] == ["The Word file has no text."]


def test_the_main_part_may_lie_elsewhere():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "_rels/.rels",
            '<Relationships><Relationship Type="http://x/officeDocument" '
            'Target="/word/document2.xml"/></Relationships>',
        )
        archive.writestr("word/document2.xml", f"<w:d {NAMES}>{paragraph('here')}</w:d>")
    assert [block.text for block in word.blocks(out.getvalue())[0]] == ["here"]


LISTS = f"""<w:numbering {NAMES}>
<w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/>
<w:lvlText w:val="%1.%2"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl>
<w:lvl w:ilvl="3"><w:numFmt w:val="none"/></w:lvl>
</w:abstractNum>
<w:num w:numId="5"><w:abstractNumId w:val="7"/></w:num></w:numbering>"""


def test_numbers_that_word_writes_by_itself_are_written_out():
    def item(text, depth):
        before = f'<w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="5"/></w:numPr></w:pPr>'
        return paragraph(text, before)

    body = "".join(
        item(text, depth)
        for text, depth in [("a", 0), ("b", 1), ("c", 1), ("d", 0), ("e", 1), ("f", 2), ("g", 3)]
    )
    assert texts(body, numbering_xml=LISTS) == [
        "3. a", "3.i b", "3.ii c", "4. d", "4.i e", "• f", "g",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("count", "kind", "written"),
    [
        (4, "lowerLetter", "d"),
        (28, "upperLetter", "BB"),
        (49, "upperRoman", "XLIX"),
        (7, "x", "7"),
    ],
)
def test_counts_are_written_in_their_kind(count, kind, written):
    assert numbering.written(count, kind) == written


@pytest.mark.parametrize("body", ["<w:p>", "\x00", "</w:body>"])
def test_a_broken_part_is_refused(body):
    with pytest.raises(Refused) as caught:
        word.blocks(packed(body))
    assert caught.value.code == "docx-broken"
