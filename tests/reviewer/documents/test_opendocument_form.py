"""OpenDocument forms: what was ticked, chosen and typed in texts and sheets, and what is asked."""

import pytest

from reviewer.documents.formats import ods
from reviewer.documents.formats.sheet_pages import pages_of
from tests.reviewer.documents.counting import ledger, lost, without
from tests.reviewer.documents.test_ods import packed as sheets
from tests.reviewer.documents.test_ods import row, sheet
from tests.reviewer.documents.test_opendocument import p, read
from tests.reviewer.documents.test_opendocument import packed as odt

SPACES = 'xmlns:form="urn:form" xmlns:svg="urn:svg"'
FORM = (
    f"<office:forms {SPACES}><form:form><form:property form:name='x'/>"
    "<form:checkbox form:id='a' form:label='Restrained' form:current-state='checked'/>"
    "<form:radio form:id='b' form:label='Alone' form:selected='false'/>"
    "<form:text form:id='c' form:current-value='at ten' form:title='When'/>"
    "<form:listbox form:id='d'><form:option form:label='Cell' form:selected='true'/>"
    "<form:option form:value='Ward'/></form:listbox>"
    "<form:date form:id='e' form:value='2019-05-03'/>"
    "<form:fixed-text form:id='f' form:label='Officer'/><form:text/>"
    "<form:button form:label='Print' form:title='On paper'/></form:form></office:forms>"
)
LINES = [
    "☒ Restrained", "☐ Alone", "at ten (When)", "☒ Cell; ☐ Ward", "2019-05-03", "Officer",
    "Print (On paper)",
]  # fmt: skip
ASKED = (
    "<table:content-validations><table:content-validation table:name='v' table:condition="
    "'of:cell-content-is-in-list(&quot;North&quot;;&quot;South&quot;)'>"
    "<table:help-message table:title='Ward'><text:p>Which one</text:p><text:p>was it</text:p>"
    "</table:help-message><table:error-message><text:p>Ask again</text:p></table:error-message>"
    "</table:content-validation><table:content-validation table:name='w'><table:help-message>"
    "<text:p>Nowhere</text:p></table:help-message></table:content-validation>"
    "</table:content-validations>"
)
CELL = (
    '<table:table-cell table:content-validation-name="v"><text:p>North</text:p><draw:frame '
    f"{SPACES}><svg:title>A door</svg:title><svg:desc>seen from within</svg:desc></draw:frame>"
    "</table:table-cell>"
)


def asking():
    return sheets(ASKED, sheet(FORM, row(CELL, CELL.replace("A door", "A wall"))))


def text():
    controls = "".join(f"<draw:control draw:control='{at}'/> " for at in "abcdef")
    return f"{FORM}{p(controls.strip())}"


def test_a_sheet_shows_what_was_filled_in_and_what_is_asked():
    blocks, notes = pages_of(ods.book(asking()))
    lines = [block.text for block in blocks]
    at = lines.index("Beside the cells")
    assert lines[at + 1 :] == [
        *LINES,
        "Description of a picture: A door",
        "Description of a picture: seen from within",
        "Description of a picture: A wall",
        "Description of a picture: seen from within",
        "Asked of who fills it in",
        "To choose from at A1: North; South",
        "Asked at A1: Ward: Which one: was it",
        "Said of what may not stand at A1: Ask again",
        "Asked: Nowhere",
    ]
    assert notes == []


def test_a_text_shows_each_control_where_it_stands_and_others_below():
    texts, _ = read(text())
    assert texts == [
        " ".join(f"[{line}]" for line in LINES[:-1]),
        f"[field of a form: [{LINES[-1]}]]",
    ]


@pytest.mark.parametrize(("name", "raw"), [("a.ods", asking()), ("a.odt", odt(text()))])
def test_an_honest_form_leaves_nothing_out(monkeypatch, name, raw):
    found = ledger(monkeypatch, raw, name)
    assert [line for line in found.values() if lost(line)] == []


@pytest.mark.parametrize(
    ("dropped", "told"),
    [("Restrained", "restrained"), ("at ten", "ten"), ("Officer", "officer"), ("Ward", "ward"),
     ("South", "south"), ("Which one", "which"), ("Print", "print")],
)  # fmt: skip
def test_what_is_dropped_of_a_form_is_told(monkeypatch, dropped, told):
    missing = ledger(monkeypatch, asking(), "a.ods", without(dropped))["words"]["missing"]
    assert told in missing
