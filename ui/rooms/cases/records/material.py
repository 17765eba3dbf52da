"""What the view shows of the register: read at once, narrowed and ordered without reading."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from reviewer.casebook.book import Casebook
from reviewer.record_requests.due import Letter, letters_due
from reviewer.record_requests.register import Count, Register, count, register_of
from reviewer.records.cases import Case, Document
from reviewer.records.ids import CaseId
from reviewer.records.requests import RecordRequest
from ui.rooms.cases.records.look import OVERDUE, shown_as

_NOTHING = Count()


class Order(StrEnum):
    """In which order the cases stand."""

    COMPLETE = "complete"
    OVERDUE = "most-overdue"
    REFERENCE = "reference"


class Which(StrEnum):
    """Which cases are shown."""

    ALL = "all"
    GAP = "gap"
    OVERDUE = "overdue"


@dataclass(frozen=True, kw_only=True, slots=True)
class Material:
    """The register with the cases and documents it is about."""

    register: Register
    cases: tuple[Case, ...]
    documents: Mapping[CaseId, tuple[Document, ...]]
    addresses: Mapping[str, str]
    letters: tuple[Letter, ...]
    round: int

    def count(self, case: CaseId) -> Count:
        """Return how complete one case is."""
        return self.register.cases.get(case, _NOTHING)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of records, those that most cases should have first."""
        counts = self.register.kinds
        return tuple(sorted(counts, key=lambda kind: -counts[kind].expected))

    @property
    def agencies(self) -> tuple[str, ...]:
        """The agencies by name."""
        return tuple(sorted(self.register.agencies, key=str.casefold))


@dataclass(frozen=True, kw_only=True, slots=True)
class Narrow:
    """What is left out: words, one agency, cases without a gap, statuses that are not chosen."""

    words: str = ""
    agency: str = ""
    which: Which = Which.ALL
    shown: frozenset[str] = frozenset()
    order: Order = Order.COMPLETE


@dataclass(frozen=True, kw_only=True, slots=True)
class Rows:
    """The cases that are left, in order, and their records by case and kind."""

    cases: tuple[Case, ...] = ()
    cells: Mapping[tuple[CaseId, str], tuple[RecordRequest, ...]] = field(default_factory=dict)


def read_material(book: Casebook, today: str) -> Material:
    """Read the register; runs on the casebook's thread."""
    records = book.requests.all()
    documents: dict[CaseId, list[Document]] = {}
    for one in book.documents.all():
        if one.current:
            documents.setdefault(one.case, []).append(one)
    return Material(
        register=register_of(records, today),
        cases=tuple(book.cases.all()),
        documents={case: tuple(own) for case, own in documents.items()},
        addresses=book.requests.addresses(),
        letters=tuple(letters_due(records, today)),
        round=book.about.round,
    )


def rows_of(material: Material, narrow: Narrow) -> Rows:
    """Return what is left of ``material``; a case without any record has no row."""
    cells: dict[tuple[CaseId, str], list[RecordRequest]] = {}
    own: dict[CaseId, list[RecordRequest]] = {}
    for one in material.register.records:
        if not narrow.agency or one.agency == narrow.agency:
            cells.setdefault((one.case, one.kind), []).append(one)
            own.setdefault(one.case, []).append(one)
    today = material.register.today
    cases = [
        case
        for case in material.cases
        if case.id in own and _kept(case, own[case.id], narrow, today)
    ]
    counts = {case.id: count(own[case.id], today) for case in cases}
    cases.sort(key=lambda case: _place(case, counts[case.id], narrow.order))
    return Rows(cases=tuple(cases), cells={key: tuple(found) for key, found in cells.items()})


def _kept(case: Case, own: Iterable[RecordRequest], narrow: Narrow, today: str) -> bool:
    own = tuple(own)
    shown = {shown_as(one, today) for one in own}
    if narrow.which is Which.OVERDUE and OVERDUE not in shown:
        return False
    if narrow.which is Which.GAP and not count(own).gap:
        return False
    if narrow.shown and not narrow.shown & shown:
        return False
    text = " ".join(
        [case.reference, case.title, *(f"{one.name} {one.kind} {one.what}" for one in own)]
    ).casefold()
    return all(word in text for word in narrow.words.casefold().split())


def _place(case: Case, found: Count, order: Order) -> tuple[float, str]:
    if order is Order.OVERDUE:
        return -found.overdue, case.reference
    share = found.received / found.expected if order is Order.COMPLETE else 0.0
    return share, case.reference
