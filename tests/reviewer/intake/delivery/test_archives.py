"""Deliveries that come as an archive, or hold some."""

import io
import zipfile

import pytest

from reviewer.casebook.steps import at_once
from reviewer.errors import InputError
from reviewer.intake.delivery import archives
from reviewer.intake.delivery.archives import source_of
from reviewer.intake.delivery.bringing import look
from reviewer.intake.delivery.staging import stage
from reviewer.progress import Quiet


def zipped(files):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


@pytest.fixture
def disclosure(tmp_path):
    inner = zipped({"notes/ward.txt": "Ward log", "log.txt": "The log"})
    path = tmp_path / "disclosure 3.zip"
    path.write_bytes(
        zipped(
            {
                "police/INV-014/log.txt": "The log",
                "police/INV-021/papers.zip": inner,
                "__MACOSX/police/._log.txt": "x",
                "police/INV-021/broken.zip": b"PK\x03\x04 and nothing that follows",
            }
        )
    )
    return path


def test_every_file_of_a_zip_and_of_those_within_is_one_of_the_delivery(worker, disclosure):
    source = source_of(disclosure, worker, Quiet())
    assert [entry.path for entry in source.entries] == [
        "police/INV-014/log.txt",
        "police/INV-021/papers.zip/notes/ward.txt",
        "police/INV-021/papers.zip/log.txt",
        "police/INV-021/broken.zip",
    ]
    assert [source.read(at) for at in (2, 1, 0)] == [b"The log", b"Ward log", b"The log"]
    assert source.name == "disclosure 3.zip"
    assert any("passed over" in note for note in source.notes)
    assert any(note.startswith("SHA-256 of disclosure 3.zip: ") for note in source.notes)


def test_a_zip_joins_its_cases_as_a_folder_does(book, worker, disclosure):
    steps = at_once(book)
    delivery = stage(steps, source_of(disclosure, worker, Quiet()), Quiet())
    brought = look(steps, worker, delivery, Quiet(), join=True)
    assert brought.documents == 3
    places = {
        document.origin.path: book.cases.get(document.case).reference
        for document in book.documents.all()
    }
    assert places == {
        "police/INV-014/log.txt": "INV-014",
        "police/INV-021/papers.zip/notes/ward.txt": "INV-021",
        "police/INV-021/papers.zip/log.txt": "INV-021",
    }
    (broken,) = (row for row in brought.looked.table.rows if row.item.path.endswith("broken.zip"))
    assert broken.item.facts.refused


def test_archives_in_archives_without_end_are_looked_into_a_few_times(worker, tmp_path):
    data = zipped({"a.txt": "deep"})
    for _ in range(8):
        data = zipped({"a.zip": data})
    path = tmp_path / "deep.zip"
    path.write_bytes(data)
    source = source_of(path, worker, Quiet())
    assert [entry.path for entry in source.entries] == ["a.zip/a.zip/a.zip/a.zip"]


def test_a_file_that_is_no_archive_is_refused(worker, tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text("Dear Sirs")
    with pytest.raises(InputError, match="neither a folder nor an archive"):
        source_of(path, worker, Quiet())
    with pytest.raises(InputError, match="gone"):
        source_of(tmp_path / "gone.zip", worker, Quiet())


def test_an_archive_that_is_too_large_names_the_way_out(worker, disclosure, monkeypatch):
    monkeypatch.setattr(archives.limits, "MAX_BYTES", 100)
    with pytest.raises(InputError, match="Unpack it and bring the folder in"):
        source_of(disclosure, worker, Quiet())
