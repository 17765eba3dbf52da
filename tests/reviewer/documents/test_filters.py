"""The filter of calls as a program: what it answers to each call, worked out step by step."""

import ctypes

import pytest

from reviewer.documents.inside import seccomp

ME = 4711  # the process that the filter is made for
ALLOW, KILL = 0x7FFF0000, 0x80000000
NOT_PERMITTED, NOT_THERE = 0x00050000 | 1, 0x00050000 | 38
THREAD, FORK, CREATE, WRITE = 0x003D0F00, 0x01200011, 0o100, 0o1
NEW_USER = 0x10000000
X86, ARM = seccomp._X86_64, seccomp._AARCH64

# A call by its number, its first three arguments, and what is answered where documents are read
# and where a program may be started, on each processor.
CALLS = {
    "read": (0, 63, (), ALLOW, ALLOW),
    "a file opened to be read": (257, 56, (0, 0, 0), ALLOW, ALLOW),
    "a file opened to be written": (257, 56, (0, 0, WRITE), NOT_PERMITTED, NOT_PERMITTED),
    "a file opened to be made": (257, 56, (0, 0, CREATE), NOT_PERMITTED, NOT_PERMITTED),
    "socket": (41, 198, (), NOT_PERMITTED, NOT_PERMITTED),
    "ptrace": (101, 117, (), NOT_PERMITTED, NOT_PERMITTED),
    "a program started": (59, 221, (), NOT_PERMITTED, ALLOW),
    "the end of a process awaited": (61, 260, (), NOT_PERMITTED, ALLOW),
    "a thread": (56, 220, (THREAD,), ALLOW, NOT_PERMITTED),
    "a process": (56, 220, (FORK,), NOT_PERMITTED, ALLOW),
    "a thread in a name space": (56, 220, (THREAD | NEW_USER,), NOT_PERMITTED, NOT_PERMITTED),
    "clone3": (435, 435, (), NOT_THERE, NOT_THERE),
    "its own limits": (302, 261, (ME,), ALLOW, ALLOW),
    "the limits of another": (302, 261, (ME + 1,), NOT_PERMITTED, NOT_PERMITTED),
    "a signal to itself": (234, 131, (ME,), ALLOW, ALLOW),
    "a signal to another": (234, 131, (1,), NOT_PERMITTED, NOT_PERMITTED),
    "whether it may be looked at": (157, 167, (3,), ALLOW, ALLOW),
    "one more filter": (157, 167, (22,), NOT_PERMITTED, ALLOW),
    "a terminal asked": (16, 29, (0, 0x5401), ALLOW, ALLOW),
    "a terminal typed into": (16, 29, (0, 0x5412), NOT_PERMITTED, NOT_PERMITTED),
    "a descriptor's flags": (72, 25, (0, 3), ALLOW, ALLOW),
    "who gets its signals": (72, 25, (0, 8), NOT_PERMITTED, NOT_PERMITTED),
}


def answered(steps, number, arguments=(), audit=X86.audit):
    """Return what a filter answers, as the kernel would run it (<linux/filter.h>)."""
    data = {0: number, 4: audit}
    data |= {16 + 8 * at: value for at, value in enumerate((*arguments, *[0] * 6)[:6])}
    held, at = 0, 0
    while True:
        step = steps[at]
        at += 1
        if step.code == 0x20:
            held = data[step.value]
        elif step.code == 0x54:
            held &= step.value
        elif step.code == 0x15:
            at += step.true if held == step.value else step.false
        elif step.code == 0x35:
            at += step.true if held >= step.value else step.false
        else:
            assert step.code == 0x06
            return step.value


@pytest.mark.parametrize("starting", [False, True], ids=["reading", "starting"])
@pytest.mark.parametrize("name", CALLS)
def test_each_call_is_answered_by_its_number_and_its_arguments(name, starting):
    on_x86, on_arm, arguments, reading, with_programs = CALLS[name]
    expected = with_programs if starting else reading
    for calls, number in ((X86, on_x86), (ARM, on_arm)):
        steps = seccomp._program(calls, ME, starting=starting)
        assert answered(steps, number, arguments, calls.audit) == expected


def test_another_processors_numbers_end_the_process():
    steps = seccomp._program(X86, ME)
    assert answered(steps, 0, audit=ARM.audit) == KILL
    assert answered(steps, 0x40000000) == KILL
    assert answered(steps, 0x40000000 | 41) == KILL


@pytest.fixture
def kernel(monkeypatch):
    """Return the filters that a kernel that takes each is given; set ``says`` to refuse them."""

    class Kernel:
        says = 0

        def __init__(self):
            self.filters = []

        def prctl(self, option, mode, program, *_):
            assert (option, mode) == (22, 2)
            given = program._obj
            self.filters.append([given.steps[at] for at in range(given.length)])
            return self.says

    kernel = Kernel()
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: kernel)
    return kernel


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_the_filter_is_given_whole_and_names_this_process(kernel, monkeypatch, machine):
    calls = {"x86_64": X86, "aarch64": ARM}[machine]
    monkeypatch.setattr(seccomp.platform, "machine", lambda: machine)
    monkeypatch.setattr(seccomp.os, "getpid", lambda: ME)
    assert seccomp.allow_only_reading()
    assert seccomp.allow_starting()
    reading, starting = kernel.filters
    assert answered(reading, calls.signal, (ME,), calls.audit) == ALLOW
    assert answered(reading, calls.clone, (FORK,), calls.audit) == NOT_PERMITTED
    assert answered(starting, calls.clone, (FORK,), calls.audit) == ALLOW


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_what_was_started_starts_nothing(kernel, monkeypatch, machine):
    calls = {"x86_64": X86, "aarch64": ARM}[machine]
    monkeypatch.setattr(seccomp.platform, "machine", lambda: machine)
    seccomp.start_no_more()
    (steps,) = kernel.filters
    for number in (calls.clone, *calls.forks, 435):
        assert answered(steps, number) == NOT_PERMITTED
    assert answered(steps, calls.plain[0]) == ALLOW


def test_a_kernel_that_takes_no_filter_is_told_of(kernel, monkeypatch):
    monkeypatch.setattr(seccomp.platform, "machine", lambda: "x86_64")
    kernel.says = -1
    assert not seccomp.allow_only_reading()
    assert not seccomp.allow_starting()
    with pytest.raises(OSError, match="not taken"):
        seccomp.start_no_more()


def test_a_processor_whose_numbers_are_unknown_is_given_no_filter(kernel, monkeypatch):
    monkeypatch.setattr(seccomp.platform, "machine", lambda: "riscv64")
    assert not seccomp.allow_only_reading()
    assert not seccomp.allow_starting()
    seccomp.start_no_more()
    assert kernel.filters == []
