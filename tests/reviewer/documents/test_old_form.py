"""A sheet of an old Excel file that is a form: which boxes are ticked, and what is asked."""

import pytest

from reviewer.documents.formats import xls as reader
from reviewer.documents.formats.sheet_pages import pages_of
from reviewer.documents.formats.xls_form import asked
from tests.reviewer.documents import old_excel as xls
from tests.reviewer.documents.counting import ledger, lost, without

BOX, CHOICE = 0x0B, 0x0C
FORM = xls.workbook(
    (
        "Custody",
        0,
        xls.text(0, 0, 0)
        + xls.ticked(BOX, 1, "Restrained")
        + xls.ticked(BOX, 0, "Searched")
        + xls.ticked(CHOICE, 2)
        + xls.ticked(BOX, None, "Alone")
        + xls.asking(1, 1, "Officer", "Unknown", "Every technique", "Ask the sergeant")
        + xls.asking(2, 1, "", "", "", "", choices=("Cell", "Ward")),
    ),
    strings=("Force",),
)


def test_boxes_have_their_ticks_and_cells_what_is_asked_at_them():
    blocks, notes = pages_of(reader.book(FORM))
    lines = [block.text for block in blocks]
    assert lines[lines.index("Beside the cells") + 1 :] == [
        "☒ Restrained (box, ticked)",
        "☐ Searched (box, empty)",
        "☐ (choice, half ticked)",
        "☐ Alone (box, empty)",
        "Asked of who fills it in",
        "Asked at B2: Officer: Every technique",
        "Said of what may not stand at B2: Unknown: Ask the sergeant",
        "To choose from at B3: Cell, Ward",
    ]
    assert notes == []


@pytest.mark.parametrize("length", range(0, 40, 3))
def test_what_is_cut_short_is_read_as_far_as_it_goes(length):
    whole = xls.asking(1, 1, "Officer", "Unknown", "Every technique", "Ask")[4:]
    assert set(asked(whole[:length])) == set()


def test_an_honest_form_leaves_nothing_out(monkeypatch):
    found = ledger(monkeypatch, FORM, "a.xls")
    assert [line for line in found.values() if lost(line)] == []


@pytest.mark.parametrize(
    ("dropped", "told"),
    [
        ("Restrained", ["restrained", "ticked"]),
        ("Officer", ["officer", "every", "technique"]),
        ("Ward", ["cell", "ward"]),
    ],
)
def test_what_is_dropped_of_a_form_is_told(monkeypatch, dropped, told):
    missing = ledger(monkeypatch, FORM, "a.xls", without(dropped))["words"]["missing"]
    assert sorted(missing) == sorted(told)
