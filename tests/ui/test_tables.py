"""A table with large text: the column of words keeps room, and what is said beside it goes."""

import pytest
from PySide6.QtCore import Qt

from reviewer.records.ids import CaseId
from ui.models.table import Sorted, TableModel
from ui.rooms.cases.lines import CaseLine, columns
from ui.rooms.cases.room import _SAID_BESIDE
from ui.theme import Scheme, Theme
from ui.widgets.table import Table

LINES = [
    CaseLine(
        id=CaseId(f"c{n}"),
        reference=f"2009-{n:02}",
        title="Restraint in a police van on the way to the hospital",
        documents=n,
        pages=7 * n,
        without_text=0,
        rated=3,
        factors=17,
        state="To read",
    )
    for n in range(30)
]


@pytest.fixture
def shown(qapp, qtbot):
    looks = []

    def show(text, wide, *, rates, lines=LINES):
        looks.append(Theme(qapp, scheme=Scheme.LIGHT, text_scale=text))
        model = TableModel(columns(rates=rates))
        table = Table(Sorted(model), "Cases", wide=1, spare=_SAID_BESIDE)
        model.setParent(table)
        table.model().setParent(table)
        qtbot.addWidget(table)
        table.sort_by(0)
        table.resize(wide, 500)
        table.show()
        model.set_rows(lines)
        return table

    yield show
    for look in looks:
        look.deleteLater()


def heads(table):
    model = table.model()
    return [
        model.headerData(at, Qt.Orientation.Horizontal)
        for at in range(model.columnCount())
        if not table.isColumnHidden(at)
    ]


def read(table):
    """Return how many letters of a title can be read."""
    return table.columnWidth(1) // table.fontMetrics().averageCharWidth()


@pytest.mark.parametrize("rates", [True, False], ids=("rates", "does not"))
@pytest.mark.parametrize(("text", "wide"), [(1.0, 900), (1.5, 840), (1.75, 800), (2.0, 720)])
def test_titles_can_be_read_at_every_text_size(shown, text, wide, rates):
    table = shown(text, wide, rates=rates)
    assert read(table) >= 15
    assert {"Case", "Title"} <= set(heads(table))
    assert ("State" in heads(table)) is rates


def test_columns_go_only_where_the_room_is_short_and_come_back(shown):
    table = shown(2.0, 720, rates=False)
    every = ["Case", "Title", "Documents", "Pages", "Without text"]
    assert heads(table) == every[: len(heads(table))]
    assert "Without text" not in heads(table)
    table.resize(1800, 500)
    assert heads(table) == every
    assert not table.horizontalScrollBar().maximum()


def test_the_column_that_sorts_stays(shown):
    table = shown(2.0, 720, rates=False)
    table.sortByColumn(4, Qt.SortOrder.DescendingOrder)
    assert "Without text" in heads(table)
    table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert "Without text" not in heads(table)


def test_short_titles_cost_no_column(shown):
    short = [
        CaseLine(**{f: getattr(one, f) for f in one.__slots__} | {"title": "A"}) for one in LINES
    ]
    table = shown(1.75, 800, rates=False, lines=short)
    assert "Without text" in heads(table)


def test_the_current_row_is_kept_when_a_column_goes(shown):
    table = shown(2.0, 1800, rates=False)
    table.setCurrentIndex(table.model().index(3, 4))
    table.resize(720, 500)
    assert table.currentIndex().row() == 3
