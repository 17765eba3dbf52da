"""Bring in while files come: the table from the start, and what comes once a password fits."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reviewer.intake.delivery.assess import State
from tests.reviewer.documents.locking import zipped
from tests.ui.chair.test_bring_in import (  # noqa: F401 - fixtures
    WAIT,
    arrive,
    documents,
    folder,
    rest,
    rows,
    view,
)
from ui.rooms.cases.bring_in import work
from ui.rooms.cases.bring_in.lines import where


@pytest.fixture
def parts(view, monkeypatch):  # noqa: F811
    """Every table that is shown while files come; one after each file."""
    monkeypatch.setattr(work, "_AGAIN", 0)
    monkeypatch.setattr(work, "_SHARE", 0)
    shown = []
    view._came_in_part.connect(
        lambda part: shown.append(({row.item.path: where(row) for row in part.lines.rows}, part))
    )
    return shown


def test_the_files_stand_in_the_table_while_they_come(qtbot, view, folder, parts):  # noqa: F811
    arrive(qtbot, view, folder)
    first, last = parts[0][0], parts[-1][0]
    assert len(first) == 6
    assert set(first.values()) == {"\u2026 Has not come"}
    assert "\u2026 Not read yet" in last.values() or "\u2713 Ready" in last.values()
    assert where(rows(view)["2010-02/trust/scan0007.txt"]) == "\u2713 Ready"
    assert where(rows(view)["2010-03/old.wpd"]) == "\u2298 Left out"


def test_nothing_is_done_with_files_that_still_come(qtbot, view, folder, parts):  # noqa: F811
    idle, keys = [], []
    show = view._show_part
    view._came_in_part.disconnect()
    view._came_in_part.connect(
        lambda shown: (
            show(shown),
            idle.append([part.isEnabled() for part in view._idle_only]),
            keys.append(view.focusWidget() is view.files.table),
        )
    )
    arrive(qtbot, view, folder)
    assert idle
    assert not any(any(parts) for parts in idle)
    assert all(keys), "no button of the head has them"
    assert view._go.isEnabled()


def test_what_comes_late_is_shown_no_more(qtbot, view, folder, parts):  # noqa: F811
    arrive(qtbot, view, folder)
    view._show_part(parts[0][1])
    assert where(rows(view)["2010-02/trust/scan0007.txt"]) == "\u2713 Ready"


def test_a_locked_archive_is_opened_with_its_password(qtbot, view, tmp_path):  # noqa: F811
    path = tmp_path / "disclosure 6.zip"
    path.write_bytes(zipped("2010-01/ward.txt", b"Ward log", b"x-ray"))
    arrive(qtbot, view, path)
    (row,) = rows(view).values()
    assert (row.state, row.item.sha256) == (State.LEFT_OUT, "")
    assert view.card.password.isVisibleTo(view)
    view.card.password.setText("wrong")
    view.card.unlock.click()
    rest(qtbot, view)
    assert "None of the passwords" in rows(view)["2010-01/ward.txt"].know[0]
    view.card.password.setText("x-ray")
    view.card.password.setFocus()
    QTest.keyClick(view.card.password, Qt.Key.Key_Return)
    rest(qtbot, view)
    assert view.focusWidget() is view.files.table, "not the next field, where keys change the case"
    assert rows(view)["2010-01/ward.txt"].state is State.READY
    assert not view.card.password.isVisibleTo(view)
    assert len(view._shown.others) == 1, "it is the same delivery"
    view.join()
    rest(qtbot, view)
    assert [one.title for one in documents(qtbot, view)] == ["ward"]


def test_where_an_archive_lies_is_not_known_its_password_is_not_asked(qtbot, view, tmp_path):  # noqa: F811
    path = tmp_path / "disclosure 6.zip"
    path.write_bytes(zipped("2010-01/ward.txt", b"Ward log", b"x-ray"))
    arrive(qtbot, view, path)
    view._given._places.clear()
    view._choose()
    assert not view.card.password.isVisibleTo(view)
    assert "Import the archive again" in view.card._know.text()
    path.unlink()
    view.arrive(path)
    rest(qtbot, view)
    assert view.outcome.text
