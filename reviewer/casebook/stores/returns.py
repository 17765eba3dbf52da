"""Returns as stored: what was sealed here, what arrived, and which of it counts."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from reviewer.casebook.change import Change
from reviewer.casebook.writer import Transaction, Value, Writer, now
from reviewer.errors import StateError
from reviewer.messages import say
from reviewer.records.ids import MemberId
from reviewer.records.panel import Counts, Received, ReturnStatus

_COUNTS_LENGTH = 128  # characters; numbers of seven digits take 100
_RECEIVED = """
SELECT id, member, round, seq, prev, sha256, public_key, counts, standing, at FROM received
"""
_LAST_RECEIVED = "SELECT coalesce(max(id), 0) FROM received"
_CHOICE = "chosen return "
_CHOICES = f"SELECT key, value FROM meta WHERE key GLOB '{_CHOICE}*'"  # noqa: S608 - our own name
_SEALED_RETURN = """
SELECT round, seq, at, sha256, reopened, body FROM sealed_return
WHERE round = :round ORDER BY seq DESC LIMIT 1
"""
_EVERY_SEALED = """
SELECT round, seq, at, sha256, reopened, body FROM sealed_return ORDER BY round, seq
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class SealedReturn:
    """A sealed round of this casebook's own rater; ``reopened`` is when it was, or ""."""

    round: int
    seq: int
    at: str
    sha256: str
    reopened: str
    body: bytes


class Returns:
    """Returns this casebook sealed, and returns it received (still sealed until release)."""

    def __init__(self, connection: Any, writer: Writer) -> None:  # noqa: ANN401 - the driver has no types
        self._connection = connection
        self._writer = writer

    def own(self, round_number: int) -> SealedReturn | None:
        """Return the newest sealed return of this casebook's rater in the round, or None."""
        row = self._connection.execute(_SEALED_RETURN, {"round": round_number}).fetchone()
        return None if row is None else _sealed(row)

    def every_own(self) -> list[SealedReturn]:
        """Return all that this casebook's rater ever sealed, in order."""
        return [_sealed(row) for row in self._connection.execute(_EVERY_SEALED)]

    def seal(self, sealed: SealedReturn, *, note: Mapping[str, str] | None = None) -> Change:
        """Keep the sealed bytes; from now on nothing in the round can change.

        ``note`` goes into the journal: what proves later that they are still what was sealed.
        """
        with self._writer.change("seal", subject=f"{sealed.round}.{sealed.seq}") as tx:
            tx.put("sealed_return", asdict(sealed), secret=True)
            tx.note = dict(note or {})
        return tx.result

    def reopen(self, round_number: int, reason: str) -> Change:
        """Open the sealed round again; the next seal counts one higher."""
        newest = self.own(round_number)
        if newest is None or newest.reopened:
            raise StateError(say("Round {round_number} is not sealed.", round_number=round_number))
        with self._writer.change("reopen", subject=reason) as tx:
            key = {"round": newest.round, "seq": newest.seq}
            tx.amend("sealed_return", key, {"reopened": now()}, secret=True)
        return tx.result

    def received(self, round_number: int) -> list[Received]:
        """Return everything received in the round, oldest first."""
        rows = self._connection.execute(
            _RECEIVED + " WHERE round = ? ORDER BY id", (round_number,)
        )
        return [_received(row) for row in rows]

    def by_sha(self, sha256: str) -> Received | None:
        """Return the received return whose file has this SHA-256, or None."""
        row = self._connection.execute(_RECEIVED + " WHERE sha256 = ?", (sha256,)).fetchone()
        return None if row is None else _received(row)

    def sealed(self, received: int) -> bytes:
        """Return the bytes of one received return as they came."""
        row = self._connection.execute(
            "SELECT sealed FROM received WHERE id = ?", (received,)
        ).fetchone()
        if row is None:
            raise StateError(say("That return is not in this casebook."))
        return bytes(row[0])

    def header(self, received: int) -> str:
        """Return the verified header of one received return, as its canonical text."""
        row = self._connection.execute(
            "SELECT header FROM received WHERE id = ?", (received,)
        ).fetchone()
        if row is None:
            raise StateError(say("That return is not in this casebook."))
        return str(row[0])

    def keep(
        self,
        returned: Received,
        *,
        header: str,
        sealed: bytes,
        standings: Mapping[int, ReturnStatus],
        pin: str,
    ) -> Change:
        """Keep one verified return, and set anew how all of that member's stand.

        ``standings`` maps ids of earlier ones (and ``returned.id``, 0 for this new one) to what
        they are now; ``pin`` is the member's key as it stands after this return, or "".
        """
        new = int(self._connection.execute(_LAST_RECEIVED).fetchone()[0]) + 1
        with self._writer.change("receive", subject=returned.sha256) as tx:
            row = _received_row(returned, header, sealed)
            row.update(id=new, standing=standings.get(0, returned.standing).value)
            tx.put("received", row, secret=True)
            restand_rows(tx, returned.member, standings, pin)
        return tx.result

    def choose(
        self, chosen: Received, *, standings: Mapping[int, ReturnStatus], pin: str
    ) -> Change:
        """Keep the chair's decision that ``chosen`` counts where there was a fork."""
        with self._writer.change("choose return", subject=chosen.sha256) as tx:
            key = f"{_CHOICE}{chosen.round} {chosen.member}"
            tx.put("meta", {"key": key, "value": chosen.sha256})
            restand_rows(tx, chosen.member, standings, pin)
        return tx.result

    def withdraw_choice(
        self, chosen: Received, *, standings: Mapping[int, ReturnStatus], pin: str
    ) -> Change:
        """Take the chair's decision back: the returns stand as they would without it."""
        with self._writer.change("withdraw choice", subject=chosen.sha256) as tx:
            tx.remove("meta", {"key": f"{_CHOICE}{chosen.round} {chosen.member}"})
            restand_rows(tx, chosen.member, standings, pin)
        return tx.result

    def choices(self) -> dict[tuple[MemberId, int], str]:
        """Return the SHA-256 that the chair chose, by member and round."""
        found = {}
        for key, value in self._connection.execute(_CHOICES):
            number, _, member = key.removeprefix(_CHOICE).partition(" ")
            found[MemberId(member), int(number)] = value
        return found

    def headers(self) -> list[tuple[int, str]]:
        """Return (id, verified header) of everything received, in all rounds."""
        return list(self._connection.execute("SELECT id, header FROM received ORDER BY id"))


def restand_rows(
    tx: Transaction, member: MemberId, standings: Mapping[int, ReturnStatus], pin: str
) -> None:
    """Write how a member's earlier returns stand, and which key is theirs."""
    for received, standing in standings.items():
        if received:
            tx.amend("received", {"id": received}, {"standing": standing.value}, secret=True)
    tx.amend("member", {"id": member}, {"public_key": pin})


def _sealed(row: Sequence[Any]) -> SealedReturn:
    return SealedReturn(
        round=row[0],
        seq=row[1],
        at=row[2],
        sha256=row[3],
        reopened=row[4],
        body=bytes(row[5]),
    )


def _received(row: Sequence[Any]) -> Received:
    return Received(
        id=row[0],
        member=MemberId(row[1]),
        round=row[2],
        seq=row[3],
        prev=row[4],
        sha256=row[5],
        public_key=row[6],
        counts=Counts(**json.loads(row[7])),
        standing=ReturnStatus(row[8]),
        at=row[9],
    )


def counts_text(counts: Counts) -> str:
    """Return ``counts`` as the table keeps them: JSON, and spaces to one length for all.

    They are known at the release, beside 16 MB of a large panel's return: a row that stays as
    long as it was is changed in its place, and any other is written anew as a whole.
    """
    return json.dumps(asdict(counts), sort_keys=True).ljust(_COUNTS_LENGTH)


def _received_row(returned: Received, header: str, sealed: bytes) -> dict[str, Value]:
    row = {**asdict(returned), "header": header, "sealed": sealed}
    row["counts"] = counts_text(returned.counts)
    row["standing"] = returned.standing.value
    return row
