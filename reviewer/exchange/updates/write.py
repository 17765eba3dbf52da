"""The chair's half: what one panellist is to have now, written as an update."""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from reviewer.casebook.book import Casebook
from reviewer.casebook.stores.updates import Given, IssuedPack
from reviewer.casebook.writer import now
from reviewer.errors import Cancelled, InputError, ReviewerError, StateError
from reviewer.exchange import keyring
from reviewer.exchange.files import update_name
from reviewer.exchange.layers import digest_of
from reviewer.exchange.membership import find_member
from reviewer.exchange.signed import GENESIS
from reviewer.exchange.updates import changes as inside
from reviewer.exchange.updates import told
from reviewer.exchange.updates.bodies import Body, BodyFacts, facts_of, pages_of
from reviewer.exchange.updates.changes import Changes, NextRound
from reviewer.exchange.updates.files import write_stream
from reviewer.exchange.updates.gaps import gaps_of
from reviewer.exchange.updates.header import MAX_CHANGES, MAX_FILE, UpdateHeader
from reviewer.exchange.updates.header import decode as decode_header
from reviewer.exchange.updates.held import Inquiry
from reviewer.exchange.updates.outline import Outline, held_now, issued_pack, outline
from reviewer.files.write import write_stream as write_file
from reviewer.messages import say
from reviewer.progress import Progress, Quiet
from reviewer.records.cases import Document, end_of
from reviewer.records.ids import CaseId, DocumentId
from reviewer.records.panel import Member
from reviewer.records.text import clean_line
from reviewer.records.updates import KnownUpdate, StateChange
from reviewer.rounds.feedback import FeedbackOf

_OVERHEAD = 1 << 20  # bytes that age and the front add, with room to spare


@dataclass(frozen=True, kw_only=True, slots=True)
class WrittenUpdate:
    """An update that was written; ``repeated`` where it is the one written before."""

    path: Path
    member: Member
    seq: int
    digest: str
    outline: Outline
    repeated: bool


def allocate(book: Casebook, name: str, refs: Sequence[str]) -> Member:
    """Allocate further cases to a member; the next update brings them.

    Does nothing for one to whom every case is allocated. Raises ``InputError`` for a case or a
    member that is not there.
    """
    member = find_member(book, name)
    if not member.cases:
        return member
    by_reference = {case.reference: case.id for case in book.cases.all()}
    unknown = [ref for ref in refs if ref not in by_reference]
    if unknown:
        raise InputError(f"Nothing was allocated: this casebook has no case {unknown[0]}.")
    wanted = dict.fromkeys([*member.cases, *(by_reference[ref] for ref in refs)])
    if len(wanted) > len(member.cases):
        book.members.allocate(member.id, list(wanted))
    return find_member(book, name)


def write_update(
    book: Casebook, name: str, to: Path, *, ask: str = "", progress: Progress | None = None
) -> WrittenUpdate:
    """Write the update for one member into the folder ``to``; its name tells nothing of them.

    ``ask`` says why the member is asked to open a sealed round again, or is ""; what was asked
    before in the open round is asked again, for the update that asked may be lost. Where nothing
    has changed since the last update for this member, that one is written again. Raises
    ``InputError`` for a member or folder that is not there, ``StateError`` where no casebook was
    issued that takes updates, ``StorageError``.
    """
    return _write_one(_Source(book), name, to, ask=ask, progress=progress)


def _write_one(
    source: "_Source", name: str, to: Path, *, ask: str, progress: Progress | None
) -> WrittenUpdate:
    book = source.book
    if book.about.kind != "chair":
        raise StateError("Only the chair's casebook writes updates. Open that one.")
    book.finish_checks()
    member = find_member(book, name)
    issued = issued_pack(book, member)
    if not to.is_dir():
        raise InputError(f"{to.name} is not a folder. Choose a folder to write to.")
    inquiry = source.inquiry
    brings = outline(inquiry, member)
    work = _Writing(source, member, issued, progress or Quiet())
    changes = work.changes(_asks(book, issued, clean_line(ask)))
    header, digest, repeated = work.header(changes)
    path = to / update_name(header.seq, digest)
    if not repeated:
        # Kept first: a file that cannot be written now is written later under the same number,
        # and never two files with one number.
        text = header.encode().decode("utf-8")
        update = KnownUpdate(
            seq=header.seq, digest=digest, at=header.at, header=text, ask=changes.ask
        )
        given = Given(
            cases=frozenset(case.id for case in changes.cases),
            documents=frozenset(document.id for document in changes.documents),
        )
        book.updates.keep_sent(issued.pack, update, given)
    write_file(
        path,
        lambda out: work.write(out, header, changes),
        size=header.size + header.length + _OVERHEAD,
        overwrite=path.is_file() and not path.is_symlink(),
    )
    after = inquiry.after(member, held_now(inquiry, member, issued)).encoded()
    if after != book.updates.held(issued.pack):
        book.updates.keep_held(issued.pack, header.seq, after)
    return WrittenUpdate(
        path=path,
        member=member,
        seq=header.seq,
        digest=digest,
        outline=brings,
        repeated=repeated,
    )


def write_updates(
    book: Casebook,
    names: Sequence[str],
    to: Path,
    *,
    ask: str = "",
    progress: Progress | None = None,
) -> tuple[list[WrittenUpdate], list[tuple[str, str]]]:
    """Write several updates; returns them, and (name, sentence) for each that was not written.

    One that is stopped takes nothing back: those after it are named too.
    """
    written: list[WrittenUpdate] = []
    refused: list[tuple[str, str]] = []
    source = _Source(book)
    for place, name in enumerate(names):
        try:
            written.append(_write_one(source, name, to, ask=ask, progress=progress))
        except ReviewerError as error:
            refused.append((name, str(error)))
        except Cancelled:
            refused += [(left, say("Stopped before it was written.")) for left in names[place:]]
            break
    return written, refused


def _asks(book: Casebook, issued: IssuedPack, ask: str) -> str:
    """Return all that the member is asked in the open round, a line each, the new one last."""
    lines: dict[str, None] = {}
    for one in book.updates.sent(issued.pack):
        if decode_header(one.header.encode("utf-8")).round == book.about.round:
            lines |= dict.fromkeys(one.ask.splitlines())
    return "\n".join([*lines, *([ask] if ask and ask not in lines else [])])


class _Source:
    """The chair's casebook, read once for all the updates that are written now."""

    def __init__(self, book: Casebook) -> None:
        self.book = book

    @cached_property
    def inquiry(self) -> Inquiry:
        """What the casebook holds now."""
        return Inquiry(self.book)

    @cached_property
    def feedback(self) -> FeedbackOf:
        """What everybody said of it before."""
        return FeedbackOf(self.book, self.inquiry.cells, self.book.about.round)


class _Writing:
    """One update while it is made: each document is read twice, to be hashed and to be written."""

    def __init__(
        self, source: _Source, member: Member, issued: IssuedPack, progress: Progress
    ) -> None:
        self._source = source
        self._book = book = source.book
        self._about = book.about
        self._member = member
        self._issued = issued
        self._progress = progress
        self._done = self._total = 0

    def changes(self, ask: str) -> Changes:
        """Return all that the member is to have."""
        mine = self._source.inquiry.allocated(self._member)
        cases = [case for case in self._source.inquiry.cases if case.id in mine]
        documents, states = _documents(self._source.inquiry, mine)
        new = [one for one in documents if one.id not in self._issued.documents]
        self._total = 2 * len(new)
        bodies: dict[DocumentId, BodyFacts] = {}
        for document in new:
            self._step(document)
            bodies[document.id] = facts_of(self._body(document))
        changes = Changes(
            ask=ask,
            cases=tuple(cases),
            documents=tuple(documents),
            bodies=bodies,
            states=tuple(states),
            round=self._round(mine),
            returns=keyring.round_key(self._book),
            name=self._member.name,
            chair=self._about.chair,
            gaps=gaps_of(self._source.inquiry.records, mine),
        )
        if changes.length + _OVERHEAD + MAX_CHANGES > MAX_FILE:
            raise StateError(
                f"The new documents for {self._member.name} are more than an update can carry"
                f" ({MAX_FILE >> 30} GiB). Issue a new casebook instead."
            )
        return changes

    def header(self, changes: Changes) -> tuple[UpdateHeader, str, bool]:
        """Return the header over ``changes``, its digest, and whether it was written before.

        What is written goes through the panellist's own parser first, so that no honest update
        is ever refused.
        """
        about, framework = self._about, self._about.framework
        text = inside.encode(changes)
        inside.decode(text, points=len(framework.values), factors=frozenset(framework.codes))
        key = keyring.chair_key(self._book)
        sent = self._book.updates.sent(self._issued.pack)
        last = sent[-1] if sent else None
        header = UpdateHeader(
            casebook=about.id,
            pack=self._issued.pack,
            framework=framework.hash,
            member=self._member.id,
            round=1 if changes.round is None else changes.round.number,
            seq=1 if last is None else last.seq + 1,
            prev=GENESIS if last is None else last.digest,
            recipient=self._issued.recipient,
            public_key=key.public,
            counts=changes.counts,
            length=len(text),
            changes=hashlib.sha256(text).hexdigest(),
            size=changes.length,
            journal=self._book.journal.head(),
            at=now(),
        )
        if last is not None:
            before = decode_header(last.header.encode("utf-8"))
            if (before.changes, before.public_key) == (header.changes, header.public_key):
                return before, last.digest, True
        return header, digest_of(header.encode()), False

    def write(self, out: BinaryIO, header: UpdateHeader, changes: Changes) -> None:
        """Write the update to ``out``."""
        key = keyring.chair_key(self._book)
        write_stream(out, header, key, inside.encode(changes), self._bodies(changes))
        self._progress.step(self._total, max(self._total, 1))

    def _bodies(self, changes: Changes) -> Iterator[bytes]:
        for document in changes.documents:
            if document.id in changes.bodies:
                self._step(document)
                yield from self._body(document).parts()

    def _body(self, document: Document) -> Body:
        documents = self._book.documents
        pages = pages_of(document.page_count, lambda number: documents.page(document.id, number))
        return Body(
            original=documents.original(document.id),
            rendition=documents.rendition(document.id),
            pages=pages,
            told=told.encode(self._told(document.id)),
        )

    def _told(self, document: DocumentId) -> told.Told:
        documents, scans = self._book.documents, self._book.scans
        return told.Told(
            notes=documents.notes(document),
            ledger=documents.ledger(document),
            scans=tuple(scans.of(document).values()),
            typed=scans.corrections(document),
        )

    def _step(self, document: Document) -> None:
        self._progress.step(self._done, max(self._total, 1), document.title)
        self._done += 1

    def _round(self, mine: Collection[CaseId]) -> NextRound | None:
        number = self._about.round
        if number == 1:
            return None
        source = self._source
        return NextRound(
            number=number,
            opened=self._book.agenda.opened(number),
            released=self._book.rounds.released(number - 1),
            cells=source.feedback.of(
                self._member.id, [cell for cell in source.inquiry.cells if cell.case in mine]
            ),
        )


def _documents(
    inquiry: Inquiry, wanted: Collection[CaseId]
) -> tuple[list[Document], list[StateChange]]:
    """Return the documents that stand, and why the others that the member may have do not."""
    stand: list[Document] = []
    states: list[StateChange] = []
    for document in inquiry.documents.values():
        if document.case not in wanted:
            continue
        if document.current:
            stand.append(document)
        else:
            states.append(
                StateChange(
                    document=document.id,
                    state=document.state,
                    replaced_by=end_of(document, inquiry.documents),
                    at=document.changed,
                    reason=document.reason,
                )
            )
    return stand, states
