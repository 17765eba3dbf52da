"""What one guess at a passphrase costs: named profiles, a cheap one for tests among them."""

import os
from dataclasses import dataclass

TESTING = "REVIEWER_CHEAP_KEYS"


@dataclass(frozen=True, kw_only=True, slots=True)
class Profile:
    """What one guess costs; ``byte`` is the first byte of the salt and so names the profile."""

    byte: int
    passes: int
    memory_kib: int
    lanes: int


STANDARD = Profile(byte=1, passes=3, memory_kib=256 * 1024, lanes=4)
"""Three passes over 256 MiB: 0.4-1.2 s on a laptop (RFC 9106's second choice, more memory)."""

CHEAP = Profile(byte=255, passes=1, memory_kib=64, lanes=1)
"""For tests. Refused outside them: see ``keys.profile_of``."""


def default_profile() -> Profile:
    """Return what new casebooks cost to open: ``STANDARD``, or in our own tests ``CHEAP``.

    A casebook made with the tests' variable set is refused wherever it is not.
    """
    return CHEAP if os.environ.get(TESTING) == "1" else STANDARD
