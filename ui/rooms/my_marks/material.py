"""What the room shows, read in one step; and what is done to a mark. On the casebook's thread."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from reviewer.casebook.book import About, Casebook, Change
from reviewer.records.ids import CaseId, DocumentId
from reviewer.records.judgement import Mark, Rating
from reviewer.records.own_marks import OwnMark
from reviewer.rounds.allocation import asked
from reviewer.rounds.own_marks import own_marks


@dataclass(frozen=True, kw_only=True, slots=True)
class Material:
    """All marks, and the points that whoever made them gave in force, by case and factor."""

    marks: tuple[OwnMark, ...] = ()
    ratings: Mapping[tuple[CaseId, str], int] = field(default_factory=dict)


def read_material(book: Casebook) -> Material:
    """Return what is shown."""
    return Material(marks=tuple(own_marks(book)), ratings=book.own_marks.values(book.about.member))


def note(book: Casebook, mark: OwnMark, words: str, at: About) -> Change | None:
    """Give a mark another note; nothing where it is gone, or says so already."""
    held = book.marks.get(mark.id)
    if held is None or held.note == words:
        return None
    return book.marks.put(replace(held, note=words), round_number=at.round)


def offered(book: Casebook, mark: OwnMark, at: About) -> dict[str, bool]:
    """Return what the open round asks for in the mark's case: each factor, whether it supports it.

    A rating of an earlier round stands as it was, so what the mark supports there counts for none.
    """
    wanted = asked(book, at)
    held = book.ratings.of(at.member, mark.case, at.round)
    return {
        code: code in held and mark.id in held[code].evidence
        for code in at.framework.codes
        if wanted is None or (mark.case, code) in wanted
    }


def attach(book: Casebook, mark: OwnMark, factor: str, at: About, *, on: bool) -> Change | None:
    """Let a mark support the rating of ``factor`` in its case, or no longer."""
    if book.marks.get(mark.id) is None:
        return None
    held = book.ratings.of(at.member, mark.case, at.round).get(factor, Rating(factor=factor))
    others = tuple(one for one in held.evidence if one != mark.id)
    cited = replace(held, evidence=(*others, mark.id) if on else others)
    if cited.evidence == held.evidence:
        return None
    action = "attach" if on else "rate"
    return book.ratings.put_all(at.member, at.round, [(mark.case, cited)], action=action)


def remove(book: Casebook, mark: OwnMark, at: About) -> Change | None:
    """Remove a mark, also from the ratings that it supports; nothing where it is gone."""
    if book.marks.get(mark.id) is None:
        return None
    return book.marks.delete(mark.id, round_number=at.round)


def leave(book: Casebook, mark: OwnMark, *, stays: bool) -> Change | None:
    """Remember that a mark stays on a document that was replaced, or ask of it again."""
    if book.marks.get(mark.id) is None:
        return None
    return book.marks.leave(mark.id, DocumentId(mark.newer) if stays else None)


def whole(book: Casebook, mark: OwnMark) -> Mark | None:
    """Return the mark with its place on the page."""
    return book.marks.get(mark.id)
