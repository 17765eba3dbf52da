"""The program that holds the keys never loads what reads documents from outside."""

import subprocess
import sys

LOOK = """
import sys
from pathlib import Path
READERS = {'pypdfium2', 'PIL', 'openpyxl', 'email.parser', 'pyexpat'}
READERS.add('reviewer.documents.formats.pdf')
from reviewer.casebook.book import Casebook
from reviewer.documents.outside.worker import Worker
from reviewer.intake import import_documents
from reviewer.progress import Quiet
from tests.books import chair_book
folder = Path(sys.argv[1])
with chair_book(folder / 'a.casebook', cases=1) as book, Worker() as worker:
    report = import_documents(book, worker, book.cases.all()[0].reference,
                              sorted(folder.glob('in/*')), Quiet())
    for document in book.documents.all()[1:]:
        worker.open('x', book.documents.shown(document.id))
        worker.render('x', 1, 100)
    print(len(book.documents.all()), sorted(READERS & set(sys.modules)))
"""


def test_a_whole_import_and_a_drawn_page_load_no_parser_here(tmp_path, make_pdf):
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "a.pdf").write_bytes(make_pdf("one"))
    (inside / "b.txt").write_text("two", encoding="utf-8")
    (inside / "c.eml").write_bytes(b"From: a@b\nSubject: c\n\nthree\n")
    (inside / "register.xlsx").write_bytes(b"PK\x03\x04 no sheet")
    done = subprocess.run(
        [sys.executable, "-c", LOOK, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["4", "[]"]
