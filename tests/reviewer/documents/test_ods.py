"""OpenDocument spreadsheets: cells as they were shown, and what the file hides."""

import io
import zipfile

import pytest

from reviewer.documents.formats import ods
from reviewer.documents.refusals import Refused
from reviewer.intake.register import read_register
from tests.reviewer.documents.test_sheet_pages import shown

_SPACES = " ".join(
    f'xmlns:{name}="urn:{name}"'
    for name in ("office", "table", "text", "style", "number", "draw", "xlink", "dc")
)
STYLES = """
<style:style style:name="away"><style:table-properties table:display="false"/></style:style>
<style:style style:name="struck"><style:text-properties style:text-line-through-style="solid"/>
</style:style>
<number:date-style style:name="N1"><number:month/><number:year/></number:date-style>
<style:style style:name="month" style:data-style-name="N1"/>
"""


def packed(*sheets, more=()):
    """Return a spreadsheet of the sheets given; ``more`` are further parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        kind = zipfile.ZipInfo("mimetype")
        file.writestr(kind, "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr(
            "content.xml",
            f"<office:document-content {_SPACES}><office:automatic-styles>{STYLES}"
            "</office:automatic-styles><office:body><office:spreadsheet>"
            f"{''.join(sheets)}</office:spreadsheet></office:body></office:document-content>",
        )
        for name, data in more:
            file.writestr(name, data)
    return out.getvalue()


def sheet(*rows, name="Log", columns="", style=""):
    look = f' table:style-name="{style}"' if style else ""
    return f'<table:table table:name="{name}"{look}>{columns}{"".join(rows)}</table:table>'


def row(*cells, more=""):
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


def cell(words="", kind="", **more):
    said = f' office:value-type="{kind}"' if kind else ""
    said += "".join(
        f' {name.replace("__", ":").replace("_", "-")}="{value}"' for name, value in more.items()
    )
    line = f"<text:p>{words}</text:p>" if words else ""
    return f"<table:table-cell{said}>{line}</table:table-cell>"


def only(*rows, **more):
    (found,) = ods.book(packed(sheet(*rows, **more))).sheets
    return found


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (cell("0012", "float", office__value=12), "0012"),
        (cell("50 %", "percentage", office__value=0.5), "50 %"),
        (cell(kind="float", office__value=7), "7"),
        (cell(kind="boolean", office__boolean_value="true"), "true"),
        (cell('a<text:s text:c="2"/>b<text:line-break/>c<text:tab/>d'), "a  b\nc\td"),
        (cell('was <text:span text:style-name="struck">not</text:span> seen'),
         "was [struck out: not] seen"),
        (cell("not", table__style_name="struck"), "[struck out: not]"),
        (cell("on <text:date>3 May</text:date> again"), "on 3 May again"),
    ],
)  # fmt: skip
def test_a_cell_is_what_was_shown(written, text):
    assert only(row(written)).rows[0][0].text == text


def test_dates_are_known_as_far_as_they_are_shown():
    whole = cell("1. Juli 2010", "date", office__date_value="2010-07-01")
    part = cell("07/2010", "date", office__date_value="2010-07-01", table__style_name="month")
    first, second = only(row(whole, part)).rows[0].values()
    assert (first.dated, first.exact) == ("ymd", "2010-07-01")
    assert (second.text, second.dated, second.exact) == ("07/2010", "my", "")


def test_repeated_cells_and_rows_stand_as_often_as_they_are():
    found = only(
        row(
            cell("a", table__number_columns_repeated=2), cell(table__number_columns_repeated=16000)
        ),
        row(cell("b"), more='table:number-rows-repeated="3"'),
        row(cell(), more='table:number-rows-repeated="1048000"'),
        row(cell("end")),
    )
    assert [cells[0].text for cells in found.rows.values()] == ["a", "b", "b", "b", "end"]
    assert found.rows[0][1].text == "a"
    assert max(found.rows) == 1_048_004


def test_what_would_fill_a_whole_sheet_is_refused():
    with pytest.raises(Refused) as told:
        only(
            row(
                cell("x", table__number_columns_repeated=16384),
                more='table:number-rows-repeated="1048576"',
            )
        )
    assert told.value.code == "sheet-bomb"


def test_everything_stands_on_the_pages_or_in_a_note(worker):
    remark = (
        "<table:table-cell><office:annotation><dc:creator>Clerk</dc:creator>"
        "<dc:date>2020-01-01</dc:date><text:p>who wrote</text:p><text:p>this?</text:p>"
        '</office:annotation><text:p><text:a xlink:href="https://example.org/a">pulse</text:a>'
        "</text:p></table:table-cell>"
    )
    boxed = (
        "<table:shapes><draw:custom-shape><text:p>in a box</text:p></draw:custom-shape>"
        '<draw:frame><draw:image xlink:href="Pictures/a.png"/></draw:frame></table:shapes>'
    )
    untrusted = packed(
        "<table:tracked-changes><text:p>gone</text:p></table:tracked-changes>",
        sheet(
            boxed,
            row(cell("time"), remark, more='table:visibility="filter"'),
            row(cell("x", table__formula="of:=[.A1]"), cell(table__formula="of:=1+1")),
            columns='<table:table-column/><table:table-column table:visibility="collapse"/>',
        ),
        sheet(row(cell("kept aside")), name="Old", style="away"),
    )
    text, notes = shown(worker, untrusted, "a.ods")
    assert "Sheet 1: Log A B hidden 1 hidden time pulse 2 x =1+1" in text
    assert "B1: Clerk 2020-01-01 who wrote this?" in text
    assert "B1: https://example.org/a" in text
    assert "in a box" in text
    assert "Sheet 2: Old (hidden) A 1 kept aside" in text
    assert "gone" not in text
    said = " ".join(notes)
    for told in ("“Old”", "1 of “Log”", "B of “Log”", "B2 of “Log”", "earlier changes"):
        assert told in said
    assert "Pictures that are not shown: 1." in notes


def test_one_that_opens_only_with_a_password_is_refused_for_that():
    locked = packed(more=[("META-INF/manifest.xml", "<x><manifest:encryption-data/></x>")])
    with pytest.raises(Refused) as told:
        ods.book(locked)
    assert told.value.code == "sheet-locked"


def test_a_register_may_be_such_a_spreadsheet(tmp_path, worker):
    path = tmp_path / "register.ods"
    path.write_bytes(
        packed(
            sheet(
                row(cell("reference"), cell("died")),
                row(
                    cell("0012", "float", office__value=12),
                    cell("1 July 2010", "date", office__date_value="2010-07-01T00:00:00"),
                ),
            )
        )
    )
    (found,) = read_register(path, worker).rows
    assert (found.reference, found.attributes) == ("0012", {"died": "2010-07-01"})


@pytest.mark.parametrize(
    ("value", "long"),
    [("12345678901234567", True), ("123456789012345", False), ("many", False)],
)
def test_a_number_of_more_digits_than_a_sheet_keeps_is_known(value, long):
    cell = f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    table = f'<table:table table:name="A"><table:table-row>{cell}</table:table-row></table:table>'
    (sheet,) = ods.book(packed(table)).sheets
    assert (sheet.rows[0][0].text, sheet.rows[0][0].long) == (value, long)
