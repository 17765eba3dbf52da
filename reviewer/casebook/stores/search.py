"""Words to pages: full-text search over everything that can be read."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from reviewer.casebook.stores.broken_words import breaks_of
from reviewer.casebook.stores.within import hits, of_cases, pages_with, parted
from reviewer.pagetext.breaks import plain
from reviewer.records.cases import CaseHits, Hit
from reviewer.records.ids import CaseId, DocumentId

_HITS = """
SELECT inquiry_case.id, inquiry_case.reference, document.id, document.title, page.number,
       snippet(page_fts, 0, char(2), char(3), ' … ', 16)
FROM page_fts
JOIN page ON page.id = page_fts.rowid
JOIN document ON document.id = page.document
JOIN inquiry_case ON inquiry_case.id = document.inquiry_case
WHERE page_fts MATCH :match AND document.id NOT IN (SELECT document FROM document_state)
      AND (:case IS NULL OR inquiry_case.id = :case)
      AND (document.content_note = '' OR EXISTS (
          SELECT 1 FROM reading WHERE reading.document = document.id AND uncovered = 1))
ORDER BY page_fts.rank, page.id LIMIT :limit
"""
_CASES = """
SELECT inquiry_case.id, inquiry_case.reference, inquiry_case.title,
       sum(document.content_note = '' OR reading.uncovered IS 1),
       sum(document.content_note <> '' AND reading.uncovered IS NOT 1)
FROM page_fts
JOIN page ON page.id = page_fts.rowid
JOIN document ON document.id = page.document
JOIN inquiry_case ON inquiry_case.id = document.inquiry_case
LEFT JOIN reading ON reading.document = document.id
WHERE page_fts MATCH :match AND document.id NOT IN (SELECT document FROM document_state)
      AND (:case IS NULL OR inquiry_case.id = :case)
GROUP BY inquiry_case.id ORDER BY inquiry_case.position
"""
_QUOTES = str.maketrans(
    dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"')
)  # as keyboards make them
_WORD = re.compile(r"[^\W_]+")
MAX_WORDS = 32  # more is a pasted paragraph; the engine would spend minutes on it


class Search:
    """Search over the pages of a casebook."""

    def __init__(self, connection: Any) -> None:  # noqa: ANN401 - the driver has no types
        self._connection = connection

    def cases(self, query: str, *, case: CaseId | None = None) -> list[CaseHits]:
        """Return how many pages of which cases hold all of ``query``, in the register's order."""
        within, rest = parted(query)
        match = self._match(rest)
        if within:
            return of_cases(pages_with(self._connection, within, match, case))
        if not match:
            return []
        rows = self._connection.execute(_CASES, {"match": match, "case": case})
        return [
            CaseHits(case=CaseId(a), reference=b, title=c, pages=pages, covered=covered)
            for a, b, c, pages, covered in rows
        ]

    def pages(
        self, query: str, *, case: CaseId | None = None, limit: int | None = None
    ) -> list[Hit]:
        """Return the pages that hold every word and every "quoted phrase" of ``query``.

        All of them, or the best ``limit``. Of a document with a content note nothing is returned
        before somebody opened it here: ``cases`` counts what stays covered.

        Best first, or in their order where words of a script that parts none are looked for; case
        and accents do not matter, nor that a page breaks a word at the end of a
        line. Documents that no longer stand are left out,
        and a query without a word finds nothing.
        """
        within, rest = parted(query)
        match = self._match(rest)
        if within:
            return hits(pages_with(self._connection, within, match, case), within, limit)
        if not match:
            return []
        rows = self._connection.execute(_HITS, _asked(match, case, limit))
        return [
            Hit(
                case=CaseId(row[0]),
                reference=row[1],
                document=DocumentId(row[2]),
                title=row[3],
                page=row[4],
                snippet=row[5],
            )
            for row in rows
        ]

    def _match(self, query: str) -> str:
        terms = _terms(query)
        whole = [word for term in terms for word in term.words[: len(term.words) - term.begins]]
        begun = [term.words[-1] for term in terms if term.begins]
        return _expression(
            terms,
            breaks_of(self._connection, whole, begin=False),
            breaks_of(self._connection, begun, begin=True),
        )


def _asked(match: str, case: CaseId | None, limit: int | None) -> dict[str, str | int | None]:
    return {"match": match, "case": case, "limit": -1 if limit is None else limit}


class _Term(NamedTuple):
    """A word or a phrase that is looked for; with ``begins`` its last word may go on."""

    text: str
    words: tuple[str, ...]
    begins: bool


def match_of(query: str) -> str:
    """Return ``query`` as an FTS5 expression in which nothing of it is syntax.

    >>> match_of('cell "face down" NEAR')
    '"cell" "face down" "NEAR"'
    >>> match_of("restrain*")
    '"restrain" *'
    >>> match_of("\u201cface down\u201d")
    '"face down"'
    """
    return _expression(_terms(query), {}, {})


def _terms(query: str) -> list[_Term]:
    terms: list[_Term] = []
    for place, part in enumerate(query.translate(_QUOTES).replace("\x00", " ").split('"')):
        if place % 2:
            terms.append(_term(part, begins=False))
        else:
            terms.extend(
                _term(word.rstrip("*"), begins=word.endswith("*")) for word in part.split()
            )
    return [term for term in terms if term.words][:MAX_WORDS]


def _term(text: str, *, begins: bool) -> _Term:
    return _Term(text, tuple(map(plain, _WORD.findall(text))), begins)


def _expression(
    terms: Sequence[_Term], breaks: Mapping[str, list[str]], begun: Mapping[str, list[str]]
) -> str:
    """Return the terms as an expression; where a page may break a word, also as it does.

    >>> _expression(_terms("the ward"), {"ward": ["wa rd"]}, {})
    '"the" AND ("ward" OR "wa rd")'
    """
    parts = []
    for term in terms:
        ways = [f'"{term.text}" *' if term.begins else f'"{term.text}"']
        for at, word in enumerate(term.words):
            last = term.begins and at == len(term.words) - 1
            before, after = term.words[:at], term.words[at + 1 :]
            ways += [
                f'"{" ".join((*before, broken, *after))}"'
                for broken in (begun if last else breaks).get(word, ())
            ]
        parts.append(ways)
    if all(len(ways) == 1 for ways in parts):
        return " ".join(ways[0] for ways in parts)
    return " AND ".join(f"({' OR '.join(ways)})" if len(ways) > 1 else ways[0] for ways in parts)
