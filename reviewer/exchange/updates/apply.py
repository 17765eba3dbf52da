"""The panellist's half: an update verified whole, shown, and applied without touching any work."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from reviewer.casebook.book import About, Casebook, PackInfo
from reviewer.casebook.stores.updates import KeepPiece, Steps, TakeBody
from reviewer.errors import ReturnError, StateError, UnsealedError
from reviewer.exchange import keyring
from reviewer.exchange.signed import GENESIS
from reviewer.exchange.updates.files import OpenedUpdate, read_update
from reviewer.exchange.updates.header import UpdateHeader
from reviewer.exchange.updates.outcome import Outcome, closing, unsealed_work
from reviewer.exchange.updates.plan import Told, plan
from reviewer.progress import Progress, Quiet
from reviewer.records.cases import Document, Reading
from reviewer.records.ids import DocumentId
from reviewer.records.large import FileBytes
from reviewer.records.panel import RoundKey
from reviewer.records.updates import KnownUpdate


class _AlreadyApplied(Exception):  # noqa: N818 - not an error: it ends the reading
    """The update that is being read was applied before."""

    def __init__(self, header: UpdateHeader, digest: str) -> None:
        super().__init__(digest)
        self.header = header
        self.digest = digest


def preview(book: Casebook, path: Path, *, progress: Progress | None = None) -> Outcome:
    """Verify an update to its last byte and return what it would do. Nothing is changed.

    Raises ``StateError`` for a casebook that takes no updates, ``ReturnError`` naming the check
    that refuses the file.
    """
    return _Applying(book, path, progress or Quiet()).look()


def apply(
    book: Casebook,
    path: Path,
    *,
    close_unsealed: bool = False,
    progress: Progress | None = None,
) -> Outcome:
    """Apply an update in one transaction, after verifying it to its last byte.

    Applying it again changes nothing. An update that opens the next round closes unsealed work
    only with ``close_unsealed``: without it ``UnsealedError`` names that work. Raises else as
    ``preview`` does.
    """
    return _Applying(book, path, progress or Quiet()).do(close_unsealed=close_unsealed)


class _Applying:
    """One update against one casebook."""

    def __init__(self, book: Casebook, path: Path, progress: Progress) -> None:
        about = book.about
        if about.kind != "panellist" or about.pack is None:
            raise StateError(
                "Updates go from the chair to a panellist's casebook. This is not one."
            )
        book.finish_checks()
        self._book = book
        self._path = path
        self._progress = progress
        self._about: About = about
        self._pack: PackInfo = about.pack
        self._secret = keyring.update_key(book).secret
        self._applied = book.updates.applied()
        self._last = max((one.seq for one in self._applied), default=0)

    def look(self) -> Outcome:
        """Return what the update would do."""
        try:
            opened = self._read(self._seen, self._seen)
        except _AlreadyApplied as known:
            return self._known(known)
        steps, told, _ = self._plan(opened)
        return self._outcome(opened, told, steps)

    def do(self, *, close_unsealed: bool) -> Outcome:
        """Apply the update and return what it did."""
        try:
            opened = self._read(self._seen, self._seen)
        except _AlreadyApplied as known:
            return self._known(known)
        steps, told, wanted = self._plan(opened)
        outcome = self._outcome(opened, told, steps)
        if outcome.unsealed is not None and not close_unsealed:
            raise UnsealedError(" ".join(closing(outcome.unsealed)))
        self._book.updates.apply(
            KnownUpdate(
                seq=opened.header.seq,
                digest=opened.digest,
                at=opened.header.at,
                header=opened.header_text,
                ask=opened.changes.ask,
            ),
            steps,
            member=self._about.member,
            feed=self._feeding(opened, wanted),
        )
        self._progress.step(1, 1)
        return outcome

    def _plan(self, opened: OpenedUpdate) -> tuple[Steps, Told, frozenset[DocumentId]]:
        """Return what it changes; nothing where a later one brought all that it holds."""
        if opened.header.seq < self._last:
            return Steps(), Told(), frozenset()
        return plan(self._book, opened.changes)

    def _feeding(
        self, opened: OpenedUpdate, wanted: frozenset[DocumentId]
    ) -> Callable[[TakeBody, KeepPiece], None]:
        """Return what reads the file a second time and hands on the documents that are new."""

        def feed(take: TakeBody, keep: KeepPiece) -> None:
            done = 0

            def keep_wanted(document: Document, number: int, piece: bytes) -> None:
                if document.id in wanted:
                    self._progress.step(done, max(len(wanted), 1), document.title)
                    keep(document, number, piece)

            def take_wanted(document: Document, original: FileBytes, reading: Reading) -> None:
                nonlocal done
                if document.id not in wanted:
                    return
                self._progress.step(done, max(len(wanted), 1), document.title)
                take(document, original, reading)
                done += 1

            again = self._read(take_wanted, keep_wanted)
            if again.digest != opened.digest:
                raise ReturnError(
                    f"{self._path.name} changed while it was read. Nothing was taken; copy it to"
                    " this computer and try again.",
                    layer="file",
                )

        return feed

    def _read(self, take: TakeBody, keep: KeepPiece) -> OpenedUpdate:
        return read_update(
            self._path,
            self._secret,
            self._about.framework,
            check=self._check,
            take=take,
            keep=keep,
        )

    def _seen(self, document: Document, _: object, __: object) -> None:
        self._progress.step(0, 1, document.title)

    def _check(self, header: UpdateHeader, digest: str) -> None:
        """Raise ``ReturnError`` unless the update is for this casebook and comes next."""
        about, pack = self._about, self._pack
        if header.casebook != about.id:
            _refuse("casebook", "belongs to another inquiry")
        if header.pack != pack.hash:
            _refuse(
                "pack", "was made for another casebook than this one, or for one since replaced"
            )
        if header.member != about.member:
            _refuse("member", "is for another member of the panel")
        if header.recipient != pack.updates:
            _refuse("recipient", "was sealed to another key than this casebook's")
        if header.public_key != pack.signing:
            raise ReturnError(
                "This update was not signed by the chair's casebook that issued yours. It may be"
                " forged, and nothing of it was taken; speak to the chair.",
                layer="chair",
            )
        if header.framework != about.framework.hash:
            _refuse("framework", "was made with another framework")
        self._check_order(header, digest)

    def _check_order(self, header: UpdateHeader, digest: str) -> None:
        known = {one.seq: one.digest for one in self._applied}
        if digest in known.values():
            raise _AlreadyApplied(header, digest)
        before = known.get(header.seq - 1)
        if header.seq in known or (before is not None and header.prev != before):
            raise ReturnError(
                f"This is another update {header.seq} than the chair's casebook wrote before. Two"
                " copies of the chair's casebook may be in use; nothing was taken, speak to the"
                " chair.",
                layer="fork",
            )
        if header.seq == 1 and header.prev != GENESIS:
            _refuse("header", "says that it is the first and that another was before it")
        after = next((one for one in self._applied if one.seq == header.seq + 1), None)
        if after is not None and _names_before(after) != digest:
            raise ReturnError(
                f"This is another update {header.seq} than the one that update {after.seq} came"
                " after. Two copies of the chair's casebook may be in use; nothing was taken,"
                " speak to the chair.",
                layer="fork",
            )

    def _known(self, known: _AlreadyApplied) -> Outcome:
        header = known.header
        return Outcome(
            seq=header.seq, digest=known.digest, at=header.at, already=True, told=Told()
        )

    def _outcome(self, opened: OpenedUpdate, told: Told, steps: Steps) -> Outcome:
        header, about = opened.header, self._about
        reviews = self._book.reviews.all(about.member, about.round)
        return Outcome(
            seq=header.seq,
            digest=opened.digest,
            at=header.at,
            already=False,
            told=told,
            missing=self._missing(header.seq),
            ask=self._ask(opened),
            sealed=bool(about.sealed),
            older=header.seq < self._last,
            skipped=tuple(range(about.round + 1, told.round)),
            unsealed=unsealed_work(self._book) if told.round else None,
            ratings=sum(review.rated for review in reviews.values()),
            marks=len(self._book.marks.of_member(about.member)),
            key=steps.key,
            lost=bool(about.sealed) and _another(steps.key, self._book, told.round),
        )

    def _missing(self, seq: int) -> tuple[int, ...]:
        return tuple(range(self._last + 1, seq))

    def _ask(self, opened: OpenedUpdate) -> str:
        """Return what the chair asks that no update asked here before, of the round at hand."""
        if opened.header.round < self._about.round:
            return ""
        known = {line for one in self._applied for line in one.ask.splitlines()}
        return "\n".join(one for one in opened.changes.ask.splitlines() if one not in known)


def _another(key: RoundKey | None, book: Casebook, opens: int) -> bool:
    """Return whether the open round, which the update leaves open, gets another key."""
    known = book.custody.of_round(book.about.round)
    return key is not None and not opens and known is not None and key.recipient != known.recipient


def _names_before(update: KnownUpdate) -> str:
    """Return the digest of the update that ``update`` says it came after."""
    return str(json.loads(update.header)["prev"])


def _refuse(layer: str, what: str) -> NoReturn:
    raise ReturnError(
        f"This update {what}, so nothing of it was taken. Ask the chair for the right one.",
        layer=layer,
    )
