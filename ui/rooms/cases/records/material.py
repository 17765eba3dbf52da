"""What the view shows of the register: read at once, narrowed and ordered without reading."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from reviewer.casebook.book import Casebook
from reviewer.record_requests.arrivals import arrivals
from reviewer.record_requests.due import Letter, letters_due
from reviewer.record_requests.register import Count, Register, count, register_of
from reviewer.records.cases import Case, Document
from reviewer.records.ids import CaseId, RequestId
from reviewer.records.requests import RecordRequest
from ui.rooms.cases.records.look import shown_as

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
    """The register with the cases and documents it is about.

    ``shown`` is what each record is shown as, ``texts`` what words are looked for in: both are
    made once, since every letter of a filter asks for them.
    """

    register: Register
    cases: tuple[Case, ...]
    documents: Mapping[CaseId, tuple[Document, ...]]
    addresses: Mapping[str, str]
    letters: tuple[Letter, ...]
    round: int
    shown: Mapping[RequestId, str]
    texts: Mapping[CaseId, str]
    arrivals: Mapping[RequestId, Document]  # what may be a record, the first of each

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
    """The cases that are left, in order, and their records by case and kind.

    What has not come stands first in a cell. ``counts`` (by case), ``kinds`` and ``whole`` count
    what is left, so that they say the same as the cells.
    """

    cases: tuple[Case, ...] = ()
    cells: Mapping[tuple[CaseId, str], tuple[RecordRequest, ...]] = field(default_factory=dict)
    counts: Mapping[str, Count] = field(default_factory=dict)
    kinds: Mapping[str, Count] = field(default_factory=dict)
    whole: Count = _NOTHING


def read_material(book: Casebook, today: str) -> Material:
    """Read the register; runs on the casebook's thread."""
    records = book.requests.all()
    documents: dict[CaseId, list[Document]] = {}
    held = book.documents.all()
    for one in held:
        if one.current:
            documents.setdefault(one.case, []).append(one)
    cases = tuple(book.cases.all())
    words: dict[CaseId, list[str]] = {case.id: [case.reference, case.title] for case in cases}
    for record in records:
        words[record.case].append(f"{record.name} {record.kind} {record.what}")
    return Material(
        register=register_of(records, today),
        cases=cases,
        documents={case: tuple(own) for case, own in documents.items()},
        addresses=book.requests.addresses(),
        letters=tuple(letters_due(records, today)),
        round=book.about.round,
        arrivals={one.record.id: one.document for one in reversed(arrivals(records, held))},
        shown={one.id: shown_as(one, today) for one in records},
        texts={case: " ".join(own).casefold() for case, own in words.items()},
    )


def rows_of(material: Material, narrow: Narrow) -> Rows:
    """Return what is left of ``material``; a case without any record has no row."""
    cells: dict[tuple[CaseId, str], list[RecordRequest]] = {}
    own: dict[CaseId, list[RecordRequest]] = {}
    for one in material.register.records:
        if not narrow.agency or one.agency == narrow.agency:
            cells.setdefault((one.case, one.kind), []).append(one)
            own.setdefault(one.case, []).append(one)
    counts: Mapping[str, Count] = (
        {str(case): count(found, material.register.today) for case, found in own.items()}
        if narrow.agency
        else material.register.cases
    )
    cases = [
        case
        for case in material.cases
        if case.id in own and _kept(case.id, own[case.id], material, narrow, counts)
    ]
    cases.sort(key=lambda case: _place(case, counts[case.id], narrow.order))
    left = _left(cases, own, material, narrow)
    return Rows(
        cases=tuple(cases),
        cells={key: tuple(sorted(found, key=_come)) for key, found in cells.items()},
        counts=counts,
        kinds=left.kinds,
        whole=left.whole,
    )


def _come(record: RecordRequest) -> bool:
    return not record.lacking


def _left(
    cases: Sequence[Case],
    own: Mapping[CaseId, Sequence[RecordRequest]],
    material: Material,
    narrow: Narrow,
) -> Register:
    """Return the register of what is left."""
    if not narrow.agency and len(cases) == len(own):
        return material.register
    records = [one for case in cases for one in own[case.id]]
    return register_of(records, material.register.today)


def _kept(
    case: CaseId,
    own: Iterable[RecordRequest],
    material: Material,
    narrow: Narrow,
    counts: Mapping[str, Count],
) -> bool:
    if narrow.which is Which.OVERDUE and not counts[case].overdue:
        return False
    if narrow.which is Which.GAP and not counts[case].gap:
        return False
    if narrow.shown and not narrow.shown & {material.shown[one.id] for one in own}:
        return False
    text = material.texts[case]
    return all(word in text for word in narrow.words.casefold().split())


def _place(case: Case, found: Count, order: Order) -> tuple[float, str]:
    if order is Order.OVERDUE:
        return -found.overdue, case.reference
    share = found.received / found.expected if order is Order.COMPLETE else 0.0
    return share, case.reference
