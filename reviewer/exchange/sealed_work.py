"""The work inside a return (FORMAT.md, "Returns"): one member's whole round, compact and exact.

The ratings of a case are one text with a character a factor, in the framework's order, because a
panel of 200 with 1,000 cases brings 4.6 million of them; what is rare (comments, records,
evidence) stands beside it as pairs of place and content.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from reviewer.crypto import strict
from reviewer.exchange.anchors import mark_from_row, mark_to_row
from reviewer.exchange.header import COUNTED
from reviewer.exchange.signed import check_version, counts_of
from reviewer.method.framework import Framework
from reviewer.records.canonical import canonical
from reviewer.records.ids import CaseId, DocumentId, MarkId, MemberId
from reviewer.records.judgement import Confidence, Mark, Rating, Reason, Review, ReviewState
from reviewer.records.panel import COUNTED_KINDS, Counts

TYPE = "reviewer work"
VERSION = 2  # version 1 has no counts of its own: its header has them
MAX_MARKS = 50_000  # of one member; 1,000 cases with 20 each are 20,000
_MOST_ROWS = 1_000_000  # of marks that are parsed at all
MAX_EVIDENCE = 1_000  # marks cited by one rating
MAX_WORDS = 6_000_000  # characters of all comments, records, notes and stories together
MAX_QUOTED = 20_000_000  # characters of all quotes together: taken from pages, never looked into
BLANK = "."
POINTS = "0123456789a"  # a scale has at most eleven points
REASONS: Mapping[Reason, str] = {
    Reason.MISSING: "M",
    Reason.UNCLEAR: "U",
    Reason.NOT_RELEVANT: "N",
    Reason.OUTSIDE: "O",
    Reason.RECUSED: "R",
}
CONFIDENCES: Mapping[Confidence, str] = {
    Confidence.LOW: "l",
    Confidence.MODERATE: "m",
    Confidence.HIGH: "h",
}
_LAYER = "work"
_SAID = frozenset({"type", "version", "casebook", "member", "round", "nonce", "cases", "marks"})
_FIELDS = {COUNTED: _SAID, VERSION: _SAID | {"counts"}}
_STATES = (ReviewState.SEALED.value, ReviewState.DEFERRED.value)
_COLUMNS = 10  # of a case's row

RatingRow = tuple[CaseId, str, int | None, str | None, str | None, str, str]
ReviewRow = tuple[CaseId, str, str, str, str]
EvidenceRow = tuple[CaseId, str, MarkId, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Whose:
    """Whose work it is: sealed in with it, so that nobody can pass it on as their own unread."""

    casebook: str
    member: MemberId
    round: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Scope:
    """What a return may speak of: the framework, the cases allocated, and their documents.

    ``documents`` maps a document to its case and its number of pages. ``cells`` are the ratings
    that a later round asks for, or None in the first, where every rating is.
    """

    framework: Framework
    cases: frozenset[CaseId]
    documents: Mapping[DocumentId, tuple[CaseId, int]]
    cells: frozenset[tuple[CaseId, str]] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Work:
    """One member's work as rows, the columns of ``OpenedReturn`` (``casebook.stores.releases``).

    ``declared`` is how much it says that it holds, ``counts`` how much was found in it.
    """

    declared: Counts
    reviews: list[ReviewRow] = field(default_factory=list)
    ratings: list[RatingRow] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    evidence: list[EvidenceRow] = field(default_factory=list)

    @property
    def counts(self) -> Counts:
        """How much there is of each kind; a blank with a comment is no rating."""
        return Counts(
            reviews=len(self.reviews),
            ratings=sum(1 for row in self.ratings if row[2] is not None or row[3] is not None),
            comments=sum(1 for row in self.ratings if row[5]),
            marks=len(self.marks),
            evidence=len(self.evidence),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseWork:
    """What one member says of one case, as the casebook keeps it."""

    review: Review
    ratings: Mapping[str, Rating]


def encode(
    cases: Iterable[CaseWork], marks: Iterable[Mark], framework: Framework, *, whose: Whose
) -> bytes:
    """Return the canonical bytes of one member's work."""
    listed = sorted(marks, key=lambda mark: mark.id)
    places = {mark.id: place for place, mark in enumerate(listed)}
    worked = list(cases)
    return canonical(
        {
            "type": TYPE,
            "version": VERSION,
            **asdict(whose),
            "nonce": secrets.token_hex(16),
            "counts": asdict(_counted(worked, len(listed), frozenset(framework.codes))),
            "cases": [_case_row(case, framework, places) for case in worked],
            "marks": [mark_to_row(mark) for mark in listed],
        }
    )


def decode(untrusted: bytes, *, whose: Whose, scope: Scope, declared: Counts | None) -> Work:
    """Return the work in ``untrusted``, which came out of the inner layer.

    ``declared`` are the counts in a header of version 1; since then the work says its own. Raises
    ``ReturnError``: layer ``version`` for a newer format, else ``work``.
    """
    data = strict.parse(untrusted, layer=_LAYER)
    version = check_version(data, TYPE, VERSION, layer=_LAYER)
    if (version == COUNTED) is (declared is None):
        strict.refuse(_LAYER, "is of another version than its header")
    data = strict.fields(data, _FIELDS[version], layer=_LAYER)
    if canonical([data[name] for name in asdict(whose)]) != canonical(
        list(asdict(whose).values())
    ):
        strict.refuse(_LAYER, "was sealed as somebody else's, or for another round or inquiry")
    strict.hexadecimal(data["nonce"], 32, layer=_LAYER)
    said = declared or Counts(**counts_of(data["counts"], COUNTED_KINDS, layer=_LAYER))
    work = Work(declared=said)
    for row in strict.rows(data["marks"], layer=_LAYER, at_most=_MOST_ROWS):
        work.marks.append(mark_from_row(row, member=whose.member, documents=scope.documents))
    if len({mark.id for mark in work.marks}) != len(work.marks):
        strict.refuse(_LAYER, "has one mark twice")
    reader = _CaseReader(scope, work)
    for row in strict.rows(data["cases"], layer=_LAYER, at_most=len(scope.cases)):
        reader.read(strict.row(row, _COLUMNS, layer=_LAYER))
    return work


def beyond_price(work: Work) -> str:
    """Return what of ``work`` is more than a return may bring, or "".

    More words than a panel reads: 17 MB of comments cost the chair a minute.
    """
    words = sum(len(row[5]) + len(row[6]) for row in work.ratings)
    words += sum(len(text) for row in work.reviews for text in row[2:])
    words += sum(len(mark.note) for mark in work.marks)
    if words > MAX_WORDS:
        return f"more than {MAX_WORDS:,} characters of comments, notes and stories"
    anchors = (mark.anchor for mark in work.marks)
    if sum(len(one.quote) + len(one.prefix) + len(one.suffix) for one in anchors) > MAX_QUOTED:
        return f"more than {MAX_QUOTED:,} characters of quoted text"
    return f"more than {MAX_MARKS:,} marks" if len(work.marks) > MAX_MARKS else ""


def _counted(cases: Sequence[CaseWork], marks: int, asked: frozenset[str]) -> Counts:
    """Return how much ``cases`` hold; ratings of other factors than ``asked`` do not travel."""
    ratings = [r for one in cases for code, r in one.ratings.items() if code in asked]
    return Counts(
        reviews=len(cases),
        ratings=sum(not rating.blank for rating in ratings),
        comments=sum(bool(rating.comment) for rating in ratings),
        marks=marks,
        evidence=sum(len(rating.evidence) for rating in ratings),
    )


def _case_row(case: CaseWork, framework: Framework, places: Mapping[MarkId, int]) -> list[Any]:
    review, ratings = case.review, [case.ratings.get(code) for code in framework.codes]
    state = ReviewState.SEALED if review.state is not ReviewState.DEFERRED else review.state
    values = "".join(_value(rating, framework) for rating in ratings)
    sure = "".join(
        BLANK if rating is None or rating.confidence is None else CONFIDENCES[rating.confidence]
        for rating in ratings
    )
    present = [(place, rating) for place, rating in enumerate(ratings) if rating is not None]
    return [
        review.case,
        state.value,
        review.narrative,
        review.good_practice,
        review.other,
        values,
        sure if sure.strip(BLANK) else "",
        [[place, rating.comment] for place, rating in present if rating.comment],
        [[place, rating.record] for place, rating in present if rating.record],
        [
            [place, [places[mark] for mark in rating.evidence]]
            for place, rating in present
            if rating.evidence
        ],
    ]


def _value(rating: Rating | None, framework: Framework) -> str:
    if rating is None or rating.blank:
        return BLANK
    if rating.reason is not None:
        return REASONS[rating.reason]
    return POINTS[framework.values.index(rating.value or 0)]


class _CaseReader:
    """Reads the rows of cases into one ``Work``; tables are made once for all of them."""

    def __init__(self, scope: Scope, work: Work) -> None:
        framework = scope.framework
        self._scope = scope
        self._work = work
        self._codes = framework.codes
        self._asked = scope.cells
        self._values: dict[str, tuple[int | None, str | None]] = {BLANK: (None, None)}
        self._values |= {POINTS[at]: (value, None) for at, value in enumerate(framework.values)}
        self._values |= {letter: (None, reason.value) for reason, letter in REASONS.items()}
        self._sure: dict[str, str | None] = {BLANK: None}
        self._sure |= {letter: sure.value for sure, letter in CONFIDENCES.items()}
        self._no_sure = BLANK * len(self._codes)
        self._seen: set[str] = set()

    def read(self, row: list[Any]) -> None:
        """Check one case's row whole and add what it says."""
        case = self._case(row[0])
        state = strict.one_of(row[1], _STATES, layer=_LAYER)
        narrative, good, other = (strict.text(text, layer=_LAYER) for text in row[2:5])
        values = self._letters(row[5], self._values)
        sure = self._letters(row[6], self._sure) if row[6] != "" else self._no_sure
        comments, records = self._texts(row[7]), self._texts(row[8])
        evidence = self._evidence(row[9], case)
        self._work.reviews.append((case, state, narrative, good, other))
        add = self._work.ratings.append
        for place, (letter, certain) in enumerate(zip(values, sure, strict=True)):
            if letter == certain == BLANK and not (
                place in comments or place in records or place in evidence
            ):
                continue
            if self._asked is not None and (case, self._codes[place]) not in self._asked:
                strict.refuse(_LAYER, "rates what this round does not ask for")
            value, reason = self._values[letter]
            add(
                (
                    case,
                    self._codes[place],
                    value,
                    reason,
                    self._sure[certain],
                    comments.get(place, ""),
                    records.get(place, ""),
                )
            )

    def _case(self, untrusted: object) -> CaseId:
        if not isinstance(untrusted, str) or untrusted not in self._scope.cases:
            strict.refuse(_LAYER, "speaks of a case that was not given to this member")
        if untrusted in self._seen:
            strict.refuse(_LAYER, "has one case twice")
        self._seen.add(untrusted)
        return CaseId(untrusted)

    def _letters(self, untrusted: object, known: Mapping[str, object]) -> str:
        """Return one letter a factor; a blank stands for nothing said."""
        if not isinstance(untrusted, str) or len(untrusted) != len(self._codes):
            strict.refuse(_LAYER, "does not have one rating for each factor")
        if not known.keys() >= set(untrusted):
            strict.refuse(_LAYER, "has a rating that is not on the scale")
        return untrusted

    def _texts(self, untrusted: object) -> dict[int, str]:
        found = {place: strict.text(text, layer=_LAYER) for place, text in self._pairs(untrusted)}
        if not all(found.values()):
            strict.refuse(_LAYER, "has an empty text where none belongs")
        return found

    def _evidence(self, untrusted: object, case: CaseId) -> set[int]:
        """Add the evidence of one case; returns the places of the factors that have some."""
        marks = self._work.marks
        places = set()
        for place, cited in self._pairs(untrusted):
            listed = strict.rows(cited, layer=_LAYER, at_most=MAX_EVIDENCE)
            numbers = [strict.whole(n, 0, len(marks) - 1, layer=_LAYER) for n in listed]
            if not numbers or len(set(numbers)) != len(numbers):
                strict.refuse(_LAYER, "has evidence that is empty or named twice")
            for position, number in enumerate(numbers, 1):
                if self._scope.documents[marks[number].document][0] != case:
                    strict.refuse(_LAYER, "has evidence from the documents of another case")
                self._work.evidence.append((case, self._codes[place], marks[number].id, position))
            places.add(place)
        return places

    def _pairs(self, untrusted: object) -> list[tuple[int, Any]]:
        """Return (place, content) pairs whose places ascend."""
        pairs = []
        last = -1
        for pair in strict.rows(untrusted, layer=_LAYER, at_most=len(self._codes)):
            place, content = strict.row(pair, 2, layer=_LAYER)
            last = strict.whole(place, last + 1, len(self._codes) - 1, layer=_LAYER)
            pairs.append((last, content))
        return pairs
