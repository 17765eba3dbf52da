"""What each part of a ``Worker`` stands on: a request that is sent, and what is believed of it."""

import contextlib
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any


class Asking(ABC):
    """Asks the process; the ``Worker`` says how."""

    _sent: set[str]  # what is open in the process
    _bad: dict[tuple[str, int], str]  # pages that ended the process are not tried again

    @abstractmethod
    def _ask(
        self, head: Mapping[str, object], body: bytes, seconds: float, most: int, page: int = 0
    ) -> tuple[dict[str, Any], bytes]:
        """Send one request and return its answer."""

    @abstractmethod
    def _believed(self, page: int = 0) -> contextlib.AbstractContextManager[None]:
        """Turn a lie of the process into its end and a sentence."""
