import pytest

from reviewer.assets import resource
from reviewer.casebook.book import Casebook, NewCasebook
from reviewer.method.framework import load
from tests.reviewer.documents.both import Both

PASSPHRASE = "correct horse battery staple lamp"


@pytest.fixture(scope="module")
def worker():
    with Both() as running:
        yield running


@pytest.fixture
def book(tmp_path):
    new = NewCasebook(title="Inquiry", framework=load(resource("frameworks/commission.toml")))
    with Casebook.create(tmp_path / "inquiry.casebook", PASSPHRASE, new) as open_book:
        yield open_book


@pytest.fixture
def folder(tmp_path):
    """Return the folder that registers are written in."""
    made = tmp_path / "register"
    made.mkdir()
    return made
