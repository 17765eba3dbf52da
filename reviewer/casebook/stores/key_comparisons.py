"""Which keys the chair has compared by telephone: one row of ``meta`` a member."""

import json
from collections.abc import Mapping
from typing import Any

from reviewer.casebook.change import Change
from reviewer.casebook.writer import Writer, now
from reviewer.records.ids import MemberId
from reviewer.records.panel import Comparison

_PREFIX = "compared key "
_ALL = f"SELECT key, value FROM meta WHERE key GLOB '{_PREFIX}*'"  # noqa: S608 - our own name


class Comparisons:
    """The chair's word that a member read the same six words; the journal keeps each one."""

    def __init__(self, connection: Any, writer: Writer) -> None:  # noqa: ANN401 - the driver has no types
        self._connection = connection
        self._writer = writer

    def all(self) -> Mapping[MemberId, Comparison]:
        """Return the last comparison of each member who has one, whatever their key is now."""
        return {
            MemberId(key.removeprefix(_PREFIX)): Comparison(**json.loads(value))
            for key, value in self._connection.execute(_ALL)
        }

    def put(self, member: MemberId, public_key: str) -> Change:
        """Keep that ``public_key`` was compared with ``member`` now."""
        with self._writer.change("compare key", subject=member) as tx:
            value = json.dumps({"public_key": public_key, "at": now()}, sort_keys=True)
            tx.put("meta", {"key": _PREFIX + member, "value": value})
        return tx.result

    def withdraw(self, member: MemberId) -> Change:
        """Take back that a key was compared."""
        with self._writer.change("withdraw key comparison", subject=member) as tx:
            tx.remove("meta", {"key": _PREFIX + member})
        return tx.result
