"""Beside the card: what a gap costs, and which letters are due."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from reviewer.messages import later, plural, say
from reviewer.method.framework import Framework
from reviewer.records.ids import CaseId
from reviewer.records.requests import RecordRequest
from reviewer.rounds.allocation import Cell
from reviewer.summary.register import Completeness, come
from ui.rooms.cases.records.material import Material
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.text import Elided, Label

_MOST = 6  # agencies that are named; the rest is counted
_COSTS = later("What this gap costs")
_CHANGES = later("What it may change")
_NONE = later("No rating waits for this record.")
_CAME = later(
    "It has come. Ratings of these factors named it as missing, so they are on the agenda again:"
    " the old ones are kept."
)
_CAME_IN_ROUND = later(
    "It has come. Ratings of these factors named it as missing. A round is open: they can be asked"
    " for again in the next one."
)


class _Lines(QWidget):
    """A small table of words and numbers."""

    def __init__(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE.M)
        grid.setVerticalSpacing(SPACE.XS)
        grid.setColumnStretch(0, 1)
        for row, texts in enumerate([heads, *rows] if any(heads) else rows):
            for column, text in enumerate(texts):
                head = row == 0 and any(heads)
                made = (
                    Elided(text, tone="secondary" if head else "", size="small" if head else "")
                    if column == 0
                    else Label(text, tone="secondary" if head else "", size="small")
                )
                right = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
                if column:
                    grid.addWidget(made, row, column, right)
                else:
                    grid.addWidget(made, row, column)


class _Told(Card):
    """A card whose lines are made anew each time."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = Label("", size="section", wrap=True)
        self.body.addWidget(self._title)
        self.name(title)
        self._lead = Label("", tone="secondary", wrap=True)
        self._lines: QWidget = QWidget()
        self.body.addWidget(self._lead)
        self.body.addWidget(self._lines)

    def name(self, title: str) -> None:
        """Let the card be about something else."""
        self._title.setText(title)
        self.setAccessibleName(title)

    @property
    def told(self) -> str:
        """What the card says first."""
        return self._lead.text()

    def tell(self, lead: str, lines: QWidget | None = None) -> None:
        """Say ``lead`` over ``lines``."""
        self._lead.setText(lead)
        self._lead.setVisible(bool(lead))
        made = lines or QWidget()
        self.body.replaceWidget(self._lines, made)
        self._lines.setParent(None)
        self._lines.deleteLater()
        self._lines = made
        made.setVisible(lines is not None)


class CostCard(_Told):
    """What the chosen record costs while it is not here; known once a round is released.

    Of one that came late it says which ratings it may change, and tells ``again`` with their cells
    when the person wants the next round to ask for them.
    """

    again = Signal(object)  # frozenset[Cell]

    def __init__(self, framework: Framework) -> None:
        super().__init__(say(_COSTS))
        self._framework = framework
        self._cells: frozenset[Cell] = frozenset()
        self._again = button("", lambda: self.again.emit(self._cells))
        self.body.addWidget(self._again, 0, Qt.AlignmentFlag.AlignLeft)

    def show_record(
        self,
        record: RecordRequest | None,
        found: Completeness | None,
        *,
        round_: int,
        cases: Sequence[CaseId],
        next_: bool,
    ) -> None:
        """Show what ``record`` costs by ``found``; None before a release.

        ``cases`` are those of the panel in its order; with ``next_`` another round can be opened.
        """
        self._again.setVisible(False)
        self.setVisible(record is not None)
        self.name(say(_CHANGES if record is not None and come(record) else _COSTS))
        if record is None:
            return
        if found is None:
            told = say("Known when round {number} is released.", number=round_)
            self.tell(told)
            return
        if come(record):
            self._show_come(record, found, round_ + 1, cases, next_=next_)
            return
        cost = next((one for one in found.costs if one.record.id == record.id), None)
        if cost is None:
            self.tell(say(_NONE))
            return
        rows = [
            (
                self._framework.factors[one.factor].short,
                f"{one.ratings:,}",
                f"{one.low:,}\u2013{one.high:,}",
                plural("{count:,} case", "{count:,} cases", count=one.narrower)
                if one.narrower
                else say("none"),
            )
            for one in cost.factors
        ]
        heads = (say("Factor"), say("waiting"), say("cases"), say("narrower by"))
        told = say(
            "{ratings:,} of the {asked:,} ratings of this case wait for it. Cases: lower to upper"
            " bound, of {cases:,}.",
            ratings=cost.ratings,
            asked=cost.asked,
            cases=len(found.cases),
        )
        self.tell(told, _Lines(heads, rows))

    def _show_come(
        self,
        record: RecordRequest,
        found: Completeness,
        number: int,
        cases: Sequence[CaseId],
        *,
        next_: bool,
    ) -> None:
        places = {at[1:] for at, one in found.matched.items() if one == record.id}
        if not places:
            self.tell(say(_NONE))
            return
        rows = [(self._framework.factors[factor].name,) for _, factor in sorted(places)]
        self.tell(say(_CAME) if next_ else say(_CAME_IN_ROUND), _Lines((), rows))
        codes = self._framework.codes
        self._cells = frozenset((cases[case], codes[factor]) for case, factor in places)
        self._again.setText(
            plural(
                "Ask for it again in round {number}...",
                "Ask for these {count} again in round {number}...",
                count=len(places),
                number=number,
            )
        )
        self._again.setVisible(next_)


class WordsCard(_Told):
    """What panellists typed as missing of this case, and no record is; tells which means one."""

    meant = Signal(str)  # words that mean the record that is chosen

    def __init__(self) -> None:
        super().__init__(say("Named as missing, and no record"))

    def show_case(
        self,
        case: str,
        record: RecordRequest | None,
        found: Completeness | None,
        cases: Sequence[str],
    ) -> None:
        """Show the words of ``case``, which is one of ``cases`` in the order of the panel."""
        words = [
            one.words
            for one in (found.unmatched if found is not None else ())
            if cases[one.case] == case
        ]
        self.setVisible(bool(words))
        if not words:
            return
        lines = QWidget()
        grid = QGridLayout(lines)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(0, 1)
        for row, said in enumerate(words[:_MOST]):
            grid.addWidget(Label(f"\u201c{said}\u201d", wrap=True), row, 0)
            if record is not None:
                made = button(say("It is this record"), partial(self.meant.emit, said))
                made.setAccessibleName(
                    say("{words} is record {name}", words=said, name=record.name)
                )
                grid.addWidget(made, row, 1)
        more = len(words) - _MOST
        self.tell(say("and {count:,} more", count=more) if more > 0 else "", lines)


class LettersCard(_Told):
    """Which letters are due, by agency."""

    def __init__(self) -> None:
        super().__init__(say("Letters due"))

    def show_material(self, material: Material) -> None:
        """Show the letters that are due of ``material``."""
        letters = material.letters
        if not letters:
            self.tell(say("None is due."))
            return
        rows = [
            (
                one.agency,
                plural("{count:,} record", "{count:,} records", count=len(one.records)),
                say("{count:,} overdue", count=one.overdue) if one.overdue else "",
            )
            for one in letters[:_MOST]
        ]
        rest = letters[_MOST:]
        if rest:
            records = sum(len(one.records) for one in rest)
            late = sum(one.overdue for one in rest)
            rows.append(
                (
                    plural("{count:,} other", "{count:,} others", count=len(rest)),
                    plural("{count:,} record", "{count:,} records", count=records),
                    say("{count:,} overdue", count=late) if late else "",
                )
            )
        self.tell("", _Lines((), rows))


def entered(record: RecordRequest, found: Completeness | None, material: Material | None) -> str:
    """Say where a record stands now and, of what came, which cells it may change."""
    sentence = say("{name}: {status}.", name=record.name, status=record.status.value)
    if not record.documents or found is None or material is None:
        return sentence
    cells = {at[2] for at, one in found.matched.items() if one == record.id}
    if not cells:
        return sentence
    case = next(one.reference for one in material.cases if one.id == record.case)
    may = plural(
        "It may change {count} cell in {case}.",
        "It may change {count} cells in {case}.",
        count=len(cells),
        case=case,
    )
    return f"{sentence} {may}"
