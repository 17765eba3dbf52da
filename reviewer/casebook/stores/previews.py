"""Small pictures of the pages that take long to draw, as stored."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from reviewer.casebook.writer import Transaction
from reviewer.records.ids import DocumentId

_PAGES = "SELECT page FROM page_preview WHERE document = :document ORDER BY page"
_SOME = """
SELECT page, picture FROM json_each(:pages)
CROSS JOIN page_preview ON document = :document AND page = json_each.value
"""


class Previews:
    """The previews of a casebook: JPEGs of 620 pixels across, or less."""

    def __init__(self, connection: Any) -> None:  # noqa: ANN401 - the driver has no types
        self._connection = connection

    def pages(self, document: DocumentId) -> tuple[int, ...]:
        """Return the pages of a document that have a preview."""
        rows = self._connection.execute(_PAGES, {"document": document})
        return tuple(page for (page,) in rows)

    def some(self, document: DocumentId, pages: Iterable[int]) -> dict[int, bytes]:
        """Return the previews of those of ``pages`` that have one."""
        asked = {"document": document, "pages": json.dumps(list(pages))}
        return {page: bytes(one) for page, one in self._connection.execute(_SOME, asked)}


def add_previews(tx: Transaction, document: DocumentId, previews: Mapping[int, bytes]) -> None:
    """Add the previews of a new document, in an open transaction."""
    if previews:
        tx.add_all("page_preview", [(document, page, one) for page, one in previews.items()])
