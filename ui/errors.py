"""The one place that puts errors into words and shows them.

An error of ours carries its sentence. Anything else is a fault of the program: it is named by its
type and place only, since its text may hold what a document or a person wrote.
"""

import re
import traceback
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget

from reviewer.errors import Cancelled, ReviewerError
from reviewer.messages import say
from ui import theme

_WORD = 280  # pixels: Qt gives a box no more than the screen less 480
_WIDTH = 420  # of the words in a box, at the drawn text size
_BESIDE = 60  # pixels beside them at that size: the edges of the box
LOCK = "lock"  # the name of the action that locks
MOST_DETAILS = 12  # lines shown at once; the rest is counted


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """What a person is told: a sentence, and further lines."""

    sentence: str
    details: tuple[str, ...] = ()


def words(error: Exception) -> Words:
    """Return what to tell of ``error``; never the text of an exception that is not ours."""
    if isinstance(error, ReviewerError):
        more = len(error.details) - MOST_DETAILS
        rest = (say("... and {more} more.", more=more),) if more > 0 else ()
        return Words(sentence=str(error), details=(*error.details[:MOST_DETAILS], *rest))
    if isinstance(error, MemoryError):
        return Words(
            sentence=say(
                "This computer ran out of memory, so the step was not done. What was"
                " saved before is safe. Close other programs and try again."
            )
        )
    return Words(
        sentence=say(
            "Something went wrong inside Reviewer, so this step was not done. What"
            " was saved before is safe. Try again; if it happens again, pass on"
            " the line below."
        ),
        details=(_place(error),),
    )


def show(parent: QWidget, error: Exception, *, title: str = "") -> None:
    """Show ``error`` in a box over ``parent``, without waiting; a stop is shown by silence."""
    if isinstance(error, Cancelled):
        return
    told = words(error)
    tell(parent, told.sentence, details=told.details, title=title or say("That did not work"))


def tell(
    parent: QWidget, sentence: str, *, details: tuple[str, ...] = (), title: str = "Reviewer"
) -> QMessageBox:
    """Show one sentence and further lines in a box over ``parent``, without waiting."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle(title)
    box.setText(sentence)
    box.setInformativeText("\n".join(details))
    _give_room(box)
    box.setStandardButtons(QMessageBox.StandardButton.Ok)
    let_lock(box, parent)
    box.open()
    return box


def let_lock(dialog: QWidget, over: QWidget) -> None:
    """Let the key that locks act in ``dialog`` too: a person leaves from wherever they are."""
    for action in over.window().actions():
        if action.objectName() == LOCK:
            dialog.addAction(action)


def _give_room(box: QMessageBox) -> None:
    """Let every line be seen: the box measures its text before it wears our type, and cuts it."""
    for name in ("qt_msgbox_label", "qt_msgbox_informativelabel"):
        label = box.findChild(QLabel, name)
        if label is not None:
            label.ensurePolished()
            label.setText(_breakable(label))
            parts = label.text().replace("\u200b", " ").split()
            words = [label.fontMetrics().horizontalAdvance(part) + 4 for part in parts]
            room = box.screen().availableGeometry().width() - round(_BESIDE * theme.scale())
            width = min(label.sizeHint().width(), round(_WIDTH * theme.scale()), room)
            width = max(width, *words, 0)
            label.setWordWrap(True)
            label.setMinimumSize(width, label.heightForWidth(width))


def _breakable(label: QLabel) -> str:
    """Return the words of ``label``, those wider than a box may be with places to break them."""
    text, metrics = label.text(), label.fontMetrics()
    for word in text.split():
        if metrics.horizontalAdvance(word) > _WORD:
            text = text.replace(word, re.sub(r"([-._/\\])", "\\1\u200b", word))
    return text


def _place(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"
