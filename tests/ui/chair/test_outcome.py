"""What work did is told over the rows, and the rows stay where they can be seen."""

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from reviewer.casebook.book import Casebook
from reviewer.exchange.merge import receive
from reviewer.exchange.release import release
from tests.books import PASSPHRASE
from tests.ui.chair.panel import NAMES, issued_panel
from tests.ui.waiting import WAIT
from ui.rooms.merge.room import MergeRoom
from ui.rooms.panel.room import PanelRoom
from ui.theme import Scheme, Theme
from ui.widgets.outcome import Outcome

MANY = [f"{name}: casebook and slip" for name in "ABCDEFGHIJK"]


@pytest.fixture(params=(1.0, 1.5), ids=("drawn", "large"))
def page(qapp, qtbot, request):
    look = Theme(qapp, scheme=Scheme.LIGHT, text_scale=request.param)
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(1366, 700)
    page.column = QVBoxLayout(page)
    page.show()
    yield page
    look.deleteLater()


def over_rows(page, *, folds=True):
    outcome = Outcome(folds=folds)
    page.column.addWidget(outcome)
    page.column.addStretch(1)
    return outcome


@pytest.fixture
def height(qtbot):
    """Measure a part once all is laid out: twice the same, with every request served between."""

    def measured(part):
        seen = []

        def calm():
            seen.append(part.height())
            return len(seen) > 2 and len(set(seen[-3:])) == 1

        qtbot.waitUntil(calm, timeout=WAIT)
        return part.height()

    return measured


def test_many_lines_take_no_more_room_than_the_sentence_until_they_are_asked_for(page, height):
    outcome = over_rows(page)
    outcome.tell("11 panellists can start.")
    alone = height(outcome)
    assert outcome._more.isHidden()
    outcome.tell("11 panellists can start.", lines=MANY)
    assert height(outcome) == alone
    assert outcome.lines.splitlines() == MANY
    assert outcome._more.text() == "Show 11 lines"
    outcome._more.click()
    assert outcome._lines.isVisible()
    assert outcome._copy.isVisible()
    assert height(outcome) > alone
    assert outcome._more.text() == "Hide lines"
    outcome._more.click()
    assert height(outcome) == alone


def test_what_is_told_next_is_folded_again(page):
    outcome = over_rows(page)
    outcome.tell("11 panellists can start.", lines=MANY)
    outcome._more.click()
    outcome.tell("11 updates are written.", lines=MANY)
    assert outcome._lines.isHidden()
    assert outcome._more.text() == "Show 11 lines"


def test_what_must_be_read_is_seen_at_once_and_scrolls(page, height):
    outcome = over_rows(page)
    outcome.tell("Round 1 is released. Read this before any figure.", lines=MANY, warn=True)
    assert outcome._lines.isVisible()
    line = outcome._lines.fontMetrics().lineSpacing()
    assert outcome._lines.viewport().height() >= 3 * line
    assert outcome._lines.height() < 6 * line
    before = height(outcome)
    outcome._more.click()
    assert height(outcome) > before
    assert outcome._more.text() == "Show fewer"


@pytest.mark.parametrize(("count", "warn"), [(1, False), (2, False), (3, True)])
def test_a_few_lines_are_shown_whole(page, height, count, warn):
    outcome = over_rows(page)
    outcome.tell("It is written.", lines=MANY[:count], warn=warn)
    assert outcome._more.isHidden()
    assert outcome._lines.isVisible()
    height(outcome)
    assert outcome._lines.verticalScrollBar().maximum() == 0


def test_where_no_rows_stand_under_it_nothing_waits(page):
    outcome = over_rows(page, folds=False)
    outcome.tell("The receipt was written.", lines=MANY)
    assert outcome._more.isHidden()
    assert outcome._lines.isVisible()


def test_what_is_copied_is_whole(page):
    outcome = over_rows(page)
    outcome.tell("Read this.", lines=MANY, warn=True)
    outcome._copy.click()
    assert QApplication.clipboard().text() == "\n".join(["Read this.", *MANY])


def test_issuing_to_many_leaves_the_rows_of_the_panel_in_sight(qtbot, tmp_path, enter, height):
    path, _ = issued_panel(tmp_path, names=NAMES[:1], cases=2)
    room = enter(PanelRoom, path)
    before = room.table.viewport().height()
    folders = [tmp_path / "stick", tmp_path / "post"]
    for folder in folders:
        folder.mkdir()
    room.ask_to_issue()
    qtbot.waitUntil(lambda: room.desk.idle, timeout=WAIT)
    for which, folder in zip(("casebook", "slip"), folders, strict=True):
        room.form.set_folder(which, folder)
    room.form._names.setPlainText("\n".join(NAMES[1:]))
    room.form.send()
    qtbot.waitUntil(lambda: not room.outcome.isHidden() and room.desk.idle, timeout=6 * WAIT)
    assert len(room.outcome.lines.splitlines()) == 2 * len(NAMES[1:])
    height(room.table)
    pushed = before - room.table.viewport().height()
    assert pushed < 3 * room.table.rowHeight(0)


def test_returns_after_a_release_are_counted_and_the_refused_one_is_said_first(
    qtbot, tmp_path, enter
):
    path, returns = issued_panel(tmp_path, names=NAMES[:3], cases=2)
    with Casebook.open(path, PASSPHRASE) as book:
        receive(book, returns)
        release(book)
    bad = tmp_path / "round-1-0000.return"
    bad.write_bytes(b"not a return at all")
    room = enter(MergeRoom, path)
    room.take([*returns, bad])
    qtbot.waitUntil(lambda: not room.outcome.isHidden() and room.desk.idle, timeout=WAIT)
    sentence, *lines = room.outcome.text.splitlines()
    assert sentence == "4 files looked at, 1 needs attention."
    assert len(lines) == 4
    assert not lines[0].startswith("Already merged")
    assert not room.outcome._signs["warn"].isHidden()
