"""Rich text: what stands in it is on the page, and what is not is told."""

import io

import pytest
from PIL import Image

from reviewer.documents import limits
from reviewer.documents.formats import rtf
from reviewer.documents.formats.inset import Inset
from reviewer.documents.refusals import Refused

FACES = (
    rb"{\fonttbl{\f0\fcharset0 Times New Roman;}{\f1\fcharset2 Wingdings;}"
    rb"{\f2\fcharset204{\*\falt Arial}Arial Cyr;}{\f3\fcharset128 MS Mincho;}}"
)


def made(body, before=b""):
    return rb"{\rtf1\ansi\ansicpg1252\deff0" + FACES + before + b"\n" + body + b"}"


def read(body, before=b""):
    blocks, notes = rtf.blocks(made(body, before))
    return [block.text for block in blocks], notes


def one(body, before=b""):
    texts, _ = read(body, before)
    assert len(texts) == 1
    return texts[0]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (rb"caf\'e9 \'80 5", "café € 5"),
        (rb"{\f2 \'cf\'f0\'e8\'e2\'e5\'f2} there", "Привет there"),
        (rb"{\f3 \'93\'fa\'96{\b x}}", "日\ufffdx"),
        (rb"{\f3 \'83\'5c\'95\'5c}", "ソ表"),
        (rb"\uc1\u8220?past\u8221? four", "“past” four"),
        (rb"\uc2\u960\'70\'69=3", "π=3"),
        (rb"\u-10179?\u-8670? end", "😢 end"),
        (rb"{\uc0 a}\u233?b", "aéb"),
        (rb"{\f1\'fe\u61694?} {\f1 o}", "☑☑ ☐"),
        (rb"a\~b\_c\-d\{\}\\\emdash\tab e\line f", "a\xa0b-cd{}\\—\te\nf"),
        (rb"{\upr{old}{\*\ud new}}", "new"),
        (rb"one{\*\made\by{others} nothing}{\info{\author Nobody}} two", "one two"),
        (rb"one{\unheardof kept} two", "onekept two"),
        (rb"a{\bin4 {{{{}b", "ab"),
        (rb"{\listtext 2.\tab}Second", "2.\tSecond"),
    ],
)
def test_letters_are_read_as_they_were_meant(body, text):
    assert one(body) == text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (rb"He was {\strike not }seen", "He was [struck out: not ]seen"),
        (rb"He was {\deleted\revauthdel1 not }seen", "He was [deleted by Jane Doe: not ]seen"),
        (rb"He {\revised\revauth1 never }was", "He [inserted by Jane Doe: never ]was"),
        (rb"a \v b\v0  c", "a [hidden: b] c"),
        (rb"{\strike a\plain b}", "[struck out: a]b"),
        (rb"{\xe Custody}x", "[index entry: Custody]x"),
    ],
)
def test_what_was_taken_out_put_in_or_hidden_says_so(body, text):
    assert one(body, rb"{\*\revtbl{Unknown;}{Jane Doe;}}") == text


def test_tables_keep_their_rows_and_cells():
    row = rb"\trowd\cellx100\cellx200\pard\intbl "
    texts, _ = read(
        rb"Before\par" + row + rb"A\cell B\par C\cell\row" + row + rb"\cell D\cell\row"
        rb"\pard After\par"
    )
    assert texts == ["Before", "A  |  B / C", "  |  D", "After"]


def test_a_table_within_a_cell_is_a_part_of_it():
    texts, _ = read(
        rb"\pard\intbl A\cell\pard\intbl\itap2 n\nestcell m\nestcell{\*\nesttableprops\nestrow}"
        rb"{\nonesttables\par}\pard\intbl\itap1 E\cell\row\pard after"
    )
    assert texts == ["A  |  n  |  m / E", "after"]


def test_notes_stand_below_with_the_number_that_stands_in_the_text():
    texts, _ = read(
        rb"\aftnnrlc one\chftn{\footnote\pard\chftn  first} two\chftn{\footnote\ftnalt\chftn end}"
        rb" three*{\footnote * own}\par more"
    )
    assert texts == [
        "one[1] two[end note i] three*", "more",
        "Footnotes", "[1]  first", "[its own sign] * own",
        "End notes", "[i] end",
    ]  # fmt: skip


def test_a_comment_says_who_made_it_on_which_words():
    texts, _ = read(
        rb"He {\*\atrfstart 7}ran away{\*\atrfend 7}{\*\atnid JD}{\*\atnauthor Jane Doe}\chatn"
        rb"{\*\annotation{\*\atnref 7}\chatn Says who?}."
    )
    assert texts == [
        "He ran away[comment 1].",
        "Comments",
        "[1] Jane Doe, on “ran away”: Says who?",
    ]


def test_the_heads_and_feet_of_the_pages_are_shown_once():
    texts, _ = read(rb"{\headerl Head\par}{\headerr Head\par}{\footer Foot}Text")
    assert texts == [
        "Text",
        "At the head of the pages",
        "Head",
        "At the foot of the pages",
        "Foot",
    ]


def test_a_text_box_is_read_and_what_is_drawn_across_the_page():
    texts, _ = read(
        rb"a{\shp{\*\shpinst{\sp{\sn gtextUNICODE}{\sv DRAFT}}{\shptxt\pard Box\par}}"
        rb"{\shprslt{\do{\dptxbxtext Box\par}}}}b"
    )
    assert texts == ["Box", "a[across the page: DRAFT]b"]


def test_the_words_that_stand_for_a_shape_are_shown_with_it():
    said = rb"{\sp{\sn wzDescription}{\sv A plan}}"
    texts, _ = read(rb"a{\shp{\*\shpinst" + said + rb"{\shptxt Box\par}}}b")
    assert texts == ["Box", "a[drawing: A plan]b"]
    picture = rb"{\sp{\sn pib}{\sv {\pict\pngblip 89504e47}}}"
    texts, _ = read(rb"a{\shp{\*\shpinst" + said + picture + rb"}}b")
    assert texts == ["a[picture: A plan]b"]


def test_pictures_and_embedded_files_are_named_and_counted():
    picture = rb"{\pict{\*\picprop{\sp{\sn wzDescription}{\sv A hand}}}\pngblip 89504e47}"
    texts, notes = read(
        rb"{\*\shppict" + picture + rb"}{\nonshppict" + picture + rb"}"
        rb"{\object\objemb{\*\objclass Excel.Sheet.8}{\*\objdata 0105}{\result{\pict ff}}}"
    )
    assert texts == ["[picture: A hand][picture: not shown] [embedded file: Excel.Sheet.8]"]
    assert notes == [
        "Pictures in the file that are not shown: 2.",
        "Embedded files that could not be taken out, not shown: 1 (Excel.Sheet.8).",
    ]


@pytest.mark.parametrize("binary", [False, True])
def test_a_picture_is_drawn_below_its_paragraph(binary):
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(out, "PNG")
    data = out.getvalue()
    own = b"\\bin%d " % len(data) + data if binary else data.hex().encode()
    head = rb"{\pict\pngblip\picw1\pich1\picwgoal2880\pichgoal1440\picscalex50\picscaley50 "
    blocks, notes = rtf.blocks(made(b"before " + head + own + rb"}after\par next"))
    assert [(type(block) is Inset, block.text) for block in blocks] == [
        (False, "before after"), (True, ""), (False, "next"),
    ]  # fmt: skip
    assert (blocks[1].width, blocks[1].height) == (72, 36)
    assert notes == []


@pytest.mark.parametrize(
    ("instruction", "result", "text"),
    [
        (rb'HYPERLINK "http://a.example/"', b"here", "here <http://a.example/>"),
        (rb'HYPERLINK "http://a.example/"', b"http://a.example/", "http://a.example/"),
        (rb"FORMCHECKBOX{\*\formfield{\fftype1\ffres1{\*\ffname No}}}", b"", "☒"),
        (rb"FORMCHECKBOX{\*\formfield{\fftype1\ffres25\ffdefres0}}", b"", "☐"),
        (rb"FORMDROPDOWN{\*\formfield{\fftype2\ffres1{\*\ffl Yes}{\*\ffl No}}}", b"", "No"),
        (rb'SYMBOL 254 \\f "Wingdings" \\s 11', b"", "☑"),
        (rb"PAGE", b"7", "7"),
    ],
)
def test_fields_show_what_word_shows(instruction, result, text):
    assert one(rb"{\field{\*\fldinst{" + instruction + rb"}}{\fldrslt{" + result + b"}}}") == text


def test_headings_and_pages_are_those_of_the_text():
    blocks, _ = rtf.blocks(
        made(
            rb"\pard\s1 One\par\pard two\par\page three\sect\sectd\sbknone four\sect five",
            rb"{\stylesheet{\s0 Normal;}{\s1\sbasedon0\snext0 heading 1;}{\*\cs2 Strong;}}",
        )
    )
    assert [(block.text, block.style, block.fresh) for block in blocks] == [
        ("One", "title", False), ("two", "body", False), ("three", "body", True),
        ("four", "body", False), ("five", "body", True),
    ]  # fmt: skip


def test_a_file_that_breaks_off_or_goes_on_is_told():
    whole = made(b"words")
    assert rtf.blocks(whole[:-1])[1] == [
        "The file breaks off before its end; what is there is shown."
    ]
    assert rtf.blocks(whole + b"\r\n\0more")[1] == [
        "Behind the end of the text are 4 bytes that are not shown."
    ]
    assert rtf.blocks(whole + b"\r\n\0")[1] == []
    assert read(rb"\'93x{\f3\'96}")[1] == ["Letters that could not be made out: 1."]
    assert read(b"")[1] == ["The file has no text."]


def test_groups_without_end_and_too_much_text_are_refused(monkeypatch):
    with pytest.raises(Refused, match="rtf-broken"):
        rtf.blocks(b"{\\rtf1" + b"{" * 3_000)
    monkeypatch.setattr(limits, "SET_CHARACTERS", 10)
    with pytest.raises(Refused, match="text"):
        read(b"more than ten letters")
