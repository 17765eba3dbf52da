"""Every document that the data folder holds ends as pages, or with a sentence."""

import re
import time

import pytest

from reviewer.documents.outside.worker import Worker
from reviewer.errors import DocumentError
from tests.data import data

# What must become of each kind of file, by ending, and where a folder or a name says more.
SENTENCES = (
    (r".*(protected_agile|password-is-\w+)\.docx", "password"),
    (r"docx/.*password.*\.doc", "password"),
    (r"hostile/.*\.xlsx", "spreadsheet"),
    (r".*\.zip", "ZIP archive"),
    (r"hostile/clusterfuzz-(?!.*6733884933668864).*\.docx", "damaged"),
    (r"pdf/(ocrmypdf_invalid|pdfjs_poppler-742-0-fuzzed)\.pdf", "damaged"),
    (r"pdf/pdfjs_poppler-937-0-fuzzed\.pdf", "damaged"),
    (r"pdf/pdfjs_poppler-85140-0\.pdf", "no size"),
    (r"pdf/(pdfjs_saslprep-r6|pdfminer_enc_aes-.*|pikepdf_newline-buffer-test)\.pdf", "password"),
)
PAGES = {
    "pdf/pypdfsample_GeoTopo-komprimiert.pdf": 117,
    "pdf/ocrmypdf_multipage.pdf": 6,
    "pfd_real/Template.pdf": 5,
    "pfd_real/Amy_Henderson.pdf": 4,
}
SCANS = (
    r"ocr/.*\.png",
    r"pdf/(ocrmypdf_(ccitt|hugemono)|pikepdf_pike-jp2|pdfjs_ccitt_EndOfBlock_false)\.pdf",
)
WORDS = {
    "pfd_real/Amy_Henderson.pdf": "REGULATION 28 REPORT",
    "docx/mammoth_text-box.docx": "Datum plane",
    "docx/mammoth_footnotes.docx": "A tachyon walks into a bar.",
    "docx/mammoth_strikethrough.docx": "[struck out: Today's Special: Salmon]",
    "docx/pythondocx_hdr-header-footer.docx": "Footer for section 1",
    "docx/poi_documentProtection_comments_no_password.docx": "Comments senza password.",
    "docx/poi_VariousPictures.docx": "Pictures in the Word file that are not shown: 3.",
    "docx/poi_Lists.doc": "2.2.2.1. OL 2.2.2.1",
    "docx/poi_SampleDoc.doc": "This is page two",
    "docx/qualcoder_ID2.odt": "The course cost €200.00",
    "email/cpython_msg_07.eml": "dingusfish.gif",
    "email/omp_simple_reply_with_CC.msg": "Cc: Benny Bottema",
    "email/omp_nested_simple_mail.msg": "This is a testmail.",
    "docx/qualcoder_cases456.xlsx": "2 ID4 56 f netball",
    "hostile/cyclic.xml": "<!DOCTYPE",
}


def _expected(name):
    return next((words for pattern, words in SENTENCES if re.fullmatch(pattern, name)), None)


@pytest.mark.slow
def test_every_document_ends_as_pages_or_with_a_sentence(worker):
    folder = data("documents")
    names = sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    )
    assert len(names) >= 153
    wrong = [fault for name in names for fault in _faults(worker, folder, name)]
    assert wrong == []


@pytest.mark.parametrize(
    ("name", "password", "words"),
    [
        ("docx/poi_password_tika_binaryrc4.doc", "tika", "This is an encrypted Word 2007 File."),
        (
            "docx/poi_bug53475-password-is-solrcell.docx",
            "solrcell",
            "This is password protected Word document.",
        ),
    ],
)
def test_what_office_locked_is_read_with_its_password(name, password, words):
    with Worker(passwords=("wrong", password)) as worker:
        reading = worker.read((data("documents") / name).read_bytes(), name)
    assert words in reading.pages[0].text
    assert all(line.lost == 0 for line in reading.ledger)


def _faults(worker, folder, name):
    started = time.monotonic()
    expected = _expected(name)
    untrusted = (folder / name).read_bytes()
    try:
        reading = worker.read(untrusted, name.split("/")[-1])
    except DocumentError as error:
        if expected is None or expected not in str(error):
            yield f"{name}: {error}"
        return
    finally:
        if time.monotonic() - started > 60:
            yield f"{name}: took too long"
    if expected is not None:
        yield f"{name}: was read, but {expected} was expected"
    text = "\n".join(page.text for page in reading.pages)
    if len(reading.pages) != PAGES.get(name, len(reading.pages)):
        yield f"{name}: {len(reading.pages)} pages"
    if WORDS.get(name, "") not in text:
        yield f"{name}: lacks {WORDS[name]}"
    if any(re.fullmatch(scan, name) for scan in SCANS) and reading.text_source != "none":
        yield f"{name}: a scan was taken for text"
    yield from _drawn(worker, name, reading.rendition or untrusted, len(reading.pages))


def _drawn(worker, name, pdf, pages):
    if worker.open("shown", pdf) != pages:
        yield f"{name}: the pages drawn are not those read"
    try:
        bitmap = worker.render("shown", 1, 600)
    except DocumentError as error:
        if "hugemono" not in name:  # its picture is 35,000 pixels wide
            yield f"{name}: page 1 was not drawn: {error}"
        return
    if bitmap.width != 600 or len(bitmap.data) != bitmap.stride * bitmap.height:
        yield f"{name}: {bitmap.width} x {bitmap.height}"
