"""One spelling for one value: the bytes that are hashed and signed."""

import hashlib
import json


def canonical(value: object) -> bytes:
    """Return ``value`` as canonical JSON: UTF-8, keys sorted, no spaces, no NaN or infinity.

    Raises ``ValueError`` for NaN and infinity and ``TypeError`` for what JSON cannot hold.
    """
    return json.dumps(
        value, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":")
    ).encode("utf-8")


def fingerprint(value: object) -> str:
    """Return the SHA-256 of ``canonical(value)`` as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(value)).hexdigest()
