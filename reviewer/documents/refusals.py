"""Why a document was refused, and what to bring instead.

The worker answers with a code; the sentence is ours, so that a worker that was taken over by
what it read cannot put words in front of a person.
"""

from reviewer.errors import DocumentError, LockedError, SlowError


class Refused(Exception):  # noqa: N818 - an answer, not an error: it travels as a code
    """The worker's side: this document cannot be shown, for the reason ``code``."""

    def __init__(self, code: str, page: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.page = page


_BROKEN = "Open it in the program that made it, print it to PDF and import that."

SENTENCES = {
    "empty": "This file is empty.",
    "large": "This file is larger than 256 MiB, as only a PDF may be. Split it and import the "
    "parts.",
    "larger": "This file is larger than 2 GiB. Split it and import the parts.",
    "pages": "This document has more than 2,000 pages. Split it and import the parts.",
    "no-pages": "This PDF has no pages. Ask for it again, or print the original to PDF.",
    "page-size": "Page {page} of this document has no size that can be shown. "
    "Print it to PDF and import that.",
    "page": "Page {page} of this document is damaged and could not be read. " + _BROKEN,
    "page-text": "Page {page} of this document holds more text than a page can. "
    "Print it to PDF and import that.",
    "text": "This document holds more text than can be shown. Split it and import the parts.",
    "pdf-locked": "This PDF opens only with a password. Import it again and give the password, "
    "or print it to PDF without one and import that.",
    "pdf-password": "None of the passwords that were given opens this PDF. Ask whoever sent it "
    "for the right one.",
    "pdf-security": "This PDF is protected in a way that cannot be opened here. "
    "Print it to PDF without protection and import that.",
    "pdf-broken": "This PDF is damaged and could not be opened. Ask for it again, "
    "or open it in another program and print it to PDF.",
    "office-locked": "This Office file opens only with a password. Import it again and give the "
    "password, or open it with the password, save it without one and import that.",
    "office-password": "None of the passwords that were given opens this Office file. Ask whoever "
    "sent it for the right one.",
    "office-damaged": "This Office file is damaged: a password opens it, but what was locked in "
    "it is not whole. Ask for it again, or open it with the password in the program that made "
    "it, save it without one and import that.",
    "office-security": "This Office file is protected, by a password or otherwise, in a way "
    "that cannot be opened here. Open it in the program that made it, save it as PDF and "
    "import that.",
    "package-locked": "This file is protected by a password in a way that cannot be opened here. "
    "Open it with the password, save it without one or as PDF and import that.",
    "docx-broken": "This Word file is damaged and could not be read. " + _BROKEN,
    "docx-bomb": "This Word file unpacks to far more than a document holds, so it was not "
    "opened. Print it to PDF and import that.",
    "docx-dtd": "This Word file holds instructions that no document needs, so it was not read. "
    + _BROKEN,
    "codebook-broken": "This codebook is damaged and could not be read. Export it again from the "
    "program that made it, as a REFI-QDA codebook (.qdc).",
    "codebook-dtd": "This codebook holds instructions that no codebook needs, so it was not read. "
    "Export it again from the program that made it, as a REFI-QDA codebook (.qdc).",
    "codebook-large": "This codebook holds more codes or words than a panel can judge, so it was "
    "not read. Export the codes that you need alone.",
    "codebook-other": "This is no REFI-QDA codebook. Export the codebook alone, not the project, "
    "from the program that made it.",
    "codebook-empty": "This codebook holds no code.",
    "tnef-broken": "What Outlook packed (winmail.dat) is damaged and could not be read. Ask for "
    "the mail as .msg, PDF or plain text.",
    "mail-broken": "This mail could not be read. Save it as PDF and import that.",
    "mail-nested": "This mail holds mails within mails deeper than can be shown. "
    "Save it as PDF and import that.",
    "mail-large": "This mail has more headers or parts than any real mail. "
    "Save it as PDF and import that.",
    "picture-broken": "This picture is damaged and could not be read. "
    "Open it in another program and save it as PNG or PDF.",
    "picture-large": "This picture is larger than 50 million pixels. "
    "Save it smaller, or as PDF, and import that.",
    "binary": "This is neither a text nor a document that can be shown. "
    "Save it as PDF and import that.",
    "encoding": "The letters of this text file could not be made out. Save it as UTF-8.",
    "tiff": "This is a TIFF picture of a rare kind (BigTIFF). Save it as PDF, JPEG or PNG.",
    "heic": "This is a picture from a telephone (HEIC) of a kind that cannot be read on this "
    "computer. Save it as JPEG, PNG or PDF.",
    "picture": "This kind of picture cannot be shown. Save it as PDF, JPEG or PNG.",
    "msg-broken": "This Outlook message is damaged and could not be read. Ask for it again, or "
    "save it in Outlook as PDF and import that.",
    "doc-broken": "This Word file (.doc) is damaged and could not be read. " + _BROKEN,
    "doc-old": "This is a Word file from before 1997 (Word 95 or older). "
    "Open it in Word or LibreOffice, save it as .docx or PDF and import that.",
    "wordperfect": "This is a WordPerfect file. Open it in WordPerfect or LibreOffice, save it as "
    ".docx or PDF and import that; or ask whoever sent it for a PDF.",
    "xls-old": "This is an Excel file from before 1993 (Excel 4 or older). Open it in Excel or "
    "LibreOffice, save it as .xlsx or PDF and import that.",
    "lotus": "This is a spreadsheet of Lotus 1-2-3. Open it in LibreOffice, save it as .xlsx or "
    "PDF and import that; or ask whoever sent it for a PDF.",
    "database": "This is a database (SQLite or Access), which has no pages. Ask whoever sent it "
    "for the tables that matter, as .xlsx or CSV, and import those.",
    "djvu": "This is a scan in a DjVu file. Open it in a program for DjVu, print it to PDF and "
    "import that; or ask whoever sent it for a PDF.",
    "onenote": "This is a notebook of OneNote. Open it in OneNote, export it as PDF and import "
    "that.",
    "xls": "This is an Excel file of the old kind (.xls). Save it as PDF and import that.",
    "ole": "This is an Office file of an old kind. Save it as PDF and import that.",
    "pptx-broken": "This presentation is damaged and could not be read. " + _BROKEN,
    "pptx-bomb": "This presentation unpacks to far more than a document holds, so it was not "
    "opened. Print it to PDF and import that.",
    "odt-broken": "This OpenDocument text (.odt) is damaged and could not be read. " + _BROKEN,
    "odt-bomb": "This OpenDocument text unpacks to far more than a document holds, so it was not "
    "opened. Print it to PDF and import that.",
    "odf": "This is an OpenDocument file. Save it as PDF and import that.",
    "rtf-broken": "This rich text file (.rtf) is damaged and could not be read. " + _BROKEN,
    "zip": "This is a ZIP archive. Unpack it and import the documents in it.",
    "zip-broken": "This ZIP archive is damaged and could not be opened. Ask for it again.",
    "zip-many": "This ZIP archive holds more than 20,000 files. Split it and import the parts.",
    "zip-locked": "This file of a ZIP archive opens only with a password. Import the archive "
    "again and give the password, or unpack it with the password and import the file.",
    "zip-password": "None of the passwords that were given opens this file of a ZIP archive. Ask "
    "whoever sent it for the right one.",
    "zip-unsure": "This file is damaged in its ZIP archive, or none of the passwords that were "
    "given is the right one. Ask whoever sent it.",
    "zip-slow": "This file of a ZIP archive is too large to be opened here with its password. "
    "Unpack the archive with the password and import the file.",
    "zip-method": "This file is packed in a way that cannot be opened here. Unpack the archive "
    "with the program that made it and import the file.",
    "zip-member": "This file is damaged in its ZIP archive. Ask for it again.",
    "zip-bomb": "This file unpacks to far more than a document holds, so it was not opened. "
    "Ask for it again, not in an archive.",
    "within-deep": "This file lies within files within files deeper than is looked. Save it on "
    "its own and import that.",
    "within-large": "The files that came with this one are larger than 256 MiB together. Save "
    "this one on its own and import that.",
    "within-broken": "This file cannot be taken out of the one that it lies in. Save it with the "
    "program that made that, and import it on its own.",
    "pst": "This is a whole mailbox of Outlook (.pst). Open it in Outlook, drag the mails into a "
    "folder, where they become .msg files, and import those.",
    "archive": "This is an archive. Unpack it and import the documents in it.",
    "sound": "This is a recording of a kind that is not read here. Save it as MP3 or WAV, or "
    "import its transcript as a document.",
    "sound-aac": "This recording (AAC) cannot be played here. Save the original and play it with "
    "another program, or ask for it as MP3 or WAV.",
    "sound-broken": "This recording is damaged and could not be read. Ask for it again, or save "
    "it as MP3 or WAV.",
    "video": "This is a recording with pictures, which is not shown here. Save its sound as MP3 "
    "or M4A, or import its transcript as a document.",
    "program": "This is a program, not a document. It was not opened.",
    "postscript": "This is a PostScript file. Convert it to PDF and import that.",
    "sheet-broken": "This spreadsheet is damaged and could not be read. Open it in the program "
    "that made it and save it anew, or save it as CSV (UTF-8).",
    "sheet-bomb": "This spreadsheet holds far more than can be shown, so it was not opened. "
    "Save the sheets that matter as files of their own, or as CSV (UTF-8).",
    "sheet-locked": "This spreadsheet opens only with a password. Open it with the password, "
    "save it without one and import that.",
    "xlsb": "This is an Excel file of the binary kind (.xlsb). Save it as .xlsx and import that.",
    "sheet-rows": "This spreadsheet has more than 20,000 rows or 200 columns.",
    "sheet-cell": "This spreadsheet has a cell of more than 65,536 characters.",
    "time": "This document took longer than a minute to open, so it was stopped. " + _BROKEN,
    "page-time": "Page {page} took longer than 20 seconds, so it was stopped. " + _BROKEN,
    "crash": "This document made the reading process fail, so it was not taken in. " + _BROKEN,
    "page-crash": "Page {page} made the reading process fail, so it was not taken in. " + _BROKEN,
    "scan-time": "Page {page} could not be read within four minutes, so it was stopped. Scan it "
    "again at 200 to 300 dots an inch, or type what it says as a note.",
    "scan-crash": "Reading page {page} made the reading process fail. Scan it again, or bring in "
    "a PDF that holds its text.",
    "scan-memory": "Page {page} needs more memory to be read than a page may. Scan it again at "
    "200 to 300 dots an inch.",
    "scan-lies": "Reading page {page} made the reading process answer nonsense, so nothing of it "
    "was kept. Scan it again, or bring in a PDF that holds its text.",
    "memory": "This document needs more memory than a document may. " + _BROKEN,
    "lies": "This document made the reading process answer nonsense, so it was not taken in. "
    + _BROKEN,
    "incomplete": "A part of this program is missing on this computer, so the document was not "
    "read. Nothing is wrong with the document: install Reviewer anew, and import it again.",
    "unknown": "This document could not be read. " + _BROKEN,
}
LOCKED = frozenset(
    {
        *("pdf-locked", "pdf-password", "office-locked", "office-password"),
        *("zip-locked", "zip-password", "zip-unsure"),
    }
)


def refusal(code: str, page: int = 0) -> DocumentError:
    """Return the error for ``code``, with our own sentence."""
    kind = SlowError if code == "time" else LockedError if code in LOCKED else DocumentError
    return kind(SENTENCES.get(code, SENTENCES["unknown"]).format(page=page))
