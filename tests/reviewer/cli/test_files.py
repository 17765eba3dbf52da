"""Wherever a file is asked for, a pipe and a device are refused at once, with a sentence."""

import os
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from reviewer.errors import ReviewerError
from reviewer.exchange.custody import read_half
from tests.books import PASSPHRASE, chair_book

REPLACED = ("--document", "Custody record")
TO_A = ("--member", "A", "--to", "OUT")
ASKED = {
    "cases": ("cases", "BAD"),
    "status": ("status", "BAD"),
    "text": ("text", "BAD", "--case", "2010-01"),
    "original": ("original", "BAD", "--case", "2010-01", *REPLACED, "--to", "OUT"),
    "verify": ("verify", "BAD"),
    "backup": ("backup", "BAD"),
    "copy": ("copy", "BAD", "--to", "OUT"),
    "restore from": ("restore", "FILE", "--from", "BAD"),
    "restore": ("restore", "BAD", "--from", "FILE"),
    "recover with": ("recover", "FILE", "--sheet-file", "BAD", "--new-passphrase-file", "TEXT"),
    "new": ("new", "OUT/x.casebook", "--title", "T", "--chair", "C", "--framework", "BAD"),
    "import a register": ("import", "FILE", "--register", "BAD"),
    "import a document": ("import", "FILE", "--case", "2010-01", "BAD"),
    "import a sheet": ("sheet", "FILE", "--import", "BAD"),
    "a register of records": ("records", "FILE", "--import", "BAD"),
    "a letter": ("records", "FILE", "--letters", "OUT", "--template", "BAD"),
    "merge": ("merge", "FILE", "BAD"),
    "correct": ("correct", "FILE", "BAD", "--case", "2010-01", "--reason", "x", *REPLACED),
    "passphrase": ("cases", "FILE", "--passphrase-file", "BAD"),
    "new passphrase": ("passphrase", "FILE", "--new-passphrase-file", "BAD"),
    "a panellist's": ("issue", "FILE", *TO_A, "--member-passphrase-file", "BAD"),
    "write the journal": ("journal", "FILE", "--to", "BAD"),
}
SENTENCE = re.compile(
    r"pipe|device|not a casebook|is no file|no file .* there|link or a folder|already exists"
    r"|not a file|not imported|could not be read|must be"
)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "inquiry.casebook"
    chair_book(path, cases=2).close()
    return path


@pytest.fixture(params=["pipe", "/dev/zero", "/dev/full", "link to a pipe", "socket"])
def bad(request, tmp_path):
    path = tmp_path / "bad"
    if request.param.startswith("/dev"):
        if not os.path.exists(request.param):  # noqa: PTH110 - a device
            pytest.skip("SKIPPED: no such device")
        return request.param
    if request.param == "socket":
        made = f"import socket; socket.socket(socket.AF_UNIX).bind({str(path)!r})"
        subprocess.run([sys.executable, "-c", made], check=True)
        return path
    os.mkfifo(path)
    if request.param == "pipe":
        return path
    link = tmp_path / "link"
    link.symlink_to(path)
    return link


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes that have names")
@pytest.mark.parametrize("asked", ASKED)
def test_what_is_no_file_is_refused_at_once(reviewer, tmp_path, file, bad, asked):
    (tmp_path / "text").write_text("lanterns over the estuary at dusk\n", encoding="utf-8")
    (tmp_path / "out").mkdir()
    said = []
    given = [
        str(part)
        .replace("BAD", str(bad))
        .replace("FILE", str(file))
        .replace("TEXT", str(tmp_path / "text"))
        .replace("OUT", str(tmp_path / "out"))
        for part in ASKED[asked]
    ]
    work = threading.Thread(target=lambda: said.append(reviewer(*given)), daemon=True)
    work.start()
    work.join(20)
    assert said, "it waits for ever"
    assert said[0].code == 2, said[0]
    assert "Traceback" not in said[0].err
    assert "Usage" not in said[0].err, said[0].err
    assert SENTENCE.search(said[0].err), said[0].err
    assert os.path.lexists(bad)


def test_neither_is_a_custodians_sheet(bad):
    with pytest.raises(ReviewerError, match=r"a pipe or a device|could not be read"):
        read_half(Path(bad))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no such shell")
def test_a_passphrase_may_come_through_the_shells_own_pipe(file):
    """So that it need not lie on the disk; nothing else may."""
    ours = f"{sys.executable} -m reviewer"
    environment = {k: v for k, v in os.environ.items() if k != "REVIEWER_PASSPHRASE_FILE"}

    def shell(line):
        return subprocess.run(
            ["bash", "-c", line], capture_output=True, text=True, env=environment, check=False
        )

    secret = f"--passphrase-file <(printf '%s\\n' '{PASSPHRASE}')"
    done = shell(f"{ours} cases {file} {secret}")
    assert (done.returncode, done.stderr) == (0, "")
    done = shell(f"printf '{PASSPHRASE}' | {ours} cases {file} --passphrase-file /dev/stdin")
    assert done.returncode == 0, done.stderr
    done = shell(f"{ours} cases {file} --passphrase-file <(head -c 9000 /dev/zero)")
    assert done.returncode == 2
    done = shell(f"{ours} recover {file} --sheet-file <(echo 1) --new-passphrase-file <(echo x)")
    assert done.returncode == 2
    assert "a pipe or a device" in done.stderr
