"""What ``import --folder`` does: a delivery looked at."""

from dataclasses import dataclass
from pathlib import Path

from reviewer.casebook.book import Casebook
from reviewer.casebook.steps import at_once
from reviewer.cli.console import Bar, tell
from reviewer.cli.delivery import data_of, lines_of
from reviewer.documents.outside.worker import Worker
from reviewer.errors import InputError
from reviewer.intake.delivery.corrections import read_corrections, together, typed
from reviewer.intake.delivery.looking import dry_run
from reviewer.intake.delivery.rules import read_rules, usual
from reviewer.intake.delivery.sources import Folder


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What a person asks of a delivery on the command line."""

    folder: Path
    rules: Path | None
    dry_run: bool
    corrections: tuple[tuple[str, str], ...]
    table: Path | None


def bring_delivery(book: Casebook, asked: Asked, *, confined_only: bool, as_json: bool) -> None:
    """Look at what was delivered, and print it as a table."""
    if not asked.dry_run:
        raise InputError("A delivery can be looked at so far: give --dry-run.")
    rules = read_rules(asked.rules) if asked.rules is not None else usual()
    source = Folder(asked.folder)
    with Worker(confined_only=confined_only) as worker:
        said = read_corrections(asked.table, worker) if asked.table is not None else {}
        said = together(said, typed(asked.corrections))
        looked = dry_run(at_once(book), worker, source, Bar(), rules=rules, corrections=said)
    tell(data_of(looked), lines_of(looked), as_json=as_json)
