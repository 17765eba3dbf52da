"""Writes letters into a folder, all or none, and enters them in the register when they are there.

Word files are made by a library that is large, so it is loaded only here.
"""

import importlib
import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pypdfium2

from reviewer.casebook.book import Casebook
from reviewer.errors import EngineError, InputError
from reviewer.files.read import open_file
from reviewer.messages import say
from reviewer.outset import mend, new_set
from reviewer.record_requests.letters import Paper
from reviewer.reports.letters.pdf import letter_pdf

NOT_ENCRYPTED = (
    "Letters are not encrypted: they name the cases by their references, and what is asked for."
)


def write_letters(
    book: Casebook, papers: Sequence[Paper], folder: Path, *, replace: bool = False
) -> list[Path]:
    """Write each letter as PDF and as a Word file into ``folder``, and enter them in ``book``.

    All or none. Raises ``InputError`` where none is due, ``TakenError``, ``StorageError``, and
    ``EngineError`` where a file does not read back.
    """
    if not papers:
        raise InputError(say("No letter is due that could be written."))
    book.require("write letters")
    made = {name: make for paper in papers for name, make in _makers(paper).items()}
    if folder.is_dir():
        mend(folder)
    steps = [step for paper in papers for step in paper.steps]
    numbers = ", ".join(str(paper.number) for paper in papers)
    with new_set(folder, made, replace=replace) as files:
        for name, make in made.items():
            data = make()
            files.add(name, lambda out, data=data: out.write(data), check=_check)  # type: ignore[misc]
        files.stand(lambda: book.requests.letters_went(steps, numbers))
    return files.paths


def names_of(paper: Paper) -> tuple[str, str]:
    """Return the names of a letter's two files.

    >>> from types import SimpleNamespace
    >>> names_of(SimpleNamespace(number=11, agency="Mental health trust"))
    ('letter-0011-mental-health-trust.pdf', 'letter-0011-mental-health-trust.docx')
    """
    plain = unicodedata.normalize("NFKD", paper.agency).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")[:60].strip("-")
    stem = f"letter-{paper.number:04}{'-' if words else ''}{words}"
    return f"{stem}.pdf", f"{stem}.docx"


def _makers(paper: Paper) -> dict[str, Callable[[], bytes]]:
    pdf, docx = names_of(paper)
    return {pdf: lambda: letter_pdf(paper), docx: lambda: _docx(paper)}


def _docx(paper: Paper) -> bytes:
    made: bytes = importlib.import_module("reviewer.reports.letters.docx").letter_docx(paper)
    return made


def _check(path: Path) -> None:
    """Read a file back; raise ``EngineError`` where it is not what it must be."""
    with open_file(path) as stream:
        data = stream.read()
    if ".pdf." in path.name:
        document = pypdfium2.PdfDocument(data)
        good = len(document) > 0
        document.close()
    else:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            good = archive.testzip() is None and "word/document.xml" in archive.namelist()
    if not good:
        raise EngineError(
            "A letter did not pass its own check, so none was written. Please report this."
        )
