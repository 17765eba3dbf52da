"""A problem, told where it happened: what, so what, what to do."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.picture import Picture
from ui.widgets.text import Label, restyle

_KINDS = {  # how each kind looks: surface, sign, tone
    "problem": ("problem", "warning", "stop"),
    "notice": ("notice", "warning", "warn"),
    "done": ("done", "check", "good"),
}


class InlineProblem(QFrame):
    """A sentence, further lines, at most one action; hidden until there is something to tell.

    With ``band`` it lies across a whole window or column, and the action stands at its end.
    """

    def __init__(self, *, band: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("band", "yes" if band else "")
        self.setProperty("surface", "problem")
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE.M, SPACE.S + 2, SPACE.M, SPACE.S + 2)
        row.setSpacing(SPACE.S)
        self._sign = Picture("warning", tone="stop")
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(SPACE.XS)
        self._sentence = Label("", wrap=True)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._details = Label("", tone="secondary", size="small", wrap=True)
        column.addWidget(self._sentence)
        column.addWidget(self._details)
        self._action = button("", kind="")
        self._then: Callable[[], object] | None = None
        self._action.clicked.connect(lambda _checked=False: self._act())
        row.addLayout(column, 1)
        if band:
            row.addWidget(self._action, 0, Qt.AlignmentFlag.AlignVCenter)
        else:
            column.addWidget(self._action, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says now."""
        return self._sentence.text()

    def tell(
        self,
        sentence: str,
        *,
        details: tuple[str, ...] = (),
        action: str = "",
        then: Callable[[], object] | None = None,
        notice: bool = False,
        good: bool = False,
    ) -> None:
        """Show ``sentence``: a failure, with ``notice`` something to know, with ``good`` done."""
        surface, sign, tone = _KINDS["done" if good else "notice" if notice else "problem"]
        self.setProperty("surface", surface)
        restyle(self)
        self._sign.set_picture(sign, tone)
        self._sentence.setText(sentence)
        self._details.setText("\n".join(details))
        self._details.setVisible(bool(details))
        self._then = then
        self._action.setText(action)
        self._action.setAccessibleName(action)
        self._action.setVisible(bool(action))
        self.setAccessibleName(sentence)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def clear(self) -> None:
        """Tell nothing any more."""
        self._sentence.clear()
        self._details.clear()
        self.hide()

    def _act(self) -> None:
        if self._then is not None:
            self._then()
