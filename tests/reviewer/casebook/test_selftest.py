"""A part of the program that is not what it must be: nothing is opened, nothing is made."""

import hashlib
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from reviewer.casebook import engine
from reviewer.casebook.book import Casebook
from reviewer.casebook.file import selftest
from reviewer.cli.main import run
from reviewer.crypto import selftest as primitives
from reviewer.errors import EngineError
from tests.books import PASSPHRASE, chair_book

ROOT = Path(__file__).resolve().parents[3]
PLAIN_ENGINE = """
import sqlite3, sqlite3.dbapi2, sys
sys.modules["sqlcipher3"] = sqlite3
sys.modules["sqlcipher3.dbapi2"] = sqlite3.dbapi2
from reviewer.cli.main import run
sys.exit(run(sys.argv[1:]))
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "inquiry.casebook"
    chair_book(path, cases=1).close()
    return path


@pytest.fixture
def secret(tmp_path, monkeypatch):
    path = tmp_path / "passphrase.txt"
    path.write_text(PASSPHRASE, encoding="utf-8")
    monkeypatch.setenv("REVIEWER_PASSPHRASE_FILE", str(path))
    return path


@pytest.fixture
def unasked(file, monkeypatch):
    """As at the start of the program, with a casebook there: nothing has been asked yet."""
    assert selftest._sound, file
    monkeypatch.setattr(selftest, "_sound", False)


def test_every_part_works_here():
    began = time.perf_counter()
    selftest.check_all()
    took = 1000 * (time.perf_counter() - began)
    print(f"\nself-test: {len(primitives._CHECKS) + 2} parts, {took:.0f} ms")  # noqa: T201 - the figure


def test_it_is_asked_before_the_first_casebook_and_then_remembered(file, unasked, monkeypatch):
    asked = []
    monkeypatch.setattr(selftest, "check_all", lambda: asked.append(1))
    Casebook.open(file, PASSPHRASE).close()
    Casebook.open(file, PASSPHRASE).close()
    assert asked == [1]


@pytest.mark.parametrize(
    "arguments", [["new", "new.casebook", "--title", "T"], ["cases"], ["verify"]]
)
def test_the_standard_librarys_engine_in_our_place_makes_and_opens_nothing(
    file, secret, arguments
):
    """It takes the key, says nothing, and writes plain text (SECURITY 1.1)."""
    command, *rest = arguments
    named = [str(file.parent / rest[0]), *rest[1:]] if rest else [str(file)]
    before = {path: path.read_bytes() for path in file.parent.iterdir()}
    done = subprocess.run(
        [sys.executable, "-c", PLAIN_ENGINE, command, *named],
        capture_output=True, text=True, timeout=60, check=False, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert "cannot encrypt" in done.stderr
    assert done.stderr.count("\n") == 1
    assert {path: path.read_bytes() for path in file.parent.iterdir()} == before


@pytest.mark.parametrize("part", list(primitives._CHECKS))
@pytest.mark.usefixtures("secret", "unasked")
def test_a_wrong_answer_names_its_part_and_nothing_is_made(file, monkeypatch, capsys, part):
    monkeypatch.setitem(primitives._CHECKS, part, lambda: False)
    before = {path: path.read_bytes() for path in file.parent.iterdir()}
    for arguments in (
        ["new", str(file.parent / "new.casebook"), "--title", "T"],
        ["cases", str(file)],
        ["verify", str(file)],
    ):
        assert run(arguments) == 2
        told = capsys.readouterr()
        assert part in told.err
        assert "Install Reviewer again" in told.err
    assert {path: path.read_bytes() for path in file.parent.iterdir()} == before


def test_a_part_that_crashes_is_told_the_same_way(unasked, monkeypatch):
    monkeypatch.setitem(primitives._CHECKS, "the envelope (age)", lambda: 1 / 0)
    with pytest.raises(EngineError, match="the envelope"):
        selftest.require_sound()
    assert not selftest._sound


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [("OLDEST_CIPHER", (99,), "cannot encrypt"), ("OLDEST_SQLITE", (99,), "too old")],
)
@pytest.mark.usefixtures("unasked")
def test_an_engine_below_the_floor_opens_nothing(file, monkeypatch, name, value, words):
    monkeypatch.setattr(engine, name, value)
    before = file.read_bytes()
    with pytest.raises(EngineError, match=words):
        Casebook.open(file, PASSPHRASE)
    with pytest.raises(EngineError, match=words):
        chair_book(file.with_name("new.casebook"))
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == [file.name]


@pytest.mark.usefixtures("unasked")
def test_it_is_asked_before_even_an_empty_file_is_made(file, monkeypatch):
    monkeypatch.setattr(engine, "OLDEST_CIPHER", (99,))
    made = []
    monkeypatch.setattr("reviewer.casebook.file.connection.create_empty", made.append)
    with pytest.raises(EngineError):
        chair_book(file.with_name("new.casebook"))
    assert not made


def test_an_engine_that_keeps_plain_text_is_found_out(monkeypatch):
    """The check would see it: the standard library's engine fails each half of it."""
    monkeypatch.setattr(selftest, "dbapi", sqlite3)
    assert not selftest._keeps_to_itself()
    assert not selftest._reads_another()


def test_a_program_put_together_without_its_known_answer_opens_nothing(monkeypatch, tmp_path):
    monkeypatch.setattr("reviewer.assets.RESOURCES", tmp_path)
    with pytest.raises(EngineError, match="SQLCipher"):
        selftest.check_all()


class _AnySignature:
    """Signs as it must, and takes every signature for good."""

    def __init__(self, key):
        self._key = key

    @classmethod
    def from_private_bytes(cls, secret):
        return cls(Ed25519PrivateKey.from_private_bytes(secret))

    def sign(self, message):
        return self._key.sign(message)

    def public_key(self):
        return self

    def verify(self, signature, message):
        pass


def test_signatures_that_are_not_looked_at_are_found_out(monkeypatch):
    monkeypatch.setattr(primitives, "Ed25519PrivateKey", _AnySignature)
    with pytest.raises(EngineError, match="Ed25519"):
        primitives.check_primitives()


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("encrypt", lambda plain, _to: plain),
        ("decrypt", lambda _sealed, _with: b"Something else.\n"),
        ("decrypt", lambda _sealed, _with: primitives._AGE_PLAIN),
    ],
    ids=["nothing is sealed", "something else is read", "every key opens it"],
)
def test_envelopes_that_do_not_close_are_found_out(monkeypatch, name, wrong):
    monkeypatch.setattr(primitives.pyrage, name, wrong)
    with pytest.raises(EngineError, match="envelope"):
        primitives.check_primitives()


def test_an_engine_that_takes_any_key_is_found_out(monkeypatch):
    keyed = selftest._keyed
    monkeypatch.setattr(selftest, "_keyed", lambda name, _spec: keyed(name, "11" * 48))
    assert not selftest._keeps_to_itself()


def test_every_check_of_a_primitive_can_fail(monkeypatch):
    """Break what each stands on, and see it refuse."""
    monkeypatch.setattr(primitives, "argon2id", lambda *_a: bytes(32))
    monkeypatch.setattr(primitives, "_ED25519_SIGNATURE", "00" * 64)
    monkeypatch.setattr(primitives, "_HKDF", "00" * 42)
    monkeypatch.setattr(primitives.hmac, "new", lambda *_a: hashlib.sha256())
    monkeypatch.setattr(primitives, "_AGE_PLAIN", b"something else")
    assert [check() for check in primitives._CHECKS.values()] == [False] * len(primitives._CHECKS)
