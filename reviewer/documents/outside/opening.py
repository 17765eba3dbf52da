"""What is open in the process: sent whole, or a piece at a time as the process asks for it."""

from collections.abc import Mapping
from typing import Any

from reviewer.documents import limits, refusals
from reviewer.documents.outside import untrusted as checks
from reviewer.documents.outside.asking import Asking
from reviewer.documents.outside.untrusted import Lie
from reviewer.errors import DocumentError
from reviewer.records.large import FileBytes, LargeFile, whole


class Opening(Asking):
    """The part of a ``Worker`` that opens documents."""

    def __init__(self) -> None:
        self._files: dict[str, FileBytes] = {}  # what is open, to open it again after a restart
        self._in_pieces: set[str] = set()  # of which only what is asked for is sent

    def open(self, key: str, pdf: FileBytes) -> int:
        """Open a PDF under ``key`` and return its number of pages.

        One that is too large to be sent is opened in pieces. Raises ``DocumentError``. Opening a
        key again replaces what was open under it.
        """
        if isinstance(pdf, LargeFile) and len(pdf) > limits.MAX_BYTES:
            return self.open_in_pieces(key, pdf)
        self._drop(key)
        pdf = whole(pdf)
        if len(pdf) > limits.MAX_BYTES:
            raise refusals.refusal("large")
        pages = self._open(key, pdf)  # the worker itself closes what the key stood for
        self._files[key] = pdf
        return pages

    def open_in_pieces(self, key: str, pdf: FileBytes) -> int:
        """Do as ``open``, and send of the PDF only what the process asks for.

        A false number of pages is believed, as long as it is not 0. Raises ``DocumentError``.
        """
        self._drop(key)
        if len(pdf) > limits.MAX_LARGE:
            raise refusals.refusal("larger")
        self._files[key] = pdf
        self._in_pieces.add(key)
        try:
            return self._open(key, pdf)
        except DocumentError:
            self._drop(key)
            raise

    def _open(self, key: str, pdf: FileBytes) -> int:
        head, body = self._given(key, pdf)
        head = {**head, "do": "open", "key": key}
        answer, _ = self._ask(head, body, limits.DOCUMENT_SECONDS, 0)
        with self._believed():
            pages = checks.whole(answer, "pages", 1, limits.MAX_PAGES)
        self._sent.add(key)
        return pages

    def _given(self, key: str, file: FileBytes) -> tuple[dict[str, object], bytes]:
        """Return what a request says of a file, and what is sent of it."""
        if isinstance(file, LargeFile) or key in self._in_pieces:
            return {"size": len(file)}, b""
        return {}, file

    def _piece(self, untrusted: Mapping[str, Any]) -> bytes:
        """Return a piece of a document that was opened in pieces."""
        key = untrusted["piece"]
        if not isinstance(key, str) or key not in self._in_pieces or key not in self._files:
            raise Lie("piece")
        file = self._files[key]
        last = (len(file) - 1) // limits.PIECE
        start = checks.whole(untrusted, "number", 0, last) * limits.PIECE
        return file[start : start + limits.PIECE]

    def _drop(self, key: str) -> None:
        self._files.pop(key, None)
        self._in_pieces.discard(key)
        for at in [at for at in self._bad if at[0] == key]:
            del self._bad[at]
