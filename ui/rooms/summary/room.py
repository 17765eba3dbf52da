"""The summary room: key figures, groups and factors with bounds, records to chase, the report."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from reviewer.errors import TakenError
from reviewer.messages import later, say
from reviewer.method import blanks
from reviewer.progress import Progress
from reviewer.reports import phrases, rounds
from reviewer.reports.facts import headline
from reviewer.summary.shapes import Estimate, Kind, Summary
from ui import errors, theme
from ui.desk.desk import Desk
from ui.printing import write_report
from ui.rooms.released import ReleasedRoom
from ui.rooms.summary.figures import GroupsCard, KeyFigure, RecordsCard
from ui.settings import Settings
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.files import choose_folder
from ui.widgets.job_strip import JobStrip
from ui.widgets.kinds import KindsLine
from ui.widgets.outcome import Outcome
from ui.widgets.page_head import PageHead
from ui.widgets.text import Label

if TYPE_CHECKING:
    from reviewer.casebook.steps import Steps
    from reviewer.reports.write import Written

_STOPPED = later("The report was stopped. Nothing of it was written.")
_SIDE = 340  # pixels at text size 1
_MOST_GROWN = 1.15  # ... with larger text the room goes to the bars


class SummaryRoom(ReleasedRoom):
    """What failed, how often and how sure; every figure is counted from the summary shown."""

    def __init__(self, desk: Desk, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(desk, settings, parent)
        self._summary: Summary | None = None
        column = QVBoxLayout(self.page)
        column.setContentsMargins(SPACE.XL, SPACE.L, SPACE.XL, SPACE.L)
        column.setSpacing(SPACE.L)
        self._write = button(say("Write the report\u2026"), self._choose, kind="primary")
        self.head = PageHead(say("What failed"), self._write)
        column.addWidget(self.head)
        self.strip = JobStrip()
        self.outcome = Outcome()
        column.addWidget(self.strip)
        column.addWidget(self.outcome)
        self.warning = Label("", tone="warn", wrap=True)
        column.addWidget(self.warning)
        column.addLayout(self._build_figures())
        self.kinds = KindsLine()
        column.addWidget(self.kinds)
        column.addLayout(self._build_body(), 1)

    def enter(self) -> None:
        super().enter()
        self._write.setFocus()

    def show_summary(self, summary: Summary) -> None:
        self._summary = summary
        cases = len(summary.panel.cases)
        self.head.tell(
            note(summary),
            title=say("What failed, in {cases}", cases=phrases.counted(cases, "case")),
        )
        facts = headline(summary)
        said = blanks.warning(facts.blank, facts.asked)
        self.warning.setText(said)
        self.warning.setVisible(bool(said))
        late = f"{phrases.late(facts.late)} · " if facts.late else ""
        self.returned.tell(
            say("{returned} of {members}", returned=facts.returned, members=facts.members),
            say(
                "{late}round {round}: {declared} in, {stored:,} out",
                late=late,
                round=summary.panel.round,
                declared=phrases.counted(facts.declared, "rating"),
                stored=facts.stored,
            ),
        )
        self.settled.tell(
            say("{kinds:,} of {cells:,}", kinds=facts.kinds[Kind.SETTLED], cells=facts.cells),
            say("{agenda} on the agenda", agenda=phrases.counted(facts.agenda, "cell")),
        )
        self.blocked.tell(
            phrases.counted(facts.kinds[Kind.NOT_ASSESSABLE] + facts.depending, "cell"),
            phrases.unassessed(facts.kinds[Kind.NOT_ASSESSABLE], facts.depending),
        )
        self.kinds.show_summary(summary)
        self.reliability.tell(*_alpha(summary.agreement[-1].alpha))
        self.groups.show_summary(summary)
        self.records.show_summary(summary)

    def write_to(self, folder: Path, *, replace: bool = False) -> None:
        """Write the report into ``folder``; an older one is replaced only when asked for."""
        summary = self._summary
        if summary is None or self.strip.busy:
            return

        def work(steps: "Steps", progress: Progress) -> "Written":
            return write_report(steps, summary, folder, replace=replace, progress=progress)

        self.outcome.clear()
        job = self.desk.aside(work, changes=True).owner(self).succeeded(self._written)
        job.failed(lambda error: self._not_written(error, folder)).named(say("the report"))
        job.stopped(lambda: self.outcome.tell(say(_STOPPED), warn=True))
        self._write.setEnabled(False)
        job.finished(lambda: self._write.setEnabled(True))
        self.strip.watch(say("Writing the report"), job).run()

    def _build_figures(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE.L)
        self.returned = KeyFigure(say("Returned"))
        self.settled = KeyFigure(say("Settled"))
        self.blocked = KeyFigure(say("Could not be assessed"))
        self.reliability = KeyFigure(say("Reliability of round 1"))
        for card in (self.returned, self.settled, self.blocked, self.reliability):
            row.addWidget(card, 1)
        return row

    def _build_body(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE.L)
        self.groups = GroupsCard()
        self.records = RecordsCard()
        self.records.setFixedWidth(round(_SIDE * min(theme.scale(), _MOST_GROWN)))
        row.addWidget(self.groups, 1)
        row.addWidget(self.records)
        return row

    def _choose(self) -> None:
        choose_folder(
            self, say("Folder for the report: its files are not encrypted"), self.write_to
        )

    def _written(self, written: "Written") -> None:
        trouble = " ".join(
            say("{why} The data files are whole.", why=why) for why in written.unmade.values()
        )
        self.outcome.tell(
            trouble
            or say("The report is written. {not_encrypted}", not_encrypted=phrases.NOT_ENCRYPTED),
            lines=[str(path) for path in written.files.values()],
            warn=bool(trouble),
        )

    def _not_written(self, error: Exception, folder: Path) -> None:
        told = errors.words(error)
        offer = None
        if isinstance(error, TakenError):
            offer = (say("Replace it"), lambda: self.write_to(folder, replace=True))
        self.outcome.tell(told.sentence, lines=told.details, warn=True, offer=offer)


def note(summary: Summary) -> str:
    """Return what the bars show, in the words of the framework's own scale."""
    framework = summary.panel.framework
    least = framework.thresholds.counts
    label = next(point.label for point in framework.scale if point.value == least)
    return say(
        "As it stands after {rounds}: cases in which the panel's median is"
        " {least} (“{label}”) or more. Thin lines: from “every missing record"
        " clears it” to “every missing record confirms it”.",
        rounds=rounds.title(summary),
        least=least,
        label=label.lower(),
    )


def _alpha(estimate: Estimate) -> tuple[str, str]:
    """Return alpha as shown, and its interval or why there is none."""
    if estimate.value is None:
        return "none", estimate.note or say("not enough ratings")
    shown = f"\u03b1 {phrases.coefficient(estimate.value)}"
    if estimate.low is None:
        return shown, say("no interval: {note}", note=estimate.note)
    return shown, say("95 % interval {interval}", interval=phrases.interval(estimate))
