"""Backups and copies as the window makes them: each function builds a job for the desk.

Backups go beside the casebook, or into the one folder that the person chose for all of them.
"""

from pathlib import Path

from reviewer.casebook.book import About, Casebook
from reviewer.casebook.file import backup as backups
from reviewer.casebook.file import copying
from reviewer.casebook.file.backup import Backup
from reviewer.casebook.file.settling import Settled
from reviewer.errors import DamagedError
from reviewer.messages import say
from reviewer.progress import Progress
from ui.desk.desk import Desk
from ui.desk.jobs import Job
from ui.settings import BACKUP_FOLDER, Settings

_TRIES = 5  # copies that a change may spoil, one after the other


def folder_for(settings: Settings, casebook: Path) -> Path:
    """Return where the backups of ``casebook`` are kept on this computer."""
    chosen = settings.get(BACKUP_FOLDER)
    return Path(chosen) if chosen else backups.folder_of(casebook)


def back_up(desk: Desk, settings: Settings) -> Job[Backup]:
    """Build the job that backs up the open casebook, and tells it as ``backed_up``.

    The casebook is copied beside its thread, so that nobody waits for a page. Where it changed
    meanwhile the copy is thrown away and made again; at last on that thread, between two changes.
    """
    folder = folder_for(settings, desk.path or Path())

    def work() -> Backup:
        for _ in range(_TRIES):
            source = desk.call(_source)
            draft = copying.snapshot(source, folder)
            if draft is None:
                break
            try:
                return copying.finish(draft)
            except DamagedError:
                if desk.call(lambda book: book.source().seq) == source.seq:
                    raise
        return desk.call(lambda book: book.backup(folder))

    return desk.elsewhere(work).succeeded(desk.backed_up.emit)


def _source(book: Casebook) -> copying.Source:
    book.finish_checks()
    return book.source()


def list_sound(
    desk: Desk, settings: Settings, casebook: Path, *, most: int = 5
) -> Job[list[Backup]]:
    """Build the job that finds the newest good backups of ``casebook``, newest first."""
    folder = folder_for(settings, casebook)
    return desk.elsewhere(lambda: backups.sound_of(casebook, folder, most=most))


def list_all(desk: Desk, settings: Settings, casebook: Path) -> Job[list[Backup]]:
    """Build the job that lists the backups of ``casebook`` unread, newest first."""
    folder = folder_for(settings, casebook)
    return desk.elsewhere(lambda: backups.named_after(casebook, folder))


def restore(desk: Desk, path: Path, source: Path, passphrase: str) -> Job[About]:
    """Build the job that puts ``source`` in the place of ``path`` and opens it."""
    kept: list[Path | None] = []

    def make(progress: Progress) -> Casebook:
        progress.step(0, 3, say("Checking the backup"))
        kept.append(Casebook.restore(path, source, passphrase))
        return Casebook.open(path, passphrase, progress=progress)

    def tell(_about: About) -> None:
        old = (
            say(" The file that was there is now called {name}.", name=kept[0].name)
            if kept[0]
            else ""
        )
        desk.told.emit(say("{name} is what the backup held.{old}", name=path.name, old=old))

    return desk.opening(path, make).succeeded(tell)


def open_copy(desk: Desk, path: Path, target: Path, passphrase: str) -> Job[About]:
    """Build the job that copies ``path`` to ``target``, and opens the copy."""
    settled: list[Settled | None] = []

    def make(progress: Progress) -> Casebook:
        progress.step(0, 3, say("Copying to this computer"))
        settled.append(copying.copy_to(path, target, passphrase))
        return Casebook.open(target, passphrase, progress=progress)

    def tell(_about: About) -> None:
        put_right = f" {settled[0].sentence}" if settled[0] else ""
        desk.told.emit(
            say(
                "You work in the copy on this computer: {target}. The file that was"
                " copied stays as it is.{put_right}",
                target=target,
                put_right=put_right,
            )
        )

    return desk.opening(target, make).succeeded(tell)


def free_name(folder: Path, name: str) -> Path:
    """Return a path in ``folder`` for ``name`` that nothing has yet."""
    wanted = Path(name)
    path, number = folder / name, 2
    while path.exists() or path.is_symlink():
        path = folder / f"{wanted.stem} {number}{wanted.suffix}"
        number += 1
    return path
