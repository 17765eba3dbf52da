"""Every piece beside each other, to look at."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QListView, QVBoxLayout, QWidget

from reviewer.assets import RESOURCES, resource
from reviewer.method.framework import load
from reviewer.records.judgement import Reason
from ui import theme
from ui.widgets.buttons import button
from ui.widgets.card import Card, Line, SectionHeading
from ui.widgets.charts import BoundedBar, IntervalDot, Stack, StackedDots
from ui.widgets.chip import Chip, EvidenceChip, FilterChip
from ui.widgets.heat import HeatCell, paint_heat
from ui.widgets.keyhint import KeyHint
from ui.widgets.picture import Picture
from ui.widgets.problem import InlineProblem
from ui.widgets.rating import SegmentedRating
from ui.widgets.rows import RowRole, SideRow, SideRowDelegate, Sign
from ui.widgets.text import Label


class Heat(QWidget):
    CELLS = (
        *(HeatCell(words=str(n), index=n) for n in range(5)),
        HeatCell(words="2½", index=2.5),
        HeatCell(words="4", index=4, outline="disagreement"),
        HeatCell(words="1", index=1, outline="undecided"),
        HeatCell(words="n/a", hatched=True),
    )

    def sizeHint(self):  # noqa: N802 - Qt spells it
        return QSize(46 * len(self.CELLS), 30)

    def minimumSizeHint(self):  # noqa: N802 - Qt spells it
        return self.sizeHint()

    def paintEvent(self, _event):  # noqa: N802 - Qt spells it
        painter = QPainter(self)
        for place, cell in enumerate(self.CELLS):
            paint_heat(painter, QRectF(place * 46, 0, 46, 30), cell, 5, focus=place == 4)


def row(*widgets):
    part = QHBoxLayout()
    part.setSpacing(8)
    for widget in widgets:
        part.addWidget(widget)
    part.addStretch(1)
    return part


def gallery():
    page = QWidget()
    page.setProperty("surface", "page")
    columns = QHBoxLayout(page)
    columns.setContentsMargins(20, 20, 20, 20)
    columns.setSpacing(16)
    columns.addWidget(side())
    columns.addWidget(ratings(), 1)
    columns.addWidget(numbers(), 1)
    return page


def side():
    model = QStandardItemModel()
    warn = Sign(text="!", words="content note", tone="warn")
    ask = Sign(text="?", words="record missing")
    for made in (
        SideRow(
            first="2009-03", second="Call from hostel", state="Sealed", share=1, complete=True
        ),
        SideRow(
            first="2009-11",
            second="Station cell, second night",
            state="17 of 23",
            share=0.7,
            signs=(warn,),
        ),
        SideRow(
            first="2010-07",
            second="Restraint at home address",
            state="9 of 23",
            share=0.4,
            signs=(warn, ask),
        ),
        SideRow(
            first="2010-08",
            second="Llanfairpwllgwyngyllgogerychwyrndrobwll",
            state="To read",
            share=0,
        ),
        SideRow(first="One line only", state="3"),
    ):
        item = QStandardItem()
        item.setData(made, RowRole.ROW)
        model.appendRow(item)
    view = QListView()
    model.setParent(view)
    view.setModel(model)
    view.setItemDelegate(SideRowDelegate(view))
    view.setCurrentIndex(model.index(2, 0))
    view.setFixedWidth(256)
    return view


def ratings():
    card = Card("Ratings", "Each point a numeral; reasons are no points.")
    framework = load(resource("frameworks/commission.toml"))
    for value, reason in (
        (None, None),
        (0, None),
        (2, None),
        (3, None),
        (4, None),
        (None, Reason.MISSING),
    ):
        made = SegmentedRating(framework.scale, framework.reasons)
        made.show_rating(value, reason, "ward log" if reason else "")
        card.body.addWidget(made)
    card.body.addWidget(SectionHeading("Misjudgements or errors by individuals"))
    chosen = FilterChip("All 55")
    chosen.setChecked(True)
    card.body.addLayout(row(chosen, FilterChip("To read 42"), FilterChip("Draft 2")))
    card.body.addLayout(row(EvidenceChip("m", "CAD log p.2"), EvidenceChip("n", "999 call 01:12")))
    tones = ("", "good", "warn", "stop")
    card.body.addLayout(row(*(Chip(tone or "chip", tone=tone) for tone in tones)))
    card.body.addLayout(row(KeyHint("Ctrl+F"), KeyHint("E"), KeyHint("Ctrl++")))
    card.body.addLayout(
        row(*(button(kind or "plain", kind=kind) for kind in ("primary", "", "danger", "quiet")))
    )
    off = button("Not now", kind="primary")
    off.setEnabled(False)
    combo = QComboBox()
    combo.addItems(["One", "Another"])
    card.body.addLayout(row(off, combo))
    field = QLineEdit()
    field.setPlaceholderText("Filter cases")
    card.body.addWidget(field)
    for notice in (False, True):
        told = InlineProblem()
        told.tell(
            "The stick was taken out.",
            details=("Put it back and try again.",),
            action="Try again",
            notice=notice,
        )
        card.body.addWidget(told)
    card.body.addStretch(1)
    return card


def numbers():
    card = Card("Numbers")
    card.body.addWidget(Heat())
    for name, value in (("Use of force", 0.78), ("Stigma", 0.41)):
        dot = IntervalDot()
        dot.set_value(value, value - 0.12, value + 0.1)
        card.body.addLayout(row_wide(Label(name), dot, Label(f"{value:.2f}", size="strong")))
    for code, value in (("COO", 0.7), ("SYS", 0.6), ("IND", 0.5), ("RES", 0.35), ("DIS", 0.2)):
        bar = BoundedBar()
        bar.set_value(value, value - 0.06, value + 0.14, group=code)
        card.body.addLayout(row_wide(Label(code, size="strong"), bar, Label("38 of 49")))
    card.body.addWidget(Line())
    dots = StackedDots()
    counts = (3, 1, 1, 4, 1)
    stacks = [Stack(words=str(n), count=count, index=n) for n, count in enumerate(counts)]
    dots.set_stacks((*stacks, Stack(words="n/a", count=1)), 5)
    card.body.addWidget(dots, 1)
    tones = ("secondary", "least", "good", "warn", "stop")
    card.body.addLayout(row(*(Label(tone, tone=tone) for tone in tones)))
    names = sorted(path.stem for path in (RESOURCES / "icons").glob("*.svg"))
    for start in range(0, len(names), 14):
        card.body.addLayout(row(*(Picture(n, tone="ink") for n in names[start : start + 14])))
    card.body.addLayout(
        row(
            Label(".61", size="figure"),
            Label("Title", size="title"),
            Label("Heading", size="heading"),
            Label("small", size="small"),
        )
    )
    return card


def row_wide(first, middle, last):
    part = QVBoxLayout()
    line = QHBoxLayout()
    first.setMinimumWidth(round(92 * theme.scale()))
    line.addWidget(first)
    line.addWidget(middle, 1)
    line.addWidget(last)
    part.addLayout(line)
    return part
