"""The page that opens a round: what it asks for, of whom, and a deliberate yes."""

from collections.abc import Collection
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reviewer.messages import later, plural, say
from reviewer.method.framework import Framework
from reviewer.records.panel import LONGEST_NAME, Custodian
from reviewer.records.text import clean_line
from reviewer.reports import phrases
from reviewer.rounds.agenda import RoundOffer
from reviewer.rounds.allocation import Cell
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.files import choose_folder
from ui.widgets.form import Form
from ui.widgets.side_form import SideForm
from ui.widgets.text import Label, plain
from ui.widgets.tick import Tick

_MEANS = later(
    "Each panellist sees what the others said of these, without names, and"
    " rates them again privately. Round {last} stays as it is, and so do"
    " its figures of agreement. A backup is made first. A round that is"
    " open cannot be taken back."
)
_MOST_NAMED = 12  # members whose number is told each; the rest is counted
_CELL = int(Qt.ItemDataRole.UserRole)
_FOLDER = later("Folder for the custodian's sheet")


class RoundForm(SideForm):
    """Tells ``confirmed`` with the cells, and who keeps the sheet, or ``away``."""

    confirmed = Signal(object, str, object)  # frozenset[Cell], name, Path | None

    def __init__(self, framework: Framework, *, parent: QWidget | None = None) -> None:
        super().__init__("", say("Open the round"), self.send, away=say("Not yet"), parent=parent)
        self._framework = framework
        self._offer: RoundOffer | None = None
        self._folder: Path | None = None
        self._asks_sheet = False
        column = self.inside
        column.setSpacing(SPACE.M)
        self._means = Label("", wrap=True)
        column.addWidget(self._means)
        column.addLayout(self._build_picking())
        self._each = Label("", tone="secondary", wrap=True)
        column.addWidget(self._each)
        column.addWidget(self._build_sheet())
        self._sure = Tick(say("I have read this, and the round shall be opened"))
        self.over_foot.addWidget(self._sure)

    @property
    def picked(self) -> frozenset[tuple[object, str]]:
        """The cells that are ticked."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return frozenset(
            item.data(_CELL) for item in items if item.checkState() is Qt.CheckState.Checked
        )

    def begin(
        self, offer: RoundOffer, custodian: Custodian | None, only: Collection[Cell] = ()
    ) -> None:
        """Show what ``offer`` could ask for; ``custodian`` kept the sheet of the last round.

        All of it is ticked, or ``only`` some cells of it.
        """
        self._offer = offer
        self._asks_sheet = custodian is not None
        self._title.setText(say("Open round {number}", number=offer.number))
        self._go.setText(say("Open round {number}", number=offer.number))
        self._means.setText(say(_MEANS, last=offer.number - 1))
        self._fill(offer, only)
        self._sheet.setVisible(custodian is not None)
        self._keeper.setText(custodian.name if custodian is not None else "")
        self._take_folder(None)
        self._sure.setChecked(False)
        self._problem.clear()
        self._tell()
        self._area.verticalScrollBar().setValue(0)
        self.list.setFocus()

    def send(self) -> None:
        """Tell what is to be opened, or what is missing."""
        if not self.picked:
            self._problem.tell(say("Tick at least one rating that the round shall ask for again."))
            self.list.setFocus()
        elif self._asks_sheet and not clean_line(self._keeper.text()):
            self._problem.tell(
                say("Give the name of the person who keeps the sheet of this round.")
            )
            self._keeper.setFocus()
        elif self._asks_sheet and self._folder is None:
            self._problem.tell(say("Choose a folder for the sheet, best on that person's stick."))
            self._choose.setFocus()
        elif not self._sure.isChecked():
            self._problem.tell(say("Tick the box: a round that is open cannot be taken back."))
            self._sure.setFocus()
        else:
            self._problem.clear()
            self.confirmed.emit(self.picked, clean_line(self._keeper.text()), self._folder)

    def _build_picking(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(SPACE.S)
        row = QHBoxLayout()
        row.addWidget(Label(say("Asked for again"), size="strong"), 1)
        for text, state in (
            (say("All"), Qt.CheckState.Checked),
            (say("None"), Qt.CheckState.Unchecked),
        ):
            made: QPushButton = button(text, partial(self._tick, state), kind="quiet")
            made.setAccessibleName(say("Tick {text}", text=text.lower()))
            row.addWidget(made)
        column.addLayout(row)
        self.list = QListWidget()
        self.list.setAccessibleName(say("Ratings on the agenda"))
        self.list.setUniformItemSizes(True)
        self.list.setMinimumHeight(180)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.itemChanged.connect(lambda _item: self._tell())
        column.addWidget(self.list)
        return column

    def _build_sheet(self) -> QWidget:
        self._sheet = Form()
        self._keeper = QLineEdit()
        self._keeper.setMaxLength(LONGEST_NAME)
        self._sheet.add(
            say("Who keeps the sheet of this round"),
            self._keeper,
            help_=say("No sheet of another round opens this one. Two copies are written."),
        )
        self._choose = button(say("Choose..."), self._ask_folder)
        self._sheet.add(say(_FOLDER), self._choose, help_=say("A stick that this person takes."))
        return self._sheet

    def _ask_folder(self) -> None:
        choose_folder(self, say(_FOLDER), self._take_folder)

    def _take_folder(self, folder: Path | None) -> None:
        self._folder = folder
        self._choose.setText(str(folder) if folder is not None else say("Choose..."))

    def _fill(self, offer: RoundOffer, only: Collection[Cell]) -> None:
        names = {factor.code: factor.short for factor in self._framework.factors}
        with QSignalBlocker(self.list):
            self.list.clear()
            for cell in offer.cells:
                text = f"{offer.references[cell.case]} \u00b7 {names[cell.factor]}"
                item = QListWidgetItem(f"{text}: {phrases.flags(cell.flags)}")
                item.setToolTip(plain(item.text()))
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                wanted = not only or (cell.case, cell.factor) in only
                item.setCheckState(Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)
                item.setData(_CELL, (cell.case, cell.factor))
                self.list.addItem(item)
        if self.list.count():
            self.list.setCurrentRow(0)

    def _tick(self, state: Qt.CheckState) -> None:
        with QSignalBlocker(self.list):
            for row in range(self.list.count()):
                self.list.item(row).setCheckState(state)
        self.list.viewport().update()
        self._tell()

    def _tell(self) -> None:
        """Say how many are asked for, and how many of them each panellist gets."""
        if self._offer is None:
            return
        picked = self.picked
        cases = len({case for case, _factor in picked})
        told = say(
            "{count:,} of {ratings}, in {cases}.",
            count=len(picked),
            ratings=plural("{count:,} rating", "{count:,} ratings", count=len(self._offer.cells)),
            cases=plural("{count:,} case", "{count:,} cases", count=cases),
        )
        each = self._offer.each(picked)  # type: ignore[arg-type]  # what was put in comes out
        if each and len({count for _, count in each}) == 1:
            told += say(" Each panellist gets {each:,}.", each=each[0][1])
        elif each:
            named = ", ".join(f"{name} {count:,}" for name, count in each[:_MOST_NAMED])
            more = (
                say(" and {count} more", count=len(each) - _MOST_NAMED)
                if len(each) > _MOST_NAMED
                else ""
            )
            told += say(" They get: {named}{more}.", named=named, more=more)
        self._each.setText(told)
