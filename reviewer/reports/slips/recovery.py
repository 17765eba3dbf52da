"""The recovery sheet: a page that opens a casebook without its passphrase, and without us."""

import datetime as dt
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from reviewer.casebook.book import Casebook
from reviewer.crypto.recovery import RawKey, numbered
from reviewer.errors import InputError, StateError, StorageError
from reviewer.files.write import write_whole
from reviewer.reports import phrases
from reviewer.reports.pdf import one_page, palette
from reviewer.typeset import fonts
from reviewer.typeset.fonts import Type

_CODE = Type(fonts.SANS_BOLD, 9.5, palette.INK)

_WITH = (
    """On the screen that asks for the passphrase choose "Use the recovery sheet...", type the
    seven lines, and choose a new passphrase.""",
    """The fifth group of lines 1 to 6, and line 7, only check what is typed: Reviewer names the
    line that is wrong. Capitals and spaces do not matter. There is no letter O or I.""",
)
_WITHOUT = (
    """Work on a copy of the casebook file. Any program that reads SQLCipher 4 will do, for example
    the command sqlcipher, or SQLite3 Multiple Ciphers set to sqlcipher, version 4.""",
    """Leave out the fifth group of lines 1 to 6 and the whole of line 7. Write what is left of
    lines 1 to 6 one after another, without spaces: 96 digits, the key and the salt.""",
    """Open the copy and give these digits as the raw key before anything else: a double quotation
    mark, x, an apostrophe, the 96 digits in the place of DIGITS, an apostrophe, and a double
    quotation mark again:""",
    """All other settings are those of SQLCipher 4 by default. The cases are in the table
    inquiry_case, the documents in document, their bytes as they were brought in document_file (of
    large ones in file_piece, in the order of number), the text of their pages in page, ratings
    and comments in review and rating.""",
)
_RECIPE = "PRAGMA key = \"x'DIGITS'\";"
_KEEP = (
    """Whoever holds this sheet and the casebook file reads every case. Put it into an envelope,
    seal it, sign across the flap, and keep it in another building than the file.""",
    """Do not photograph it, send it, or keep the file it was printed from. To scan the square with
    a telephone is to hand the key to that telephone.""",
    """After a change of passphrase this sheet no longer opens the casebook: print a new one, and
    destroy this one. Copies and backups made before the change still open with it, so as long
    as they exist it is still secret.""",
)


def write_sheet(book: Casebook, folder: Path) -> Path:
    """Write the recovery sheet of ``book`` into ``folder``, and note in its journal that it was.

    Raises ``StorageError`` for a folder that is not there and ``InputError`` for the casebook's
    own: the sheet must not lie beside the file it opens. Raises ``StateError`` while an issued
    casebook waits for the panellist's own passphrase.
    """
    if not folder.is_dir():
        raise StorageError(f"The folder {folder.name} is not there. Choose one that is.")
    if folder.resolve() == book.path.parent.resolve():
        raise InputError(
            "The recovery sheet must not lie beside the casebook it opens. Choose another folder,"
            " print the sheet from there, and delete the file afterwards."
        )
    about = book.about
    if about.must_change_passphrase:
        raise StateError(
            "This casebook still opens with the words of its slip. Choose a passphrase of your own"
            " first: a sheet printed before that would open nothing afterwards."
        )
    now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    stamp = now.replace("-", "").replace(":", "")
    path = folder / f"recovery-{about.id[:8]}-{stamp}.pdf"

    def write(raw: RawKey) -> Path:
        sheet = recovery_sheet(
            raw,
            inquiry=about.title,
            casebook=about.id,
            holder="the chair's casebook" if about.kind == "chair" else "a panellist's casebook",
            printed_on=now,
            marking=about.marking,
            demonstration=about.demonstration,
        )
        return write_whole(path, sheet)

    return book.recovery.hand_out(write)


def recovery_sheet(
    raw: RawKey,
    *,
    inquiry: str,
    casebook: str,
    holder: str,
    printed_on: str,
    marking: str = "",
    demonstration: bool = False,
) -> bytes:
    """Return the sheet as a PDF of one A4 page; the same values give the same bytes.

    ``casebook`` is the id (its first eight characters are printed), ``holder`` whose copy it is,
    ``printed_on`` (RFC 3339) the only date. No value is read as markup.
    """

    def draw(canvas: Canvas) -> None:
        invented = phrases.INVENTED if demonstration else ""
        one_page.banner(
            canvas, (marking.strip(), "OPENS THE CASEBOOK WITHOUT ITS PASSPHRASE", invented)
        )
        facts = (
            ("Inquiry", inquiry),
            ("Casebook", f"{casebook[:8]}, {holder}"),
            ("Printed", phrases.moment(printed_on)),
        )
        y = one_page.head(canvas, "Recovery sheet", facts)
        y = one_page.box(canvas, raw.lines, numbered(raw), y)
        y = _section(canvas, "How to keep it", _KEEP, y)
        y = _section(canvas, "If the passphrase is lost: with Reviewer", _WITH, y)
        _section(canvas, "If there is no Reviewer any more: with other programs", _WITHOUT, y)

    return one_page.one_page("Recovery sheet", printed_on, draw)


def _section(canvas: Canvas, title: str, steps: tuple[str, ...], y: float) -> float:
    y = one_page.section(canvas, title, y)
    for step in steps:
        y = one_page.point(canvas, step, y)
        if step.endswith(":"):
            fonts.draw(canvas, one_page.LEFT + 32, y, _RECIPE, _CODE)
            y -= 19
    return y - 9
