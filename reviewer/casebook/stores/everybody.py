"""What everybody said in one round, read in one go: for the counts of a whole panel.

A panel of 200 gives millions of ratings of which few have words beside them. The engine puts the
answers of a review into one text, so that only what has words becomes a ``Rating``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from reviewer.records.ids import CaseId, DocumentId, MarkId, MemberId
from reviewer.records.judgement import Confidence, Rating, Reason

_ANSWERS = """
SELECT review.member, review.inquiry_case,
       group_concat(rating.factor || char(31) || coalesce(rating.value, rating.reason, ''),
                    char(30))
FROM review JOIN rating ON rating.review = review.id
WHERE review.round = :round GROUP BY review.id
"""
_WHOLE = """review.id, review.member, review.inquiry_case, rating.factor, rating.value,
       rating.reason, rating.confidence, rating.comment, rating.record"""
_NONE = "rating.comment = '' AND rating.record = '' AND rating.confidence IS NULL"
_WITH_WORDS = f"""
SELECT {_WHOLE}
FROM review JOIN rating ON rating.review = review.id
WHERE review.round = :round AND NOT ({_NONE})
"""  # noqa: S608 - our own words
_PAGES_ALONE = f"""
SELECT {_WHOLE}
FROM review JOIN evidence ON evidence.review = review.id
JOIN rating ON rating.review = evidence.review AND rating.factor = evidence.factor
WHERE review.round = :round AND {_NONE} GROUP BY review.id, evidence.factor
"""  # noqa: S608 - as above
_EVIDENCE = """
SELECT evidence.review, evidence.factor, evidence.mark
FROM review JOIN evidence ON evidence.review = review.id
WHERE review.round = :round ORDER BY review.id, evidence.factor, evidence.position
"""
_CITED = """
SELECT review.member, review.inquiry_case, evidence.factor, mark.document, mark.page
FROM review JOIN evidence ON evidence.review = review.id JOIN mark ON mark.id = evidence.mark
WHERE review.round = :round
"""
_PLACES = "SELECT id, document, page FROM mark"


@dataclass(frozen=True, slots=True)
class Answers:
    """One member's answers in one case: the factor's code and its point, reason or "" as texts."""

    member: MemberId
    case: CaseId
    text: str

    @property
    def tokens(self) -> list[str]:
        """Each answer as ``token`` makes it."""
        return self.text.split("\x1e")


def token(factor: str, said: str) -> str:
    """Return how an answer stands in ``Answers``."""
    return f"{factor}\x1f{said}"


def said_of(made: str) -> tuple[str, str]:
    """Return (factor, what was said) of a ``token``."""
    factor, _, said = made.partition("\x1f")
    return factor, said


class Everybody:
    """Reads whole rounds."""

    def __init__(self, connection: Any) -> None:  # noqa: ANN401 - the driver has no types
        self._connection = connection

    def answers(self, round_number: int) -> Iterator[Answers]:
        """Yield what each member answered in each case of the round."""
        for row in self._connection.execute(_ANSWERS, {"round": round_number}):
            yield Answers(*row)

    def with_words(self, round_number: int) -> Iterator[tuple[MemberId, CaseId, Rating]]:
        """Yield (member, case, rating) where a comment, a record, a page or a confidence is."""
        which = {"round": round_number}
        evidence: dict[tuple[int, str], list[MarkId]] = {}
        for review, factor, mark in self._connection.execute(_EVIDENCE, which):
            evidence.setdefault((review, factor), []).append(MarkId(mark))
        for query in (_WITH_WORDS, _PAGES_ALONE):
            for row in self._connection.execute(query, which):
                yield (
                    MemberId(row[1]),
                    CaseId(row[2]),
                    Rating(
                        factor=row[3],
                        value=row[4],
                        reason=None if row[5] is None else Reason(row[5]),
                        confidence=None if row[6] is None else Confidence(row[6]),
                        comment=row[7],
                        record=row[8],
                        evidence=tuple(evidence.get((row[0], row[3]), ())),
                    ),
                )

    def cited(self, round_number: int) -> Iterator[tuple[MemberId, CaseId, str, DocumentId, int]]:
        """Yield (member, case, factor, document, page) of each page that a rating cites."""
        yield from self._connection.execute(_CITED, {"round": round_number})

    def mark_places(self) -> Iterator[tuple[MarkId, DocumentId, int]]:
        """Yield (mark, document, page) of every mark."""
        for mark, document, page in self._connection.execute(_PLACES):
            yield MarkId(mark), DocumentId(document), page
