"""A sheet that is a form: what it asks, what may be chosen, and which boxes are ticked."""

import io
import zipfile

import pytest
import xlsxwriter

from reviewer.documents.formats import xlsx
from reviewer.documents.formats.sheet_pages import pages_of
from tests.reviewer.documents.counting import ledger, lost, without
from tests.reviewer.documents.test_ledger import png

SHAPE = (
    '<v:shape id="s{at}"><v:textbox><div><font face="Tahoma">{words}</font><br></div></v:textbox>'
    '<x:ClientData ObjectType="{kind}"><x:Anchor>1, 15, {at}, 2, 4, 0, 5, 1</x:Anchor>{more}'
    "</x:ClientData></v:shape>"
)
VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel">{shapes}</xml>'
)
DRAWN = (
    '<xdr:wsDr xmlns:xdr="http://x/s" xmlns:a="http://x/a"><xdr:sp><xdr:txBody><a:p><a:r>'
    "<a:t>Restrained</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:wsDr>"
)
RELATION = '<Relationship Id="{}" Type="http://x/{}" Target="../{}"/>'


def form(*shapes, drawing=False, described=0, vml=""):
    """Return a workbook whose sheet has controls, as the program that draws them keeps them."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet("Custody").write("A1", "Name")
    book.close()
    relations = RELATION.format("v1", "vmlDrawing", "drawings/vmlDrawing1.vml")
    relations += RELATION.format("d1", "drawing", "drawings/drawing1.xml") * drawing
    more = {"xl/drawings/vmlDrawing1.vml": vml or VML.format(shapes="".join(shapes))}
    if drawing:
        more["xl/drawings/drawing1.xml"] = DRAWN
    for at in range(described):
        relations += RELATION.format(f"c{at}", "ctrlProp", f"ctrlProps/ctrlProp{at}.xml")
        more[f"xl/ctrlProps/ctrlProp{at}.xml"] = '<formControlPr objectType="CheckBox"/>'
    more["xl/worksheets/_rels/sheet1.xml.rels"] = f"<Relationships>{relations}</Relationships>"
    with zipfile.ZipFile(out, "a") as package:
        for name, text in more.items():
            package.writestr(name, text)
    return out.getvalue()


def box(words, state="", kind="Checkbox", at=3):
    more = f"<x:Checked>{state}</x:Checked>" if state else ""
    return SHAPE.format(words=words, kind=kind, at=at, more=more)


def said(raw):
    blocks, notes = pages_of(xlsx.book(raw))
    return "\n".join(block.text for block in blocks), notes


def asking():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("Custody")
    sheet.write("A1", "Force used")
    sheet.data_validation(
        "B2",
        {
            "validate": "list",
            "source": ["Handcuffs", "Leg restraints"],
            "input_title": "Officer",
            "input_message": "Every technique, with its length",
            "error_title": "Unknown",
            "error_message": "Ask the sergeant",
        },
    )
    sheet.write_url("A5", "https://example.org/far", string="here", tip="Opens the policy")
    sheet.insert_button("D10", {"caption": "Hand over"})
    sheet.set_header("&L&G", {"image_left": "a.png", "image_data_left": io.BytesIO(png())})
    chart, alone = book.add_chart({"type": "bar"}), book.add_chartsheet("Graph")
    chart.add_series({"values": "=Custody!$A$1:$A$1"})
    alone.set_chart(chart)
    alone.set_header("&CRestricted graph")
    book.close()
    return out.getvalue()


@pytest.mark.parametrize(
    "line",
    [
        "Asked at B2: Officer: Every technique, with its length",
        "Said of what may not stand at B2: Unknown: Ask the sergeant",
        "To choose from at B2: Handcuffs,Leg restraints",
        "Said over A5: Opens the policy",
        "Hand over (on the sheet at D10)",
        "Header or footer: Restricted graph",
    ],
)
def test_what_a_sheet_asks_is_below_it(line):
    text, notes = said(asking())
    assert line in text.split("\n")
    assert "Pictures that are not shown: 1." in notes


@pytest.mark.parametrize(
    ("state", "kind", "line"),
    [
        ("1", "Checkbox", "☒ Restrained (box at B4, ticked)"),
        ("", "Checkbox", "☐ Restrained (box at B4, empty)"),
        ("0", "Checkbox", "☐ Restrained (box at B4, empty)"),
        ("2", "Checkbox", "☐ Restrained (box at B4, half ticked)"),
        ("1", "Radio", "☒ Restrained (choice at B4, ticked)"),
        ("", "GBox", "Restrained (on the sheet at B4)"),
    ],
)
@pytest.mark.parametrize("drawing", [False, True])
def test_a_box_is_shown_with_its_tick_and_once(state, kind, line, drawing):
    text, notes = said(form(box("Restrained", state, kind), drawing=drawing, described=1))
    assert [one for one in text.split("\n") if "Restrained" in one] == [line]
    assert not [note for note in notes if "not shown" in note]


def test_remarks_and_previews_are_no_controls():
    text, notes = said(form(box("old words", kind="Note"), box("preview", kind="Pict")))
    assert "old words" not in text
    assert "preview" not in text
    assert notes == []


def test_a_control_that_is_nowhere_drawn_or_cannot_be_read_is_told():
    _, notes = said(form(box("Restrained"), described=3))
    assert "Files within the spreadsheet that are not shown: 2." in notes
    _, notes = said(form(vml='<xml><v:shape ObjectType="Checkbox" ObjectType="Note">'))
    assert "Files within the spreadsheet that are not shown: 1." in notes


def test_choices_of_newer_programs_are_read_and_ranges_are_none():
    more = (
        '<x14:dataValidations xmlns:x14="http://x/14" xmlns:xm="http://x/m">'
        '<x14:dataValidation type="list" prompt="Which ward"><x14:formula1><xm:f>{}</xm:f>'
        "</x14:formula1><xm:sqref>C3</xm:sqref></x14:dataValidation></x14:dataValidations>"
    )
    for formula, shown in (('"North,South"', True), ("Lists!$A$1:$A$9", False)):
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(form())) as old, zipfile.ZipFile(out, "w") as new:
            for name in old.namelist():
                data = old.read(name)
                if name.endswith("sheet1.xml"):
                    data = data.replace(
                        b"</worksheet>", f"{more.format(formula)}</worksheet>".encode()
                    )
                new.writestr(name, data)
        text, _ = said(out.getvalue())
        assert "Asked at C3: Which ward" in text
        assert ("To choose from at C3: North,South" in text) == shown


def test_an_honest_form_leaves_nothing_out(monkeypatch):
    for raw in (
        asking(),
        form(box("Restrained", "1"), box("Searched", at=5), drawing=True, described=2),
    ):
        assert [line for line in ledger(monkeypatch, raw, "a.xlsx").values() if lost(line)] == []


@pytest.mark.parametrize(
    ("dropped", "told"),
    [
        ("Officer", "officer"),
        ("Handcuffs", "handcuffs"),
        ("Opens", "opens"),
        ("Hand over", "hand"),
    ],
)
def test_what_a_form_asks_and_is_dropped_is_told(monkeypatch, dropped, told):
    missing = ledger(monkeypatch, asking(), "a.xlsx", without(dropped))["words"]["missing"]
    assert told in missing


def test_a_tick_that_is_dropped_is_told(monkeypatch):
    raw = form(box("Restrained", "1"), box("Searched", at=5))
    missing = ledger(monkeypatch, raw, "a.xlsx", without("Restrained"))["words"]["missing"]
    assert missing == ["restrained", "ticked"]
