"""A panel with an attacker: real casebooks, real files on sticks, powers that are named.

``PanelSimulator`` is the chair and the laptops; ``Attacker`` holds only what it was given. Whoever
writes a test of an attack says what the attacker has, and the simulator says what became of it.
"""

import hashlib
import shutil
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from reviewer.casebook.book import Casebook
from reviewer.crypto import envelope
from reviewer.crypto.identity import SigningKey, enrolment, new_signing_key
from reviewer.exchange import custody, keyring
from reviewer.exchange.header import Header
from reviewer.exchange.layers import open_outer, put_together
from reviewer.exchange.merge import receive
from reviewer.exchange.merge_result import MergeResult
from reviewer.exchange.pinning import key_words
from reviewer.exchange.returns import write_return
from reviewer.exchange.seal import reopen, seal
from reviewer.records.panel import ReturnStatus
from tests.reviewer.exchange.panel import (
    PASSPHRASE,
    everything,
    issue_to,
    make_chair,
    rate_something,
)

Scores = dict[Any, Any]


@dataclass(frozen=True, kw_only=True)
class Sent:
    """One return as it left a laptop: the file on the stick, and every score that is in it."""

    file: Path
    scores: Scores
    seq: int


@dataclass
class Laptop:
    """One casebook of one panellist; ``copy`` and ``restore`` are what backups and thieves do."""

    path: Path
    stick: Path

    def seal(self, salt: int) -> Sent:
        """Rate (``salt`` makes the scores differ), seal, write the return to the stick."""
        with Casebook.open(self.path, PASSPHRASE) as book:
            if book.about.sealed:
                reopen(book, "once more")
            rate_something(book, salt)
            seq = seal(book).seq
            return Sent(file=write_return(book, self.stick), scores=everything(book), seq=seq)

    def copy(self, name: str) -> "Laptop":
        """Return a second laptop with this casebook as it is now."""
        path = self.path.with_name(f"{name}.casebook")
        shutil.copy(self.path, path)
        return Laptop(path, self.stick)

    def restore(self, older: "Laptop") -> None:
        """Put an older state in this casebook's place."""
        shutil.copy(older.path, self.path)

    @property
    def words(self) -> str:
        """The six words that this panellist reads aloud."""
        with Casebook.open(self.path, PASSPHRASE) as book:
            return keyring.known_words(book)


@dataclass
class PanelSimulator:
    """A chair who does not rate, and one laptop a name."""

    folder: Path
    names: tuple[str, ...] = ("Bo", "Cy")
    laptops: dict[str, Laptop] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.stick = self.folder / "stick"
        self.stick.mkdir()
        self.path = self.folder / "chair.casebook"
        with make_chair(self.folder) as chair:
            for name in self.names:
                made = issue_to(chair, name, self.folder / name)
                self.laptops[name] = Laptop(made, self.stick)

    def copy_to(self, folder: Path) -> "PanelSimulator":
        """Return the same panel in another folder: much faster than making one."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        made = object.__new__(PanelSimulator)
        made.folder, made.names, made.stick = folder, self.names, folder / "stick"
        made.path = folder / self.path.name
        made.laptops = {
            name: Laptop(folder / laptop.path.relative_to(self.folder), made.stick)
            for name, laptop in self.laptops.items()
        }
        return made

    def chair(self) -> Casebook:
        """Open the chair's casebook; close it again."""
        return Casebook.open(self.path, PASSPHRASE)

    def merge(self, *files: Path | Sent) -> list[MergeResult]:
        """Let the chair take files, in this order."""
        paths = [file.file if isinstance(file, Sent) else file for file in files]
        with self.chair() as chair:
            return receive(chair, paths)

    def standings(self) -> list[ReturnStatus]:
        """Return how everything received stands, oldest first."""
        with self.chair() as chair:
            return [one.standing for one in chair.returns.received(1)]

    def words(self) -> dict[str, str]:
        """Return the six words that the chair sees for each member."""
        with self.chair() as chair:
            return {one.member.name: one.words for one in key_words(chair)}

    def state(self) -> tuple[Any, ...]:
        """Return what must not change where nothing was taken."""
        with self.chair() as chair:
            return self.standings_in(chair), chair.journal.tail(1)[0].hash

    @staticmethod
    def standings_in(chair: Casebook) -> list[tuple[str, ReturnStatus]]:
        """Return (digest, standing) of everything received."""
        return [(one.sha256, one.standing) for one in chair.returns.received(1)]


@dataclass(frozen=True, kw_only=True)
class Attacker:
    """Holds what it was given, no more. Without a power the method that needs it cannot run.

    ``token``: an issued casebook was stolen and its passphrase with it. ``key``: a member's own
    laptop. ``receiving`` and ``release``: the chair's secrets. ``copied``: a file seen on a stick.
    """

    token: bytes | None = None
    key: SigningKey | None = None
    receiving: str | None = None
    release: str | None = None
    header: Header | None = None

    def opened(self, file: Path) -> tuple[Header, bytes]:
        """Return (header, inner layer, still shut) of a return. Needs ``receiving``."""
        assert self.receiving is not None
        found = open_outer(file.read_bytes(), self.receiving)
        return found.header, found.inner

    def signed(self, inner: bytes, to: Path, **changes: Any) -> Path:
        """Write a return of ``header`` with ``changes`` over ``inner``. Needs ``key``."""
        assert self.key is not None
        assert self.header is not None
        header = replace(
            self.header,
            **{
                "public_key": self.key.public,
                "inner": hashlib.sha256(inner).hexdigest(),
                **changes,
            },
        )
        if self.token is not None:
            proof = enrolment(
                self.token,
                header.public_key,
                casebook=header.casebook,
                pack=header.pack,
                member=header.member,
            )
            header = replace(header, enrolment=proof)
        to.write_bytes(put_together(header, inner, self.key)[0])
        return to


def chairs_powers(panel: PanelSimulator) -> Attacker:
    """Return what a dishonest chair holds: both secrets, and every token, but nobody's key."""
    with panel.chair() as chair:
        return Attacker(
            receiving=keyring.receiving_key(chair).secret,
            release=custody.release_key(chair).secret,
        )


def members_powers(panel: PanelSimulator, name: str, sent: Sent) -> Attacker:
    """Return what a dishonest member holds: the own key, token and header."""
    with Casebook.open(panel.laptops[name].path, PASSPHRASE) as own:
        key, token = keyring.own_key(own), keyring.own_token(own)
    with panel.chair() as chair:
        header = open_outer(sent.file.read_bytes(), keyring.receiving_key(chair).secret).header
    return Attacker(key=key, token=token, header=header)


def thief_of(panel: PanelSimulator, name: str, template: Sent) -> Attacker:
    """Return what somebody holds who has the token of ``name``: a stolen pack, or the chair.

    ``template`` is any return of the panel; its shape is public knowledge.
    """
    with panel.chair() as chair:
        member = chair.members.by_name(name)
        assert member is not None
        pack = chair.members.pack(member.id)
        found = open_outer(template.file.read_bytes(), keyring.receiving_key(chair).secret)
        return Attacker(
            key=new_signing_key(),
            token=keyring.token_of(chair, member.id, pack),
            header=replace(found.header, member=member.id, pack=pack),
        )


def relock(plain: bytes, recipient: str) -> bytes:
    """Return ``plain`` in a fresh envelope."""
    return envelope.lock(plain, recipient)
