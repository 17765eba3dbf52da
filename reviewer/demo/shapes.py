"""What the invented inquiry is made of, before any casebook knows of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from reviewer.records.judgement import Confidence, Reason


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """A sentence that bears on a factor, and where it stands.

    ``document`` is a file name; ``page`` counts from 1, or is 0 where the reader sets the pages
    (mail, Word, text). ``level`` is "good", "some" or "bad"; ``variant`` its place in the words.
    """

    factor: str
    level: str
    variant: int
    document: str
    title: str
    page: int
    quote: str
    at: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Truth:
    """What the author knows of one factor in one case; panellists see it through the papers.

    ``severity`` runs from 0 (not present) to 4. ``split`` is set where two papers differ,
    ``blocked`` names the record that would decide it and never came, ``doubt`` is the share of
    readers who will not score without it, and ``relevant`` is false where it could not arise.
    """

    severity: float
    split: bool = False
    relevant: bool = True
    blocked: str = ""
    doubt: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """One document of a case. ``kind`` is the author's word for it, ``scan`` marks pictures."""

    file_name: str
    title: str
    kind: str
    agency: str
    date: str
    content: bytes = field(repr=False)
    pages: int = 0
    scan: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class MissingRecord:
    """A record that was asked for and did not come; ``request`` is its number, ``R-0311``."""

    what: str
    agency: str
    request: str


@dataclass(frozen=True, kw_only=True, slots=True)
class InventedCase:
    """One case with its papers and what is true in it. ``passages`` go by factor."""

    reference: str
    title: str
    family: str
    attributes: Mapping[str, str]
    content_notes: tuple[str, ...]
    documents: tuple[Paper, ...]
    missing: tuple[MissingRecord, ...]
    truths: Mapping[str, Truth]
    passages: Mapping[str, tuple[Passage, ...]]
    facts: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Inquiry:
    """The whole invented inquiry."""

    title: str
    seed: int
    cases: tuple[InventedCase, ...]

    @property
    def register_rows(self) -> list[dict[str, str]]:
        """The register as rows: reference, title, then the attributes of each case."""
        return [
            {"reference": case.reference, "title": case.title, **case.attributes}
            for case in self.cases
        ]


@dataclass(frozen=True, kw_only=True, slots=True)
class Panellist:
    """An invented panellist.

    ``leniency`` is added to what they see, in points of the scale; ``care`` is the share of
    passages they take in; ``scatter`` is the standard deviation of their judgement; ``trusts``
    is whose papers they follow where two differ; ``outside`` is how often they leave a factor to
    others (0-1); ``recused`` are references of cases.
    """

    name: str
    role: str
    leniency: float
    care: float
    scatter: float
    trusts: str
    outside: Mapping[str, float]
    recused: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Opinion:
    """One panellist's rating of one factor in one case, with the passages it rests on."""

    factor: str
    value: int | None = None
    reason: Reason | None = None
    confidence: Confidence | None = None
    comment: str = ""
    record: str = ""
    evidence: tuple[Passage, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """One panellist's work on one case."""

    reference: str
    opinions: tuple[Opinion, ...]
    narrative: str = ""
    good_practice: str = ""
    other: str = ""
