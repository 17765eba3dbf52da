"""A PDF that opens only with a password: the report of the import asks for it."""

from tests.reviewer.intake.test_locked import locked
from tests.ui.chair.test_dropping import said
from tests.ui.test_unsent import chairs
from tests.ui.waiting import shown
from ui.dialogs.import_report import ImportReportDialog

WAIT = 20_000


def report(qtbot, window):
    dialog = shown(qtbot, window, ImportReportDialog)
    qtbot.waitUntil(lambda: window.desk.idle, timeout=WAIT)
    return dialog


def test_a_locked_pdf_comes_in_with_the_password_that_is_typed(qtbot, window, tmp_path):
    room = chairs(qtbot, window, tmp_path)
    reference = room._model.rows[0].reference
    path = locked(tmp_path / "ward.pdf", "x-ray")
    window.actions_.bringing.import_documents(reference, [path])
    dialog = report(qtbot, window)
    assert "opens only with a password" in said(window)
    dialog.unlock.click()
    assert dialog.isVisible()
    assert "Type the password" in dialog.problem.sentence
    dialog.password.setText("wrong")
    dialog.unlock.click()
    qtbot.waitUntil(lambda: "None of the passwords" in said(window), timeout=WAIT)
    dialog = report(qtbot, window)
    dialog.password.setText("x-ray")
    dialog.unlock.click()
    qtbot.waitUntil(lambda: "1 document, 1 page" in said(window), timeout=WAIT)
    assert not hasattr(report(qtbot, window), "password"), "nothing is locked any more"
