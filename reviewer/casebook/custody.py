"""Keys and tokens, who else is needed to open the returns, and what a release opened."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from reviewer.casebook.writer import Change, Transaction, Writer
from reviewer.records.canonical import canonical
from reviewer.records.ids import MemberId
from reviewer.records.panel import Custodian, Opening, Reopened, ReturnOpened

CUSTODIAN = "custodian"
OPENED = "opened {round}"
_NUMBERS = "SELECT sha256, seq FROM received WHERE round = :round"
_REOPENED = "SELECT round, reopened FROM sealed_return WHERE reopened <> '' ORDER BY round, seq"
_REASONS = "SELECT subject FROM journal WHERE action = 'reopen' ORDER BY seq"
_META = "SELECT value FROM meta WHERE key = :key"


class Secrets:
    """Keys and tokens, inside the encrypted file only. The journal never holds their values."""

    def __init__(self, connection: Any, writer: Writer) -> None:  # noqa: ANN401 - as above
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

    def __init__(self, connection: Any, writer: Writer) -> None:  # noqa: ANN401 - the driver has no types
        self._connection = connection
        self._writer = writer

    def name(
        self, custodian: Custodian, *, keep: Mapping[str, bytes], forget: Sequence[str]
    ) -> Change:
        """Name the custodian; ``keep`` and ``forget`` are secrets, all in one transaction."""
        with self._writer.change("name custodian", subject=custodian.name) as tx:
            tx.put("meta", {"key": CUSTODIAN, "value": json.dumps(asdict(custodian))})
            for name in forget:
                tx.remove("secret", {"name": name}, secret=True)
            for name, value in keep.items():
                tx.put("secret", {"name": name, "value": value}, secret=True)
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


def custodian_of(value: str | None) -> Custodian | None:
    """Return the custodian that a value of ``meta`` names."""
    return None if value is None else Custodian(**json.loads(value))
