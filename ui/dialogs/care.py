"""Care for whoever reads: breaks, somebody to talk to, and an end for today.

All of it stays on this computer, in the settings of the window: nothing of it is in a casebook.
"""

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QWidget

from reviewer.messages import plural, say
from ui.dialogs.frame import Frame
from ui.settings import BREAK_MINUTES, SUPPORT, Settings
from ui.widgets.form import Form
from ui.widgets.text import Label
from ui.widgets.writing_field import WritingField

LONGEST = 2000  # characters of whom to talk to
MINUTES = (0, 20, 30, 45, 60, 90)


class CareDialog(Frame):
    """Each choice acts at once; ``ended`` is wanted by whoever has read enough for today."""

    ended = Signal()

    def __init__(self, parent: QWidget, settings: Settings, read: int | None) -> None:
        """Show what is set; ``read`` are the minutes since a casebook was opened, None if none."""
        super().__init__(
            parent,
            say("Care for whoever reads"),
            lead=say(
                "Nothing here protects from what the pages say. You decide when you look, for how"
                " long, and whom you talk to. It stays on this computer: no casebook, no return"
                " and no chair hears of it."
            ),
            width=500,
        )
        self._settings = settings
        form = Form()
        self.breaks = QComboBox()
        for minutes in MINUTES:
            words = (
                plural("after {count} minute", "after {count} minutes", count=minutes)
                if minutes
                else say("Never")
            )
            self.breaks.addItem(words, minutes)
        kept = settings.get(BREAK_MINUTES)
        nearest = min(MINUTES, key=lambda minutes: abs(minutes - kept))
        self.breaks.setCurrentIndex(MINUTES.index(nearest))
        self.breaks.currentIndexChanged.connect(
            lambda at: settings.put(BREAK_MINUTES, float(MINUTES[at]))
        )
        form.add(
            say("Remind me of a break"),
            self.breaks,
            help_=say("A line at the foot of the window; nothing is covered and nothing locks."),
        )
        self.support = _Bounded(
            say("Somebody to talk to"), say("Names, numbers, when they answer"), lines=3, most=6
        )
        self.support.show_text(settings.get(SUPPORT))
        self.support.full.connect(self._say_full)
        self.support.written.connect(self._keep)
        form.add(
            say("Somebody to talk to"),
            self.support,
            help_=say(
                "Shown in Help on this computer. What your inquiry gave you belongs here: an"
                " issued casebook does not carry it. Not encrypted, so nothing of a case."
            ),
        )
        self.body.addWidget(form)
        if read is not None:
            self.body.addWidget(Label(_since(read), tone="secondary", wrap=True))
            self.finish = self.add_button(say("Finish for today"), self._finish)

    def _finish(self) -> None:
        self.end()
        self.ended.emit()

    def done(self, result: int) -> None:
        self.support.flush()
        super().done(result)

    def _keep(self, words: str) -> None:
        self._settings.put(SUPPORT, words.strip())
        self.problem.clear()

    def _say_full(self) -> None:
        self.problem.tell(
            say("There is room for {most:,} characters here: that did not fit.", most=LONGEST)
        )


class _Bounded(WritingField):
    """Takes nothing in that does not fit, rather than cut it afterwards; ``full`` tells that."""

    full = Signal()

    def insertFromMimeData(self, source: QMimeData) -> None:
        if self._fits(len(source.text())):
            super().insertFromMimeData(source)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        types = event.text().isprintable() and bool(event.text())
        enters = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if not (types or enters) or self._fits(1):
            super().keyPressEvent(event)

    def _fits(self, more: int) -> bool:
        picked = len(self.textCursor().selectedText())
        fits = len(self.toPlainText()) - picked + more <= LONGEST
        if not fits:
            self.full.emit()
        return fits


def _since(minutes: int) -> str:
    return plural(
        "This casebook has been open for {count:,} minute. Finishing locks it. What"
        " you rated, marked and wrote is kept; a form that was not sent is not. It opens where you"
        " left it.",
        "This casebook has been open for {count:,} minutes. Finishing locks it. What"
        " you rated, marked and wrote is kept; a form that was not sent is not. It opens where you"
        " left it.",
        count=minutes,
    )
