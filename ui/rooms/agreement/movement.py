"""Movement: what later rounds and the panel's decisions did to the result; no league table."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reviewer.messages import later, plural, say
from reviewer.reports import phrases
from reviewer.reports.facts import agreement as by_scope
from reviewer.summary.moves import FactorMoves, Movement, Moves, moves
from reviewer.summary.shapes import Flag, Kind, Panel, Summary
from ui.desk.desk import Desk
from ui.rooms.agreement import telling
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.card import Card, Line
from ui.widgets.column import pile
from ui.widgets.empty import EmptyState
from ui.widgets.flow import Flow
from ui.widgets.moves import (
    FILLED,
    HATCHED,
    HOLLOW,
    STOOD,
    PairedDots,
    Part,
    PartSample,
    PartsBar,
    TwoWayBar,
)
from ui.widgets.roomy import OneOf
from ui.widgets.text import Elided, Label

_MOST_NAMED = 40  # members; of more the sum alone is told
_ORDER = later(
    "In the panel's own order, always. To move is neither better nor worse than to stay."
)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class MovementView(QWidget):
    """Counts beside the casebook's thread; ``wants_agenda`` asks for what is still open."""

    wants_agenda = Signal()

    def __init__(self, desk: Desk, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._counted: Summary | None = None
        self._layers = OneOf()
        pile(self, self._layers)
        self._empty = EmptyState(
            say(
                "Movement is what a later round, or what the panel determines, does to the result."
                " So far the ratings are those of round 1."
            ),
            icon="clock",
            title=say("No later round is released, and nothing is determined"),
        )
        self._area = QScrollArea()
        self._area.setAccessibleName(say("How the panel moved"))
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._layers.addWidget(self._area)
        self._layers.addWidget(self._empty)

    @property
    def texts(self) -> list[str]:
        """Everything it says, in order, for a reader."""
        return [label.text() for label in self._area.findChildren(Label)]

    def take_focus(self) -> None:
        """Take the focus at the way to the agenda; PgDown scrolls from there."""
        there = self._layers.currentWidget()
        first = there.findChild(QPushButton) if there is self._area else None
        (first or self._area).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_summary(self, summary: Summary) -> None:
        """Count and show what moved, where that is not done already."""
        if summary is self._counted:
            return
        self._counted = summary
        job = self._desk.beside(lambda: moves(summary.panel, summary.cells, summary.factors))
        job.owner(self).succeeded(lambda found: self._show(summary, found)).run()

    def forget(self) -> None:
        """Hold no text any more."""
        self._counted = None
        self._area.setWidget(QWidget())

    def _show(self, summary: Summary, found: Movement) -> None:
        if summary is not self._counted:
            return
        if found.rounds == 1 and not found.determined:
            self._layers.setCurrentWidget(self._empty)
            return
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(SPACE.XL, SPACE.L, SPACE.XL, SPACE.L)
        column.setSpacing(SPACE.L)
        column.addLayout(self._head(summary, found))
        if found.rounds > 1:
            column.addWidget(_given(found.all))
        row = QHBoxLayout()
        row.setSpacing(SPACE.L)
        row.addWidget(_by_factor(summary, found), 1)
        right = QVBoxLayout()
        right.setSpacing(SPACE.L)
        if found.rounds > 1:
            right.addWidget(_by_member(summary.panel, found))
        foot = QHBoxLayout()
        foot.setSpacing(SPACE.L)
        foot.addWidget(_stays(found), 1)
        foot.addWidget(_settled(summary, found), 1)
        right.addLayout(foot)
        right.addStretch(1)
        row.addLayout(right, 1)
        column.addLayout(row)
        column.addStretch(1)
        held = self._area.hasFocus()
        self._area.setWidget(inside)
        self._layers.setCurrentWidget(self._area)
        if held:
            self.take_focus()

    def _head(self, summary: Summary, found: Movement) -> QHBoxLayout:
        head = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(SPACE.XS)
        words.addWidget(Label(say("How the panel moved"), size="title"))
        words.addWidget(Label(told(summary, found), tone="secondary", wrap=True))
        head.addLayout(words, 1)
        left = len(summary.agenda)
        open_ = button(
            plural(
                "Open the agenda: {count:,} cell", "Open the agenda: {count:,} cells", count=left
            ),
            self.wants_agenda.emit,
            kind="primary",
        )
        head.addWidget(open_, 0, Qt.AlignmentFlag.AlignBottom)
        return head


def told(summary: Summary, found: Movement) -> str:
    """Return what was rated again, what was determined, and that reliability is round 1's."""
    alpha = by_scope(summary)["overall"].alpha
    parts = []
    if found.rounds > 1:
        parts.append(
            plural(
                "{count:,} cell was asked for again, privately.",
                "{count:,} cells were asked for again, privately.",
                count=found.asked,
            )
        )
    else:
        parts.append(say("No later round is released."))
    if found.determined:
        parts.append(
            plural(
                "{count:,} cell is determined.",
                "{count:,} cells are determined.",
                count=found.determined,
            )
        )
    parts.append(
        say(
            "Reliability remains round 1's: \u03b1 {value}, 95 % interval {interval}.",
            value=phrases.coefficient(alpha.value),
            interval=phrases.interval(alpha),
        )
        if alpha.low is not None
        else say(
            "Reliability remains round 1's: \u03b1 {value}, {interval}.",
            value=phrases.coefficient(alpha.value),
            interval=phrases.interval(alpha),
        )
    )
    return " ".join(parts)


def _given(found: Moves) -> QWidget:
    card = Card()
    head = QHBoxLayout()
    title = plural(
        "{count:,} rating given again", "{count:,} ratings given again", count=found.given
    )
    head.addWidget(Label(title, size="section"), 1)
    rest = say(
        "of {asked:,} asked for; {blank:,} left blank or not returned",
        asked=found.asked,
        blank=found.asked - found.given,
    )
    head.addWidget(Label(rest, tone="secondary"))
    card.body.addLayout(head)
    parts = tuple(
        Part(words=words, count=count, fill=fill)
        for words, count, fill in (
            (say("stood"), found.stood, STOOD),
            (say("towards the median before"), found.towards, FILLED),
            (say("away from it"), found.away, HOLLOW),
            (say("to its other side, as far"), found.across, HOLLOW),
            (say("to or from a reason"), found.unscored, HATCHED),
            (say("rated for the first time"), found.first, STOOD),
        )
        if count
    )
    bar = PartsBar()
    bar.set_parts(parts)
    card.body.addWidget(bar)
    legend = QWidget()
    flow = Flow(legend, space=SPACE.L)
    for part in parts:
        one = QWidget()
        row = QHBoxLayout(one)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(PartSample(part.fill))
        row.addWidget(Label(f"{part.count:,} {part.words}"))
        flow.addWidget(one)
    card.body.addWidget(legend)
    return card


def _by_factor(summary: Summary, found: Movement) -> QWidget:
    card = Card(say("By factor"), say("Hollow after round 1, filled now: cells on the agenda."))
    grid = _grid(card, ("", say("on the agenda"), say("cases that count"), say("change")))
    grid.setColumnStretch(1, 1)
    most = max((max(one.open_before, one.open_now) for one in found.factors), default=1)
    for row, (one, factor) in enumerate(
        zip(found.factors, summary.panel.framework.factors, strict=True), 1
    ):
        grid.addWidget(Elided(factor.short), row, 0)
        grid.addWidget(PairedDots(one.open_before, one.open_now, most), row, 1)
        _numbers(grid, row, 2, (f"{one.open_before} \u2192 {one.open_now}", _counts(one)))
        grid.addWidget(Label(_change(one), size="strong"), row, 4, _RIGHT)
    before = sum(one.open_before for one in found.factors)
    now = sum(one.open_now for one in found.factors)
    row = len(found.factors) + 1
    grid.addWidget(Label(say("All factors"), size="strong"), row, 0)
    _numbers(grid, row, 2, (f"{before} \u2192 {now}",))
    grid.addWidget(
        Label(say("{more} more, {fewer} fewer", more=found.more, fewer=found.fewer)),
        row,
        3,
        1,
        2,
        _RIGHT,
    )
    card.body.addStretch(1)
    return card


def _counts(one: FactorMoves) -> str:
    return say(
        "{before} \u2192 {now} of {assessable}",
        before=one.before.counted,
        now=one.now.counted,
        assessable=one.now.assessable,
    )


def _change(one: FactorMoves) -> str:
    change = one.now.counted - one.before.counted
    if not change:
        return say("same")
    return f"+ {change}" if change > 0 else f"\u2212 {-change}"


def _by_member(panel: Panel, found: Movement) -> QWidget:
    card = Card(say("By panellist"), say(_ORDER))
    titles = (say("given"), say("away, towards the median"), say("reasons"))
    grid = _grid(card, titles)
    grid.setColumnStretch(2, 1)
    most = max((max(one.away, one.towards) for one in found.members), default=1)
    named = zip(panel.members, found.members, strict=True) if _few(panel) else ()
    row = 1
    for place, (member, one) in enumerate(named):
        grid.addWidget(Elided(member.name), row, 0)
        if place in found.kept:
            grid.addWidget(Label(_stood(found.kept[place]), tone="secondary"), row, 1, 1, 3)
        else:
            _numbers(grid, row, 1, (f"{one.given:,}",))
            grid.addWidget(TwoWayBar(one.away, one.towards, most), row, 2)
            _numbers(grid, row, 3, (f"{one.unscored:,}",))
        row += 1
    whole = found.all
    grid.addWidget(Label(say("Together"), size="strong"), row, 0)
    _numbers(grid, row, 1, (f"{whole.given:,}",))
    grid.addWidget(TwoWayBar(whole.away, whole.towards, max(whole.away, whole.towards)), row, 2)
    _numbers(grid, row, 3, (f"{whole.unscored:,}",))
    if not _few(panel):
        card.body.addWidget(
            Label(
                say("More than {most} panellists are not listed here.", most=_MOST_NAMED),
                tone="secondary",
                wrap=True,
            )
        )
    return card


def _few(panel: Panel) -> bool:
    return len(panel.members) <= _MOST_NAMED


def _stood(number: int) -> str:
    if not number:
        return say("did not return, and no earlier round either")
    return say("did not return: round {number} stands", number=number)


def _stays(found: Movement) -> QWidget:
    card = Card(say("What stays"))
    grid = _grid(card, (say("after round 1"), say("now")))
    grid.setColumnStretch(0, 1)
    row = 1
    for flag in Flag:
        if flag.value in found.why:
            before, now = found.why[flag.value]
            words = telling.flagged(flag)
            grid.addWidget(Label(words[:1].upper() + words[1:], wrap=True), row, 0)
            _numbers(grid, row, 1, (f"{before:,}", f"{now:,}"))
            row += 1
    grid.addWidget(Label(say("Cells"), size="strong"), row, 0)
    sums = [sum(pair[at] for pair in found.why.values()) for at in (0, 1)]
    _numbers(grid, row, 1, tuple(f"{one:,}" for one in sums))
    card.body.addStretch(1)
    return card


def _settled(summary: Summary, found: Movement) -> QWidget:
    card = Card(say("What is settled"))
    kinds = summary.kinds
    done = kinds[Kind.SETTLED] + kinds[Kind.DETERMINED]
    card.body.addWidget(Label(f"{done:,}", size="figure"))
    card.body.addWidget(
        Label(
            say(
                "of {cells:,} cells: {settled:,} by their ratings, {determined:,} determined.",
                cells=len(summary.cells),
                settled=kinds[Kind.SETTLED],
                determined=kinds[Kind.DETERMINED],
            ),
            wrap=True,
        )
    )
    card.body.addWidget(
        Label(
            say("{more} and {fewer}.", more=_more(found.more), fewer=_fewer(found.fewer)),
            tone="secondary",
            wrap=True,
        )
    )
    card.body.addStretch(1)
    return card


def _more(count: int) -> str:
    return plural(
        "By factor, {count:,} case more counts now",
        "By factor, {count:,} cases more count now",
        count=count,
    )


def _fewer(count: int) -> str:
    return plural("{count:,} case fewer", "{count:,} cases fewer", count=count)


def _grid(card: Card, titles: Sequence[str]) -> QGridLayout:
    """Return a grid in ``card`` whose last columns are headed by ``titles``, over a line."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(SPACE.M)
    grid.setVerticalSpacing(2)
    for place, title in enumerate(titles, 1):
        grid.addWidget(Label(title, tone="secondary", size="small"), 0, place, _RIGHT)
    card.body.addWidget(Line())
    card.body.addLayout(grid)
    return grid


def _numbers(grid: QGridLayout, row: int, column: int, texts: Sequence[str]) -> None:
    for place, text in enumerate(texts):
        grid.addWidget(Label(text), row, column + place, _RIGHT)
