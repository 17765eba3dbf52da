"""One member beside the table: casebook, return, the words of the key."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from reviewer.records.panel import KeyState
from ui.rooms.chair.when import when
from ui.rooms.panel.people import Person
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.card import SectionHeading
from ui.widgets.chip import Chip
from ui.widgets.text import Elided, Label, plain, restyle

_COMPARE = (
    "Telephone {name} and have these six words read to you. The same six stand under Safekeeping"
    " in the casebook of whoever sealed this return."
)
_CHANGED = (
    "This is not the key that you compared on {at}. Telephone {name} and ask why before you"
    " release."
)
_CONFLICT = "Returns conflict, so no key counts. Merge shows the words of each, to choose by."
_NO_KEY = "The key arrives with the first return; then six words to compare stand here."


class PersonCard(QWidget):
    """Shows one person; tells ``again`` where their casebook shall be issued (again)."""

    again = Signal(object)  # Person
    rename = Signal()
    remove = Signal()
    compared = Signal(object, bool)  # Person, whether the words were the same

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
        for heading in ("Casebook", "Return", "Key words"):
            column.addSpacing(SPACE.M)
            column.addWidget(SectionHeading(heading))
            part = Label("", size="strong" if heading == "Key words" else "", wrap=True)
            part.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._parts[heading] = part
            column.addWidget(part)
        self._heard = QCheckBox("Compared by telephone")
        self._heard.clicked.connect(lambda _checked: self._on_heard())
        column.addWidget(self._heard)
        self._help = Label("", tone="secondary", size="small", wrap=True)
        column.addWidget(self._help)
        column.addStretch(1)
        self._issue = button("Issue again...", self._ask)
        column.addWidget(self._build_acts())

    def _build_acts(self) -> QWidget:
        part = QWidget()
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE.S)
        self._name_right = button("Name...", self.rename.emit)
        self._off = button("Remove...", self.remove.emit)
        for made in (self._issue, self._name_right, self._off):
            row.addWidget(made)
        row.addStretch(1)
        return part

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
        self._parts["Key words"].setText(person.words or _no_words(person))
        self._show_key(person)
        self._issue.setText("Issue again..." if person.member.issued else "Issue...")
        self._off.setVisible(person.member.role != "chair")
        for made, what in (
            (self._name_right, f"Correct the name of {person.member.name}"),
            (self._off, f"Take {person.member.name} off the panel"),
        ):
            made.setAccessibleName(what)
            made.setToolTip(plain(what))
        self._issue.setVisible(person.member.rates and not person.own and not released)

    def _show_key(self, person: Person) -> None:
        said = person.key is KeyState.COMPARED
        self._heard.setVisible(bool(person.words) and not person.own)
        self._heard.setChecked(said)
        self._heard.setText(
            f"Compared by telephone, {when(person.compared)}" if said else "Compared by telephone"
        )
        self._heard.setAccessibleName(f"{person.member.name}: {self._heard.text()}")
        self._help.setText(_key_help(person))
        self._help.setVisible(bool(self._help.text()))
        self._help.set_tone("stop" if person.key is KeyState.CHANGED else "secondary")

    def _on_heard(self) -> None:
        if self._person is not None:
            self.compared.emit(self._person, self._heard.isChecked())

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


def _no_words(person: Person) -> str:
    if not person.member.rates or person.own:
        return "None is needed."
    return "None counts" if person.returns else "None yet"


def _key_help(person: Person) -> str:
    name = person.member.name
    if not person.member.rates or person.own or person.key is KeyState.COMPARED:
        return ""
    if person.key is KeyState.CHANGED and person.words:
        return _CHANGED.format(name=name, at=when(person.compared))
    if person.words:
        return _COMPARE.format(name=name)
    return _CONFLICT if person.returns else _NO_KEY


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
