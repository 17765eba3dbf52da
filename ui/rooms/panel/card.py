"""One member beside the table: casebook, return, the words of the key."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QScrollArea, QVBoxLayout, QWidget

from reviewer.exchange.dealings import RoundReturns
from reviewer.messages import later, plural, say
from reviewer.records.panel import KeyState, ReturnStatus
from ui.rooms.panel.people import Person
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.card import SectionHeading
from ui.widgets.chip import Chip
from ui.widgets.dates import when
from ui.widgets.flow import Flow
from ui.widgets.text import Elided, Label, restyle, set_tip

_CASEBOOK, _UPDATES = later("Casebook"), later("Updates")
_RETURNS, _WORDS = later("Returns"), later("Key words")
_COMPARE = later(
    "Telephone {name} and have these six words read to you. The same six"
    " stand under Safekeeping in the casebook of whoever sealed this"
    " return."
)
_CHANGED = later(
    "This is not the key that you compared on {at}. Telephone {name} and ask why before you"
    " release."
)
_CONFLICT = later(
    "Returns conflict, so no key counts. Merge shows the words of each, to choose by."
)
_NO_KEY = later("The key arrives with the first return; then six words to compare stand here.")


class PersonCard(QWidget):
    """Shows one person; tells ``again`` where their casebook shall be issued (again)."""

    again = Signal(object)  # Person
    rename = Signal()
    remove = Signal()
    compared = Signal(object, bool)  # Person, whether the words were the same

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._person: Person | None = None
        column = outside = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.XS)
        self._name = Elided("", size="heading")
        self._state = Chip("")
        column.addWidget(self._name)
        column.addWidget(self._state, 0, Qt.AlignmentFlag.AlignLeft)
        self._parts: dict[str, Label] = {}
        self._headings: dict[str, SectionHeading] = {}
        column.addWidget(self._build_area(), 1)
        column = self._inside
        for heading in (_CASEBOOK, _UPDATES, _RETURNS, _WORDS):
            column.addSpacing(SPACE.M)
            self._headings[heading] = SectionHeading(say(heading))
            column.addWidget(self._headings[heading])
            part = Label("", size="strong" if heading == _WORDS else "", wrap=True)
            part.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._parts[heading] = part
            column.addWidget(part)
        self._heard = QCheckBox(say("Compared by telephone"))
        self._heard.clicked.connect(lambda _checked: self._on_heard())
        column.addWidget(self._heard)
        self._help = Label("", tone="secondary", size="small", wrap=True)
        column.addWidget(self._help)
        column.addStretch(1)
        self._issue = button(say("Issue again..."), self._ask)
        outside.addWidget(self._build_acts())

    def _build_area(self) -> QScrollArea:
        """Build what scrolls where much went and came."""
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(say("What went and what came back"))
        inside = QWidget()
        self._inside = QVBoxLayout(inside)
        self._inside.setContentsMargins(0, 0, SPACE.XS, 0)
        self._inside.setSpacing(SPACE.XS)
        area.setWidget(inside)
        return area

    def _build_acts(self) -> QWidget:
        part = QWidget()
        row = Flow(part, space=SPACE.S)
        self._name_right = button(say("Name..."), self.rename.emit)
        self._off = button(say("Remove..."), self.remove.emit)
        for made in (self._issue, self._name_right, self._off):
            row.addWidget(made)
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
        self._parts[_CASEBOOK].setText(_casebook(person))
        self._parts[_UPDATES].setText(_updates(person))
        for part in (self._headings[_UPDATES], self._parts[_UPDATES]):
            part.setVisible(bool(person.member.issued))
        self._parts[_RETURNS].setText(_returns(person))
        self._parts[_WORDS].setText(person.words or _no_words(person))
        self._show_key(person)
        self._issue.setText(say("Issue again...") if person.member.issued else say("Issue..."))
        self._off.setVisible(person.member.role != "chair")
        for made, what in (
            (self._name_right, say("Correct the name of {name}", name=person.member.name)),
            (self._off, say("Take {name} off the panel", name=person.member.name)),
        ):
            made.setAccessibleName(what)
            set_tip(made, what)
        self._issue.setVisible(person.member.rates and not person.own and not released)

    def _show_key(self, person: Person) -> None:
        said = person.key is KeyState.COMPARED
        self._heard.setVisible(bool(person.words) and not person.own)
        self._heard.setChecked(said)
        self._heard.setMinimumWidth(self._heard.sizeHint().width() + SPACE.XS)
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
        return say("Does not rate"), ""
    if person.counted is not None:
        return say("Return received late") if person.late else say("Return received"), "good"
    if person.conflict:
        return say("Returns conflict"), "stop"
    return (
        (say("Return out"), "warn")
        if person.member.issued or person.own
        else (say("Not issued"), "")
    )


def _no_words(person: Person) -> str:
    if not person.member.rates or person.own:
        return say("None is needed.")
    return say("None counts") if person.returns else say("None yet")


def _key_help(person: Person) -> str:
    name = person.member.name
    if not person.member.rates or person.own:
        return ""
    if person.key is KeyState.COMPARED:
        return say("Compared on {when}.", when=when(person.compared))
    if person.key is KeyState.CHANGED and person.words:
        return say(_CHANGED, name=name, at=when(person.compared))
    if person.words:
        return say(_COMPARE, name=name)
    return say(_CONFLICT) if person.returns else say(_NO_KEY)


def _casebook(person: Person) -> str:
    if not person.member.rates:
        return say("Chairs the panel and gives no ratings.")
    cases = f"{person.allocated} {'case' if person.of == 1 else 'cases'}"
    if person.own:
        return say("Rates in this casebook: {cases}.", cases=cases)
    if not person.member.issued:
        return say("Not issued yet.")
    now = next((one for one in person.dealings.casebooks if one.counts), None)
    file = say("{file}, issued", file=now.file) if now else say("Issued")
    lines = [
        say("{file} {when} with {cases}.", file=file, when=when(person.member.issued), cases=cases)
    ]
    lines += [
        say("Replaced: {file}, {when}", file=one.file, when=when(one.at)).rstrip(", ") + "."
        for one in person.dealings.casebooks
        if not one.counts
    ]
    return "\n".join(lines)


def _updates(person: Person) -> str:
    """Return which updates were written for the casebook that this member has."""
    now = next((one for one in person.dealings.casebooks if one.counts), None)
    if now is None or not now.updates:
        return say("None was written yet.")
    return "\n".join(f"{one.file}, {when(one.at)}" for one in now.updates)


def _returns(person: Person) -> str:
    """Return what came back, round by round, the open one first."""
    if not person.member.rates:
        return say("None is expected.")
    rounds = person.dealings.rounds
    open_round = rounds[0].round if rounds else 1
    return "\n".join(
        say("Round {round}: {told}", round=one.round, told=told)
        if len(rounds) > 1
        else f"{told[:1].upper()}{told[1:]}"
        for one in rounds
        for told in [_round(one, person.why if one.round == open_round else "")]
    )


def _late(one: RoundReturns) -> str:
    if one.late is not None:
        return say(
            " Opened late, {when}: {reason}.", when=when(one.late.at), reason=one.late.reason
        )
    waits = any(one.verdict(each) is ReturnStatus.LATE for each in one.returns)
    return say(" A late return is kept sealed; Merge opens it.") if waits else ""


def _round(one: RoundReturns, why: str) -> str:
    if one.left_out:
        return say("released without: {left_out}.{late}", left_out=one.left_out, late=_late(one))
    counted = one.counted
    if counted is None or why:
        return f"{why or say('none came')}."
    more = len(one.returns) - 1
    earlier = (
        plural("; {count} more is kept beside it", "; {count} more are kept beside it", count=more)
        if more
        else ""
    )
    return say(
        "number {seq}, received {when}{earlier}.",
        seq=counted.seq,
        when=when(counted.at),
        earlier=earlier,
    )
