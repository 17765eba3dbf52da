"""What the worker still holds while it reads (SECURITY, test 44)."""

import os
import sys
from pathlib import Path

import pytest

from reviewer.documents import limits
from reviewer.documents.worker import Worker

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits of Linux")


@pytest.fixture(scope="module")
def held():
    os.environ["REVIEWER_TEST_SECRET"] = "canary"
    secret = os.open(__file__, os.O_RDONLY)
    os.set_inheritable(secret, True)
    try:
        with Worker() as worker:
            yield worker.privileges()
    finally:
        os.close(secret)
        del os.environ["REVIEWER_TEST_SECRET"]


def test_it_knows_nothing_of_the_machine(held):
    assert set(held["environment"]) <= {"LC_ALL", "OPENBLAS_NUM_THREADS", "LC_CTYPE"}
    assert held["arguments"][0] == "--worker"
    assert held["arguments"][1].startswith("fd:")


def test_it_holds_only_its_pipes_and_the_memory_it_draws_into(held):
    open_files = [name for name in held["files"] if name and name != "/dev/null"]
    assert sorted(name.split(":")[0] for name in open_files) == ["/memfd", "pipe", "pipe"]


def test_its_limits_are_set_and_cannot_be_raised(held):
    assert held["CORE"] == [0, 0]
    assert held["FSIZE"] == [0, 0]
    assert held["NPROC"] == [0, 0]
    assert held["NOFILE"] == [limits.OPEN_FILES] * 2
    assert held["AS"] == [limits.MEMORY] * 2
    assert held["CPU"][0] <= limits.PROCESSOR_SECONDS + 5
    assert held["dumpable"] == 0


def test_it_cannot_write_a_file(held):
    assert held["wrote"] is False


def test_it_is_alone_in_its_network(held):
    """An empty network has a loopback that is down, and nothing else."""
    lines = Path("/proc/net/dev").read_text().splitlines()[2:]
    theirs = [line.split(":")[0].strip() for line in lines]
    if held["interfaces"] == theirs and theirs != ["lo"]:
        pytest.skip("SKIPPED: this machine does not allow a network of one's own")
    assert held["interfaces"] == ["lo"]
