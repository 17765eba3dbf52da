"""What somebody types while a delivery comes in stays typed, and the keys stay with it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.reviewer.intake.test_locked import locked
from tests.ui.chair.test_bring_in import (  # noqa: F401 - fixtures
    arrive,
    choose,
    folder,
    press,
    rest,
    rows,
    view,
)

WAIT = 30_000
SCAN = "2010-02/trust/scan0007.txt"


def fields(view):  # noqa: F811
    return {
        "filter": view.files.filters.words,
        "from": view.delivery.who,
        "came on": view.delivery.received,
        "kind": view.card.kind,
    }


@pytest.mark.parametrize("name", ["filter", "from", "came on", "kind"])
def test_the_keys_stay_where_somebody_types_while_files_come_in(qtbot, view, folder, name):  # noqa: F811
    arrive(qtbot, view, folder)
    choose(view, "misc/note.txt")
    view.join()
    field = fields(view)[name]
    field.setFocus()
    QTest.keyClicks(field, "no")
    rest(qtbot, view)
    assert view.focusWidget() is field
    assert field.text().endswith("no")
    QTest.keyClicks(field, "x")
    rest(qtbot, view)
    assert field.text().endswith("nox")
    assert not any(row.item.out for row in rows(view).values()), "X was a letter, and no key"


def test_words_of_the_chosen_file_outlive_the_end_of_the_work(qtbot, view, folder):  # noqa: F811
    arrive(qtbot, view, folder)
    choose(view, "misc/note.txt")
    view.join()
    for field in (view.card.agency, view.card.kind, view.card.note):
        QTest.keyClicks(field, "typed")
    view.card.case.setCurrentIndex(2)
    view.card.case.activated.emit(2)
    wanted = view.card.case.currentText()
    rest(qtbot, view)
    assert view.chosen.item.path == "misc/note.txt"
    assert {one.text() for one in (view.card.agency, view.card.kind, view.card.note)} == {"typed"}
    assert view.card.case.currentText() == wanted
    choose(view, SCAN)
    assert {one.text() for one in (view.card.kind, view.card.note)} == {""}, "another file's"
    choose(view, "misc/note.txt")
    assert view.card.note.text() == ""
    assert view.card.case.currentText() == "which?"


def test_what_was_sent_is_shown_as_it_is_decided(qtbot, view, folder):  # noqa: F811
    arrive(qtbot, view, folder)
    choose(view, SCAN)
    QTest.keyClicks(view.card.kind, " Ward log ")
    view.card.only.click()
    rest(qtbot, view)
    assert view.card.kind.text() == "Ward log"
    view.undo()
    rest(qtbot, view)
    assert view.card.kind.text() == ""
    QTest.keyClicks(view.card.kind, "Ward log")
    view.card.rule.click()
    rest(qtbot, view)
    view.undo()
    rest(qtbot, view)
    assert view.card.kind.text() == ""


def test_words_of_the_delivery_outlive_the_end_of_the_work(qtbot, view, folder):  # noqa: F811
    arrive(qtbot, view, folder)
    view.join()
    rest(qtbot, view)
    for field in (view.delivery.who, view.delivery.reason):
        QTest.keyClicks(field, "Trust ")
    choose(view, "misc/note.txt")
    press(qtbot, view, Qt.Key.Key_X)
    assert view.delivery.who.text() == "Trust "
    assert view.delivery.reason.text() == "Trust "
    view.delivery.keep.click()
    rest(qtbot, view)
    assert view.delivery.who.text() == view._shown.delivery.sender
    view.delivery.back.click()
    rest(qtbot, view)
    assert view.delivery.reason.text() == ""


def test_the_keys_go_to_the_table_from_a_button(qtbot, view, folder):  # noqa: F811
    arrive(qtbot, view, folder)
    view._go.setFocus()
    view._go.click()
    assert view.focusWidget() is view.files.table
    view._strip._cancel.setFocus()
    rest(qtbot, view)
    assert view.focusWidget() is view.files.table


def test_no_page_is_looked_at_beside_long_work(qtbot, view, folder):  # noqa: F811
    arrive(qtbot, view, folder)
    choose(view, SCAN)
    view.join()
    assert not view.card.look.isEnabled()
    view.files.table.setFocus()
    with qtbot.waitSignal(view.tells, timeout=WAIT) as told:
        QTest.keyClick(view.files.table, Qt.Key.Key_Space)
    assert told.args[0].startswith("Other work on the files goes on.")
    assert not view.glance.isVisible()
    rest(qtbot, view)
    assert view.card.look.isEnabled()


def test_a_password_that_is_typed_beside_long_work_is_kept(qtbot, view, tmp_path):  # noqa: F811
    path = tmp_path / "disclosure 5" / "2010-01"
    path.mkdir(parents=True)
    locked(path / "ward.pdf", "x-ray")
    arrive(qtbot, view, path.parent)
    view.join()
    view.card.password.setText("x-ray")
    with qtbot.waitSignal(view.tells, timeout=WAIT) as told:
        view.card.unlock.click()
    assert told.args[0].startswith("Other work on the files goes on.")
    rest(qtbot, view)
    assert view.card.password.text() == "x-ray"
    view.card.unlock.click()
    assert view.card.password.text() == ""
    rest(qtbot, view)
    assert not view.card.password.isVisibleTo(view)


def test_a_page_under_a_content_note_is_shown_only_when_it_is_asked_for_once_more(
    qtbot,
    view,  # noqa: F811
    folder,  # noqa: F811
):
    arrive(qtbot, view, folder)
    choose(view, SCAN)
    view.card.note.setText("Describes a restraint")
    view.card.only.click()
    rest(qtbot, view)
    press(qtbot, view, Qt.Key.Key_Space)
    assert view.glance.problem.text() == "Content note: Describes a restraint"
    assert view.glance.page.pixmap().isNull()
    assert view.glance.area.accessibleDescription() == ""
    QTest.keyClick(view.glance.area, Qt.Key.Key_Space)
    rest(qtbot, view)
    assert not view.glance.page.pixmap().isNull()
    assert not view.glance.problem.isVisible()
    QTest.keyClick(view.glance.area, Qt.Key.Key_Space)
    assert view.files.isVisible()
    press(qtbot, view, Qt.Key.Key_Space)
    assert view.glance.page.pixmap().isNull(), "covered again"
    view.glance.uncover.click()
    rest(qtbot, view)
    assert not view.glance.page.pixmap().isNull()
    QTest.keyClick(view.glance.area, Qt.Key.Key_Escape)
    press(qtbot, view, Qt.Key.Key_Space)
    QTest.keyClick(view.glance.area, Qt.Key.Key_Escape)
    assert view.files.isVisible()
    assert view.glance.problem.text() == ""
