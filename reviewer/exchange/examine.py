"""Whether what was sealed, and what arrived sealed, is still what it was: verdicts, never changes.

Nothing here opens an inner layer, so that it can be run before release too.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from reviewer.casebook.book import About, Casebook, Check
from reviewer.casebook.stores.returns import SealedReturn
from reviewer.crypto import envelope
from reviewer.crypto.receipt import Receipt
from reviewer.errors import ReviewerError
from reviewer.exchange import keyring
from reviewer.exchange.header import Header, decode
from reviewer.exchange.layers import KIND, digest_of, open_outer
from reviewer.exchange.return_status import arrived_of, pin_of, standings
from reviewer.exchange.seal import noted
from reviewer.progress import Progress
from reviewer.records.panel import Counts, Received, ReturnStatus
from reviewer.records.text import counted
from reviewer.summary.gaps import lacking
from reviewer.summary.returned import opened_digests
from reviewer.summary.rounds import ledger_of


def examine(
    book: Casebook, *, receipts: Sequence[Receipt] = (), progress: Progress | None = None
) -> list[Check]:
    """Return the verdicts on everything in an open casebook, and on ``receipts`` of it.

    Sealed work is looked at only where the file itself is sound. Nothing is changed.
    """
    checks = book.verdicts(progress)
    if all(check.passed for check in checks):
        older = any(check.name == "format" and check.remark for check in checks)
        checks += examine_sealed(book, older=older)
    return [*checks, *(examine_receipt(book, receipt) for receipt in receipts)]


def examine_receipt(book: Casebook, receipt: Receipt) -> Check:
    """Return whether the casebook still contains the state that ``receipt`` was printed from."""
    now = book.receipt
    if receipt.name != now.name:
        fault = "The receipt is another casebook's, or another person's copy of this one."
    elif now.seq < receipt.seq:
        fault = (
            f"The receipt was printed at entry {receipt.seq} of the journal, and this file ends at"
            f" entry {now.seq}: it is older than the receipt. Look for the newer file or backup."
        )
    elif not book.journal.hash_at(receipt.seq).startswith(receipt.head):
        fault = (
            f"Entry {receipt.seq} of the journal is not the one that the receipt was printed from:"
            " this file has another history. Ask who changed it."
        )
    else:
        later = now.seq - receipt.seq
        more = f"{counted(later, 'entry', 'entries')} came after it"
        told = f"The state of the receipt (entry {receipt.seq}) is in it, and {more}."
        return Check(name="receipt", passed=True, sentence=told)
    return Check(name="receipt", passed=False, sentence=fault)


def examine_sealed(book: Casebook, *, older: bool = False) -> Iterator[Check]:
    """Yield a verdict on each kind of sealed work in an open casebook.

    One of an ``older`` format lacks the tables that a release is counted again from.
    """
    about = book.about
    if about.member:
        yield _own(book, about)
    if about.kind == "chair":
        yield _received(book)
        yield _standing(book, older=older)
        if not older:
            yield _released(book)
            yield _support(book, about)


def _own(book: Casebook, about: About) -> Check:
    notes = book.journal.noted("seal")
    sealed = book.returns.every_own()
    faults: list[str] = []
    unproved = 0
    for one in sealed:
        note = notes.pop(f"{one.round}.{one.seq}", None)
        if note:
            faults += _own_faults(book, about, one, note)
        elif note is None:
            faults.append(f"{_number(one)} is not in the journal.")
        else:
            unproved += 1
    faults += [f"The sealed round {subject} is in the journal and not here." for subject in notes]
    told = f"{len(sealed)} sealed, each as it was signed." if sealed else "Nothing was sealed yet."
    if unproved:
        told = (
            f"{len(sealed)} sealed; {unproved} by an older Reviewer that kept no proof of its own"
            " beside the digest."
        )
    return _check("seals", faults, told)


def _own_faults(
    book: Casebook, about: About, sealed: SealedReturn, note: Mapping[str, str]
) -> Iterator[str]:
    """Yield what is wrong with one sealed return of this casebook's rater."""
    name = _number(sealed)
    if not all(isinstance(note.get(part), str) for part in ("header", "signature", "body")):
        yield f"{name} has no whole proof of its own in the journal."
        return
    signed = note["header"].encode()
    if hashlib.sha256(sealed.body).hexdigest() != note["body"]:
        yield f"{name} is not the file that was sealed."
    try:
        header = decode(signed)
        envelope.verify(
            KIND, signed, bytes.fromhex(note["signature"]), bytes.fromhex(header.public_key)
        )
    except (ReviewerError, ValueError):
        yield f"{name} does not carry its own signature."
        return
    facts = (header.casebook, header.member, header.round, header.seq, header.public_key)
    wanted = (about.id, about.member, sealed.round, sealed.seq, keyring.own_key(book).public)
    if digest_of(signed) != sealed.sha256 or facts != wanted:
        yield f"{name} is not what was signed."
    newest = book.returns.own(sealed.round)
    if newest == sealed and not sealed.reopened:
        stored = book.rounds.own_counts(sealed.round, about.member)
        if _as_noted(stored) != note.get("counts", _as_noted(header.counts)):
            yield f"The work in round {sealed.round} is not as much as was sealed."


def _received(book: Casebook) -> Check:
    kept = _all_received(book)
    faults: list[str] = []
    if kept:
        secret = keyring.receiving_key(book).secret
        known = book.journal.noted("receive")
        for one in kept:
            faults += _received_faults(book, one, secret)
            if one.sha256 not in known:
                faults.append(f"Return {one.seq} in round {one.round} is not in the journal.")
        here = {one.sha256 for one in kept}
        faults += [f"A return that arrived is gone: {digest}" for digest in known.keys() - here]
    told = f"{len(kept)} arrived, each still with its signature and its sealed work."
    return _check("returns", faults, told if kept else "No return has arrived yet.")


def _received_faults(book: Casebook, one: Received, secret: str) -> Iterator[str]:
    name = f"Return {one.seq} in round {one.round}"
    try:
        opened = open_outer(book.returns.sealed(one.id), secret)
    except ReviewerError as error:
        yield f"{name} cannot be verified any more: {error}"
        return
    header = opened.header
    facts = (header.member, header.round, header.seq, header.prev, header.public_key)
    wanted = (one.member, one.round, one.seq, one.prev, one.public_key)
    same = opened.digest == one.sha256 and opened.header_text == book.returns.header(one.id)
    free = bool(book.rounds.released(one.round)) and header.counts is None
    if not same or facts != wanted or not (free or one.counts in {Counts(), header.counts}):
        yield f"{name} is not what arrived."


def _standing(book: Casebook, *, older: bool) -> Check:
    """Return whether each return stands as the rule says, and each key is the one that follows."""
    kept = {one.sha256: one for one in _all_received(book)}
    headers: dict[str, Header] = {}
    for _, text in book.returns.headers():
        headers[digest_of(text.encode())] = decode(text.encode())
    members = book.members.all()
    packs = {member.id: book.members.pack(member.id) for member in members}
    arrived = [arrived_of(header, digest) for digest, header in headers.items()]
    found = standings(
        arrived,
        packs=packs,
        choices=book.returns.choices(),
        opened=opened_digests(book, older=older),
        releases=keyring.recipients(book),
    )
    faults = [
        f"Return {one.seq} in round {one.round} stands as {one.standing.value}, and should as"
        f" {found[digest].value}."
        for digest, one in kept.items()
        if digest in found and found[digest] is not one.standing
    ]
    for member in members:
        own = [one for one in arrived if one.member == member.id]
        pin = pin_of(own, found, packs=packs)
        if own and member.public_key != pin:
            faults.append(f"The key kept for {member.name} is not the one that follows.")
    counting = sum(1 for standing in found.values() if standing is ReturnStatus.RECEIVED)
    told = f"{counting} of {len(kept)} count, as the rule says."
    return _check("standing", faults, told if kept else "No return counts yet.")


def _released(book: Casebook) -> Check:
    """Return whether what each released round stores is what each return declared."""
    released = [n for n in range(1, book.about.round + 1) if book.rounds.released(n)]
    if not released:
        return _check("release", [], "The round is not released; nothing was opened.")
    members = [member for member in book.members.all() if member.rates]
    lines = [(n, line) for n in released for line in ledger_of(book, n, members)]
    faults = [
        f"Of round {n}, {line.declared} {line.kind} were declared, and {line.stored} are stored."
        for n, line in lines
        if not line.balances
    ]
    told = f"{len(lines)} counts of {_rounds(released)} agree with what the returns declared."
    return _check("release", faults, told)


def _support(book: Casebook, about: About) -> Check:
    """Count the scores that stand and lack the comment or page that they need: a remark."""
    if not about.results:
        return _check("support", [], "The round is not released; no score can be read.")
    found = len(lacking(book, about.results))
    least = about.framework.thresholds.evidence
    if not found:
        return _check("support", [], f"Every score of {least} or more has a comment and a page.")
    told = counted(found, "score")
    lacks = "lacks" if found == 1 else "lack"
    return Check(
        name="support",
        passed=True,
        sentence=f"{told} of {least} or more {lacks} a comment or a page. The summary names them.",
        remark=True,
    )


def _rounds(numbers: Sequence[int]) -> str:
    last = numbers[-1]
    return "round 1" if last == 1 else f"rounds 1 to {last}"


def _all_received(book: Casebook) -> list[Received]:
    return [
        one for number in range(1, book.about.round + 1) for one in book.returns.received(number)
    ]


def _as_noted(counts: Counts | None) -> str:
    return "" if counts is None else noted(counts)


def _number(sealed: SealedReturn) -> str:
    return f"The sealed round {sealed.round} (number {sealed.seq})"


def _check(name: str, faults: list[str], good: str) -> Check:
    return Check(name=name, passed=not faults, sentence=" ".join(faults[:3]) or good)
