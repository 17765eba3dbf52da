"""What narrows a search: a case, an agency, a kind of document, days, what was not opened yet."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from reviewer.casebook.book import Casebook
from reviewer.messages import say
from reviewer.records.finding import DAY, Within
from reviewer.records.ids import CaseId
from reviewer.rounds.allocation import readable
from ui.rooms.read.pages.kept import KeptSearches
from ui.theme import SPACE, scale
from ui.widgets.filled import saved_as_typed
from ui.widgets.flow import Flow

_PAUSE = 250  # ms after the last figure of a day
_WIDEST = 190  # pixels of a list of choices at the drawn text size


@dataclass(frozen=True, kw_only=True, slots=True)
class Choices:
    """What there is to choose from: cases (id and reference), agencies, kinds."""

    cases: tuple[tuple[CaseId, str], ...] = ()
    agencies: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


def read_choices(book: Casebook) -> Choices:
    """Return what there is to choose from, of what may be found."""
    cases = readable(book, book.about)
    may = {case.id for case in cases}
    documents = [one for one in book.documents.all() if one.current and one.case in may]
    return Choices(
        cases=tuple((case.id, case.reference) for case in cases),
        agencies=tuple(sorted({one.agency for one in documents if one.agency})),
        kinds=tuple(sorted({one.kind for one in documents if one.kind})),
    )


class SearchFilters(QWidget):
    """Tells ``changed`` when something else is wanted."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filling = False
        self.case = self._combo(say("Only in this case"))
        self.agency = self._combo(say("Only of this agency"))
        self.kind = self._combo(say("Only of this kind"))
        self.since = self._day(say("From 2012-03"), say("From this day, month or year"))
        self.until = self._day(say("To 2012-03"), say("To this day, month or year"))
        self.unread = QCheckBox(say("Not opened yet"))
        self.unread.setAccessibleName(say("Only what was not opened yet"))
        self.unread.toggled.connect(lambda _on: self._tell())
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_PAUSE)
        self._typing.timeout.connect(self._tell)
        row = Flow(self, space=SPACE.S)
        self.kept = KeptSearches()
        parts = (self.case, self.agency, self.kind, self.since, self.until, self.unread, self.kept)
        for part in parts:
            row.addWidget(part)
        self.fill(Choices())

    @property
    def within(self) -> Within:
        """What is wanted; a day that is not whole yet is none."""
        case = self.case.currentData()
        return Within(
            cases=frozenset({CaseId(case)}) if case else None,
            agency=str(self.agency.currentData() or ""),
            kind=str(self.kind.currentData() or ""),
            since=_day_of(self.since),
            until=_day_of(self.until),
            unread=self.unread.isChecked(),
        )

    def choose(self, within: Within) -> None:
        """Want what ``within`` says, without telling it; what is not offered yet is added."""
        self._filling = True
        case = next(iter(within.cases or ()), "")
        for combo, key, words in (
            (self.case, case, _not_open()),
            (self.agency, within.agency, within.agency),
            (self.kind, within.kind, within.kind),
        ):
            if combo.findData(key) < 0:
                combo.addItem(words, key)
            combo.setCurrentIndex(combo.findData(key))
        self.since.setText(within.since)
        self.until.setText(within.until)
        self.unread.setChecked(within.unread)
        self._filling = False

    def fill(self, choices: Choices) -> None:
        """Offer these; what is chosen stays chosen, or more would be looked in than was wanted."""
        self._filling = True
        _offer(self.case, say("All cases"), [*choices.cases], other=_not_open())
        _offer(self.agency, say("All agencies"), [(one, one) for one in choices.agencies])
        _offer(self.kind, say("All kinds"), [(one, one) for one in choices.kinds])
        self._filling = False

    def clear(self) -> None:
        """Want everything, and hold no name of anything."""
        self._filling = True
        for field in (self.since, self.until):
            field.clear()
        self.unread.setChecked(False)
        for combo in (self.case, self.agency, self.kind):
            combo.setCurrentIndex(0)
        self._filling = False
        self.kept.clear()
        self.fill(Choices())

    def _combo(self, name: str) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(name)
        made.setMaximumWidth(round(_WIDEST * scale()))
        made.currentIndexChanged.connect(lambda _at: self._tell())
        return made

    def _day(self, hint: str, name: str) -> QLineEdit:
        made = _Day()
        saved_as_typed(made)
        made.setPlaceholderText(hint)
        made.setAccessibleName(name)
        made.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
        made.textEdited.connect(lambda _text: self._typing.start())
        return made

    def _tell(self) -> None:
        if not self._filling:
            self.changed.emit()


class _Day(QLineEdit):
    """As wide as its hint, which is longer than what is typed."""

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self.placeholderText())
        return QSize(words + round(44 * scale()), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


def _day_of(field: QLineEdit) -> str:
    typed = field.text().strip()
    return typed if DAY.fullmatch(typed) else ""


def _not_open() -> str:
    return say("A case that is not open to you")


def _offer(
    combo: QComboBox, everything: str, choices: Sequence[tuple[str, str]], *, other: str = ""
) -> None:
    """Offer ``choices``; what is chosen and is none of them is called ``other``, or as it is."""
    held = combo.currentData()
    combo.clear()
    combo.addItem(everything, "")
    for key, words in choices:
        combo.addItem(words, key)
    if held and combo.findData(held) < 0:
        combo.addItem(other or str(held), held)
    combo.setCurrentIndex(max(combo.findData(held), 0))
