"""Word files of the old kind: what stands in them is on the page, and what is not is told."""

import io
import struct

import pytest
from PIL import Image

from reviewer.documents.formats import doc as reader
from reviewer.documents.formats.inset import Inset
from reviewer.documents.inside.ledger import old_word
from reviewer.documents.refusals import Refused
from tests.reviewer.documents.compound import compound
from tests.reviewer.documents.old_word import doc, para, places, run

ON = b"\1"
SPECIAL = (0x0855, ON)


def read(*paragraphs, **parts):
    blocks, notes = reader.blocks(doc(paragraphs, **parts))
    return [block.text for block in blocks], notes


def sttb(*texts, extra=0):
    return struct.pack("<HHH", 0xFFFF, len(texts), extra) + b"".join(map(xst, texts))


def xst(text):
    return struct.pack("<H", len(text)) + text.encode("utf-16-le")


def face(name):
    own = bytes(39) + name.encode("utf-16-le") + b"\0\0"
    return bytes([len(own)]) + own


FACES = struct.pack("<HH", 2, 0) + face("Arial") + face("Wingdings")


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (["caf\xe9 “past” 😢"], "café “past” 😢"),
        (["He was ", run("not ", (0x0837, ON)), "seen"], "He was [struck out: not ]seen"),
        (["a ", run("b", (0x083C, ON))], "a [hidden: b]"),
        ([run("not ", (0x0800, ON), (0x4863, b"\1\0"))], "[deleted by Jane Doe: not ]"),
        ([run("did ", (0x0801, ON), (0x4804, b"\1\0"))], "[inserted by Jane Doe: did ]"),
        ([run("(", SPECIAL, (0x6A09, b"\1\0\xfe\xf0"))], "☑"),
        ([run("((", (0x6A09, b"\1\0\xfe\xf0"))], "☑☑"),
        ([run("\xfe", (0x4A4F, b"\1\0")), " yes"], "☑ yes"),
        (["a\x0bb\x1ec\x1fd\te"], "a\nb-cd\te"),
        (['\x13 HYPERLINK "http://a.example/" \x14here\x15'], "here <http://a.example/>"),
        (["\x13 PAGE \x14", "7\x15 of 9"], "7 of 9"),
        (['\x13 SYMBOL 254 \\f "Wingdings" \x15'], "☑"),
    ],
)  # fmt: skip
def test_words_are_shown_with_what_is_to_be_said_of_them(runs, text):
    halves = [
        part.replace("😢", "\ud83d\ude22") if isinstance(part, str) else part for part in runs
    ]
    found, _ = read(para(*halves), tables={51: sttb("Unknown", "Jane Doe"), 15: FACES})
    assert found == [text]


def test_letters_of_one_byte_are_windows_letters():
    assert read(para("caf\xe9 €5 “x”"), narrow=True)[0] == ["café €5 “x”"]


CELL = [(0x2416, ON)]
ROW = [(0x2416, ON), (0x2417, ON)]


def test_tables_keep_their_rows_and_cells():
    inner = [(0x2416, ON), (0x6649, b"\2\0\0\0")]
    texts, _ = read(
        para("Before"),
        para("A", said=CELL, end="\x07"), para("B", said=CELL), para("C", said=CELL, end="\x07"),
        para(said=ROW, end="\x07"),
        para(said=CELL, end="\x07"), para("D", said=CELL, end="\x07"), para(said=ROW, end="\x07"),
        para("n", said=[*inner, (0x244B, ON)]), para("m", said=[*inner, (0x244B, ON)]),
        para(said=[*inner, (0x244C, ON)]),
        para("E", said=CELL, end="\x07"), para(said=ROW, end="\x07"),
        para("After"),
    )  # fmt: skip
    assert texts == ["Before", "A  |  B / C", "  |  D", "n  |  m / E", "After"]


def test_notes_stand_below_with_their_numbers():
    main = [para("one", run("\2", SPECIAL), " two", run("\2", SPECIAL), " three*")]
    texts, _ = read(
        *main,
        footnotes=[para(run("\2", SPECIAL), " first"), para("* own")],
        endnotes=[para(run("\2", SPECIAL), " end")],
        tables={
            2: places(3, 15, 17, data=b"\1\0\0\0"),
            3: places(0, 8, 14, 15),
            46: places(8, 17, data=b"\1\0"),
            47: places(0, 6, 7),
        },
    )
    assert texts == [
        "one[1] two[end note i] three*",
        "Footnotes", "[1]  first", "[its own sign] * own",
        "End notes", "[i]  end",
    ]  # fmt: skip


def test_a_comment_says_who_made_it_on_which_words():
    own = xst("JD").ljust(20, b"\0") + b"\0\0" + bytes(4) + struct.pack("<i", 7)
    texts, _ = read(
        para("He ran away", run("\5", SPECIAL), "."),
        comments=[para(run("\5", SPECIAL), "Says who?")],
        tables={
            4: places(11, 13, data=own),
            5: places(0, 11, 12),
            36: xst("Jane Doe"),
            37: struct.pack("<HHHHHii", 0xFFFF, 1, 10, 0, 0, 7, 0),
            42: places(3, 13, data=b"\0\0\0\0"),
            43: places(11, 13),
        },
    )
    assert texts == [
        "He ran away[comment 1].", "Comments", "[1] Jane Doe, on “ran away”: Says who?",
    ]  # fmt: skip


def test_heads_and_feet_of_the_pages():
    texts, _ = read(
        para("Text"),
        edges=[para("Even"), para("Head"), para("Foot")],
        tables={11: places(0, 0, 0, 0, 0, 0, 0, 5, 10, 10, 15, 15, 15, 16)},
    )
    assert texts == [
        "Text", "At the head of the pages", "Even", "At the head of the pages", "Head",
        "At the foot of the pages", "Foot",
    ]  # fmt: skip


def test_a_text_box_is_read_where_it_hangs_and_one_in_a_group_at_the_end():
    box = bytes(14) + struct.pack("<I", 5) + bytes(4)
    lost = bytes(14) + struct.pack("<I", 6) + bytes(4)
    texts, notes = read(
        para("a", run("\x08", SPECIAL), "b"),
        para("c", run("\x08", SPECIAL)),
        boxes=[para("In the box"), para("In a group")],
        tables={
            40: places(1, 5, 7, data=struct.pack("<I", 5) + bytes(22) + b"\7" + bytes(25)),
            56: places(0, 11, 22, data=box + lost),
        },
    )
    assert texts == ["In the box", "ab", "c[picture: not shown]", "In a group"]
    assert notes == ["Pictures in the Word file that are not shown: 1."]


def test_pictures_and_embedded_files_are_counted():
    texts, notes = read(
        para(run("\1", SPECIAL), "\x13 EMBED Excel.Sheet.8 \x14", run("\1", SPECIAL), "\x15")
    )
    assert texts == ["[picture: not shown][embedded file]"]
    assert notes == [
        "Pictures in the Word file that are not shown: 1.",
        "Embedded files that could not be taken out, not shown: 1.",
    ]


def picture():
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(out, "PNG")
    return out.getvalue()


def record(kind, body, count=0, *, holds=False):
    return struct.pack("<HHI", count << 4 | (0xF if holds else 0), kind, len(body)) + body


def test_a_picture_in_the_text_is_drawn_below_its_paragraph():
    own = record(0xF01E, bytes(17) + picture())
    head = struct.pack("<hhHH", 2880, 1440, 500, 1000)
    data = b"pad." + struct.pack("<IH", 68 + len(own), 68).ljust(28, b"\0") + head
    data = data.ljust(72, b"\0") + own
    blocks, notes = reader.blocks(
        doc([para("a", run("\1", SPECIAL, (0x6A03, b"\4\0\0\0")), "b"), para("c")], data=data)
    )
    assert [(type(one) is Inset, one.text) for one in blocks] == [
        (False, "ab"), (True, ""), (False, "c"),
    ]  # fmt: skip
    assert (blocks[1].width, blocks[1].height) == (72, 72)
    assert notes == []


def test_a_picture_that_hangs_at_a_paragraph_is_drawn_below_it():
    def made(place):
        stored = record(0xF007, bytes(28) + struct.pack("<I", place) + bytes(4), 6)
        shape = record(0xF00A, struct.pack("<II", 5, 0)) + record(
            0xF00B, struct.pack("<HI", 0x4104, 1), 1
        )
        drawings = record(0xF000, record(0xF001, stored, 1, holds=True), holds=True)
        drawings += b"\0" + record(0xF002, record(0xF004, shape, holds=True), holds=True)
        spa = struct.pack("<I4i", 5, 0, 0, 1440, 2880) + bytes(6)
        return doc(
            [para("a", run("\x08", SPECIAL), "b")],
            tables={40: places(1, 4, data=spa), 50: drawings},
            behind=record(0xF01E, bytes(17) + picture()),
        )

    at = made(0).index(record(0xF01E, bytes(17) + picture())) - made(0).index(b"\xec\xa5\xc1\0")
    blocks, notes = reader.blocks(made(at))
    assert [(type(one) is Inset, one.text) for one in blocks] == [(False, "ab"), (True, "")]
    assert (blocks[1].width, blocks[1].height) == (72, 144)
    assert notes == []


def looks(*said):
    """Return the properties of a shape: (which, its words), as the record has them."""
    long = [(what, f"{words}\0".encode("utf-16-le")) for what, words in said]
    head = b"".join(struct.pack("<HI", 0x8000 | what, len(raw)) for what, raw in long)
    body = head + b"".join(raw for _, raw in long)
    return struct.pack("<HHI", len(said) << 4 | 3, 0xF00B, len(body)) + body


def drawings(shapes):
    """Return the table of a file's drawings: the words of each shape by its number."""
    made = b"".join(
        record(0xF004, record(0xF00A, struct.pack("<II", shape, 0)) + looks(*said), holds=True)
        for shape, said in shapes.items()
    )
    return record(0xF000, b"", holds=True) + b"\0" + record(0xF002, made, holds=True)


def drawn():
    """Return a file with words in drawings: at a paragraph, in a group, of a picture in it."""
    own = record(0xF004, looks((0x0381, "Plan of the ward")), holds=True)
    data = struct.pack("<IH", 68 + len(own), 68).ljust(68, b"\0") + own
    spa = struct.pack("<I4i", 5, 0, 0, 1440, 2880) + bytes(6)
    return doc(
        [
            para("a", run("\x08", SPECIAL), "b"),
            para("c", run("\1", SPECIAL, (0x6A03, bytes(4))), "d"),
        ],
        tables={
            40: places(1, 7, data=spa),
            50: drawings({
                5: [(0x0380, "Picture 1"), (0x00C0, "DRAFT"), (0x0381, "A stamp")],
                6: [(0x0381, "Map in a group")],
            }),
        },
        data=data,
    )  # fmt: skip


def test_the_words_of_drawings_are_on_the_page():
    blocks, _ = reader.blocks(drawn())
    assert [block.text for block in blocks] == [
        "a[across the page: DRAFT][drawing: A stamp][picture: not shown]b",
        "c[picture: not shown][drawing: Plan of the ward]d",
        "[drawing: Map in a group]",
    ]


def test_the_words_of_drawings_are_held_by_the_file():
    held = old_word.hold(drawn()).pieces
    for words in (["draft"], ["a", "stamp"], ["plan", "of", "the", "ward"]):
        assert words in held
    assert ["map", "in", "a", "group"] in held
    assert ["picture", "1"] not in held


@pytest.mark.parametrize("cut", range(0, 60, 7))
def test_properties_that_are_cut_short_say_what_is_there(cut):
    whole = drawings({5: [(0x00C0, "DRAFT"), (0x0381, "A stamp")]})
    made = doc([para("a", run("\x08", SPECIAL))], tables={50: whole[: len(whole) - cut]})
    blocks, _ = reader.blocks(made)
    assert blocks[0].text.startswith("a")
    assert old_word.hold(made).pieces


@pytest.mark.parametrize(
    ("kind", "result", "made", "text"),
    [(1, 1, 0, "☒"), (1, 25, 0, "☐"), (1, 25, 1, "☒"), (2, 1, 0, "No"), (2, 25, 0, "Yes")],
)
def test_the_fields_of_forms_show_what_was_ticked_and_chosen(kind, result, made, text):
    bits = kind | result << 2
    own = b"\xff" * 4 + struct.pack("<HHH", bits, 0, 0) + xst("Name") + b"\0\0"
    own += struct.pack("<H", made) + (xst("") + b"\0\0") * 5 + sttb("Yes", "No")
    data = struct.pack("<IH", 0x44 + len(own), 0x44).ljust(0x44, b"\0") + own
    box = run("\1", SPECIAL, (0x0806, ON), (0x6A03, bytes(4)))
    assert read(para("\x13 FORMCHECKBOX ", box, "\x15 seen"), data=data)[0] == [f"{text} seen"]


def test_headings_pages_and_sections():
    def style(kind, base=0xFFF):
        own = struct.pack("<HHHHH", kind, 1 | base << 4, 2, 0, 0) + xst("x") + b"\0\0"
        return struct.pack("<H", len(own)) + own

    sheet = struct.pack("<HHH", 4, 3, 10) + style(0) + style(1) + style(300, 1)
    sections = places(0, 14, 19, 25, data=b"".join(
        b"\0\0" + struct.pack("<i", where) + bytes(6) for where in (-1, 0x3F0, -1)
    ))  # fmt: skip
    made = bytearray(
        doc(
            [
                para("One", style=1), para("two", style=2), para("three", end="\x0c"),
                para("four"), para("five\x0csix"),
            ],
            tables={1: sheet, 6: sections},
        )
    )  # fmt: skip
    at = made.index(b"O\0n\0e\0") - 0x10
    made[at : at + 5] = struct.pack("<HH", 3, 0x3009) + b"\0"
    blocks, _ = reader.blocks(bytes(made))
    assert [(block.text, block.style, block.fresh) for block in blocks] == [
        ("One", "title", False), ("two", "title", False), ("three", "body", False),
        ("four", "body", False), ("five", "body", False), ("six", "body", True),
    ]  # fmt: skip


def test_lists_count_as_they_are_printed():
    def level(kind, text, first=1):
        return struct.pack("<IB", first, kind).ljust(28, b"\0") + xst(text)

    table = struct.pack("<H", 1) + struct.pack("<I", 9).ljust(28, b"\0")
    table += level(0, "\0.") + level(4, "\0.\1)") + level(23, "\uf0b7") * 7
    uses = struct.pack("<II", 1, 9).ljust(20, b"\0") + b"\xff" * 4
    texts, _ = read(
        *(
            para(text, said=[(0x260A, bytes([depth])), (0x460B, b"\1\0")])
            for text, depth in (("a", 0), ("x", 1), ("y", 1), ("b", 0), ("z", 1), ("o", 2))
        ),
        tables={73: table, 74: uses},
    )
    assert texts == ["1. a", "1.a) x", "1.b) y", "2. b", "2.a) z", "• o"]


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (doc([para("x")], flags=0x100), "office-locked"),
        (doc([para("x")], version=0x68), "doc-old"),
        (compound({"WordDocument": b"\xdc\xa5e\0" + bytes(2000)}), "doc-old"),
        (compound({"WordDocument": bytes(2000)}), "doc-broken"),
        (compound({"WordDocument": b"\xec\xa5\xc1" + bytes(2000), "0Table": b"x"}), "doc-broken"),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_name(made, code):
    with pytest.raises(Refused, match=code):
        reader.blocks(made)
