"""A passphrase through a shell's own pipe, and what is no file."""

import os
import threading
from pathlib import Path

import pytest

from reviewer.files import read
from reviewer.files.read import NotAFileError, open_file, read_secret


@pytest.fixture
def pipe():
    """Yield the two ends of a pipe as a shell opens it for ``<(...)``."""
    ours, theirs = os.pipe()
    yield ours, theirs
    os.close(ours)


def test_what_a_shells_pipe_brings_is_read_to_its_end(pipe):
    ours, theirs = pipe

    def write():
        for part in (b"correct ", b"horse"):
            os.write(theirs, part)
        os.close(theirs)

    writer = threading.Thread(target=write)
    writer.start()
    assert read_secret(Path(f"/dev/fd/{ours}"), 100) == b"correct horse"
    writer.join()


def test_a_pipe_that_brings_too_much_is_read_no_further(pipe):
    ours, theirs = pipe
    os.write(theirs, b"x" * 50)
    assert read_secret(Path(f"/dev/fd/{ours}"), 9) == b"x" * 10
    os.close(theirs)


def test_a_pipe_that_brings_nothing_is_not_waited_for_without_end(pipe, monkeypatch):
    ours, theirs = pipe
    monkeypatch.setattr(read, "_PATIENCE", 0.05)
    with pytest.raises(TimeoutError, match="nothing more came"):
        read_secret(Path(f"/dev/fd/{ours}"), 100)
    os.close(theirs)


def test_a_pipe_with_a_name_a_device_and_a_folder_are_no_secret(tmp_path):
    named = tmp_path / "pipe"
    os.mkfifo(named)
    for path in (named, tmp_path):
        with pytest.raises((NotAFileError, IsADirectoryError)):
            read_secret(path, 100)
    with open(os.devnull, "rb") as device, pytest.raises(NotAFileError):  # noqa: PTH123 - its number
        read_secret(Path(f"/dev/fd/{device.fileno()}"), 100)
    with pytest.raises(NotAFileError):
        open_file(named)
