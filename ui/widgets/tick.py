"""A sentence to tick, broken into lines where it is longer than the room for it."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QWidget

_TICK = 32  # pixels that the tick takes


class Tick(QCheckBox):
    """A box with a sentence; what is spoken is the sentence in one line."""

    def __init__(self, sentence: str, *, parent: QWidget | None = None) -> None:
        self._sentence = sentence.replace("&", "&&")
        super().__init__(self._sentence, parent)
        self.setAccessibleName(sentence)

    def sizeHint(self) -> QSize:
        whole = self.fontMetrics().horizontalAdvance(self._sentence) + _TICK
        return QSize(whole, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        widest = max(map(self.fontMetrics().horizontalAdvance, self._sentence.split(" ")))
        return QSize(widest + _TICK, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        broken = self._broken(self.width() - _TICK)
        if broken != self.text():
            self.setText(broken)

    def _broken(self, room: int) -> str:
        lines = [""]
        for word in self._sentence.split(" "):
            longer = f"{lines[-1]} {word}" if lines[-1] else word
            if lines[-1] and self.fontMetrics().horizontalAdvance(longer) > room:
                lines.append(word)
            else:
                lines[-1] = longer
        return "\n".join(lines)
