"""The reader's searches under a name, as stored."""

import json
from dataclasses import asdict
from typing import Any

from reviewer.casebook.change import Change
from reviewer.casebook.writer import Value, Writer
from reviewer.errors import InputError
from reviewer.messages import say
from reviewer.pagetext.terms import read_name
from reviewer.records.finding import Within
from reviewer.records.ids import CaseId, SavedSearchId, new_id
from reviewer.records.terms import SavedSearch
from reviewer.records.text import clean_line

_SEARCHES = "SELECT id, name, query, within FROM saved_search ORDER BY position, id"
_NEXT = "SELECT coalesce(max(position), 0) + 1 FROM saved_search"
MOST = 200  # searches
LONGEST = 1_000  # characters of what is looked for


class SavedSearches:
    """The searches that the reader of a casebook keeps."""

    def __init__(self, connection: Any, writer: Writer) -> None:  # noqa: ANN401 - the driver has no types
        self._connection = connection
        self._writer = writer

    def all(self) -> list[SavedSearch]:
        """Return every one, in the order in which they were saved."""
        return [
            SavedSearch(
                id=SavedSearchId(row[0]), name=row[1], query=row[2], within=_within(row[3])
            )
            for row in self._connection.execute(_SEARCHES)
        ]

    def named(self, name: str) -> SavedSearch:
        """Return the one of that name, whatever the case of its letters; else ``InputError``."""
        for one in self.all():
            if one.name.casefold() == name.strip().casefold():
                return one
        raise InputError(say("There is no saved search called \u201c{name}\u201d.", name=name))

    def save(self, name: str, query: str, within: Within) -> Change:
        """Save a search; one of the same name is replaced. The step can be taken back.

        Raises ``InputError`` where there is nothing to look for, or there are too many.
        """
        name, query = read_name(name), clean_line(query)
        if not query:
            raise InputError(say("Type what is to be looked for, then save it."))
        if len(query) > LONGEST:
            raise InputError(say("That is too long to be kept as a search."))
        there = self.all()
        same = next((one for one in there if one.name.casefold() == name.casefold()), None)
        if same is None and len(there) >= MOST:
            raise InputError(say("{most} searches are saved. Take one away first.", most=MOST))
        key: dict[str, Value] = {"id": new_id() if same is None else same.id}
        with self._writer.change("save search", undoable=True) as tx:
            before = tx.get("saved_search", key)
            position = (
                self._connection.execute(_NEXT).fetchone()[0]
                if before is None
                else before["position"]
            )
            kept = {"name": name, "query": query, "within": _packed(within), "position": position}
            tx.put("saved_search", {**key, **kept})
        return tx.result

    def remove(self, search: SavedSearchId) -> Change:
        """Take a search away, in a step that can be taken back."""
        with self._writer.change("save search", undoable=True) as tx:
            tx.remove("saved_search", {"id": search})
        return tx.result


def _packed(within: Within) -> str:
    cases = None if within.cases is None else sorted(within.cases)
    return json.dumps({**asdict(within), "cases": cases}, ensure_ascii=False)


def _within(packed: str) -> Within:
    kept = json.loads(packed)
    cases = kept.pop("cases")
    return Within(cases=None if cases is None else frozenset(map(CaseId, cases)), **kept)
