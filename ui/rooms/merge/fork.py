"""Returns of one member that contradict one another: said plainly, with a choice for the chair."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from reviewer.crypto.words import fingerprint_words
from reviewer.records.panel import Received
from ui.rooms.chair.when import when
from ui.rooms.merge.standing import Out
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.text import Label

_TWO_KEYS = (
    "Two keys signed returns in the name of {name}: the casebook was copied, or somebody else had"
    " it. None counts. Telephone {name}, have the six key words read to you, and choose the return"
    " that has them."
)
_TWO_RETURNS = (
    "Two returns of {name} were sealed with one number, as after going back to an older copy. None"
    " counts. Ask {name} which is right, and choose it."
)


class ForkCard(QFrame):
    """Tells ``chosen`` with the digest of the return that shall count."""

    chosen = Signal(str)

    def __init__(self, out: Out, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "problem")
        two_keys = len({one.public_key for one in out.fork}) > 1
        said = (_TWO_KEYS if two_keys else _TWO_RETURNS).format(name=out.name)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.M, SPACE.S + 2, SPACE.M, SPACE.M)
        column.setSpacing(SPACE.S)
        column.addWidget(Label(f"{out.name}: which return counts?", size="strong"))
        column.addWidget(Label(said, wrap=True))
        for one in out.fork:
            column.addSpacing(SPACE.XS)
            if two_keys:
                column.addWidget(
                    Label(fingerprint_words(one.public_key), size="strong", wrap=True)
                )
            column.addWidget(self._choice(out.name, one))
        self.setAccessibleName(said)

    def _choice(self, name: str, one: Received) -> QWidget:
        words = f"No. {one.seq}, {when(one.at)}, {one.counts.ratings:,} ratings"
        made = button(words, lambda: self.chosen.emit(one.sha256), tip=f"Return {one.sha256[:8]}")
        made.setAccessibleName(f"Let this return of {name} count: {words}, {one.sha256[:8]}")
        return made
