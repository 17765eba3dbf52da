"""Putting everything out of sight when the casebook is locked, and the one question at the end."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QToolTip, QWidget

from ui import errors


def close_all_but(window: QWidget) -> None:
    """Close every dialog, menu and hint of the program: each may show text of the casebook.

    A dialog that waits for work to stop does not close at once; it is hidden all the same.
    """
    QToolTip.hideText()
    others = {one for one in QApplication.topLevelWidgets() if one.isVisible()}
    for dialog in {*others, *window.findChildren(QDialog)} - {window}:
        dialog.close()
        if dialog.isVisible():
            dialog.hide()


def ask_to_lose(window: QWidget, reason: str, then: Callable[[], object]) -> QMessageBox:
    """Say that typed words could not be saved; call ``then`` where the person gives them up."""
    box = errors.tell(
        window,
        f"{reason} Reviewer still holds what you typed last. Keep it open, put the disk right and"
        " unlock the casebook: then it is saved.",
        title="Not everything is saved",
    )
    box.setStandardButtons(QMessageBox.StandardButton.NoButton)
    stay = box.addButton("Keep Reviewer open", QMessageBox.ButtonRole.RejectRole)
    lose = box.addButton("Close and lose it", QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    lose.clicked.connect(lambda _checked=False: then())
    return box
