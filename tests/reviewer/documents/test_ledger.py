"""What a file holds is on its pages or in a note; a conversion that loses some is found out."""

import io
import zlib
from email.message import EmailMessage

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from reviewer.documents.counted import sentences
from reviewer.documents.formats import pdf_text
from reviewer.documents.inside import prepare
from reviewer.documents.inside.ledger import compare, count, pdf_objects
from reviewer.documents.inside.ledger.compare import Compare
from reviewer.documents.inside.ledger.held import Held
from reviewer.documents.media import MEDIA, PICTURES
from reviewer.records.cases import LedgerLine
from tests.reviewer.documents.compound import (
    attached_mail,
    attachment,
    compound,
    message,
    person,
)
from tests.reviewer.documents.counting import every_fifth, ledger, lost, no_notes, without
from tests.reviewer.documents.old_word import doc, para
from tests.reviewer.documents.test_opendocument import packed as odt
from tests.reviewer.documents.test_pdf_unseen import of_objects
from tests.reviewer.documents.test_word import NAMES, packed, paragraph

LINES = [f"Line {n}: the officer wrote word{n} at {n:02}:15" for n in range(1, 21)]
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://x/hyperlink" Target="https://example.org/way/on" '
    'TargetMode="External"/><Relationship Id="r2" Type="http://x/image" '
    'Target="media/image1.png"/></Relationships>'
)


def word_file():
    """Return a Word file with something in each part that bears text."""
    body = (
        "".join(paragraph(line) for line in LINES)
        + "<w:tbl><w:tr><w:tc>"
        + paragraph("cellone")
        + "</w:tc><w:tc>"
        + paragraph("celltwo")
        + "</w:tc></w:tr></w:tbl>"
        + '<w:p><w:del w:author="Ann Drew"><w:r><w:delText>strickenword</w:delText></w:r></w:del>'
        '<w:ins w:author="Ann Drew"><w:r><w:t>putin</w:t></w:r></w:ins></w:p>'
        "<w:p><w:r><w:t>Ze</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>bra</w:t></w:r>"
        '<w:hyperlink r:id="r1"><w:r><w:t>here</w:t></w:r></w:hyperlink></w:p>'
        "<w:p><w:r><w:AlternateContent><w:Choice><w:txbxContent><w:p><w:r><w:t>boxed words"
        "</w:t></w:r></w:p></w:txbxContent></w:Choice><w:Fallback><w:txbxContent><w:p><w:r>"
        "<w:t>boxed words</w:t></w:r></w:p></w:txbxContent></w:Fallback></w:AlternateContent>"
        '</w:r></w:p><w:p><w:r><w:drawing><w:docPr descr="a map of the ward"/>'
        '<w:blip r:embed="r2"/></w:drawing></w:r></w:p>'
    )
    note = f"<w:{{0}}s {NAMES}><w:{{0}} w:id='2' w:author='Eve Marsh'>{{1}}</w:{{0}}></w:{{0}}s>"
    return packed(
        body,
        header1_xml=f"<w:hdr {NAMES}>{paragraph('Restricted headline')}</w:hdr>",
        header2_xml=f"<w:hdr {NAMES}>{paragraph('Restricted headline')}</w:hdr>",
        footer1_xml=f"<w:ftr {NAMES}>{paragraph('Bottomline')}</w:ftr>",
        footnotes_xml=note.format("footnote", paragraph("notedbelow")),
        comments_xml=note.format("comment", paragraph("remarked upon")),
        media__image1_png=png(),
        **{"_rels__document_xml.rels": RELATIONS},
    )


def png():
    out = io.BytesIO()
    Image.new("RGB", (40, 40), "red").save(out, "PNG")
    return out.getvalue()


def mail():
    """Return a mail with both kinds of text, another mail within it, and a file."""
    inner = EmailMessage()
    inner["From"], inner["Subject"] = "inner@example.org", "Innermost"
    inner.set_content("forwarded words")
    message = EmailMessage()
    message["From"], message["To"] = "Ann Drew <ann@example.org>", "eve@example.org"
    message["Cc"], message["Bcc"] = "third@example.org", "hidden@example.org"
    message["Subject"], message["X-Mailer"] = "Handöver", "Postman 3"
    message.set_content("\n".join(LINES))
    message.add_alternative(
        "<p>" + "<br>".join(LINES) + "</p><p>Only <a href='http://example.org/far'>here</a></p>",
        subtype="html",
    )
    message.add_attachment(inner)
    message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="log.pdf")
    return message.as_bytes()


def web_page():
    lines = "".join(f"<li>{line}</li>" for line in LINES)
    return (
        "<!DOCTYPE html><html><head><title>Shift</title><style>p{color:red}</style></head><body>"
        f"<script>no(words)</script><!-- aside --><ul>{lines}</ul><s>struckout</s>"
        "<a href='https://example.org/deep'>here</a><img src=x alt='planned'>"
        "<input type=text value='typedin'></body></html>"
    ).encode()


def rich_text():
    """Return a rich text with a note, a head, a picture, deleted words and signs."""
    lines = b"".join(rb"\pard " + line.encode() + rb"\par" + b"\n" for line in LINES)
    return (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f2\fcharset204 Arial Cyr;}}"
        rb"{\header\pard Headline\par}" + lines + rb"{\f2 \'cf\'f0\'e8\'e2\'e5\'f2}\par "
        rb"Zeb{\b ra} caf\'e9 {\strike struckout}{\footnote\pard notedbelow\par}\par"
        rb"{\field{\*\fldinst HYPERLINK "
        rb'"https://example.org/far"}{\fldrslt here}}{\pict\pngblip 89504e47}\par'
        rb"\trowd cellone\cell celltwo\cell\row}"
    )


def open_document():
    """Return an OpenDocument text with a note, a comment, a foot, a picture, deleted words."""
    body = (
        '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion>'
        "<office:change-info><dc:creator>Ann Drew</dc:creator></office:change-info>"
        "<text:p>strickenword</text:p></text:deletion></text:changed-region>"
        "</text:tracked-changes>"
        + "".join(f"<text:p>{line}</text:p>" for line in LINES)
        + '<text:p>Zeb<text:span>ra</text:span><text:change text:change-id="c1"/>'
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>notedbelow</text:p></text:note-body></text:note>"
        "<office:annotation><dc:creator>Eve Marsh</dc:creator><text:p>remarked</text:p>"
        '</office:annotation><text:a xlink:href="https://example.org/far">here</text:a>'
        '<draw:frame><draw:image xlink:href="Pictures/1.emf"/></draw:frame></text:p>'
        "<table:table><table:table-row><table:table-cell><text:p>cellone</text:p>"
        "</table:table-cell></table:table-row></table:table>"
    )
    foot = (
        "<style:master-page><style:footer><text:p>Bottomline</text:p></style:footer>"
        "</style:master-page>"
    )
    return odt(body, master=foot, more=[("Pictures/1.emf", b"a drawing")])


def outlook():
    """Return an Outlook message with one within it and a file."""
    within = message(texts=[(0x0037, "Innermost"), (0x1000, "forwarded words")])
    return compound(
        message(
            texts=[(0x0037, "Handover"), (0x0C1A, "Ann Drew"), (0x1000, "\n".join(LINES))],
            parts={
                "__recip_version1.0_#00000000": person(1, "Eve Marsh", "eve@example.org"),
                "__attach_version1.0_#00000000": attached_mail(within),
                "__attach_version1.0_#00000001": attachment("log.pdf", b"%PDF-"),
            },
        )
    )


TEXT = "\n".join(LINES).encode()
FILES = {
    "a.docx": word_file(),
    "a.eml": mail(),
    "a.html": web_page(),
    "a.txt": TEXT,
    "a.rtf": rich_text(),
    "a.odt": open_document(),
    "a.msg": outlook(),
    "a.vtt": b"WEBVTT\n\n00:01.000 --> 00:04.000\n<v Ann Drew>Where is <i>he</i>?\n\n"
    + b"".join(
        b"%d\n00:%02d.000 --> 00:59.000\n%s\n\n" % (at, at, line.encode())
        for at, line in enumerate(LINES, 5)
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_an_honest_conversion_leaves_nothing_out(monkeypatch, name):
    found = ledger(monkeypatch, FILES[name], name)
    assert [line for line in found.values() if lost(line)] == []
    assert found["words"]["held"] >= 20 * 7


@pytest.mark.parametrize("name", ["a.docx", "a.rtf", "a.odt"])
def test_every_fifth_paragraph_left_out_is_found_out(monkeypatch, name):
    words = ledger(monkeypatch, FILES[name], name, every_fifth)["words"]
    assert lost(words) >= 4 * 7
    assert "word5" in words["missing"]


DROPPED = [
    ("a.docx", "Restricted", "headline"),
    ("a.docx", "Bottomline", "bottomline"),
    ("a.docx", "notedbelow", "notedbelow"),
    ("a.docx", "remarked", "upon"),
    ("a.docx", "boxed", "boxed"),
    ("a.docx", "strickenword", "strickenword"),
    ("a.docx", "celltwo", "cellone"),
    ("a.docx", "map of", "ward"),
    ("a.eml", "word7", "word12"),
    ("a.eml", "forwarded", "forwarded"),
    ("a.html", "word7", "struckout"),
    ("a.rtf", "Headline", "headline"),
    ("a.rtf", "notedbelow", "notedbelow"),
    ("a.rtf", "Zebra", "zebra"),
    ("a.rtf", "Привет", "привет"),
    ("a.rtf", "celltwo", "celltwo"),
    ("a.odt", "strickenword", "strickenword"),
    ("a.odt", "notedbelow", "notedbelow"),
    ("a.odt", "remarked", "marsh"),
    ("a.odt", "Bottomline", "bottomline"),
    ("a.odt", "cellone", "cellone"),
    ("a.msg", "word7", "word7"),
    ("a.vtt", "Where is", "drew"),
    ("a.msg", "forwarded", "forwarded"),
    ("a.msg", "Eve", "marsh"),
    ("a.html", "word7", "typedin"),
]


@pytest.mark.parametrize(("name", "dropped", "told"), DROPPED)
def test_what_a_conversion_drops_is_told(monkeypatch, name, dropped, told):
    words = ledger(monkeypatch, FILES[name], name, without(dropped))["words"]
    assert lost(words) > 0
    monkeypatch.setattr(compare.limits, "SAMPLES", 1000)
    assert told in ledger(monkeypatch, FILES[name], name, without(dropped))["words"]["missing"]


@pytest.mark.parametrize("header", ["From", "To", "Cc", "Bcc"])
def test_a_header_that_is_dropped_is_named(monkeypatch, header):
    found = ledger(monkeypatch, mail(), "a.eml", without(f"{header}: "))
    assert found["headers"]["missing"] == [header]


@pytest.mark.parametrize(
    ("name", "things"),
    [
        ("a.docx", ["pictures"]),
        ("a.eml", ["headers", "attachments"]),
        ("a.rtf", ["pictures"]),
        ("a.odt", ["pictures"]),
        ("a.msg", ["attachments"]),
    ],
)
def test_what_is_not_shown_and_in_no_note_is_told(monkeypatch, name, things):
    found = ledger(monkeypatch, FILES[name], name, no_notes)
    assert [thing for thing, line in found.items() if lost(line)] == things


def test_a_link_whose_target_is_nowhere_is_told(monkeypatch):
    found = ledger(monkeypatch, web_page(), "a.html", without("deep"))
    assert found["links"]["missing"] == ["https://example.org/deep"]


def test_lines_of_a_text_that_are_dropped_are_told(monkeypatch):
    def cut(blocks, notes):
        return [type(blocks[0])(text="\n".join(LINES[:-3]), style="lines")], notes

    words = ledger(monkeypatch, TEXT, "a.txt", cut)["words"]
    assert lost(words) == 3 * 9
    assert "word18" in words["missing"]


def pdf(*lines):
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for at, line in enumerate(lines):
        canvas.drawString(50, 800 - 20 * at, line)
    canvas.save()
    return out.getvalue()


def test_letters_that_a_pdf_loses_on_the_way_are_told(monkeypatch):
    made = pdf(*LINES)
    assert lost(ledger(monkeypatch, made, "a.pdf")["words"]) == 0
    printed = pdf_text.printed
    monkeypatch.setattr(pdf_text, "_UNLIKE", pdf_text.re.compile("[w]"))
    monkeypatch.setattr(pdf_text, "printed", lambda code: code != ord("w") and printed(code))
    assert "word1" in ledger(monkeypatch, made, "a.pdf")["words"]["missing"]


def pdf_with_more():
    """Return a PDF with comments, a link, a filled-in field, a file and a film."""
    comments = [
        b"<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(Remark %d)>>" % n for n in range(30)
    ]
    link = b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://example.org/far\\(1\\))>>>>"
    field = (
        b"<</Type/Annot/Subtype/Widget/Rect[0 0 99 20]/FT/Tx/T(name)/V(Ann Drew)/DA(/Helv 9 Tf)>>"
    )
    film = b"<</Type/Annot/Subtype/Movie/Rect[0 0 9 9]>>"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[5 0 R]>>/Names 8 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Annots[4 0 R 5 0 R "
        + b" ".join([film, *comments])
        + b"]>>",
        link,
        field,
        b"<</Type/Filespec/F(a.txt)/EF<</F 7 0 R>>>>",
        b"<</Type/EmbeddedFile/Length 5>>stream\nhello\nendstream",
        b"<</EmbeddedFiles<</Names[(a.txt)6 0 R]>>>>",
    ]
    return of_objects(*(part.decode("latin-1") for part in parts))


def test_what_a_pdf_holds_beside_its_text_is_counted_and_named(monkeypatch):
    found = ledger(monkeypatch, pdf_with_more(), "a.pdf")
    assert {thing: (line["held"], line["named"]) for thing, line in found.items()} == {
        "words": (0, 0),
        "links": (1, 1),
        "attachments": (1, 1),
        "comments": (30, 30),
        "fields": (1, 1),
        "recordings": (1, 1),
    }


def test_what_a_pdf_holds_and_no_note_names_is_told(monkeypatch):
    monkeypatch.setattr(prepare, "pdf_notes", lambda _pdf, _raw: [])
    found = ledger(monkeypatch, pdf_with_more(), "a.pdf")
    assert {thing for thing, line in found.items() if lost(line)} == {
        "links", "attachments", "comments", "fields", "recordings",
    }  # fmt: skip
    assert found["links"]["missing"] == ["https://example.org/far(1)"]


def test_objects_that_are_packed_are_read_as_well():
    inner = b"<</Type/Catalog/A(in\\050side\\))/B<feff00e9>/C#20D[1 -2.5 true 4 0 R]>> (two)"
    numbers = b"11 0 12 %d " % inner.index(b" (two)")
    body = zlib.compress(numbers + inner)
    head = b"<</Type/ObjStm/N 2/First %d/Filter/FlateDecode/Length %d>>" % (
        len(numbers),
        len(body),
    )
    packed_objects = b"%PDF-1.5\n9 0 obj\n" + head + b"stream\n" + body + b"\nendstream endobj"
    found = pdf_objects.Objects(packed_objects)
    root = found.root()
    assert pdf_objects.text_of(root["A"]) == "in(side)"
    assert pdf_objects.text_of(root["B"]) == "é"
    assert root["C D"] == [1, -2.5, None, pdf_objects.Ref(4)]
    assert found.got(pdf_objects.Ref(12)) == b"two"


@pytest.mark.parametrize(
    "made",
    [
        b"1 0 obj" + b"[" * 100_000,
        b"1 0 obj" + b"<<" * 100_000,
        b"1 0 obj" + b"(" * 100_000,
        b"1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R 1 0 R]>>endobj",
        b"1 0 obj 2 0 R endobj 2 0 obj 1 0 R endobj",
        b"1 0 obj " * 200_000,
        b"%s 0 obj<</Length 99999999999>>stream" % (b"9" * 10),
    ],
    ids=["lists", "dictionaries", "brackets", "a circle", "pointers", "no end", "a length"],
)
def test_objects_that_were_made_to_harm_end(made):
    found = pdf_objects.Objects(b"%PDF-1.7\n" + made)
    found.root()
    assert found.dict_of(pdf_objects.Ref(1)).keys() <= {"Type", "Pages", "Kids", "Length"}


def test_an_old_word_file_is_counted(monkeypatch):
    made = doc(
        [para("Moved at noon"), para("here ", '\x13 HYPERLINK "http://x.example/y" \x14far\x15')],
    )
    found = ledger(monkeypatch, made, "a.doc")
    assert [line for line in found.values() if lost(line)] == []
    words_of_it = ledger(monkeypatch, made, "a.doc", without("noon"))["words"]
    assert words_of_it["missing"] == ["moved", "at", "noon"]


@pytest.mark.parametrize("kind", sorted(MEDIA))
def test_every_kind_of_document_has_a_second_reading(kind):
    assert kind in count.HOLDS or kind in PICTURES


def held(*pieces):
    found = Held()
    for piece in pieces:
        found.say(piece)
    return found


def words(found, *pages, notes=(), **named):
    (line, *_) = Compare(found, pages, notes, told_below=False).lines(named)
    return line["shown"], line["named"], line["missing"]


@pytest.mark.parametrize(
    ("said", "page"),
    [
        ("The exam\u00adination \ufb01nished", "The exam-\nination FINISHED"),
        ("a restraint position was held", "a res traint posi tion was held"),
        ("He was seen at the door", "Hewas seenat thedoor"),
        ("他说他不能呼吸了", "他说他不能\n呼吸了"),
        ("Straße Nº 4", "STRASSE no 4"),
        ("re\u0301sume\u0301", "r\u00e9sum\u00e9"),
    ],
)
def test_how_a_layout_sets_words_is_no_loss(said, page):
    assert words(held(said), page)[2] == []


def test_a_word_that_stands_once_on_the_page_and_twice_in_the_file_is_missed():
    twice = held("He was not restrained then", "He was not restrained then")
    assert words(twice, "He was not restrained then") == (
        5, 0, ["he", "was", "not", "restrained", "then"],
    )  # fmt: skip


def test_a_small_word_within_another_is_not_taken_for_it():
    assert words(held("No", "was seen"), "nothing was seen")[2] == ["no"]


def test_a_dropped_word_is_missed_though_its_letters_are_elsewhere():
    assert words(held("She was not seen at noon"), "She was seen at noon. Another.")[2] == ["not"]


def test_words_in_a_note_are_named_and_so_are_those_it_stands_for():
    assert words(held("one two three"), "one", notes=["Comment: two."], words=1) == (1, 2, [])


def test_notes_at_the_foot_of_the_page_are_not_taken_for_the_text():
    found = Compare(held("macros here"), ["here Not: macros"], ["Not: macros"], told_below=True)
    (line,) = found.lines({})
    assert (line["shown"], line["named"]) == (1, 1)


def test_a_note_that_is_not_on_the_page_takes_no_word_of_it_away():
    found = Compare(held("to the left"), ["to the left"], ["Set to the left."], told_below=True)
    (line,) = found.lines({})
    assert (line["shown"], line["named"]) == (3, 0)


def test_what_a_note_says_by_itself_names_no_word():
    assert words(held("one not shown"), "one", notes=["Pictures that are not shown: two."])[2] == [
        "not", "shown",
    ]  # fmt: skip


def test_what_is_missing_is_a_sentence():
    lines = [
        LedgerLine(thing="words", held=20, shown=5, named=3, missing=("not", "seen")),
        LedgerLine(thing="pictures", held=2, shown=1, named=0),
        LedgerLine(thing="attachments", held=2, shown=0, named=2),
    ]
    assert sentences(lines) == (
        "12 words of this file are not shown: not, seen.",
        "1 picture in this file is not shown.",
    )
    assert "could not be counted" in sentences(None)[0]


def test_the_words_missing_are_told_with_the_document(worker):
    reading = worker.read(TEXT, "a.txt")
    (line,) = reading.ledger
    assert (line.thing, line.held, line.shown, line.lost) == ("words", 180, 180, 0)
    assert reading.notes == ()


@pytest.mark.parametrize(
    "subject",
    [
        "=?utf-8?Q?Caf=C3?= =?utf-8?Q?=A9_ward?=",
        "=?utf-8?B?Q2Fm?=\r\n =?utf-8?B?w6k=?= ward",
        "=?utf-8?Q?a?= =?iso-8859-1?Q?=E9?= ward",
        "a =?utf-8?Q?b?= c =?utf-8?Q?d?=",
    ],
)
def test_a_header_that_was_sent_in_pieces_is_one(monkeypatch, subject):
    raw = f"From: a@x.org\r\nSubject: {subject}\r\n\r\nwords".encode()
    assert lost(ledger(monkeypatch, raw, "a.eml")["headers"]) == 0
