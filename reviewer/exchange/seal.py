"""Sealing a round: checked, signed, locked twice, and read back with the chair's own parser."""

import contextlib
import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from reviewer.casebook.book import About, Casebook, PackInfo
from reviewer.casebook.change import Change
from reviewer.casebook.stores.returns import SealedReturn
from reviewer.casebook.writer import now
from reviewer.crypto import envelope
from reviewer.crypto.identity import enrolment, new_token
from reviewer.errors import InputError, StateError, StorageError
from reviewer.exchange import keyring
from reviewer.exchange.header import Header, decode
from reviewer.exchange.layers import KIND, lock_work, put_together
from reviewer.exchange.merge import receive_own
from reviewer.exchange.pack import pack_hash
from reviewer.exchange.padding import class_of
from reviewer.exchange.sealed_work import CaseWork, Scope, Whose, Work, beyond_price
from reviewer.exchange.sealed_work import decode as decode_work
from reviewer.exchange.sealed_work import encode as encode_work
from reviewer.exchange.signed import GENESIS
from reviewer.progress import Progress, Quiet
from reviewer.records.canonical import canonical
from reviewer.records.cases import Case
from reviewer.records.judgement import Mark
from reviewer.records.panel import Counts
from reviewer.records.text import counted
from reviewer.rounds.allocation import allocated, asked, rater
from reviewer.rounds.readiness import Readiness, own_ratings, readiness_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Sealed:
    """What was sealed. ``digest`` is what receipts and the chair's journal name."""

    round: int
    seq: int
    digest: str
    at: str
    counts: Counts
    readiness: Readiness
    fingerprint: str


def seal(book: Casebook, *, late: int | None = None, progress: Progress | None = None) -> Sealed:
    """Seal the round of this casebook's rater; nothing in it can change afterwards.

    Blanks are allowed. ``late`` names a round that an update closed before it was sealed: it is
    sealed as it is. Raises ``InputError`` whose ``details`` list every rating that needs a comment
    or evidence, ``StateError`` where the round is sealed or released already.
    """
    progress = progress or Quiet()
    about = rater(book)
    if late is None:
        book.ratings.require_open(about.round)
    else:
        about = _closed(book, about, late)
    cases = allocated(book, about)
    ready = readiness_of(book, about)
    if ready.unsupported and late is None:
        raise InputError(
            f"The round was not sealed: {_needing(len(ready.unsupported), about)} a comment or a"
            " marked page.",
            details=ready.unsupported,
        )
    progress.step(0, 2, "Sealing")
    whose = Whose(casebook=about.id, member=about.member, round=about.round)
    body = _encoded(book, about, cases)
    work = decode_work(body, whose=whose, scope=scope_of(book, cases, about), declared=None)
    if too_much := beyond_price(work):
        raise InputError(
            f"The round was not sealed: it has {too_much}, which no return may bring. Shorten"
            " comments or remove marks that no rating cites."
        )
    progress.step(1, 2, "Locking")
    kept, proof = _lock(book, about, body, work)
    fingerprint = keyring.enrol(book)
    book.returns.seal(kept, note=proof)
    if about.kind == "chair":
        # The round is sealed by now: a disk that breaks here must not say that it is not. The
        # next return and the release take the chair's own first in any case.
        with contextlib.suppress(StorageError):
            receive_own(book)
    progress.step(2, 2)
    return Sealed(
        round=kept.round,
        seq=kept.seq,
        digest=kept.sha256,
        at=kept.at,
        counts=work.counts,
        readiness=ready,
        fingerprint=fingerprint,
    )


def closed_unsealed(book: Casebook) -> tuple[int, ...]:
    """Return the rounds that an update closed while work in them was not sealed, oldest first."""
    about = book.about
    if about.kind == "chair" or not about.member:
        return ()
    return tuple(
        number
        for number in range(1, about.round)
        if ((own := book.returns.own(number)) is None or own.reopened)
        and not book.journal.newest_of("keep earlier round", str(number))[0]
        and any(True for _ in book.ratings.everyone(number, member=about.member))
    )


def _closed(book: Casebook, about: About, number: int) -> About:
    """Return what the casebook says of itself as if round ``number``, closed unsealed, were on."""
    if number not in closed_unsealed(book):
        raise StateError(
            f"There is no work in round {number} that an update closed before it was sealed."
        )
    return replace(about, round=number, sealed="", released="")


def beyond_first_class(book: Casebook) -> str:
    """Return in a sentence that the work is larger than other returns will be, or "".

    Its file is then of the next size, which tells that much was written before the release.
    """
    about = rater(book)
    room = keyring.round_key(book).room
    if class_of(_encoded(book, about, allocated(book, about)), room) <= room:
        return ""
    return (
        "You have written and marked more than fits into the size that all returns of this round"
        " have. Yours will be a larger file, from which others can tell before the release that"
        " you wrote much. Shorter comments, or fewer marks that no rating cites, avoid it."
    )


def noted(counts: Counts) -> str:
    """Return ``counts`` as the journal of whoever sealed keeps them."""
    return canonical(asdict(counts)).decode()


def reopen(book: Casebook, reason: str) -> Change:
    """Open a sealed round again; the next seal counts one higher and replaces this one.

    Raises ``StateError`` where it is not sealed or is released, ``InputError`` without a reason.
    """
    about = rater(book)
    if about.released:
        raise StateError(f"Round {about.round} is released, so it stays as it is.")
    if not reason.strip():
        raise InputError("Say in a few words why the round is opened again.")
    return book.returns.reopen(about.round, reason.strip())


def scope_of(book: Casebook, cases: Sequence[Case], about: About) -> Scope:
    """Return what a return over ``cases`` may speak of."""
    ids = frozenset(case.id for case in cases)
    return Scope(
        framework=about.framework,
        cases=ids,
        documents={
            document.id: (document.case, document.page_count)
            for document in book.documents.all()
            if document.case in ids
        },
        cells=asked(book, about),
    )


def _lock(
    book: Casebook, about: About, body: bytes, work: Work
) -> tuple[SealedReturn, dict[str, str]]:
    """Return the sealed return that goes over ``body``, and what proves later that it is it.

    A panellist's casebook cannot open what it sealed: the journal keeps what was signed, the
    signature, the SHA-256 of the bytes, and how much it was.
    """
    pack, token = _pack(book, about)
    key = keyring.own_key(book)
    before = book.returns.own(about.round)
    key_of_round = keyring.round_key(book, about.round)
    inner = lock_work(body, key_of_round)
    at = now()
    header = Header(
        casebook=about.id,
        pack=pack.hash,
        framework=about.framework.hash,
        member=about.member,
        round=about.round,
        seq=1 if before is None else before.seq + 1,
        prev=GENESIS if before is None else before.sha256,
        recipient=pack.receiving,
        release=key_of_round.recipient,
        public_key=key.public,
        enrolment=enrolment(
            token, key.public, casebook=about.id, pack=pack.hash, member=about.member
        ),
        inner=hashlib.sha256(inner).hexdigest(),
        journal=_journal_head(book),
        at=at,
    )
    decode(header.encode())  # the chair's own parser, so that no honest return is ever refused
    sealed, digest = put_together(header, inner, key)
    envelope.check_header(sealed)
    kept = SealedReturn(
        round=header.round, seq=header.seq, at=at, sha256=digest, reopened="", body=sealed
    )
    signed = header.encode()
    proof = {
        "header": signed.decode(),
        "signature": envelope.sign(KIND, signed, key.secret).hex(),
        "body": hashlib.sha256(sealed).hexdigest(),
        "counts": noted(work.counts),
    }
    return kept, proof


def _pack(book: Casebook, about: About) -> tuple[PackInfo, bytes]:
    """Return where this casebook came from; the chair's issues to itself when it first seals."""
    if about.kind != "chair":
        if about.pack is None:
            raise StateError("This casebook was not issued to anybody, so it cannot be sealed.")
        return about.pack, keyring.own_token(book)
    known = book.members.pack(about.member)
    token = keyring.token_of(book, about.member, known) if known else None
    pack = PackInfo(
        hash=known,
        receiving=keyring.receiving_key(book).public,
        release=keyring.release_recipient(book),
        issued=now(),
    )
    if token is None:
        token = new_token()
        cases, documents = book.cases.all(), book.documents.all()
        digest = pack_hash(
            book,
            about.member,
            cases,
            documents,
            token=token,
            info=pack,
            key=keyring.round_key(book),
        )
        keyring.keep_new_token(book, about.member, digest, token)
        book.members.set_issued(about.member, pack=digest, cases=())
        pack = replace(pack, hash=digest)
    return pack, token


def _encoded(book: Casebook, about: About, cases: Sequence[Case]) -> bytes:
    """Return the work of the open round as it travels."""
    ratings = own_ratings(book, about)
    reviews = book.reviews.all(about.member, about.round)
    return encode_work(
        (
            CaseWork(review=reviews[case.id], ratings=ratings.get(case.id, {}))
            for case in cases
            if case.id in reviews
        ),
        _marks(book, about),
        about.framework,
        whose=Whose(casebook=about.id, member=about.member, round=about.round),
    )


def _marks(book: Casebook, about: About) -> list[Mark]:
    """Return the marks made up to the round of ``about``."""
    marks = book.marks.of_member(about.member)
    later = {
        mark
        for number in range(about.round + 1, book.about.round)
        for mark in book.agenda.marks_of(number)
    }
    if about.round == book.about.round:
        return marks
    kept = book.agenda.kept_marks()
    return [mark for mark in marks if mark.id in kept and mark.id not in later]


def _needing(count: int, about: About) -> str:
    least = about.framework.thresholds.evidence
    of_which = f" of {least} or more" if about.round == 1 else ""
    return f"{counted(count, 'rating')}{of_which} {'lacks' if count == 1 else 'lack'}"


def _journal_head(book: Casebook) -> str:
    newest = book.journal.tail(1)
    return newest[0].hash if newest else GENESIS
