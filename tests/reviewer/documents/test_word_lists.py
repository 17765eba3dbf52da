"""Numbers that a Word file keeps in its styles and its lists."""

from reviewer.documents.formats import word
from tests.reviewer.documents.test_word import NAMES, packed, paragraph, texts

STYLES = f"""<w:styles {NAMES}>
<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/><w:pPr><w:numPr>
<w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="Para"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="Child"><w:basedOn w:val="Para"/></w:style>
<w:style w:styleId="Linked"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="ListParagraph"><w:name w:val="List Paragraph"/></w:style></w:styles>"""
STYLE_LISTS = f"""<w:numbering {NAMES}><w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:pStyle w:val="Para"/><w:isLgl/><w:lvlText w:val="%1.%2"/>
</w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:lvlText w:val="(%1)"/>
</w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="Linked"/></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">
<w:startOverride w:val="1"/></w:lvlOverride></w:num>
<w:num w:numId="5"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0">
<w:start w:val="10"/><w:numFmt w:val="upperLetter"/><w:lvlText w:val="Exhibit %1"/></w:lvl>
</w:lvlOverride></w:num></w:numbering>"""


def styled(text, style="", number=None):
    at = f'<w:numPr><w:numId w:val="{number}"/></w:numPr>' if number is not None else ""
    return paragraph(text, f'<w:pPr><w:pStyle w:val="{style}"/>{at}</w:pPr>')


def test_numbers_come_from_styles_as_well_and_by_their_level():
    body = styled("a", "berschrift1") + styled("b", "Para") + styled("c", "Child")
    blocks, _ = word.blocks(packed(body, numbering_xml=STYLE_LISTS, styles_xml=STYLES))
    assert [block.text for block in blocks] == ["I a", "1.1 b", "1.2 c"]
    assert blocks[0].style == "title"


def test_a_list_that_begins_anew_or_has_its_own_level_does_so_alone():
    numbers = [2, 2, 4, 4, 5, 5, 3]
    body = "".join(styled("x", number=number) for number in numbers)
    found = texts(body, numbering_xml=STYLE_LISTS, styles_xml=STYLES)
    assert found[:6] == ["(1) x", "(2) x", "(1) x", "(2) x", "Exhibit J x", "Exhibit K x"]


def test_only_a_list_has_a_bullet():
    body = styled("a", "ListParagraph") + styled("b", "Para", 0) + styled("c", "ListBullet2")
    assert texts(body, styles_xml=STYLES, numbering_xml=STYLE_LISTS) == ["a", "b", "• c"]


def test_a_list_of_boxes_stays_one():
    level = '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="{}"/>{}</w:lvl>'
    face = '<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>'
    lists = "".join(
        f'<w:abstractNum w:abstractNumId="{at}">{level.format(letter, font)}</w:abstractNum>'
        f'<w:num w:numId="{at}"><w:abstractNumId w:val="{at}"/></w:num>'
        for at, letter, font in [(1, "\uf0a8", face), (2, "\uf0fe", face), (3, "\uf0b7", face)]
    )
    body = "".join(styled("x", number=number) for number in (1, 2, 3))
    lists = f"<w:numbering {NAMES}>{lists}</w:numbering>"
    assert texts(body, numbering_xml=lists) == ["☐ x", "☑ x", "• x"]


def test_a_number_longer_than_any_list_has_costs_no_words():
    huge = "9" * 5000
    at = f'<w:pPr><w:numPr><w:ilvl w:val="{huge}"/><w:numId w:val="3"/></w:numPr></w:pPr>'
    chosen = f'<w:ffData><w:ddList><w:result w:val="{huge}"/></w:ddList></w:ffData>'
    body = paragraph("a", at) + f"<w:p><w:r>{chosen}<w:t>b</w:t></w:r></w:p>"
    assert texts(body, numbering_xml=STYLE_LISTS) == ["(1) a", "b"]
