"""Commands of the chair: issue, merge, choose, release."""

import contextlib
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click

from reviewer.casebook.book import About, Casebook
from reviewer.cli.console import end_refused, read_passphrase, tell
from reviewer.cli.custodian import ask_half
from reviewer.cli.keys import NOT_COMPARED, key_of
from reviewer.cli.late import open_late_file, tell_late
from reviewer.cli.options import FILE, casebook_command, keep, listed, open_book
from reviewer.crypto.advice import require
from reviewer.crypto.words import new_passphrase
from reviewer.errors import InputError, ReviewerError, StorageError
from reviewer.exchange.merge import choose as choose_return
from reviewer.exchange.merge import receive, withdraw_choice
from reviewer.exchange.pack import Issued
from reviewer.exchange.pack import issue as issue_casebook
from reviewer.exchange.pinning import key_words, not_compared
from reviewer.exchange.release import Released
from reviewer.exchange.release import release as release_round
from reviewer.files.write import storage_error, write_whole
from reviewer.records.panel import ReturnStatus
from reviewer.records.text import counted
from reviewer.reports.slips.passphrase import passphrase_slip
from reviewer.rounds.allocation import raters
from reviewer.summary import gaps


@click.command("issue")
@casebook_command
@click.option("--member", "members", multiple=True, required=True, help="A name; repeatable.")
@click.option("--to", "folder", required=True, type=FILE, help="Folder for the casebooks.")
@click.option("--slip-to", type=FILE, help="Another folder, for the passphrase slips (PDF).")
@click.option("--member-passphrase-file", type=FILE, help="Instead of a slip: the passphrase.")
@click.option("--cases", "references", help="Their cases, with commas; quoted where one has any.")
@click.option("--again", is_flag=True, help="Replace a casebook that was issued before.")
def issue(
    *,
    file: Path,
    passphrase_file: Path | None,
    members: tuple[str, ...],
    folder: Path,
    slip_to: Path | None,
    member_passphrase_file: Path | None,
    references: str | None,
    again: bool,
    as_json: bool,
) -> None:
    """Write a casebook for each panellist, and the passphrase slips to another place."""
    _check_places(folder, slip_to, member_passphrase_file)
    if member_passphrase_file is not None and len(members) > 1:
        raise InputError("With --member-passphrase-file, issue to one member at a time.")
    given = None if member_passphrase_file is None else read_passphrase(member_passphrase_file)
    wish = _Wish(
        folder=folder,
        slip_to=slip_to,
        given=given,
        cases=listed(references) if references else None,
        again=again,
    )
    done: list[dict[str, Any]] = []
    refused: list[tuple[str, ReviewerError]] = []
    with open_book(file, passphrase_file) as book:
        for name in members:
            try:
                done.append(_issue_one(book, name, wish))
            except ReviewerError as error:
                if len(members) == 1:
                    raise
                refused.append((name, error))
    result = done[0] if len(members) == 1 else {"issued": done, "refused": _told(refused)}
    lines = [line for one in done for line in _issued_lines(one)]
    tell(result, lines + [f"{name}: {error}" for name, error in refused], as_json=as_json)
    if refused:
        end_refused(f"{refused[0][0]}: {refused[0][1]}")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Wish:
    """What is the same for everybody who is issued a casebook."""

    folder: Path
    slip_to: Path | None
    given: str | None
    cases: list[str] | None
    again: bool


def _issue_one(book: Casebook, name: str, wish: _Wish) -> dict[str, Any]:
    """Write one casebook and its slip; return what is told of it."""
    chosen, advice = _passphrase(book.about, name, wish.given)
    issued = issue_casebook(
        book,
        name,
        wish.folder,
        passphrase=chosen,
        case_refs=wish.cases,
        again=wish.again,
        must_change_passphrase=wish.given is None,
    )
    with _taken_away_without_slip(issued):
        to = wish.slip_to
        slip = None if to is None else _write_slip(book.about, issued, chosen, to)
    return {
        "casebook": str(issued.path),
        "slip": str(slip) if slip else None,
        "member": {"id": issued.member.id, "name": issued.member.name},
        "cases": issued.cases,
        "documents": issued.documents,
        "pack": issued.pack,
        "replaced": issued.replaced,
        "advice": advice,
    }


def _issued_lines(one: dict[str, Any]) -> list[str]:
    cases = counted(one["cases"], "case")
    lines = [f"Wrote {one['casebook']} with {cases} for {one['member']['name']}."]
    if one["slip"]:
        lines.append(f"Wrote the passphrase slip {one['slip']}. It must travel by another route.")
    return lines + (
        [f"The passphrase of their casebook: {one['advice']}"] if one["advice"] else []
    )


def _told(refused: list[tuple[str, ReviewerError]]) -> list[dict[str, str]]:
    return [{"member": name, "sentence": str(error)} for name, error in refused]


def _passphrase(about: About, member: str, given: str | None) -> tuple[str, str]:
    """Return the passphrase of the issued casebook, drawn or judged, and advice or ""."""
    if given is None:
        return new_passphrase(), ""
    return given, require(given, context=[about.title, about.chair, member]).sentence


def _check_places(folder: Path, slip_to: Path | None, passphrase_file: Path | None) -> None:
    """Refuse what would put the slip beside the casebook, and make its folder before all else."""
    if (slip_to is None) == (passphrase_file is None):
        raise InputError(
            "Give either --slip-to FOLDER for a passphrase slip, or --member-passphrase-file FILE."
        )
    if slip_to is None:
        return
    if slip_to.resolve() == folder.resolve():
        raise InputError(
            "The slip must not lie beside the casebook it opens. Give --slip-to another folder,"
            " and let it travel by another route."
        )
    try:
        slip_to.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise InputError(f"{slip_to.name} is a file. Choose a folder for the slip.") from error
    except OSError as error:
        raise storage_error(error, slip_to) from error


@contextlib.contextmanager
def _taken_away_without_slip(issued: Issued) -> Iterator[None]:
    """Take the casebook away where its slip cannot be written: the words are kept nowhere else."""
    try:
        yield
    except ReviewerError as error:
        with contextlib.suppress(OSError):
            issued.path.unlink()
        raise StorageError(
            "The passphrase slip could not be written, so the casebook was taken away again:"
            f" nobody could open it. Issue it to {issued.member.name} with --again and another"
            " folder for the slip.",
            details=[str(error)],
        ) from error


def _write_slip(about: About, issued: Issued, passphrase: str, folder: Path) -> Path:
    return write_whole(
        folder / issued.path.with_suffix(".slip.pdf").name,
        passphrase_slip(
            inquiry=about.title,
            member=issued.member.name,
            passphrase=passphrase,
            fingerprint="",
            issued_on=dt.datetime.now(dt.UTC).date().isoformat(),
            marking=about.marking,
            demonstration=about.demonstration,
        ),
    )


@click.command("merge")
@casebook_command
@click.argument("returns", type=FILE, nargs=-1, required=True)
def merge(
    *, file: Path, passphrase_file: Path | None, returns: tuple[Path, ...], as_json: bool
) -> None:
    """Verify RETURNS and keep them, sealed, in FILE."""
    with open_book(file, passphrase_file) as book:
        verdicts = receive(book, returns)
        if any(v.standing is ReturnStatus.RECEIVED for v in verdicts):
            keep(book)
        about = book.about
        received = {
            r.member
            for r in book.returns.received(about.round)
            if r.standing is ReturnStatus.RECEIVED
        }
        expected = [m for m in raters(book, about) if m.issued or m.role == "chair"]
        states = {one.member.name: one.state.value for one in key_words(book)}
    tell(
        {
            "verdicts": [
                {
                    "file": str(path),
                    "verdict": verdict.standing.value,
                    "member": verdict.member,
                    "seq": verdict.seq,
                    "layer": verdict.layer,
                    "sha256": verdict.digest,
                    "fingerprint": key_of(verdict.public_key),
                    "key": states.get(verdict.member, "") if verdict.public_key else "",
                    "sentence": verdict.sentence,
                }
                for path, verdict in zip(returns, verdicts, strict=True)
            ],
            "received": len(received),
            "expected": len(expected),
            "out": [m.name for m in expected if m.id not in received],
        },
        [
            *(f"{v.file}: {v.standing.value}. {v.sentence}" for v in verdicts),
            f"{len(received)} of {len(expected)} received.",
        ],
        as_json=as_json,
    )
    bad = [v for v in verdicts if v.standing in {ReturnStatus.REFUSED, ReturnStatus.FORK}]
    if bad:
        first = f"{bad[0].file}: {bad[0].sentence}"
        end_refused(first if len(bad) == 1 else f"{len(bad)} returns were refused; first {first}")


@click.command("choose")
@casebook_command
@click.argument("sha256")
@click.option("--undo", is_flag=True, help="Take the choice back, before the release.")
def choose(
    *, file: Path, passphrase_file: Path | None, sha256: str, undo: bool, as_json: bool
) -> None:
    """Decide which of two conflicting returns counts, by the SHA-256 that merge printed of it."""
    with open_book(file, passphrase_file) as book:
        if undo:
            withdraw_choice(book, sha256)
        else:
            choose_return(book, sha256)
    told = "The choice is taken back; none of them counts until one is chosen."
    tell(
        {"chosen": None if undo else sha256},
        [told if undo else "That return counts from now on; --undo takes it back."],
        as_json=as_json,
    )


@click.command("release")
@casebook_command
@click.option("--without", multiple=True, help="A member whose return is out; repeatable.")
@click.option("--reason", "reasons", multiple=True, help="Why, one for each --without.")
@click.option("--late", type=FILE, help="A return that came after its round was released.")
@click.option("--custodian-file", type=FILE, help="Text with the lines of the custodian's sheet.")
def release(
    *,
    file: Path,
    passphrase_file: Path | None,
    without: tuple[str, ...],
    reasons: tuple[str, ...],
    late: Path | None,
    custodian_file: Path | None,
    as_json: bool,
) -> None:
    """Open all returns of the round together, or one that came late (--late, --reason)."""
    if late is not None:
        if without:
            raise InputError("Give --late or --without, not both.")
        with open_book(file, passphrase_file) as book:
            opened = open_late_file(book, late, reasons, custodian_file)
            keep(book)
        tell_late(opened, as_json=as_json)
        return
    if len(without) != len(reasons):
        raise InputError("Each --without NAME needs its own --reason TEXT.")
    with open_book(file, passphrase_file) as book:
        paper = ask_half(custodian_file, book.about)
        released = release_round(
            book, without=dict(zip(without, reasons, strict=True)), paper=paper
        )
        keep(book)
        about = book.about
        names = {str(member.id): member.name for member in book.members.all()}
        unheard = [k.member.name for k in not_compared(book) if k.member.name not in without]
    tell(*_told_release(about, released, names, unheard), as_json=as_json)


def _told_release(
    about: About, released: Released, names: Mapping[str, str], unheard: Sequence[str]
) -> tuple[dict[str, Any], list[str]]:
    """Return what a release did, as data and in lines."""
    result: dict[str, Any] = {
        "round": about.round,
        "released": about.released,
        "without": {
            name: why for name, why in released.without.items() if name not in released.aside
        },
        "set_aside": dict(released.aside),
        "not_compared": unheard,
        "custodian": released.custodian,
        "asked": released.gaps.asked,
        "blank": released.gaps.blank,
        "mostly_blank": released.gaps.mostly,
        "blanks": [asdict(one) | {"mostly_blank": one.mostly} for one in released.gaps.blanks],
        "unsupported": list(released.gaps.unsupported),
        "ledger": [
            {
                "member": line.member,
                "name": names.get(line.member, ""),
                "kind": line.kind,
                "declared": line.declared,
                "opened": line.opened,
                "stored": line.stored,
            }
            for line in released.ledger
        ],
    }
    lines = [
        f"Round {about.round} is released.",
        *(f"- Left out: {name}. {why}" for name, why in released.aside.items()),
        *gaps.told(released.gaps),
        *(
            f"- {names.get(line.member, '')}: {line.kind}: {line.declared} declared,"
            f" {line.opened} opened, {line.stored} stored"
            for line in released.ledger
        ),
        *([NOT_COMPARED.format(", ".join(unheard))] if unheard else []),
    ]
    return result, lines
