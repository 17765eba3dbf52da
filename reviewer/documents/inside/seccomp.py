"""Giving up every call to the system but a short list, as Linux's seccomp does it.

The list is what reading documents was seen to need and nothing that reaches outside this process:
no socket, no program started, no process, no other process looked at or signalled, no file made or
changed, no new name space. A thread of its own it may start, by the one set of flags that the C
library uses for one: the decoder of photographs (HEIC) works in a thread, which shares all that
this process has, this filter too, and can do no more than it. A file is opened to be read or not
at all, also where there is no Landlock. Of ``fcntl`` what handles a descriptor is there, and not
what lets the kernel send any signal to any process of the same person (``F_SETOWN``, ``F_SETSIG``;
Landlock stops these from Linux 6.12 on). A call that is not on the list fails; a call by another
processor's numbers ends the process, since the list says nothing of those.

Who reads scans may start processes besides (``allow_starting``): which program they become is
Landlock's to say, and once they are it they start none (``start_no_more``).
"""

import ctypes
import os
import platform
from dataclasses import dataclass

_GET_DUMPABLE, _SET_SECCOMP, _FILTER = 3, 22, 2  # <linux/prctl.h>, <linux/seccomp.h>
_KILL, _FAIL, _ALLOW = 0x80000000, 0x00050000, 0x7FFF0000
_EPERM, _ENOSYS = 1, 38
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # <linux/bpf_common.h>
_AND = 0x54
_NUMBER, _PROCESSOR, _ARGUMENTS = 0, 4, 16  # offsets in struct seccomp_data
_OTHER_NUMBERS = 0x40000000  # x32: the same processor, other numbers
# clone3 is "not there", which makes the C library take clone: the filter sees what that asks for
_CLONE3 = 435
_TERMINAL, _LENGTHS, _CLOSE_ON_EXEC = (0x5401, 0x5413), (0x541B,), (0x5450, 0x5451)
_IOCTLS = (*_TERMINAL, *_LENGTHS, *_CLOSE_ON_EXEC)
_FCNTLS = (0, 1, 2, 3, 1030)  # F_DUPFD F_GETFD F_SETFD F_GETFL F_DUPFD_CLOEXEC
_AS_FORK = (0x01200011, 0x00004111)  # clone as fork and as vfork do it: no thread, no name space
# clone as the C library starts a thread: memory, folder, files, signals, process, semaphores are
# shared (CLONE_VM _FS _FILES _SIGHAND _THREAD _SYSVSEM), its own registers and number are set
# (CLONE_SETTLS _PARENT_SETTID _CHILD_CLEARTID); any other flag, a name space's for one, is refused
_AS_THREAD = (0x003D0F00,)
_CHANGES = 0o3 | 0o100 | 0o1000  # O_WRONLY or O_RDWR, O_CREAT, O_TRUNC: to open and not only read


@dataclass(frozen=True, slots=True)
class _Calls:
    """The numbers of one processor: what is allowed outright, and what by its argument."""

    audit: int
    plain: tuple[int, ...]
    opens: tuple[tuple[int, int], ...]  # open and openat, to read: number, which argument says so
    fcntl: int
    ioctl: int
    limits: int  # prlimit64, of this process only
    signal: int  # tgkill, to this process only
    control: int  # prctl, to ask whether this process may be looked at
    starts: tuple[int, ...]  # what it takes to start a program and wait for its end
    clone: int
    forks: tuple[int, ...]  # the older ways to a new process


_X86_64 = _Calls(
    audit=0xC000003E,
    # read write close stat fstat lstat poll lseek mmap mprotect munmap brk rt_sigaction
    # rt_sigprocmask rt_sigreturn pread64 readv writev access select sched_yield mremap mincore
    # madvise dup dup2 nanosleep getpid exit uname getcwd readlink gettimeofday getrlimit
    # getrusage sysinfo times getuid getgid geteuid getegid getppid sigaltstack setrlimit gettid
    # futex sched_getaffinity getdents64 restart_syscall clock_gettime clock_getres
    # clock_nanosleep exit_group newfstatat readlinkat faccessat pselect6 ppoll
    # set_robust_list dup3 getcpu getrandom membarrier statx rseq faccessat2
    plain=(
        *(0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 17, 19, 20, 21, 23, 24, 25, 27),
        *(28, 32, 33, 35, 39, 60, 63, 79, 89, 96, 97, 98, 99, 100, 102, 104, 107, 108, 110),
        *(131, 160, 186, 202, 204, 217, 219, 228, 229, 230, 231, 262, 267, 269, 270, 271),
        *(273, 292, 309, 318, 324, 332, 334, 439),
    ),
    opens=((2, 1), (257, 2)),
    fcntl=72,
    ioctl=16,
    limits=302,
    signal=234,
    control=157,
    # execve wait4 arch_prctl set_tid_address pipe2 close_range
    starts=(59, 61, 158, 218, 293, 436),
    clone=56,
    forks=(57, 58),
)
_AARCH64 = _Calls(
    audit=0xC00000B7,
    # the same calls by this processor's numbers, without those that it never had
    plain=(
        *(63, 64, 57, 80, 62, 222, 226, 215, 214, 134, 135, 139, 67, 65, 66, 124, 216, 232, 233),
        *(23, 24, 101, 172, 93, 160, 17, 169, 163, 164, 165, 179, 153, 174, 175, 176, 177),
        *(173, 132, 178, 98, 123, 61, 128, 113, 114, 115, 94, 79, 78, 48, 72, 73, 99, 168),
        *(278, 283, 291, 293, 439),
    ),
    opens=((56, 2),),
    fcntl=25,
    ioctl=29,
    limits=261,
    signal=131,
    control=167,
    starts=(221, 260, 96, 59, 436),
    clone=220,
    forks=(),
)
_KNOWN = {"x86_64": _X86_64, "aarch64": _AARCH64}


class _Step(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_uint16),
        ("true", ctypes.c_uint8),
        ("false", ctypes.c_uint8),
        ("value", ctypes.c_uint32),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("steps", ctypes.POINTER(_Step)))


def allow_only_reading() -> bool:
    """Refuse every call to the system that is not on the list, for good.

    Returns whether the system took it; false too on a processor whose numbers we do not know.
    Needs ``PR_SET_NO_NEW_PRIVS``, and one thread.
    """
    calls = _calls()
    return calls is not None and _set(_program(calls, os.getpid()))


def allow_starting() -> bool:
    """Do as ``allow_only_reading``, but leave what it takes to start a program."""
    calls = _calls()
    return calls is not None and _set(_program(calls, os.getpid(), starting=True))


def start_no_more() -> None:
    """Refuse every new process and thread from now on, of what this process becomes too."""
    calls = _calls()
    if calls is None:
        return
    steps = [_Step(_LOAD, 0, 0, _NUMBER)]
    for number in (calls.clone, *calls.forks, _CLONE3):
        steps += [_Step(_EQUAL, 0, 1, number), _Step(_RETURN, 0, 0, _FAIL | _EPERM)]
    if not _set([*steps, _Step(_RETURN, 0, 0, _ALLOW)]):
        raise OSError(_EPERM, "the filter was not taken")


def _calls() -> _Calls | None:
    known = _KNOWN.get(platform.machine())
    return known if ctypes.sizeof(ctypes.c_void_p) == 8 else None


def _set(steps: list[_Step]) -> bool:
    array = (_Step * len(steps))(*steps)
    program = _Program(length=len(steps), steps=array)
    library = ctypes.CDLL(None, use_errno=True)
    return bool(library.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0) == 0)


def _program(calls: _Calls, process: int, *, starting: bool = False) -> list[_Step]:
    """Return the filter: each allowed number is a comparison and the answer behind it."""
    steps = [
        _Step(_LOAD, 0, 0, _PROCESSOR),
        _Step(_EQUAL, 1, 0, calls.audit),
        _Step(_RETURN, 0, 0, _KILL),
        _Step(_LOAD, 0, 0, _NUMBER),
        _Step(_AT_LEAST, 0, 1, _OTHER_NUMBERS),
        _Step(_RETURN, 0, 0, _KILL),
    ]
    for number in (*calls.plain, *(calls.starts if starting else ())):
        steps += [_Step(_EQUAL, 0, 1, number), _Step(_RETURN, 0, 0, _ALLOW)]
    steps += [_Step(_EQUAL, 0, 1, _CLONE3), _Step(_RETURN, 0, 0, _FAIL | _ENOSYS)]
    steps += _if_argument(calls.limits, 0, (0, process))
    steps += _if_argument(calls.signal, 0, (process,))
    steps += _if_argument(
        calls.control, 0, (_GET_DUMPABLE, *((_SET_SECCOMP,) if starting else ()))
    )
    steps += _if_argument(calls.ioctl, 1, _IOCTLS)
    steps += _if_argument(calls.fcntl, 1, _FCNTLS)
    for number, which in calls.opens:
        steps += _if_argument(number, which, (0,), mask=_CHANGES)
    steps += _if_argument(calls.clone, 0, _AS_FORK if starting else _AS_THREAD)
    return [*steps, _Step(_RETURN, 0, 0, _FAIL | _EPERM)]


def _if_argument(
    number: int, which: int, values: tuple[int, ...], mask: int = 0xFFFFFFFF
) -> list[_Step]:
    """Allow call ``number`` where its 32-bit argument ``which``, masked, is in ``values``."""
    inside = [_Step(_LOAD, 0, 0, _ARGUMENTS + 8 * which), _Step(_AND, 0, 0, mask)]
    for value in values:
        inside += [_Step(_EQUAL, 0, 1, value), _Step(_RETURN, 0, 0, _ALLOW)]
    inside.append(_Step(_RETURN, 0, 0, _FAIL | _EPERM))
    return [_Step(_EQUAL, 0, len(inside), number), *inside]
