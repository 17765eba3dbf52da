"""Keys and tokens, who else is needed to open the returns, and what a release opened."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from reviewer.casebook.change import Change
from reviewer.casebook.writer import Transaction, Writer
from reviewer.records.canonical import canonical
from reviewer.records.ids import MemberId
from reviewer.records.panel import Custodian, Opening, Reopened, ReturnOpened, RoundKey

OPENED = "opened {round}"
_NUMBERS = "SELECT sha256, seq FROM received WHERE round = :round"
_REOPENED = "SELECT round, reopened FROM sealed_return WHERE reopened <> '' ORDER BY round, seq"
_REASONS = "SELECT subject FROM journal WHERE action = 'reopen' ORDER BY seq"
# As ``schema._fill_format_3`` fills ``round_key`` when an older casebook is brought to format 3.
_OLDER_KEYS = """
SELECT value ->> '$.recipient', value ->> '$.name', value ->> '$.since', value ->> '$.mark', 0
FROM meta WHERE key = 'custodian'
UNION ALL SELECT value ->> '$.release', '', '', '', 0 FROM meta
WHERE key = 'pack' AND value <> 'null'
"""
_META = "SELECT value FROM meta WHERE key = :key"
_KEYS = """
SELECT recipient, custodian, since, mark, room FROM round_key
WHERE round = :round ORDER BY number
"""


class Secrets:
    """Keys and tokens, inside the encrypted file only. The journal never holds their values."""

    def __init__(self, connection: Any, writer: Writer) -> None:  # noqa: ANN401 - the driver has no types
        self._connection = connection
        self._writer = writer

    def get(self, name: str) -> bytes | None:
        """Return the secret called ``name``, or None."""
        row = self._connection.execute(
            "SELECT value FROM secret WHERE name = ?", (name,)
        ).fetchone()
        return None if row is None else bytes(row[0])

    def put(self, values: Mapping[str, bytes]) -> Change:
        """Keep secrets by name, in one transaction."""
        with self._writer.change("keep keys", subject=str(len(values))) as tx:
            for name, value in values.items():
                tx.put("secret", {"name": name, "value": value}, secret=True)
        return tx.result


class Custody:
    """The custodian of one chair's casebook, and the record of each opening."""

    def __init__(self, connection: Any, writer: Writer, *, older: bool) -> None:  # noqa: ANN401 - the driver has no types
        self._connection = connection
        self._writer = writer
        self._older = older  # of a format that knew one key for all rounds, and is only looked at

    def keys(self, round_number: int) -> list[RoundKey]:
        """Return the keys that the round ever had, the one that holds last.

        Empty where the casebook keeps the whole key.
        """
        if self._older:
            return [key_of(row) for row in self._connection.execute(_OLDER_KEYS)]
        return [key_of(row) for row in self._connection.execute(_KEYS, {"round": round_number})]

    def of_round(self, round_number: int) -> RoundKey | None:
        """Return the key of the round, or None where the casebook keeps the whole key."""
        known = self.keys(round_number)
        return known[-1] if known else None

    def name(
        self,
        custodian: Custodian,
        *,
        round_number: int,
        keep: Mapping[str, bytes],
        forget: Sequence[str] = (),
        then: Callable[[Transaction], None] | None = None,
    ) -> Change:
        """Name the custodian of a round; ``keep`` and ``forget`` are secrets.

        ``then`` is called before the commit; all of it is one transaction.
        """
        with self._writer.change("name custodian", subject=custodian.name) as tx:
            add_key(tx, round_number, RoundKey(recipient=custodian.recipient, custodian=custodian))
            for name in forget:
                tx.remove("secret", {"name": name}, secret=True)
            for name, value in keep.items():
                tx.put("secret", {"name": name, "value": value}, secret=True)
            if then is not None:
                then(tx)
        return tx.result

    def opening(self, round_number: int) -> Opening | None:
        """Return what the release of the round opened; None before, or where it is not kept."""
        row = self._connection.execute(
            _META, {"key": OPENED.format(round=round_number)}
        ).fetchone()
        if row is None:
            return None
        data = json.loads(row[0])
        numbers = dict(self._connection.execute(_NUMBERS, {"round": round_number}))
        return Opening(
            returns=tuple(
                ReturnOpened(member=MemberId(member), digest=digest, number=numbers.get(digest, 0))
                for member, digest in data["returns"]
            ),
            custodian=data["custodian"],
            reopened=self.reopened(round_number),
        )

    def reopened(self, round_number: int) -> tuple[Reopened, ...]:
        """Return when and why the own sealed round was opened again, oldest first.

        The reasons are in the journal; the times are of the sealed rounds, in the same order.
        """
        times = self._connection.execute(_REOPENED).fetchall()
        reasons = self._connection.execute(_REASONS).fetchall()
        return tuple(
            Reopened(at=at, reason=reason)
            for (number, at), (reason,) in zip(times, reasons, strict=False)
            if number == round_number
        )


def keep_opening(
    tx: Transaction, round_number: int, opened: Sequence[tuple[MemberId, str]], custodian: str
) -> None:
    """Keep in the release's own transaction, and so in its journal entry, what it opened."""
    body = canonical({"returns": [list(one) for one in opened], "custodian": custodian})
    key = OPENED.format(round=round_number)
    tx.put("meta", {"key": key, "value": body.decode("utf-8")})


def add_key(tx: Transaction, round_number: int, key: RoundKey) -> None:
    """Let ``key`` hold for the round from now on, in an open transaction; the others stay kept."""
    if newest_key(tx, round_number) == key:
        return
    whose = key.custodian
    tx.put(
        "round_key",
        {
            "round": round_number,
            "number": len(_keys(tx, round_number)) + 1,
            "recipient": key.recipient,
            "custodian": whose.name if whose else "",
            "since": whose.since if whose else "",
            "mark": whose.mark if whose else "",
            "room": key.room,
        },
    )


def newest_key(tx: Transaction, round_number: int) -> RoundKey | None:
    """Return the key that holds for the round, or None where the casebook keeps the whole key."""
    known = _keys(tx, round_number)
    return key_of(known[-1]) if known else None


def _keys(tx: Transaction, round_number: int) -> Sequence[Sequence[Any]]:
    rows: Sequence[Sequence[Any]] = tx.connection.execute(
        _KEYS, {"round": round_number}
    ).fetchall()
    return rows


def key_of(row: Sequence[Any]) -> RoundKey:
    """Return the key that a row of ``round_key`` says, in the order of ``_KEYS``."""
    recipient, name, since, mark, room = row
    whose = Custodian(name=name, since=since, recipient=recipient, mark=mark) if name else None
    return RoundKey(recipient=recipient, custodian=whose, room=room)
