"""The heat map: what a cell shows, walking and sorting, models that Qt's own tester passes."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea

from reviewer.summary.consolidate import consolidate
from reviewer.summary.shapes import Class, Kind
from tests.reviewer.summary.build import cell_panel
from tests.reviewer.summary.example import example_panel
from ui.rooms.agreement import telling
from ui.rooms.agreement.figures import FactorCard, agenda_words
from ui.rooms.agreement.heatmap import HeatMap
from ui.rooms.agreement.matrix import HeatModel, Order, Role
from ui.rooms.summary.figures import GroupsCard
from ui.rooms.summary.room import note
from ui.theme import Scheme, Theme
from ui.widgets.charts import BoundedBar
from ui.widgets.heat import DASHED, FRAME, HOLLOW, SOLID
from ui.widgets.rows import SideRow
from ui.widgets.side_list import SideModel


@pytest.fixture(scope="module")
def summary():
    return consolidate(example_panel(cases=20), resamples=20)


def test_the_models_keep_qts_rules(qtmodeltester, summary):
    heat = HeatModel()
    heat.set_summary(summary)
    qtmodeltester.check(heat)
    side = SideModel()
    side.set_rows([SideRow(first="A"), SideRow(first="B", second="more")])
    qtmodeltester.check(side)


def test_a_cell_is_drawn_by_its_class(summary):
    values = summary.panel.framework.values
    for cell in summary.cells:
        drawn = telling.drawn(cell, values)
        told = cell.relevant and cell.klass is not Class.BLANK
        assert drawn.hatched == (told and not cell.assessable)
        assert bool(drawn.outline) == (cell.kind is Kind.OPEN)
        assert (drawn.outline == SOLID) == (cell.klass is Class.DISAGREEMENT)
        if cell.klass is Class.INDETERMINATE:
            assert drawn.outline == DASHED


def test_below_five_scores_the_ratings_stand_in_place_of_a_median(summary):
    few = next(c for c in summary.cells if c.klass is Class.AGREEMENT)
    few = replace(few, n=3, klass=Class.TOO_FEW, distribution=(1, 0, 2, 0, 0), median=2.0)
    assert telling.drawn(few, summary.panel.framework.values).words.split() == ["0", "2", "2"]


@pytest.mark.parametrize(
    ("votes", "words", "ground", "outline"),
    [
        ("33333", "3", "", ""),
        ("00044", "0", "", SOLID),
        ("00022", "0", "", DASHED),
        ("33333m", "3", "", DASHED),
        ("33", "3\u20093", HOLLOW, ""),
        ("02", "0\u20092", "", DASHED),
        ("mm", "n/a", "", ""),
        ("xxx0", "\u2013", "", ""),
        ("xxx4", "\u2013", "", DASHED),
        ("..", "", FRAME, ""),
        ("--", "\u00b7", "", ""),
    ],
)
def test_each_kind_of_cell_has_a_sign_of_its_own(votes, words, ground, outline):
    shown = consolidate(cell_panel(votes), resamples=1)
    drawn = telling.drawn(shown.cells[0], shown.panel.framework.values)
    assert (drawn.words, drawn.ground, drawn.outline) == (words, ground, outline)


def test_ipras_is_told_of_a_cell_on_nine_points():
    shown = consolidate(
        cell_panel("00088", values=range(1, 10), possible=4, counts=7), resamples=1
    )
    assert "IPR / IPRAS 6.40 / 3.55 !" in telling.sentence(shown, shown.cells[0])


def test_what_the_missing_records_could_change_is_told():
    for votes, said in (
        ("444mm", "what the missing records say would not change the result"),
        ("33mm", "whether the median reaches 3 depends on the missing records"),
    ):
        shown = consolidate(cell_panel(votes), resamples=1)
        assert said in telling.sentence(shown, shown.cells[0])


@pytest.mark.parametrize(("median", "place"), [(0, 0), (2.5, 2.5), (4, 4), (3, 3)])
def test_a_half_lies_between_two_points(median, place):
    assert telling.place_of(median, (0, 1, 2, 3, 4)) == place


def test_the_order_changes_under_a_choice_that_stays(qtbot, summary):
    shown = HeatMap()
    qtbot.addWidget(shown)
    shown.resize(900, 500)
    shown.show_summary(summary)
    counts = [shown.cells.index(r, shown.cells.factors).data(Role.DIFFERING) for r in range(20)]
    assert counts == sorted(counts, reverse=True)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right):
        qtbot.keyClick(shown, key)
    chosen = shown.current
    shown.set_order(Order.REFERENCE)
    assert shown.current == chosen
    heads = [shown.cells.headerData(r, Qt.Orientation.Vertical) for r in range(20)]
    assert heads == sorted(heads)


def test_the_reasons_add_up_or_say_that_they_overlap(summary):
    told = agenda_words(summary)
    assert told.startswith(f"{len(summary.agenda)} of {len(summary.cells)} cells")
    flags = sum(len(item.flags) for item in summary.agenda)
    assert ("more than one reason" in told) == (flags > len(summary.agenda))


def test_the_axis_stands_over_its_dots(qtbot, summary):
    card = FactorCard()
    qtbot.addWidget(card)
    card.resize(372, 300)
    card.show_summary(summary)
    card.show()
    qtbot.waitExposed(card)
    dot = card.findChild(QScrollArea).widget().layout().itemAtPosition(0, 1).widget()
    assert dot.width() == card._axis.width()
    assert dot.mapTo(card, dot.rect().topLeft()).x() == card._axis.x()


def test_lines_scroll_rather_than_being_cut(qtbot, summary):
    card = GroupsCard()
    qtbot.addWidget(card)
    card.show_summary(summary)
    card.setFixedSize(900, 200)
    card.show()
    qtbot.waitExposed(card)
    for line in card.groups:
        assert line.height() >= line.sizeHint().height()


def test_what_the_bars_show_is_said_in_the_frameworks_words(summary):
    assert "3 (\u201cprobably contributed\u201d) or more" in note(summary)


def test_bars_stay_wide_enough_with_large_text(qapp, qtbot, summary):
    look = Theme(qapp, scheme=Scheme.LIGHT, text_scale=1.5)
    try:
        card = GroupsCard()
        qtbot.addWidget(card)
        card.show_summary(summary)
        card.setFixedSize(905, 400)  # what a window of 1366 pixels leaves
        card.show()
        qtbot.waitExposed(card)
        assert min(bar.width() for bar in card.findChildren(BoundedBar) if bar.isVisible()) > 150
    finally:
        look.set_text_scale(1.0)
