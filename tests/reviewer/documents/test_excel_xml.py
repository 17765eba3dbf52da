"""Excel's XML of 2003: cells as they were shown, and what the file hides."""

import codecs

import pytest

from reviewer.documents.formats import excel_xml, sheet_pages, spreadsheet
from reviewer.documents.inside import sniff
from reviewer.documents.inside.ledger import workbook_xml
from reviewer.documents.inside.ledger.count import count
from reviewer.documents.media import MEDIA
from reviewer.documents.notes import named
from reviewer.documents.refusals import Refused
from reviewer.intake.register import read_register

_SPACES = (
    'xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
    ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
STYLES = (
    '<Style ss:ID="Default"/><Style ss:ID="day"><NumberFormat ss:Format="Short Date"/></Style>'
    '<Style ss:ID="padded"><NumberFormat ss:Format="0000"/></Style>'
    '<Style ss:ID="fixed"><NumberFormat ss:Format="Fixed"/></Style>'
    '<Style ss:ID="struck" ss:Parent="padded"><Font ss:StrikeThrough="1"/></Style>'
    '<Style ss:ID="part"><NumberFormat ss:Format="Percent"/></Style>'
)


def cell(words, kind="String", more="", **attributes):
    said = "".join(f' ss:{name}="{value}"' for name, value in attributes.items())
    return f'<Cell{said}><Data ss:Type="{kind}">{words}</Data>{more}</Cell>'


def sheet(*rows, name="Log", options="", columns=""):
    return (
        f'<Worksheet ss:Name="{name}"><Table>{columns}{"".join(rows)}</Table>'
        f'<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel">{options}'
        "</WorksheetOptions></Worksheet>"
    )


def whole(*sheets, before=""):
    return (
        f'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook {_SPACES}>'
        f"{before}<Styles>{STYLES}</Styles>{''.join(sheets)}</Workbook>"
    ).encode()


def workbook(*cells):
    return whole(sheet(f"<Row>{''.join(cells)}</Row>"))


def only(*cells):
    (found,) = excel_xml.book(workbook(*cells)).sheets
    return found


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (cell("12", "Number", StyleID="padded"), "0012"),
        (cell("12.5", "Number", StyleID="fixed"), "12.50"),
        (cell("0.5", "Number", StyleID="part"), "50.00%"),
        (cell("7", "Number", StyleID="struck"), "[struck out: 0007]"),
        (cell("not", StyleID="struck"), "[struck out: not]"),
        (cell("2010-05-03T00:00:00.000", "DateTime", StyleID="day"), "2010-05-03"),
        (cell("2010-05-03T10:30:00.000", "DateTime"), "2010-05-03 10:30"),
        (cell("1899-12-31T10:30:00.000", "DateTime"), "1899-12-31 10:30"),
        (cell("one day", "DateTime"), "one day"),
        (cell("1e999", "Number"), "1e999"),
        (cell("1", "Boolean"), "TRUE"),
        (cell("#N/A", "Error"), "#N/A"),
        (cell("<B>was</B> seen"), "was seen"),
        (cell("8", "Number", Formula="=R[-1]C+1"), "8"),
        ('<Cell ss:Formula="=R1C1"/>', "=R1C1"),
    ],
)
def test_a_cell_is_what_was_shown(written, text):
    assert only(written).rows[0][0].text == text


def test_a_whole_date_is_exact_and_a_formula_known():
    made = only(
        cell("2010-05-03T00:00:00.000", "DateTime", StyleID="day"),
        cell("8", "Number", Formula="=1"),
        '<Cell ss:Formula="=R1C1"/>',
    ).rows[0]
    assert made[0].exact == "2010-05-03"
    assert made[1].formula
    assert not made[1].bare
    assert made[2].bare


def test_places_hidden_things_and_what_stands_beside():
    remark = '<Comment ss:Author="M. Hale"><ss:Data><B>M. Hale:</B> not seen</ss:Data></Comment>'
    wide = cell("b", MergeAcross="1", HRef="log.pdf")
    rows = (
        f"<Row>{cell('a', more=remark)}{wide}{cell('c')}</Row>",
        f'<Row ss:Index="4" ss:Hidden="1" ss:Span="1">{cell("d", Index="3")}</Row>',
        f"<Row>{cell('e', more=remark.replace('M. Hale:', 'It was'))}</Row>",
    )
    options = (
        '<PageSetup><Header x:Data="&amp;LWard 4"/></PageSetup><Visible>SheetVeryHidden</Visible>'
    )
    data = whole(
        sheet(
            *rows,
            options=options,
            columns='<Column ss:Hidden="1"/><Column ss:Index="3" ss:Span="1" ss:Hidden="1"/>',
        ),
        before="<BinData>eA==</BinData>",
    ).replace(b"</Worksheet>", b"<x:AutoFilter/></Worksheet>")
    found = excel_xml.book(data)
    (made,) = found.sheets
    places = {(r, c): one.text for r, row in made.rows.items() for c, one in row.items()}
    assert places == {(0, 0): "a", (0, 1): "b", (0, 3): "c", (3, 2): "d", (5, 0): "e"}
    assert made.hidden_rows == {3, 4}
    assert made.hidden_columns == [(0, 0), (2, 3)]
    assert made.merged == [(0, 1, 0, 2)]
    assert made.links == {(0, 1): "log.pdf"}
    assert made.remarks == {(0, 0): "M. Hale: not seen", (5, 0): "M. Hale: It was not seen"}
    assert made.loose == ["Ward 4"]
    assert made.filtered
    assert made.state == "very hidden"
    assert named(found.notes) == {"macros": 1}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (workbook(cell("x" * 70_000)), "sheet-cell"),
        (workbook(cell("x", Index="99999")), "sheet-broken"),
        (workbook(cell("x", Index="0")), "sheet-broken"),
        (whole(cell("x")).replace(b"<Styles>", b"<Worksheet><Styles>"), "sheet-broken"),
        (whole(*["<Worksheet/>"] * 501), "sheet-bomb"),
        (workbook(cell("x"))[:-30], "sheet-broken"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + workbook()[len('<?xml version="1.0"?>') :],
         "sheet-bomb"),
    ],
)  # fmt: skip
def test_what_is_broken_or_too_much_is_refused(data, code):
    with pytest.raises(Refused) as caught:
        excel_xml.book(data)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "data",
    [
        workbook(cell("x")),
        codecs.BOM_UTF8 + b"\r\n" + workbook(cell("x")),
        codecs.BOM_UTF16_LE
        + workbook(cell("x"))
        .decode()
        .replace("?>", ' encoding="UTF-16"?>', 1)
        .encode("utf-16-le"),
    ],
)
def test_it_is_known_by_its_beginning_whatever_it_is_called(data):
    assert sniff.kind(data, "register.xls") == "excelxml"
    assert sniff.kind(b"<?xml version='1.0'?><Workbook/>", "a.xml") == "text"


def counted(data):
    blocks, notes = sheet_pages.pages_of(excel_xml.book(data))
    pages = [f"{getattr(block, 'title', '')}\n{block.text}" for block in blocks]
    lines = count(data, MEDIA["excelxml"], pages, notes, named(notes))
    return {line["thing"]: (line["held"], line["shown"], line["named"]) for line in lines}


def test_every_word_and_number_of_it_is_counted():
    remark = '<Comment ss:Author="M. Hale"><ss:Data>not seen</ss:Data></Comment>'
    data = workbook(
        cell("What was said", more=remark),
        cell("12", "Number", StyleID="padded"),
        cell("1234.5", "Number", StyleID="fixed"),
        cell("40301", "Number", StyleID="day"),
        cell("2010-05-03T10:30:00.000", "DateTime"),
        cell("1900-01-05T00:00:00.000", "DateTime", StyleID="day"),
        cell("1", "Boolean"),
        cell("one day", "DateTime"),
    )
    found = counted(data)
    assert found["words"] == (11, 11, 0)
    assert found["cells"] == (5, 5, 0)


def test_a_cell_that_is_lost_is_missed(monkeypatch):
    data = workbook(cell("What was said"), cell("12", "Number"))
    monkeypatch.setattr(excel_xml._Reader, "_made", lambda *_: None)
    found = counted(data)
    assert found["words"] == (4, 1, 0)
    assert found["cells"] == (1, 0, 0)
    assert workbook_xml.hold(whole(before="<BinData/>")).things == {"macros": 1}


def test_a_register_in_it_is_read(tmp_path):
    rows = [
        "".join(cell(words) for words in line)
        for line in (("reference", "title"), ("C1", "A fall"), ("C2", "A call"))
    ]
    data = whole(sheet(*(f"<Row>{row}</Row>" for row in rows)))
    path = tmp_path / "register.xml"
    path.write_bytes(data)
    found = read_register(path, None)
    assert [row.reference for row in found.rows] == ["C1", "C2"]
    assert spreadsheet.read(data).sheets[0].name == "Log"


def test_a_number_of_more_digits_than_a_sheet_keeps_stands_as_written():
    found = only(cell("12345678901234567", "Number")).rows[0][0]
    assert (found.text, found.long) == ("12345678901234567", True)
