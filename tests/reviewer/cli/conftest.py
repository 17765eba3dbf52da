"""A command line in this process: same parsing, same sentences, same exit codes."""

import json
from dataclasses import dataclass

import pytest

from reviewer.cli.main import run
from tests.books import PASSPHRASE


@dataclass
class Said:
    code: int
    out: str
    err: str

    @property
    def data(self):
        return json.loads(self.out)


@pytest.fixture
def reviewer(tmp_path, monkeypatch, capsys):
    """Run ``reviewer`` with the arguments given; the passphrase is named in the environment."""
    secret = tmp_path / "passphrase.txt"
    secret.write_text(PASSPHRASE + "\n", encoding="utf-8")
    monkeypatch.setenv("REVIEWER_PASSPHRASE_FILE", str(secret))

    def call(*arguments):
        capsys.readouterr()
        code = run([str(part) for part in arguments])
        out, err = capsys.readouterr()
        return Said(code, out, err)

    return call
