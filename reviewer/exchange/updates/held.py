"""What the holder of an issued casebook has, as far as the chair's casebook can know.

Fingerprints, not texts: enough to tell whether an update would bring something, and what. What was
written counts as had: each update brings all that the ones before it brought.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from reviewer.casebook.book import Casebook
from reviewer.exchange.keyring import round_key
from reviewer.exchange.updates.gaps import gaps_of, print_of
from reviewer.records.canonical import canonical, fingerprint
from reviewer.records.cases import Case, Document, end_of
from reviewer.records.ids import CaseId, DocumentId, RequestId
from reviewer.records.panel import Member

_DIGITS = 16  # of a fingerprint: 64 bits tell two wordings apart


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldDocument:
    """Fingerprints of how a document is called and of why it no longer stands ("": it does).

    ``wording`` is "" where it is not known: the casebook was issued by an older Reviewer.
    """

    wording: str
    state: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """What somebody has: cases by fingerprint ("" unknown), documents, the round, two names.

    ``key`` is what returns of that round are sealed to, or "" where it is not known. ``gaps`` are
    fingerprints of the records that the cases lack.
    """

    cases: Mapping[CaseId, str]
    documents: Mapping[DocumentId, HeldDocument]
    round: int
    name: str
    chair: str
    key: str = ""
    gaps: Mapping[RequestId, str] = field(default_factory=dict)

    def encoded(self) -> str:
        """Return it as it is kept."""
        return canonical(
            {
                "cases": dict(self.cases),
                "documents": {one: [d.wording, d.state] for one, d in self.documents.items()},
                "round": self.round,
                "name": self.name,
                "chair": self.chair,
                "key": self.key,
                "gaps": dict(self.gaps),
            }
        ).decode()


def decoded(kept: str) -> Held:
    """Return what ``Held.encoded`` was made from."""
    data = json.loads(kept)
    return Held(
        cases={CaseId(one): words for one, words in data["cases"].items()},
        documents={
            DocumentId(one): HeldDocument(wording=words, state=state)
            for one, (words, state) in data["documents"].items()
        },
        round=data["round"],
        name=data["name"],
        chair=data["chair"],
        key=data["key"],
        gaps={RequestId(one): told for one, told in data.get("gaps", {}).items()},
    )


class Inquiry:
    """The chair's casebook as it is now, read once for any number of members."""

    def __init__(self, book: Casebook) -> None:
        self.book = book
        self.about = book.about
        self.cases = book.cases.all()
        self.documents = {one.id: one for one in book.documents.all()}
        self._key = round_key(book).recipient
        self.records = book.requests.all()
        self.cells = book.agenda.of(self.about.round)
        self._wordings = {case.id: _case_words(case) for case in self.cases}
        self._held = {one.id: self._document(one) for one in self.documents.values()}

    def whole(self, member: Member) -> Held:
        """Return all that ``member`` is to have, with the documents that no longer stand."""
        mine = self.allocated(member)
        return Held(
            cases={one: words for one, words in self._wordings.items() if one in mine},
            documents={
                one.id: self._held[one.id] for one in self.documents.values() if one.case in mine
            },
            round=self.about.round,
            name=member.name,
            chair=self.about.chair,
            key=self._key,
            gaps={one.id: print_of(one)[:_DIGITS] for one in gaps_of(self.records, mine)},
        )

    def issued(self, member: Member, documents: Iterable[Document]) -> Held:
        """Return what a casebook holds that is issued now with ``documents``."""
        whole = self.whole(member)
        return replace(whole, documents={one.id: whole.documents[one.id] for one in documents})

    def after(self, member: Member, before: Held) -> Held:
        """Return what ``member``, who had ``before``, has once an update written now arrived."""
        whole = self.whole(member)
        had = {
            one: found
            for one, found in whole.documents.items()
            if one in before.documents or not found.state
        }
        return replace(whole, documents={**before.documents, **had})

    def allocated(self, member: Member) -> frozenset[CaseId]:
        """Return the cases of ``member``."""
        return frozenset(c.id for c in self.cases if not member.cases or c.id in member.cases)

    def asked(self, member: Member) -> int:
        """Return how many ratings the open round asks of ``member`` again."""
        mine = self.allocated(member)
        return sum(1 for cell in self.cells if cell.case in mine)

    def _document(self, one: Document) -> HeldDocument:
        words = [one.title, one.kind, one.agency, one.date, one.content_note]
        state = ""
        if not one.current:
            state = _print(
                [one.state.value, end_of(one, self.documents) or "", one.changed, one.reason]
            )
        return HeldDocument(wording=_print(words), state=state)


def issued_before(inquiry: Inquiry, member: Member, documents: frozenset[DocumentId]) -> Held:
    """Return what is known of a casebook that was issued before this was kept.

    It had ``documents``, called as they are; cases that have none count as had.
    """
    whole = inquiry.whole(member)
    new = {
        case
        for case in whole.cases
        if (own := [one.id for one in inquiry.documents.values() if one.case == case])
        and not documents.intersection(own)
    }
    opened = inquiry.book.agenda.opened(inquiry.about.round)
    return Held(
        cases=dict.fromkeys(set(whole.cases) - new, ""),
        documents={one: HeldDocument(wording="") for one in documents},
        round=inquiry.about.round if member.issued >= opened else 1,
        name=member.name,
        chair=inquiry.about.chair,
    )


def _case_words(case: Case) -> str:
    pairs = [[name, text] for name, text in case.attributes.items()]
    return _print([case.reference, case.title, pairs, list(case.content_notes)])


def _print(value: object) -> str:
    return fingerprint(value)[:_DIGITS]
