"""Our side of small pictures of pages: made once at import, decoded in the worker too."""

import time
from abc import abstractmethod
from collections.abc import Mapping
from typing import Any

from reviewer.documents import limits
from reviewer.documents.outside import untrusted as checks
from reviewer.documents.outside.asking import Asking
from reviewer.documents.outside.spawn import Shared
from reviewer.documents.outside.untrusted import Bitmap, Lie
from reviewer.errors import DocumentError


class Previewing(Asking):
    """The part of a ``Worker`` that makes and decodes previews of pages."""

    _shared: Shared

    @abstractmethod
    def _page(
        self, key: str, page: int, head: Mapping[str, object], most: int
    ) -> tuple[dict[str, Any], bytes]:
        """Ask for something of a page, and once more where the process had died before."""

    def preview(self, key: str, page: int) -> bytes:
        """Return ``page`` (from 1) as a JPEG of ``limits.PREVIEW_WIDTH`` pixels across, or less.

        A page without colour is grey. Raises ``DocumentError``.
        """
        head = {"do": "preview", "key": key, "page": page}
        try:
            _, body = self._page(key, page, head, limits.MAX_PREVIEW)
        except DocumentError:
            self._bad.pop((key, page), None)  # its words may be read all the same
            raise
        with self._believed(page):
            return checks.preview(body)

    def picture(self, preview: bytes, across: int = 0) -> Bitmap:
        """Return the pixels of a JPEG that ``preview`` made. Raises ``DocumentError``.

        It is read smaller, in a part of the time, where fewer pixels ``across`` are enough.
        """
        most = 0 if self._shared.used else limits.PREVIEW_PIXELS
        asked = {"do": "picture", "across": across}
        answer, body = self._ask(asked, preview, limits.PAGE_SECONDS, most)
        with self._believed():
            width, height, stride = checks.small(answer)
            data = self._shared.copy(stride * height) if self._shared.used else body
            if len(data) != stride * height:
                raise Lie("pixels")
        return Bitmap(width=width, height=height, stride=stride, data=data)


class Made:
    """The previews of one document while it is read; what cannot be drawn has none."""

    def __init__(self, worker: Previewing, key: str) -> None:
        self._worker, self._key = worker, key
        self._size = self._failed = 0
        self.seconds = 0.0  # that they took so far
        self.previews: dict[int, bytes] = {}

    def add(self, page: int) -> None:
        """Make one more, unless they have become too many or keep failing."""
        if self._failed >= limits.PREVIEW_FAILURES or self._size >= limits.PREVIEWS:
            return
        begun = time.monotonic()
        try:
            self.previews[page] = made = self._worker.preview(self._key, page)
            self._size += len(made)
        except DocumentError:
            self._failed += 1
        self.seconds += time.monotonic() - begun
