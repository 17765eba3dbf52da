"""Whether a person has filled something in: what a form holds, compared with how it began."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from reviewer.messages import later, say

ASKS = later(
    "Escape would throw away what you filled in here. Go on with it, or say that it shall be"
    " thrown away."
)
ASKS_AT_THE_END = later(
    "Closing Reviewer would throw away what you filled in: {names}. Go on with it, or say that it"
    " shall be thrown away."
)
GO_ON = later("Go on with it")
THROW_AWAY = later("Throw it away")
_SAVED = "saved_as_typed"


class Filling:
    """A form beside a ``QWidget``: it knows whether it holds what nobody has sent yet.

    ``called`` is said when that is lost at a lock: it names nothing of the casebook.
    """

    called: str = later("a form")
    behind: bool = False  # whether it holds what was filled in while others stand in its place

    @property
    def filled(self) -> bool:
        """Whether something was filled in and not sent."""
        return False

    def keep_begun(self) -> None:
        """Keep what is filled in, where it has a place: it is being locked, and nobody sent it.

        What was given away to be kept is filled in no more; all else is told as lost.
        """


def saved_as_typed(*fields: QWidget) -> None:
    """Mark fields whose words are saved without being sent, or only look for something."""
    for field in fields:
        field.setProperty(_SAVED, True)


def unsent_in(root: QWidget) -> list[str]:
    """Return what ``root`` shows that a person typed or chose, and that nobody has sent yet."""
    shown = _shown(root)
    forms = [part for part in shown if isinstance(part, Filling)]
    names = [say(form.called) for form in forms if form.filled]
    own = {part for form in forms for part in form.findChildren(QWidget)}
    if any(_waits(part) for part in shown if part not in own):
        names.append(say("words in a field"))
    return names


def keep_begun(root: QWidget) -> None:
    """Let every form that ``root`` shows keep what was filled in and not sent."""
    for part in _shown(root):
        if isinstance(part, Filling) and part.filled:
            part.keep_begun()


def _shown(root: QWidget) -> list[QWidget]:
    parts = root.findChildren(QWidget)
    return [root, *(part for part in parts if part.isVisibleTo(root) or _behind(part))]


def _behind(part: QWidget) -> bool:
    return isinstance(part, Filling) and part.behind


def _waits(field: QWidget) -> bool:
    if field.property(_SAVED):
        return False
    if isinstance(field, QLineEdit):
        secret = field.echoMode() is QLineEdit.EchoMode.Password
        return field.isModified() and not secret and bool(field.text())
    if isinstance(field, QPlainTextEdit | QTextEdit):
        return field.document().isModified() and bool(field.toPlainText())
    return False


def state_of(form: QWidget) -> tuple[object, ...]:
    """Return what every field in ``form`` holds that a person can change."""
    return tuple(_held(field) for field in form.findChildren(QWidget))


def _held(field: QWidget) -> object:
    if isinstance(field, QLineEdit | QPlainTextEdit | QTextEdit) and field.isReadOnly():
        return None
    if isinstance(field, QLineEdit):
        return field.text()
    if isinstance(field, QPlainTextEdit | QTextEdit):
        return field.toPlainText()
    if isinstance(field, QComboBox):
        return field.currentIndex()
    if isinstance(field, QListWidget):
        ticked = Qt.CheckState.Checked
        return tuple(field.item(at).checkState() == ticked for at in range(field.count()))
    return field.isChecked() if isinstance(field, QAbstractButton) else None
