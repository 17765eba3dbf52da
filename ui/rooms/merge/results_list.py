"""What became of each file that was dropped, one row a file, the newest batch first."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from reviewer.exchange.merge_result import MergeResult
from reviewer.messages import later, plural, say
from reviewer.records.panel import ReturnStatus
from ui.theme import SPACE
from ui.widgets import clipboard
from ui.widgets.buttons import button
from ui.widgets.card import Line
from ui.widgets.chip import Chip
from ui.widgets.text import Elided, Label

_MOST = 400  # rows kept on the screen
_AT_ONCE = 30  # rows made in one turn of the event loop: about 30 ms
_WORDS = {
    ReturnStatus.RECEIVED: (later("✓ Received"), "good"),
    ReturnStatus.LATE: (later("Late, kept sealed"), ""),
    ReturnStatus.SUPERSEDED: (later("Kept, another one counts"), ""),
    ReturnStatus.DUPLICATE: (later("Already merged"), ""),
    ReturnStatus.FORK: (later("! Conflict"), "stop"),
    ReturnStatus.REFUSED: (later("✕ Refused"), "stop"),
}


class Verdicts(QWidget):
    """The verdicts of this sitting; they can be copied as text."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._verdicts: list[MergeResult] = []
        self._waiting: list[
            MergeResult
        ] = []  # shown soon, below ``_placed`` rows of the same batch
        self._placed = 0
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._place)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.S)
        head = QHBoxLayout()
        self._count = Label("", tone="secondary")
        head.addWidget(self._count, 1)
        self._copy = button(say("Copy"), self._copied, kind="quiet", tip=say("Copy all verdicts"))
        head.addWidget(self._copy)
        column.addLayout(head)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setAccessibleName(say("Verdicts"))
        inside = QWidget()
        self._rows = QVBoxLayout(inside)
        self._rows.setContentsMargins(0, 0, SPACE.S, 0)
        self._rows.setSpacing(SPACE.S)
        self._rows.addStretch(1)
        area.setWidget(inside)
        column.addWidget(area, 1)

    @property
    def verdicts(self) -> tuple[MergeResult, ...]:
        """What is shown, newest first."""
        return tuple(self._verdicts)

    def add(self, verdicts: Sequence[MergeResult]) -> None:
        """Show a batch above the earlier ones, first those that need attention."""
        self._place(len(self._waiting))
        batch = urgent_first(verdicts)
        self._waiting, self._placed = batch[:_MOST], 0
        self._verdicts = [*batch, *self._verdicts][:_MOST]
        self._timer.start()
        self._count.setText(looked_at(self._verdicts))

    def _place(self, count: int = _AT_ONCE) -> None:
        """Make rows for the next of those that wait; rows too many go at the end."""
        now, self._waiting = self._waiting[:count], self._waiting[count:]
        for verdict in now:
            self._rows.insertWidget(self._placed, _row(verdict))
            self._placed += 1
        if not self._waiting:
            self._timer.stop()
        while self._rows.count() - 1 > _MOST:
            item = self._rows.takeAt(self._rows.count() - 2)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()

    def _copied(self) -> None:
        clipboard.copy(
            "\n".join(f"{v.file}: {v.standing.value}. {v.sentence}" for v in self._verdicts)
        )


def urgent_first(verdicts: Sequence[MergeResult]) -> list[MergeResult]:
    """Return ``verdicts``, first those that need attention."""
    return sorted(verdicts, key=lambda verdict: not needs(verdict))


def looked_at(verdicts: Sequence[MergeResult]) -> str:
    """Return how many files were looked at, and how many of them need attention."""
    bad = sum(map(needs, verdicts))
    files = plural("{count:,} file", "{count:,} files", count=len(verdicts))
    if not bad:
        return say("{files} looked at", files=files)
    need = plural("{count:,} needs attention", "{count:,} need attention", count=bad)
    return say("{files} looked at, {need}", files=files, need=need)


def needs(verdict: MergeResult) -> bool:
    """Say whether the chair has to do something about the file."""
    return verdict.refused or verdict.standing is ReturnStatus.FORK


def _row(verdict: MergeResult) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(SPACE.XS)
    line = QHBoxLayout()
    line.setSpacing(SPACE.S)
    words, tone = _WORDS[verdict.standing]
    words = say(words)
    line.addWidget(Elided(verdict.member or verdict.file, size="strong"), 1)
    line.addWidget(Chip(words, tone=tone))
    column.addLayout(line)
    sentence = Label(verdict.sentence, tone="secondary", wrap=True)
    sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    column.addWidget(sentence)
    if verdict.member:
        column.addWidget(Elided(verdict.file, tone="least", size="small"))
    column.addWidget(Line())
    made.setAccessibleName(f"{verdict.file}: {words}. {verdict.sentence}")
    return made
