"""A chronology out of a spreadsheet: hidden rows are told, formulas without results refused."""

import openpyxl
import pytest

from reviewer.chronology.table import import_events
from reviewer.errors import RegisterError
from tests.books import chair_book


@pytest.fixture
def book(tmp_path):
    with chair_book(tmp_path / "chair.casebook", cases=1) as made:
        yield made


def test_hidden_rows_are_told_and_formulas_without_a_result_refused(tmp_path, book):
    (case,) = book.cases.all()
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.append(["when", "lane", "what"])
    sheet.append(["2012-03-11T22:04", "police", "Called"])
    sheet.append(["2012-03-11T22:10", "police", "Arrived"])
    sheet.row_dimensions[3].hidden = True
    path = tmp_path / "events.xlsx"
    made.save(path)
    found = import_events(book, case, path)
    assert found.added == 2
    assert found.notes == ("1 row that the sheet hides was read too.",)
    sheet["C2"] = "=A1&B1"
    made.save(path)
    with pytest.raises(RegisterError) as refused:
        import_events(book, case, path)
    assert "C2 holds a formula" in refused.value.details[0]
    assert len(book.events.of(case.id)) == 2
