"""Keeping a field in sight when what stands under the form grows: a problem must not cover it."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

from ui import theme

_OVER = 32  # pixels over a field at the drawn text size: its name stands there


class InSight(QObject):
    """Scrolls ``area`` so that the field which one is at, or was at last, stays whole."""

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        self._area = area
        area.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            QTimer.singleShot(0, self, self.keep)  # the area has not followed yet
        return super().eventFilter(watched, event)

    def keep(self) -> None:
        """Scroll to the field, if it is out of sight."""
        inside = self._area.widget()
        if inside is None:
            return
        field = inside.focusWidget()
        if inside.isAncestorOf(field) and field.isVisibleTo(inside):  # None is in nothing
            self._show(inside, field)

    def go_to(self, field: QWidget) -> None:
        """Put the focus on ``field``, which something is missing in, and show it."""
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.keep()

    def _show(self, inside: QWidget, field: QWidget) -> None:
        """Scroll until all of ``field`` is seen; Qt itself is content with its cursor."""
        room, tall = self._area.viewport().height(), field.height()
        over = round(_OVER * theme.scale())
        top = field.mapTo(self._area.viewport(), QPoint()).y()
        if tall + 2 * over > room:
            self._area.ensureWidgetVisible(field, 0, over)
        elif top < 0 or top + tall > room:
            middle = field.mapTo(inside, field.rect().center())
            self._area.ensureVisible(middle.x(), middle.y(), 0, tall // 2 + over)
