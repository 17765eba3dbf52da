"""Commands that show what stands: verify, journal, receipt."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from reviewer.assets import resource
from reviewer.casebook.book import Casebook, Check
from reviewer.cli.console import Bar, ask_passphrase, end_refused, tell
from reviewer.cli.options import FILE, casebook_command, open_book, tell_settled
from reviewer.crypto.receipt import read_receipt
from reviewer.errors import ReviewerError
from reviewer.exchange.examine import examine
from reviewer.exchange.journal import VERIFIER, journal_export
from reviewer.files.write import write_whole
from reviewer.records.text import counted
from reviewer.reports.slips.receipt import write_receipt

_DAMAGED = "is damaged: keep it, and restore a good copy"
_WRONG = {
    "backups": "is sound, but a backup beside it is not",
    "seen": "is sound, but not the newest state",
    "receipt": "is sound, but not what the receipt says",
}


@click.command("verify")
@casebook_command
@click.option("--receipt", "codes", multiple=True, help="The code of a printed receipt.")
def verify(
    *, file: Path, passphrase_file: Path | None, codes: tuple[str, ...], as_json: bool
) -> None:
    """Check FILE as a whole, and whether it still holds the state of a receipt."""
    receipts = [read_receipt(code) for code in codes]
    checks, book = Casebook.inspect(file, ask_passphrase(passphrase_file))
    state: dict[str, Any] | None = None
    if book is not None:
        tell_settled(book.settled)
        with book:
            checks = examine(book, receipts=receipts, progress=Bar())
            rows, root = book.journal.digest()
            newest = book.journal.tail(1)[0]
            state = {"id": book.about.id, "entries": newest.seq, "head": newest.hash}
            state |= {"rows": rows, "digest": root}
    bad = [check for check in checks if not check.passed]
    tell(
        {
            "file": str(file),
            "sound": not bad,
            "checks": [asdict(check) for check in checks],
            "state": state,
        },
        [f"{_mark(check)} {check.name}: {check.sentence}" for check in checks],
        as_json=as_json,
    )
    if bad:
        end_refused(f"{file.name} {_WRONG.get(bad[0].name, _DAMAGED)}. {bad[0].sentence}")


def _mark(check: Check) -> str:
    if not check.passed:
        return "BAD "
    return "note" if check.remark else "ok  "


@click.command("journal")
@casebook_command
@click.option("--to", "to", required=True, type=FILE, help="The file to write (JSON).")
@click.option("--verifier-to", type=FILE, help="Folder for the program that checks the file.")
def journal(
    *,
    file: Path,
    passphrase_file: Path | None,
    to: Path,
    verifier_to: Path | None,
    as_json: bool,
) -> None:
    """Write the journal of FILE with its hashes and without values, for an outsider to check."""
    with open_book(file, passphrase_file) as book:
        newest = book.journal.tail(1)[0]
        verifier = None
        if verifier_to is not None:
            verifier = write_whole(verifier_to / VERIFIER, resource(VERIFIER).read_bytes())
        try:
            write_whole(to, journal_export(book))
        except ReviewerError:
            if verifier is not None:
                verifier.unlink(missing_ok=True)
            raise
    entries = counted(newest.seq, "entry", "entries")
    tell(
        {
            "journal": str(to),
            "entries": newest.seq,
            "head": newest.hash,
            "verifier": str(verifier) if verifier else None,
        },
        [
            f"Wrote {to}: {entries}. It names people, steps and times, and no score.",
            *([f"Wrote {verifier}. Check with: python3 {VERIFIER} {to.name}"] if verifier else []),
        ],
        as_json=as_json,
    )


@click.command("receipt")
@casebook_command
@click.option("--to", "folder", required=True, type=FILE, help="Folder for the receipt (PDF).")
def receipt(*, file: Path, passphrase_file: Path | None, folder: Path, as_json: bool) -> None:
    """Write a receipt: one page that says which state FILE is in, without any content."""
    with open_book(file, passphrase_file) as book:
        written = write_receipt(book, folder)
        stands = book.receipt
        head = book.journal.head()
    tell(
        {"receipt": str(written), "entries": stands.seq, "head": head, "code": list(stands.lines)},
        [f"Wrote {written}. Its code:", *stands.lines],
        as_json=as_json,
    )
