"""Words to pages: full-text search over everything that can be read."""

from typing import Any

from reviewer.records.cases import Hit
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
ORDER BY page_fts.rank, page.id LIMIT :limit
"""
MAX_WORDS = 32  # more is a pasted paragraph; the engine would spend minutes on it


class Search:
    """Search over the pages of a casebook."""

    def __init__(self, connection: Any) -> None:  # noqa: ANN401 - the driver has no types
        self._connection = connection

    def pages(self, query: str, *, case: CaseId | None = None, limit: int = 200) -> list[Hit]:
        """Return the pages that hold every word and every "quoted phrase" of ``query``.

        Best first; case and accents do not matter. Documents that no longer stand are left out,
        and a query without a word finds nothing.
        """
        match = match_of(query)
        if not match:
            return []
        rows = self._connection.execute(_HITS, {"match": match, "case": case, "limit": limit})
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


def match_of(query: str) -> str:
    """Return ``query`` as an FTS5 expression in which nothing of it is syntax.

    >>> match_of('cell "face down" NEAR')
    '"cell" "face down" "NEAR"'
    >>> match_of("restrain*")
    '"restrain" *'
    """
    terms: list[str] = []
    for place, part in enumerate(query.replace("\x00", " ").split('"')):
        if place % 2:
            terms.append(f'"{part}"' if _has_word(part) else "")
        else:
            terms.extend(_term(word) for word in part.split())
    return " ".join([term for term in terms if term][:MAX_WORDS])


def _term(word: str) -> str:
    if not _has_word(word):
        return ""
    return f'"{word.rstrip("*")}" *' if word.endswith("*") else f'"{word}"'


def _has_word(text: str) -> bool:
    return any(character.isalnum() for character in text)
