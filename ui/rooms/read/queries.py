"""What the room shows, read from the casebook in one go. These run on the casebook's thread."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from reviewer.casebook.book import About, Casebook
from reviewer.documents.media import RECORDINGS
from reviewer.intake.unread import notes_of
from reviewer.messages import say
from reviewer.record_requests.lacking import Lack, has_come, lacks
from reviewer.records.cases import Case, Document, DocumentState, families
from reviewer.records.ids import CaseId, DocumentId, MarkId
from reviewer.records.judgement import Mark, Rating, Reason, Review
from reviewer.records.reading import ReadingPlace
from reviewer.records.requests import Group, RecordRequest
from reviewer.records.updates import CaseChange, CitedPage
from reviewer.rounds.allocation import asked, own_cases
from reviewer.rounds.standing_ratings import own_before


@dataclass(frozen=True, kw_only=True, slots=True)
class Overview:
    """All cases of the one who rates here, in their own order, and how far each has come."""

    about: About
    cases: tuple[Case, ...]
    reviews: Mapping[CaseId, Review]
    documents: Mapping[CaseId, tuple[Document, ...]]
    missing: Mapping[CaseId, tuple[str, ...]]
    changed: Mapping[CaseId, CaseChange] = field(default_factory=dict)
    latest: CaseId | None = None  # the one that was read last
    gone: Mapping[CaseId, tuple[str, ...]] = field(default_factory=dict)  # will not come as asked
    asked: Mapping[CaseId, int] | None = None  # in a later round: ratings asked for again


@dataclass(frozen=True, kw_only=True, slots=True)
class Again:
    """One rating that a later round asks for again, with what was said of it before.

    ``own`` is the reader's own rating that stands; ``pages`` are what others cite, as words.
    """

    factor: str
    own: Rating | None
    points: tuple[int, ...]
    reasons: Mapping[str, int]
    pages: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseMaterial:
    """One case as its panellist has it.

    ``places`` are where each document was left, ``latest`` is which of them was read last;
    ``newest`` is it where no document of another case was read after it.

    ``documents`` are those that stand, then those that were replaced; ``withdrawn`` are kept for
    their marks. ``changed`` says what an update changed since the case was opened last.
    """

    case: Case
    documents: tuple[Document, ...]
    places: Mapping[DocumentId, ReadingPlace]
    latest: DocumentId | None = None
    newest: DocumentId | None = None
    marks: tuple[Mark, ...] = ()
    ratings: Mapping[str, Rating] = field(default_factory=dict)
    review: Review | None = None
    withdrawn: tuple[Document, ...] = ()
    changed: tuple[str, ...] = ()
    again: tuple[Again, ...] | None = None
    kept: frozenset[MarkId] = frozenset()  # marks of an earlier round, which stay as they are
    notes: Mapping[DocumentId, tuple[str, ...]] = field(default_factory=dict)  # not on the pages
    records: tuple[RecordRequest, ...] = ()  # of the register; what came whole is no gap
    read: Mapping[DocumentId, frozenset[int]] = field(default_factory=dict)  # pages

    def document(self, document: DocumentId) -> Document | None:
        """Return the document with this id, or None."""
        return next((d for d in (*self.documents, *self.withdrawn) if d.id == document), None)

    @property
    def lacks(self) -> tuple[Lack, ...]:
        """The records that the case lacks: by the register, and those that its ratings name."""
        named = (r.record for r in self.ratings.values() if r.reason is Reason.MISSING)
        return lacks(self.case.id, self.records, named)


def first_case(overview: Overview) -> CaseId:
    """Return the case to begin with: the one read last, else the first begun, else the first."""
    cases = [case.id for case in overview.cases]
    begun = [case for case in cases if case in overview.reviews and not overview.about.sealed]
    last = [overview.latest] if overview.latest in cases and overview.latest is not None else []
    return (*last, *begun, *cases)[0]


def read_overview(book: Casebook) -> Overview:
    """Read what the case list shows."""
    about = book.about
    wanted = asked(book, about)
    documents: dict[CaseId, list[Document]] = {}
    for document in book.documents.all():
        if document.current:
            documents.setdefault(document.case, []).append(document)
    missing: dict[CaseId, list[str]] = {}
    gone: dict[CaseId, list[str]] = {}
    records: dict[CaseId, list[RecordRequest]] = {}
    for one in book.requests.all():
        records.setdefault(one.case, []).append(one)
        if one.group is Group.NOT_COMING:
            gone.setdefault(one.case, []).append(one.title)
    reviews: Mapping[CaseId, Review] = {}
    if about.member:
        reviews = book.reviews.all(about.member, about.round)
        for _, case, rating in book.ratings.everyone(about.round, member=about.member):
            if _misses(rating, case, records.get(case, ())):
                missing.setdefault(case, []).append(rating.record)
    return Overview(
        about=about,
        cases=tuple(own_cases(book, about)),
        reviews=reviews,
        documents={case: tuple(found) for case, found in documents.items()},
        missing={case: tuple(found) for case, found in missing.items()},
        gone={case: tuple(found) for case, found in gone.items()},
        changed=book.updates.changed(),
        latest=book.reading.latest_case(),
        asked=Counter(case for case, _ in wanted) if wanted is not None else None,
    )


def read_again(book: Casebook, before: Overview, cases: Collection[CaseId]) -> Overview:
    """Return ``before`` with what was rated and written in ``cases`` read again."""
    about = book.about
    reviews, missing = dict(before.reviews), dict(before.missing)
    for case in cases:
        ratings = book.ratings.of(about.member, case, about.round).values()
        rated = sum(not rating.blank for rating in ratings)
        review = book.reviews.of(about.member, case, about.round, rated=rated)
        records = tuple(book.requests.of(case))
        named = tuple(one.record for one in ratings if _misses(one, case, records))
        for held, value in ((reviews, review), (missing, named)):
            if value:
                held[case] = value  # type: ignore[assignment]
            else:
                held.pop(case, None)
    return replace(before, about=about, reviews=reviews, missing=missing)


def read_case(book: Casebook, case: CaseId) -> CaseMaterial | None:
    """Read one case with its marks and ratings; None where it is not there."""
    about = book.about
    found = book.cases.get(case)
    if found is None:
        return None
    every = families(book.documents.of(case))
    notes = notes_of(book, case)
    records = tuple(book.requests.of(case))
    documents = tuple(sorted((d for d in every if not _withdrawn(d)), key=lambda d: not d.current))
    withdrawn = tuple(d for d in every if _withdrawn(d))
    changed = book.updates.changed().get(case)
    told = changed.what if changed is not None else ()
    places = {d.id: book.reading.of(d.id) for d in documents}
    latest = book.reading.latest_of(case)
    newest = latest if book.reading.latest_case() == case else None
    read = book.reading.read_of(case)
    if not about.member:
        return CaseMaterial(
            case=found,
            documents=documents,
            withdrawn=withdrawn,
            places=places,
            latest=latest,
            newest=newest,
            changed=told,
            notes=notes,
            records=records,
            read=read,
        )
    ratings = book.ratings.of(about.member, case, about.round)
    rated = sum(not rating.blank for rating in ratings.values())
    return CaseMaterial(
        case=found,
        documents=documents,
        places=places,
        latest=latest,
        newest=newest,
        marks=tuple(book.marks.of_case(about.member, case)),
        ratings=ratings,
        review=book.reviews.of(about.member, case, about.round, rated=rated),
        withdrawn=withdrawn,
        changed=told,
        notes=notes,
        records=records,
        read=read,
        kept=book.agenda.kept_marks() if about.round > 1 else frozenset(),
        again=_again(book, about, case, {d.id: d for d in every}),
    )


def _misses(rating: Rating, case: CaseId, records: Sequence[RecordRequest]) -> bool:
    """Whether a rating says of a record that it is missing, and it has not come since."""
    missing = rating.reason is Reason.MISSING
    return missing and not has_come(rating.record, case, records)


def _withdrawn(document: Document) -> bool:
    return document.state is DocumentState.WITHDRAWN


def _again(
    book: Casebook, about: About, case: CaseId, documents: Mapping[DocumentId, Document]
) -> tuple[Again, ...] | None:
    """Read what the round asks to be rated again in a case, or None in the first round."""
    if about.round == 1:
        return None
    before = own_before(book, about)
    return tuple(
        Again(
            factor=cell.factor,
            own=before.get((case, cell.factor)),
            points=cell.feedback.points,
            reasons=cell.feedback.reasons,
            pages=tuple(
                _cited(page, documents.get(page.document)) for page in cell.feedback.pages
            ),
        )
        for cell in book.agenda.of(about.round)
        if cell.case == case
    )


def _cited(page: CitedPage, document: Document | None) -> str:
    """Return a page that others cited, as it is named in the sheet; a recording has none."""
    title = document.title if document is not None else say("Document")
    if document is not None and document.media in RECORDINGS:
        if page.times > 1:
            return say("{title} ({times} times)", title=title, times=page.times)
        return title
    if page.times > 1:
        return say(
            "{title} p.{page} ({times} times)", title=title, page=page.page, times=page.times
        )
    return say("{title} p.{page}", title=title, page=page.page)
