"""A delivery staged: the list of its files first, then each with its bytes, encrypted as all here.

A file is read once: the hash in the list is that of the bytes that are kept, in the same step.
Stopped or cut off at any point, by a stick that is pulled too, what came is whole, what did not is
named in the list, and the same folder brought again goes on where it ended.
"""

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from reviewer.casebook.book import Casebook
from reviewer.casebook.steps import Steps
from reviewer.casebook.writer import now
from reviewer.documents import limits, refusals
from reviewer.errors import DocumentError, InputError
from reviewer.intake.delivery import patterns
from reviewer.intake.delivery.facts import refusal_of
from reviewer.intake.delivery.rules import Rules, usual
from reviewer.intake.delivery.sources import Source
from reviewer.intake.large import forget_cut_off, keep_large
from reviewer.messages import say
from reviewer.progress import Progress
from reviewer.records.deliveries import DeliveredFile, Delivery, DeliveryLook
from reviewer.records.ids import new_id
from reviewer.records.large import FileBytes, LargeFile, known_sha256
from reviewer.records.text import clean_line, look_alike

_PDF, _HEAD = b"%PDF-", 1024  # what a PDF begins with, and within how many bytes
_BATCH_BYTES, _BATCH_FILES = 4 << 20, 50  # staged in one transaction: others get in between

Begun = Callable[[Delivery], object]


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
    begun: Begun | None = None,
) -> Delivery:
    """Keep a delivery with all its bytes; the same one again goes on with what had not come.

    Without ``rules`` those of the newest delivery hold, and what was said of its files. ``begun``
    is told the delivery as soon as its list is here, before its bytes are.
    """
    steps(lambda book: book.require("stage delivery"))
    label = (label or Label()).checked()
    work = _Staging(steps, source, progress)
    delivery = work.same()
    if delivery is None:
        delivery = steps(partial(_begin, source, rules, label))
    elif rules is not None:
        steps(partial(_use, delivery.id, rules))
    if begun is not None:
        begun(steps(partial(find_delivery, delivery.number)))
    work.take(delivery)
    return steps(partial(find_delivery, delivery.number))


def find_delivery(number: int, book: Casebook) -> Delivery:
    """Return the delivery of that number. Raises ``InputError`` where there is none."""
    for delivery in book.deliveries.all():
        if delivery.number == number:
            return delivery
    raise InputError(say("There is no delivery {number} in this casebook.", number=number))


class _Staging:
    """One delivery on its way: what of it is here, and what was found out of the rest."""

    def __init__(self, steps: Steps, source: Source, progress: Progress) -> None:
        self._steps, self._source, self._progress = steps, source, progress
        self._here = steps(_bytes_here)
        self._hashes: dict[int, str] = {}  # of files that had come before, by their place

    def same(self) -> Delivery | None:
        """Return the delivery that has come already, or of which a part has; None for a new one.

        It is the newest with the same list, each of whose files that came has the bytes that lie
        there now; of a file that had not come, or that cannot be read now, nothing contradicts.
        """
        for delivery, files in self._steps(partial(_listed_as, self._source)):
            if all(self._agrees(file) for file in files if self._came(file)):
                return delivery
        return None

    def take(self, delivery: Delivery) -> None:
        """Read each file that has not come, and keep it; why one cannot be read is kept too."""
        files = self._steps(lambda book: book.deliveries.files(delivery.id))
        total, batch = len(files), _Batch()
        lacking = [file for file in files if not self._came(file)]
        for at, file in enumerate(lacking, total - len(lacking)):
            self._progress.step(at, total, file.path)
            try:
                untrusted = self._read(file)
                keep_large(self._steps, untrusted, self._progress, file.path)
            except DocumentError as error:
                batch.refuse(file, error)
            else:
                batch.add(file, untrusted, self._here)
            if batch.full:
                self._keep(batch)
                batch = _Batch()
        self._keep(batch)
        forget_cut_off(self._steps)
        self._progress.step(total, total)

    def _came(self, file: DeliveredFile) -> bool:
        return bool(file.document) or file.sha256 in self._here

    def _agrees(self, file: DeliveredFile) -> bool:
        if file.position not in self._hashes:
            self._progress.step(len(self._hashes), len(self._source.entries), file.path)
            try:
                self._hashes[file.position] = known_sha256(self._read(file))
            except DocumentError:
                self._hashes[file.position] = ""
        return self._hashes[file.position] in {"", file.sha256}

    def _read(self, file: DeliveredFile) -> FileBytes:
        untrusted = self._source.read(file.position - 1)
        if len(untrusted) > limits.MAX_LARGE:
            raise refusals.refusal("larger")
        if isinstance(untrusted, LargeFile) and _PDF not in untrusted[:_HEAD]:
            raise refusals.refusal("large")  # it could join no case: nothing of it is kept
        return untrusted

    def _keep(self, batch: "_Batch") -> None:
        self._steps(batch.keep)
        self._here |= batch.came


class _Batch:
    """Files that are kept in one transaction."""

    def __init__(self) -> None:
        self._came: list[DeliveredFile] = []
        self._refused: list[tuple[DeliveredFile, DeliveryLook]] = []
        self._contents: dict[str, bytes] = {}
        self._large = False  # the pieces of one are here, and nothing says yet what they are of

    @property
    def came(self) -> set[str]:
        """The hashes of what was taken."""
        return {file.sha256 for file in self._came}

    @property
    def full(self) -> bool:
        """Whether it is to be kept before more is read."""
        held = sum(map(len, self._contents.values()))
        many = len(self._came) + len(self._refused) >= _BATCH_FILES
        return many or held >= _BATCH_BYTES or self._large

    def add(self, file: DeliveredFile, untrusted: FileBytes, here: Collection[str]) -> None:
        """Take a file that was read; its bytes too, where they are not ``here``.

        Those of a large one are here by then.
        """
        sha256 = known_sha256(untrusted)
        self._came.append(replace(file, sha256=sha256, size=len(untrusted)))
        if isinstance(untrusted, LargeFile):
            self._large = True
        elif sha256 not in here:
            self._contents[sha256] = untrusted

    def refuse(self, file: DeliveredFile, error: DocumentError) -> None:
        """Take a file that cannot be read."""
        self._refused.append((file, DeliveryLook(facts=refusal_of(error).as_data())))

    def keep(self, book: Casebook) -> None:
        """Keep all that was taken; bytes that came another way meanwhile are not kept twice."""
        store = book.deliveries
        new = {sha: data for sha, data in self._contents.items() if not store.is_staged(sha)}
        if self._came:
            store.come(self._came, new)
        if self._refused:
            store.keep_looks(self._refused)


def _listed_as(source: Source, book: Casebook) -> list[tuple[Delivery, list[DeliveredFile]]]:
    """Return the deliveries of that name with the same list of paths, the newest first."""
    wanted = [entry.path for entry in source.entries]
    found = []
    for delivery in reversed(book.deliveries.all()):
        if delivery.name == source.name:
            files = book.deliveries.files(delivery.id)
            if [one.path for one in files] == wanted:
                found.append((delivery, files))
    return found


def _use(delivery: str, rules: Rules, book: Casebook) -> None:
    book.deliveries.use_rules(delivery, rules.as_data())


def _begin(source: Source, rules: Rules | None, label: Label, book: Casebook) -> Delivery:
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
            path=entry.path,
            sha256="",
            size=entry.size,
            own=said.get(look_alike(entry.path), {}),
        )
        for at, entry in enumerate(source.entries, 1)
    ]
    book.deliveries.begin(delivery, files)
    return book.deliveries.all()[-1]


def _said_before(book: Casebook, earlier: Sequence[Delivery]) -> dict[str, Mapping[str, str]]:
    """Return what a person said of a file when it came before, by its path."""
    return {
        look_alike(one.path): one.own
        for delivery in earlier
        for one in book.deliveries.files(delivery.id)
        if one.own
    }


def _bytes_here(book: Casebook) -> set[str]:
    staged = book.deliveries.staged()
    return {document.sha256 for document in book.documents.all()} | staged
