"""The built program does the job: casebook, worker process, demonstration, window."""

import hashlib
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

pytestmark = pytest.mark.frozen

WINDOW_WITHIN = 60  # seconds; a cold disk and two busy cores


@pytest.fixture
def passphrase(tmp_path):
    path = tmp_path / "passphrase.txt"
    path.write_text("plain words for a frozen test\n")
    return ("--passphrase-file", path)


@pytest.fixture
def letter(tmp_path):
    path = tmp_path / "letter.pdf"
    canvas = Canvas(str(path))
    canvas.drawString(72, 700, "The welfare check was never recorded.")
    canvas.save()
    return path


@pytest.fixture
def casebook(answer, passphrase, tmp_path):
    path = tmp_path / "inquiry.casebook"
    answer("new", path, "--title", "A frozen inquiry", *passphrase)
    return path


def add_case(answer, casebook, passphrase):
    register = casebook.with_name("cases.csv")
    register.write_text("reference,title\n2010-07,A man at a bus stop\n")
    return answer("import", casebook, "--register", register, *passphrase)


def test_a_casebook_is_made_filled_and_searched(answer, casebook, passphrase, letter):
    assert not casebook.read_bytes().startswith(b"SQLite format 3")
    assert add_case(answer, casebook, passphrase)["cases_added"] == 1
    brought = answer("import", casebook, "--case", "2010-07", letter, *passphrase)
    assert (brought["documents_added"], brought["pages_added"]) == (1, 1)
    hits = answer("search", casebook, "welfare", *passphrase)["hits"]
    assert [(hit["case"], hit["page"]) for hit in hits] == [("2010-07", 1)]
    assert answer("verify", casebook, *passphrase)["sound"]


def test_every_kind_of_document_is_read_by_the_frozen_worker(
    answer, casebook, passphrase, tmp_path
):
    add_case(answer, casebook, passphrase)
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "note.txt").write_text("A note of a call.\n")
    (folder / "mail.eml").write_text(
        "From: a@example.org\nTo: b@example.org\nSubject: The call\n\nIt was not answered.\n"
    )
    Image.new("RGB", (300, 200), "white").save(folder / "scan.png")
    Image.new("RGB", (300, 200), "white").save(folder / "photograph.jpg")
    write_word(folder / "statement.docx", "I saw him at the stop.")
    files = sorted(folder.iterdir())
    brought = answer("import", casebook, "--case", "2010-07", *files, *passphrase)
    assert brought["refused"] == []
    assert brought["documents_added"] == len(files) == 5
    if sys.platform == "linux":
        assert brought["weakness"] == "", "the frozen worker is not shut off"


def write_word(path, words):
    """The least that a word processor would open."""
    office = "http://schemas.openxmlformats.org"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{office}/package/2006/content-types">'
            '<Default Extension="rels"'
            ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
            'officedocument.wordprocessingml.document.main+xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{office}/package/2006/relationships"><Relationship Id="rId1"'
            f' Type="{office}/officeDocument/2006/relationships/officeDocument"'
            ' Target="word/document.xml"/></Relationships>',
        )
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{office}/wordprocessingml/2006/main"><w:body><w:p><w:r>'
            f"<w:t>{words}</w:t></w:r></w:p></w:body></w:document>",
        )


def test_a_sheet_goes_out_as_a_spreadsheet_and_comes_back(answer, casebook, passphrase, tmp_path):
    add_case(answer, casebook, passphrase)
    member = tmp_path / "member.txt"
    member.write_text("other plain words for a test\n")
    (tmp_path / "out").mkdir()
    issued = answer(
        *("issue", casebook, "--member", "B. Panellist", "--to", tmp_path / "out"),
        *("--member-passphrase-file", member),
        *passphrase,
    )
    sheet = tmp_path / "ratings.xlsx"
    theirs = ("--passphrase-file", member)
    rows = answer("sheet", issued["casebook"], "--export", sheet, *theirs)["rows"]
    read = answer("sheet", issued["casebook"], "--import", sheet, *theirs)
    assert rows > 10
    assert read["changed"] == 0


def test_a_wrong_passphrase_is_refused_in_one_sentence(run, casebook, tmp_path):
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("not these words\n")
    before = hashlib.sha256(casebook.read_bytes()).digest()
    done = run("cases", casebook, "--passphrase-file", wrong)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert hashlib.sha256(casebook.read_bytes()).digest() == before


def test_it_runs_from_a_folder_with_spaces_and_letters(answer, run, passphrase, tmp_path):
    folder = tmp_path / "Fälle und Akten ☂"
    folder.mkdir()
    path = folder / "été.casebook"
    answer("new", path, "--title", "Été", *passphrase, cwd=folder)
    assert answer("cases", path.name, *passphrase, cwd=folder)["casebook"]["title"] == "Été"
    assert run("--version", cwd="/" if os.name == "posix" else "C:\\").returncode == 0


@pytest.fixture
def planted(tmp_path):
    """A folder of look-alikes that leave a trace when they are loaded."""
    folder = tmp_path / "planted"
    (folder / "PySide6").mkdir(parents=True)
    (folder / "platforms").mkdir()
    trace = folder / "trace"
    leave_trace = f"open({str(trace)!r}, 'a').write(__name__)\nraise SystemExit(77)\n"
    for name in ("sqlite3.py", "sqlcipher3.py", "click.py", "PySide6/__init__.py"):
        (folder / name).write_text(leave_trace)
    for name in ("libcrypto.so.3", "libQt6Core.so.6", "platforms/libqoffscreen.so"):
        (folder / name).write_bytes(b"not a library")
    return folder


def test_look_alikes_lying_around_are_never_loaded(answer, passphrase, planted, letter):
    searched = {
        "PYTHONPATH": str(planted),
        "LD_LIBRARY_PATH": str(planted),
        "QT_PLUGIN_PATH": str(planted),
    }
    path = planted / "inquiry.casebook"
    answer("new", path, "--title", "Planted", *passphrase, cwd=planted, **searched)
    add_case(answer, path, passphrase)
    answer("import", path, "--case", "2010-07", letter, *passphrase, cwd=planted, **searched)
    assert not (planted / "trace").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc to see what was loaded")
@pytest.mark.parametrize("plant", [False, True], ids=["clean", "planted"])
def test_the_window_opens_from_its_own_folder(program, environment, bundle, planted, plant):
    searched = {"QT_PLUGIN_PATH": str(planted), "LD_LIBRARY_PATH": str(planted)} if plant else {}
    process = subprocess.Popen(
        [program],
        cwd=planted if plant else environment["HOME"],
        env=environment | searched,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        seen = wait_for_window(process)
        process.terminate()
        said, _ = process.communicate(timeout=30)
    finally:
        process.kill()
        process.wait()
    assert "Traceback" not in said, said
    qt = {path for path in seen if "Qt6" in path or "PySide6" in path or "libq" in path}
    assert qt
    assert {path for path in qt if not Path(path).is_relative_to(bundle.resolve())} == set()
    assert not (planted / "trace").exists()


def wait_for_window(process):
    """Wait until Qt has chosen its platform; give every file that the process has mapped."""
    deadline = time.monotonic() + WINDOW_WITHIN
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"The window did not stay open: {process.stdout.read()}")
        lines = Path(f"/proc/{process.pid}/maps").read_text().splitlines()
        mapped = {line.split(maxsplit=5)[5] for line in lines if line.count("/")}
        if any("libqoffscreen" in path for path in mapped):
            time.sleep(2)  # a fault while the first window is built would end it now
            assert process.poll() is None, process.stdout.read()
            return mapped
        time.sleep(0.1)
    pytest.fail("No window within a minute.")


def test_the_demonstration_is_built(answer, run, tmp_path):
    built = answer("demo", "--to", tmp_path / "demo", timeout=900)
    assert built["cases"] == 55
    for path in map(Path, built["summary"].values()):
        nothing = path.name.startswith(("determinations", "dissents"))  # but their heads
        assert path.stat().st_size > (20 if nothing else 1000)
    secret = tmp_path / "demo.txt"
    secret.write_text(built["passphrase"])
    done = run("cases", built["casebook"], "--passphrase-file", secret)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 55
