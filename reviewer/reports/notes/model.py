"""What of a reader's own work goes onto paper, as values that every writer takes."""

from collections.abc import Sequence
from dataclasses import dataclass

from reviewer.casebook.book import Casebook
from reviewer.messages import say
from reviewer.records.cases import Case
from reviewer.records.ids import CaseId, MemberId
from reviewer.records.judgement import Review
from reviewer.records.own_marks import OwnMark, counted, kind_words, standing_words
from reviewer.records.text import clean, clean_line
from reviewer.rounds.allocation import readable
from reviewer.rounds.own_marks import own_marks

Comments = dict[tuple[CaseId, str], str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """One mark: its words ("" for a page or a box), the note, and small facts in words."""

    quote: str
    note: str
    citation: str
    facts: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """What stands under one factor of a case, or under none: a comment and passages."""

    title: str
    comment: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseNotes:
    """One case: what was written of it as a whole (a heading and a text each), and its factors."""

    title: str
    texts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnNotes:
    """All of it. ``invented`` where the casebook is the demonstration."""

    title: str
    inquiry: str
    marking: str
    invented: bool
    counted: str
    cases: tuple[CaseNotes, ...]
    marks: tuple[OwnMark, ...]


def own_notes(
    book: Casebook, case: CaseId | None = None, marks: Sequence[OwnMark] | None = None
) -> OwnNotes:
    """Return what whoever rates in ``book`` marked and wrote. Raises ``StateError`` for nobody.

    ``marks``: those of ``own_marks``, where more is known of them.
    """
    marks = own_marks(book, case) if marks is None else marks
    about = book.about
    comments = _comments(book, about.member, about.round)
    cases = [one for one in readable(book, about) if case is None or one.id == case]
    names = {factor.code: factor.name for factor in about.framework.factors}
    under: dict[CaseId, list[OwnMark]] = {}
    for mark in marks:
        under.setdefault(mark.case, []).append(mark)
    reviews = book.reviews.all(about.member, 1)
    made = [
        CaseNotes(
            title=clean_line(f"{one.reference} \u00b7 {one.title}"),
            texts=_texts(reviews.get(one.id)),
            sections=_sections(under.get(one.id, []), comments, one, names),
        )
        for one in cases
    ]
    return OwnNotes(
        title=say("My marks and notes"),
        inquiry=clean_line(about.title),
        marking=clean_line(about.marking),
        invented=about.demonstration,
        counted=counted(marks),
        cases=tuple(one for one in made if one.texts or one.sections),
        marks=tuple(marks),
    )


def _comments(book: Casebook, member: MemberId, last: int) -> Comments:
    """Return the comments of all rounds; what was written later stands."""
    return {
        (case, rating.factor): rating.comment
        for number in range(1, last + 1)
        for _, case, rating in book.ratings.everyone(number, member=member)
        if rating.comment.strip()
    }


def _texts(review: Review | None) -> tuple[tuple[str, str], ...]:
    if review is None:
        return ()
    found = (
        (say("In your words"), review.narrative),
        (say("Good practice"), review.good_practice),
        (say("Other"), review.other),
    )
    return tuple((head, clean(text)) for head, text in found if text.strip())


def _sections(
    marks: Sequence[OwnMark], comments: Comments, case: Case, names: dict[str, str]
) -> tuple[Section, ...]:
    found = []
    for code, name in names.items():
        under = [mark for mark in marks if code in mark.factors]
        comment = comments.get((case.id, code), "")
        if under or comment:
            found.append(_section(name, comment, under))
    loose = [mark for mark in marks if not names.keys() & set(mark.factors)]
    if loose:
        found.append(_section(say("Not attached to a factor"), "", loose))
    return tuple(found)


def _section(title: str, comment: str, marks: Sequence[OwnMark]) -> Section:
    return Section(
        title=clean_line(title),
        comment=clean(comment),
        passages=tuple(map(_passage, marks)),
    )


def _passage(mark: OwnMark) -> Passage:
    facts = [kind_words(mark.kind), mark.made[:10], standing_words(mark.standing)]
    return Passage(
        quote=clean_line(mark.quote),
        note=clean(mark.note),
        citation=clean_line(mark.citation),
        facts=" \u00b7 ".join(fact for fact in facts if fact),
    )
