"""The steps by which a worker is confined, and what it says where the system gives less."""

import ctypes
import os
import sys
from pathlib import Path

import pytest

from reviewer.documents import limits
from reviewer.documents.inside import confine, landlock
from reviewer.documents.reach import Reach

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits of Linux")


class Kernel:
    """Answers Landlock's calls, and remembers what it was asked."""

    def __init__(self, version, refuses=()):
        self.version = version
        self.refuses = refuses
        self.made = None
        self.rules = []
        self.restricted = False

    def syscall(self, number, *arguments):
        if number == 444 and arguments[0] is None:
            return self.version
        if number in self.refuses:
            return -1
        if number == 444:
            rules, size = arguments[0]._obj, arguments[1].value
            self.made = (rules.files, rules.network, rules.scope, size)
            return os.open(os.devnull, os.O_RDONLY)
        if number == 445:
            rule = arguments[2]._obj
            path = Path(f"/proc/self/fd/{rule.parent}").readlink()
            self.rules.append((str(path), rule.allowed))
        if number == 446:
            self.restricted = True
        return 0


@pytest.mark.parametrize(
    ("version", "made"),
    [
        (1, (0x1FFF, 0, 0, 8)),
        (2, (0x3FFF, 0, 0, 8)),
        (3, (0x7FFF, 0, 0, 8)),
        (4, (0x7FFF, 3, 0, 16)),
        (5, (0xFFFF, 3, 0, 16)),
        (6, (0xFFFF, 3, 3, 24)),
    ],
)
def test_each_version_of_landlock_is_asked_for_all_that_it_knows(monkeypatch, version, made):
    kernel = Kernel(version)
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: kernel)
    assert landlock.interface() == version
    assert landlock.read_only_below([])
    assert kernel.made == made
    assert kernel.restricted


def held_open():
    return len(list(Path("/proc/self/fd").iterdir()))


def test_folders_are_read_files_are_read_and_programs_are_run(monkeypatch, tmp_path):
    folder, file, program = tmp_path / "folder", tmp_path / "file", tmp_path / "program"
    folder.mkdir()
    file.touch()
    program.touch()
    kernel = Kernel(6)
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: kernel)
    held = held_open()
    # a file that is no folder, and a folder that is not there, give nothing
    assert landlock.read_only_below(
        [folder, file, tmp_path / "no"], files=[file, tmp_path / "none"], run=[program]
    )
    assert kernel.rules == [(str(folder), 0b1100), (str(file), 0b100), (str(program), 0b101)]
    assert held_open() == held


@pytest.mark.parametrize(
    "kernel", [Kernel(-1), Kernel(6, refuses=(444,)), Kernel(6, refuses=(446,))]
)
def test_a_system_without_landlock_is_said_to_be_one(monkeypatch, tmp_path, kernel):
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: kernel)
    assert not landlock.read_only_below([tmp_path])
    assert not kernel.restricted


@pytest.fixture
def steps(monkeypatch):
    """Return what was done, in order, and what each step answers; nothing is given up here."""

    class Steps:
        alone = fileless = filtered = True

        def __init__(self):
            self.done = []
            self.limits = {}

        def set_limit(self, what, value):
            self.limits[what] = value

        def files(self, folders, **more):
            self.done.append("files")
            self.folders, self.more = list(folders), more
            return self.fileless

        def calls(self, name):
            self.done.append(name)
            return self.filtered

        def network(self):
            self.done.append("network")
            return self.alone

    steps = Steps()
    monkeypatch.setattr(confine.resource, "setrlimit", steps.set_limit)
    monkeypatch.setattr(confine.landlock, "read_only_below", steps.files)
    monkeypatch.setattr(confine.seccomp, "allow_only_reading", lambda: steps.calls("reading"))
    monkeypatch.setattr(confine.seccomp, "allow_starting", lambda: steps.calls("starting"))
    monkeypatch.setattr(confine, "_leave_network", steps.network)
    monkeypatch.setattr(confine.os, "nice", lambda by: steps.done.append(f"nice {by}"))
    return steps


def most(value):
    _, hard = value
    return hard


def test_a_reader_gives_up_network_files_and_calls_in_this_order(steps):
    assert confine.confine() == ()
    assert steps.done == ["network", "files", "reading"]
    bound = {what: most(value) for what, value in steps.limits.items()}
    assert bound[confine.resource.RLIMIT_CORE] == bound[confine.resource.RLIMIT_FSIZE] == 0
    assert 0 < bound[confine.resource.RLIMIT_NOFILE] <= limits.OPEN_FILES
    assert 0 < bound[confine.resource.RLIMIT_AS] <= limits.MEMORY
    assert 0 < bound[confine.resource.RLIMIT_CPU] <= limits.PROCESSOR_IN_ALL
    assert bound[confine.resource.RLIMIT_NPROC] == limits.THREADS
    assert confine._ROOT not in steps.folders


@pytest.mark.parametrize(
    ("fileless", "filtered", "reach"),
    [(False, True, (Reach.FILES,)), (True, False, tuple(Reach)), (False, False, tuple(Reach))],
)
def test_a_reader_says_what_it_could_not_give_up(steps, fileless, filtered, reach):
    steps.fileless, steps.filtered = fileless, filtered
    assert confine.confine() == reach
    processes = most(steps.limits[confine.resource.RLIMIT_NPROC])
    assert processes == (limits.THREADS if filtered else 0)


def test_where_threads_are_counted_with_all_others_none_may_be_started(steps):
    steps.alone = False
    assert confine.confine() == ()
    assert steps.limits[confine.resource.RLIMIT_NPROC] == (0, 0)


def test_who_starts_a_program_may_start_that_one_and_read_what_it_needs(steps, tmp_path):
    program, data, cache = tmp_path / "tesseract", tmp_path / "data", tmp_path / "cache"
    assert confine.confine_to(program, [data], [cache]) == ()
    assert steps.done == ["network", f"nice {limits.RECOGNISING.nice}", "files", "starting"]
    assert steps.folders[-1] == data
    assert steps.more == {"files": [cache], "run": [program, *confine.LOADERS]}
    assert confine.resource.RLIMIT_NPROC not in steps.limits


@pytest.mark.parametrize(
    ("fileless", "filtered", "reach"),
    [
        (False, True, (Reach.FILES, Reach.PROGRAMS)),
        (True, False, tuple(Reach)),
        (False, False, tuple(Reach)),
    ],
)
def test_who_starts_a_program_says_what_it_could_not_give_up(
    steps, tmp_path, fileless, filtered, reach
):
    steps.fileless, steps.filtered = fileless, filtered
    assert confine.confine_to(tmp_path / "tesseract", [], []) == reach


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_other_systems_say_that_they_may_reach_all(steps, monkeypatch, tmp_path, system):
    monkeypatch.setattr(confine, "_load", lambda: None)
    with monkeypatch.context() as patched:
        patched.setattr(sys, "platform", system)
        answers = [confine.confine(), confine.confine_to(tmp_path, [], [])]
    assert answers == [tuple(Reach)] * 2
    assert not {"files", "reading", "starting"} & set(steps.done)
    assert bool(steps.limits) is (system == "darwin")


def test_a_limit_is_lowered_and_never_raised(steps, monkeypatch):
    core = confine.resource.RLIMIT_CORE
    for hard, wanted, value in ((10, 20, 10), (10, 5, 5), (confine.resource.RLIM_INFINITY, 7, 7)):
        monkeypatch.setattr(confine.resource, "getrlimit", lambda _, hard=hard: (0, hard))
        confine._lower(core, wanted)
        assert steps.limits[core] == (value, value)


def test_processor_time_is_counted_from_what_was_used(steps, monkeypatch):
    cpu = confine.resource.RLIMIT_CPU

    class Used:
        ru_utime, ru_stime = 10.6, 5.6

    monkeypatch.setattr(confine.resource, "getrusage", lambda _: Used)
    monkeypatch.setattr(confine.resource, "getrlimit", lambda _: (0, 100))
    confine.spend(20)
    assert steps.limits[cpu] == (36, 100)
    confine.spend(200)
    assert steps.limits[cpu] == (100, 100)
    monkeypatch.setattr(
        confine.resource, "getrlimit", lambda _: (0, confine.resource.RLIM_INFINITY)
    )
    confine.spend(20, 50)
    assert steps.limits[cpu] == (36, 50)


@pytest.mark.parametrize(
    ("refused", "asked", "alone"),
    [
        ((), [0x50000000], True),
        ((0x50000000,), [0x50000000, 0x40000000, 0x10000000], True),
        ((0x50000000, 0x40000000, 0x10000000), [0x50000000, 0x40000000, 0x10000000], False),
    ],
)
def test_a_network_of_its_own_is_asked_for_with_and_without_users(
    monkeypatch, refused, asked, alone
):
    class System:
        spaces, set_to = [], []

        def unshare(self, flags):
            self.spaces.append(flags)
            return -1 if flags in refused else 0

        def prctl(self, option, value, *_):
            self.set_to.append((option, value))

    system = System()
    system.spaces, system.set_to = [], []
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: system)
    assert confine._leave_network() is alone
    assert system.spaces == asked
    assert system.set_to == [(38, 1), (4, 0)]  # no new privileges; not to be looked at


def test_it_reports_what_it_holds():
    """This process is not confined, and says so."""
    told = confine.report()
    assert told["environment"] == sorted(os.environ)
    assert told["wrote"] is True
    assert not Path(f"/tmp/reviewer-{os.getpid()}").exists()  # noqa: S108
    assert told["network"] == str(Path("/proc/self/ns/net").readlink())
    assert len(told["files"]) == limits.OPEN_FILES
    assert told["dumpable"] == 1
    assert confine._target(Path("/proc/self/fd/none")) == ""


def test_a_system_that_takes_no_byte_is_seen(monkeypatch):
    monkeypatch.setattr(confine.os, "getpid", lambda: "no/such/folder")
    assert confine._writes() is False


def test_a_built_program_reads_its_own_folder_and_fonts(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert confine._own_folders() == [Path(sys.executable).resolve().parent, *confine._FONTS]
