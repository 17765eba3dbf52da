"""The searches that are kept under a name: chosen from a menu, kept by a name typed in it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QWidget, QWidgetAction

from reviewer.messages import say
from reviewer.records.terms import SavedSearch
from ui.theme import scale
from ui.widgets.filled import saved_as_typed

_NAME_WIDTH = 230  # pixels at the drawn text size


class KeptSearches(QPushButton):
    """A button with a menu; it holds the searches until ``set_kept`` brings others."""

    begun = Signal()  # the menu opens: what is kept is wanted
    chosen = Signal(object)  # a SavedSearch
    named = Signal(str)  # what is looked for now is to be kept under this name
    forgotten = Signal(object)  # a SavedSearch

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(say("Kept searches"), parent)
        self.setProperty("kind", "quiet")
        self.setAutoDefault(False)
        self.setAccessibleName(say("Kept searches"))
        self.kept: tuple[SavedSearch, ...] = ()
        self.list = QMenu(self)
        self.list.setAccessibleName(say("Kept searches"))
        self._gone = QMenu(say("Forget"), self.list)
        self._gone.setAccessibleName(say("Forget a kept search"))
        self.name = QLineEdit()
        saved_as_typed(self.name)
        self.name.setMinimumWidth(round(_NAME_WIDTH * scale()))
        self.name.setPlaceholderText(say("Keep this search as\u2026"))
        self.name.setAccessibleName(say("Name under which this search is kept"))
        self.name.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
        self.name.returnPressed.connect(self._keep)
        self._field = QWidgetAction(self)
        self._field.setDefaultWidget(self.name)
        self.clicked.connect(lambda _checked=False: self.begun.emit())

    def set_kept(self, kept: Sequence[SavedSearch]) -> None:
        """Take what is kept, and show the menu."""
        self.kept = tuple(kept)
        self.list.clear()
        self.list.addAction(self._field)
        self._gone.clear()
        for one in self.kept:
            words = f"{one.name}  \u00b7  {one.query}".replace("&", "&&")
            self.list.addAction(words, partial(self.chosen.emit, one))
            self._gone.addAction(one.name.replace("&", "&&"), partial(self.forgotten.emit, one))
        if self.kept:
            self.list.addMenu(self._gone)
        self.list.popup(self.mapToGlobal(QPoint(0, self.height())))
        self.name.setFocus(Qt.FocusReason.PopupFocusReason)

    def clear(self) -> None:
        """Hold no words."""
        self.kept = ()
        self.name.clear()
        self._gone.clear()
        self.list.clear()
        self.list.close()

    def _keep(self) -> None:
        name = self.name.text()
        self.name.clear()
        self.list.close()
        self.named.emit(name)
