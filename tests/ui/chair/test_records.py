"""The register of records in the window: seen, narrowed, answered, chased, by keys too."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtTest import QAbstractItemModelTester, QTest

from reviewer.casebook.book import Casebook, Change
from reviewer.record_requests import templates
from reviewer.record_requests.dates import today
from reviewer.record_requests.dealings import add_record, answer
from reviewer.records.requests import Status
from reviewer.rounds.agenda import open_round
from tests.books import PASSPHRASE, chair_book
from tests.ui.chair.panel import released_panel
from tests.ui.chair.records_shots import fill
from tests.ui.waiting import WAIT, calm
from ui import theme
from ui.rooms.cases.records.look import OVERDUE, SHOWN, look_of
from ui.rooms.cases.records.material import Order, Which
from ui.rooms.cases.records.matrix import MatrixModel, Role
from ui.rooms.cases.records.painting import in_two
from ui.rooms.cases.records.view import RecordsView
from ui.rooms.cases.room import CasesRoom
from ui.rooms.cases.views import VIEWS
from ui.theme import Scheme, Theme

CHANGED = Change(tables=frozenset({"record_request", "request_step", "round"}))


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "inquiry.casebook"
    with chair_book(made, rates=False, cases=5) as book:
        fill(book)
    return made


def view_of(qtbot, room):
    """Bring the register to the front, by the keys that go from view to view."""
    calm(qtbot, room)
    for _ in VIEWS:
        room.views.bar.step(1)
        calm(qtbot, room)
        if room.views.bar.current == "records":
            break
    assert isinstance(room.front, RecordsView)
    return room.front


@pytest.fixture
def view(qtbot, path, enter):
    return view_of(qtbot, enter(CasesRoom, path))


def test_a_kind_that_is_wider_than_its_column_stands_in_two_lines(qapp, view):
    Theme(qapp, scheme=Scheme.LIGHT, text_scale=1.0)
    matrix, heads = view.matrix, view.matrix.horizontalHeader()
    metrics = QFontMetrics(theme.font("small", QFont.Weight.DemiBold))
    kinds = [matrix.cells.headerData(n, Qt.Orientation.Horizontal) for n in range(heads.count())]
    widest = max(kinds, key=metrics.horizontalAdvance)
    at, room = kinds.index(widest), metrics.horizontalAdvance(widest)
    assert len(widest.split()) > 1
    heads.resizeSection(at, room + 20)
    assert heads.lines(at) == [widest]
    one = heads.sizeHint().height()
    heads.setMinimumSectionSize(10)
    heads.resizeSection(at, room)  # a little too narrow, for what stands beside it
    first, second = heads.lines(at)
    assert f"{first} {second}" == widest  # nothing of it is left out
    assert heads.sizeHint().height() == one + QFontMetrics(theme.font("small")).height()
    assert in_two("Attendances", metrics, 20) == ["Attendances"]
    assert in_two("", metrics, 20) == [""]


def records(view):
    return view.desk.call(lambda book: book.requests.all())


def go_to(view, status):
    """Choose the first cell whose record is shown as ``status``."""
    cells = view.matrix.cells
    for row in range(cells.rowCount()):
        for column in range(cells.columnCount()):
            index = cells.index(row, column)
            if index.data(Qt.ItemDataRole.DisplayRole) == look_of(status).word:
                view.matrix.go_to(index)
                return cells.records(index)[0]
    raise AssertionError(status)


def test_the_key_counts_every_record_and_narrows_to_its_cases(qtbot, view):
    found = records(view)
    chips = view.key.chips
    told = {shown: int(chip.text().split()[-1]) for shown, chip in chips.items()}
    assert sum(told.values()) == len(found) == 50
    assert told[OVERDUE] == sum(one.overdue(today()) for one in found) > 0
    shown = next(s for s in SHOWN if 0 < told[s] < 3)
    chips[shown].click()
    assert 0 < view.matrix.cells.rowCount() <= told[shown]
    chips[shown].click()
    assert view.matrix.cells.rowCount() == 5


def test_words_agencies_gaps_and_order_narrow_the_matrix(qtbot, view):
    cells, filters = view.matrix.cells, view.filters
    filters.filter.setText("2010-03")
    assert [case.reference for case in cells.rows.cases] == ["2010-03"]
    filters.filter.clear()
    filters.agency.setCurrentIndex(filters.agency.findData("Police"))
    filters.agency.activated.emit(filters.agency.currentIndex())
    assert {one.agency for own in cells.rows.cells.values() for one in own} == {"Police"}
    filters.agency.setCurrentIndex(0)
    filters.agency.activated.emit(0)
    filters.chips[Which.OVERDUE].click()
    assert 0 < cells.rowCount() < 5
    filters.chips[Which.ALL].click()
    filters.order.setCurrentIndex(filters.order.findData(Order.REFERENCE))
    filters.order.activated.emit(filters.order.currentIndex())
    references = [case.reference for case in cells.rows.cases]
    assert references == sorted(references)


def sums(view):
    """What stands over and beside the matrix: received and expected, by kind, by case, in all."""
    cells = view.matrix.cells
    across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    kinds = [cells.headerData(n, across, Role.SUM) for n in range(cells.columnCount())]
    cases = [cells.headerData(n, down, Role.SUM) for n in range(cells.rowCount())]

    def added(texts):
        return tuple(map(sum, zip(*(map(int, text.split(" of ")) for text in texts), strict=True)))

    return added(kinds), added(cases), added([cells.corner[1][1]])


def test_the_sums_beside_the_matrix_are_of_what_it_shows(qtbot, view):
    assert len(set(sums(view))) == 1
    assert sums(view)[0][1] == 50
    filters, cells = view.filters, view.matrix.cells
    filters.agency.setCurrentIndex(filters.agency.findData("Police"))
    filters.agency.activated.emit(filters.agency.currentIndex())
    shown = [one for own in cells.rows.cells.values() for one in own]
    assert set(sums(view)) == {(sum(not one.lacking for one in shown), len(shown))}
    filters.filter.setText("2010-03")
    assert len(set(sums(view))) == 1
    assert cells.corner[0] == ("Case", "All 1")
    assert view.matrix._corner.isVisibleTo(view)
    assert view.matrix._corner.width() == view.matrix._cases.width() > 0


def test_a_cell_of_several_records_shows_the_one_that_has_not_come(qtbot, view):
    def add(book):
        case = book.cases.all()[0]
        day = today()
        for what, status in (("first", Status.COMPLETE), ("second", Status.REFUSED)):
            made = add_record(book, case, "Diary", "Police", what)
            answer(book, made, status, on=day, today=day)
        return CHANGED

    with qtbot.waitSignal(view.desk.changed, timeout=WAIT):
        view.desk.do(add).run()
    calm(qtbot, view)
    cells = view.matrix.cells
    index = cells.index_of(view.desk.call(lambda book: book.cases.all()[0].id), "Diary")
    assert index.data() == look_of(Status.REFUSED).word
    assert index.data(Role.MORE) == 1


def test_slash_goes_to_the_filter_and_escape_comes_back_from_the_card(qtbot, view):
    view.activateWindow()
    qtbot.waitUntil(view.window().isActiveWindow, timeout=WAIT)
    view.matrix.setFocus()
    QTest.keyClick(view.matrix, "/")
    assert view.filters.filter.hasFocus()
    assert view.filters.filter.text() == ""
    view.matrix.setFocus()
    QTest.keyClick(view.matrix, Qt.Key.Key_Return)
    assert view.card.answer.hasFocus()
    QTest.keyClick(view.card.answer, Qt.Key.Key_Escape)
    assert view.matrix.hasFocus()


def test_an_answer_is_entered_by_keys_alone(qtbot, view):
    one = go_to(view, Status.REQUESTED)
    QTest.keyClick(view.matrix, Qt.Key.Key_S)
    form = view.entry
    assert form.isVisibleTo(view)
    form.what.setCurrentIndex(form.what.findText(look_of(Status.REFUSED).name))
    form.words.setPlainText("legal privilege")
    form._go.click()
    calm(qtbot, view)
    found = next(r for r in records(view) if r.id == one.id)
    assert (found.status, found.steps[-1].words) == (Status.REFUSED, "legal privilege")
    assert view.card.record.id == one.id
    assert "legal privilege" in view.card.told
    assert view.matrix.currentIndex().data() == look_of(Status.REFUSED).word


def test_a_document_that_came_closes_its_record(qtbot, view):
    one = go_to(view, Status.NOT_LOCATED)
    QTest.keyClick(view.matrix, Qt.Key.Key_D)
    assert view.entry.document.currentText() == "Custody record"
    with qtbot.waitSignal(view.tells, timeout=WAIT) as told:
        view.entry._go.click()
    assert told.args == [f"{one.name}: found late."]
    found = next(r for r in records(view) if r.id == one.id)
    assert found.status is Status.FOUND_LATE
    assert found.documents


def test_what_cannot_be_is_said_in_the_form_and_nothing_is_entered(qtbot, view):
    one = go_to(view, Status.REQUESTED)
    view.ask_answer()
    view.entry.on.setText("31/12/2026")
    view.entry._go.click()
    assert "more than one day" in view.entry.problem
    view.entry.on.setText("2999-01-01")
    view.entry._go.click()
    calm(qtbot, view)
    assert "still to come" in view.entry.problem
    assert next(r for r in records(view) if r.id == one.id) == one


def test_the_latest_entry_is_taken_back(qtbot, view):
    one = go_to(view, Status.REFUSED)
    view.card.back.click()
    calm(qtbot, view)
    assert len(next(r for r in records(view) if r.id == one.id).steps) == len(one.steps) - 1


def test_a_document_that_may_be_a_record_is_named_on_its_card_and_offered(qtbot, view):
    view.ask_add()
    view.adding.kind.setEditText("Custody record")
    view.adding.agency.setEditText("Police")
    view.adding._go.click()
    calm(qtbot, view)
    one = records(view)[-1]
    view.matrix.go_to(view.matrix.cells.index_of(one.case, one.kind))
    assert "\u201cCustody record\u201d may be it." in view.card.told
    view.ask_answer(attaching=True)
    assert view.entry.document.currentText() == "Custody record"


def test_another_record_is_added_to_the_case_that_is_chosen(qtbot, view):
    view.ask_add()
    form = view.adding
    form.kind.setEditText("Post-mortem")
    form.agency.setEditText("Coroner")
    form._go.click()
    calm(qtbot, view)
    assert records(view)[-1].kind == "Post-mortem"
    assert records(view)[-1].case == view.chosen_case
    view.ask_add()
    form.kind.setEditText("")
    form._go.click()
    calm(qtbot, view)
    assert "needs a kind" in form.problem


def test_an_empty_register_begins_with_templates(qtbot, tmp_path, enter):
    path = tmp_path / "inquiry.casebook"
    chair_book(path, rates=False, cases=2).close()
    view = view_of(qtbot, enter(CasesRoom, path))
    assert view._layers.currentIndex() == 1
    view.ask_templates()
    view.templates._go.click()
    assert "Choose a template" in view.templates.problem
    box, template = view.templates.boxes[0]
    box.setChecked(True)
    view.templates._go.click()
    calm(qtbot, view)
    assert len(records(view)) == 2 * len(template.records)
    assert view._layers.currentIndex() == 0


def test_letters_that_are_due_are_written_into_a_folder(qtbot, view, tmp_path):
    folder = tmp_path / "letters"
    folder.mkdir()
    QTest.keyClick(view.matrix, Qt.Key.Key_L)
    assert view.letters.isVisibleTo(view)
    assert view.letters.fields["Mental health trust"].toPlainText().startswith("The Records")
    view._write_into({"Police": "2 High Street"}, folder)
    calm(qtbot, view)
    assert len(list(folder.glob("*.pdf"))) == len(list(folder.glob("*.docx"))) == 2
    assert view.outcome.isVisibleTo(view)
    assert {letter.agency for letter in view._material.letters}.isdisjoint(
        {"Police", "Mental health trust"}
    )


def test_before_a_release_a_gap_has_no_cost_and_after_it_has(qtbot, view, tmp_path, enter):
    go_to(view, Status.REFUSED)
    assert view.cost.told == "Known when round 1 is released."


def test_what_a_gap_costs_once_a_round_is_released(qtbot, tmp_path, enter):
    path = released_panel(tmp_path)
    with Casebook.open(path, PASSPHRASE) as book:
        case = book.cases.all()[0]
        book.requests.add([templates.new_record(case, "Ward log", "Trust")])
    view = view_of(qtbot, enter(CasesRoom, path))
    qtbot.waitUntil(lambda: view._costs is not None, timeout=WAIT)
    calm(qtbot, view)
    assert view.cost.told.startswith("5 of the 85 ratings of this case wait for it.")


def late_record(tmp_path):
    """A round is released; then the record that five ratings named as missing comes."""
    path = released_panel(tmp_path)
    with Casebook.open(path, PASSPHRASE) as book:
        case = book.cases.all()[0]
        day = today()
        log = add_record(book, case, "Ward log", "Trust")
        log = answer(book, log, Status.NOT_LOCATED, on=day, today=day)
        answer(book, log, Status.FOUND_LATE, on=day, today=day)
        return path, (case.id, book.about.framework.codes[2])


def late_view(qtbot, tmp_path, enter):
    path, cell = late_record(tmp_path)
    view = view_of(qtbot, enter(CasesRoom, path))
    qtbot.waitUntil(lambda: view._costs is not None, timeout=WAIT)
    calm(qtbot, view)
    return view, cell


def test_a_late_record_has_its_ratings_asked_for_again(qtbot, tmp_path, enter):
    view, cell = late_view(qtbot, tmp_path, enter)
    assert "on the agenda again" in view.cost.told
    assert view.cost.accessibleName() == "What it may change"
    button = view.cost._again
    assert button.isVisibleTo(view)
    assert button.text() == "Ask for it again in round 2..."
    with qtbot.waitSignal(view.asks, timeout=WAIT) as asked:
        QTest.keyClick(button, Qt.Key.Key_Space)
    assert asked.args == [frozenset({cell})]


def test_the_page_that_opens_the_round_has_that_rating_alone_ticked(
    qtbot, window, enter_room, tmp_path
):
    path, cell = late_record(tmp_path)
    enter_room(path, "cases").asks.emit(frozenset({cell}))
    form = window.room._opening
    qtbot.waitUntil(form.isVisible, timeout=WAIT)
    assert form.list.count() > 1
    assert form.picked == {cell}
    told = next(
        form.list.item(n).text()
        for n in range(form.list.count())
        if form.list.item(n).checkState() is Qt.CheckState.Checked
    )
    assert told.endswith(": late record")


def test_while_another_round_is_open_a_late_record_waits_for_the_next(qtbot, tmp_path, enter):
    view, _cell = late_view(qtbot, tmp_path, enter)
    with qtbot.waitSignal(view.desk.changed, timeout=WAIT):
        view.desk.do(lambda book: open_round(book) and CHANGED).run()
    calm(qtbot, view)
    qtbot.waitUntil(lambda: "A round is open" in view.cost.told, timeout=WAIT)
    assert not view.cost._again.isVisibleTo(view)


def test_words_that_fit_no_record_are_found_to_be_one_in_the_window(qtbot, tmp_path, enter):
    path = released_panel(tmp_path)
    with Casebook.open(path, PASSPHRASE) as book:
        case = book.cases.all()[0]
        book.requests.add([templates.new_record(case, "Observation sheets", "Trust")])
    view = view_of(qtbot, enter(CasesRoom, path))
    qtbot.waitUntil(lambda: view.words.isVisibleTo(view), timeout=WAIT)
    assert view.cost.told == "No rating waits for this record."
    with qtbot.waitSignal(view.desk.changed, timeout=WAIT):
        view.words.meant.emit("Ward log")
    qtbot.waitUntil(lambda: not view.words.isVisibleTo(view), timeout=WAIT)
    assert view.cost.told.startswith("5 of the 85 ratings")


def test_the_bar_goes_from_view_to_view_and_what_is_typed_is_not_forgotten(qtbot, path, enter):
    room = enter(CasesRoom, path)
    view = view_of(qtbot, room)
    go_to(view, Status.REQUESTED)
    view.ask_answer()
    qtbot.waitUntil(lambda: view.entry._began != (), timeout=WAIT)
    view.entry.words.setPlainText("half a sentence")
    assert "register of records" in room.unfinished
    QTest.keyClick(room.views.bar._tabs["records"], Qt.Key.Key_Left)
    assert room.front is not view
    QTest.keyClick(room.views.bar._tabs[room.views.bar.current], Qt.Key.Key_Right)
    assert room.front is view
    assert view.entry.words.toPlainText() == "half a sentence"


def test_the_model_keeps_qts_rules_and_says_what_a_cell_is(qapp, view):
    QAbstractItemModelTester(
        view.matrix.cells, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    index = view.matrix.cells.index(0, 0)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("2010-0")
    assert "R-00" in spoken
    assert MatrixModel().index(0, 0).data() is None
    assert view.matrix.indexAt(QPoint(-5, -5)).isValid() is False


def test_every_status_has_a_sign_a_word_and_a_name():
    looks = [look_of(shown) for shown in SHOWN]
    assert len({look.name for look in looks}) == len(looks) == len(Status) + 1
    assert all(look.sign and look.word for look in looks)


def test_a_view_takes_no_room_for_those_behind_it(qtbot, tmp_path, enter):
    """The window scrolls a room that is taller than it: what nobody sees must not make it so."""
    room = enter(CasesRoom, released_panel(tmp_path))
    view = view_of(qtbot, room)
    bar = room.views.bar
    over = max(bar.sizeHint().height(), bar.minimumHeight())
    assert room.minimumSizeHint().height() <= view.minimumSizeHint().height() + over
    room.views.show_view("cases")
    assert not view.isVisibleTo(room)
