"""One Reviewer at a time on a casebook, told who, and no way for two to harm it."""

import os
import signal
import subprocess
import sys

import pytest

from reviewer.casebook.book import Casebook
from reviewer.casebook.file import checking, computer, open_by
from reviewer.casebook.file import connection as files
from reviewer.crypto.keys import derive
from reviewer.errors import BusyError
from reviewer.records.judgement import Rating
from tests.books import PASSPHRASE, chair_book
from tests.reviewer.casebook.interrupted import interrupt

HOLD = """
import sys
from pathlib import Path
from reviewer.casebook.book import Casebook
from tests.books import PASSPHRASE
book = Casebook.open(Path(sys.argv[1]), PASSPHRASE)
print("open", flush=True)
sys.stdin.readline()
book.close()
"""

WORK = """
import sys
from pathlib import Path
from reviewer.casebook.file import connection as files
from reviewer.casebook.book import Casebook
from reviewer.errors import BusyError
from tests.books import PASSPHRASE
files.BUSY_MS = 20
made = busy = 0
while made < 4 and busy < 300:
    try:
        with Casebook.open(Path(sys.argv[1]), PASSPHRASE) as book:
            case = book.cases.all()[made % 3]
            text = f"{sys.argv[2]} {made} " * 40
            book.reviews.set_text(book.about.member, case.id, 1, narrative=text)
            made += 1
    except BusyError:
        busy += 1
print(made, busy)
"""


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "inquiry.casebook"
    chair_book(path, cases=3).close()
    return path


def start(code, *arguments):
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        text=True,
    )


@pytest.mark.parametrize("large", [False, True], ids=["small", "while it is checked"])
def test_a_second_opener_is_told_who_has_it_since_when(path, monkeypatch, large):
    monkeypatch.setattr(files, "BUSY_MS", 20)
    if large:
        monkeypatch.setattr(checking, "LARGE", 0)
    pid = os.getpid()
    with Casebook.open(path, PASSPHRASE) as book:
        assert book.checked is not large
        with pytest.raises(BusyError, match=rf"on this computer, since .*process {pid}\)"):
            Casebook.open(path, PASSPHRASE)
        book.finish_checks()
        with pytest.raises(BusyError):
            Casebook.open(path, PASSPHRASE)
    Casebook.open(path, PASSPHRASE).close()


def test_another_program_is_refused_and_what_a_killed_one_held_is_free_again(path):
    other = start(HOLD, path)
    assert other.stdout.readline() == "open\n"
    with pytest.raises(BusyError, match=f"process {other.pid}"):
        Casebook.open(path, PASSPHRASE)
    other.send_signal(signal.SIGKILL)
    other.communicate()
    with Casebook.open(path, PASSPHRASE) as book:
        assert len(book.cases.all()) == 3
        assert computer.recall("open", str(path))["pid"] == os.getpid()
    assert computer.recall("open", str(path)) == {}


def test_whoever_is_refused_the_lock_does_not_say_that_they_have_it(path, monkeypatch):
    """Somebody only reads the file, with other software: nobody may write, and nobody is named."""
    monkeypatch.setattr(files, "BUSY_MS", 20)
    salt = files.read_salt(path)
    reader = files.connect(path, derive(PASSPHRASE, salt), salt, read_only=True)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM meta").fetchone()
    with pytest.raises(BusyError, match="open elsewhere"):
        Casebook.open(path, PASSPHRASE)
    assert computer.recall("open", str(path)) == {}
    reader.close()


def test_a_note_of_a_dead_program_is_not_believed(path):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    facts = {"pid": gone.pid, "since": "2026-01-01T10:00:00+00:00"}
    computer.remember("open", str(path), facts)
    assert "perhaps on another computer" in str(open_by.busy(path))
    computer.remember("open", str(path), {**facts, "pid": os.getpid()})
    assert "since 10:00 on 1 January 2026" in str(open_by.busy(path))
    computer.remember("open", str(path), {"pid": "x", "since": 3})
    assert "perhaps on another computer" in str(open_by.busy(path))


AT_ONCE = """
import sys
from pathlib import Path
from reviewer.casebook.file import connection as files
from reviewer.casebook.book import Casebook
from reviewer.errors import BusyError
from tests.books import PASSPHRASE
files.BUSY_MS = 20
print("ready", flush=True)
sys.stdin.readline()
try:
    book = Casebook.open(Path(sys.argv[1]), PASSPHRASE)
    print("open", flush=True)
    sys.stdin.readline()
    book.close()
except BusyError as error:
    print(error, flush=True)
"""


@pytest.mark.slow
@pytest.mark.parametrize("journal", [False, True], ids=["", "beside a killed program's journal"])
def test_five_at_once_and_each_refusal_names_who_has_it(path, journal):
    if journal:
        interrupt(path)
    five = [start(AT_ONCE, path) for _ in range(5)]
    for one in five:
        assert one.stdout.readline() == "ready\n"
    for one in five:
        one.stdin.write("go\n")
        one.stdin.flush()
    told = {one.pid: one.stdout.readline().strip() for one in five}
    (winner,) = [pid for pid, what in told.items() if what == "open"]
    refusals = [what for pid, what in told.items() if pid != winner]
    for one in five:
        one.communicate("")
    assert all("in another Reviewer on this computer, since" in what for what in refusals), told
    for pid, what in told.items():  # whoever settled it, or stepped back, had it for that long
        others = {one.pid for one in five} - {pid}
        assert pid == winner or any(f"process {other})" in what for other in others), told


@pytest.mark.skipif(sys.platform != "linux", reason="Linux tells who holds a lock")
def test_a_holder_that_made_no_note_is_named_by_its_lock(path):
    """Other software, or a Reviewer that cannot write to its own folder."""
    code = "import fcntl,sys; f=open(sys.argv[1],'r+b'); fcntl.lockf(f,2,1,0x40000001);"
    other = start(code + "print('held',flush=True); sys.stdin.readline()", path)
    assert other.stdout.readline() == "held\n"
    with pytest.raises(
        BusyError, match=rf"another program on this computer \(process {other.pid}\)"
    ):
        Casebook.open(path, PASSPHRASE)
    other.communicate("")


@pytest.mark.slow
def test_two_programs_that_fight_for_a_casebook_leave_it_whole(path):
    both = [start(WORK, path, name) for name in ("left", "right")]
    made = [int(one.communicate()[0].split()[0]) for one in both]
    assert made == [4, 4]
    with Casebook.open(path, PASSPHRASE) as book:
        entries = book.journal.tail(1)[0].seq
        assert entries == 3 + sum(made)
        book.ratings.put(
            book.about.member, book.cases.all()[0].id, 1, Rating(factor="SYS-CALL", value=1)
        )
    assert all(check.passed for check in Casebook.verify(path, PASSPHRASE))
    assert [p.name for p in path.parent.iterdir()] == [path.name]
