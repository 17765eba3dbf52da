"""What is asked beside the matrix: an entry of a history, another record, templates."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from reviewer.errors import InputError
from reviewer.messages import plural, say
from reviewer.record_requests.dates import day
from reviewer.record_requests.dealings import arrived
from reviewer.record_requests.templates import Template
from reviewer.records.cases import Case, Document
from reviewer.records.requests import ANSWERS, RecordRequest, What
from ui import theme
from ui.rooms.cases.records.look import look_of
from ui.widgets.form import Form
from ui.widgets.side_form import SideForm
from ui.widgets.text import Label

_LINES = 3  # of what an agency said, before it scrolls


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One entry as it was typed; days are ISO."""

    what: What
    on: str
    due: str
    words: str
    document: Document | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Added:
    """One more record as it was typed."""

    case: Case
    kind: str
    agency: str
    what: str


class EntryForm(SideForm):
    """Asks what happened to a record; tells ``wanted`` with an ``Entry``."""

    wanted = Signal(object)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(say("What happened"), say("Enter it"), self._send, parent=parent)
        self._documents: tuple[Document, ...] = ()
        self._record = Label("", tone="secondary", wrap=True)
        self.inside.addWidget(self._record)
        form = Form()
        self.what = _box()
        self.on, self.due = QLineEdit(), QLineEdit()
        self.words = QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        line = self.words.fontMetrics().lineSpacing() * _LINES
        self.words.setFixedHeight(line + round(20 * theme.scale()))
        self.document = _box()
        form.add(say("What"), self.what)
        form.add(say("On"), self.on, help_=say("As 2026-03-31."))
        form.add(say("What they said, in their words"), self.words)
        form.add(say("The document that came"), self.document)
        form.add(
            say("An answer is due by"),
            self.due,
            help_=say("As 2026-03-31. Empty: three weeks after a request, else none."),
        )
        self.inside.addWidget(form)
        self.inside.addStretch(1)

    def begin(
        self,
        record: RecordRequest,
        documents: Sequence[Document],
        today: str,
        *,
        attaching: bool = False,
        likely: Document | None = None,
    ) -> None:
        """Ask about ``record``; with ``attaching`` what came is asked for, ``likely`` first."""
        self._documents = tuple(documents)
        self._record.setText(
            say("{name} \u00b7 {title}, {agency}", name=record.name, title=record.title,
                agency=record.agency)
        )  # fmt: skip
        asked = What.CHASED if record.steps else What.REQUESTED
        self.what.clear()
        words = {
            asked: say("Asked again") if record.steps else say("Asked for"),
            What.ACKNOWLEDGED: look_of(What.ACKNOWLEDGED.value).name,
            **{What(status.value): look_of(status.value).name for status in ANSWERS},
            What.ENOUGH: say("Leave it as it is: no letter is due"),
        }
        for what, text in words.items():
            self.what.addItem(text, what)
        first = What(arrived(record).value) if attaching else asked
        self.what.setCurrentIndex(list(words).index(first))
        self.document.clear()
        self.document.addItem(say("none"))
        for one in self._documents:
            self.document.addItem(one.title)
        if attaching and likely in self._documents:
            self.document.setCurrentIndex(self._documents.index(likely) + 1)
        elif attaching and len(self._documents) == 1:
            self.document.setCurrentIndex(1)
        self.on.setText(today)
        self.due.clear()
        self.words.clear()
        first_asked = self.document if attaching else self.what
        first_asked.setFocus()

    def _send(self) -> None:
        try:
            on, due = day(self.on.text()), day(self.due.text())
        except InputError as error:
            self.refuse(str(error))
            return
        if not on:
            self.refuse(say("Give the day on which it happened."))
            return
        at = self.document.currentIndex() - 1
        self.wanted.emit(
            Entry(
                what=What(self.what.currentData()),
                on=on,
                due=due,
                words=self.words.toPlainText(),
                document=self._documents[at] if at >= 0 else None,
            )
        )


class AddForm(SideForm):
    """Asks for one more record; tells ``wanted`` with an ``Added``."""

    wanted = Signal(object)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(say("Add a record"), say("Add it"), self._send, parent=parent)
        self._cases: tuple[Case, ...] = ()
        self.case, self.kind, self.agency = _box(), _box(), _box()
        self.kind.setEditable(True)
        self.agency.setEditable(True)
        self.what = QLineEdit()
        form = Form()
        form.add(say("Case"), self.case)
        form.add(say("Kind"), self.kind, help_=say("Its column here, such as Ward log."))
        form.add(say("Agency"), self.agency, help_=say("Who should have it."))
        form.add(say("What exactly"), self.what, help_=say("Where the kind does not say it all."))
        self.inside.addWidget(form)
        self.inside.addStretch(1)

    def begin(
        self,
        cases: Sequence[Case],
        kinds: Sequence[str],
        agencies: Sequence[str],
        *,
        case: str,
        kind: str,
    ) -> None:
        """Ask, beginning with ``case`` and ``kind``."""
        self._cases = tuple(cases)
        self.case.clear()
        for one in cases:
            self.case.addItem(f"{one.reference}  {one.title}")
        ids = [one.id for one in cases]
        self.case.setCurrentIndex(ids.index(case) if case in ids else 0)  # type: ignore[arg-type]
        for box, texts, text in ((self.kind, kinds, kind), (self.agency, agencies, "")):
            box.clear()
            box.addItems(list(texts))
            box.setEditText(text)
        self.what.clear()
        self.kind.setFocus()

    def _send(self) -> None:
        self.wanted.emit(
            Added(
                case=self._cases[self.case.currentIndex()],
                kind=self.kind.currentText(),
                agency=self.agency.currentText(),
                what=self.what.text(),
            )
        )


class TemplatesForm(SideForm):
    """Asks which templates every case is given; tells ``wanted`` with them."""

    wanted = Signal(object)  # list[Template]

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(
            say("What should exist"), say("Expect these records"), self._send, parent=parent
        )
        self.inside.addWidget(
            Label(
                say(
                    "Every case is given the records of the templates that you choose. What does"
                    " not fit a case can be taken out again; nothing is there twice."
                ),
                tone="secondary",
                wrap=True,
            )
        )
        self.boxes: list[tuple[QCheckBox, Template]] = []

    def begin(self, templates: Sequence[Template]) -> None:
        """Ask for some of ``templates``."""
        if not self.boxes:
            for one in templates:
                box = QCheckBox(one.name.replace("&", "&&"))
                kinds = ", ".join(record.kind for record in one.records)
                many = plural("{count} record", "{count} records", count=len(one.records))
                box.setAccessibleDescription(f"{many}: {kinds}")
                self.inside.addWidget(box)
                self.inside.addWidget(
                    Label(f"{many}: {kinds}", tone="secondary", size="small", wrap=True)
                )
                self.boxes.append((box, one))
            self.inside.addStretch(1)
        for box, _ in self.boxes:
            box.setChecked(False)
        self.boxes[0][0].setFocus()

    def _send(self) -> None:
        chosen = [one for box, one in self.boxes if box.isChecked()]
        if chosen:
            self.wanted.emit(chosen)
        else:
            self.refuse(say("Choose a template."))


class LettersForm(SideForm):
    """Asks for addresses that are missing; tells ``wanted`` with them when letters may go."""

    wanted = Signal(object)  # dict[str, str]: the addresses that were typed, by agency

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(say("Letters due"), say("Choose a folder..."), self._send, parent=parent)
        self.inside.addWidget(
            Label(
                say(
                    "One letter to each agency, as PDF and as a Word file, with what has happened"
                    " so far. They are entered in the register, and are not encrypted."
                ),
                tone="secondary",
                wrap=True,
            )
        )
        self.fields: dict[str, QPlainTextEdit] = {}
        self._form = Form()
        self.inside.addWidget(self._form)
        self.inside.addStretch(1)

    def begin(self, agencies: Sequence[str], addresses: dict[str, str]) -> None:
        """Ask for the addresses of ``agencies``, beginning with those that are known."""
        made = Form()
        self.fields = {}
        for agency in agencies:
            field = QPlainTextEdit(addresses.get(agency, ""))
            field.setTabChangesFocus(True)
            lines = field.fontMetrics().lineSpacing() * _LINES
            field.setFixedHeight(lines + round(20 * theme.scale()))
            made.add(say("Address of {agency}", agency=agency), field)
            self.fields[agency] = field
        self.inside.replaceWidget(self._form, made)
        self._form.setParent(None)
        self._form.deleteLater()
        self._form = made
        missing = (field for name, field in self.fields.items() if name not in addresses)
        next(missing, next(iter(self.fields.values()))).setFocus()

    def _send(self) -> None:
        typed = {name: field.toPlainText().strip() for name, field in self.fields.items()}
        if any(typed.values()):
            self.wanted.emit(typed)
        else:
            self.refuse(say("No agency has an address yet: none could be written."))


def _box() -> QComboBox:
    made = QComboBox()
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(12)
    return made
