"""A delivery staged: its list of files first, then their bytes, encrypted as everything here.

Each is kept in steps of its own: stopped or cut off at any point, what came is whole, and the same
folder brought again goes on where it ended.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from reviewer.casebook.book import Casebook
from reviewer.casebook.steps import Steps
from reviewer.casebook.writer import now
from reviewer.documents import limits, refusals
from reviewer.errors import DocumentError, InputError
from reviewer.intake.delivery import patterns
from reviewer.intake.delivery.facts import Facts, sha256_of
from reviewer.intake.delivery.rules import Rules, usual
from reviewer.intake.delivery.sources import Source
from reviewer.messages import say
from reviewer.progress import Progress
from reviewer.records.deliveries import DeliveredFile, Delivery, DeliveryLook
from reviewer.records.ids import new_id
from reviewer.records.text import clean_line, look_alike

_BATCH_BYTES, _BATCH_FILES = 4 << 20, 50  # staged in one transaction: others get in between


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """What a person says of a delivery: who sent it, and on which day it came."""

    sender: str = ""
    received: str = ""

    def checked(self) -> "Label":
        """Return it cleaned. Raises ``InputError`` for a day that is not written as ISO does."""
        day = patterns.iso(self.received) if self.received else dt.date.today().isoformat()  # noqa: DTZ011 - the day here
        if len(day) != len("2019-05-03"):
            raise InputError(
                say("The day {date} is not written as 2019-05-03.", date=self.received[:40])
            )
        return Label(sender=clean_line(self.sender)[:300], received=day)


def relabel(steps: Steps, delivery: Delivery, label: Label) -> None:
    """Keep who sent a delivery, and when it came; what ``label`` leaves blank stays."""
    said = Label(
        sender=label.sender or delivery.sender, received=label.received or delivery.received
    ).checked()
    if (said.sender, said.received) != (delivery.sender, delivery.received):
        steps(partial(_describe, delivery.id, said))


def _describe(delivery: str, label: Label, book: Casebook) -> None:
    book.deliveries.describe(delivery, sender=label.sender, received=label.received)


def stage(
    steps: Steps,
    source: Source,
    progress: Progress,
    *,
    rules: Rules | None = None,
    label: Label | None = None,
) -> Delivery:
    """Keep a delivery with all its bytes; the same one again goes on with what had not come.

    Without ``rules`` those of the newest delivery hold, and what was said of its files.
    """
    steps(lambda book: book.require("stage delivery"))
    label = (label or Label()).checked()
    hashed = list(_hashed(source, progress))
    delivery = steps(partial(_same, source, hashed))
    if delivery is None:
        delivery = steps(partial(_begin, source, hashed, rules, label))
    elif rules is not None:
        steps(partial(_use, delivery.id, rules))
    _stage_contents(steps, source, hashed, progress)
    return steps(partial(find_delivery, delivery.number))


def find_delivery(number: int, book: Casebook) -> Delivery:
    """Return the delivery of that number. Raises ``InputError`` where there is none."""
    for delivery in book.deliveries.all():
        if delivery.number == number:
            return delivery
    raise InputError(say("There is no delivery {number} in this casebook.", number=number))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Hashed:
    path: str
    size: int
    sha256: str
    refused: str


def _hashed(source: Source, progress: Progress) -> Iterator[_Hashed]:
    total = len(source.entries)
    for number, entry in enumerate(source.entries):
        progress.step(number, total, entry.path)
        try:
            untrusted = source.read(number)
            if len(untrusted) > limits.MAX_BYTES:
                raise refusals.refusal("large")
        except DocumentError as error:
            yield _Hashed(path=entry.path, size=entry.size, sha256="", refused=str(error))
            continue
        sha256 = sha256_of(untrusted)
        yield _Hashed(path=entry.path, size=len(untrusted), sha256=sha256, refused="")


def _same(source: Source, hashed: Sequence[_Hashed], book: Casebook) -> Delivery | None:
    """Return the delivery that has come already, or that was cut off while it came."""
    wanted = [(one.path, one.sha256) for one in hashed]
    for delivery in reversed(book.deliveries.all()):
        if delivery.name == source.name:
            files = book.deliveries.files(delivery.id)
            if [(one.path, one.sha256) for one in files] == wanted:
                return delivery
    return None


def _use(delivery: str, rules: Rules, book: Casebook) -> None:
    book.deliveries.use_rules(delivery, rules.as_data())


def _begin(
    source: Source, hashed: Sequence[_Hashed], rules: Rules | None, label: Label, book: Casebook
) -> Delivery:
    earlier = book.deliveries.all()
    kept = earlier[-1].rules if earlier else usual().as_data()
    delivery = Delivery(
        id=new_id(),
        number=0,
        name=source.name,
        sender=label.sender,
        received=label.received,
        at=now(),
        rules=rules.as_data() if rules is not None else kept,
        notes=source.notes,
    )
    said = _said_before(book, earlier)
    files = [
        DeliveredFile(
            delivery=delivery.id,
            position=at,
            path=one.path,
            sha256=one.sha256,
            size=one.size,
            own=said.get(look_alike(one.path), {}),
        )
        for at, one in enumerate(hashed, 1)
    ]
    book.deliveries.begin(delivery, files)
    refused = [
        (file, DeliveryLook(facts=Facts(refused=one.refused).as_data()))
        for file, one in zip(files, hashed, strict=True)
        if one.refused
    ]
    if refused:
        book.deliveries.keep_looks(refused)
    return book.deliveries.all()[-1]


def _said_before(book: Casebook, earlier: Sequence[Delivery]) -> dict[str, Mapping[str, str]]:
    """Return what a person said of a file when it came before, by its path."""
    return {
        look_alike(one.path): one.own
        for delivery in earlier
        for one in book.deliveries.files(delivery.id)
        if one.own
    }


def _stage_contents(
    steps: Steps, source: Source, hashed: Sequence[_Hashed], progress: Progress
) -> None:
    """Keep the bytes that are not here yet, a few megabytes a transaction.

    A file that changed since it was listed does not come: the table tells it, the others are kept.
    """
    here = steps(_bytes_here)
    batch: dict[str, bytes] = {}
    for number, one in enumerate(hashed):
        progress.step(number, len(hashed), one.path)
        if not one.sha256 or one.sha256 in here or one.sha256 in batch:
            continue
        try:
            untrusted = source.read(number)
        except DocumentError:
            continue  # gone meanwhile, as if it had changed: the table says that it has not come
        if sha256_of(untrusted) != one.sha256:
            continue
        batch[one.sha256] = untrusted
        if len(batch) >= _BATCH_FILES or sum(map(len, batch.values())) >= _BATCH_BYTES:
            steps(partial(_keep, batch))
            here |= batch.keys()
            batch = {}
    if batch:
        steps(partial(_keep, batch))
    progress.step(len(hashed), len(hashed))


def _bytes_here(book: Casebook) -> set[str]:
    staged = book.deliveries.staged()
    return {document.sha256 for document in book.documents.all()} | staged


def _keep(batch: Mapping[str, bytes], book: Casebook) -> None:
    new = {sha256: data for sha256, data in batch.items() if not book.deliveries.is_staged(sha256)}
    if new:
        book.deliveries.stage(new)
