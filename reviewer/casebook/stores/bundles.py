"""The pages of a case numbered through, as stored: where a page with a number is."""

from typing import Any

from reviewer.casebook.writer import Transaction
from reviewer.records.ids import CaseId, DocumentId

_NEXT = "SELECT coalesce(max(first + pages), 1) FROM bundle_number WHERE of_case = :holder"
_KIND = "SELECT value FROM meta WHERE key = 'kind'"
_AT = """
SELECT document, first, pages FROM bundle_number WHERE of_case = :holder AND first <= :number
ORDER BY first DESC LIMIT 1
"""


class Bundles:
    """The numbers of pages among those of their cases."""

    def __init__(self, connection: Any) -> None:  # noqa: ANN401 - the driver has no types
        self._connection = connection

    def at(self, case: CaseId, number: int) -> tuple[DocumentId, int] | None:
        """Return the document and its page that has ``number`` in ``case``, or None."""
        found = {"holder": case, "number": number}
        row = self._connection.execute(_AT, found).fetchone()
        if row is None or number >= row[1] + row[2]:
            return None
        return DocumentId(row[0]), number - row[1] + 1


def give_number(
    tx: Transaction, case: CaseId, document: DocumentId, pages: int, first: int = 0
) -> None:
    """Give a document's pages their numbers in an open transaction, from ``first`` on.

    Without it the chair's casebook gives the next numbers of the case; any other gives none.
    """
    if not first:
        if tx.connection.execute(_KIND).fetchone()[0] != "chair":
            return
        first = tx.connection.execute(_NEXT, {"holder": case}).fetchone()[0]
    tx.add_all("bundle_number", [(case, document, first, pages)])
