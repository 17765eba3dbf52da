"""Words to pages: full-text search over everything that can be read."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice, product
from typing import Any

from reviewer.casebook.stores.broken_words import breaks_of
from reviewer.casebook.stores.within import hits, of_cases, pages_with, parted
from reviewer.pagetext.alike import rarest
from reviewer.pagetext.breaks import BREAK
from reviewer.pagetext.query import Group, Term, read_query, words_of
from reviewer.records.cases import CaseHits, Hit
from reviewer.records.finding import DAY, Within, latest
from reviewer.records.ids import CaseId, DocumentId

_WITHIN = """
      AND (:case IS NULL OR inquiry_case.id = :case)
      AND (:cases IS NULL OR inquiry_case.id IN (SELECT value FROM json_each(:cases)))
      AND (:agency IS NULL OR document.agency IN (SELECT value FROM json_each(:agency)))
      AND (:kind IS NULL OR document.kind IN (SELECT value FROM json_each(:kind)))
      AND (:dated = 0 OR (
          (document.date GLOB '[0-9][0-9][0-9][0-9]'
           OR document.date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'
           OR document.date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
          AND substr(document.date || '-99-99', 1, 10) >= :since AND document.date <= :until))
      AND (:unread = 0 OR NOT EXISTS (
          SELECT 1 FROM reading WHERE reading.document = document.id))
"""
_STANDS = "document.id NOT IN (SELECT document FROM document_state)"
_SHOWN = """
      AND (document.content_note = '' OR EXISTS (
          SELECT 1 FROM reading WHERE reading.document = document.id AND uncovered = 1))
"""
_HITS = f"""
SELECT inquiry_case.id, inquiry_case.reference, document.id, document.title, page.number,
       snippet(page_fts, 0, char(2), char(3), ' … ', 16)
FROM page_fts
JOIN page ON page.id = page_fts.rowid
JOIN document ON document.id = page.document
JOIN inquiry_case ON inquiry_case.id = document.inquiry_case
WHERE page_fts MATCH :match AND {_STANDS}
{_WITHIN}{_SHOWN}ORDER BY page_fts.rank, page.id LIMIT :limit
"""  # noqa: S608 - our own words
_CASES = f"""
SELECT inquiry_case.id, inquiry_case.reference, inquiry_case.title,
       sum(document.content_note = '' OR reading.uncovered IS 1),
       sum(document.content_note <> '' AND reading.uncovered IS NOT 1)
FROM page_fts
JOIN page ON page.id = page_fts.rowid
JOIN document ON document.id = page.document
JOIN inquiry_case ON inquiry_case.id = document.inquiry_case
LEFT JOIN reading ON reading.document = document.id
WHERE page_fts MATCH :match AND {_STANDS}
{_WITHIN}GROUP BY inquiry_case.id ORDER BY inquiry_case.position
"""  # noqa: S608 - as above
_DATES = """
SELECT document.inquiry_case, document.agency, document.kind, document.date,
       reading.document IS NOT NULL
FROM document LEFT JOIN reading ON reading.document = document.id
WHERE document.id NOT IN (SELECT document FROM document_state)
"""
_AGENCIES = "SELECT DISTINCT agency FROM document"
_KINDS = "SELECT DISTINCT kind FROM document"
_ANY = "SELECT rowid FROM page_fts WHERE page_fts MATCH :match"
_HOLDING = f"""
SELECT page.id FROM page_fts
JOIN page ON page.id = page_fts.rowid
JOIN document ON document.id = page.document
JOIN inquiry_case ON inquiry_case.id = document.inquiry_case
WHERE page_fts MATCH :match AND {_STANDS}
{_WITHIN}{_SHOWN}LIMIT :limit
"""  # noqa: S608 - as above
_PAGE = "SELECT id FROM page WHERE document = :document AND number = :number"
_LIKE = _HITS.replace(
    "WHERE page_fts", "WHERE page.id IN (SELECT value FROM json_each(:pages)) AND page_fts"
)
_MOST_WAYS = 24  # in which words near each other may be broken
_ALL = Within()
Breaks = Mapping[str, list[str]]


class Search:
    """Search over the pages of a casebook."""

    def __init__(self, connection: Any) -> None:  # noqa: ANN401 - the driver has no types
        self._connection = connection

    def cases(
        self, query: str, *, case: CaseId | None = None, within: Within = _ALL
    ) -> list[CaseHits]:
        """Return how many pages of which cases hold all of ``query``, in the register's order."""
        signs, rest = parted(query)
        match = self._match(rest)
        if signs:
            return of_cases(pages_with(self._connection, signs, match, case, within))
        if not match:
            return []
        rows = self._connection.execute(_CASES, self._asked(match, case, None, within))
        return [
            CaseHits(case=CaseId(a), reference=b, title=c, pages=pages, covered=covered)
            for a, b, c, pages, covered in rows
        ]

    def undated(self, within: Within) -> int:
        """Return how many documents are left out only because nobody knows their day."""
        if not (within.since or within.until):
            return 0
        otherwise = replace(within, since="", until="")
        return sum(
            1
            for case, agency, kind, date, opened in self._connection.execute(_DATES)
            if not DAY.fullmatch(date)
            and (within.cases is None or case in within.cases)
            and otherwise.fits(agency, kind, date, opened=bool(opened))
        )

    def pages(
        self,
        query: str,
        *,
        case: CaseId | None = None,
        limit: int | None = None,
        within: Within = _ALL,
    ) -> list[Hit]:
        """Return the pages that hold every word and every "quoted phrase" of ``query``.

        All of them, or the best ``limit``. Of a document with a content note nothing is returned
        before somebody opened it here: ``cases`` counts what stays covered.

        Best first, or in their order where words of a script that parts none are looked for; case
        and accents do not matter, nor that a page breaks a word at the end of a
        line. Documents that no longer stand are left out,
        and a query without a word finds nothing.
        """
        signs, rest = parted(query)
        match = self._match(rest)
        if signs:
            found = pages_with(self._connection, signs, match, case, within)
            return hits(found, signs, limit)
        if not match:
            return []
        rows = self._connection.execute(_HITS, self._asked(match, case, limit, within))
        return [_hit(row) for row in rows]

    def like(
        self,
        passage: str,
        *,
        own: tuple[DocumentId, int] | None = None,
        limit: int | None = None,
        within: Within = _ALL,
    ) -> tuple[list[str], list[Hit]]:
        """Return the rarest words of ``passage``, and the pages that hold several of them.

        The best first, as the index ranks them; never ``own`` (a document and its page), on which
        the passage stands. Of covered documents nothing, as ``pages`` does: how rare a word is
        says nothing of pages that nobody would be shown.
        """
        asked = self._asked("", None, limit, within)

        def holding(words: str, most: int) -> set[int]:
            of = {"match": f'"{words}"', "limit": most}
            return {row[0] for row in self._connection.execute(_HOLDING, asked | of)}

        found = {"document": own[0], "number": own[1]} if own else {}
        page = self._connection.execute(_PAGE, found).fetchone() if own else None
        words = " ".join(words_of(passage.replace(BREAK, "")))
        rare, pages = rarest(
            passage,
            holding,
            leave_out=page[0] if page else 0,
            copies=holding(words, -1) if words and not own else frozenset(),
        )
        if not pages:
            return rare, []
        match = " OR ".join(f'"{word}"' for word in rare)
        asked |= {"match": match, "pages": json.dumps(sorted(pages))}
        return rare, [_hit(row) for row in self._connection.execute(_LIKE, asked)]

    def any_of(self, terms: Sequence[Term]) -> set[int]:
        """Return the pages (as the text index numbers them) that hold one of ``terms`` or more."""
        if not terms:
            return set()
        whole, begun = self._breaks(terms)
        match = " OR ".join(way for term in terms for way in _ways(term, whole, begun))
        return {row[0] for row in self._connection.execute(_ANY, {"match": match})}

    def _match(self, query: str) -> str:
        groups = read_query(query)
        return _expression(groups, *self._breaks([t for group in groups for t in group.terms]))

    def _breaks(self, terms: Sequence[Term]) -> tuple[Breaks, Breaks]:
        """Return how pages break the words of ``terms``, and those that begin as they do."""
        whole = [word for term in terms for word in term.words[: len(term.words) - term.begins]]
        begun = [term.words[-1] for term in terms if term.begins]
        return (
            breaks_of(self._connection, whole, begin=False),
            breaks_of(self._connection, begun, begin=True),
        )

    def _asked(
        self, match: str, case: CaseId | None, limit: int | None, within: Within
    ) -> dict[str, str | int | None]:
        return {
            "match": match,
            "case": case,
            "limit": -1 if limit is None else limit,
            "cases": None if within.cases is None else json.dumps(sorted(within.cases)),
            "agency": self._spellings(_AGENCIES, within.agency),
            "kind": self._spellings(_KINDS, within.kind),
            "dated": int(bool(within.since or within.until)),
            "since": within.since,
            "until": latest(within.until or "9999"),
            "unread": int(within.unread),
        }

    def _spellings(self, query: str, name: str) -> str | None:
        """Return in JSON how ``name`` is spelt in the casebook, None where none is asked for.

        The engine knows the two cases of the letters A to Z alone; ``Within.fits`` of all.
        """
        if not name:
            return None
        names = (row[0] for row in self._connection.execute(query))
        return json.dumps([one for one in names if one.casefold() == name.casefold()])


def _hit(row: Sequence[Any]) -> Hit:
    return Hit(
        case=CaseId(row[0]),
        reference=row[1],
        document=DocumentId(row[2]),
        title=row[3],
        page=row[4],
        snippet=row[5],
    )


def match_of(query: str) -> str:
    """Return ``query`` as an FTS5 expression in which nothing of it is syntax.

    >>> match_of('cell "face down" NEAR')
    '"cell" "face down" "NEAR"'
    >>> match_of("restrain*")
    '"restrain" *'
    >>> match_of("\u201cface down\u201d")
    '"face down"'
    >>> match_of("cell NEAR/5 officer*")
    'NEAR("cell" "officer" *, 5)'
    """
    return _expression(read_query(query), {}, {})


def _expression(
    groups: Sequence[Group], breaks: Mapping[str, list[str]], begun: Mapping[str, list[str]]
) -> str:
    """Return the groups as an expression; where a page may break a word, also as it does.

    >>> _expression(read_query("the ward"), {"ward": ["wa rd"]}, {})
    '"the" AND ("ward" OR "wa rd")'
    """
    parts = []
    for group in groups:
        ways = [_ways(term, breaks, begun) for term in group.terms]
        if len(ways) == 1:
            parts.append(ways[0])
            continue
        together = islice(product(*ways), _MOST_WAYS)
        parts.append([f"NEAR({' '.join(some)}, {group.apart})" for some in together])
    if all(len(ways) == 1 for ways in parts):
        return " ".join(ways[0] for ways in parts)
    return " AND ".join(f"({' OR '.join(ways)})" if len(ways) > 1 else ways[0] for ways in parts)


def _ways(
    term: Term, breaks: Mapping[str, list[str]], begun: Mapping[str, list[str]]
) -> list[str]:
    """Return the ways in which a term may stand on a page."""
    ways = [f'"{term.text}" *' if term.begins else f'"{term.text}"']
    for at, word in enumerate(term.words):
        last = term.begins and at == len(term.words) - 1
        before, after = term.words[:at], term.words[at + 1 :]
        ways += [
            f'"{" ".join((*before, broken, *after))}"'
            for broken in (begun if last else breaks).get(word, ())
        ]
    return ways
