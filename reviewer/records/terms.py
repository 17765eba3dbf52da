"""What a reader looks for again and again: lists of words, and searches under a name."""

from dataclasses import dataclass

from reviewer.records.finding import Within
from reviewer.records.ids import CaseId, DocumentId, SavedSearchId, TermListId


@dataclass(frozen=True, kw_only=True, slots=True)
class TermList:
    """Words that are lit on every page while the list is ``shown``.

    ``terms`` are as ``reviewer.pagetext.terms.read_term`` gives them. ``colour`` counts from 0;
    a palette that has fewer colours begins again.
    """

    id: TermListId
    name: str
    terms: tuple[str, ...] = ()
    colour: int = 0
    shown: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class SavedSearch:
    """Words that are looked for, and within what, under a name."""

    id: SavedSearchId
    name: str
    query: str
    within: Within


@dataclass(frozen=True, kw_only=True, slots=True)
class TermPages:
    """How many pages of a document hold a word of a list; ``covered`` more are not to be seen."""

    case: CaseId
    document: DocumentId
    pages: int
    covered: int
