"""Opening a return that came after its round was released: part of ``reviewer release``."""

from pathlib import Path

from reviewer.casebook.book import Casebook
from reviewer.cli.console import tell
from reviewer.cli.custodian import ask_half_of
from reviewer.errors import InputError, ReturnError
from reviewer.exchange.late import OpenedLate, open_late
from reviewer.exchange.merge import receive


def open_late_file(
    book: Casebook, file: Path, reasons: tuple[str, ...], custodian_file: Path | None
) -> OpenedLate:
    """Take the return ``file``, where it is not here yet, and open it as late."""
    if len(reasons) != 1:
        raise InputError("Give --reason TEXT once with --late: why the return is opened late.")
    (verdict,) = receive(book, [file])
    if verdict.refused:
        raise ReturnError(f"{file.name}: {verdict.sentence}", layer=verdict.layer)
    one = book.returns.by_sha(verdict.digest)
    key = None if one is None else book.custody.of_round(one.round)
    paper = ask_half_of(custodian_file, None if key is None else key.custodian)
    return open_late(book, verdict.digest, reasons[0], paper=paper)


def tell_late(opened: OpenedLate, *, as_json: bool) -> None:
    """Say what was opened."""
    tell(
        {
            "round": opened.round,
            "late": {"id": opened.member.id, "name": opened.member.name},
            "opened": opened.at,
            "reason": opened.reason,
            "custodian": opened.custodian,
            "ledger": [
                {
                    "member": line.member,
                    "name": opened.member.name,
                    "kind": line.kind,
                    "declared": line.declared,
                    "opened": line.opened,
                    "stored": line.stored,
                    "late": True,
                }
                for line in opened.ledger
            ],
        },
        [
            f"The return of {opened.member.name} for round {opened.round} is opened, late.",
            "It stands from now on, named late, and never enters the reliability of round 1.",
            *(
                f"- {opened.member.name}: {line.kind}: {line.declared} declared,"
                f" {line.opened} opened, {line.stored} stored, late"
                for line in opened.ledger
            ),
        ],
        as_json=as_json,
    )
