"""Makes returns that are right but for one fault, with the keys of a real small panel."""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import pyrage

from reviewer.casebook.book import Casebook
from reviewer.crypto import envelope
from reviewer.crypto.identity import SigningKey, enrolment
from reviewer.exchange import custody, keyring
from reviewer.exchange.header import COUNTED, Header
from reviewer.exchange.layers import KIND, MAGIC, open_outer, open_work
from reviewer.exchange.padding import pad
from reviewer.records.canonical import canonical
from tests.reviewer.exchange.panel import issue_to, make_chair, open_it, returned


@dataclass(frozen=True, kw_only=True)
class Forger:
    """One honest return taken apart, and everything that a cheat might know."""

    chair: Casebook
    honest: bytes
    header: Header
    work: bytes
    inner: bytes
    key: SigningKey
    token: bytes
    receiving: str
    release: str
    release_secret: str

    def signed(self, **changes) -> bytes:
        """Return the honest header with fields changed, enrolled anew unless that is changed."""
        header = replace(self.header, **changes)
        if "enrolment" not in changes:
            proof = enrolment(
                self.token,
                header.public_key,
                casebook=header.casebook,
                pack=header.pack,
                member=header.member,
            )
            header = replace(header, enrolment=proof)
        return header.encode()

    def plain(self, signed, *, inner=None, key=None, kind=KIND, magic=MAGIC, signature=None):
        """Return the content of an outer layer around ``signed``."""
        key = key or self.key
        inner = self.inner if inner is None else inner
        signature = signature or envelope.sign(kind, signed, key.secret)
        front = magic + bytes.fromhex(key.public) + signature
        return front + len(signed).to_bytes(4) + signed + inner

    def file(self, signed=None, **how) -> bytes:
        """Return a whole file, sealed to the right casebook."""
        signed = self.signed() if signed is None else signed
        return envelope.lock(self.plain(signed, **how), self.receiving)

    def edited(self, **changes) -> bytes:
        """Return a file whose header's JSON has keys changed (None takes one out)."""
        data = json.loads(self.signed()) | changes
        return self.file(canonical({k: v for k, v in data.items() if v is not None}))

    def respelt(self, old: bytes, new: bytes) -> bytes:
        """Return a file whose header has other bytes, correctly signed."""
        assert old in self.signed()
        return self.file(self.signed().replace(old, new, 1))

    def with_work(self, work: bytes) -> bytes:
        """Return a file with other work inside, correctly sealed, padded and signed."""
        inner = envelope.lock(self.plain_work(work), self.release)
        signed = self.signed(inner=hashlib.sha256(inner).hexdigest())
        return self.file(signed, inner=inner)

    def plain_work(self, work: bytes) -> bytes:
        """Return what the inner layer holds: padded, but in the first version."""
        return work if self.header.version == COUNTED else pad(work, 0)

    def padded(self) -> "Forger":
        """Return this forger over the same return in the second version, in the smallest class."""
        if self.header.version != COUNTED:
            return self
        counts = asdict(self.header.counts)
        work = canonical(json.loads(self.work) | {"version": 2, "counts": counts})
        inner = envelope.lock(pad(work, 0), self.release)
        header = replace(
            self.header, version=2, counts=None, inner=hashlib.sha256(inner).hexdigest()
        )
        made = replace(self, header=header, work=work, inner=inner)
        return replace(made, honest=made.file())

    def with_inner(self, inner: bytes) -> bytes:
        """Return a file with another inner layer, correctly signed."""
        return self.file(self.signed(inner=hashlib.sha256(inner).hexdigest()), inner=inner)

    def to_two(self) -> bytes:
        """Return the honest content sealed to two recipients."""
        both = [self.receiving, self.release]
        return pyrage.encrypt(
            self.plain(self.signed()), [pyrage.x25519.Recipient.from_str(key) for key in both]
        )


def make_forger(folder: Path) -> Forger:
    """Return a forger over a new small panel of Bo (whose return it takes apart) and Cy."""
    chair = make_chair(folder)
    path = issue_to(chair, "Bo", folder / "out")
    issue_to(chair, "Cy", folder / "out")
    honest = returned(path, folder).read_bytes()
    with open_it(path) as own:
        return forger_of(chair, honest, keyring.own_key(own), keyring.own_token(own))


def forger_of(chair: Casebook, honest: bytes, key: SigningKey, token: bytes) -> Forger:
    """Return a forger over ``honest``, which was signed with ``key`` under ``token``."""
    opened = open_outer(honest, keyring.receiving_key(chair).secret)
    release = custody.release_key(chair)
    return Forger(
        chair=chair,
        honest=honest,
        header=opened.header,
        work=open_work(opened, release.secret),
        inner=opened.inner,
        key=key,
        token=token,
        receiving=keyring.receiving_key(chair).public,
        release=release.public,
        release_secret=release.secret,
    )
