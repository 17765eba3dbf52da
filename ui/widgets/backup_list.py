"""Backups as rows to choose from: when, up to which change, and what each lacks."""

from collections.abc import Collection, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from reviewer.casebook.file.backup import Backup
from reviewer.messages import plural, say
from ui import theme
from ui.widgets.dates import when
from ui.widgets.rows import RowRole, SideRow, SideRowDelegate

_MOST_ROWS = 4  # shown before the list scrolls


class BackupList(QListWidget):
    """Newest first; the first one is chosen."""

    def __init__(self, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(SideRowDelegate(self))
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._backups: tuple[Backup, ...] = ()

    @property
    def chosen(self) -> Backup | None:
        """The backup that is chosen."""
        row = self.currentRow()
        return self._backups[row] if 0 <= row < len(self._backups) else None

    def show_backups(
        self,
        backups: Sequence[Backup],
        *,
        newest: int = 0,
        own: Collection[Path] | None = None,
    ) -> None:
        """Show ``backups``; ``newest`` is the number of the casebook's last change, 0 unknown.

        ``own`` are those whose last change the casebook has too; the others hold what an older
        state that was put back does not have.
        """
        self._backups = tuple(backups)
        self.clear()
        for backup in self._backups:
            row = SideRow(
                first=when(backup.manifest.at),
                second=_apart(backup.manifest.seq, newest)
                if own is not None and backup.path not in own
                else _holds(backup.manifest.seq, newest),
                state=say("{size:,.1f} MB", size=backup.manifest.size / 1e6),
            )
            item = QListWidgetItem()
            item.setData(int(RowRole.ROW), row)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, row.spoken)
            self.addItem(item)
        self.setVisible(bool(self._backups))
        if self._backups:
            self.setCurrentRow(0)
            shown = min(len(self._backups), _MOST_ROWS)
            self.setFixedHeight(self.sizeHintForRow(0) * shown + round(4 * theme.scale()))


def _apart(seq: int, newest: int) -> str:
    """Say of a backup that goes on from a state before this one what it is."""
    more = say(", {seq:,} more than here", seq=seq - newest) if seq > newest else ""
    return say(
        "Up to change {seq:,}{more}: made before an older state was put back", seq=seq, more=more
    )


def _holds(seq: int, newest: int) -> str:
    if not newest:
        return say("Up to change {seq:,}", seq=seq)
    missing = newest - seq
    if missing <= 0:
        return say("Up to change {seq:,}: nothing is missing", seq=seq)
    if missing == 1:
        return say("Up to change {seq:,}: the last change is not in it", seq=seq)
    return plural(
        "Up to change {seq:,}: the last {count:,} change is not in it",
        "Up to change {seq:,}: the last {count:,} changes are not in it",
        count=missing,
        seq=seq,
    )
