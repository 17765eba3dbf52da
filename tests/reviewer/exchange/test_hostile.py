"""Files made to cost: refused in a moment and without memory, under a limit of 1 GiB.

Each runs in a process of its own whose address space is limited, as a small laptop would be.
"""

import json
import os
import subprocess
import sys
import textwrap

import pytest

from reviewer.method.price import MAX_MARKS
from tests.vectors.panel import load

LIMIT_S = 0.2
LIMIT_BYTES = 50 << 20
_TRY = """
import json, os, pathlib, re, resource, sys, time, types
from reviewer.exchange import files
from reviewer.casebook.book import Casebook
from reviewer.exchange.merge import receive
from reviewer.method.framework import load
from reviewer.errors import FrameworkError
from tests.books import PASSPHRASE

def memory(name):
    status = pathlib.Path("/proc/self/status").read_text()
    return int(re.search(name + r":\\s+(\\d+) kB", status)[1]) << 10

what, book, path = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
with Casebook.open(book, PASSPHRASE) as chair:
    receive(chair, [])  # the keys are made and everything is imported
    before = chair.journal.tail(1)
    pathlib.Path("/proc/self/clear_refs").write_text("5")
    rss, start = memory("VmRSS"), time.process_time()
    if what == "growing":  # between the look at it and the reading
        def grow(handle):
            facts = os.fstat(handle)
            os.truncate(path, 1 << 30)
            return facts
        files.os = types.SimpleNamespace(fstat=grow)
    if what == "framework":
        try:
            load(path)
            said = ["", "", "taken"]
        except FrameworkError as error:
            said = ["refused", "framework", str(error)]
    else:
        (verdict,) = receive(chair, [path])
        said = [verdict.standing.value, verdict.layer, verdict.sentence]
    seconds, grown = time.process_time() - start, memory("VmHWM") - rss
    assert chair.journal.tail(1) == before
print(json.dumps({"said": said, "seconds": seconds, "grown": grown}))
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    path = tmp_path_factory.mktemp("hostile") / "chair.casebook"
    load().build(path).close()
    return path


def _try(book, path, what="return", *, at_most=LIMIT_BYTES, within=LIMIT_S):
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(_TRY), what, book, path],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout)
    cost = f"{found['seconds'] * 1000:.1f} ms, {found['grown'] / (1 << 20):.1f} MiB"
    print(f"\n{path.name} as {what}: {cost}")  # noqa: T201 - the figures
    assert found["seconds"] < within
    assert found["grown"] < at_most
    standing, layer, sentence = found["said"]
    assert standing == "refused"
    assert sentence.endswith(".")
    return layer, sentence


def _sparse(path, size):
    with path.open("wb") as stream:
        stream.truncate(size)
    return path


def _stanzas(path, stanza, count):
    path.write_bytes(b"age-encryption.org/v1\n" + stanza * count + b"--- " + b"A" * 43 + b"\n")
    return path


_SCRYPT = b"-> scrypt AAAAAAAAAAAAAAAAAAAAAA 63\n" + b"A" * 43 + b"\n"
_X25519 = b"-> X25519 " + b"A" * 43 + b"\n" + b"A" * 43 + b"\n"


def test_a_passphrase_file_whose_work_factor_is_63(book, tmp_path):
    layer, sentence = _try(book, _stanzas(tmp_path / "a.return", _SCRYPT, 1))
    assert (layer, "passphrase" in sentence) == ("age", True)


def test_ten_thousand_stanzas(book, tmp_path):
    assert _try(book, _stanzas(tmp_path / "a.return", _X25519, 10_000))[0] == "age"


def test_one_stanza_of_ten_thousand_words(book, tmp_path):
    stanza = b"-> X25519" + b" a" * 10_000 + b"\n\n"
    assert _try(book, _stanzas(tmp_path / "a.return", stanza, 1))[0] == "age"


def test_a_return_of_one_gigabyte(book, tmp_path):
    long = _sparse(tmp_path / "a.return", 1 << 30)
    assert _try(book, long, at_most=8 << 20)[0] == "size"


def test_endless_data(book, tmp_path):
    os.mkfifo(tmp_path / "pipe.return")
    (tmp_path / "zero.return").symlink_to("/dev/zero")
    for name in ("pipe.return", "zero.return"):
        assert _try(book, tmp_path / name)[0] == "file"


def test_a_file_that_grows_while_it_is_read(book, tmp_path):
    """It was small when it was looked at and is 1 GiB when it is opened."""
    path = tmp_path / "a.return"
    path.write_bytes(b"age")
    # 32 MiB of it are read, where the others need their first bytes.
    assert _try(book, path, what="growing", within=2.0)[0] == "size"
    assert path.stat().st_size == 1 << 30


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("factors", "at most"),
        ("huge", "larger than"),
        ("zero", "no file"),
        ("nested", "valid TOML"),
        ("deep", "far more lines, lists"),
    ],
)
def test_a_framework_made_to_cost(book, tmp_path, name, said):
    path = tmp_path / "framework.toml"
    if name == "factors":
        rows = (f'[[factors]]\ncode = "F-{n}"\ngroup = "G"\nname = "N"\n' for n in range(10_000))
        path.write_text("".join(rows), encoding="utf-8")
    elif name == "huge":
        _sparse(path, 1 << 30)
    elif name == "zero":
        path.symlink_to("/dev/zero")
    else:
        depth = MAX_MARKS - 1 if name == "nested" else 100_000  # with the mark of the key itself
        path.write_text("a = " + "[" * depth, encoding="utf-8")
    assert said in _try(book, path, what="framework")[1]
