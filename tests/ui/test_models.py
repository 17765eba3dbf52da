"""Tables: rows as handed in, sorted by their own keys, filtered by words."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from ui.models.table import ROW_ROLE, Column, Sorted, TableModel


@dataclass(frozen=True)
class Row:
    name: str
    pages: int


COLUMNS = (
    Column(title="Case", show=lambda row: row.name),
    Column(
        title="Pages",
        show=lambda row: f"{row.pages} p",
        sort=lambda row: row.pages,
        numbers=True,
        tip="<b>of all documents</b>",
    ),
)
ROWS = [Row("2010-07", 9), Row("2009-11", 14), Row("2009-03", 100)]


@pytest.fixture
def model(qtmodeltester):
    made = TableModel(COLUMNS)
    made.set_rows(ROWS)
    return made


def column(model, place):
    return [model.index(row, place).data() for row in range(model.rowCount())]


def test_the_models_keep_qts_rules(model, qtmodeltester):
    qtmodeltester.check(model)
    proxy = Sorted(model)
    tester = QAbstractItemModelTester(proxy, QAbstractItemModelTester.FailureReportingMode.Fatal)
    proxy.set_filter("2009")
    proxy.sort(1)
    proxy.set_filter("")
    model.set_rows(ROWS[:1])
    assert tester.model() is proxy


def test_numbers_sort_as_numbers(model):
    proxy = Sorted(model)
    proxy.sort(1)
    assert column(proxy, 1) == ["9 p", "14 p", "100 p"]
    proxy.sort(0)
    assert column(proxy, 0) == ["2009-03", "2009-11", "2010-07"]


def test_all_words_must_occur_somewhere_in_the_row(model):
    proxy = Sorted(model)
    proxy.set_filter("2009 14")
    assert column(proxy, 0) == ["2009-11"]
    proxy.set_filter("nothing")
    assert proxy.rowCount() == 0
    proxy.set_filter("  ")
    assert proxy.rowCount() == 3


def test_rows_headings_and_tips(model):
    assert model.rows == tuple(ROWS)
    assert model.index(0, 0).data(ROW_ROLE) is ROWS[0]
    head = model.headerData(1, Qt.Orientation.Horizontal)
    tip = model.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert head == "Pages"
    assert "<b>" not in tip
    assert model.headerData(0, Qt.Orientation.Vertical) is None


def test_a_model_sorts_itself_by_a_columns_own_key(model, qtmodeltester):
    model.sort(1)
    assert column(model, 1) == ["9 p", "14 p", "100 p"]
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert column(model, 1) == ["100 p", "14 p", "9 p"]
    model.set_rows(ROWS[:2])
    assert column(model, 1) == ["14 p", "9 p"], "rows that come later are sorted as those before"
    model.sort(-1)
    assert column(model, 0) == ["2010-07", "2009-11"], "by none: as they were handed in"
    qtmodeltester.check(model)


def test_what_is_chosen_stays_chosen_when_a_model_sorts_itself(model):
    chosen = QPersistentModelIndex(model.place(lambda row: row.pages == 9))
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert (chosen.row(), chosen.data(ROW_ROLE)) == (2, ROWS[0])
    assert not model.place(lambda row: row.pages == 1).isValid()
