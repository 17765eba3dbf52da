"""OpenDocument files in one piece of XML (.fodt, .fods): read as the archives they replace."""

import base64
import io

import pytest
from PIL import Image

from reviewer.documents.formats import embedded, ods, opendocument, sheet_pages, spreadsheet
from reviewer.documents.formats.flat import Flat
from reviewer.documents.inside import sniff
from reviewer.documents.inside.ledger import open_document
from reviewer.documents.inside.ledger.count import count
from reviewer.documents.inside.prepare import came_with, prepare
from reviewer.documents.media import MEDIA
from reviewer.documents.notes import named
from reviewer.documents.refusals import Refused
from reviewer.intake.register import read_register
from tests.reviewer.documents import test_ods

_SPACES = " ".join(
    f'xmlns:{name}="urn:{name}"'
    for name in ("office", "table", "text", "style", "number", "draw", "xlink", "dc", "svg", "ooo")
)


def whole(kind, body, before=""):
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {_SPACES} office:version="1.3"'
        f' office:mimetype="application/vnd.oasis.opendocument.{kind}">{before}'
        f"<office:automatic-styles>{test_ods.STYLES}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document>"
    ).encode()


def text(*parts, before=""):
    return whole("text", "".join(parts), before)


def sheets(*parts, before=""):
    return whole("spreadsheet", "".join(parts), before)


def letters(data):
    return f"<office:binary-data>{base64.b64encode(data).decode()}</office:binary-data>"


def drawing():
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(out, "PNG")
    return out.getvalue()


def framed(*parts):
    return (
        f'<text:p>Seen <draw:frame svg:width="3cm" svg:height="2cm">{"".join(parts)}'
        "</draw:frame></text:p>"
    )


def test_a_text_is_its_words_and_its_pictures():
    head = "<style:header><text:p>Ward 4</text:p></style:header>"
    head = f"<office:master-styles>{head}</office:master-styles>"
    data = text(framed(f"<draw:image>{letters(drawing())}</draw:image>"), before=head)
    blocks, notes = opendocument.flat(data)
    said = " ".join(block.text for block in blocks)
    assert "Seen" in said
    assert "Ward 4" in said
    assert notes == []
    made = prepare(data, "a.fodt")
    assert made.media == MEDIA["fodt"]
    assert b"/Image" in made.rendition
    assert open_document.hold_flat(data).things == {"pictures": 1}


def test_a_file_within_it_comes_out():
    data = text(
        framed(f"<draw:object-ole>{letters(b'not any file that is known')}</draw:object-ole>")
    )
    _, notes = opendocument.flat(data)
    assert named(notes) == {"attachments": 1}
    _, files = came_with(data, MEDIA["fodt"])
    assert len(files) == 1
    assert open_document.hold_flat(data).things == {"attachments": 1}


def test_macros_are_told():
    data = text(
        "<text:p>x</text:p>", before='<office:scripts><ooo:library ooo:name="S"/></office:scripts>'
    )
    assert named(opendocument.flat(data)[1]) == {"macros": 1}
    assert open_document.hold_flat(data).things == {"macros": 1}


def test_a_spreadsheet_is_its_sheets_and_the_words_of_its_charts():
    inner = (
        whole(
            "chart",
            "<text:p>Calls by month</text:p><table:table><table:table-row>"
            "<table:table-cell><text:p>May</text:p></table:table-cell></table:table-row>"
            "</table:table>",
        )
        .decode()
        .partition("?>")[2]
    )
    chart = f"<draw:frame><draw:object>{inner}</draw:object></draw:frame>"
    one = f"<table:table-cell><text:p>Ward</text:p>{chart}</table:table-cell>"
    data = sheets(
        test_ods.sheet(
            test_ods.row(one, test_ods.cell("two")), test_ods.row(test_ods.cell("after"))
        ),
        test_ods.sheet(test_ods.row(test_ods.cell("b")), name="Other", style="away"),
    )
    found = ods.flat(data)
    assert [made.name for made in found.sheets] == ["Log", "Other"]
    log, other = found.sheets
    places = {(r, c): one.text for r, row in log.rows.items() for c, one in row.items()}
    assert places == {(0, 0): "Ward", (0, 1): "two", (1, 0): "after"}
    assert log.charts == 1
    assert log.loose == ["Chart: Calls by month / May"]
    assert other.state == "hidden"
    blocks, _ = sheet_pages.pages_of(found)
    pages = [f"{getattr(block, 'title', '')}\n{block.text}" for block in blocks]
    lines = count(data, MEDIA["fods"], pages, [], {})
    assert [(line["held"], line["shown"]) for line in lines if line["thing"] == "words"] == [
        (8, 8)
    ]
    assert spreadsheet.read(data).sheets[0].name == "Log"


def test_a_register_in_it_is_read(tmp_path):
    rows = [
        test_ods.row(*map(test_ods.cell, line))
        for line in (("reference", "title"), ("C1", "A fall"), ("C2", "A call"))
    ]
    path = tmp_path / "register.fods"
    path.write_bytes(sheets(test_ods.sheet(*rows)))
    assert [row.reference for row in read_register(path, None).rows] == ["C1", "C2"]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (text(), "fodt"),
        (sheets(), "fods"),
        (
            b"<!-- kept by the ward -->" + text()[len('<?xml version="1.0" encoding="UTF-8"?>') :],
            "fodt",
        ),
        (b"<document mimetype='text/plain'/>", "text"),
    ],
)
def test_it_is_known_by_its_beginning(data, kind):
    assert sniff.kind(data, "a.xml") == kind


def test_a_drawing_is_refused():
    with pytest.raises(Refused) as caught:
        sniff.kind(whole("drawing", ""), "a.fodg")
    assert caught.value.code == "odf"


@pytest.mark.parametrize(
    ("read", "code"), [(opendocument.flat, "odt-broken"), (ods.flat, "sheet-broken")]
)
def test_one_that_is_cut_short_is_refused(read, code):
    with pytest.raises(Refused) as caught:
        read(text("<text:p>x</text:p>")[:-30])
    assert caught.value.code == code


def test_a_part_that_is_not_there_or_no_letters_is_refused():
    made = Flat(
        text(framed("<draw:image><office:binary-data>abc</office:binary-data></draw:image>"))
    )
    for name in ("Pictures/1", "Pictures/2"):
        with pytest.raises(Refused):
            made.read(name)


def test_more_parts_than_an_office_file_has_stay_where_they_are():
    one = "<draw:image><office:binary-data>eA==</office:binary-data></draw:image>"
    made = Flat(text(one * 2_100))
    assert len(made.names) == 2_001
    assert made.read("content.xml").count(b"binary-data") == 2 * 100
    assert embedded.of_flat(text()) == ({}, [])
