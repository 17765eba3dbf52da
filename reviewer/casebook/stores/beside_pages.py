"""Words looked for in what stands on no page: notes of documents, one's own words, case facts.

There are few of these texts beside the pages, and they change with every key, so no index holds
them: they are read and looked through.
"""

import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from reviewer.casebook.stores.within import parted, where
from reviewer.pagetext.query import Group, places, read_query, snippet, words_of
from reviewer.records.finding import Beside, FoundBeside, Source, Within
from reviewer.records.ids import CaseId, MemberId

_NOTES = """
SELECT inquiry_case.id, inquiry_case.reference, document.title, document_note.note, document.id, 0,
       '', document.agency, document.kind, document.date,
       EXISTS (SELECT 1 FROM reading WHERE reading.document = document.id)
FROM document_note
JOIN document ON document.id = document_note.document
JOIN inquiry_case ON inquiry_case.id = document.inquiry_case
WHERE document.id NOT IN (SELECT document FROM document_state)
      AND (document.content_note = '' OR EXISTS (
          SELECT 1 FROM reading WHERE reading.document = document.id AND uncovered = 1))
ORDER BY inquiry_case.position, document.position, document_note.position
"""
_MARKS = """
SELECT inquiry_case.id, inquiry_case.reference, document.title, mark.note, document.id, mark.page,
       mark.id, document.agency, document.kind, document.date, 1
FROM mark
JOIN document ON document.id = mark.document
JOIN inquiry_case ON inquiry_case.id = document.inquiry_case
WHERE mark.member = :member AND mark.note <> ''
ORDER BY inquiry_case.position, document.position, mark.page
"""
_COMMENTS = """
SELECT inquiry_case.id, inquiry_case.reference, rating.factor, rating.comment
FROM review
JOIN rating ON rating.review = review.id
JOIN inquiry_case ON inquiry_case.id = review.inquiry_case
WHERE review.member = :member AND rating.comment <> ''
ORDER BY inquiry_case.position, review.round, rating.factor
"""
_TEXTS = """
SELECT inquiry_case.id, inquiry_case.reference,
       json_array(review.narrative, review.good_practice, review.other)
FROM review JOIN inquiry_case ON inquiry_case.id = review.inquiry_case
WHERE review.member = :member ORDER BY inquiry_case.position
"""
_FACTS = """
SELECT id, reference, title, attributes, content_notes FROM inquiry_case ORDER BY position
"""
_KEPT = 1 << 15  # texts whose words are kept from one key to the next
MOST = 500  # texts that are told; of the others only how many there are
_Text = tuple[Source, CaseId, str, str, str, str, int, str]


class BesidePages:
    """What of a casebook stands on no page."""

    def __init__(self, connection: Any) -> None:  # noqa: ANN401 - the driver has no types
        self._connection = connection
        self._words = lru_cache(maxsize=_KEPT)(words_of)  # goes with the casebook

    def find(self, query: str, member: MemberId, within: Within) -> FoundBeside:
        """Return the texts that hold all of ``query``, at most ``MOST``, and how many more do.

        Own words of ``member`` come before what others wrote; of a kind in the register's order.
        Of documents under a content note that nobody opened here nothing is shown.
        """
        signs, rest = parted(query)
        groups, more = read_query(rest), 0
        found: list[Beside] = []
        for source, case, reference, name, text, document, page, mark in self._texts(
            member, within
        ):
            place = self._place(text, signs, groups)
            if place is None or (within.cases is not None and case not in within.cases):
                continue
            if len(found) == MOST:
                more += 1
                continue
            found.append(
                Beside(
                    source=source, case=case, reference=reference, name=name, page=page,
                    snippet=snippet(text, place), document=document, mark=mark,
                )
            )  # fmt: skip
        return FoundBeside(texts=tuple(found), more=more)

    def _place(
        self, text: str, signs: Sequence[str], groups: Sequence[Group]
    ) -> tuple[int, int] | None:
        """Return where the first that is looked for stands; ``signs`` as they are on a page."""
        spans = [where(sign, text) for sign in signs]
        if groups or not signs:
            spans.append(places(text, groups, self._words))
        return None if None in spans else spans[0]

    def _texts(self, member: MemberId, within: Within) -> Iterator[_Text]:
        own = not within.of_documents  # a comment or a fact is of no document
        yield from self._of_documents(Source.MARK, _MARKS, {"member": member}, within)
        if own:
            yield from self._own(member)
        yield from self._of_documents(Source.NOTE, _NOTES, {}, within)
        if own:
            yield from self._facts()

    def _of_documents(
        self, source: Source, query: str, values: dict[str, MemberId], within: Within
    ) -> Iterator[_Text]:
        for row in self._connection.execute(query, values):
            if within.fits(row[7], row[8], row[9], opened=bool(row[10])):
                yield (source, CaseId(row[0]), row[1], row[2], row[3], row[4], row[5], row[6])

    def _own(self, member: MemberId) -> Iterator[_Text]:
        asked = {"member": member}
        for case, reference, factor, comment in self._connection.execute(_COMMENTS, asked):
            yield (Source.COMMENT, CaseId(case), reference, factor, comment, "", 0, "")
        for case, reference, texts in self._connection.execute(_TEXTS, asked):
            for text in json.loads(texts):
                yield (Source.TEXT, CaseId(case), reference, "", text, "", 0, "")

    def _facts(self) -> Iterator[_Text]:
        for case, reference, title, attributes, notes in self._connection.execute(_FACTS):
            facts = [("", title), *json.loads(attributes).items()]
            facts += [("", note) for note in json.loads(notes)]
            for name, fact in facts:
                yield (Source.FACT, CaseId(case), reference, name, str(fact), "", 0, "")
