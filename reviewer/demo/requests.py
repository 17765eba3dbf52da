"""The register of records of the invented inquiry: what came, and what was asked for in vain."""

from collections.abc import Iterator, Mapping, Sequence

from reviewer.casebook.book import Casebook
from reviewer.demo.intake import Loaded
from reviewer.demo.shapes import Inquiry, InventedCase, MissingRecord
from reviewer.records.cases import Document
from reviewer.records.ids import RequestId, new_id
from reviewer.records.requests import RecordRequest, RequestStep, What

_ASKED, _DUE = "2026-03-02", "2026-03-23"
_CAME, _CHASED, _AGAIN = "2026-03-17", "2026-03-26", "2026-04-16"
_KINDS: Mapping[str, str] = {  # of papers that came, by their kind
    "Call log": "Call log",
    "Clinical notes": "Clinical notes",
    "Custody record": "Custody",
    "E-mail": "E-mails",
    "Form 136": "Form 136",
    "Letter": "Family",
    "Observation sheet": "Observation",
    "Review": "Internal review",
    "Scan": "Notebooks",
    "Statement": "Statements",
    "Transcript": "999 call",
}
_COLUMNS: Mapping[str, str] = {  # of records that did not, by what they are
    "Ambulance call notes": "Ambulance",
    "Bed manager's diary": "Bed diary",
    "Call log": "Call log",
    "Community team diary": "Community",
    "Custody record": "Custody",
    "Duty manager's e-mails": "E-mails",
    "Family liaison log": "Liaison log",
    "Observation sheets": "Observation",
    "Radio recording": "Radio",
    "Recording of the 999 call": "999 call",
    "Training records of the shift": "Training",
    "Ward and clinic notes": "Ward notes",
}
# What became of those that did not come, in turn, with the words of the answer.
_ANSWERS: tuple[tuple[What, str], ...] = (
    (What.NOT_LOCATED, "Searched the off-site store twice. Signed by the records manager."),
    (What.REQUESTED, ""),
    (What.DESTROYED, "Destroyed after seven years under the retention schedule."),
    (What.REFUSED, "Held for another inquiry; we will not release it now."),
    (What.ACKNOWLEDGED, "We have asked our archive."),
    (What.LOST, "Believed lost when the office moved in 2014."),
    (What.NONE, "No such record was kept at that time."),
    (What.RESTRICTED, "May be read at our premises only."),
)
_ADDRESSES: Mapping[str, str] = {
    "Northmoor Police": "Head of Information\nNorthmoor Police\n1 Invented Street\nNorthmoor",
    "Eastmarsh NHS Trust": "Records Manager\nEastmarsh NHS Trust\nInvented Road\nEastmarsh",
}


def keep_register(book: Casebook, made: Inquiry, loaded: Sequence[Loaded]) -> None:
    """Put what should exist of every case into the chair's casebook, with its history."""
    records: list[RecordRequest] = []
    turn = 0
    for invented, one in zip(made.cases, loaded, strict=True):
        for missing in invented.missing:
            records.append(_gone(one, missing, turn))
            turn += 1
        records += _came(one, invented, len(records))
    book.requests.add(records)
    for agency, address in _ADDRESSES.items():
        book.requests.address(agency, address)


def _gone(one: Loaded, missing: MissingRecord, turn: int) -> RecordRequest:
    """Return a record that did not come; its number is the one that the papers name."""
    what, words = _ANSWERS[turn % len(_ANSWERS)]
    steps = [RequestStep(what=What.REQUESTED, date=_ASKED, due=_DUE)]
    if what is not What.REQUESTED:
        steps += [
            RequestStep(what=What.CHASED, date=_CHASED, due=_AGAIN),
            RequestStep(what=what, date="2026-04-14", words=words),
        ]
    return RecordRequest(
        id=RequestId(new_id()),
        number=int(missing.request.removeprefix("R-")),
        case=one.case.id,
        kind=_COLUMNS.get(missing.what, missing.what),
        agency=missing.agency,
        what=missing.what,
        steps=tuple(steps),
    )


def _came(one: Loaded, invented: InventedCase, seed: int) -> Iterator[RecordRequest]:
    """Yield a record for each kind of paper from each agency, with all papers that came."""
    papers: dict[tuple[str, str], list[Document]] = {}
    for document, _, _ in one.papers:
        if document.kind in _KINDS:
            papers.setdefault((_KINDS[document.kind], document.agency), []).append(document)
    withheld = {_COLUMNS.get(missing.what) for missing in invented.missing}
    for at, ((kind, agency), found) in enumerate(papers.items()):
        if kind in withheld:
            continue  # part of it is what did not come: that record stands for it
        what = What.ILLEGIBLE if kind == "Notebooks" and (seed + at) % 3 == 0 else What.COMPLETE
        what = What.PARTIAL if kind == "E-mails" and (seed + at) % 5 == 0 else what
        yield RecordRequest(
            id=RequestId(new_id()),
            number=0,
            case=one.case.id,
            kind=kind,
            agency=agency,
            steps=(
                RequestStep(what=What.REQUESTED, date=_ASKED, due=_DUE),
                *(RequestStep(what=what, date=_CAME, document=paper.id) for paper in found),
            ),
        )
