"""One file of a delivery: what to know of it, and what a person says instead of the rules."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSizePolicy

from reviewer.intake.delivery.assess import Row, State
from reviewer.intake.delivery.patterns import CLOSED, CONTENT_NOTE
from reviewer.messages import later, plural, say
from ui.rooms.cases.bring_in.lines import WORDS
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.filled import saved_as_typed
from ui.widgets.form import Form
from ui.widgets.passphrase import PassphraseField
from ui.widgets.text import Label

_NONE_LIKE = later(
    "No other file is called like this one, and none lies beside it: it needs no rule. Say what"
    " holds for this file only."
)


class RowCard(Card):
    """Shows one file; tells what is said of it, the file first."""

    said = Signal(object, dict)  # field: word, for this file
    ruled = Signal(object, dict, bool)  # ... for all called like it; True: for its folder
    unlocking = Signal(str)  # the password of a locked document; who takes it empties the field
    looked = Signal()  # at its first page
    turned = Signal(object, bool)  # leave it out, or take it in

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(say("The chosen file"))
        self._row: Row | None = None
        self._of = ("", "")  # the path and the bytes of the file that was typed for
        self._case_chosen = False  # by a person, and not sent yet
        self._path = Label("", size="strong", wrap=True)
        self._state = Label("", tone="secondary", wrap=True)
        self._know = Label("", wrap=True)
        self._know.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for part in (self._path, self._state, self._know):
            self.body.addWidget(part)
        self.password = PassphraseField(say("Password of this document"))
        self.password.show_button.setAccessibleName(say("Show the password"))
        self.password.setPlaceholderText(say("Password"))
        self.password.returnPressed.connect(self._unlock)
        self.unlock = button(say("Open with this password"), self._unlock)
        self.body.addWidget(self.password)
        self.body.addWidget(self.unlock, 0, Qt.AlignmentFlag.AlignLeft)
        self.closed = button(
            say("Bring it in closed"),
            self._close,
            kind="quiet",
            tip=say("A page in its place says why it is not shown; its original is kept whole"),
        )
        self.body.addWidget(self.closed, 0, Qt.AlignmentFlag.AlignLeft)
        self.case = QComboBox()
        self.case.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.case.activated.connect(self._choose_case)
        self.agency, self.kind, self.note = QLineEdit(), QLineEdit(), QLineEdit()
        self._form = Form()
        self._form.add(say("Case"), self.case)
        for label, field, help_ in (
            (say("Agency"), self.agency, ""),
            (say("Kind"), self.kind, ""),
            (say("Content note"), self.note, say("With one it opens covered, for every reader.")),
        ):
            saved_as_typed(field)
            field.setMaxLength(300)
            self._form.add(label, field, help_=help_)
        self._form.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.body.addWidget(self._form)
        self._build_buttons()
        self.hide()

    @property
    def row(self) -> Row | None:
        """The file that is shown."""
        return self._row

    def show_row(
        self, row: Row | None, cases: Sequence[str], *, alike: tuple[int, int], opens: bool
    ) -> None:
        """Show a file; ``alike`` are how many are called like it, and are in its folder with it.

        ``opens``: it is locked, and a password of it can be tried.

        What somebody typed for this file and has not sent stays where it is.
        """
        self._row = row
        self.setVisible(row is not None)
        if row is None:
            return
        same = (row.item.path, row.item.sha256) == self._of
        self._of = (row.item.path, row.item.sha256)
        self._show_words(row, cases, same=same)
        self._path.setText(row.item.path)
        self._state.setText(say(WORDS[row.state]))
        self._know.setText("\n".join(row.know))
        self._know.setVisible(bool(row.know))
        here = row.state in {State.BROUGHT_IN, State.TAKEN_BACK}
        for part in (self._form, self.only):
            part.setVisible(not here)
        self.look.setVisible(bool(row.item.facts.pages))
        self.turn.setVisible(not here and (row.item.out or row.state is not State.LEFT_OUT))
        if not (same and row.item.facts.locked):
            self.password.forget()
        self.password.setVisible(opens)
        self.unlock.setVisible(opens)
        closed = row.decision.value(CLOSED)
        self.closed.setVisible(not here and bool(row.item.facts.refused and row.item.sha256))
        self.closed.setText(say("Do not bring it in") if closed else say("Bring it in closed"))
        self.closed.setAccessibleName(self.closed.text())
        self.rule.setVisible(not here and alike[0] > 1)
        self.rule.setText(
            plural("Rule for {count:,} like it", "Rule for {count:,} like it", count=alike[0])
        )
        self.folder.setVisible(not here and alike[1] > 1)
        self.folder.setText(
            plural(
                "Rule for {count:,} in its folder",
                "Rule for {count:,} in its folder",
                count=alike[1],
            )
        )
        for made in (self.rule, self.folder):
            made.setAccessibleName(made.text())
        self.turn.setText(say("Take in") if row.item.out else say("Leave out"))
        self.turn.setAccessibleName(self.turn.text())

    def _build_buttons(self) -> None:
        row = QHBoxLayout()
        self.only = button(say("This file only"), self._say)
        self.rule = button("", self.make_rule)
        self.folder = button("", lambda: self.make_rule(folder=True))
        self.turn = button("", self._turn, kind="quiet")
        for made in (self.only, self.rule):
            row.addWidget(made)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addWidget(self.folder, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout()
        self.look = button(
            say("Look at page 1"), self.looked.emit, kind="quiet", tip=say("Space, in the table")
        )
        for made in (self.look, self.turn):
            row.addWidget(made)
        row.addStretch(1)
        self.body.addLayout(row)

    def _show_words(self, row: Row, cases: Sequence[str], *, same: bool) -> None:
        """Fill the fields with what is decided, but for what is typed and not sent."""
        self._case_chosen = self._case_chosen and same
        chosen = self.case.currentData() if self._case_chosen else row.case
        self.case.clear()
        self.case.addItem(say("which?"), "")
        for reference in cases:
            self.case.addItem(reference, reference)
        self.case.setCurrentIndex(max(self.case.findData(chosen), 0))
        for field, word in (
            (self.agency, row.decision.value("agency")),
            (self.kind, row.decision.value("kind")),
            (self.note, row.decision.value(CONTENT_NOTE)),
        ):
            if not (same and field.isModified()):
                field.setText(word)

    def _choose_case(self) -> None:
        self._case_chosen = True

    def _say(self) -> None:
        if self._row is not None:
            words = {**self._typed(), "case": str(self.case.currentData() or "")}
            told = {name: word for name, word in words.items() if word}
            note = self.note.text().strip()
            if note != self._row.decision.value(CONTENT_NOTE):
                told[CONTENT_NOTE] = note  # one that is emptied is taken away
            if told:
                self._case_chosen = False
                for field in (self.agency, self.kind, self.note):
                    field.setModified(False)
                self.said.emit(self._row, told)

    def ask_rule(self) -> str:
        """Make the rule that is typed; where nothing is, let it be typed, or say why none can be.

        A case that was chosen is that of a folder, if others lie in it.
        """
        alike, beside = (part.isVisibleTo(self) for part in (self.rule, self.folder))
        if self._row is None:
            return ""
        if not (alike or beside):
            shown = self.only.isVisibleTo(self)
            return say(_NONE_LIKE) if shown else say(WORDS[self._row.state]) + "."
        self.make_rule(folder=beside and (self._case_chosen or not alike))
        return ""

    def make_rule(self, *, folder: bool = False) -> None:
        """Tell the rule that is typed, with the case if one was chosen; where none is, ask it."""
        typed = {name: word for name, word in self._typed().items() if word}
        if self._case_chosen and (case := self.case.currentData()):
            typed["case"] = str(case)
        if typed and self._row is not None:
            self._case_chosen = False
            for field in (self.agency, self.kind):
                field.setModified(False)
            self.ruled.emit(self._row, typed, folder)
        elif self._row is not None:
            (self.kind if self._row.case else self.case).setFocus()

    def _close(self) -> None:
        if self._row is not None:
            closed = self._row.decision.value(CLOSED)
            self.said.emit(self._row, {CLOSED: "" if closed else "yes"})

    def _typed(self) -> dict[str, str]:
        return {"agency": self.agency.text().strip(), "kind": self.kind.text().strip()}

    def _unlock(self) -> None:
        if password := self.password.text():
            self.unlocking.emit(password)

    def _turn(self) -> None:
        if self._row is not None:
            self.turned.emit(self._row, not self._row.item.out)
