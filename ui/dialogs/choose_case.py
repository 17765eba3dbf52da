"""To which case documents belong: the one that is chosen in the room, or another."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from reviewer.messages import plural, say
from reviewer.records.cases import Case
from reviewer.records.ids import CaseId
from ui.dialogs.frame import Frame
from ui.widgets.form import Form

_NAMED = 6  # files whose names are shown; the rest is counted


class ChooseCaseDialog(Frame):
    """Asks for one of ``cases``, beginning with ``case``; tells its reference.

    ``files`` are given already (they were dropped), or are chosen afterwards.
    """

    chosen = Signal(str)

    def __init__(
        self,
        parent: QWidget,
        cases: Sequence[Case],
        case: CaseId | None = None,
        *,
        files: Sequence[Path] = (),
    ) -> None:
        self._what = _what(files)
        super().__init__(
            parent,
            say("Add {what}", what=self._what),
            lead=_names(files)
            or say("Documents belong to one case. Choose the case, then the files."),
            action=say("Add them")
            if len(files) > 1
            else say("Add it")
            if files
            else say("Choose files..."),
            width=460,
        )
        self._box = QComboBox()
        self._box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._box.setMinimumContentsLength(12)
        self._box.setPlaceholderText(say("Choose a case"))
        for one in cases:
            self._box.addItem(f"{one.reference}  {one.title}", one.reference)
        ids = [one.id for one in cases]
        self._box.setCurrentIndex(ids.index(case) if case in ids else -1)
        self._box.currentIndexChanged.connect(lambda _place: self._name())
        form = Form()
        form.add(say("Case"), self._box)
        self.body.addWidget(form)
        self._name()

    def accept(self) -> None:
        reference = self._box.currentData()
        super().accept()
        if isinstance(reference, str):
            self.chosen.emit(reference)

    def _name(self) -> None:
        """Say the case in the title, and let nothing be chosen for none."""
        reference = self._box.currentData()
        self.retitle(
            say("Add {what} to {reference}", what=self._what, reference=reference)
            if reference
            else say("Add {what}", what=self._what)
        )
        self.go.setEnabled(bool(reference))


def _what(files: Sequence[Path]) -> str:
    return (
        plural("{count:,} document", "{count:,} documents", count=len(files))
        if files
        else say("documents")
    )


def _names(files: Sequence[Path]) -> str:
    names = ", ".join(file.name for file in files[:_NAMED])
    more = len(files) - _NAMED
    return say("{names} and {more:,} more", names=names, more=more) if more > 0 else names
