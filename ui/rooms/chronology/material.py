"""What the room shows of one case, read in one step on the casebook's thread."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from reviewer.casebook.book import Casebook
from reviewer.chronology.timeline import (
    USUAL_GAP,
    Gap,
    Placed,
    gaps,
    ordered,
    rows,
    several_years,
)
from reviewer.chronology.words import day
from reviewer.messages import plural, say
from reviewer.records.cases import Case, Document
from reviewer.records.events import Standing
from reviewer.records.ids import CaseId, DocumentId
from reviewer.rounds.allocation import readable

Row = Placed | Gap


class Only(Enum):
    """What of a chronology is shown."""

    ALL = "all"
    DISPUTED = "disputed"
    GAPS = "gaps"
    NO_PAGE = "page"
    NO_DATE = "date"


@dataclass(frozen=True, kw_only=True)
class Material:
    """The events of one of the ``cases``, with the documents that they are read from.

    What has to go through all of them is worked out once: each row that is painted asks for it.
    """

    cases: tuple[Case, ...] = ()
    case: Case | None = None
    placed: tuple[Placed, ...] = ()
    documents: Mapping[DocumentId, Document] = field(default_factory=dict)

    @cached_property
    def years(self) -> bool:
        """Whether the year has to be said of each."""
        return several_years(self.placed)

    @cached_property
    def days(self) -> str:
        """The days from the first to the last that is known to a day, "" where none is."""
        known = [one.when for one in self.placed if one.when.dated]
        first = min((one.first for one in known if one.first), default=None)
        last = max((one.last for one in known if one.last), default=None)
        if first is None or last is None:
            return ""
        if first.date() == last.date():
            return day(first)
        return say("{first} to {last}", first=day(first), last=day(last))

    def gaps(self, over: int = USUAL_GAP) -> list[Gap]:
        """Return the times over so many minutes in which an agency has no entry."""
        return gaps(self.placed, over)


def read_material(book: Casebook, wanted: CaseId | None) -> Material:
    """Return what is shown of ``wanted``, else of the case that was read last.

    Where none was read it is the first case that has events, or the first.
    """
    cases = tuple(readable(book, book.about))
    counts = book.events.counts()
    wanted = wanted or book.reading.latest_case()
    case = next((one for one in cases if one.id == wanted), None)
    case = case or next((one for one in cases if counts.get(one.id)), None)
    case = case or (cases[0] if cases else None)
    if case is None:
        return Material()
    return Material(
        cases=cases,
        case=case,
        placed=tuple(ordered(book.events.of(case.id))),
        documents={one.id: one for one in book.documents.of(case.id)},
    )


def shown_rows(material: Material, only: Only, found: Sequence[Gap]) -> list[Row]:
    """Return the rows of the table: events, and the gaps ``found`` as rows of their own."""
    if only is Only.ALL:
        return rows(material.placed, found)
    if only is Only.GAPS:
        return list(found)
    return [one for one in material.placed if _fits(one, only)]


def _fits(one: Placed, only: Only) -> bool:
    if only is Only.DISPUTED:
        return one.event.standing is Standing.DISPUTED
    if only is Only.NO_PAGE:
        return one.event.document is None
    return not one.when.dated


def count_words(material: Material, only: Only, found: Sequence[Gap]) -> str:
    """Return the words of a filter, with how many rows it leaves."""
    if only is Only.ALL:
        count = len(material.placed)
        return plural("All {count:,} event", "All {count:,} events", count=count)
    if only is Only.GAPS:
        return say("Gaps {count:,}", count=len(found))
    count = sum(_fits(one, only) for one in material.placed)
    if only is Only.DISPUTED:
        return say("Disputed {count:,}", count=count)
    if only is Only.NO_PAGE:
        return say("Without a page {count:,}", count=count)
    return say("Without a date {count:,}", count=count)
