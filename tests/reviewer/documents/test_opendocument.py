"""OpenDocument texts: what stands in them is on the page, and what is not is told."""

import io
import zipfile

import pytest
from PIL import Image

from reviewer.documents.formats import opendocument
from reviewer.documents.formats.inset import Inset
from reviewer.documents.refusals import Refused

SPACES = " ".join(
    f'xmlns:{short}="urn:{short}"'
    for short in ("office", "text", "style", "table", "draw", "dc", "svg", "xlink", "fo", "form",
                  "math", "chart")
)  # fmt: skip
MIMETYPE = "application/vnd.oasis.opendocument.text"


def packed(body, *, styles="", master="", automatic="", more=()):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(zipfile.ZipInfo("mimetype"), MIMETYPE)
        made.writestr(
            "content.xml",
            f"<office:document-content {SPACES}><office:automatic-styles>{automatic}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text>"
            "</office:body></office:document-content>",
        )
        made.writestr(
            "styles.xml",
            f"<office:document-styles {SPACES}><office:styles>{styles}</office:styles>"
            f"<office:master-styles>{master}</office:master-styles></office:document-styles>",
        )
        for name, text in more:
            made.writestr(name, text)
    return out.getvalue()


def read(body, **parts):
    blocks, notes = opendocument.blocks(packed(body, **parts))
    return [block.text for block in blocks], notes


def p(text, style=""):
    return f'<text:p text:style-name="{style}">{text}</text:p>'


STRUCK = (
    '<style:style style:name="T1" style:family="text"><style:text-properties '
    'style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="T2" style:family="text"><style:text-properties '
    'text:display="none"/></style:style>'
    '<style:style style:name="T3" style:family="text" style:parent-style-name="T1">'
    '<style:text-properties style:text-line-through-style="none"/></style:style>'
    '<style:style style:name="T4" style:family="text"><style:text-properties '
    'style:font-name="Wingdings"/></style:style>'
)


RUBY = (
    "<text:ruby><text:ruby-base>a</text:ruby-base><text:ruby-text>b</text:ruby-text></text:ruby>"
)
HIDDEN = "<text:hidden-text text:string-value='secret' text:is-hidden='true'/>x"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("  a\n   b<text:s text:c='3'/>c<text:tab/>d<text:line-break/>e", "a b   c\td\ne"),
        ("He was <text:span text:style-name='T1'>not </text:span>seen",
         "He was [struck out: not ]seen"),
        ("a <text:span text:style-name='T2'>b</text:span>", "a [hidden: b]"),
        ("a <text:span text:style-name='T3'>b</text:span>", "a b"),
        ("<text:span text:style-name='T4'>\xfe</text:span> yes", "☑ yes"),
        ("<text:a xlink:href='http://a.example/'>here</text:a>", "here <http://a.example/>"),
        ("<text:a xlink:href='http://a.example/'>http://a.example/</text:a>", "http://a.example/"),
        ("<text:placeholder>Name</text:placeholder>", "[prompt: Name]"),
        (RUBY, "a (b)"),
        ("<text:script>alert(1)</text:script>x", "x"),
        (HIDDEN, "[hidden: secret]x"),
        ("<text:date>14 March</text:date> <text:title>A title</text:title>", "14 March A title"),
        ("x<text:alphabetical-index-mark text:string-value='A b'/>", "x[index entry: A b]"),
    ],
)  # fmt: skip
def test_words_are_shown_with_what_is_to_be_said_of_them(body, text):
    assert read(p(body), automatic=STRUCK)[0] == [text]


CHANGES = """<text:tracked-changes>
<text:changed-region text:id="c1"><text:deletion>
<office:change-info><dc:creator>Jane Doe</dc:creator>
<dc:date>2021-03-14T10:00:00</dc:date></office:change-info><text:p>not </text:p></text:deletion>
</text:changed-region>
<text:changed-region text:id="c2"><text:insertion>
<office:change-info><dc:creator>J. Roe</dc:creator>
</office:change-info></text:insertion></text:changed-region></text:tracked-changes>"""


def test_what_was_deleted_and_inserted_stands_where_it_stood():
    texts, notes = read(
        CHANGES + p(
            "He was <text:change text:change-id='c1'/>seen "
            "<text:change-start text:change-id='c2'/>at ten<text:change-end text:change-id='c2'/>."
        )
    )  # fmt: skip
    assert texts == ["He was [deleted by Jane Doe: not ]seen [inserted by J. Roe: at ten]."]
    assert notes == ["Tracked changes: what was put in and taken out is shown in brackets."]


def test_what_was_deleted_in_a_place_that_is_gone_is_shown_at_the_end():
    assert read(CHANGES + p("x"))[0] == ["x", "[deleted by Jane Doe: not ]"]


def test_notes_and_comments_stand_below():
    texts, _ = read(
        p(
            "He <office:annotation office:name='n'><dc:creator>Jane Doe</dc:creator>"
            "<dc:date>2021-03-14T10:00:00</dc:date><text:p>Says who?</text:p></office:annotation>"
            "ran away<office:annotation-end office:name='n'/>."
            "<text:note text:note-class='footnote'><text:note-citation>1</text:note-citation>"
            "<text:note-body><text:p>A note.</text:p><text:p>More.</text:p></text:note-body>"
            "</text:note>"
            "<text:note text:note-class='endnote'><text:note-citation>i</text:note-citation>"
            "<text:note-body><text:p>End.</text:p></text:note-body></text:note>"
        )
    )
    assert texts == [
        "He [comment 1]ran away.[1][end note i]",
        "Footnotes", "[1] A note.", "More.",
        "End notes", "[i] End.",
        "Comments", "[1] Jane Doe, 2021-03-14, on “ran away”: Says who?",
    ]  # fmt: skip


def cell(*texts):
    return f"<table:table-cell>{''.join(map(p, texts))}</table:table-cell>"


def row(*cells):
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def test_tables_keep_their_rows_and_cells():
    inner = f"<table:table>{row(cell('n'), cell('m'))}</table:table>"
    texts, _ = read(
        p("Before")
        + "<table:table>"
        + row(cell("A"), cell("B", "C"))
        + row("<table:table-cell table:number-columns-repeated='2'/>", cell("D"))
        + row(f"<table:table-cell>{inner}</table:table-cell>", "<table:covered-table-cell/>")
        + "</table:table>"
        + p("After")
    )
    assert texts == ["Before", "A  |  B / C", "  |    |  D", "n  |  m  |  ", "After"]


LISTS = (
    '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" '
    'style:num-format="1" style:num-suffix="."/><text:list-level-style-number text:level="2" '
    'style:num-format="a" style:num-suffix=")" text:display-levels="2"/></text:list-style>'
    '<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1" '
    'text:bullet-char="\uf0b7"/></text:list-style>'
)


def item(text, *, inner="", start=""):
    begins = f' text:start-value="{start}"' if start else ""
    return f"<text:list-item{begins}>{p(text)}{inner}</text:list-item>"


def lists(name, items, more=""):
    return f'<text:list text:style-name="{name}"{more}>{items}</text:list>'


def test_lists_count_as_they_are_printed():
    inner = f"<text:list>{item('x')}{item('y')}</text:list>"
    texts, _ = read(
        lists("L1", item("a", inner=inner) + item("b"))
        + lists("L1", item("c"), ' text:continue-numbering="true"')
        + lists("L1", item("d") + item("e", start="7"))
        + lists("L2", item("f")),
        automatic=LISTS,
    )
    assert texts == ["1. a", "1.a) x", "1.b) y", "2. b", "3. c", "1. d", "7. e", "• f"]


def test_headings_pages_heads_and_feet():
    outline = (
        '<text:outline-style><text:outline-level-style text:level="1" style:num-format="1"/>'
        "</text:outline-style>"
        '<style:style style:name="Heading_20_2" style:display-name="Heading 2" '
        'style:family="paragraph"/>'
        '<style:style style:name="P1" style:family="paragraph" '
        'style:parent-style-name="Heading_20_2"><style:paragraph-properties '
        'fo:break-before="page"/></style:style>'
    )
    made = packed(
        '<text:h text:outline-level="1">One</text:h>'
        + p("two", "P1")
        + p("a<text:soft-page-break/>b"),
        styles=outline,
        master=f"<style:master-page><style:header>{p('Head')}</style:header>"
        f"<style:header-left>{p('Head')}</style:header-left><style:footer>{p('Foot')}"
        "</style:footer></style:master-page>",
    )
    blocks, _ = opendocument.blocks(made)
    assert [(block.text, block.style, block.fresh) for block in blocks] == [
        ("1 One", "title", False), ("two", "heading", True), ("a", "body", False),
        ("b", "body", True),
        ("At the head of the pages", "minor", False), ("Head", "small", False),
        ("At the foot of the pages", "minor", False), ("Foot", "small", False),
    ]  # fmt: skip


def test_frames_pictures_objects_and_formulas_are_shown_or_named():
    texts, notes = read(
        p(
            "a<draw:frame><draw:text-box><text:p>In the box</text:p></draw:text-box></draw:frame>b"
            "<draw:frame><draw:image xlink:href='Pictures/1.png'/><svg:title>t</svg:title>"
            "<svg:desc>A hand</svg:desc></draw:frame>"
            "<draw:frame><draw:image xlink:href='http://a.example/x.png'/></draw:frame>"
            "<draw:frame><draw:object xlink:href='./Object 1'/>"
            "<draw:image xlink:href='./ObjectReplacements/Object 1'/></draw:frame>"
            "<draw:frame><draw:object-ole xlink:href='./Object 2'/></draw:frame>"
            "<draw:custom-shape><text:p>In a shape</text:p></draw:custom-shape>"
        ),
        more=[
            ("Pictures/1.png", b"x"),
            ("Object 1/content.xml", f"<chart:c {SPACES}><text:p>Deaths</text:p></chart:c>"),
            ("Object 2", b"x"),
            ("Basic/x.xml", b"x"),
        ],
    )  # fmt: skip
    embedded = "[embedded file: Object 2]"
    assert texts == [
        "In the box",
        "In a shape",
        "ab[picture: A hand, t][picture: not shown][diagram or formula]\nDeaths" + embedded,
    ]
    assert notes == [
        "Pictures in the file that are not shown: 1.",
        "Pictures that lie in other files, not shown: http://a.example/x.png.",
        "Diagrams and formulas are shown by their words and numbers only.",
        "Macros in the file were left out.",
        "Embedded files, each a document of its own: 1.",
    ]


def test_a_picture_is_drawn_below_its_paragraph_as_large_as_its_frame():
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(out, "PNG")
    frame = (
        "<draw:frame svg:width='2in' svg:height='1in'><draw:image xlink:href='Pictures/1.png'/>"
        "{}</draw:frame>"
    )
    hand = "<svg:desc>A hand</svg:desc>"
    blocks, notes = opendocument.blocks(
        packed(
            p("before" + frame.format("") + "after")
            + f"<table:table>{row(cell(frame.format(hand)))}</table:table>"
            + frame.format(""),
            more=[("Pictures/1.png", out.getvalue())],
        )
    )
    assert [(type(block) is Inset, block.text) for block in blocks] == [
        (False, "beforeafter"), (True, ""), (False, "[picture: A hand]"), (True, ""), (True, ""),
    ]  # fmt: skip
    assert (blocks[1].width, blocks[1].height) == (144, 72)
    assert notes == []


def test_the_fields_of_forms_show_what_was_ticked_and_typed():
    texts, _ = read(
        "<office:forms><form:form><form:checkbox form:id='k1' form:label='Seen' "
        "form:current-state='checked'/><form:text form:id='k2' form:current-value='at ten'/>"
        "<form:listbox form:id='k3'><form:option form:label='Yes' form:current-selected='true'/>"
        "<form:option form:label='No'/></form:listbox></form:form></office:forms>"
        + p("<draw:control draw:control='k1'/> <draw:control draw:control='k2'/> "
            "<draw:control draw:control='k3'/>")
    )  # fmt: skip
    assert texts == ["[☒ Seen] [at ten] [☒ Yes; ☐ No]"]


def test_sections_that_are_hidden_or_come_from_elsewhere_say_so():
    texts, notes = read(
        f"<text:section text:display='none'>{p('secret')}</text:section>"
        f"<text:section><text:section-source xlink:href='../two.odt'/>{p('two')}</text:section>"
    )
    assert texts == ["[hidden: secret]", "[from another file: ../two.odt]", "two"]
    assert notes == ["Parts that lie in other files, to be imported alone: ../two.odt."]


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (
            packed(p("x"), more=[("META-INF/manifest.xml", "<m:encryption-data/>")]),
            "package-locked",
        ),
        (packed(p("x"), more=[("encrypted-package", "x")]), "package-locked"),
        (packed("<text:p>"), "odt-broken"),
        (packed(p("x")).replace(b"content.xml", b"another.xml"), "odt-broken"),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_name(made, code):
    with pytest.raises(Refused, match=code):
        opendocument.blocks(made)


def test_both_names_of_a_shape_are_shown_beside_its_words():
    texts, _ = read(
        p(
            "<draw:frame><draw:text-box><text:p>inside</text:p></draw:text-box>"
            "<svg:title>Plan</svg:title><svg:desc>of the cell</svg:desc></draw:frame>"
        )
    )
    assert texts == ["inside", "[of the cell, Plan]"]
