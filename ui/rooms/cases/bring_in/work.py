"""What Bring in has done beside the casebook's thread: a delivery kept, looked at, brought in."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reviewer.casebook.book import Casebook
from reviewer.casebook.steps import Steps
from reviewer.documents.outside.worker import Worker
from reviewer.intake.delivery.archives import source_of
from reviewer.intake.delivery.assess import Row
from reviewer.intake.delivery.bringing import Brought, decide, look, table_of, take_back
from reviewer.intake.delivery.corrections import Corrections
from reviewer.intake.delivery.glance import Glance, first_page
from reviewer.intake.delivery.looking import Looked
from reviewer.intake.delivery.rules import Rules, like, within
from reviewer.intake.delivery.staging import Label, relabel, stage
from reviewer.progress import Progress
from reviewer.records.deliveries import Delivery
from ui.rooms.cases.bring_in.lines import Lines, lines_of

_AGAIN = 2.0  # seconds at least between two tables that are shown while files come
_SHARE = 20  # times as long as one takes to make pass before the next


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A delivery with its table, the others that are here, and the cases there are."""

    delivery: Delivery
    looked: Looked
    lines: Lines
    others: tuple[Delivery, ...]
    cases: tuple[str, ...]
    brought: int = -1  # documents that have just joined their cases; -1 where nothing was to
    source: Path | None = None  # where it lies, if it has just come from there


Told = Callable[[Shown], object]
Work = Callable[[Steps, Progress], Shown | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """How documents are read: whether only shut off, and the passwords that were typed."""

    confined_only: bool
    passwords: tuple[str, ...] = ()

    def worker(self) -> Worker:
        """Return the process that reads them."""
        return Worker(confined_only=self.confined_only, passwords=self.passwords)


def arrive(path: Path, how: Reading, told: Told) -> Work:
    """Return the work that keeps what lies at ``path`` and looks at it.

    ``told`` is given the table as soon as its list is here, and again from time to time, in the
    thread of the work.
    """

    def work(steps: Steps, progress: Progress) -> Shown:
        showing = _Showing(steps, progress, told)
        with how.worker() as worker:
            source = source_of(path, worker, progress)
            delivery = stage(steps, source, showing, begun=showing.begin)
            brought = look(steps, worker, delivery, showing, join=False)
        return replace(_shown(steps, brought), source=path)

    return work


class _Showing:
    """Progress that shows the table as it is by now: the slower that is, the more rarely."""

    def __init__(self, steps: Steps, progress: Progress, told: Told) -> None:
        self._steps, self._progress, self._told = steps, progress, told
        self._number: int | None = None
        self._next = 0.0

    def begin(self, delivery: Delivery) -> None:
        """Take the delivery whose list is here, and show it."""
        self._number = delivery.number
        self._show()

    def step(self, done: int, total: int, what: str = "") -> None:
        """Pass a step on; raises ``Cancelled`` where the person has stopped it."""
        self._progress.step(done, total, what)
        if self._number is not None and time.monotonic() >= self._next:
            self._show()

    def _show(self) -> None:
        began = time.monotonic()
        shown = read(self._number)(self._steps, self._progress)
        if shown is not None:
            self._told(shown)
        ended = time.monotonic()
        self._next = ended + max(_AGAIN, _SHARE * (ended - began))


def glance(
    delivery: Delivery, path: str, how: Reading, width_px: int
) -> Callable[[Steps, Progress], Glance]:
    """Return the work that draws the first page of a file."""

    def work(steps: Steps, progress: Progress) -> Glance:
        with how.worker() as worker:
            return first_page(steps, worker, delivery, path, progress, width_px=width_px)

    return work


def look_again(delivery: Delivery, how: Reading, *, joining: bool) -> Work:
    """Return the work that looks at what could not be read; ``joining`` lets files join."""

    def work(steps: Steps, progress: Progress) -> Shown:
        with how.worker() as worker:
            brought = look(steps, worker, delivery, progress, join=joining)
        return _shown(steps, brought, joined=joining)

    return work


def decided(
    delivery: Delivery,
    said: Corrections,
    *,
    leave_out: Sequence[str] = (),
    take_in: Sequence[str] = (),
    rules: Rules | None = None,
) -> Work:
    """Return the work that keeps what a person said, and returns the table as it is then."""

    def work(steps: Steps, progress: Progress) -> Shown | None:
        decide(steps, delivery, said, leave_out=leave_out, take_in=take_in, rules=rules)
        return read(delivery.number)(steps, progress)

    return work


def one_more(shown: Shown, row: Row, gives: dict[str, str], *, folder: bool) -> Work:
    """Return the work that keeps one more rule: for the ``folder`` of a file, or for its like.

    It is tried before all others; where nothing says whose case the file is, after them, so that
    it takes no other file from the case that it has.
    """
    before = shown.looked.rules
    made = (within if folder else like)(row.item.path, gives)
    last = "case" in gives and not row.case
    rules = (*before.rules, made) if last else (made, *before.rules)
    return ruled(shown, Rules(rules=rules, meant=before.meant))


def ruled(shown: Shown, rules: Rules) -> Work:
    """Return the work that lets other ``rules`` hold for a delivery."""
    return decided(shown.delivery, {}, rules=rules)


def turned(delivery: Delivery, path: str, *, out: bool) -> Work:
    """Return the work that leaves a file out, or takes it in."""
    if out:
        return decided(delivery, {}, leave_out=[path])
    return decided(delivery, {}, take_in=[path])


def relabelled(delivery: Delivery, label: Label) -> Work:
    """Return the work that keeps who sent a delivery, and when it came."""

    def work(steps: Steps, progress: Progress) -> Shown | None:
        relabel(steps, delivery, label)
        return read(delivery.number)(steps, progress)

    return work


def back(delivery: Delivery, reason: str) -> Work:
    """Return the work that takes a delivery back."""

    def work(steps: Steps, progress: Progress) -> Shown | None:
        take_back(steps, delivery, reason)
        return read(delivery.number)(steps, progress)

    return work


def read(number: int | None) -> Work:
    """Return the work that reads a delivery, the newest without a number; None where none is."""

    def work(steps: Steps, _progress: Progress) -> Shown | None:
        deliveries, cases = steps(_here)
        wanted = number or (deliveries[-1].number if deliveries else 0)
        found = next((one for one in deliveries if one.number == wanted), None)
        if found is None:
            return None
        looked = table_of(steps, found.number, near=False)
        return Shown(
            delivery=found,
            looked=looked,
            lines=lines_of(looked.table.rows),
            others=tuple(deliveries),
            cases=tuple(cases),
        )

    return work


def _here(book: Casebook) -> tuple[list[Delivery], list[str]]:
    return book.deliveries.all(), [case.reference for case in book.cases.all()]


def _shown(steps: Steps, brought: Brought, *, joined: bool = False) -> Shown:
    deliveries, cases = steps(_here)
    return Shown(
        delivery=brought.delivery,
        looked=brought.looked,
        lines=lines_of(brought.looked.table.rows),
        others=tuple(deliveries),
        cases=tuple(cases),
        brought=brought.documents if joined else -1,
    )
