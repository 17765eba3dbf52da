"""What is written in plain text by request says nothing of who wrote it, and where (row 46)."""

import getpass
import platform
import re
import zipfile

import pytest

from tests.leaks.canaries import CANARIES as C
from tests.leaks.traced import ROOT
from tests.reviewer.reports.pdfs import metadata

pytestmark = pytest.mark.slow

TIME = r"(D:)?\d{4}-?\d\d-?\d\dT?\d\d:?\d\d:?\d\dZ"
TITLES = rf"Recovery sheet|Passphrase slip|{C['title']}"
PDF = {
    "Title": TITLES,
    "Subject": r"Consolidated summary, round \d+",
    "Creator": "Reviewer",
    "Producer": "Reviewer",
    "CreationDate": TIME,
    "ModDate": TIME,
}
XLSX = {
    "dc:title": C["title"],
    "dc:creator": "",
    "cp:lastModifiedBy": "",
    "dcterms:created": TIME,
    "dcterms:modified": TIME,
    "Application": "Microsoft Excel",  # the name of the format; every writer of it says so
    "DocSecurity": "0",
    "ScaleCrop": "false",
    "LinksUpToDate": "false",
    "SharedDoc": "false",
    "HyperlinksChanged": "false",
    "AppVersion": r"[\d.]+",
    "Company": "",
}
ACTIVE = rb"/(JS|JavaScript|OpenAction|AA|Launch|EmbeddedFile|AcroForm|URI|RichMedia|Metadata)\b"


def exported(session, suffix):
    folders = ("out", "summary", "slips", "sheets")
    made = [p for f in folders for p in (session.world.work / f).iterdir() if p.suffix == suffix]
    assert made
    return {path.name: path.read_bytes() for path in made}


def test_a_pdf_tells_its_title_its_program_and_its_date_and_nothing_more(by_command):
    made = exported(by_command, ".pdf")
    assert len(made) >= 3
    for name, data in made.items():
        told = metadata(data)
        assert set(told) <= set(PDF), name
        assert [k for k, v in told.items() if not re.fullmatch(PDF[k], v)] == [], name
        assert re.findall(ACTIVE, data) == [], name


def test_a_spreadsheet_tells_as_little(by_command):
    for path in (by_command.world.work / "summary").glob("*.xlsx"):
        with zipfile.ZipFile(path) as archive:
            parts = [name for name in archive.namelist() if name.startswith("docProps/")]
            assert sorted(parts) == ["docProps/app.xml", "docProps/core.xml"]
            for part in parts:
                text = archive.read(part).decode()
                for key, value in re.findall(r"<([\w:]+)[^<>]*>([^<>]*)</\1>", text):
                    if not key.startswith("vt:"):
                        assert re.fullmatch(XLSX[key], value), (key, value)
            assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            outside = [n for n in archive.namelist() if "externalLink" in n or "hyperlink" in n]
            assert outside == []


@pytest.mark.parametrize("suffix", [".pdf", ".xlsx", ".csv", ".json"])
def test_no_export_names_the_person_the_computer_or_a_folder(by_command, suffix):
    sought = {str(ROOT), platform.node(), str(by_command.world.home)}
    if len(getpass.getuser()) > 5:
        sought.add(getpass.getuser())
    sought = {word for word in sought if len(word) > 5}
    assert sought
    for name, data in exported(by_command, suffix).items():
        texts = [data]
        if suffix == ".xlsx":
            path = next((by_command.world.work / "summary").glob(name))
            with zipfile.ZipFile(path) as archive:
                texts = [archive.read(part) for part in archive.namelist()]
        for text in texts:
            assert [word for word in sought if word.encode() in text] == [], name
