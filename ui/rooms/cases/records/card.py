"""One record beside the matrix: where it stands, what has happened, what is next."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QWidget

from reviewer.messages import later, say
from reviewer.record_requests.due import next_step
from reviewer.records.cases import Document
from reviewer.records.ids import RequestId
from reviewer.records.requests import RecordRequest, RequestStep, What
from ui import theme
from ui.rooms.cases.records.look import look_of, shown_as
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.flow import Flow
from ui.widgets.text import Label, restyle

_STEPS = {
    What.REQUESTED: later("Requested"),
    What.CHASED: later("Chased"),
    What.ACKNOWLEDGED: later("Acknowledged"),
    What.ENOUGH: later("Left as it is"),
}
_NONE = later("Nothing is expected here. Add a record to ask for one.")


class Dot(QWidget):
    """The dot of a step; a ring with a dashed edge for what is still to come."""

    def __init__(self, *, open_: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._open = open_

    def sizeHint(self) -> QSize:
        side = round(14 * theme.scale())
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = QColor(theme.tokens().accent)
        side = round(8 * theme.scale())
        painter.setPen(
            QPen(colour, 1, Qt.PenStyle.DotLine if self._open else Qt.PenStyle.SolidLine)
        )
        painter.setBrush(Qt.BrushStyle.NoBrush if self._open else colour)
        painter.drawEllipse(2, round(4 * theme.scale()), side, side)


class RecordCard(Card):
    """Shows one record at a time; tells what is wanted of it."""

    answering = Signal()
    attaching = Signal()
    adding = Signal()
    taking_back = Signal()
    another = Signal(str)  # the id of another record of the same cell

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName(say("The chosen record"))
        self.record: RecordRequest | None = None
        self._title = Label("", size="heading", wrap=True)
        self._chip = Chip("")
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        self._which = Label("", tone="secondary", size="small", wrap=True)
        self.body.addWidget(self._which)
        self._others = QComboBox()
        self._others.setAccessibleName(say("Records of this kind"))
        self._others.setMinimumContentsLength(8)
        self._others.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._others.activated.connect(lambda _at: self._tell_another())
        self.body.addWidget(self._others)
        self._history = QWidget()
        self.body.addWidget(self._history)
        self._here = Label("", tone="good", wrap=True)
        self.body.addWidget(self._here)
        self.body.addWidget(self._build_acts())

    @property
    def told(self) -> str:
        """What the card says, in words."""
        found = self._history.findChildren(Label)
        said = (self._title.text(), self._which.text(), self._here.text())
        return "\n".join([*said, *(one.text() for one in found)])

    def show_records(
        self,
        own: tuple[RecordRequest, ...],
        chosen: str,
        *,
        case: str,
        kind: str,
        today: str,
        arrivals: Mapping[RequestId, Document],
    ) -> None:
        """Show the record ``chosen`` of a cell, else its first, or that there is none."""
        self.record = next((one for one in own if one.id == chosen), own[0] if own else None)
        one = self.record
        self._others.setVisible(len(own) > 1)
        self._others.clear()
        for other in own:
            self._others.addItem(f"{other.name}  {other.title}, {other.agency}", other.id)
        if one is None:
            self._title.setText(kind)
            self._which.setText(f"{case} \u00b7 {say(_NONE)}" if case else say(_NONE))
        else:
            self._others.setCurrentIndex(own.index(one))
            look = look_of(shown_as(one, today))
            self._title.setText(one.title)
            self._which.setText(
                say(
                    "{case} \u00b7 {agency} \u00b7 record {name}",
                    case=case,
                    agency=one.agency,
                    name=one.name,
                )
            )
            self._chip.setText(look.name)
            self._chip.set_tone(look.tone if look.tone in {"good", "warn", "stop"} else "")
            restyle(self._chip)
        here = arrivals.get(one.id) if one is not None else None
        self._here.setText(
            say("\u201c{title}\u201d may be it.", title=here.title) if here is not None else ""
        )
        self._here.setVisible(here is not None)
        self._chip.setVisible(one is not None)
        for part in (self.answer, self.attach):
            part.setVisible(one is not None)
        self.back.setVisible(one is not None and bool(one.steps))
        self.add.setVisible(one is None)
        self._show_history(one)

    def _build_acts(self) -> QWidget:
        acts = QWidget()
        row = Flow(acts)
        self.answer = button(say("Enter an answer..."), self.answering.emit)
        self.attach = button(say("Attach the document..."), self.attaching.emit)
        self.back = button(say("Take back the latest"), self.taking_back.emit, kind="quiet")
        self.add = button(say("Add a record..."), self.adding.emit)
        for part in (self.answer, self.attach, self.back, self.add):
            row.addWidget(part)
        return acts

    def _tell_another(self) -> None:
        self.another.emit(str(self._others.currentData()))

    def _show_history(self, one: RecordRequest | None) -> None:
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, SPACE.XS, 0, SPACE.XS)
        grid.setHorizontalSpacing(SPACE.S)
        grid.setVerticalSpacing(SPACE.XS)
        grid.setColumnStretch(2, 1)
        place = 0
        for step in one.steps if one is not None else ():
            _line(grid, place, step.date, _what(step), _beside(step))
            place += 1
        found = next_step(one) if one is not None else None
        if found is not None:
            day = found.date or say("now")
            _line(grid, place, day, say("Next: {what}", what=found.words), "", open_=True)
        self.body.replaceWidget(self._history, made)
        self._history.setParent(None)
        self._history.deleteLater()
        self._history = made
        made.show()


def _line(
    grid: QGridLayout, row: int, day: str, what: str, beside: str, *, open_: bool = False
) -> None:
    top = Qt.AlignmentFlag.AlignTop
    grid.addWidget(Label(day, tone="secondary", size="small"), row, 0, top)
    grid.addWidget(Dot(open_=open_), row, 1, top)
    words = QWidget()
    column = QGridLayout(words)
    column.setContentsMargins(0, 0, 0, 0)
    column.setVerticalSpacing(0)
    column.addWidget(Label(what, size="strong" if open_ else "", wrap=True), 0, 0)
    if beside:
        column.addWidget(Label(beside, tone="secondary", size="small", wrap=True), 1, 0)
    grid.addWidget(words, row, 2)


def _what(step: RequestStep) -> str:
    if step.what in _STEPS:
        return say(_STEPS[step.what])
    return look_of(step.what.value).name


def _beside(step: RequestStep) -> str:
    parts = [
        say("letter {number}", number=step.letter) if step.letter else "",
        say("due {date}", date=step.due) if step.due else "",
        f"\u201c{step.words}\u201d" if step.words else "",
        say("the document is here") if step.document else "",
    ]
    return " \u00b7 ".join(part for part in parts if part)
