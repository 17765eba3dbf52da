"""The form that writes updates: who gets what, what is asked of them, where to."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from reviewer.exchange.updates.outline import Outline
from reviewer.messages import later, say
from reviewer.records.text import clean_line
from ui.theme import SPACE
from ui.widgets.files import choose_folder
from ui.widgets.form import Form
from ui.widgets.namebox import NameBox
from ui.widgets.side_form import SideForm
from ui.widgets.text import Label, set_tip

_LEAD = later(
    "An update brings a panellist what is new: late records, corrections,"
    " the next round. Each brings all that the ones before it brought."
    " Their ratings and marks are not touched."
)


class UpdateForm(SideForm):
    """Tells ``wished`` (names, what is asked, folder), ``away`` where it is thought better of."""

    wished = Signal(list, str, object)

    def __init__(self, folders: dict[str, Path], *, parent: QWidget | None = None) -> None:
        """Make the form; ``folders`` remembers where the last ones were written."""
        self._folders = folders
        super().__init__(
            say("Write updates"), say("Write updates..."), self.ask_folder, parent=parent
        )
        self._boxes: list[tuple[QCheckBox, Outline]] = []
        self._build()

    @property
    def chosen(self) -> list[str]:
        """The names that are ticked."""
        return [outline.member.name for box, outline in self._boxes if box.isChecked()]

    def begin(self, outlines: Sequence[Outline]) -> None:
        """Ask anew, for those to whom a casebook was issued."""
        while (item := self._people.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._boxes = []
        for outline in outlines:
            self._add(outline)
        if not outlines:
            self._people.addWidget(Label(say("Nobody has a casebook yet."), tone="secondary"))
        self._ask.clear()
        self._problem.clear()
        self._count()

    def ask_folder(self) -> None:
        """Ask where the updates go."""
        choose_folder(
            self,
            say("Where to write the updates"),
            self.send_to,
            start=self._folders.get("updates"),
        )

    def send_to(self, folder: Path) -> None:
        """Tell the wish, to be written into ``folder``."""
        self._problem.clear()
        self._folders["updates"] = folder
        self.wished.emit(self.chosen, clean_line(self._ask.text()), folder)

    def _build(self) -> None:
        column = self.inside
        column.addWidget(Label(say(_LEAD), tone="secondary", wrap=True))
        people = QWidget()
        self._people = QVBoxLayout(people)
        self._people.setContentsMargins(0, 0, 0, 0)
        self._people.setSpacing(SPACE.XS)
        column.addWidget(people)
        form = Form()
        self._ask = QLineEdit()
        self._ask.setMaxLength(400)
        example = say("For example: a late record in 2010-07")
        self._ask.setPlaceholderText(example)
        set_tip(self._ask, example)
        self._ask.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
        form.add(
            say("Ask to look again, and why"),
            self._ask,
            help_=say("Optional. A sealed round stays sealed; each panellist decides."),
        )
        column.addWidget(form)
        column.addStretch(1)

    def _add(self, outline: Outline) -> None:
        name = outline.member.name
        box = NameBox(name)
        box.setChecked(not outline.why_not and outline.anything)
        box.setEnabled(not outline.why_not)
        words = outline.why_not or outline_words(outline)
        box.setAccessibleDescription(words)
        box.toggled.connect(lambda _checked: self._count())
        self._people.addWidget(box)
        told = Label(
            words, tone="warn" if outline.why_not else "secondary", size="small", wrap=True
        )
        told.setContentsMargins(SPACE.XL, 0, 0, SPACE.S)
        self._people.addWidget(told)
        self._boxes.append((box, outline))

    def _count(self) -> None:
        chosen = len(self.chosen)
        self._go.setEnabled(chosen > 0)
        self._go.setText(
            say("Write {chosen} updates...", chosen=chosen)
            if chosen > 1
            else say("Write update...")
        )


def outline_words(outline: Outline) -> str:
    """Return what an update would bring, in a line."""
    told = outline.told
    size = say(" ({size:.1f} MB)", size=outline.size / 1e6) if outline.size > 100_000 else ""
    return f"{told[:1].upper()}{told[1:]}{size}." + (
        say(" Update {sent} was written before.", sent=outline.sent) if outline.sent else ""
    )
