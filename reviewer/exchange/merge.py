"""Receiving returns: a verdict a file, good ones kept still sealed, one transaction each.

Nothing here opens the inner layer. What counts is decided by ``standing`` over everything that
arrived, so that order, repetition and a crash between two files make no difference.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from reviewer.casebook.book import Casebook, Change
from reviewer.casebook.stores.returns import restand_rows
from reviewer.casebook.writer import Transaction, now
from reviewer.crypto import envelope
from reviewer.crypto.identity import enrolled
from reviewer.errors import ReturnError, StateError
from reviewer.exchange import keyring
from reviewer.exchange.header import COUNTED, Header, decode
from reviewer.exchange.layers import Opened, digest_of, open_outer
from reviewer.exchange.merge_result import MergeResult, late, refused
from reviewer.exchange.return_status import Arrived, arrived_of, pin_of, standings
from reviewer.exchange.returns import read_return
from reviewer.exchange.signed import GENESIS
from reviewer.progress import Progress, Quiet
from reviewer.records.ids import MemberId
from reviewer.records.panel import Counts, KeyState, Received, ReturnStatus, key_state
from reviewer.summary.returned import opened_digests

_OTHER_KEYS = "This return was sealed to other keys than this casebook's. Ask for a new copy."
_UNPADDED = (
    " It comes from an older Reviewer, whose files are as large as what was written: until the"
    " release its size tells more than it should."
)


def receive(
    book: Casebook, paths: Sequence[Path], *, progress: Progress | None = None
) -> list[MergeResult]:
    """Verify return files and keep the good ones, sealed; one verdict a path, in their order.

    A refused file changes nothing and stops nobody else's. Raises ``StateError`` for a casebook
    that is not a chair's; ``Cancelled`` keeps the files that were taken already.
    """
    progress = progress or Quiet()
    if book.about.kind != "chair":
        raise StateError("Only the chair's casebook takes returns. Open that one.")
    receive_own(book)
    desk = _Receiver(book)
    verdicts = []
    for done, path in enumerate(paths):
        progress.step(done, len(paths), path.name)
        verdicts.append(desk.take(path))
    progress.step(len(paths), len(paths))
    return [desk.at_the_end(verdict) for verdict in verdicts]


def receive_own(book: Casebook) -> None:
    """Take the sealed round of a chair who rates among the others', where it is not yet.

    Does nothing where the chair does not rate, or has not sealed.
    """
    about = book.about
    own = book.returns.own(about.round) if about.member else None
    if own is None or own.reopened or book.returns.by_sha(own.sha256) is not None:
        return
    verdict = _Receiver(book).take_bytes("the chair's own round", own.body)
    if verdict.refused:
        raise StateError(f"The chair's own sealed round was refused: {verdict.sentence}")


def choose(book: Casebook, digest: str) -> Change:
    """Let the return ``digest`` count where a member's returns forked: the chair's decision.

    Raises ``StateError`` where it is not here, does not stand in a fork, or the round is released.
    """
    desk = _Receiver(book)
    chosen = _of_open_round(book, digest)
    if chosen.standing is not ReturnStatus.FORK:
        raise StateError("That return does not stand in a fork, so there is nothing to choose.")
    desk.choices[chosen.member, chosen.round] = digest
    standings, pin = desk.restand(chosen.member)
    return book.returns.choose(chosen, standings=standings, pin=pin)


def withdraw_choice(book: Casebook, digest: str) -> Change:
    """Take back that ``digest`` was chosen: until the release the chair may think better of it.

    Raises ``StateError`` where it was not chosen, or the round is released.
    """
    desk = _Receiver(book)
    chosen = _of_open_round(book, digest)
    if desk.choices.pop((chosen.member, chosen.round), "") != digest:
        raise StateError("That return was not chosen, so there is nothing to take back.")
    standings, pin = desk.restand(chosen.member)
    return book.returns.withdraw_choice(chosen, standings=standings, pin=pin)


def _of_open_round(book: Casebook, digest: str) -> Received:
    """Return the return ``digest`` while its round can still be decided about."""
    found = book.returns.by_sha(digest)
    if found is None:
        raise StateError("That return is not in this casebook.")
    settled = {*book.rounds.opened(found.round), *book.rounds.late(found.round)}
    if found.member in settled:
        raise StateError(f"Round {found.round} is released, so it stays as it is.")
    return found


def restand(book: Casebook, member: MemberId, pack: str) -> tuple[dict[int, ReturnStatus], str]:
    """Return how the returns of ``member`` stand once ``pack`` is issued, by id, and their key.

    What was sealed with the casebook before it no longer counts, but for what was released.
    """
    return _Receiver(book, issued={member: pack}).restand(member)


def restanding(book: Casebook, recipient: str) -> Callable[[Transaction], None]:
    """Return what sets all returns anew once those of the open round go to ``recipient``."""
    desk = _Receiver(book, releases={book.about.round: recipient})
    found = {member.id: desk.restand(member.id) for member in book.members.all()}

    def restand_all(tx: Transaction) -> None:
        for member, (standing, pin) in found.items():
            if standing:
                restand_rows(tx, member, standing, pin)

    return restand_all


class _Receiver:
    """What is known while files are taken: read once, kept up to date with each file kept."""

    def __init__(
        self,
        book: Casebook,
        *,
        issued: Mapping[MemberId, str] = MappingProxyType({}),
        releases: Mapping[int, str] = MappingProxyType({}),
    ) -> None:
        self._book = book
        self._about = book.about
        self._receiving = keyring.receiving_key(book)
        rounds = range(1, self._about.round + 1)
        self._releases = {number: keyring.release_recipient(book, number) for number in rounds}
        self._releases |= releases
        self._members = {member.id: member for member in book.members.all()}
        self._packs = {member: book.members.pack(member) for member in self._members}
        self._packs |= issued
        self._compared = book.members.comparisons.all()
        self.choices = book.returns.choices()
        self._opened = opened_digests(book)
        self.ids: dict[str, int] = {}
        self._arrived: dict[MemberId, list[Arrived]] = {}
        for received, text in book.returns.headers():
            signed = text.encode("utf-8")
            self._remember(received, arrived_of(decode(signed), digest_of(signed)))

    def take(self, path: Path) -> MergeResult:
        """Read one file and take it."""
        try:
            untrusted = read_return(path)
        except ReturnError as refusal:
            return refused(path.name, "", refusal)
        return self.take_bytes(path.name, untrusted)

    def take_bytes(self, name: str, untrusted: bytes) -> MergeResult:
        """Verify and keep one return."""
        who = ""
        try:
            opened = open_outer(untrusted, self._receiving.secret)
            member = self._members.get(opened.header.member)
            who = member.name if member is not None else ""
            if opened.digest in self.ids:
                return self._duplicate(name, who, opened)
            self._check(opened)
        except ReturnError as refusal:
            return refused(name, who, refusal)
        return self._keep(name, who, opened, untrusted)

    def stand(self, member: MemberId, *new: Arrived) -> tuple[dict[str, ReturnStatus], str]:
        """Return how all of one member's returns stand by digest, and their one key or "".

        ``new`` are returns that are not kept yet.
        """
        arrived = [*self._arrived.get(member, []), *new]
        found = standings(
            arrived,
            packs=self._packs,
            choices=self.choices,
            opened=self._opened,
            releases=self._releases,
        )
        return found, pin_of(arrived, found, packs=self._packs)

    def restand(self, member: MemberId) -> tuple[dict[int, ReturnStatus], str]:
        """Return how the kept returns of one member stand by their ids, and their key or ""."""
        found, pin = self.stand(member)
        return {self.ids[one]: standing for one, standing in found.items()}, pin

    def at_the_end(self, verdict: MergeResult) -> MergeResult:
        """Return ``verdict`` as it stands after all files: a later one may have changed it."""
        if verdict.refused or verdict.standing is ReturnStatus.DUPLICATE:
            return verdict
        member = next(
            one.member
            for group in self._arrived.values()
            for one in group
            if one.digest == verdict.digest
        )
        standing = self.stand(member)[0][verdict.digest]
        if self._late(verdict) and standing in {ReturnStatus.RECEIVED, ReturnStatus.SUPERSEDED}:
            return late(verdict, self._opens(member, verdict.round, standing))
        return replace(
            verdict, standing=standing, sentence=self._sentence(member, verdict, standing)
        )

    def _late(self, verdict: MergeResult) -> bool:
        """Whether it came after the release of its round."""
        released = bool(self._book.rounds.released(verdict.round))
        return released and verdict.digest not in self._opened

    def _opens(self, member: MemberId, number: int, standing: ReturnStatus) -> bool:
        """Whether the chair may open a return of a released round late."""
        settled = {*self._book.rounds.opened(number), *self._book.rounds.late(number)}
        return standing is ReturnStatus.RECEIVED and member not in settled

    def _remember(self, received: int, arrived: Arrived) -> None:
        self.ids[arrived.digest] = received
        self._arrived.setdefault(arrived.member, []).append(arrived)

    def _duplicate(self, name: str, who: str, opened: Opened) -> MergeResult:
        return MergeResult(
            file=name,
            standing=ReturnStatus.DUPLICATE,
            member=who,
            sentence=f"Already merged: return {opened.header.seq} of {who} for round"
            f" {opened.header.round}. Nothing changed.",
            seq=opened.header.seq,
            round=opened.header.round,
            digest=opened.digest,
            public_key=opened.header.public_key,
        )

    def _keep(self, name: str, who: str, opened: Opened, sealed: bytes) -> MergeResult:
        header = opened.header
        arrived = arrived_of(header, opened.digest)
        found, pin = self.stand(header.member, arrived)
        self._book.returns.keep(
            Received(
                id=0,
                member=header.member,
                round=header.round,
                seq=header.seq,
                prev=header.prev,
                sha256=opened.digest,
                public_key=header.public_key,
                counts=Counts(),  # nobody looks at how much it is before the release
                standing=found[opened.digest],
                at=now(),
            ),
            header=opened.header_text,
            sealed=sealed,
            standings={self.ids.get(one, 0): standing for one, standing in found.items()},
            pin=pin,
        )
        kept = self._book.returns.by_sha(opened.digest)
        if kept is None:
            raise StateError(f"{name} was not kept. Try again.")
        self._remember(kept.id, arrived)
        return MergeResult(
            file=name,
            standing=found[opened.digest],
            member=who,
            sentence="",
            seq=header.seq,
            round=header.round,
            digest=opened.digest,
            public_key=header.public_key,
            unpadded=header.version == COUNTED,
        )

    def _sentence(self, member: MemberId, verdict: MergeResult, standing: ReturnStatus) -> str:
        who, number = verdict.member, verdict.seq
        which = f"Return {number} of {who} for round {verdict.round}"
        if standing is ReturnStatus.FORK:
            return (
                f"{which} was kept, but returns of {who} contradict one another:"
                f" two were sealed with one number, or with two keys. None of them counts until"
                f" you choose one. Ask {who} which is right."
            )
        if standing is ReturnStatus.SUPERSEDED:
            return f"{which} was kept. A later one counts in its place."
        seen = {one.seq for one in self._arrived[member] if one.round == verdict.round}
        missing = [str(n) for n in range(1, number) if n not in seen]
        gap = (
            f" Return {', '.join(missing[:5])} before it never arrived; this one replaces it."
            if missing
            else ""
        )
        key = key_state(verdict.public_key, self._compared.get(member))
        other = (
            f" Its key is not the one that you compared with {who}: compare the new six words"
            " before you release."
            if key is KeyState.CHANGED
            else ""
        )
        size = _UNPADDED if verdict.unpadded else ""
        return f"{which} was verified and kept sealed.{gap}{other}{size}"

    def _check(self, opened: Opened) -> None:
        """Raise ``ReturnError`` unless the header is for this casebook, round and member."""
        header, about = opened.header, self._about
        if header.casebook != about.id:
            raise ReturnError(
                "This return belongs to another casebook, so it was not taken. Check which"
                " inquiry it is for.",
                layer="casebook",
            )
        if header.recipient != self._receiving.public:
            raise ReturnError(_OTHER_KEYS, layer="recipient")
        if header.round > about.round:
            raise ReturnError(
                f"This return is for round {header.round}, and this casebook is in round"
                f" {about.round}. If round {header.round} was opened, this is an older copy of the"
                " chair's casebook: look for the newer file, or for a newer backup.",
                layer="round",
            )
        self._check_release(header)
        self._check_member(header)
        if header.framework != about.framework.hash:
            raise ReturnError(
                "This return was made with another framework than this casebook's.",
                layer="framework",
            )
        if header.seq == 1 and header.prev != GENESIS:
            raise ReturnError(
                "This return says that it is the first and that another was before it."
                " Ask for a new copy.",
                layer="header",
            )
        try:
            envelope.check_header(opened.inner)
        except ReturnError as refusal:
            raise ReturnError(str(refusal), layer="inner") from None

    def _check_release(self, header: Header) -> None:
        if header.release == self._releases[header.round]:
            return
        lost = [one for one in self._book.custody.keys(header.round)[:-1] if one.custodian]
        for key in lost:
            if key.recipient == header.release and key.custodian is not None:
                raise ReturnError(
                    f"This return was sealed for the custodian's sheet {key.custodian.mark}, which"
                    " was replaced because it is lost: nobody could open it. Send its member the"
                    " newest update, and ask them to seal again.",
                    layer="recipient",
                )
        raise ReturnError(_OTHER_KEYS, layer="recipient")

    def _check_member(self, header: Header) -> None:
        member = self._members.get(header.member)
        if member is None:
            raise ReturnError(
                "This return is from somebody who is not on this panel.", layer="member"
            )
        token = keyring.token_of(self._book, member.id, header.pack)
        if token is None:
            raise ReturnError(
                f"This return was made with a casebook that was not issued to {member.name} from"
                " here.",
                layer="pack",
            )
        if header.pack != self._packs[member.id]:
            raise ReturnError(
                f"This return was made with a casebook that has been replaced. {member.name} was"
                " issued another since; ask for the return made with that one.",
                layer="pack",
            )
        if not enrolled(
            header.enrolment,
            token,
            header.public_key,
            casebook=header.casebook,
            pack=header.pack,
            member=header.member,
        ):
            raise ReturnError(
                f"This return names {member.name}, but its key was never enrolled with the"
                f" casebook issued to {member.name}. It may be forged; speak to {member.name}.",
                layer="enrolment",
            )
