"""Words of scripts that part no words, looked for in the text of the pages itself.

The text index holds a sentence of Chinese or Thai as one word, and a sign as none: who looks for a
part of it would find nothing. Such pages are read one by one, which the others are spared.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from reviewer.pagetext.query import is_near
from reviewer.pagetext.unparted import LETTER, SIGN, UNPARTED, as_it_stands
from reviewer.records.cases import CaseHits, Hit
from reviewer.records.finding import Within
from reviewer.records.ids import CaseId, DocumentId

_PAGES = """
SELECT page.id FROM page
WHERE NOT EXISTS (
    SELECT 1 FROM json_each(:within)
    WHERE instr(replace(page.text, char(10), ''), json_each.value) = 0)
"""
_MATCHED = "SELECT rowid FROM page_fts WHERE page_fts MATCH :match"
_FOUND = """
SELECT inquiry_case.id, inquiry_case.reference, inquiry_case.title, document.id, document.title,
       page.number, page.text,
       document.content_note <> '' AND NOT EXISTS (
           SELECT 1 FROM reading WHERE reading.document = document.id AND uncovered = 1),
       document.agency, document.kind, document.date,
       EXISTS (SELECT 1 FROM reading WHERE reading.document = document.id)
FROM json_each(:pages)
JOIN page ON page.id = json_each.value
JOIN document ON document.id = page.document
JOIN inquiry_case ON inquiry_case.id = document.inquiry_case
WHERE document.id NOT IN (SELECT document FROM document_state)
ORDER BY page.id
"""
_AROUND = 40  # characters of a page before and after what was found


class Found(NamedTuple):
    """A page that holds what was looked for; ``covered``: nothing of it is shown yet."""

    case: CaseId
    reference: str
    case_title: str
    document: DocumentId
    title: str
    page: int
    text: str
    covered: int
    agency: str
    kind: str
    date: str
    opened: int


def parted(query: str) -> tuple[list[str], str]:
    """Return what of a query is looked for in the text itself, and the rest of it.

    Signs are, where the query has no words: beside words they may stand on the page by name.
    Where no words are parted nothing is so many words from another: a NEAR that joins one of
    them asks for both and no more.

    >>> parted("呼吸 ward"), parted("呼吸 NEAR/5 ward"), parted("I am fine 😢")
    ((['呼吸'], 'ward'), (['呼吸'], 'ward'), ([], 'I am fine 😢'))
    """
    words = query.replace('"', " ").split()
    within = [word for word in words if UNPARTED.search(word)]
    if within:
        return within, " ".join(_rest(words))
    if not LETTER.search(query) and SIGN.search(query):
        return words, ""
    return [], query


def _rest(words: Sequence[str]) -> Iterator[str]:
    for before, word, after in zip(["", *words], words, [*words[1:], ""], strict=False):
        joins = is_near(word) and before and after
        if not UNPARTED.search(f"{before}{word}{after}" if joins else word):
            yield word


def where(words: str, text: str) -> tuple[int, int] | None:
    """Return where ``words`` first stand in ``text`` as they are; a line may end within them."""
    found = as_it_stands(words).search(text)
    return None if found is None else found.span()


def pages_with(
    connection: Any,  # noqa: ANN401 - the driver has no types
    within: list[str],
    match: str,
    case: CaseId | None,
    wanted: Within,
) -> list[Found]:
    """Return the pages that hold all of ``within``, and what ``match`` finds where it is given.

    Of those, the ones of ``case`` (None: of all) that are ``wanted``.
    """
    held = {row[0] for row in connection.execute(_PAGES, {"within": json.dumps(within)})}
    if match:
        held &= {row[0] for row in connection.execute(_MATCHED, {"match": match})}
    rows = connection.execute(_FOUND, {"pages": json.dumps(sorted(held))})
    found = [Found(*row) for row in rows]
    return [
        one
        for one in found
        if (case is None or one.case == case)
        and (wanted.cases is None or one.case in wanted.cases)
        and wanted.fits(one.agency, one.kind, one.date, opened=bool(one.opened))
    ]


def hits(found: list[Found], within: list[str], limit: int | None) -> list[Hit]:
    """Return the pages that may be shown, each with the words around what was found."""
    return [
        Hit(
            case=one.case,
            reference=one.reference,
            document=one.document,
            title=one.title,
            page=one.page,
            snippet=_snippet(one.text, within[0]),
        )
        for one in [one for one in found if not one.covered][:limit]
    ]


def of_cases(found: list[Found]) -> list[CaseHits]:
    """Return how many pages of which cases were found."""
    cases: dict[CaseId, list[Found]] = {}
    for one in found:
        cases.setdefault(one.case, []).append(one)
    return [
        CaseHits(
            case=case,
            reference=some[0].reference,
            title=some[0].case_title,
            pages=sum(1 - one.covered for one in some),
            covered=sum(one.covered for one in some),
        )
        for case, some in cases.items()
    ]


def _snippet(text: str, words: str) -> str:
    first, last = where(words, text) or (0, 0)
    before = text[max(0, first - _AROUND) : first]
    after = text[last : last + _AROUND]
    start = "… " if first > _AROUND else ""
    end = " …" if last + _AROUND < len(text) else ""
    return f"{start}{before}\x02{words}\x03{after}{end}".replace("\n", " ")
