"""Backups: which there are, where they are kept, one more now, one in the casebook's place."""

from pathlib import Path

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from reviewer.casebook.book import Casebook
from reviewer.casebook.file.backup import Backup
from reviewer.messages import later, say
from ui import errors
from ui.desk import backups
from ui.desk.desk import Desk
from ui.desk.jobs import Job
from ui.rooms.safekeeping.card import SafekeepingCard
from ui.settings import BACKUP_FOLDER, Settings
from ui.theme import SPACE
from ui.widgets.backup_list import BackupList
from ui.widgets.buttons import button
from ui.widgets.dates import when
from ui.widgets.files import choose_folder
from ui.widgets.passphrase import PassphraseField
from ui.widgets.text import Elided, Label

_NOTE = later(
    "A backup is a whole copy, encrypted, that opens with the passphrase"
    " of the day it was made. Reviewer makes one after each import, merge"
    " and release and every hour while you work. Each is opened and"
    " checked before it counts."
)
_NONE = later("There is no backup yet.")
_RESTORE = later(
    "The casebook is closed and becomes what this backup holds: what came"
    " after is not in it. The file as it is now is kept beside it under"
    " another name. Type the passphrase of the backup."
)


class BackupsCard(SafekeepingCard):
    """A list, a folder, and three actions."""

    def __init__(self, desk: Desk, settings: Settings) -> None:
        super().__init__(desk, settings, say("Backups"), say(_NOTE))
        self.list = BackupList(say("Backups, newest first"))
        self.list.hide()
        self.none = Label(say(_NONE), tone="warn")
        self.body.addWidget(self.list)
        self.body.addWidget(self.none)
        self.body.addLayout(self._build_folder())
        self.body.addLayout(self._build_actions())
        self._question = self._build_question()
        self.body.addWidget(self._question)
        self.close_card()
        desk.backed_up.connect(self._made)

    def enter(self) -> None:
        path = self.desk.path
        if path is None or self.desk.about is None:
            return
        self._folder.set_text(str(backups.folder_for(self.settings, path)))
        self._usual.setVisible(bool(self.settings.get(BACKUP_FOLDER)))
        backups.list_all(self.desk, self.settings, path).owner(self).succeeded(self._place).run()

    def hideEvent(self, event: QHideEvent) -> None:
        if not event.spontaneous():
            self._ask(on=False)  # what was typed does not wait here for whoever comes back
        super().hideEvent(event)

    def back_up(self) -> None:
        """Make one now."""
        job = backups.back_up(self.desk, self.settings).owner(self)
        self._watch(say("Making a backup"), job).failed(self._not_made).run()

    def restore(self) -> None:
        """Put the chosen backup in the casebook's place, with the passphrase that was typed."""
        chosen, path = self.list.chosen, self.desk.path
        if chosen is None or path is None or not self._passphrase.text():
            return
        job = backups.restore(self.desk, path, chosen.path, self._passphrase.text())
        self._passphrase.forget()
        self.desk.replace(job, f"Putting the backup of {when(chosen.manifest.at)} in place.")

    def keep_in(self, folder: Path | None) -> None:
        """Keep all backups in ``folder`` from now on; None is beside each casebook."""
        self.settings.put(BACKUP_FOLDER, str(folder) if folder is not None else "")
        self.enter()

    def _build_folder(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE.S)
        row.addWidget(Label(say("Kept in"), tone="secondary"))
        self._folder = Elided("")
        self._folder.setAccessibleDescription(say("Folder of the backups"))
        row.addWidget(self._folder, 1)
        self._usual = button(say("Beside the casebook"), lambda: self.keep_in(None), kind="quiet")
        self._change = button(
            say("Change..."), self._choose, kind="quiet", tip=say("For every casebook")
        )
        row.addWidget(self._usual)
        row.addWidget(self._change)
        return row

    def _build_actions(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE.S)
        self.now = button(say("Back up now"), self.back_up)
        self.ask = button(say("Restore the chosen backup..."), lambda: self._ask(on=True))
        row.addWidget(self.now)
        row.addWidget(self.ask)
        row.addStretch(1)
        return row

    def _build_question(self) -> QWidget:
        part = QWidget()
        row = QHBoxLayout()
        row.setSpacing(SPACE.S)
        self._passphrase = PassphraseField()
        self._passphrase.setPlaceholderText(say("Passphrase of the backup"))
        self._passphrase.returnPressed.connect(self.restore)
        self._do = button(say("Restore"), self.restore, kind="danger")
        row.addWidget(self._passphrase, 1)
        row.addWidget(self._do)
        row.addWidget(button(say("Cancel"), lambda: self._ask(on=False), kind="quiet"))
        column = QVBoxLayout(part)
        column.setContentsMargins(0, SPACE.S, 0, 0)
        self._what = Label("", wrap=True)
        column.addWidget(self._what)
        column.addLayout(row)
        part.hide()
        return part

    def _ask(self, *, on: bool) -> None:
        chosen = self.list.chosen
        self._question.setVisible(on and chosen is not None)
        self._passphrase.forget()
        if on and chosen is not None:
            self._what.setText(
                say(
                    "Backup of {when}. {restore}",
                    when=when(chosen.manifest.at),
                    restore=say(_RESTORE),
                )
            )
            self._passphrase.setFocus()
            self.opened.emit(self._question)

    def _choose(self) -> None:
        choose_folder(self, say("Where to keep backups"), self.keep_in)

    def _place(self, found: list[Backup]) -> None:
        """Find out how each backup stands to what the casebook holds now."""

        def read(book: Casebook) -> tuple[int, frozenset[Path]]:
            heads = {one.path: book.journal.hash_at(one.manifest.seq) for one in found}
            own = {one.path for one in found if heads[one.path] == one.manifest.head}
            return book.journal.tail(1)[0].seq, frozenset(own)

        self.desk.ask(read).owner(self).succeeded(lambda told: self._show(found, *told)).run()

    def _show(self, found: list[Backup], newest: int, own: frozenset[Path]) -> None:
        self.list.show_backups(found, newest=newest, own=own)
        self.none.setVisible(not found)
        self.ask.setEnabled(bool(found))

    def _watch(self, title: str, job: Job[Backup]) -> Job[Backup]:
        self.now.setEnabled(False)
        watched = self.strip.watch(title, job, stoppable=False)
        return watched.finished(lambda: self.now.setEnabled(True))

    def _not_made(self, error: Exception) -> None:
        told = errors.words(error)
        self.outcome.tell(told.sentence, lines=told.details, warn=True)

    def _made(self, backup: Backup) -> None:
        self.outcome.tell(
            say("Backed up {when}, opened again and found whole.", when=when(backup.manifest.at))
        )
        self.enter()
