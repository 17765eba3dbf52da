"""A worker whose answers are worked out once more in the test's own process, and must be equal.

What is confined reads what one that is not would read: no library that is missing there, no file
out of reach, no call that is refused changes a page, a note, a ledger or a pixel.
"""

import re
import warnings

from reviewer.documents.inside.service import Service
from reviewer.documents.outside.worker import Worker

PIXELS = {"render", "picture"}  # answered by memory that both share
ITS_OWN = {"report"}  # what a process says of itself
WITHOUT_LIMITS = {"memory"}  # refused by what confines it
NUMBER = re.compile(rb"/ID\s*\[[^\]]*\]")  # each copy of a PDF that is opened for good has its own


class Both(Worker):
    """A worker, and a second reader of the same requests that nothing confines."""

    def _alive(self):
        running = super()._alive()
        if not hasattr(running, "service"):
            running.service = Service(None)
            running.service.fetch = self._fetch
            running.ask = self._of_both(running.ask, running.service)
        return running

    def _fetch(self, key, number):
        return self._piece({"piece": key, "number": number})

    def _of_both(self, ask, service):
        def asked(head, body, seconds, most):
            answer, blob = ask(head, body, seconds, most)
            if head["do"] not in ITS_OWN and answer.get("refused") not in WITHOUT_LIMITS:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")  # which the worker says to nobody
                    here, there = service.answer(head, bytes(body))
                assert here == answer, f"confined and not: {head}"
                shown = blob
                if head["do"] in PIXELS and self._shared.used and "refused" not in answer:
                    shown = self._shared.copy(answer["stride"] * answer["height"])
                assert NUMBER.sub(b"", there) == NUMBER.sub(b"", shown), (
                    f"confined and not, in the bytes of the answer: {head}"
                )
            return answer, blob

        return asked
