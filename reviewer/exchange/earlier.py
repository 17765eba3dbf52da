"""What a casebook that is issued in a later round begins with: its holder's own released rounds.

What was released stays in force, so it goes along: a lost laptop loses nobody's earlier ratings.
Only the member's own; of the others there is what the agenda says of them, without names.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from reviewer.casebook.book import Casebook
from reviewer.casebook.stores.releases import OpenedReturn
from reviewer.exchange.keyring import round_key
from reviewer.records.cases import Case, Document, end_of
from reviewer.records.ids import CaseId, MemberId
from reviewer.rounds.feedback import FeedbackOf
from reviewer.summary.returned import returned_in


def documents_for(book: Casebook, member: MemberId, cases: Sequence[Case]) -> list[Document]:
    """Return the documents of ``cases`` that ``member`` is to have, case by case.

    Those that stand, and those that do not where the member's released marks are in them.
    """
    everything = {document.id: document for document in book.documents.all()}
    marked = {mark.document for mark in book.marks.of_member(member)} if _later(book) else set()
    return [
        one if one.current else replace(one, replaced_by=end_of(one, everything) or "")
        for case in cases
        for one in book.documents.of(case.id)
        if one.current or one.id in marked
    ]


def catch_up(
    book: Casebook, written: Casebook, member: MemberId, documents: Sequence[Document]
) -> None:
    """Let a casebook that is issued in a later round begin there.

    With its agenda, the agendas before it, and what ``member`` said in the rounds released so far;
    of each of its ``documents`` that no longer stands it is kept why.
    """
    about = book.about
    cases = {case.id for case in written.cases.all()}
    for number in range(1, about.round + 1):
        if number > 1:
            cells = [cell for cell in book.agenda.of(number) if cell.case in cases]
            written.agenda.begin(
                number,
                FeedbackOf(book, cells, number).of(member, cells),
                opened=book.agenda.opened(number),
                released=book.rounds.released(number - 1),
                key=round_key(book, number),
            )
        if number < about.round and member in returned_in(book, number):
            written.rounds.keep_earlier(number, _own(book, written, member, number, cases))
    past = [document for document in documents if not document.current]
    if past:
        written.documents.keep_states(past)


def _own(
    book: Casebook, written: Casebook, member: MemberId, number: int, cases: Iterable[CaseId]
) -> OpenedReturn:
    """Return what ``member`` said in a released round, of the cases that ``written`` holds."""
    here = set(cases)
    documents = {document.id for document in written.documents.all()}
    of_round = book.agenda.marks_of(number)
    marks = [
        mark
        for mark in book.marks.of_member(member)
        if mark.id in of_round and mark.document in documents
    ]
    known = {mark.id for mark in marks} | {mark.id for mark in written.marks.of_member(member)}
    ratings = [
        (case, rating)
        for _, case, rating in book.ratings.everyone(number, member=member)
        if case in here
    ]
    return OpenedReturn(
        member=member,
        sha256="",
        reviews=[
            (case, one.state.value, one.narrative, one.good_practice, one.other)
            for case, one in book.reviews.all(member, number).items()
            if case in here
        ],
        ratings=[
            (
                case,
                one.factor,
                one.value,
                None if one.reason is None else one.reason.value,
                None if one.confidence is None else one.confidence.value,
                one.comment,
                one.record,
            )
            for case, one in ratings
        ],
        marks=marks,
        evidence=[
            (case, one.factor, mark, place)
            for case, one in ratings
            for place, mark in enumerate(one.evidence, 1)
            if mark in known
        ],
    )


def _later(book: Casebook) -> bool:
    return book.about.round > 1
