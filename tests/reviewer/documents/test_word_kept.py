"""What Word shows by more than letters, and what lies in other parts: none of it is lost."""

import io
import zipfile

import pytest

from reviewer.documents.formats import word
from reviewer.documents.inside import sniff
from tests.reviewer.documents.test_word import LISTS, NAMES, packed, paragraph, texts

WORD = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def whole(body, relations=(), main="word/document.xml", **parts):
    """Return a Word file whose main part points at others: (identifier, kind, target)."""

    def pointing(rows):
        return (
            "<Relationships>"
            + "".join(
                f'<Relationship Id="{name}" Type="{WORD}/{kind}" Target="{target}"'
                + (' TargetMode="External"/>' if name.startswith("out") else "/>")
                for name, kind, target in rows
            )
            + "</Relationships>"
        )

    folder, name = main.rsplit("/", 1)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("_rels/.rels", pointing([("r", "officeDocument", main)]))
        archive.writestr(f"{folder}/_rels/{name}.rels", pointing(relations))
        archive.writestr(main, f"<w:document {NAMES}><w:body>{body}</w:body></w:document>")
        for target, text in parts.items():
            archive.writestr(target, text)
    return out.getvalue()


def both(*args, **parts):
    blocks, notes = word.blocks(whole(*args, **parts))
    return [block.text for block in blocks], notes


def noted(kind, *texts_, attributes=""):
    inner = "".join(
        f'<w:{kind} w:id="{at}" {attributes}>{paragraph(text)}</w:{kind}>'
        for at, text in enumerate(texts_)
    )
    return f"<w:{kind}s {NAMES}>{inner}</w:{kind}s>"


def test_parts_are_found_by_what_points_at_them_not_by_their_names():
    body = '<w:p><w:r><w:t>Ten.</w:t><w:footnoteReference w:id="0"/></w:r></w:p>' + paragraph(
        "one", '<w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr>'
    )
    found, _ = both(
        body,
        [
            ("a", "footnotes", "/word/feet2.xml"),
            ("b", "comments", "said2.xml"),
            ("c", "numbering", "lists2.xml"),
            ("d", "header", "../top/h.xml"),
        ],
        main="word/document2.xml",
        **{
            "word/feet2.xml": noted("footnote", "halved"),
            "word/said2.xml": noted("comment", "contradicts"),
            "word/lists2.xml": LISTS,
            "top/h.xml": f"<w:hdr {NAMES}>{paragraph('TOP')}</w:hdr>",
        },
    )
    assert found == [
        "Ten.[1]", "3. one", "Footnotes", "[1] halved", "Comments",
        "[not referred to] contradicts",
        "At the head of the pages", "TOP",
    ]  # fmt: skip


def test_a_package_may_part_its_folders_by_backslashes():
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(whole(paragraph("here")))) as made,
        zipfile.ZipFile(out, "w") as archive,
    ):
        for name in made.namelist():
            entry = zipfile.ZipInfo("x")
            entry.filename = name.replace("/", "\\")
            archive.writestr(entry, made.read(name))
    assert sniff.kind(out.getvalue(), "a.docx") == "docx"
    assert word.blocks(out.getvalue())[0][0].text == "here"


def field(form, instruction):
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{form}</w:ffData></w:fldChar></w:r>'
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ('<w:checkBox><w:default w:val="0"/><w:checked w:val="1"/></w:checkBox>', "☒"),
        ('<w:checkBox><w:default w:val="1"/></w:checkBox>', "☒"),
        ("<w:checkBox><w:checked/></w:checkBox>", "☒"),
        ('<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>', "☐"),
        ('<w:ddList><w:result w:val="1"/><w:listEntry/><w:listEntry w:val="b"/></w:ddList>', "b"),
        ('<w:ddList><w:listEntry w:val="one"/><w:listEntry w:val="two"/></w:ddList>', "one"),
        ('<w:ddList><w:result w:val="9"/><w:listEntry w:val="one"/></w:ddList>', ""),
        ("<w:textInput/>", ""),
    ],
)  # fmt: skip
def test_a_form_of_old_shows_what_was_ticked_and_chosen(form, shown):
    body = f"<w:p><w:r><w:t>Yes </w:t></w:r>{field(form, 'FORM')}<w:r><w:t>!</w:t></w:r></w:p>"
    assert texts(body) == [f"Yes {shown}!"]


def test_a_prompt_that_nobody_answered_does_not_read_like_an_answer():
    body = (
        "<w:p><w:r><w:t>Name: </w:t></w:r><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
        "<w:sdtContent><w:r><w:t>Click here</w:t></w:r></w:sdtContent></w:sdt>"
        "<w:r><w:t> end</w:t></w:r></w:p>"
    )
    found, notes = both(body)
    assert found == ["Name: [prompt: Click here] end"]
    assert notes == ["Fields that nobody filled in are shown with their prompt, in brackets."]


@pytest.mark.parametrize(
    ("face", "letter", "sign"),
    [
        ("Wingdings", "\xfe", "☑"), ("Wingdings", "o", "☐"), ("Wingdings", "\uf0a8", "☐"),
        ("Wingdings 2", "R", "☑"), ("Wingdings 2", "\xa3", "☐"), ("Wingdings 2", "P", "✓"),
        ("Webdings", "a", "✔"), ("Symbol", "\xb3", "≥"), ("Symbol", "m", "μ"),
        ("Wingdings", "\u20ac", "[sign 80 of Wingdings]"), ("Calibri", "o", "o"),
    ],
)  # fmt: skip
def test_letters_of_a_symbol_face_are_the_signs_that_were_seen(face, letter, sign):
    typed = paragraph(letter, run=f'<w:rPr><w:rFonts w:ascii="{face}"/></w:rPr>')
    assert texts(typed) == [sign]
    if face != "Calibri" and letter < "\u0100":
        put = f'<w:p><w:r><w:sym w:font="{face}" w:char="F0{ord(letter):02X}"/></w:r></w:p>'
        assert texts(put) == [sign]


def test_a_sign_that_we_do_not_know_is_named_and_never_a_box():
    body = (
        '<w:p><w:r><w:sym w:font="Wingdings 3" w:char="F052"/><w:sym w:char="E001"/></w:r></w:p>'
    )
    assert texts(body) == ["[sign 52 of Wingdings 3][sign E001 of another face]"]


def test_notes_are_numbered_in_the_order_in_which_the_text_refers_to_them():
    refer = '<w:p><w:r><w:t>{}</w:t><w:{}Reference w:id="{}"/></w:r></w:p>'
    body = (
        refer.format("a", "footnote", 1)
        + refer.format("b", "footnote", 0)
        + refer.format("c", "endnote", 1)
        + refer.format("d", "footnote", 1)
    )
    found = texts(
        body,
        footnotes_xml=noted("footnote", "second", "first"),
        endnotes_xml=noted("endnote", "unused", "end"),
    )
    assert found == [
        "a[1]", "b[2]", "c[end note i]", "d[1]", "Footnotes", "[2] second", "[1] first",
        "End notes", "[not referred to] unused", "[i] end",
    ]  # fmt: skip


def test_notes_are_numbered_as_the_file_says():
    settings = (
        f'<w:settings {NAMES}><w:footnotePr><w:numFmt w:val="lowerLetter"/>'
        '<w:numStart w:val="3"/></w:footnotePr></w:settings>'
    )
    body = '<w:p><w:r><w:t>a</w:t><w:footnoteReference w:id="0"/></w:r></w:p>'
    assert texts(body, settings_xml=settings)[0] == "a[c]"


def test_a_comment_says_who_when_and_on_which_words():
    body = (
        '<w:p><w:r><w:t>The </w:t></w:r><w:commentRangeStart w:id="0"/><w:r><w:t>dose</w:t></w:r>'
        '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>'
    )
    comments = noted(
        "comment", "halved?", attributes='w:author="Sgt A" w:date="2021-03-01T10:00:00Z"'
    )
    assert texts(body, comments_xml=comments) == [
        "The dose[comment 1]", "Comments", "[1] Sgt A, 2021-03-01, on “dose”: halved?",
    ]  # fmt: skip


def test_who_put_words_in_and_who_took_them_out_is_shown():
    body = (
        '<w:p><w:r><w:t>He was </w:t></w:r><w:ins w:author="Manager"><w:r><w:t>now </w:t></w:r>'
        '<w:del w:author="Clerk"><w:r><w:delText>often </w:delText></w:r></w:del></w:ins>'
        '<w:del w:author="Manager"><w:r><w:delText>never </w:delText></w:r></w:del>'
        "<w:r><w:rPr><w:strike/></w:rPr><w:t>seen</w:t></w:r></w:p>"
    )
    assert texts(body)[0] == (
        "He was [inserted by Manager: now ][inserted by Manager, deleted by Clerk: often ]"
        "[deleted by Manager: never ][struck out: seen]"
    )


def test_a_link_shows_where_it_leads():
    body = (
        '<w:p><w:hyperlink r:id="out1"><w:r><w:t>here</w:t></w:r></w:hyperlink>'
        '<w:hyperlink r:id="out2"><w:r><w:t>a@b.example</w:t></w:r></w:hyperlink></w:p><w:p><w:r>'
        '<w:fldChar w:fldCharType="begin"/><w:instrText> HYPERLINK "http://y" </w:instrText>'
        '<w:fldChar w:fldCharType="separate"/><w:t>there</w:t><w:fldChar w:fldCharType="end"/>'
        "</w:r></w:p>"
    )
    links = [
        ("out1", "hyperlink", "http://x.example/z"),
        ("out2", "hyperlink", "mailto:a@b.example"),
    ]
    found, _ = both(body, links)
    assert found == ["here <http://x.example/z>a@b.example", "there <http://y>"]


def test_the_words_of_a_diagram_and_of_a_chart_are_shown():
    body = '<w:p><w:r><dgm:relIds r:dm="d"/></w:r></w:p><w:p><w:r><c:chart r:id="c"/></w:r></w:p>'
    diagram = "<m><pt><t><p><r><t>21:40 </t></r><r><t>called</t></r></p></t></pt></m>"
    chart = "<c><pt><v>Falls</v></pt><pt><v>12</v></pt></c>"
    found, notes = both(
        body.replace("dgm:", "").replace("c:chart", "chart"),
        [("d", "diagramData", "diagrams/data7.xml"), ("c", "chart", "charts/c.xml")],
        **{
            "word/diagrams/data7.xml": diagram,
            "word/charts/c.xml": chart,
        },
    )
    assert found == ["[diagram]\n21:40 called", "[chart]\nFalls\n12"]
    assert notes == ["Diagrams and charts are shown by their words and numbers only."]


def test_a_sign_across_the_page_is_shown():
    head = f"<w:hdr {NAMES}><w:p><w:r><textpath string='DRAFT'/></w:r></w:p></w:hdr>"
    assert "[across the page: DRAFT]" in texts(paragraph("a"), header1_xml=head)


def test_a_picture_says_so_where_it_stands_wherever_it_is_kept():
    body = (
        "<w:p><w:r><docPr descr='body map'/><blip r:embed='p'/></w:r>"
        "<w:r><docPr/><blip r:link='out'/></w:r></w:p>"
    )
    found, notes = both(
        body,
        [("p", "image", "/media/image1.png"), ("out", "image", "file:///x/injury.png")],
        **{"media/image1.png": "x"},
    )
    assert found == ["[picture: body map][picture: not shown]"]
    assert notes == [
        "Pictures in the Word file that are not shown: 1.",
        "Pictures that lie in other files, not shown: file:///x/injury.png.",
    ]


def test_a_chapter_in_another_file_is_said_to_be_there():
    found, notes = both(
        paragraph("a") + '<w:subDoc r:id="out"/>', [("out", "subDocument", "c1.docx")]
    )
    assert found == ["a", "[another document belongs here: c1.docx]"]
    assert notes == ["Chapters in other files, to be imported on their own: c1.docx."]


def test_the_form_for_older_programs_is_read_where_the_newer_says_nothing():
    body = (
        "<w:p><w:r><w:t>done </w:t><AlternateContent><Choice><symEx/></Choice><Fallback>"
        "<w:t>😢</w:t></Fallback></AlternateContent></w:r></w:p>"
    )
    assert texts(body) == ["done 😢"]


def test_pages_begin_where_they_begin_in_word():
    body = (
        '<w:p><w:r><w:t>a</w:t><w:br w:type="page"/></w:r></w:p>'
        "<w:p><w:r><w:lastRenderedPageBreak/><w:t>b</w:t><w:lastRenderedPageBreak/>"
        "<w:t>c</w:t></w:r></w:p>"
        + paragraph("d", "<w:pPr><w:pageBreakBefore/></w:pPr>")
        + paragraph("e", "<w:pPr><w:sectPr/></w:pPr>")
        + paragraph("f", '<w:pPr><w:sectPr><w:type w:val="continuous"/></w:sectPr></w:pPr>')
        + paragraph("g")
        + "<w:tbl><w:tr><w:tc><w:p><w:r><w:lastRenderedPageBreak/><w:t>h</w:t></w:r></w:p></w:tc>"
        "</w:tr></w:tbl>"
    )
    blocks, _ = word.blocks(packed(body))
    assert [(block.text, block.fresh) for block in blocks] == [
        ("a", False), ("b", True), ("c", True), ("d", True), ("e", False), ("f", True),
        ("g", False), ("h", True),
    ]  # fmt: skip


def test_a_row_that_was_taken_out_says_by_whom():
    row = "<w:tr><w:trPr><w:{0} w:author='A. Clerk'/></w:trPr><w:tc>{1}</w:tc></w:tr>"
    body = "".join(
        row.format(kind, paragraph(text)) for kind, text in (("del", "22:10"), ("ins", "22:40"))
    )
    found, notes = both(f"<w:tbl>{body}<w:tr><w:tc>{paragraph('23:00')}</w:tc></w:tr></w:tbl>")
    assert found == [
        "[row deleted by A. Clerk: 22:10]",
        "[row inserted by A. Clerk: 22:40]",
        "23:00",
    ]
    assert notes[0].startswith("Tracked changes")
