"""Issuing: one panellist's casebook out of the chair's, with nobody else's work in it."""

import contextlib
import hashlib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reviewer.casebook.book import Casebook, NewCasebook, PackInfo
from reviewer.casebook.file import companions
from reviewer.casebook.stores.updates import Given, IssuedPack
from reviewer.casebook.writer import now
from reviewer.crypto.identity import AgeKey, new_age_key, new_token
from reviewer.crypto.profiles import Profile
from reviewer.errors import DamagedError, InputError, StateError
from reviewer.exchange.earlier import catch_up, documents_for
from reviewer.exchange.files import issued_name
from reviewer.exchange.keyring import (
    TOKEN,
    UPDATES,
    chair_key,
    keep_new_token,
    key_row,
    receiving_key,
    round_key,
)
from reviewer.exchange.membership import person_name
from reviewer.exchange.merge import restand
from reviewer.exchange.updates.gaps import gaps_of
from reviewer.exchange.updates.held import Inquiry
from reviewer.files.write import name_whole, part_of, storage_error, sweep_folder
from reviewer.progress import Progress, Quiet
from reviewer.records.canonical import fingerprint
from reviewer.records.cases import Case, Document, Reading
from reviewer.records.ids import MemberId, new_id
from reviewer.records.large import FileBytes
from reviewer.records.panel import Member, RoundKey
from reviewer.records.text import clean_line

_BATCH_BYTES = 8 << 20  # of originals copied in one transaction: bounds memory


@dataclass(frozen=True, kw_only=True, slots=True)
class Issued:
    """What was written for whom. ``replaced`` says that an earlier casebook no longer counts."""

    path: Path
    member: Member
    pack: str
    cases: int
    documents: int
    replaced: bool


def issue(
    book: Casebook,
    member_name: str,
    to: Path,
    *,
    passphrase: str,
    case_refs: Sequence[str] | None = None,
    again: bool = False,
    must_change_passphrase: bool = True,
    progress: Progress | None = None,
    profile: Profile | None = None,
) -> Issued:
    """Write a casebook for one panellist into the folder ``to``; a new name joins the panel.

    The file's name tells nothing of the person. It is made under a part name, re-opened, checked,
    and only then given its name. Without ``case_refs`` it holds the cases allocated to the member,
    or all. ``again`` replaces the casebook issued before: what was sealed with that is refused
    from now on; what was released stays in force and goes along. Raises ``StateError`` where one
    was issued already (without ``again``), where the round is released, and for the chair;
    ``InputError`` for a case that is not there, an empty name, a folder that is none.
    """
    progress = progress or Quiet()
    _refuse_now(book)
    member = _member(book, member_name, again=again)
    cases = _chosen_cases(book, member, case_refs)
    documents = documents_for(book, member.id, cases)
    token, updates = new_token(), new_age_key()
    pack = _origin(book, member.id, cases, documents, token=token, updates=updates)
    folder = _folder(to)
    path = folder / issued_name(pack.hash)
    part = _part(book, folder, pack)
    given = tuple(case.id for case in cases) if case_refs is not None or member.cases else ()
    new = _founding(
        book,
        replace(member, role="panellist", cases=given),
        pack,
        {TOKEN: token, UPDATES: updates.secret.encode("ascii")},
        must=must_change_passphrase,
    )
    try:
        with Casebook.create(part, passphrase, new, profile=profile) as written:
            written.cases.add(cases)
            _tell_gaps(book, written, cases)
            _copy(book, written, documents, progress)
            catch_up(book, written, member.id, documents)
        _check(part, passphrase, cases, documents)
        _remember(book, member, pack, token, _held(cases, documents))
        _give(book, replace(member, cases=given), pack, documents)
        _rename(part, path)
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    return Issued(
        path=path,
        member=book.members.get(member.id) or member,
        pack=pack.hash,
        cases=len(cases),
        documents=len(documents),
        replaced=bool(member.issued),
    )


def _held(cases: Sequence[Case], documents: Sequence[Document]) -> Given:
    return Given(
        cases=frozenset(case.id for case in cases),
        documents=frozenset(document.id for document in documents),
    )


def _remember(
    book: Casebook,
    member: Member,
    pack: PackInfo,
    token: bytes,
    held: Given,
) -> None:
    """Keep what returns made with this pack, and updates to it, will be checked against."""
    if book.members.get(member.id) is None:
        book.members.add(member)
    keep_new_token(book, member.id, pack.hash, token)
    book.updates.keep_issued(
        IssuedPack(
            pack=pack.hash,
            member=member.id,
            recipient=pack.updates,
            documents=held.documents,
        ),
        held,
    )


def _give(book: Casebook, member: Member, pack: PackInfo, documents: Sequence[Document]) -> None:
    """Let ``pack`` be the one that returns of ``member`` count with from now on."""
    standings, pin = restand(book, member.id, pack.hash)
    book.members.set_issued(
        member.id, pack=pack.hash, cases=member.cases, standings=standings, pin=pin
    )
    held = Inquiry(book).issued(member, documents)
    book.updates.keep_held(pack.hash, 0, held.encoded())


def _origin(
    book: Casebook,
    member: MemberId,
    cases: Sequence[Case],
    documents: Sequence[Document],
    *,
    token: bytes,
    updates: AgeKey,
) -> PackInfo:
    """Return where the issued casebook comes from, with the hash of all that is issued."""
    key = round_key(book)
    info = PackInfo(
        hash="",
        receiving=receiving_key(book).public,
        release=key.recipient,
        issued=now(),
        signing=chair_key(book).public,
        updates=updates.public,
    )
    digest = pack_hash(book, member, cases, documents, token=token, info=info, key=key)
    return replace(info, hash=digest)


def _founding(
    book: Casebook, member: Member, pack: PackInfo, secrets: dict[str, bytes], *, must: bool
) -> NewCasebook:
    """Return what the issued casebook begins with: the inquiry's facts and one member."""
    about = book.about
    return NewCasebook(
        title=about.title,
        framework=about.framework,
        kind="panellist",
        chair=about.chair,
        marking=about.marking,
        demonstration=about.demonstration,
        id=about.id,
        member=Member(id=member.id, name=member.name, role=member.role, cases=member.cases),
        pack=pack,
        must_change_passphrase=must,
        secrets=secrets,
        key=round_key(book, 1),
    )


def pack_hash(
    book: Casebook,
    member: MemberId,
    cases: Sequence[Case],
    documents: Sequence[Document],
    *,
    token: bytes,
    info: PackInfo,
    key: RoundKey,
) -> str:
    """Return the hash of what is issued: everything the panellist is given, and the token's hash.

    ``info`` is what the pack is to say but for its hash, ``key`` what returns are sealed to. Two
    casebooks never share one, because no two share a token.
    """
    about = book.about
    return fingerprint(
        {
            "type": "reviewer pack",
            "version": 3,
            "casebook": about.id,
            "title": about.title,
            "framework": about.framework.hash,
            "member": member,
            "issued": info.issued,
            "receiving": info.receiving,
            "release": key_row(key),
            "signing": info.signing,
            "updates": info.updates,
            "token": hashlib.sha256(token).hexdigest(),
            "cases": [
                [case.id, case.reference, case.title, dict(case.attributes), *case.content_notes]
                for case in cases
            ],
            "documents": [
                [document.id, document.case, document.title, document.sha256, document.page_count]
                for document in documents
            ],
        }
    )


def _refuse_now(book: Casebook) -> None:
    about = book.about
    if about.kind != "chair":
        raise StateError("Only the chair's casebook can be issued from.")
    if about.released:
        raise StateError(
            f"Round {about.round} is released, so no casebook can be issued for it any more."
        )


def _chosen_cases(book: Casebook, member: Member, refs: Sequence[str] | None) -> list[Case]:
    """Return the allocated cases in the register's order."""
    everything = book.cases.all()
    if refs is None:
        chosen = [case for case in everything if not member.cases or case.id in member.cases]
    else:
        wanted = {reference.strip() for reference in refs}
        chosen = [case for case in everything if case.reference in wanted]
        unknown = sorted(wanted - {case.reference for case in chosen})
        if unknown:
            raise InputError(
                "Nothing was issued, because this casebook has no case "
                + ", ".join(unknown[:10])
                + ("." if len(unknown) <= 10 else f" and {len(unknown) - 10} more.")
            )
    if not chosen:
        raise StateError("There is no case to issue yet. Import cases first.")
    return chosen


def _member(book: Casebook, name: str, *, again: bool) -> Member:
    """Return the member to issue to; a new one is not added yet."""
    name = clean_line(name)
    if not name:
        raise InputError("The panellist needs a name.")
    member = book.members.by_name(name)
    if member is None:
        return Member(id=MemberId(new_id()), name=person_name(name))
    if member.role == "chair":
        raise StateError(
            f"{member.name} is the chair and rates in this casebook, so none is issued."
        )
    if member.issued and not again:
        raise StateError(
            f"A casebook was already issued to {member.name}. Issue again only if that one is"
            " lost: returns made with it are then refused."
        )
    return member


def _folder(to: Path) -> Path:
    try:
        to.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise InputError(f"{to.name} is a file. Choose a folder to write to.") from error
    except OSError as error:
        raise storage_error(error, to) from error
    return to


def _copy(
    book: Casebook, written: Casebook, documents: Sequence[Document], progress: Progress
) -> None:
    """Copy the documents with their pages, a few megabytes a transaction."""
    batch: list[tuple[Document, FileBytes, Reading]] = []
    for done, document in enumerate(documents):
        progress.step(done, len(documents), document.title)
        reading = Reading(
            media=document.media,
            pages=tuple(
                book.documents.page(document.id, number + 1)
                for number in range(document.page_count)
            ),
            rendition=book.documents.rendition(document.id),
            text_source=document.text_source,
            notes=book.documents.notes(document.id),
            ledger=book.documents.ledger(document.id),
            scans=tuple(book.scans.of(document.id).values()),
            corrections=tuple(book.scans.corrections(document.id)),
            previews=book.previews.some(document.id, book.previews.pages(document.id)),
        )
        batch.append((document, book.documents.original(document.id), reading))
        if sum(len(original) for _, original, _ in batch) >= _BATCH_BYTES:
            written.documents.add_many(batch)
            batch = []
    if batch:
        written.documents.add_many(batch)
    progress.step(len(documents), len(documents))


def _tell_gaps(book: Casebook, written: Casebook, cases: Sequence[Case]) -> None:
    """Let the panellist know which records the cases lack."""
    gaps = gaps_of(book.requests.all(), {case.id for case in cases})
    if gaps:
        written.requests.add(gaps)


def _check(
    part: Path, passphrase: str, cases: Sequence[Case], documents: Sequence[Document]
) -> None:
    """Open what was written as its panellist will, and compare."""
    with Casebook.open(part, passphrase) as written:
        same = written.cases.all() == list(cases) and written.documents.all() == list(documents)
    if not same:
        raise DamagedError(
            "The issued casebook does not hold what was put into it: the disk returned something"
            " else. Nothing was issued; use another disk or stick."
        )


def _part(book: Casebook, folder: Path, pack: PackInfo) -> Path:
    """Return the part file to write, having removed what an interrupted issue left.

    The name holds the casebook's id: while this one is open nobody else makes such parts.
    """
    ours = f"panellist-{book.about.id[:8]}"
    sweep_folder(folder, rf"\.{re.escape(ours)}-[0-9a-f]{{8}}(\.([0-9a-f]{{8}}){{1,2}})?\.part")
    return part_of(folder / f"{ours}-{pack.hash[:8]}")


def _rename(part: Path, path: Path) -> None:
    if os.path.lexists(path):
        raise InputError(f"{path.name} already exists there, so nothing was written.")
    companions.set_aside(path)  # of a file that had this name before
    name_whole(part, path)
