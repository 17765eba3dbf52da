"""Members as stored: who is on the panel, and all that a removal takes along."""

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from reviewer.casebook.change import Change
from reviewer.casebook.stores.key_comparisons import Comparisons
from reviewer.casebook.stores.returns import restand_rows
from reviewer.casebook.writer import Value, Writer, now
from reviewer.errors import InputError, StateError
from reviewer.messages import say
from reviewer.records.ids import CaseId, MemberId
from reviewer.records.panel import Member, ReturnStatus

_MEMBERS = "SELECT id, name, role, rates, cases, issued, public_key FROM member"
_TRACES = {
    "returned": """
SELECT 1 FROM round CROSS JOIN received ON received.round = number WHERE member = :member
UNION ALL SELECT 1 FROM review WHERE member = :member
UNION ALL SELECT 1 FROM mark WHERE member = :member""",
    "left out": (
        "SELECT 1 FROM round CROSS JOIN absence ON absence.round = number WHERE member = :member"
    ),
}
_PACKS_OF = "SELECT pack FROM issued_pack WHERE member = :member"
_SENT_TO = f"SELECT pack, seq FROM sent_update WHERE pack IN ({_PACKS_OF})"  # noqa: S608 - our own query
_GIVEN_TO = f"SELECT pack, number FROM given WHERE pack IN ({_PACKS_OF})"  # noqa: S608 - as above
_KEPT_OF = "SELECT name FROM secret WHERE name LIKE '%' || :member || '%'"
_SAID_OF = "SELECT key FROM meta WHERE key LIKE '%' || :member || '%'"
_LAST_MEMBER = "SELECT coalesce(max(position), 0) FROM member"


class Members:
    """The people of the panel; in an issued casebook, its one panellist."""

    def __init__(self, connection: Any, writer: Writer) -> None:  # noqa: ANN401 - the driver has no types
        self._connection = connection
        self._writer = writer
        self.comparisons = Comparisons(connection, writer)

    def all(self) -> list[Member]:
        """Return every member, in the order they were added."""
        return [_member(row) for row in self._connection.execute(_MEMBERS + " ORDER BY position")]

    def get(self, member: MemberId) -> Member | None:
        """Return one member, or None."""
        row = self._connection.execute(_MEMBERS + " WHERE id = ?", (member,)).fetchone()
        return None if row is None else _member(row)

    def by_name(self, name: str) -> Member | None:
        """Return the member with this name (capitals do not matter), or None."""
        return next((m for m in self.all() if m.name.casefold() == name.casefold()), None)

    def anybody_issued(self) -> bool:
        """Say whether somebody has a casebook, and so knows only what stood in it then."""
        return any(member.issued for member in self.all())

    def add(self, member: Member) -> Change:
        """Add a member. Raises ``InputError`` where the name is taken."""
        if self.by_name(member.name) is not None:
            raise InputError(say("There is already a member called {name}.", name=member.name))
        place = self._connection.execute(_LAST_MEMBER).fetchone()[0] + 1
        with self._writer.change("add member", subject=member.id) as tx:
            tx.put("member", _member_row(member, "", place))
        return tx.result

    @staticmethod
    def first_row(member: Member) -> dict[str, Value]:
        """Return the row of the member whom a new casebook begins with."""
        return _member_row(member, "", 1)

    def set_issued(
        self,
        member: MemberId,
        *,
        pack: str,
        cases: Sequence[CaseId],
        standings: Mapping[int, ReturnStatus] = MappingProxyType({}),
        pin: str = "",
    ) -> Change:
        """Remember that a casebook with the content hash ``pack`` was issued to ``member``.

        ``standings`` (by id) and ``pin`` are how their earlier returns stand from now on.
        """
        with self._writer.change("issue", subject=member) as tx:
            row = self._row(member)
            row.update(issued=now(), pack=pack, cases=json.dumps(list(cases)))
            tx.put("member", row)
            if standings:
                restand_rows(tx, member, standings, pin)
        return tx.result

    def allocate(self, member: MemberId, cases: Sequence[CaseId]) -> Change:
        """Let ``cases`` be those allocated to ``member``."""
        with self._writer.change("allocate", subject=member) as tx:
            tx.put("member", {**self._row(member), "cases": json.dumps(list(cases))})
        return tx.result

    def pack(self, member: MemberId) -> str:
        """Return the content hash of the casebook issued to ``member``, or ""."""
        return str(self._row(member)["pack"])

    def pin(self, member: MemberId, public_key: str) -> Change:
        """Pin the public key that came with a member's first return."""
        with self._writer.change("pin key", subject=member) as tx:
            tx.put("member", {**self._row(member), "public_key": public_key})
        return tx.result

    def rename(self, member: MemberId, name: str) -> Change:
        """Let ``member`` be called ``name``; the chair is called that everywhere."""
        with self._writer.change("rename member", subject=member) as tx:
            row = self._row(member)
            tx.put("member", {**row, "name": name})
            if row["role"] == "chair":
                tx.put("meta", {"key": "chair", "value": name})
        if self._writer.actor == row["name"]:
            self._writer.actor = name
        return tx.result

    def trace(self, member: MemberId) -> str:
        """Return what is here of the work of ``member``: "returned", "left out", or ""."""
        key = {"member": member}
        for word, query in _TRACES.items():
            if self._connection.execute(query, key).fetchone() is not None:
                return word
        return ""

    def remove(self, member: MemberId, *, reason: str = "") -> Change:
        """Take somebody off the panel with what was issued to them; the journal keeps the rows.

        Only one of whom there is no ``trace``: what names them elsewhere refuses it.
        """
        key = {"member": member}
        with self._writer.change("remove member", subject=member) as tx:
            tx.note = {"reason": reason}
            for pack, seq in self._connection.execute(_SENT_TO, key).fetchall():
                tx.remove("sent_ask", {"pack": pack, "seq": seq})
                tx.remove("sent_update", {"pack": pack, "seq": seq})
            for pack, number in self._connection.execute(_GIVEN_TO, key).fetchall():
                tx.remove("given", {"pack": pack, "number": number})
            for (pack,) in self._connection.execute(_PACKS_OF, key).fetchall():
                tx.remove("held", {"pack": pack}, secret=True)
                tx.remove("issued_pack", {"pack": pack})
            for (name,) in self._connection.execute(_KEPT_OF, key).fetchall():
                tx.remove("secret", {"name": name}, secret=True)
            for (name,) in self._connection.execute(_SAID_OF, key).fetchall():
                tx.remove("meta", {"key": name})
            tx.remove("member", {"id": member})
        return tx.result

    def _row(self, member: MemberId) -> dict[str, Value]:
        cursor = self._connection.execute("SELECT * FROM member WHERE id = ?", (member,))
        row = cursor.fetchone()
        if row is None:
            raise StateError(say("That member is not in this casebook."))
        return dict(zip((column[0] for column in cursor.description), row, strict=True))


def _member(row: Sequence[Any]) -> Member:
    return Member(
        id=MemberId(row[0]),
        name=row[1],
        role=row[2],
        rates=bool(row[3]),
        cases=tuple(CaseId(case) for case in json.loads(row[4])),
        issued=row[5],
        public_key=row[6],
    )


def _member_row(member: Member, pack: str, place: int) -> dict[str, Value]:
    return {
        "id": member.id,
        "name": member.name,
        "role": member.role,
        "rates": int(member.rates),
        "cases": json.dumps(list(member.cases)),
        "issued": member.issued,
        "public_key": member.public_key,
        "pack": pack,
        "position": place,
    }
