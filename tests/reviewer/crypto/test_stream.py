"""A disk may fail at any read of an update: whichever it is, a sentence says so."""

import io
import os

from reviewer.crypto.identity import new_age_key
from reviewer.crypto.stream import lock_stream, unlock_stream
from reviewer.errors import ReturnError

PIECE = 70_000  # bytes: more than one read


class Failing(io.BytesIO):
    """A file whose read number ``nth`` fails."""

    def __init__(self, content, nth):
        super().__init__(content)
        self.left = nth

    def read(self, size=-1):
        self.left -= 1
        if self.left == 0:
            raise OSError(5, os.strerror(5))
        return super().read(size)


def parser(got):
    got.append((yield PIECE))


def refusal(content, secret, nth):
    """Return the refusal where read number ``nth`` fails, or None where it came through."""
    got = []
    try:
        unlock_stream(Failing(content, nth), secret, parser(got))
    except ReturnError as error:
        return error
    assert got == [b"x" * PIECE]
    return None


def test_every_read_that_fails_has_a_sentence():
    key, sealed = new_age_key(), io.BytesIO()
    lock_stream(iter([b"x" * PIECE]), key.public, sealed)
    told = [refusal(sealed.getvalue(), key.secret, nth) for nth in range(1, 40)]
    refused = [error for error in told if error is not None]
    assert told[0] is not None
    assert 2 < len(refused) < len(told)
    assert {error.layer for error in refused} == {"file"}
    assert all("could not be read" in str(error) for error in refused)
