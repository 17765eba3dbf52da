"""What a part of the window sends where a person is there though nothing is typed or moved."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject

HEARD = QEvent.Type(QEvent.registerEventType())


def show_life(part: QObject) -> None:
    """Say that somebody listens: it does not lock meanwhile."""
    QCoreApplication.postEvent(part, QEvent(HEARD))
