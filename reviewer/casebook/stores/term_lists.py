"""The reader's lists of words that are lit on pages, as stored, and where such words stand."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from reviewer.casebook.change import Change
from reviewer.casebook.stores.search import Search
from reviewer.casebook.writer import Transaction, Writer
from reviewer.errors import InputError
from reviewer.messages import say
from reviewer.pagetext.terms import MOST_LISTS, as_query, read_name
from reviewer.records.ids import CaseId, DocumentId, TermListId, new_id
from reviewer.records.terms import TermList, TermPages

_LISTS = """
SELECT id, name,
       CASE term_list.terms WHEN '' THEN words.terms ELSE term_list.terms END,
       colour, shown
FROM term_list LEFT JOIN term_list_words AS words ON words.term_list = term_list.id
ORDER BY position, id
"""
_NEXT = "SELECT coalesce(max(position), 0) + 1 FROM term_list"
_IN_TEXT = """
SELECT page.id FROM page
WHERE page.id > :after AND page.id <= :last AND 1 = (
    SELECT 1 FROM json_each(:within)
    WHERE instr(replace(page.text, char(10), ''), json_each.value) > 0 LIMIT 1)
"""
_LAST = "SELECT coalesce(max(id), 0) FROM page"
_DOCUMENTS = """
SELECT document.inquiry_case, document.id, count(*),
       document.content_note <> '' AND NOT EXISTS (
           SELECT 1 FROM reading WHERE reading.document = document.id AND uncovered = 1)
FROM json_each(:pages)
CROSS JOIN page ON page.id = json_each.value
CROSS JOIN document ON document.id = page.document
WHERE document.id NOT IN (SELECT document FROM document_state)
GROUP BY document.id ORDER BY document.position
"""
AT_ONCE = 100  # terms that one step looks for
PAGES_AT_ONCE = 200  # pages whose text one step looks through for so many: a tenth of a second
_APART = ""  # in a list whose words have a row of their own
COLOURS = 5  # that a list may have


class TermLists:
    """The lists of words of the reader of a casebook."""

    def __init__(self, connection: Any, writer: Writer, search: Search) -> None:  # noqa: ANN401 - the driver has no types
        self._connection = connection
        self._writer = writer
        self._search = search

    def all(self) -> list[TermList]:
        """Return every list, in the order in which they were made."""
        return [
            TermList(
                id=TermListId(row[0]),
                name=row[1],
                terms=tuple(json.loads(row[2])),
                colour=row[3],
                shown=bool(row[4]),
            )
            for row in self._connection.execute(_LISTS)
        ]

    def named(self, name: str) -> TermList:
        """Return the list of that name, whatever the case of its letters.

        Raises ``InputError`` where there is none.
        """
        for one in self.all():
            if one.name.casefold() == name.strip().casefold():
                return one
        raise InputError(say("There is no list of words called \u201c{name}\u201d.", name=name))

    def put(self, lists: Sequence[TermList]) -> Change:
        """Keep new and changed lists, all in one step that can be taken back.

        Raises ``InputError`` where another list has the name, or there would be too many.
        """
        with self._writer.change("list terms", undoable=True) as tx:
            for one in lists:
                self._put(tx, one)
        return tx.result

    def remove(self, term_list: TermListId) -> Change:
        """Take a list away, in a step that can be taken back."""
        with self._writer.change("list terms", undoable=True) as tx:
            tx.remove("term_list_words", {"term_list": term_list})
            tx.remove("term_list", {"id": term_list})
        return tx.result

    def pages_with(self, terms: Sequence[str]) -> set[int]:
        """Return the pages (as the index numbers them) that hold one of ``terms`` or more.

        Whoever asks of many asks for at most ``AT_ONCE`` at a time: it is one step of work.
        """
        return self._search.any_of([as_query(term) for term in terms])

    def pages_with_in_text(self, terms: Sequence[str], after: int) -> set[int]:
        """Return which of the ``PAGES_AT_ONCE`` pages ``after`` one hold one of ``terms``.

        For terms that are ``sought_in_text``: no index has them.
        """
        within = json.dumps([term.rstrip("*") for term in terms])
        asked = {"within": within, "after": after, "last": after + PAGES_AT_ONCE}
        return {row[0] for row in self._connection.execute(_IN_TEXT, asked)}

    def last_page(self) -> int:
        """Return the number of the last page, as the index numbers them, or 0."""
        return int(self._connection.execute(_LAST).fetchone()[0])

    def of_documents(self, pages: set[int], cases: frozenset[CaseId]) -> list[TermPages]:
        """Return whose pages these are, of ``cases``, in the documents' order."""
        rows = self._connection.execute(_DOCUMENTS, {"pages": json.dumps(sorted(pages))})
        return [
            TermPages(
                case=CaseId(case),
                document=DocumentId(document),
                pages=0 if covered else count,
                covered=count if covered else 0,
            )
            for case, document, count, covered in rows
            if case in cases
        ]

    def _put(self, tx: Transaction, one: TermList) -> None:
        there = self.all()
        name = require_place(there, one)
        if replace(one, name=name) in there:
            return
        before = tx.get("term_list", {"id": one.id})
        tx.put(
            "term_list",
            {
                "id": one.id,
                "name": name,
                "terms": _APART,
                "colour": one.colour,
                "shown": int(one.shown),
                "position": self._connection.execute(_NEXT).fetchone()[0]
                if before is None
                else before["position"],
            },
        )
        terms = json.dumps(list(one.terms), ensure_ascii=False)
        tx.put("term_list_words", {"term_list": one.id, "terms": terms})


def require_place(there: Sequence[TermList], one: TermList) -> str:
    """Return the name of ``one`` as it is kept among the lists that are ``there``.

    Raises ``InputError`` where it is no name or another list has it, or there would be too many.
    """
    name = read_name(one.name)
    others = [other for other in there if other.id != one.id]
    kept = any(other.id == one.id and other.name == name for other in there)
    if not kept and name.casefold() in {other.name.casefold() for other in others}:
        raise InputError(
            say("There is a list of words called \u201c{name}\u201d already.", name=name)
        )
    if len(others) >= MOST_LISTS:
        raise InputError(
            say("There can be {most} lists of words. Take one away first.", most=MOST_LISTS)
        )
    return name


def new_list(there: Sequence[TermList], name: str, terms: Sequence[str]) -> TermList:
    """Return a new list, in the colour that fewest of those that are ``there`` have."""
    used = [one.colour for one in there]
    colour = min(range(COLOURS), key=lambda one: (used.count(one), one))
    return TermList(
        id=TermListId(new_id()), name=read_name(name), terms=tuple(terms), colour=colour
    )
