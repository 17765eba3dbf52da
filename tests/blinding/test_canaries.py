"""Before the release no word of another reviewer is anywhere; after it, all are found.

Run with ``-s`` to see the figures.
"""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from reviewer.casebook.book import Casebook
from reviewer.exchange.merge import receive
from reviewer.exchange.release import release
from tests.blinding import chair_process, window_process
from tests.blinding.finding import (
    decrypted,
    files_in,
    members_in,
    memory_of,
    others,
    words_in,
)
from tests.blinding.planting import CASES, CHAIR, PANELLISTS
from tests.books import PASSPHRASE, sql_of

ROOT = Path(__file__).resolve().parents[2]
FIELDS = 10  # quote, prefix, suffix, note, comment, record, why, narrative, good practice, other


def told(place, planted, mine, found):
    print(  # noqa: T201 - the figures of docs/reliability.md
        f"\n{place}: {len(planted.words)} planted, own found {sum(mine.values())},"
        f" of others {sum(found.values())}"
    )


def test_every_field_of_everybody_holds_its_own_word(panel):
    assert len(panel.planted.words) == CASES * FIELDS * 7 + len(PANELLISTS)
    assert {len(word) for word in panel.planted.words} == {24}


def test_no_pack_holds_a_word_of_anybody_else(panel):
    for name, path in panel.packs.items():
        found = words_in(decrypted(path), panel.planted, names=True)
        assert others(found, name) == Counter()
        assert {key for key in found if key[0] == name} >= {
            panel.planted.words[word] for word in panel.planted.of(name)
        }, "the scan must find everything of their own"
    told("packs", panel.planted, found, others(found, name))


def test_a_return_holds_no_word_in_clear(panel):
    for path in panel.returns.values():
        assert words_in(path.read_bytes(), panel.planted) == Counter()


def test_before_the_release_the_chairs_pages_hold_no_work_of_others(panel):
    """All tables, free pages and index shadows, decrypted page by page."""
    with Casebook.open(panel.chair, PASSPHRASE) as book:
        assert not any(v.refused for v in receive(book, list(panel.returns.values())))
    found = words_in(decrypted(panel.chair), panel.planted)
    assert others(found, CHAIR) == Counter()
    assert members_in(found) == {CHAIR}
    told("the chair's database, before", panel.planted, found, others(found, CHAIR))
    with Casebook.open(panel.chair, PASSPHRASE) as book:
        release(book)
    found = words_in(decrypted(panel.chair), panel.planted)
    planted = {key for key in panel.planted.words.values() if key[1] != "name"}
    assert planted <= set(found)
    told("the chair's database, after", panel.planted, found, others(found, CHAIR))


@pytest.fixture
def start(panel, tmp_path):
    """Start a script on the panel; it is ended at the latest after the test."""
    started = []

    def begin(script, *arguments):
        home = tmp_path / "home of the chair"
        home.mkdir(exist_ok=True)
        secret = tmp_path / "passphrase"
        secret.write_text(PASSPHRASE)
        process = subprocess.Popen(
            [sys.executable, script.__file__, panel.chair.parent, *arguments],
            cwd=home,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT),
                "HOME": str(home),
                "XDG_CONFIG_HOME": str(home),
                "XDG_CACHE_HOME": str(home),
                "XDG_DATA_HOME": str(home),
                "TMPDIR": str(home),
                "REVIEWER_PASSPHRASE_FILE": str(secret),
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.communicate()


def until(process, word):
    """Return what a process says up to the line ``word``."""
    said = b""
    for line in process.stdout:
        said += line
        if line.strip() == word:
            return said
    return pytest.fail(said[-2000:].decode())


def held_by(process, planted):
    try:
        return memory_of(process.pid, planted)
    except PermissionError:
        return pytest.skip("this machine does not let a test read its own child's memory")


def go_on(process):
    process.stdin.write(b"\n")
    process.stdin.flush()


@pytest.fixture
def chair(panel, start):
    """Run the chair's commands on the panel; returns (words in memory, words in the output)."""

    def run(mode):
        (panel.chair.parent / "exports").mkdir()
        process = start(chair_process, mode)
        said = until(process, b"READY")
        memory = held_by(process, panel.planted)
        process.communicate(b"\n", timeout=300)
        assert process.returncode == 0
        return memory, words_in(said, panel.planted)

    return run


@pytest.mark.slow
def test_before_the_release_nothing_of_others_is_in_memory_output_or_any_file(panel, chair):
    memory, output = chair("sealed")
    assert others(memory, CHAIR) == Counter()
    assert others(output, CHAIR) == Counter()
    assert members_in(memory) == {CHAIR}, "the scan must find the chair's own words"
    told("the chair's memory, before", panel.planted, memory, others(memory, CHAIR))
    told("the chair's --json output, before", panel.planted, output, others(output, CHAIR))
    folder = panel.chair.parent
    assert list((folder / "backups").glob("*.casebook"))
    assert not (folder / "summary").exists() or not any((folder / "summary").iterdir())
    for name in ("exports", "backups", "returns"):
        found = files_in(folder / name, panel.planted)
        assert others(found, CHAIR) == Counter(), name
        assert CHAIR in members_in(found) or name == "returns"
        told(name, panel.planted, found, others(found, CHAIR))
    home = files_in(folder.parent / "home of the chair", panel.planted)
    assert home == Counter()
    told("settings, logs and temporary files", panel.planted, Counter(), home)


@pytest.mark.nightly
def test_after_the_release_the_scan_of_memory_finds_everybody(panel, chair):
    memory, _output = chair("released")
    assert {CHAIR, *PANELLISTS} <= members_in(memory)
    told("the chair's memory, after", panel.planted, memory, others(memory, CHAIR))


@pytest.mark.slow
def test_a_receipt_that_reads_would_be_seen(panel, chair):
    memory, _output = chair("cheat")
    assert set(PANELLISTS) <= members_in(memory)
    told("the memory of a receipt that reads", panel.planted, memory, others(memory, CHAIR))


LEFT_AFTER_LOCK = 300
"""Most words of the chair's own that may be left in memory once locked: a trend, not a promise.

Python and Qt free text without wiping it. Measured: see docs/reliability.md.
"""


@pytest.mark.nightly
def test_the_memory_of_the_window_before_the_release_and_once_locked(panel, start):
    process = start(window_process)
    until(process, b"WALKED")
    walked = held_by(process, panel.planted)
    assert others(walked, CHAIR) == Counter()
    assert members_in(walked) == {CHAIR}
    told("the window's memory, before", panel.planted, walked, others(walked, CHAIR))
    go_on(process)
    until(process, b"LOCKED")
    locked = held_by(process, panel.planted)
    assert others(locked, CHAIR) == Counter()
    told("the window's memory, locked", panel.planted, locked, others(locked, CHAIR))
    assert sum(locked.values()) <= LEFT_AFTER_LOCK
    process.communicate(b"\n", timeout=300)
    assert process.returncode == 0


def test_a_word_in_a_free_page_would_be_seen(panel):
    """The guard of the scan itself: with secure_delete off, what was deleted stays readable."""
    with Casebook.open(panel.chair, PASSPHRASE) as book:
        connection = sql_of(book)
        connection.execute("PRAGMA secure_delete = OFF")
        word = panel.planted.word("nobody", "a free page")
        connection.execute("CREATE TABLE gone (text)")
        connection.executemany("INSERT INTO gone VALUES (?)", [(word * 100,) for _ in range(50)])
        connection.execute("DROP TABLE gone")
    assert words_in(decrypted(panel.chair), panel.planted)["nobody", "a free page"] > 0
