"""The one place where the key that opens the returns is put together; only the release uses it.

Where there is a custodian, half of the key is in the casebook and half on paper with somebody
else: neither the chair nor the custodian opens a return alone. The half on paper is drawn here,
handed on to be printed, and kept nowhere.
"""

import contextlib
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from reviewer.casebook.book import About, Casebook, NewCasebook
from reviewer.casebook.writer import now
from reviewer.crypto.custody import CustodianSheet, key_of_halves, new_half, sheet_mark
from reviewer.crypto.groups import Sheet, from_text, to_lines
from reviewer.crypto.identity import AgeKey, age_key
from reviewer.crypto.profiles import Profile
from reviewer.errors import DamagedError, InputError, StateError, StorageError
from reviewer.exchange import keyring
from reviewer.exchange.membership import person_name
from reviewer.exchange.merge import restanding
from reviewer.files.read import NotAFileError, open_file
from reviewer.files.write import storage_error, write_whole
from reviewer.records.panel import Custodian, RoundKey
from reviewer.records.text import clean_line
from reviewer.records.updates import AgendaCell
from reviewer.rounds.agenda import OpenedRound, next_cells, open_round

WHAT_IS_LOST = (
    "Without a second custodian this casebook holds the whole key to the returns: a chair who"
    " scores could open them before the round is released, and nobody would see it."
)
_MAX_FILE = 8192  # bytes of a text with the groups; a larger one is the wrong file


Draw = Callable[[CustodianSheet], bytes]
"""Draws the sheet as a PDF: ``reports.custodian.custodian_sheet``, which stands on this floor."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CustodianWish:
    """Who shall keep the other half, and the folder that the sheet is written to."""

    name: str
    folder: Path


def create(
    path: Path,
    passphrase: str,
    new: NewCasebook,
    *,
    wish: CustodianWish,
    draw: Draw,
    profile: Profile | None = None,
) -> Casebook:
    """Make a casebook whose returns open only with a custodian's half, and open it.

    The sheet (see ``sheet_path``) is written before the casebook that needs it, and taken away
    where none is made. Raises ``InputError``, and what ``Casebook.create`` raises.
    """
    taken = os.path.lexists(path)
    custodian, kept, paper = _drawn(wish.name, chair=new.chair)
    key = RoundKey(recipient=custodian.recipient, custodian=custodian)
    founded = replace(new, key=key, secrets={**new.secrets, _half_name(custodian): kept})
    sheet = _sheet(custodian, paper, new)
    written = write_sheet(sheet, draw, wish.folder, apart_from=path)
    try:
        return Casebook.create(path, passphrase, founded, profile=profile)
    except BaseException:
        if taken or not os.path.lexists(path):
            _discard(written)
        raise


def sheet_path(folder: Path, custodian: Custodian) -> Path:
    """Return where in ``folder`` the sheet of ``custodian`` is written: its name tells nobody."""
    return folder / f"custodian-{custodian.mark.replace(' ', '')}.pdf"


def write_sheet(sheet: CustodianSheet, draw: Draw, folder: Path, *, apart_from: Path) -> Path:
    """Write the sheet into ``folder``, which must not be the casebook's own; returns its path.

    Write it before the casebook that needs it. ``apart_from`` is the casebook. Raises
    ``InputError``, ``StorageError``.
    """
    if folder.resolve() == apart_from.resolve().parent:
        raise InputError(
            "The custodian's sheet must not lie beside the casebook. Choose another folder, best"
            " a stick that the custodian takes along."
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise InputError(f"{folder.name} is a file. Choose a folder for the sheet.") from error
    except OSError as error:
        raise storage_error(error, folder) from error
    return write_whole(sheet_path(folder, sheet.custodian), draw(sheet))


def name_custodian(book: Casebook, name: str, draw: Draw, folder: Path) -> Path:
    """Name a custodian in a casebook from which nothing was issued yet; returns the sheet's path.

    The sheet is written first: a half that is on no paper would lock the returns for ever. Raises
    ``StateError`` where a custodian is named, or casebooks were issued or sealed, already.
    """
    about = book.about
    _refuse_now(book)
    custodian, kept, paper = _drawn(name, chair=about.chair)
    sheet = _sheet(custodian, paper, about)
    path = write_sheet(sheet, draw, folder, apart_from=book.path)
    try:
        book.custody.name(
            custodian,
            round_number=about.round,
            keep={_half_name(custodian): kept},
            forget=(keyring.RELEASE, keyring.RELEASE_TO),
        )
    except BaseException:
        # A disk can fail after it has kept the change: then that sheet is the other half.
        if book.about.custodian is None:
            _discard(path)
        raise
    return path


def read_half(path: Path) -> bytes:
    """Return the half that a text file with the groups of a custodian's sheet carries.

    Raises ``InputError`` that names the wrong lines, ``StorageError``.
    """
    try:
        with open_file(path) as stream:
            raw = stream.read(_MAX_FILE + 1)
    except NotAFileError as error:
        raise InputError(
            f"{path.name} is a folder, a pipe or a device, so it was not read."
        ) from error
    except OSError as error:
        raise StorageError(f"{path.name} could not be read.") from error
    if len(raw) > _MAX_FILE:
        raise InputError(f"{path.name} is much longer than a custodian's sheet.")
    try:
        return from_text(raw.decode("utf-8-sig"), Sheet.CUSTODIAN)
    except UnicodeDecodeError:
        raise InputError(f"{path.name} is not a text with the groups of the sheet.") from None


def open_round_with_sheet(
    book: Casebook,
    draw: Draw,
    folder: Path,
    *,
    name: str = "",
    cells: tuple[AgendaCell, ...] | None = None,
) -> tuple[OpenedRound, Path]:
    """Open the next round with a sheet of its own; returns it and the sheet's path.

    ``name`` is who keeps the sheet: the custodian of the round before where it is "". What was
    typed when an earlier round was released opens nothing of this one. The sheet is written first,
    and taken away where the round is not opened. ``cells`` and what it raises are those of
    ``open_round`` and ``write_sheet``, with ``InputError`` where nobody is named.
    """
    about = book.about
    if cells is None:
        cells = next_cells(book)
    before = about.custodian.name if about.custodian is not None else ""
    custodian, kept, paper = _drawn(name or before, chair=about.chair)
    path = write_sheet(_sheet(custodian, paper, about), draw, folder, apart_from=book.path)
    key = RoundKey(recipient=custodian.recipient, custodian=custodian)
    try:
        return open_round(book, cells=cells, key=key, keep={_half_name(custodian): kept}), path
    except BaseException:
        if book.about.custodian != custodian:
            _discard(path)
        raise


def replace_sheet(
    book: Casebook, draw: Draw, folder: Path, *, name: str = ""
) -> tuple[Path, tuple[str, ...]]:
    """Draw another sheet for the open round, whose own is lost; returns its path and who is asked.

    Everybody needs an update that brings the new key, and who has sealed seals again: their names
    are returned, and what arrived from them counts no more. Raises ``StateError`` where no
    custodian is named or the round is released, and what ``write_sheet`` does.
    """
    about = book.about
    _refuse_a_panellists(about)
    if about.custodian is None:
        raise StateError("There is no custodian's sheet to replace in this casebook.")
    if about.released:
        raise StateError(f"Round {about.round} is released, so its sheet is not needed any more.")
    custodian, kept, paper = _drawn(name or about.custodian.name, chair=about.chair)
    path = write_sheet(_sheet(custodian, paper, about), draw, folder, apart_from=book.path)
    sealed = tuple(sorted({one.member for one in book.returns.received(about.round)}))
    try:
        book.custody.name(
            custodian,
            round_number=about.round,
            keep={_half_name(custodian): kept},
            forget=(_half_name(about.custodian),),  # whoever finds the lost sheet opens nothing
            then=restanding(book, custodian.recipient),
        )
    except BaseException:
        if book.about.custodian != custodian:
            _discard(path)
        raise
    names = {member.id: member.name for member in book.members.all()}
    return path, tuple(names[member] for member in sealed)


def release_key(
    book: Casebook, paper: bytes | None = None, round_number: int | None = None
) -> AgeKey:
    """Return the key that opens the returns of a round, the open one's where none is named.

    ``paper`` is the custodian's half where there is one.

    Raises ``StateError`` where the half is needed and not there, ``InputError`` where it is of
    another casebook, ``DamagedError`` where the kept half is not what it was.
    """
    number = round_number or book.about.round
    key = book.custody.of_round(number)
    custodian = None if key is None else key.custodian
    if custodian is None:
        keyring.release_recipient(
            book, number
        )  # makes the key on first use, and refuses a panellist's
        secret = book.secrets.get(keyring.RELEASE)
        if secret is None:
            raise DamagedError("The key that opens the returns is missing. Restore a backup.")
        return age_key(secret.decode("ascii"))
    if paper is None:
        raise StateError(
            "The returns stay sealed: this casebook holds half of the key, and"
            f" {custodian.name} keeps the other half on paper (sheet {custodian.mark}). Let"
            f" {custodian.name} type it in."
        )
    if sheet_mark(paper) != custodian.mark:
        raise InputError(
            f"That is the sheet {sheet_mark(paper)}, and round {number} opens with the sheet"
            f" {custodian.mark}. Nothing was opened."
        )
    kept = book.secrets.get(_half_name(custodian)) or book.secrets.get(keyring.RELEASE_HALF)
    whole = None if kept is None else key_of_halves(kept, paper)
    if whole is None or whole.public != custodian.recipient:
        raise DamagedError(
            "The half of the key in this casebook is not what it was. Nothing was opened; restore"
            " a backup."
        )
    return whole


def may_name(book: Casebook) -> bool:
    """Return whether a custodian can still be named: nothing is sealed to the whole key yet."""
    about = book.about
    return about.kind == "chair" and about.custodian is None and not book.members.anybody_issued()


def _refuse_now(book: Casebook) -> None:
    about = book.about
    _refuse_a_panellists(about)
    if about.custodian is not None:
        raise StateError(
            f"{about.custodian.name} is the custodian already, and the sheet cannot be printed"
            " again: this casebook never kept that half."
        )
    if not may_name(book):
        raise StateError(
            "A custodian must be named before the first casebook is issued and before the chair"
            " seals: what was given out is sealed to a key that this casebook holds alone. Make a"
            " new casebook with a custodian, or go on without one."
        )


def _refuse_a_panellists(about: About) -> None:
    if about.kind != "chair":
        raise StateError("Only the chair's casebook has the keys that open returns.")


def _drawn(name: str, *, chair: str) -> tuple[Custodian, bytes, bytes]:
    """Return the custodian, the half to keep, and the half for the paper."""
    name = clean_line(name)
    if not name:
        raise InputError("The custodian needs a name.")
    name = person_name(name)
    if name.casefold() == chair.casefold():
        raise InputError(
            "The custodian must be somebody else than the chair; best one who does not score."
        )
    kept, paper = new_half(), new_half()
    custodian = Custodian(
        name=name,
        since=now(),
        recipient=key_of_halves(kept, paper).public,
        mark=sheet_mark(paper),
    )
    return custodian, kept, paper


def _sheet(custodian: Custodian, paper: bytes, of: NewCasebook | About) -> CustodianSheet:
    return CustodianSheet(
        custodian=custodian,
        lines=to_lines(paper, Sheet.CUSTODIAN),
        title=of.title,
        chair=of.chair,
        marking=of.marking,
        demonstration=of.demonstration,
    )


def _half_name(custodian: Custodian) -> str:
    """Return the name of the kept half in ``secrets``: a sheet has its own, a round its sheet."""
    return f"{keyring.RELEASE_HALF} {custodian.mark}"


def _discard(sheet: Path) -> None:
    """Take a sheet away whose casebook was not made."""
    with contextlib.suppress(OSError):
        sheet.unlink(missing_ok=True)
