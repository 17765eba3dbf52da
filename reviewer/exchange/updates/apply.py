"""The panellist's half: an update verified whole, shown, and applied without touching any work."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from reviewer.casebook.book import About, Casebook, PackInfo
from reviewer.casebook.updates import Steps, TakeBody
from reviewer.errors import ReturnError, StateError
from reviewer.exchange import keyring
from reviewer.exchange.header import GENESIS
from reviewer.exchange.updates.files import OpenedUpdate, read_update
from reviewer.exchange.updates.header import UpdateHeader
from reviewer.exchange.updates.plan import Told, plan
from reviewer.progress import Progress, Quiet
from reviewer.records.cases import Document, Reading
from reviewer.records.ids import DocumentId
from reviewer.records.panel import RoundKey
from reviewer.records.updates import KnownUpdate


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What an update is and does here.

    ``already`` says that it was applied before and changes nothing. ``missing`` are numbers before
    it that never arrived; this one brings what they would have. ``ask`` is why the chair asks for
    the sealed round to be opened again, or ""; ``sealed`` says that it is sealed, and stays so.
    ``ratings`` and ``marks`` are what the panellist has made and keeps. ``key`` is what returns
    are sealed to from now on, where the update changes it; ``lost`` says that the round that is
    sealed already must be sealed again for it.
    """

    seq: int
    digest: str
    at: str
    already: bool
    told: Told
    missing: tuple[int, ...] = ()
    ask: str = ""
    sealed: bool = False
    ratings: int = 0
    marks: int = 0
    key: RoundKey | None = None
    lost: bool = False


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


def apply(book: Casebook, path: Path, *, progress: Progress | None = None) -> Outcome:
    """Apply an update in one transaction, after verifying it to its last byte.

    Applying it again changes nothing. Raises as ``preview`` does.
    """
    return _Applying(book, path, progress or Quiet()).do()


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

    def look(self) -> Outcome:
        """Return what the update would do."""
        try:
            opened = self._read(self._seen)
        except _AlreadyApplied as known:
            return self._known(known)
        steps, told, _ = plan(self._book, opened.changes)
        return self._outcome(opened, told, steps)

    def do(self) -> Outcome:
        """Apply the update and return what it did."""
        try:
            opened = self._read(self._seen)
        except _AlreadyApplied as known:
            return self._known(known)
        steps, told, wanted = plan(self._book, opened.changes)
        outcome = self._outcome(opened, told, steps)
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

    def _feeding(
        self, opened: OpenedUpdate, wanted: frozenset[DocumentId]
    ) -> Callable[[TakeBody], None]:
        """Return what reads the file a second time and hands on the documents that are new."""

        def feed(take: TakeBody) -> None:
            done = 0

            def take_wanted(document: Document, original: bytes, reading: Reading) -> None:
                nonlocal done
                if document.id not in wanted:
                    return
                self._progress.step(done, max(len(wanted), 1), document.title)
                take(document, original, reading)
                done += 1

            again = self._read(take_wanted)
            if again.digest != opened.digest:
                raise ReturnError(
                    f"{self._path.name} changed while it was read. Nothing was taken; copy it to"
                    " this computer and try again.",
                    layer="file",
                )

        return feed

    def _read(self, take: TakeBody) -> OpenedUpdate:
        return read_update(
            self._path, self._secret, self._about.framework, check=self._check, take=take
        )

    def _seen(self, document: Document, _original: bytes, _reading: Reading) -> None:
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
        last = max(known, default=0)
        if header.seq < last:
            _refuse("seq", f"is number {header.seq}, and number {last} was applied already")

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
            ask=opened.changes.ask,
            sealed=bool(about.sealed),
            ratings=sum(review.rated for review in reviews.values()),
            marks=len(self._book.marks.of_member(about.member)),
            key=steps.key,
            lost=bool(about.sealed) and _another(steps.key, self._book, told.round),
        )

    def _missing(self, seq: int) -> tuple[int, ...]:
        last = max((one.seq for one in self._applied), default=0)
        return tuple(range(last + 1, seq))


def sentences(outcome: Outcome) -> list[str]:
    """Return what an update does as plain sentences, the first of them a summary."""
    if outcome.already:
        return [f"Update {outcome.seq} was applied already. Nothing changed."]
    told = outcome.told
    parts = _counted(
        (
            (told.new_cases, "new case", "new cases"),
            (told.new_documents - told.corrected, "new document", "new documents"),
            (told.corrected, "corrected document", "corrected documents"),
            (told.withdrawn, "withdrawn document", "withdrawn documents"),
            (told.reinstated, "document shown again", "documents shown again"),
            (told.worded, "title or note worded anew", "titles or notes worded anew"),
        )
    )
    if told.named:
        parts.append("1 name" if len(told.named) == 1 else f"{len(told.named)} names")
    if told.round:
        again = "rating" if told.cells == 1 else "ratings"
        parts.append(f"round {told.round} with {told.cells} {again} to look at again")
    lines = [f"Update {outcome.seq}: {', '.join(parts) or 'nothing that is new here'}."]
    lines += told.named
    ratings = "1 rating" if outcome.ratings == 1 else f"{outcome.ratings} ratings"
    marks = "1 mark" if outcome.marks == 1 else f"{outcome.marks} marks"
    if outcome.ratings or outcome.marks:
        lines.append(f"Your {ratings} and {marks} stay as they are.")
    else:
        lines.append("You have not rated or marked anything yet, so nothing of yours changes.")
    if outcome.missing:
        numbers = ", ".join(str(number) for number in outcome.missing[:5])
        lines.append(f"Update {numbers} never arrived; this one brings what it held.")
    if outcome.ask:
        lines.append(f"The chair asks you to look again: {outcome.ask}")
    lines += _of_sheet(outcome)
    if outcome.sealed and not outcome.lost and not told.round:
        lines.append("Your round is sealed and stays sealed. Reopen it if you want to change it.")
    return lines


def _of_sheet(outcome: Outcome) -> list[str]:
    """Return whose sheet opens returns from now on, and whether a sealed one is lost by that."""
    lines = []
    if outcome.key is not None and outcome.key.custodian is not None:
        whose = outcome.key.custodian
        lines.append(
            f"From now on returns open with the sheet {whose.mark} that {whose.name} keeps."
        )
    if outcome.lost:
        lines.append(
            "The sheet that your round was sealed for is lost. Reopen the round and seal it again,"
            " then write the return once more."
        )
    return lines


def _another(key: RoundKey | None, book: Casebook, opens: int) -> bool:
    """Return whether the open round, which the update leaves open, gets another key."""
    known = book.custody.of_round(book.about.round)
    return key is not None and not opens and known is not None and key.recipient != known.recipient


def _counted(parts: Sequence[tuple[int, str, str]]) -> list[str]:
    return [f"{n} {one if n == 1 else many}" for n, one, many in parts if n > 0]


def _refuse(layer: str, what: str) -> NoReturn:
    raise ReturnError(
        f"This update {what}, so nothing of it was taken. Ask the chair for the right one.",
        layer=layer,
    )
