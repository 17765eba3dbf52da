"""The form that issues a casebook: for whom, which cases, where to, and the slip elsewhere."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from reviewer.messages import later, plural, say
from reviewer.records.cases import Case
from reviewer.records.panel import LONGEST_NAME
from reviewer.records.text import clean_line
from ui import theme
from ui.rooms.panel.issuing import SAME_FOLDER, Wish, same_folder
from ui.rooms.panel.people import Person
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.files import choose_folder
from ui.widgets.form import Form
from ui.widgets.side_form import SideForm
from ui.widgets.text import Label

_AGAIN = later(
    "The casebook issued before no longer counts: what was sealed with it is refused from now on."
)
_REFERENCE = int(Qt.ItemDataRole.UserRole)


class IssueForm(SideForm):
    """Tells ``wished`` once everything is given, ``away`` where the person thinks better of it."""

    wished = Signal(object)  # tuple[Wish, ...]

    def __init__(self, folders: dict[str, Path], *, parent: QWidget | None = None) -> None:
        """Make the form; ``folders`` remembers what was chosen, also for the next one."""
        super().__init__(say("Issue casebooks"), say("Issue"), self.send, parent=parent)
        self._again = False
        self._folders = folders
        self._fields: dict[str, QLineEdit] = {}
        self._build()
        for which in _FOLDERS:
            if which in folders:
                self._fields[which].setText(str(folders[which]))

    def begin(self, cases: Sequence[Case], again: Person | None = None) -> None:
        """Ask anew; ``again`` names the member whose casebook is to be replaced."""
        self._again = again is not None and bool(again.member.issued)
        self._title.setText(say("Issue again") if self._again else say("Issue casebooks"))
        self._lead.setText(say(_AGAIN) if self._again else say(_LEAD))
        self._lead.set_tone("warn" if self._again else "secondary")
        self._names.setPlainText(again.member.name if again else "")
        self._names.setReadOnly(again is not None)
        self._fill(cases, set(again.member.cases) if again else set())
        self._problem.clear()
        (self._every if again else self._names).setFocus()

    def set_folder(self, which: str, path: Path) -> None:
        """Take a folder: ``casebook`` or ``slip``."""
        self._folders[which] = path
        self._fields[which].setText(str(path))
        self._problem.clear()

    def send(self) -> None:
        """Tell the wishes, or what is missing from them."""
        problem = self._missing()
        if problem:
            self._problem.tell(problem)
            return
        self._problem.clear()
        self.wished.emit(
            tuple(
                Wish(
                    name=name,
                    references=tuple(self._chosen()) if self._some.isChecked() else None,
                    folder=self._folders["casebook"],
                    slip_folder=self._folders["slip"],
                    again=self._again,
                )
                for name in self.names
            )
        )

    @property
    def names(self) -> list[str]:
        """The names that were typed, each once."""
        lines = map(clean_line, self._names.toPlainText().splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def keep_only(self, names: Sequence[str]) -> None:
        """Leave those names that are still to be done."""
        self._names.setPlainText("\n".join(names))

    def _build(self) -> None:
        column = self.inside
        self._lead = Label(say(_LEAD), tone="secondary", wrap=True)
        column.addWidget(self._lead)
        form = Form()
        self._names = QPlainTextEdit()
        self._names.setTabChangesFocus(True)
        self._names.setPlaceholderText(say("As they stand in the report"))
        lines = self._names.fontMetrics().lineSpacing() * _LINES
        self._names.setFixedHeight(lines + round(22 * theme.scale()))
        self._names.textChanged.connect(self._name_action)
        form.add(say("Names of the panellists, one a line"), self._names)
        form.add(say("Cases"), self._build_cases())
        self._add_folder(
            form, "casebook", say("Folder for the casebook"), say("A stick, or a shared disk.")
        )
        self._add_folder(
            form,
            "slip",
            say("Another folder for the passphrase slip"),
            say(
                "Print it on a printer of your own, whose queue nobody else reads. It"
                " travels apart."
            ),
        )
        column.addWidget(form)
        column.addStretch(1)

    def _build_cases(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.XS)
        self._every = QRadioButton(say("All cases"))
        self._some = QRadioButton(say("Chosen cases"))
        self._every.setChecked(True)
        self._list = QListWidget()
        self._list.setAccessibleName(say("Chosen cases"))
        self._list.setMinimumHeight(round(140 * theme.scale()))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVisible(False)
        self._some.toggled.connect(self._list.setVisible)
        self._list.itemChanged.connect(lambda _item: self._count())
        for widget in (self._every, self._some, self._list):
            column.addWidget(widget)
        return part

    def _add_folder(self, form: Form, which: str, label: str, help_: str) -> None:
        part = QWidget()
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE.S)
        field = QLineEdit()
        field.setReadOnly(True)
        field.setPlaceholderText(say("Not chosen yet"))
        field.setAccessibleName(label)
        self._fields[which] = field
        row.addWidget(field, 1)
        choose = button(
            say("Choose..."),
            lambda: choose_folder(
                self, label, lambda p: self.set_folder(which, p), start=self._folders.get(which)
            ),
        )
        choose.setAccessibleName(say("Choose: {label}", label=label))
        row.addWidget(choose)
        form.add(label, part, help_=help_)

    def _fill(self, cases: Sequence[Case], chosen: set[str]) -> None:
        self._list.blockSignals(True)
        self._list.clear()
        for case in cases:
            item = QListWidgetItem(f"{case.reference}  {case.title}")
            item.setData(_REFERENCE, case.reference)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            on = case.id in chosen
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            self._list.addItem(item)
        self._list.blockSignals(False)
        self._every.setText(plural("The one case", "All {count:,} cases", count=len(cases)))
        (self._some if chosen else self._every).setChecked(True)
        self._count()

    def _chosen(self) -> list[str]:
        items = (self._list.item(place) for place in range(self._list.count()))
        return [
            item.data(_REFERENCE) for item in items if item.checkState() == Qt.CheckState.Checked
        ]

    def _count(self) -> None:
        chosen = len(self._chosen())
        self._some.setText(
            say("Chosen cases: {chosen:,}", chosen=chosen) if chosen else say("Chosen cases")
        )

    def _name_action(self) -> None:
        count = len(self.names)
        self._go.setText(say("Issue {count}", count=count) if count > 1 else say("Issue"))

    def _missing(self) -> str:
        if not self.names:
            return say("Give the name of the panellist.")
        if any(len(name) > LONGEST_NAME for name in self.names):
            return say(
                "A name has at most {longest_name} characters. Put each on a line of its own.",
                longest_name=LONGEST_NAME,
            )
        if self._some.isChecked() and not self._chosen():
            return say("Tick at least one case, or choose all cases.")
        for which, words in _FOLDERS.items():
            folder = self._folders.get(which)
            if folder is None:
                return say("Choose {folder}.", folder=say(words))
            if not folder.is_dir():
                return say(
                    "{folder} is not there now. Plug it in, or choose {wanted}.",
                    folder=folder,
                    wanted=say(words),
                )
        same = same_folder(self._folders["casebook"], self._folders["slip"])
        return say(SAME_FOLDER) if same else ""


_LINES = 3  # of names, before they scroll
_FOLDERS = {
    "casebook": later("a folder for the casebook"),
    "slip": later("another folder for the passphrase slip"),
}
_LEAD = later(
    "One encrypted file each, with the cases and nobody's ratings. The"
    " slip opens it once; at the first unlock the panellist chooses a"
    " passphrase of their own."
)
