"""Commands that keep a casebook safe: backup, backups, restore, accept, copy."""

from pathlib import Path

import click

from reviewer.casebook.book import Casebook
from reviewer.casebook.file import backup as kept
from reviewer.casebook.file import location
from reviewer.casebook.file.copying import copy_to
from reviewer.cli.console import ask_passphrase, tell
from reviewer.cli.options import FILE, casebook_command, open_book, tell_settled
from reviewer.records.text import counted


@click.command("backup")
@casebook_command
@click.option("--to", "folder", type=FILE, help="Folder; else one beside the casebook.")
def backup(
    *, file: Path, passphrase_file: Path | None, folder: Path | None, as_json: bool
) -> None:
    """Write a verified, still encrypted copy of FILE, and thin out old ones."""
    with open_book(file, passphrase_file, reading=True) as book:
        made = book.backup(folder)
    tell(
        {"backup": str(made.path), "at": made.manifest.at, "entries": made.manifest.seq},
        [f"Wrote {made.path}, opened it again and found it whole."],
        as_json=as_json,
    )


@click.command("restore")
@casebook_command
@click.option("--from", "source", required=True, type=FILE, help="The backup to put in place.")
def restore(*, file: Path, passphrase_file: Path | None, source: Path, as_json: bool) -> None:
    """Put a backup in the place of FILE; the old file is kept under another name."""
    aside = Casebook.restore(file, source, ask_passphrase(passphrase_file))
    kept = f" The old file is now {aside.name}." if aside else ""
    tell(
        {"file": str(file), "old": str(aside) if aside else None},
        [f"{file.name} is now what {source.name} holds.{kept}"],
        as_json=as_json,
    )


@click.command("backups")
@click.argument("file", type=FILE)
@click.option("--in", "folder", type=FILE, help="Folder; else the one beside the casebook.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def backups(*, file: Path, folder: Path | None, as_json: bool) -> None:
    """List the backups of FILE, newest first. Needs no passphrase."""
    found = kept.backups_in(folder or kept.folder_of(file))
    tell(
        {
            "folder": str(folder or kept.folder_of(file)),
            "backups": [
                {
                    "backup": str(b.path),
                    "at": b.manifest.at,
                    "entries": b.manifest.seq,
                    "size": b.manifest.size,
                    "casebook": b.manifest.casebook,
                }
                for b in found
            ],
        },
        [
            f"{b.manifest.at}  {counted(b.manifest.seq, 'change')}  {b.manifest.size / 1e6:.1f} MB"
            f"  {b.path}"
            for b in found
        ]
        or [f"There are no backups of {file.name} there."],
        as_json=as_json,
    )


@click.command("accept")
@casebook_command
def accept(*, file: Path, passphrase_file: Path | None, as_json: bool) -> None:
    """Let this computer take FILE for the newest state, after you put an older copy in place."""
    with open_book(file, passphrase_file, warn=False) as book:
        older = book.older
        book.accept_older()
        newest = book.journal.tail(1)[0]
    tell(
        {"file": str(file), "accepted": older is not None, "entries": newest.seq},
        [
            f"This computer now takes change {newest.seq} for the newest of {file.name}."
            if older
            else f"{file.name} is the newest state that this computer has seen."
        ],
        as_json=as_json,
    )


@click.command("copy")
@casebook_command
@click.option("--to", "folder", required=True, type=FILE, help="Folder on this computer.")
def copy(*, file: Path, passphrase_file: Path | None, folder: Path, as_json: bool) -> None:
    """Copy FILE to a folder on this computer, open the copy and check it whole."""
    target = folder / file.name
    location.refuse_elsewhere(target, location.place_of(target))
    tell_settled(copy_to(file, target, ask_passphrase(passphrase_file)))
    tell(
        {"file": str(file), "copy": str(target)},
        [f"Copied to {target} and found it whole. {file} stays as it is; work in the copy."],
        as_json=as_json,
    )
