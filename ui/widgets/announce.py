"""Have a screen reader say a sentence, where nothing that has the focus changed."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, sentence: str) -> None:
    """Say ``sentence`` of ``widget`` when the screen reader has said what it is at.

    Nothing is said for a widget that cannot be seen, and nothing for an empty sentence.
    """
    if sentence and widget.isVisible():
        event = QAccessibleAnnouncementEvent(widget, sentence)
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
        QAccessible.updateAccessibility(event)
