"""The form that issues a casebook: for whom, which cases, where to, and the slip elsewhere."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from reviewer.records.cases import Case
from reviewer.records.text import clean_line
from ui import theme
from ui.rooms.chair.sideform import SideForm
from ui.rooms.panel.issuing import SAME_FOLDER, Wish, same_folder
from ui.rooms.panel.people import Person
from ui.theme import SPACE
from ui.widgets.buttons import button
from ui.widgets.files import choose_folder
from ui.widgets.form import Form
from ui.widgets.text import Label

_AGAIN = (
    "The casebook issued before no longer counts: what was sealed with it is refused from now on."
)
_REFERENCE = int(Qt.ItemDataRole.UserRole)


class IssueForm(SideForm):
    """Tells ``wished`` once everything is given, ``away`` where the person thinks better of it."""

    wished = Signal(object)  # Wish

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__("Issue a casebook", "Issue", self.send, parent=parent)
        self._again = False
        self._folders: dict[str, Path | None] = {"casebook": None, "slip": None}
        self._fields: dict[str, QLineEdit] = {}
        self._build()

    def begin(self, cases: Sequence[Case], again: Person | None = None) -> None:
        """Ask anew; ``again`` names the member whose casebook is to be replaced."""
        self._again = again is not None and bool(again.member.issued)
        self._title.setText("Issue again" if self._again else "Issue a casebook")
        self._lead.setText(_AGAIN if self._again else _LEAD)
        self._lead.set_tone("warn" if self._again else "secondary")
        self._name.setText(again.member.name if again else "")
        self._name.setReadOnly(again is not None)
        self._fill(cases, set(again.member.cases) if again else set())
        self._problem.clear()
        (self._every if again else self._name).setFocus()

    def set_folder(self, which: str, path: Path) -> None:
        """Take a folder: ``casebook`` or ``slip``."""
        self._folders[which] = path
        self._fields[which].setText(str(path))
        self._problem.clear()

    def send(self) -> None:
        """Tell the wish, or what is missing from it."""
        problem = self._missing()
        if problem:
            self._problem.tell(problem)
            return
        folder, slip = self._folders["casebook"], self._folders["slip"]
        if folder is None or slip is None:
            return
        self._problem.clear()
        self.wished.emit(
            Wish(
                name=clean_line(self._name.text()),
                references=tuple(self._chosen()) if self._some.isChecked() else None,
                folder=folder,
                slip_folder=slip,
                again=self._again,
            )
        )

    def _build(self) -> None:
        column = self.inside
        self._lead = Label(_LEAD, tone="secondary", wrap=True)
        column.addWidget(self._lead)
        form = Form()
        self._name = QLineEdit()
        self._name.setMaxLength(120)
        self._name.setPlaceholderText("As it stands in the report")
        form.add("Name of the panellist", self._name)
        form.add("Cases", self._build_cases())
        self._add_folder(form, "casebook", "Folder for the casebook", "A stick, or a shared disk.")
        self._add_folder(
            form,
            "slip",
            "Another folder for the passphrase slip",
            "Print it on a printer of your own, whose queue nobody else reads. It travels apart.",
        )
        column.addWidget(form)
        column.addStretch(1)

    def _build_cases(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.XS)
        self._every = QRadioButton("All cases")
        self._some = QRadioButton("Chosen cases")
        self._every.setChecked(True)
        self._list = QListWidget()
        self._list.setAccessibleName("Chosen cases")
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
        field.setPlaceholderText("Not chosen yet")
        field.setAccessibleName(label)
        self._fields[which] = field
        row.addWidget(field, 1)
        choose = button(
            "Choose...", lambda: choose_folder(self, label, lambda p: self.set_folder(which, p))
        )
        choose.setAccessibleName(f"Choose: {label}")
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
        self._every.setText(f"All {len(cases):,} cases")
        (self._some if chosen else self._every).setChecked(True)
        self._count()

    def _chosen(self) -> list[str]:
        items = (self._list.item(place) for place in range(self._list.count()))
        return [
            item.data(_REFERENCE) for item in items if item.checkState() == Qt.CheckState.Checked
        ]

    def _count(self) -> None:
        chosen = len(self._chosen())
        self._some.setText(f"Chosen cases: {chosen:,}" if chosen else "Chosen cases")

    def _missing(self) -> str:
        folder, slip = self._folders["casebook"], self._folders["slip"]
        if not clean_line(self._name.text()):
            return "Give the name of the panellist."
        if self._some.isChecked() and not self._chosen():
            return "Tick at least one case, or choose all cases."
        if folder is None:
            return "Choose a folder for the casebook."
        if slip is None:
            return "Choose another folder for the passphrase slip."
        return SAME_FOLDER if same_folder(folder, slip) else ""


_LEAD = (
    "One encrypted file with the cases and nobody's ratings. The slip opens it once; at the first"
    " unlock the panellist chooses a passphrase of their own."
)
