"""Words looked for in what stands on no page: notes of documents, one's own words, case facts.

There are few of these texts beside the pages, and they change with every key, so no index holds
them: they are read and looked through.
"""

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from reviewer.pagetext.query import places, read_query, snippet, words_of
from reviewer.records.finding import Beside, Source, Within
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
MOST = 500  # texts that are told; a word that is in more is looked for with another
_Text = tuple[Source, CaseId, str, str, str, str, int, str]


class BesidePages:
    """What of a casebook stands on no page."""

    def __init__(self, connection: Any) -> None:  # noqa: ANN401 - the driver has no types
        self._connection = connection
        self._words = lru_cache(maxsize=_KEPT)(words_of)  # goes with the casebook

    def find(self, query: str, member: MemberId, within: Within) -> list[Beside]:
        """Return the texts that hold all of ``query``, at most ``MOST``; own words of ``member``.

        In the register's order, a kind after another. Of documents under a content note that
        nobody opened here nothing is shown.
        """
        groups = read_query(query)
        found: list[Beside] = []
        for source, case, reference, name, text, document, page, mark in self._texts(
            member, within
        ):
            place = places(text, groups, self._words)
            if place is not None and (within.cases is None or case in within.cases):
                found.append(
                    Beside(
                        source=source, case=case, reference=reference, name=name, page=page,
                        snippet=snippet(text, place), document=document, mark=mark,
                    )
                )  # fmt: skip
                if len(found) == MOST:
                    break
        return found

    def _texts(self, member: MemberId, within: Within) -> Iterator[_Text]:
        asked = {"member": member}
        for source, query in ((Source.MARK, _MARKS), (Source.NOTE, _NOTES)):
            values = asked if source is Source.MARK else {}
            for row in self._connection.execute(query, values):
                if within.fits(row[7], row[8], row[9], opened=bool(row[10])):
                    yield (source, CaseId(row[0]), row[1], row[2], row[3], row[4], row[5], row[6])
        if not within.of_documents:  # a comment or a fact is of no document
            yield from self._own(member)
            yield from self._facts()

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
