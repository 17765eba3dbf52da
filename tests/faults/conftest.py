"""What every fault stands on: a disk that is seen from in front of the C library."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.faults.lab import Lab


def needs(tool, why):
    """Return the path of ``tool``; skip where it is not there, fail under CI."""
    found = shutil.which(tool)
    if found is None:
        refuse(f"no {tool} for {why}")
    return found


def refuse(reason):
    """Skip for a stated reason; under CI nothing that can be installed may be missing."""
    if os.environ.get("CI"):
        pytest.fail(f"CI needs this: {reason}")
    pytest.skip(f"SKIPPED: {reason}")


@pytest.fixture(scope="session")
def preload(tmp_path_factory):
    """Compile what is loaded in front of the C library."""
    compiler = shutil.which("gcc") or needs("cc", "what records and breaks the disk")
    made = tmp_path_factory.mktemp("preload") / "preload.so"
    source = Path(__file__).with_name("preload.c")
    subprocess.run([compiler, "-O2", "-shared", "-fPIC", "-o", made, source, "-ldl"], check=True)
    return made


@pytest.fixture(scope="session")
def lab(preload):
    """Start the servers that try faults, one a core."""
    lab = Lab(preload)
    yield lab
    lab.close()
