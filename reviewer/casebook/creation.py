"""What a new casebook is made with, and its first rows."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from reviewer.casebook import schema
from reviewer.casebook.engine import Database
from reviewer.casebook.file import companions
from reviewer.casebook.file import connection as files
from reviewer.casebook.file.checking import check_head
from reviewer.casebook.schema import APPLICATION_ID, tables
from reviewer.casebook.stores.custody import add_key
from reviewer.casebook.stores.members import Members
from reviewer.casebook.writer import Writer, now
from reviewer.files.write import drop_part, name_whole, part_of, sweep
from reviewer.method.framework import Framework
from reviewer.records.canonical import canonical
from reviewer.records.ids import MemberId, new_id
from reviewer.records.panel import Member, RoundKey


@dataclass(frozen=True, kw_only=True, slots=True)
class PackInfo:
    """What an issued casebook knows of where it came from.

    ``receiving``, ``release`` and ``updates`` are age recipients ("age1..."), the last of them
    this casebook's own; ``signing`` is the Ed25519 key that the chair signs updates with. The last
    two are "" in a casebook that was issued before there were updates.
    """

    hash: str
    receiving: str
    release: str
    issued: str
    signing: str = ""
    updates: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class NewCasebook:
    """What a casebook is made with.

    For a chair's casebook ``id`` and ``pack`` stay empty and ``chair`` names the chair;
    ``key`` is the release key of its first round where a custodian keeps half of it; the kept half
    is in ``secrets`` then. For an issued one ``id`` is the chair's casebook's, ``member`` the
    panellist, ``pack`` its origin, and ``key`` what returns are sealed to.
    """

    title: str
    framework: Framework
    kind: str = "chair"
    chair: str = "Chair"
    chair_rates: bool = False
    marking: str = "OFFICIAL-SENSITIVE"
    demonstration: bool = False
    id: str = ""
    member: Member | None = None
    pack: PackInfo | None = None
    must_change_passphrase: bool = False
    secrets: dict[str, bytes] = field(default_factory=dict, repr=False)
    key: RoundKey | None = None


def make(path: Path, key: bytearray, salt: bytes, new: NewCasebook) -> None:
    """Make the file ``path``: under a part name first, renamed when it is whole.

    Raises ``InputError`` where the name is taken, ``StorageError``; no part is left then.
    """
    sweep(path)
    part = part_of(path)
    files.create_empty(part)
    try:
        _fill(part, key, salt, new)
        check_head(part, path, salt)
        files.check_name_free(path)
        companions.set_aside(path)  # of a file that had this name before
        name_whole(part, path)
    finally:
        drop_part(part)


def _fill(part: Path, key: bytearray, salt: bytes, new: NewCasebook) -> None:
    """Write the tables and the first journal entry into the empty file ``part``."""
    connection = files.connect(part, key, salt)
    try:
        with files.translate(part):
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {schema.FORMAT}")
            database = Database(connection, execute_plugins=False)
            schema.migrations.apply(database)
            connection.execute("INSERT INTO digest (id, rows, root) VALUES (1, 0, zeroblob(64))")
            writer = Writer(connection, tables(database), part)
            writer.translate = files.translate
            _first_entry(writer, new)
    finally:
        files.close(connection, part)


def _first_entry(writer: Writer, new: NewCasebook) -> None:
    member = new.member
    if new.kind == "chair":
        member = Member(id=MemberId(new_id()), name=new.chair, role="chair", rates=new.chair_rates)
    rater = member.id if member is not None and member.rates else ""
    meta = {
        "id": new.id or new_id(),
        "kind": new.kind,
        "title": new.title,
        "marking": new.marking,
        "demonstration": str(int(new.demonstration)),
        "framework": new.framework.hash,
        "round": "1",
        "chair": new.chair,
        "member": rater,
        "must_change_passphrase": str(int(new.must_change_passphrase)),
        "created": now(),
        "pack": json.dumps(None if new.pack is None else asdict(new.pack)),
    }
    writer.actor = rater or new.chair
    with writer.change("create", subject=meta["id"]) as tx:
        for name, value in meta.items():
            tx.put("meta", {"key": name, "value": value})
        body = canonical(new.framework.as_data()).decode()
        tx.put("framework", {"hash": new.framework.hash, "body": body})
        tx.put("round", {"number": 1, "opened": now(), "released": ""})
        tx.put("round_framework", {"round": 1, "framework": new.framework.hash})
        if new.key is not None:
            add_key(tx, 1, new.key)
        if member is not None:
            tx.put("member", Members.first_row(member))
        for name, secret in new.secrets.items():
            tx.put("secret", {"name": name, "value": secret}, secret=True)
