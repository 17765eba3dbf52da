"""A program under strace: what it opened, wrote and connected to, and every byte it wrote."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.leaks.canaries import found

ROOT = Path(__file__).resolve().parents[2]
_OPENS = ("open", "openat", "openat2", "creat")
_MAKES = (
    *("rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat", "mkdir"),
    *("mkdirat", "mknod", "mknodat", "truncate", "memfd_create"),
)
_WRITES = ("write", "pwrite64", "writev", "pwritev", "pwritev2", "copy_file_range", "sendfile")
_NET = ("socket", "connect", "bind", "sendto", "sendmsg", "sendmmsg")
_CALL = re.compile(r"^\d+ +(\w+)\((.*)$")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_FILE = re.compile(r"^(?:\d+|AT_FDCWD)<((?:\\x[0-9a-f]{2}|[^>])*)>")
_QUIET = re.compile(r"^/(dev/(null|shm/)|proc/|memfd:)|^(pipe|socket|anon_inode|/?memfd):")


@dataclass
class Trace:
    """What one run did."""

    opened: set[str] = field(default_factory=set)  # every path that was opened, or tried
    opened_whole: set[str] = field(default_factory=set)  # of these, the ones that were there
    written: set[str] = field(default_factory=set)  # paths that came to be or were written to
    sockets: set[str] = field(default_factory=set)  # families
    connected: set[str] = field(default_factory=set)
    memories: set[str] = field(default_factory=set)
    spilt: set[tuple[str, str, str]] = field(default_factory=set)  # path, field, form
    bytes_written: int = 0


def needs_strace():
    if sys.platform != "linux" or shutil.which("strace") is None:
        if os.environ.get("CI"):
            pytest.fail("strace is missing: tools/system-libraries.sh faults")
        pytest.skip("needs strace (tools/system-libraries.sh faults)")
    if os.geteuid() != 0:
        pytest.skip("a process that is not dumpable is read by root alone")


def run(command, *, log, env, cwd, timeout=300, fields=None, **more):
    """Run ``command`` under strace; return the finished process and its ``Trace``."""
    calls = ",".join((*_OPENS, *_MAKES, *_WRITES, *_NET, "mmap"))
    done = subprocess.run(
        [
            *("strace", "-f", "--seccomp-bpf", "-qq", "-y", "-xx", "-s", "4000000", "-o", log),
            *("-e", f"trace={calls}", "-e", "signal=none", *map(str, command)),
        ],
        env=env,
        cwd=cwd,
        check=False,
        timeout=timeout,
        capture_output=True,
        text=True,
        **more,
    )
    return done, read(log, fields)


def read(log, fields=None):
    """Read a log of strace."""
    trace = Trace()
    with Path(log).open(encoding="ascii", errors="replace") as lines:
        for line in lines:
            match = _CALL.match(line)
            if match is not None:
                _take(trace, match[1], match[2], fields)
    return trace


def _take(trace, call, rest, fields):
    if call in _OPENS:
        _take_open(trace, rest)
    elif call == "memfd_create":
        trace.memories.add(_texts(rest)[0].decode())
    elif call in _MAKES:
        if "= -1" not in rest:
            trace.written.add(os.fsdecode(_texts(rest)[-1]))
    elif call in _WRITES:
        _take_write(trace, rest, fields)
    elif call == "mmap":
        _take_map(trace, rest)
    else:
        _take_net(trace, call, rest)


def _take_map(trace, rest):
    path = re.search(r", \d+<(.*?)>, ", rest)
    if path and "PROT_WRITE" in rest and "MAP_SHARED" in rest:
        trace.written.add(_plain(path[1]))


def _take_net(trace, call, rest):
    if call == "socket":
        trace.sockets.add(rest.split(",")[0])
    elif "sa_family=" in rest:
        trace.connected.add(re.search(r"sa_family=(\w+)", rest)[1])


def _take_open(trace, rest):
    path = os.fsdecode(_texts(rest)[0])
    folder = _FILE.match(rest)
    if not path.startswith("/") and folder:
        path = f"{_plain(folder[1])}/{path}"
    trace.opened.add(path)
    if "= -1" not in rest:
        trace.opened_whole.add(path)
    if re.search(r"O_(WRONLY|RDWR|CREAT|TMPFILE)", rest) and "= -1" not in rest:
        trace.written.add(path)


def _take_write(trace, rest, fields):
    into = _FILE.match(rest)
    path = _plain(into[1]) if into else "?"
    if _QUIET.match(path):
        return
    data = b"".join(_texts(rest))
    trace.written.add(path)
    trace.bytes_written += len(data)
    seen = found(data) if fields is None else found(data, fields)
    trace.spilt |= {(path, *one) for one in seen}


def _texts(rest):
    return [bytes.fromhex(text.replace("\\x", "")) for text in _TEXT.findall(rest)]


def _plain(text):
    if "\\x" in text:
        text = re.sub(r"\\x([0-9a-f]{2})", lambda m: chr(int(m[1], 16)), text)
        return text.encode("latin-1").decode(errors="surrogateescape")
    return text
