import pytest

from reviewer.assets import resource
from reviewer.casebook.book import Casebook, NewCasebook
from reviewer.method.framework import load
from tests.books import case
from tests.reviewer.documents.both import Both

PASSPHRASE = "correct horse battery staple lamp"


@pytest.fixture(scope="module")
def worker():
    with Both() as running:
        yield running


@pytest.fixture
def book(tmp_path):
    new = NewCasebook(title="Inquiry", framework=load(resource("frameworks/commission.toml")))
    with Casebook.create(tmp_path / "inquiry.casebook", PASSPHRASE, new) as made:
        made.cases.add([case(name) for name in ("INV-014", "INV-021", "INV-026", "Siân")])
        yield made


@pytest.fixture
def delivered(tmp_path):
    root = tmp_path / "disclosure 3"

    def write(path, text):
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    write.root = root
    root.mkdir()
    return write
