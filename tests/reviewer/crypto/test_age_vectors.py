"""The age project's own vectors through our opener: nothing wrong is taken, nothing right is lost.

What age allows and our policy refuses stands here by name, with the reason that must be given.
"""

import hashlib
import time
import zlib
from dataclasses import dataclass
from pathlib import Path

import pytest

from reviewer.crypto import envelope
from reviewer.crypto.identity import new_age_key
from reviewer.errors import ReturnError
from tests.memory import grown

AGE = Path(__file__).parents[2] / "vectors" / "age"
X25519 = "AGE-SECRET-KEY-1"
NOBODY = new_age_key().secret
_TEXT, _BEGIN = "text form of age", "its beginning is damaged"
_PASSPHRASE, _ONE = "locked with a passphrase", "exactly one key"

# Right in age, refused by us: we take binary files to one X25519 key and ``*-grease``, no others.
POLICY = {
    "armor_crlf": _TEXT,
    "armor_full_last_line": _TEXT,
    "armor_hybrid": _TEXT,
    "armor_no_eol": _TEXT,
    "armor_scrypt": _TEXT,
    "armor_whitespace_outside": _BEGIN,
    "armor_x25519": _TEXT,
    "hybrid": _ONE,
    "hybrid_and_x25519": _ONE,
    "hybrid_grease": _ONE,
    "hybrid_multiple_recipients": _ONE,
    "scrypt": _PASSPHRASE,
    "stanza_empty_body": _ONE,
    "stanza_empty_last_line": _ONE,
    "stanza_valid_characters": _ONE,
    "x25519_grease": _ONE,
    "x25519_multiple_recipients": _ONE,
}


@dataclass(frozen=True, kw_only=True)
class AgeVector:
    expect: str
    secret: str
    payload: str
    body: bytes


def _read(path):
    head, _, body = path.read_bytes().partition(b"\n\n")
    facts = dict(line.split(": ", 1) for line in head.decode("ascii").splitlines())
    secrets = [
        line.split(": ", 1)[1]
        for line in head.decode("ascii").splitlines()
        if line.startswith(f"identity: {X25519}")
    ]
    return AgeVector(
        expect=facts["expect"],
        secret=secrets[0] if secrets else NOBODY,
        payload=facts.get("payload", ""),
        body=zlib.decompress(body) if facts.get("compressed") == "zlib" else body,
    )


VECTORS = {path.name: _read(path) for path in sorted(AGE.iterdir()) if path.suffix != ".md"}


def _open(vector):
    """Open one vector within its limits of time and memory."""
    with grown(at_most=200 << 20):
        start = time.process_time()
        try:
            return envelope.unlock(vector.body, vector.secret)
        finally:
            assert time.process_time() - start < 1


def test_all_vectors_are_here():
    assert len(VECTORS) == 143
    assert set(POLICY) < {name for name, vector in VECTORS.items() if vector.expect == "success"}


@pytest.mark.parametrize("name", VECTORS)
def test_each_vector_is_opened_or_refused_as_it_must_be(name):
    vector = VECTORS[name]
    if vector.expect == "success" and name not in POLICY:
        assert hashlib.sha256(_open(vector)).hexdigest() == vector.payload
        return
    with pytest.raises(ReturnError, match=POLICY.get(name)) as refused:
        _open(vector)
    assert refused.value.layer in {"age", "recipient"}
    assert str(refused.value).endswith(".")


def test_a_file_for_somebody_else_is_told_apart_from_a_damaged_one():
    with pytest.raises(ReturnError) as refused:
        _open(VECTORS["x25519_no_match"])
    assert refused.value.layer == "recipient"
