"""What a Word file says by how words look, in its styles too, and by whom it was changed."""

from reviewer.documents.formats import number_words, word, word_files
from tests.reviewer.documents.test_word import NAMES, packed, paragraph, texts

STYLES = f"""<w:styles {NAMES}>
<w:style w:type="character" w:styleId="Base"><w:rPr><w:strike/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Gone"><w:basedOn w:val="Base"/></w:style>
<w:style w:type="character" w:styleId="Back"><w:basedOn w:val="Base"/>
<w:rPr><w:strike w:val="0"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Unseen"><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="table" w:styleId="Grid"><w:tblStylePr><w:rPr><w:strike/></w:rPr></w:tblStylePr>
</w:style>
<w:style w:type="character" w:styleId="Signs"><w:rPr>
<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr></w:style></w:styles>"""

OFF = '<w:strike w:val="0"/>'


def run(text, style, more=""):
    return f'<w:r><w:rPr><w:rStyle w:val="{style}"/>{more}</w:rPr><w:t>{text}</w:t></w:r>'


def test_a_style_strikes_out_hides_and_makes_signs_as_a_word_itself_does():
    body = (
        f"<w:p><w:r><w:t>He was </w:t></w:r>{run('not', 'Gone')}<w:r><w:t> seen</w:t></w:r></w:p>"
        + paragraph("whole", "<w:pPr><w:pStyle w:val='Unseen'/></w:pPr>")
        + f"<w:p>{run(chr(0xFE), 'Signs')}<w:r><w:t> agreed</w:t></w:r></w:p>"
        + f"<w:p>{run('kept', 'Gone', OFF)}</w:p>"
        + f"<w:p>{run('back', 'Back')}{run(' grid', 'Grid')}{run(' none', 'Unknown')}</w:p>"
    )
    assert texts(body, styles_xml=STYLES) == [
        "He was [struck out: not] seen",
        "[hidden: whole]",
        "\u2611 agreed",
        "kept",
        "back grid none",
    ]


def test_a_cell_that_was_taken_out_says_so_and_by_whom():
    def cell(text, change=""):
        return f"<w:tc><w:tcPr>{change}</w:tcPr>{paragraph(text)}</w:tc>"

    row = cell("a", '<w:cellDel w:author="Sgt A"/>') + cell("b", "<w:cellIns/>") + cell("c")
    blocks, notes = word.blocks(packed(f"<w:tbl><w:tr>{row}</w:tr></w:tbl>"))
    assert [block.text for block in blocks] == [
        "[cell deleted by Sgt A: a]  |  [cell inserted: b]  |  c"
    ]
    assert notes == ["Tracked changes: what was put in and taken out is shown in brackets."]


def test_who_changed_only_how_it_looks_is_named_below():
    looks = '<w:rPr><w:rPrChange w:author="PC B"><w:rPr><w:b/></w:rPr></w:rPrChange></w:rPr>'
    mark = '<w:pPr><w:rPr><w:del w:author="PC C"/></w:rPr></w:pPr>'
    known = '<w:ins w:author="PC D"><w:r><w:t>new</w:t></w:r></w:ins>'
    ends = '<w:pPr><w:rPr><w:ins w:author="PC D"/></w:rPr></w:pPr>'
    body = paragraph("a", run=looks) + paragraph("b", mark) + f"<w:p>{ends}{known}</w:p>"
    blocks, notes = word.blocks(packed(body))
    assert [block.text for block in blocks] == ["a", "b", "[inserted by PC D: new]"]
    assert notes[-1] == "Changes of how words and paragraphs look, not shown: by PC B; PC C."


def test_words_that_stand_for_a_drawing_or_a_table_are_shown():
    box = f"<w:txbxContent>{paragraph('box')}</w:txbxContent>"
    body = (
        f"<w:p><w:drawing><wp:docPr xmlns:wp='d' title='Plan' descr='of the cell'/>{box}"
        "</w:drawing></w:p>"
        "<w:p><w:pict><v:shape xmlns:v='v' alt='an arrow'/></w:pict></w:p>"
        "<w:tbl><w:tblPr><w:tblCaption w:val='Checks'/></w:tblPr><w:tr><w:tc>"
        f"{paragraph('21:00')}</w:tc></w:tr></w:tbl>"
    )
    assert texts(body) == [
        "box",
        "[drawing: of the cell, Plan]",
        "[drawing: an arrow]",
        "[table: Checks]",
        "21:00",
    ]


def test_a_part_of_another_format_is_a_document_of_its_own():
    relations = (
        '<Relationships><Relationship Id="r1" Type="http://x/aFChunk" Target="letter.html"/>'
        "</Relationships>"
    )
    raw = packed(
        "<w:altChunk w:id='r1'/>", **{"_rels__document_xml.rels": relations, "letter.html": "<p>x"}
    )
    blocks, notes = word.blocks(raw)
    assert [block.text for block in blocks] == ["[another document belongs here: letter.html]"]
    assert notes == ["Parts of another format, each a document of its own: letter.html."]
    (one,) = word_files.came_with(raw)[1]
    assert (one.name, one.read()) == ("letter.html", b"<p>x")


def test_numbers_are_written_out_as_word_does():
    kinds = ("ordinal", "cardinalText", "ordinalText")
    assert [
        [number_words.in_english(n, kind) for n in (1, 13, 21, 40, 113)] for kind in kinds
    ] == [
        ["1st", "13th", "21st", "40th", "113th"],
        ["One", "Thirteen", "Twenty-one", "Forty", "113"],
        ["First", "Thirteenth", "Twenty-first", "Fortieth", "113th"],
    ]
    lists = (
        f'<w:numbering {NAMES}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">'
        '<w:start w:val="2"/><w:numFmt w:val="ordinal"/><w:lvlText w:val="%1 item"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:numFmt w:val="numberInDash"/><w:lvlText w:val="%2"/></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    listed = '<w:pPr><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    body = paragraph("a", listed.format(0)) + paragraph("b", listed.format(1))
    assert texts(body, numbering_xml=lists) == ["2nd item a", "- 1 - b"]
