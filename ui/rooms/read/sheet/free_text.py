"""The fields at the end of the sheet that no scale fits: good practice, other, the story."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reviewer.messages import later, say
from reviewer.records.judgement import Review
from ui.theme import SPACE
from ui.widgets.card import SectionHeading
from ui.widgets.text import Label
from ui.widgets.writing_field import WritingField

_FIELDS = (
    ("good_practice", later("Good practice"), later("What was done well, by whom")),
    ("other", later("Other"), later("What mattered here and has no factor")),
    (
        "narrative",
        later("In your words"),
        later("What happened and what follows, in a few sentences"),
    ),
)


class ClosingFields(QWidget):
    """Three fields for free text, each saved by itself."""

    edited = Signal(str, str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.S, SPACE.M, SPACE.S, 0)
        column.setSpacing(SPACE.XS)
        column.addWidget(SectionHeading(say("Not scored")))
        self.fields: dict[str, WritingField] = {}
        for name, title, hint in _FIELDS:
            field = WritingField(say(title), say(hint))
            field.written.connect(lambda text, n=name: self.edited.emit(n, text))
            field.left.connect(self.left)
            label = Label(say(title))
            label.setBuddy(field)
            column.addSpacing(SPACE.XS)
            column.addWidget(label)
            column.addWidget(field)
            self.fields[name] = field

    def set_review(self, review: Review | None, *, fresh: bool) -> None:
        """Show what is stored; what is being typed in the same case is kept."""
        for name, field in self.fields.items():
            if fresh or not field.pending:
                field.show_text(getattr(review, name) if review is not None else "")

    def set_read_only(self, *, read_only: bool) -> None:
        """Let nothing be typed, or let it again."""
        for field in self.fields.values():
            field.setReadOnly(read_only)

    def flush(self) -> None:
        """Tell what is typed and not saved yet."""
        for field in self.fields.values():
            field.flush()
