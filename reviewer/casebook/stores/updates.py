"""What updates need to remember: what was issued and sent, what was applied, what it changed."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reviewer.casebook.change import Change
from reviewer.casebook.stores.agenda import begin_round
from reviewer.casebook.stores.cases import add_cases, describe_cases
from reviewer.casebook.stores.custody import add_key
from reviewer.casebook.stores.documents import (
    add_document,
    clear_state,
    describe_document,
    place_document,
    set_state,
)
from reviewer.casebook.stores.file_pieces import keep_piece
from reviewer.casebook.stores.requests import put_gaps
from reviewer.casebook.writer import Transaction, Value, Writer, now
from reviewer.records.cases import Case, Document, Reading
from reviewer.records.ids import CaseId, DocumentId, MemberId, RequestId
from reviewer.records.large import FileBytes
from reviewer.records.panel import RoundKey
from reviewer.records.requests import RecordRequest
from reviewer.records.updates import AgendaCell, CaseChange, KnownUpdate, StateChange

_ISSUED = "SELECT member, recipient, documents FROM issued_pack WHERE pack = :pack"
_PACKS = "SELECT pack FROM issued_pack WHERE member = :member ORDER BY rowid"
_OUT = "SELECT documents FROM issued_pack"
_HELD = "SELECT body FROM held WHERE pack = :pack"
_ALL_HELD = "SELECT body FROM held"
_SENT_UNKNOWN = """
SELECT 1 FROM sent_update WHERE pack NOT IN (SELECT pack FROM held)
"""
_SENT = """
SELECT seq, digest, at, header, '', coalesce(ask, '') FROM sent_update
LEFT JOIN sent_ask USING (pack, seq) WHERE pack = :pack ORDER BY seq
"""
_APPLIED = "SELECT seq, digest, at, header, applied, ask FROM applied_update ORDER BY seq"
_GIVEN = "SELECT number, cases, documents FROM given WHERE pack = :pack"
_CHANGED = "SELECT inquiry_case, at, what FROM case_change"

TakeBody = Callable[[Document, FileBytes, Reading], None]
KeepPiece = Callable[[Document, int, bytes], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class IssuedPack:
    """What the chair's casebook knows of one it issued: the update key, and what was in it."""

    pack: str
    member: MemberId
    recipient: str
    documents: frozenset[DocumentId]


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """What an issued casebook, or an update to one, holds: more than that nobody was shown."""

    cases: frozenset[CaseId]
    documents: frozenset[DocumentId]


@dataclass(frozen=True, kw_only=True, slots=True)
class Steps:
    """What applying one update does to the rows, in this order; bodies are fed as they come.

    ``placed`` are documents that are here and stand below another now, or had no numbers in their
    case. ``lines`` are told
    of each changed case until its reader has opened it. ``cases`` replaces the list of allocated
    cases where it is not empty. ``round`` is 0 where none is opened, else ``opened``, ``released``
    (of the one before) and ``cells`` belong to it. ``key`` is what its returns are sealed to from
    now on, or those of ``open_round`` where none is opened. ``name`` and ``chair`` are what the
    member and the chair are called from now on, or "". ``gaps`` are missing records of which
    something else is told, ``closed`` those that are missing no longer.
    """

    new_cases: Sequence[Case] = ()
    changed_cases: Sequence[Case] = ()
    changed_documents: Sequence[Document] = ()
    placed: Sequence[Document] = ()
    reinstated: Sequence[DocumentId] = ()
    states: Sequence[StateChange] = ()
    lines: Mapping[CaseId, Sequence[str]] = field(default_factory=dict)
    cases: Sequence[CaseId] = ()
    round: int = 0
    opened: str = ""
    released: str = ""
    cells: Sequence[AgendaCell] = ()
    key: RoundKey | None = None
    open_round: int = 1
    name: str = ""
    chair: str = ""
    gaps: Sequence[RecordRequest] = ()
    closed: Sequence[RequestId] = ()


class Updates:
    """Updates written from this casebook, and updates applied to it."""

    def __init__(self, connection: Any, writer: Writer) -> None:  # noqa: ANN401 - the driver has no types
        self._connection = connection
        self._writer = writer

    def issued(self, pack: str) -> IssuedPack | None:
        """Return what is known of a casebook issued from here, or None."""
        row = self._connection.execute(_ISSUED, {"pack": pack}).fetchone()
        if row is None:
            return None
        return IssuedPack(
            pack=pack,
            member=MemberId(row[0]),
            recipient=row[1],
            documents=frozenset(DocumentId(one) for one in json.loads(row[2])),
        )

    def out(self) -> frozenset[DocumentId]:
        """Return the documents that went out, with a casebook or an update.

        Where an update was written before that was kept, every document may have gone with it.
        """
        if self._connection.execute(_SENT_UNKNOWN).fetchone() is not None:
            every = self._connection.execute("SELECT id FROM document").fetchall()
            return frozenset(DocumentId(one) for (one,) in every)
        packs = self._connection.execute(_OUT).fetchall()
        held = self._connection.execute(_ALL_HELD).fetchall()
        found = [*(json.loads(pack) for (pack,) in packs)]
        found += [json.loads(body)["documents"] for (body,) in held]
        return frozenset(DocumentId(one) for documents in found for one in documents)

    def given(self, pack: str) -> Given | None:
        """Return all that one issued casebook and the updates to it held.

        None where it is not known of each of them: then they were made by an older Reviewer.
        """
        rows = self._connection.execute(_GIVEN, {"pack": pack}).fetchall()
        if {number for number, _, _ in rows} != {0, *(one.seq for one in self.sent(pack))}:
            return None
        cases, documents = set[str](), set[str]()
        for _, some, more in rows:
            cases |= set(json.loads(some))
            documents |= set(json.loads(more))
        return Given(
            cases=frozenset(map(CaseId, cases)), documents=frozenset(map(DocumentId, documents))
        )

    def keep_issued(self, issued: IssuedPack, given: Given) -> Change:
        """Remember a casebook that is being issued."""
        with self._writer.change("keep update key", subject=issued.member) as tx:
            row = {
                "pack": issued.pack,
                "member": issued.member,
                "recipient": issued.recipient,
                "documents": json.dumps(sorted(issued.documents)),
            }
            tx.put("issued_pack", row)
            tx.put("given", _given_row(issued.pack, 0, given))
        return tx.result

    def packs(self, member: MemberId) -> list[str]:
        """Return the pack of each casebook that was issued to ``member``, oldest first."""
        return [pack for (pack,) in self._connection.execute(_PACKS, {"member": member})]

    def sent(self, pack: str) -> list[KnownUpdate]:
        """Return the updates written for one issued casebook, oldest first."""
        return [_known(row) for row in self._connection.execute(_SENT, {"pack": pack})]

    def keep_sent(self, pack: str, update: KnownUpdate, given: Given) -> Change:
        """Remember an update that was written."""
        with self._writer.change("write update", subject=update.digest) as tx:
            row: dict[str, Value] = {
                "pack": pack,
                "seq": update.seq,
                "digest": update.digest,
                "at": update.at,
                "header": update.header,
            }
            tx.put("sent_update", row)
            if update.ask:
                tx.put("sent_ask", {"pack": pack, "seq": update.seq, "ask": update.ask})
            tx.put("given", _given_row(pack, update.seq, given))
        return tx.result

    def held(self, pack: str) -> str:
        """Return what the holder of an issued casebook has, as kept, or ""."""
        row = self._connection.execute(_HELD, {"pack": pack}).fetchone()
        return "" if row is None else str(row[0])

    def keep_held(self, pack: str, seq: int, body: str) -> Change:
        """Remember what the holder has since update ``seq`` was written; 0 is the issue itself."""
        with self._writer.change("keep what is held", subject=pack) as tx:
            tx.put("held", {"pack": pack, "seq": seq, "body": body}, secret=True)
        return tx.result

    def applied(self) -> list[KnownUpdate]:
        """Return the updates applied here, oldest first."""
        return [_known(row) for row in self._connection.execute(_APPLIED)]

    def changed(self) -> dict[CaseId, CaseChange]:
        """Return what changed in cases that their reader has not opened since."""
        return {
            CaseId(case): CaseChange(case=CaseId(case), at=at, what=tuple(json.loads(what)))
            for case, at, what in self._connection.execute(_CHANGED)
        }

    def seen(self, case: CaseId) -> Change:
        """Remember that the reader has opened a case since it changed."""
        with self._writer.change("see changes", subject=case) as tx:
            tx.remove("case_change", {"inquiry_case": case})
            tx.touch(case=case)
        return tx.result

    def apply(
        self,
        update: KnownUpdate,
        steps: Steps,
        *,
        member: MemberId,
        feed: Callable[[TakeBody, KeepPiece], None],
    ) -> Change:
        """Apply one verified update in one transaction.

        ``feed`` is given the function that takes new documents and calls it for each, and the one
        that takes the pieces of a large one before it; what it raises takes everything back.
        Nothing that the panellist has made is read or written.
        """
        with self._writer.change("apply update", subject=update.digest) as tx:
            describe_cases(tx, steps.changed_cases)
            if steps.new_cases:
                add_cases(tx, steps.new_cases)
            for document in steps.changed_documents:
                describe_document(tx, document)
            for one in steps.placed:
                place_document(tx, one)
            for reinstated in steps.reinstated:
                clear_state(tx, reinstated)
            feed(
                lambda document, original, reading: add_document(tx, document, original, reading),
                lambda document, number, piece: keep_piece(tx, document.sha256, number, piece),
            )
            for state in steps.states:
                set_state(
                    tx,
                    state.document,
                    state.state,
                    at=state.at,
                    reason=state.reason,
                    replaced_by=state.replaced_by or "",
                )
            _rename(tx, member, steps)
            if steps.cases:
                cases = json.dumps(list(steps.cases))
                tx.amend("member", {"id": member}, {"cases": cases})
            _begin(tx, steps)
            put_gaps(tx, steps.gaps, steps.closed)
            _flag(tx, steps.lines)
            tx.put(
                "applied_update",
                {
                    "seq": update.seq,
                    "digest": update.digest,
                    "at": update.at,
                    "applied": now(),
                    "ask": update.ask,
                    "header": update.header,
                },
            )
        return tx.result


def _rename(tx: Transaction, member: MemberId, steps: Steps) -> None:
    """Let the member, the chair, or both be called otherwise."""
    if steps.name:
        tx.amend("member", {"id": member}, {"name": steps.name})
    if steps.chair:
        tx.put("meta", {"key": "chair", "value": steps.chair})


def _begin(tx: Transaction, steps: Steps) -> None:
    """Open the round that an update opens, or let its key hold in the one that is open."""
    if steps.round:
        begin_round(
            tx,
            steps.round,
            opened=steps.opened,
            released=steps.released,
            cells=steps.cells,
            key=steps.key,
        )
    elif steps.key is not None:
        add_key(tx, steps.open_round, steps.key)


def _given_row(pack: str, number: int, given: Given) -> dict[str, Value]:
    return {
        "pack": pack,
        "number": number,
        "cases": json.dumps(sorted(given.cases)),
        "documents": json.dumps(sorted(given.documents)),
    }


def _flag(tx: Transaction, lines: Mapping[CaseId, Sequence[str]]) -> None:
    """Add to what is told of each changed case until it is opened."""
    for case, what in lines.items():
        row = tx.get("case_change", {"inquiry_case": case})
        told = [] if row is None else json.loads(str(row["what"]))
        told += [line for line in what if line not in told]
        value = json.dumps(told, ensure_ascii=False)
        tx.put("case_change", {"inquiry_case": case, "at": now(), "what": value})
        tx.touch(case=case)


def _known(row: Sequence[Any]) -> KnownUpdate:
    return KnownUpdate(
        seq=row[0], digest=row[1], at=row[2], header=row[3], applied=row[4], ask=row[5]
    )
