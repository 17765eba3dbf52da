"""What a document could do that has taken the worker over: every way out, tried one by one.

Run in a process of its own, ``python taken_over.py FOLDER PARENT [VERSION]``: it confines itself
as the worker does (as on a Linux whose Landlock is of VERSION) and prints what it could do. With
``recogniser`` or ``tesseract`` for VERSION it is the process that reads scans, or what that
starts, once it has been started.
"""

import ctypes
import fcntl
import json
import os
import signal
import socket  # noqa: TID251 - it must fail
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from reviewer.documents.inside import landlock, seccomp
from reviewer.documents.inside.confine import confine, confine_to

LIBRARY = ctypes.CDLL(None, use_errno=True)
FOLDER, PARENT = (Path(sys.argv[1]), int(sys.argv[2])) if __name__ == "__main__" else (Path(), 0)
CASEBOOK = FOLDER / "inquiry.casebook"
PIPE = os.pipe()  # the worker has some, too


def call(number, *arguments):
    """Return what the system answers; -1 where it refuses."""
    return LIBRARY.syscall(number, *arguments)


def attempt(deed):
    """Whether ``deed`` was done: where it was not there is an error, or a number below zero."""
    try:
        got = deed()
    except (OSError, ValueError, RuntimeError):
        return False
    return not (isinstance(got, int) and got < 0)


def struct_of(size):
    return ctypes.create_string_buffer(size)


def network():
    def made(family, kind, protocol=0):
        return lambda: socket.socket(family, kind, protocol).close()

    yield "an internet socket", made(socket.AF_INET, socket.SOCK_STREAM)
    yield "an internet datagram", made(socket.AF_INET, socket.SOCK_DGRAM)
    yield "an internet socket of version 6", made(socket.AF_INET6, socket.SOCK_STREAM)
    yield "a local socket", made(socket.AF_UNIX, socket.SOCK_STREAM)
    yield "a netlink socket", made(socket.AF_NETLINK, socket.SOCK_RAW)
    yield "a packet socket", made(socket.AF_PACKET, socket.SOCK_RAW, 3)
    yield "a pair of sockets", lambda: [one.close() for one in socket.socketpair()]
    yield "a socket of virtual machines", made(40, socket.SOCK_STREAM)


def write(path, flags):
    def deed():
        handle = os.open(path, flags, 0o600)
        os.write(handle, b"x")
        os.close(handle)

    return deed


def own_files():
    """The program's own, which can be read: opened without a byte, which the limit refuses."""

    def opened(path, flags):
        return lambda: os.close(os.open(path, flags, 0o600))

    own = Path(confine.__code__.co_filename)
    planted = own.with_name("planted.py")
    yield "the program itself changed", write(own, os.O_WRONLY)
    yield "the program itself opened to be written", opened(own, os.O_WRONLY)
    yield "a file put beside the program", write(planted, os.O_WRONLY | os.O_CREAT)
    yield "an empty file put beside the program", opened(planted, os.O_WRONLY | os.O_CREAT)
    yield "what lies beside the packages read", (own.parents[3] / "pyproject.toml").read_bytes


def files():
    there = os.O_WRONLY | os.O_CREAT
    yield "the casebook read", CASEBOOK.read_bytes
    yield "the casebook opened to be written", write(CASEBOOK, os.O_WRONLY)
    yield "the casebook emptied by reading", lambda: os.open(CASEBOOK, os.O_RDONLY | os.O_TRUNC)
    yield "a file made by reading", lambda: os.open(FOLDER / "made", os.O_RDONLY | os.O_CREAT)
    yield "the casebook cut short", lambda: os.truncate(CASEBOOK, 0)
    yield "the casebook removed", CASEBOOK.unlink
    yield "the casebook renamed", lambda: CASEBOOK.rename(FOLDER / "gone")
    yield "the casebook linked", lambda: (FOLDER / "linked").hardlink_to(CASEBOOK)
    yield "a symbolic link made", lambda: (FOLDER / "symbolic").symlink_to(CASEBOOK)
    yield "rights changed", lambda: CASEBOOK.chmod(0o777)
    yield "an owner changed", lambda: os.chown(CASEBOOK, os.getuid(), os.getgid())
    yield "times changed", lambda: os.utime(CASEBOOK, (0, 0))
    yield "a mark beside the file", lambda: os.setxattr(CASEBOOK, "user.x", b"x")
    yield "a file made", write(FOLDER / "made", there)
    yield "a file made in the temporary folder", write("/tmp/reviewer-taken-over", there)  # noqa: S108
    yield "a file made in shared memory", write("/dev/shm/reviewer-taken-over", there)  # noqa: S108
    yield "a folder made", (FOLDER / "folder").mkdir
    yield "a pipe with a name made", lambda: os.mkfifo(FOLDER / "pipe")
    yield "the folder listed", lambda: list(FOLDER.iterdir())
    yield "the home listed", lambda: list(Path.home().iterdir())
    yield "the list of users read", Path("/etc/passwd").read_bytes
    yield "memory of its own written through a file", write("/proc/self/mem", os.O_WRONLY)
    yield "the parent's memory opened", lambda: os.open(f"/proc/{PARENT}/mem", os.O_RDONLY)
    yield "the parent's environment read", Path(f"/proc/{PARENT}/environ").read_bytes
    yield "a file of memory made", lambda: os.memfd_create("x")
    yield "the root changed", lambda: os.chroot(FOLDER)
    yield "a file opened by its handle", lambda: call(304, -100, struct_of(128), 0)
    yield "a file opened by openat2", lambda: call(437, -100, bytes(CASEBOOK), struct_of(24), 24)


def programs():
    yield "a program started in its place", lambda: os.execv("/bin/true", ["true"])  # noqa: S606
    yield "a program started by its file", lambda: call(322, -100, b"/bin/true", None, None, 0)
    yield "a process forked", forked
    yield "a thread of another kind", lambda: call(56, 0x00000100, 0, 0, 0, 0)
    yield "a process by the older calls", lambda: call(57)
    yield "a process that borrows this one's memory", lambda: call(58)
    yield "a process by clone", lambda: call(56, signal.SIGCHLD, 0, 0, 0, 0)
    yield "a process with this one's memory and files", lambda: call(56, 0x003C0F00, 0, 0, 0, 0)
    yield "a thread that tells its number twice", lambda: call(56, 0x013D0F00, 0, 0, 0, 0)
    yield "a thread in a name space of users", lambda: call(56, 0x103D0F00, 0, 0, 0, 0)
    yield "a thread in a network of its own", lambda: call(56, 0x403D0F00, 0, 0, 0, 0)
    yield "a thread by a flag of clone3 alone", lambda: call(56, 0x1003D0F11, 0, 0, 0, 0)
    yield "a process by clone3", lambda: call(435, struct_of(88), 88)
    yield "the parent signalled", lambda: os.kill(PARENT, 0)
    yield "the parent signalled by a thread", lambda: call(234, PARENT, PARENT, 0)
    yield "the parent signalled by a pipe", signalled_by_a_pipe
    yield "the parent opened as a process", lambda: call(434, PARENT, 0)
    yield "the parent traced", lambda: call(101, 16, PARENT, 0, 0)
    yield (
        "the parent's memory read",
        lambda: call(310, PARENT, struct_of(16), 1, struct_of(16), 1, 0),
    )
    yield (
        "the parent's memory written",
        lambda: call(311, PARENT, struct_of(16), 1, struct_of(16), 1, 0),
    )
    yield "the parent's limits changed", lambda: call(302, PARENT, 4, struct_of(16), None)
    yield "rings of requests", lambda: call(425, 8, struct_of(120))
    yield "a program for the kernel", lambda: call(321, 5, struct_of(120), 120)
    yield "faults handled by itself", lambda: call(323, 0)
    yield "the machine's counters", lambda: call(298, struct_of(120), 0, -1, -1, 0)
    yield "a name space of users", lambda: call(272, 0x10000000)
    yield "another's name space", lambda: call(308, 0, 0)
    yield "the kernel's keys", lambda: call(250, 0, -3, 1)
    yield "a filter of its own", lambda: call(317, 1, 0, struct_of(16))
    yield "core dumps allowed again", lambda: LIBRARY.prctl(4, 1, 0, 0, 0)
    yield "a module loaded", lambda: call(175, struct_of(16), 16, b"")
    yield "the terminal typed into", lambda: call(16, 0, 0x5412, b"x")


def signalled_by_a_pipe():
    """Let the kernel send the parent a signal of our choice; this one it ignores."""
    reading, writing = PIPE
    fcntl.fcntl(reading, fcntl.F_SETOWN, PARENT)
    fcntl.fcntl(reading, fcntl.F_SETSIG, signal.SIGURG)
    fcntl.fcntl(reading, fcntl.F_SETFL, os.O_ASYNC | os.O_NONBLOCK)
    os.write(writing, b"x")


def forked():
    if (child := os.fork()) == 0:
        os._exit(0)
    return child


def main():
    """Try every deed; the numbers of calls are those of x86-64."""
    deeds = [*network(), *files(), *own_files(), *programs()]
    list(FOLDER.iterdir())  # all of it can be reached before
    before = CASEBOOK.read_bytes()
    version = sys.argv[3] if len(sys.argv) > 3 else ""
    if version in {"recogniser", "tesseract"}:
        os.environ["OPENBLAS_NUM_THREADS"] = (
            "1"  # as it is started: one thread, or it gives up less
        )
        from reviewer.documents.inside.recogniser import _needed  # noqa: PLC0415
        from reviewer.documents.outside.engine import find_engine  # noqa: PLC0415

        engine = find_engine()
        reach = confine_to(engine.program, *_needed(engine.data))
        if version == "tesseract":
            seccomp.start_no_more()
    else:
        if version:
            landlock.interface = lambda: int(version)
        reach = confine()
    done = [name for name, deed in deeds if attempt(deed)]
    answer = {"reach": list(reach), "tried": len(deeds), "done": done, "before": len(before)}
    os.write(1, json.dumps(answer).encode())


if __name__ == "__main__":
    main()
