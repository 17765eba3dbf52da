"""One member beside the table: casebook, return, fingerprint."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.rooms.chair.when import when
from ui.rooms.panel.people import Person
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.card import SectionHeading
from ui.widgets.chip import Chip
from ui.widgets.text import Elided, Label, restyle

_COMPARE = (
    "Read these words to the panellist by telephone. Sealing gave the panellist the same six, so"
    " the return is theirs."
)
_NO_KEY = "The key arrives with the first return; then six words to compare stand here."


class PersonCard(QWidget):
    """Shows one person; tells ``again`` where their casebook shall be issued (again)."""

    again = Signal(object)  # Person

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._person: Person | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.XS)
        self._name = Elided("", size="heading")
        self._state = Chip("")
        column.addWidget(self._name)
        column.addWidget(self._state, 0, Qt.AlignmentFlag.AlignLeft)
        self._parts: dict[str, Label] = {}
        for heading in ("Casebook", "Return", "Fingerprint"):
            column.addSpacing(SPACE.M)
            column.addWidget(SectionHeading(heading))
            part = Label("", wrap=True)
            part.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._parts[heading] = part
            column.addWidget(part)
        self._help = Label("", tone="secondary", size="small", wrap=True)
        column.addWidget(self._help)
        column.addStretch(1)
        self._issue = button("Issue again...", self._ask)
        column.addWidget(self._issue, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def person(self) -> Person | None:
        """Who is shown."""
        return self._person

    def show_person(self, person: Person, *, released: bool) -> None:
        """Show ``person``."""
        self._person = person
        self._name.set_text(person.member.name)
        text, tone = _state(person)
        self._state.setText(text)
        self._state.setProperty("tone", tone)
        restyle(self._state)
        self._parts["Casebook"].setText(_casebook(person))
        self._parts["Return"].setText(_return(person))
        self._parts["Fingerprint"].setText(person.words or "None yet")
        self._help.setText(_COMPARE if person.words else _NO_KEY)
        self._issue.setText("Issue again..." if person.member.issued else "Issue...")
        self._issue.setVisible(person.member.rates and not person.own and not released)

    def _ask(self) -> None:
        if self._person is not None:
            self.again.emit(self._person)


def _state(person: Person) -> tuple[str, str]:
    if not person.member.rates:
        return "Does not rate", ""
    if person.counted is not None:
        return "Return received", "good"
    if person.returned != "out":
        return "Returns conflict", "stop"
    return ("Return out", "warn") if person.member.issued or person.own else ("Not issued", "")


def _casebook(person: Person) -> str:
    if not person.member.rates:
        return "Chairs the panel and gives no ratings."
    if person.own:
        return f"Rates in this casebook: {person.allocated} cases."
    if not person.member.issued:
        return "Not issued yet."
    return f"Issued {when(person.member.issued)} with {person.allocated} cases."


def _return(person: Person) -> str:
    if not person.member.rates:
        return "None is expected."
    if person.counted is None:
        return f"{person.why[:1].upper()}{person.why[1:]}."
    one = person.counted
    more = person.returns - 1
    earlier = f" {more} earlier one{'s' if more > 1 else ''} replaced." if more else ""
    return (
        f"Number {one.seq}, received {when(one.at)}: {one.counts.ratings:,} ratings,"
        f" {one.counts.comments:,} comments, {one.counts.marks:,} marks.{earlier}"
    )
