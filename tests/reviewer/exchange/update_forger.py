"""Makes updates that are right but for one fault, with the keys of those who could cheat."""

import hashlib
import json
import struct
from dataclasses import dataclass, replace

from reviewer.casebook.book import Casebook
from reviewer.crypto import envelope
from reviewer.crypto.identity import SigningKey
from reviewer.exchange import keyring
from reviewer.exchange.updates import files
from reviewer.exchange.updates.files import KIND, MAGIC
from reviewer.exchange.updates.header import UpdateHeader
from reviewer.records.canonical import canonical


@dataclass(frozen=True, kw_only=True)
class UpdateForger:
    """One honest update taken apart, with the keys of those who could cheat."""

    own: Casebook
    honest: bytes
    header: UpdateHeader
    changes: bytes
    bodies: bytes
    key: SigningKey
    panellist: SigningKey

    def signed(self, **changed):
        return replace(self.header, **changed).encode()

    def plain(
        self, signed, *, changes=None, bodies=None, key=None, kind=KIND, magic=MAGIC, sig=None
    ):
        key = key or self.key
        front = (
            magic + bytes.fromhex(key.public) + (sig or envelope.sign(kind, signed, key.secret))
        )
        changes = self.changes if changes is None else changes
        bodies = self.bodies if bodies is None else bodies
        return front + len(signed).to_bytes(4) + signed + changes + bodies

    def file(self, signed=None, **how):
        signed = self.signed() if signed is None else signed
        return envelope.lock(self.plain(signed, **how), self.header.recipient)

    def respelt(self, old, new):
        assert old in self.signed()
        return self.file(self.signed().replace(old, new, 1))

    def edited(self, **changed):
        data = json.loads(self.signed()) | changed
        return self.file(canonical({k: v for k, v in data.items() if v is not None}))

    def with_changes(self, text, **changed):
        """Return a file with other changes inside, correctly signed by the chair's key."""
        digest = hashlib.sha256(text).hexdigest()
        return self.file(self.signed(changes=digest, length=len(text), **changed), changes=text)

    def inside(self, **changed):
        return self.with_changes(canonical(json.loads(self.changes) | changed))

    def row(self, kind, place, value, at=0):
        data = json.loads(self.changes)
        data[kind][at][place] = value
        return self.with_changes(canonical(data))

    def with_body(self, bodies):
        """Return a file whose one body is other bytes, all of it counted and signed."""
        data = json.loads(self.changes)
        row = next(row for row in data["documents"] if row[13])
        row[13] = [0, len(bodies) - row[9], hashlib.sha256(bodies).hexdigest()]
        text = canonical(data)
        signed = self.signed(
            changes=hashlib.sha256(text).hexdigest(), length=len(text), size=len(bodies)
        )
        return self.file(signed, changes=text, bodies=bodies)

    def with_pages(self, *pages):
        """Return a file whose new document has other pages: (text, boxes as they travel)."""
        row = next(row for row in json.loads(self.changes)["documents"] if row[13])
        parts = [
            struct.pack(">IIdd", len(text), len(boxes), 595.0, 842.0) + text + boxes
            for text, boxes in pages
        ]
        return self.with_body(self.bodies[: row[9]] + b"".join(parts))


def take_apart(own, honest):
    """Return an honest update's header, changes and bodies."""
    plain = envelope.unlock(honest, keyring.update_key(own).secret)
    at = 16 + 32 + 64
    length = int.from_bytes(plain[at : at + 4])
    signed = plain[at + 4 : at + 4 + length]
    header = files.decode(signed)
    rest = plain[at + 4 + length :]
    return header, rest[: header.length], rest[header.length :]


def forger_of(own: Casebook, honest: bytes, key: SigningKey) -> UpdateForger:
    """Return a forger over ``honest``, which the chair signed with ``key`` for ``own``."""
    header, changes, bodies = take_apart(own, honest)
    return UpdateForger(
        own=own,
        honest=honest,
        header=header,
        changes=changes,
        bodies=bodies,
        key=key,
        panellist=keyring.own_key(own),
    )
