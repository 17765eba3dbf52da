"""One line a case: what is read of it, and the columns that show it."""

from collections import Counter
from dataclasses import dataclass

from reviewer.casebook.book import About, Casebook
from reviewer.messages import later, say
from reviewer.records.ids import CaseId
from reviewer.records.judgement import Review, ReviewState
from ui.models.table import Column

NOT_ASKED = later("Not asked again")  # of a case of which a later round asks nothing
_STATES = {
    ReviewState.UNOPENED: later("To read"),
    ReviewState.READING: later("Reading"),
    ReviewState.DRAFT: later("Draft"),
    ReviewState.DEFERRED: later("Deferred"),
    ReviewState.SEALED: later("Sealed"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseLine:
    """One case in the table; ``rated`` of ``factors`` only where somebody rates here."""

    id: CaseId
    reference: str
    title: str
    documents: int
    pages: int
    without_text: int
    rated: int
    factors: int
    state: str


def read_lines(book: Casebook, about: About) -> list[CaseLine]:
    """Read every case; runs on the casebook's thread."""
    documents: dict[str, list[tuple[int, bool]]] = {}
    scans = book.scans.counts()
    for document in (one for one in book.documents.all() if one.current):
        bare = document.text_source == "none" and not scans[document.id].worded
        facts = (document.page_count, bare)
        documents.setdefault(document.case, []).append(facts)
    reviews = book.reviews.all(about.member, about.round) if about.member else {}
    factors = Counter(cell.case for cell in book.agenda.of(about.round))
    lines = []
    for case in book.cases.all():
        own = documents.get(case.id, [])
        review = reviews.get(case.id)
        asked = about.round == 1 or bool(factors[case.id])
        lines.append(
            CaseLine(
                id=case.id,
                reference=case.reference,
                title=case.title,
                documents=len(own),
                pages=sum(pages for pages, _bare in own),
                without_text=sum(bare for _pages, bare in own),
                rated=review.rated if review else 0,
                factors=factors[case.id] if about.round > 1 else len(about.framework.factors),
                state=say(_STATES[_state(review, about)]) if asked else say(NOT_ASKED),
            )
        )
    return lines


def _state(review: Review | None, about: About) -> ReviewState:
    """Return where a case stands: once the round is sealed, no case in it is a draft."""
    if about.member and about.sealed:
        return ReviewState.SEALED
    return review.state if review else ReviewState.UNOPENED


def columns(*, rates: bool) -> list[Column[CaseLine]]:
    """Return the columns of the table; with ``rates`` those of one's own work, too."""
    made: list[Column[CaseLine]] = [
        Column(title=say("Case"), show=lambda line: line.reference),
        Column(title=say("Title"), show=lambda line: line.title),
        Column(
            title=say("Documents"),
            show=lambda line: str(line.documents) if line.documents else say("none yet"),
            sort=lambda line: line.documents,
            numbers=True,
        ),
        Column(
            title=say("Pages"),
            show=lambda line: f"{line.pages:,}",
            sort=lambda line: line.pages,
            numbers=True,
        ),
        Column(
            title=say("Without text"),
            show=lambda line: str(line.without_text),
            sort=lambda line: line.without_text,
            numbers=True,
            tip=say("Documents that are pictures only: they can be read, but not searched."),
        ),
    ]
    if rates:
        made += [
            Column(
                title=say("Rated"),
                show=lambda line: (
                    say("{rated} of {factors}", rated=line.rated, factors=line.factors)
                    if line.factors
                    else "\u2013"
                ),
                sort=lambda line: line.rated,
                numbers=True,
            ),
            Column(title=say("State"), show=lambda line: line.state),
        ]
    return made
