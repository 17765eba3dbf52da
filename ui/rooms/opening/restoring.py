"""Backups and copies, for a file that cannot be worked in as it is.

What they need is imported when such a file has been found: the unlock screen does without.
"""

# ruff: noqa: PLC0415 - that is what this module is for
from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ui.desk.desk import Desk
from ui.desk.jobs import Job
from ui.settings import Settings

if TYPE_CHECKING:
    from reviewer.casebook.book import About
    from reviewer.casebook.file.backup import Backup
    from ui.widgets.backup_list import BackupList


def backup_list(name: str) -> BackupList:
    """Make a list of backups to choose from."""
    from ui.widgets.backup_list import BackupList

    return BackupList(name)


def list_sound(desk: Desk, settings: Settings, path: Path) -> Job[list[Backup]]:
    """Build the job that finds the good backups of ``path``: see ``keeping``."""
    from ui.desk import backups

    return backups.list_sound(desk, settings, path)


def restore(desk: Desk, path: Path, source: Path, passphrase: str) -> Job[About]:
    """Build the job that puts a backup in the place of ``path``: see ``keeping``."""
    from ui.desk import backups

    return backups.restore(desk, path, source, passphrase)


def open_copy(desk: Desk, path: Path, folder: Path, passphrase: str) -> Job[About]:
    """Build the job that copies ``path`` into ``folder`` and opens the copy: see ``keeping``."""
    from ui.desk import backups

    return backups.open_copy(desk, path, backups.free_name(folder, path.name), passphrase)
